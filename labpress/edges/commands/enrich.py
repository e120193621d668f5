"""``labpress enrich``: look up what entries lack."""

from __future__ import annotations

import argparse
import sys

from labpress.edges.commands.common import (
    FAULTS,
    FINE,
    USAGE,
    Commands,
    confirmed,
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
        "enrich",
        "look up what entries lack: identifiers, authors behind et al., venues",
        "Asks arXiv and doi.org about entries with an identifier, and OpenAlex and Crossref about the others by title. "
        "Only what is surely the same work counts. What would change is shown as a diff and written when you say yes; "
        "hand edits stay.",
        "labpress enrich dinh2022lift",
    )
    command.add_argument(
        "entries", nargs="*", metavar="ENTRY", help="ids of entries (default: all that lack something)"
    )
    source_option(command)
    command.add_argument(
        "--from",
        dest="services",
        action="append",
        choices=("openalex", "crossref", "arxiv", "dblp"),
        help="search titles there (default: openalex, then crossref)",
    )
    command.add_argument("--dry-run", action="store_true", help="print what would change as a diff, and write nothing")
    command.add_argument("-y", "--yes", action="store_true", help="do not ask before writing")
    online_options(command)
    format_option(command)
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Ask about every gap, show what would change, and write it if that is wanted."""
    from pathlib import Path

    from labpress.core.diagnostics import has_errors
    from labpress.edges.fetching.enriching import look_up
    from labpress.edges.library import library_diff, read_library, write_library
    from labpress.entries.completing import gaps_in
    from labpress.entries.importing import plan_import

    library, faults = read_library(Path(options.source))
    if has_errors(faults):
        print_diagnostics(faults, options.format)
        return FAULTS
    unknown = [name for name in options.entries if name not in library.entries]
    if unknown:
        print(f"expected ids of entries, found {', '.join(unknown)}", file=sys.stderr)
        return USAGE
    asker, notes = asker_for(options, library)
    gaps = gaps_in(library.entries, options.entries)
    services = tuple(options.services or ("openalex", "crossref"))
    findings, doubts = look_up(asker, gaps, services, _progress)
    plan, conflicts = plan_import(findings.records, library.entries, library.lock, library.topics, known=findings.about)
    found = (*faults, *notes, *doubts, *conflicts)
    print_diagnostics(found, options.format)
    print(library_diff(library, plan.writes), end="")
    lack = "entry lacks" if len(gaps) == 1 else "entries lack"
    print(f"{len(gaps)} {lack} something, {len(plan.writes)} would be completed")
    if not plan.writes or options.dry_run:
        return exit_code(found)
    if not confirmed(yes=options.yes):
        return FINE
    meanwhile = write_library(library, plan.writes, plan.lock).diagnostics
    print_diagnostics(meanwhile, options.format)
    return exit_code((*found, *meanwhile))


def _progress(text: str) -> None:
    if sys.stderr.isatty():
        print(f"\r\x1b[K{text}", end="", file=sys.stderr, flush=True)
