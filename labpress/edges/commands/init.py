"""``labpress init``: begin a site."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
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
    command.add_argument(
        "--repository", type=_remote, metavar="URL", help="the repository of the site on GitHub: lab/papers"
    )
    command.add_argument("-y", "--yes", action="store_true", help="ask nothing")
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Ask, write what is missing, and say what comes next."""
    from labpress.edges.git import Repository
    from labpress.edges.starting import starter_files, write_starter

    folder = Path(options.folder)
    if folder.exists() and not folder.is_dir():
        print(f"labpress: expected a folder, found the file {folder}", file=sys.stderr)
        return USAGE
    around = next(place for place in (folder, *folder.resolve().parents) if place.is_dir())
    start, remote = _answers(options, folder.resolve().name, Repository(around))
    folder.mkdir(parents=True, exist_ok=True)
    written, kept = write_starter(folder, starter_files(start))
    for path in written:
        print(f"  new   {path}")
    for path in kept:
        print(f"  kept  {path} (it was there already)")
    has_repository = _set_up(Repository(folder), remote)
    _say_what_next(options.folder, has_repository=has_repository)
    return FINE


def _answers(options: argparse.Namespace, folder_name: str, repository: Repository) -> tuple[Start, str]:
    """What the site is called, and its remote: by options, else by a person, else by what git and the folder say."""
    from labpress.core.text import one_line
    from labpress.edges.starting import BRANCH, Start
    from labpress.edges.streams import unfit
    from labpress.site.hosting import pages_address, repository_page

    ask = _unasked if options.yes or not sys.stdin.isatty() else _asked
    spoken = "" if unfit([folder_name]) else folder_name.replace("-", " ").replace("_", " ").strip()
    name = options.name or ask("The lab's name", spoken[:1].upper() + spoken[1:] or "Our publications", str)
    remote = options.repository or ask(
        "Its repository on GitHub, if there is one", repository.remote_address(), _remote
    )
    # Visitors get a link to it, so it has to be a page; what git alone understands is no page.
    page = repository_page(remote) or (remote if remote.startswith(("https://", "http://")) else "")
    url = options.url or ask("The address of the site", pages_address(remote), address)
    start = Start(
        title=one_line(name),
        tagline=one_line(options.tagline),
        url=url,
        repository=one_line(page),
        branch=repository.main_branch() or BRANCH,
    )
    return start, remote


def _remote(text: str) -> str:
    """The value of an option, or an answer, that is the address of a repository."""
    from labpress.site.hosting import remote_of

    remote = remote_of(text)
    if remote is None:
        message = f"expected a repository such as lab/papers or git@github.com:lab/papers.git, found {text!r}"
        raise argparse.ArgumentTypeError(message)
    return remote


def _unasked(_question: str, likely: str, _read: Callable[[str], str]) -> str:
    return likely


def _asked(question: str, likely: str, read: Callable[[str], str]) -> str:
    """The answer of a person; ``likely`` when it is empty. What ``read`` cannot take is asked again."""
    hint = f" [{likely}]" if likely else ""
    while typed := input(f"{question}{hint}: ").strip():
        try:
            return read(typed)
        except argparse.ArgumentTypeError as error:
            print(f"  {error}")
    return likely


def _set_up(repository: Repository, address_of_remote: str) -> bool:
    """A repository for the folder, if it is known where to publish, and there is none; whether there is one now."""
    from labpress.edges.git import GitError
    from labpress.edges.starting import BRANCH

    try:
        if repository.exists or not address_of_remote:
            return repository.exists
        repository.run("init", "--quiet", f"--initial-branch={BRANCH}")
        repository.run("remote", "add", "origin", address_of_remote)
    except GitError as error:
        print(f"labpress: no git repository was made: {error}", file=sys.stderr)
        return False
    print(f"  new   .git (remote origin: {address_of_remote})")
    return True


def _say_what_next(folder: str, *, has_repository: bool) -> None:
    go = "" if folder == "." else f"  cd {folder}\n"
    last = (
        "  git push                      # publishes the site on GitHub each time: README.md says how to begin"
        if has_repository
        else "  labpress build                # the site, in _site/, for any web server"
    )
    print(
        f"\nNext:\n{go}"
        "  labpress import papers.bib    # your papers, from a listing or a bibliography\n"
        "  labpress serve                # the site in your browser, as you edit\n"
        f"{last}"
    )
