"""``labpress fetch``: bring in papers from a service on the net."""

from __future__ import annotations

import argparse

from labpress.edges.commands.common import (
    FAULTS,
    Commands,
    entry_field,
    exit_code,
    format_option,
    new_command,
    print_diagnostics,
    source_option,
)
from labpress.edges.commands.online import asker_for, online_options


def add(commands: Commands[argparse.ArgumentParser]) -> None:
    """Add the command to the command line."""
    command = new_command(
        commands,
        "fetch",
        "bring in papers from arXiv, ORCID, OpenAlex, dblp or by DOI",
        "Asks a service for papers by identifier, or for all papers of a person, and imports the answer like any other "
        "source: hand edits stay, and a paper that is there already becomes no second one. Answers are kept in the "
        "content folder (.fetched), so that a build never asks anybody.",
        "labpress fetch orcid 0000-0002-1825-0097",
    )
    command.add_argument(
        "service", choices=("arxiv", "doi", "crossref", "orcid", "openalex", "dblp"), help="whom to ask"
    )
    command.add_argument("ids", nargs="+", metavar="ID", help="an id, DOI or address of a paper, or of a person")
    source_option(command)
    command.add_argument("--dry-run", action="store_true", help="print what would change as a diff, and write nothing")
    command.add_argument(
        "--theirs",
        type=entry_field,
        action="append",
        default=[],
        metavar="FIELD",
        help="take the service's FIELD over a hand edit",
    )
    online_options(command)
    format_option(command)
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Ask, import, and say what became of how many papers."""
    from pathlib import Path

    from labpress.core.diagnostics import has_errors
    from labpress.edges.fetching.collecting import fetched
    from labpress.edges.importer import summary
    from labpress.edges.library import library_diff, read_library, write_library
    from labpress.entries.importing import plan_import

    library, faults = read_library(Path(options.source))
    if has_errors(faults):
        print_diagnostics(faults, options.format)
        return FAULTS
    asker, notes = asker_for(options, library)
    records, doubts = fetched(asker, options.service, options.ids)
    plan, conflicts = plan_import(
        records,
        library.entries,
        library.lock,
        library.topics,
        insist=frozenset(options.theirs),
        decisions=library.decisions,
    )
    found = (*faults, *notes, *doubts, *conflicts)
    was_written = not options.dry_run
    if was_written:
        written, meanwhile = write_library(library, plan.writes, plan.lock)
        plan, found = plan.as_written(written), (*found, *meanwhile)
        was_written = bool(written) or not meanwhile
    print_diagnostics(found, options.format)
    if options.dry_run:
        print(library_diff(library, plan.writes), end="")
    print(f"{summary(plan)} ({f'{library.folder.as_posix()}/papers/' if was_written else 'nothing was written'})")
    return exit_code(found)
