"""``labpress init``: begin a site."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from labpress.edges.commands.common import FINE, USAGE, Commands, address, new_command

if TYPE_CHECKING:
    from labpress.edges.git import Repository
    from labpress.edges.starting import Start


def add(commands: Commands[argparse.ArgumentParser]) -> None:
    """Add the command to the command line."""
    command = new_command(
        commands,
        "init",
        "begin a site in a folder",
        "Write the files that a new site begins with: settings, an example paper, a page of your own, and the workflow "
        "that publishes on GitHub Pages. Asks what it needs to know; a file that is there already is never touched.",
        'labpress init my-lab --name "Lab for Small Things" --yes',
    )
    command.add_argument("folder", nargs="?", default=".", metavar="FOLDER", help="where the site begins (default: .)")
    command.add_argument("--name", default="", help="the lab's name")
    command.add_argument("--tagline", default="", help="one line under it")
    command.add_argument("--url", type=address, help="where the site will be published")
    command.add_argument("--repository", default="", metavar="URL", help="the repository of the site on GitHub")
    command.add_argument("-y", "--yes", action="store_true", help="ask nothing")
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Ask, write what is missing, and say what comes next."""
    from labpress.edges.git import Repository
    from labpress.edges.starting import starter_files, write_new

    folder = Path(options.folder)
    if folder.exists() and not folder.is_dir():
        print(f"labpress: expected a folder, found the file {folder}", file=sys.stderr)
        return USAGE
    folder.mkdir(parents=True, exist_ok=True)
    repository = Repository(folder)
    start = _start(options, folder.resolve().name, repository)
    written, kept = write_new(folder, starter_files(start))
    for path in written:
        print(f"  new   {path}")
    for path in kept:
        print(f"  kept  {path} (it was there already)")
    remote = options.repository or start.repository
    if remote and not repository.exists:
        _set_up(repository, remote)
    _say_what_next(options.folder)
    return FINE


def _start(options: argparse.Namespace, folder_name: str, repository: Repository) -> Start:
    """The answers: from options, then from a person, then from what git and the folder's name say."""
    from labpress.core.text import one_line
    from labpress.edges.starting import Start
    from labpress.entries.config import site_url
    from labpress.site.hosting import pages_address, repository_page

    ask = (lambda _question, likely: likely) if options.yes or not sys.stdin.isatty() else _answer
    spoken = folder_name.replace("-", " ").replace("_", " ").strip()
    name = options.name or ask("The lab's name", spoken[:1].upper() + spoken[1:] or "Our publications")
    known = options.repository or repository_page(repository.remote_address())
    source = options.repository or ask("Its repository on GitHub, if there is one", known)
    # Visitors get a link to it, so it has to be a page; what git alone understands is no page.
    page = repository_page(source) or (source if source.startswith(("https://", "http://")) else "")
    likely = options.url or pages_address(source)
    url = options.url or ask("The address of the site", likely)
    return Start(
        title=one_line(name), tagline=one_line(options.tagline), url=site_url(url) or "", repository=one_line(page)
    )


def _answer(question: str, likely: str) -> str:
    hint = f" [{likely}]" if likely else ""
    return input(f"{question}{hint}: ").strip() or likely


def _set_up(repository: Repository, address_of_remote: str) -> None:
    """A repository for the folder, so that `labpress publish` has a place to publish to. Without git, none."""
    from labpress.edges.git import GitError

    try:
        repository.run("init", "--quiet", "--initial-branch=main")
        repository.run("remote", "add", "origin", address_of_remote)
    except GitError as error:
        print(f"labpress: no git repository was made: {error}", file=sys.stderr)
    else:
        print(f"  new   .git (remote origin: {address_of_remote})")


def _say_what_next(folder: str) -> None:
    go = "" if folder == "." else f"  cd {folder}\n"
    print(
        f"\nNext:\n{go}"
        "  labpress import papers.bib    # your papers, from a listing or a bibliography\n"
        "  labpress build                # the site, in _site/\n"
        "  labpress publish              # to GitHub Pages"
    )
