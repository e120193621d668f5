"""``labpress publish``: the site, to GitHub Pages."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from labpress.core.patterns import when_needed
from labpress.edges.commands.common import (
    FAULTS,
    FINE,
    Commands,
    address,
    exit_code,
    format_option,
    new_command,
    output_option,
    print_diagnostics,
    source_option,
)

if TYPE_CHECKING:
    from labpress.core.diagnostics import Diagnostic
    from labpress.edges.git import Repository
    from labpress.edges.publisher import Changes, Target

_NO_BRANCH = when_needed(r"[\x00-\x20\x7f~^:?*\[\\]|\.\.|@\{|^[-/]|/$|//|(?:^|/)\.|\.(?:lock)?(?:/|$)|^$")
"""What git takes for no name of a branch: https://git-scm.com/docs/git-check-ref-format, read in 2026."""

SHOWN = 20
"""Paths of each kind that a dry run names."""


def add(commands: Commands[argparse.ArgumentParser]) -> None:
    """Add the command to the command line."""
    command = new_command(
        commands,
        "publish",
        "build the site and put it on GitHub Pages",
        "Build, check, and commit the site to a branch of its own, which GitHub Pages serves. Your checkout, your "
        "index and your branches are not touched. Nothing is published while there are errors.",
        "labpress publish --dry-run",
    )
    source_option(command)
    output_option(command)
    command.add_argument("--base-url", type=address, metavar="URL", help="the site's address, over site.yml's")
    command.add_argument("--remote", default="origin", metavar="NAME", help="where to push (default: origin)")
    command.add_argument("--branch", type=branch, default="gh-pages", help="the branch of the site (default: gh-pages)")
    command.add_argument("--dry-run", action="store_true", help="say what would change, and push nothing")
    command.add_argument("--squash", action="store_true", help="keep no history: the branch has one commit")
    command.add_argument("--replace", action="store_true", help="publish over a branch that labpress did not make")
    format_option(command)
    command.set_defaults(run=run)


def branch(text: str) -> str:
    """The value of an option that is the name of a branch."""
    if _NO_BRANCH.search(text):
        message = f"expected the name of a branch, found {text!r}"
        raise argparse.ArgumentTypeError(message)
    return text


def run(options: argparse.Namespace) -> int:
    """Build, look at the branch, commit and push what differs."""
    from labpress.core.diagnostics import Diagnostic, Span, has_errors
    from labpress.edges.git import GitError, Repository

    repository = Repository(Path(options.source))
    try:
        where, faults = _address(options, repository)
        if not faults:
            faults = _build(options, where)
        print_diagnostics(faults, options.format)
        if has_errors(faults):
            print("nothing was published")
            return exit_code(faults)
        return _publish(options, repository, where)
    except GitError as error:
        fault = Diagnostic("git-failed", f"git could not publish: {error}", Span(options.source))
        print_diagnostics([fault], options.format)
        return FAULTS


def _address(options: argparse.Namespace, repository: Repository) -> tuple[str, tuple[Diagnostic, ...]]:
    """Where the site will be: the option's word, else site.yml's, else what the remote's address says."""
    from labpress.core.diagnostics import Diagnostic, Span
    from labpress.edges.building import BuildPlace, no_content
    from labpress.edges.settings import settings_of
    from labpress.site.hosting import pages_address

    content = options.source
    if faults := no_content(BuildPlace(source=content)):
        return "", faults
    remote = repository.remote_address(options.remote) if repository.exists else ""
    if not remote:
        found = f"a repository without the remote {options.remote}" if repository.exists else "no repository"
        advice = f"run  git init  if need be, and  git remote add {options.remote} https://github.com/lab/papers"
        message = f"expected a git repository with a remote to publish to, found {found}"
        return "", (Diagnostic("no-repository", message, Span(content), advice),)
    where = options.base_url or settings_of(Path(content)).url or pages_address(remote)
    if not where:
        advice = "write  url: https://...  in site.yml, or give --base-url"
        message = f"expected the site's address, found none in site.yml, nor a GitHub repository at {remote}"
        return "", (Diagnostic("no-address", message, Span(f"{content}/site.yml"), advice),)
    return where, ()


