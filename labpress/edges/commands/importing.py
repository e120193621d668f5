"""``labpress import``: turn sources into entries."""

from __future__ import annotations

import argparse

from labpress.edges.commands.common import (
    Commands,
    as_of_option,
    entry_field,
    exit_code,
    format_option,
    new_command,
    print_diagnostics,
    source_option,
)

OTHER_SYSTEMS = ("al-folio", "jekyll-scholar", "academicpages", "hugoblox")
"""The keys of ``entries.other_sites.SYSTEMS``, here so that ``--help`` need not import it."""


def add(commands: Commands[argparse.ArgumentParser]) -> None:
    """Add the command to the command line."""
    command = new_command(
        commands,
        "import",
        "turn sources into entries, one Markdown file a paper",
        "Read sources (a pasted listing, BibTeX, ...) and write one Markdown file a paper. The format is told by the "
        "content. What a person has edited since stays; what the source changed since is brought in.",
        "labpress import listing.txt",
    )
    command.add_argument("sources", nargs="+", metavar="FILE", help="a source, or a folder of sources")
    command.add_argument(
        "--from", dest="system", default="", choices=OTHER_SYSTEMS, help="each FILE is the folder of a site made by it"
    )
    source_option(command)
    as_of_option(command)
    command.add_argument("--dry-run", action="store_true", help="print what would change as a diff, and write nothing")
    command.add_argument(
        "--theirs",
        type=entry_field,
        action="append",
        default=[],
        metavar="FIELD",
        help="take the source's FIELD over a hand edit",
    )
    format_option(command)
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Import, and say what became of how many papers."""
    from pathlib import Path

    from labpress.edges.importer import import_sources, summary

    content = Path(options.source)
    is_new = not content.exists()
    (plan, diff, files), diagnostics = import_sources(
        content, options.sources, options.as_of, insist=options.theirs, dry_run=options.dry_run, system=options.system
    )
    print_diagnostics(diagnostics, options.format)
    print(diff, end="")
    if files:
        done = "to be copied" if options.dry_run else "copied"
        print(f"{len(files)} {'file' if len(files) == 1 else 'files'} {done} to {content.as_posix()}/static/")
    print(f"{summary(plan)} ({'nothing was written' if options.dry_run else f'{content.as_posix()}/papers/'})")
    if is_new and content.exists():
        print(f"{content.as_posix()}/ is new; what else a site begins with is written by  labpress init")
    return exit_code(diagnostics)