def _build(options: argparse.Namespace, where: str) -> tuple[Diagnostic, ...]:
    """Bring the site up to date, and say all that speaks against publishing it."""
    from labpress.edges.building import BuildPlace, build_place
    from labpress.edges.checking import check_built
    from labpress.edges.publisher import unfinished_import

    place = BuildPlace(source=options.source, output=options.output, base_url=where)
    report = build_place(place)
    if not report.finished:
        return report.diagnostics
    found = check_built(place, Path(options.output)).diagnostics
    against = (one for one in found if one.is_error or one.code == "large-file")
    return (*unfinished_import(Path(options.source)), *report.diagnostics, *against)


def _files(options: argparse.Namespace) -> list[str]:
    """The files of the site: what labpress has made in the output folder, and nothing else that may lie there."""
    from labpress.edges.output import OutputFolder

    survey = OutputFolder(Path(options.output), Path(options.source)).survey()
    return sorted(path for path in survey.files if path in (survey.inventory or ()))


def _publish(options: argparse.Namespace, repository: Repository, where: str) -> int:
    from labpress.edges.publisher import changes_of, commit_site, look_at, object_ids, push
    from labpress.site.hosting import host_files

    site = Path(options.output)
    paths = _files(options)
    extra = {path: data for path, data in host_files(where).items() if path not in paths}
    target = look_at(repository, options.remote, options.branch)
    ids = object_ids(repository, site, paths, extra)
    changes = changes_of(ids, target.files)
    if not target.ours:
        holds_sources = repository.current_branch == target.branch and repository.shares_history(target.tip)
        if holds_sources or not options.replace:
            return _refuse(options, target, holds_sources=holds_sources)
    if not changes and not (options.squash and target.has_history):
        print(f"{where} is up to date: nothing to publish")
        return FINE
    if options.dry_run:
        _show(changes)
        print(f"{_counts(changes)} (nothing was published)")
        return FINE
    others = _workflows_that_publish(repository)  # Asked now: once the site is pushed, nothing may fail any more.
    push(repository, commit_site(repository, site, ids, extra, target, squash=options.squash), target)
    print(f"{_counts(changes)}: published at {where}")
    if not target.tip:
        print(
            "On GitHub, choose once: Settings > Pages > Source: Deploy from a branch, "
            f"branch {options.branch}, folder / (root)."
        )
    for workflow in others:
        print(f"{workflow} publishes in another way, and its runs will fail: delete it, or let each push publish.")
    return FINE


def _workflows_that_publish(repository: Repository) -> list[str]:
    """The workflows that hand a site to GitHub Pages at each push: Pages takes it from one place alone."""
    search = ("grep", "--files-with-matches", "--full-name", "actions/deploy-pages", "--", ":/.github")
    return repository.ask(*search).splitlines()


def _refuse(options: argparse.Namespace, target: Target, *, holds_sources: bool) -> int:
    from labpress.core.diagnostics import Diagnostic, Span

    found = "the one you work on" if holds_sources else f"commits in {target.branch} that labpress did not make"
    message = f"expected a branch of the site alone, found {found}"
    advice = "publish to another --branch" + ("" if holds_sources else ", or over this one with --replace")
    print_diagnostics(
        [Diagnostic("foreign-branch", message, Span(f"{target.remote}/{target.branch}"), advice)], options.format
    )
    return FAULTS


def _show(changes: Changes) -> None:
    for sign, paths in (("+", changes.added), ("~", changes.changed), ("-", changes.removed)):
        for path in paths[:SHOWN]:
            print(f"  {sign} {path}")
        if len(paths) > SHOWN:
            print(f"  {sign} and {len(paths) - SHOWN:,} more")


def _counts(changes: Changes) -> str:
    return f"{len(changes.added):,} added, {len(changes.changed):,} changed, {len(changes.removed):,} removed"
