"""``labpress new``: write one entry, of a few words or of a DOI or an arXiv id."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from labpress.edges.commands.common import (
    FAULTS,
    USAGE,
    Commands,
    exit_code,
    format_option,
    new_command,
    print_diagnostics,
    source_option,
)
from labpress.edges.commands.online import asker_for, online_options

if TYPE_CHECKING:
    from labpress.core.diagnostics import Diagnostic
    from labpress.edges.library import Library
    from labpress.sources.record import Record

_WRONG_USE = frozenset(["bad-identifier", "wrong-value", "bad-date", "missing-title"])
"""Faults of the words of the command; others are those of a service."""


def add(commands: Commands[argparse.ArgumentParser]) -> None:
    """Add the command to the command line."""
    command = new_command(
        commands,
        "new",
        "write one new entry",
        "Writes a tidy entry of a title, authors and a date, which it asks for where they are not given; or of a DOI "
        "or an arXiv id, of which the service is asked. A file that is there is never written over.",
        'labpress new --title "On Trees" --author "Ada Quist" --date 2026-04\n  labpress new 2206.06565',
    )
    command.add_argument("identifier", nargs="?", default="", metavar="ID", help="a DOI, an arXiv id, or its address")
    command.add_argument("--title")
    command.add_argument(
        "--author", action="append", default=[], metavar="NAME", help="again for each author, in order"
    )
    command.add_argument("--date", default="", help="2026-04-20, 2026-04 or 2026")
    command.add_argument("--type", default="", help="article, conference, preprint ...")
    command.add_argument("--venue", default="", help="journal or conference")
    command.add_argument(
        "--id", default="", metavar="NAME", help="the file's name without .md (default: author, year, word)"
    )
    source_option(command)
    online_options(command)
    format_option(command)
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Find out what is to be written, and write it."""
    from pathlib import Path

    from labpress.core.diagnostics import has_errors
    from labpress.edges.library import read_library, write_library
    from labpress.entries.new_entry import Shelf, new_entry

    library, faults = read_library(Path(options.source))
    if has_errors(faults):
        print_diagnostics(faults, options.format)
        return FAULTS
    typed, found, more = _known(options, library)
    if typed is None:
        print_diagnostics((*faults, *more), options.format)
        return USAGE if any(one.code in _WRONG_USE for one in more) else FAULTS
    entry, doubts = new_entry(typed, found, Shelf(library.entries, library.lock, library.topics), options.id)
    print_diagnostics((*faults, *more, *doubts), options.format)
    if entry is None:
        return FAULTS
    path = library.path_of(entry.entry_id)
    if path.exists():
        print(f"{path.as_posix()} is there already; nothing was written", file=sys.stderr)
        return FAULTS
    lock = {**library.lock, entry.entry_id: entry.locked} if entry.locked else library.lock
    meanwhile = write_library(library, {entry.entry_id: entry.text}, lock).diagnostics
    if meanwhile:
        print_diagnostics(meanwhile, options.format)
        return FAULTS
    print(path.as_posix())
    return exit_code(doubts)


def _known(
    options: argparse.Namespace, library: Library
) -> tuple[Record | None, Record | None, tuple[Diagnostic, ...]]:
    """What was typed, and what a service says of the identifier; nothing typed where it is not enough for an entry."""
    from labpress.core.dates import PartialDate, parse_date
    from labpress.core.diagnostics import Diagnostic, quoted
    from labpress.core.identifiers import parse_arxiv, parse_doi
    from labpress.entries.paper import TYPES
    from labpress.sources.record import Record

    arxiv, doi = parse_arxiv(options.identifier) or "", parse_doi(options.identifier) or ""
    faults: tuple[Diagnostic, ...] = ()
    if options.identifier and not (arxiv or doi):
        message = f"expected a DOI or an arXiv id, found {quoted(options.identifier)}"
        return None, None, (Diagnostic("bad-identifier", message),)
    if options.type and options.type not in TYPES:
        message = f"expected one of {', '.join(TYPES)}, found {quoted(options.type)}"
        return None, None, (Diagnostic("wrong-value", message),)
    found = None
    if arxiv or doi:
        found, faults = _asked(options, library, arxiv, doi)
    elif not options.title and sys.stdin.isatty():
        _ask_person(options)
    date = parse_date(options.date) if options.date else None
    if date is not None and not isinstance(date, PartialDate):
        message = f"expected a date like 2026-04-20, 2026-04 or 2026, found {quoted(options.date)}"
        return None, None, (*faults, Diagnostic("bad-date", message, None, date))
    if (arxiv or doi) and not (options.title or found):
        return None, None, faults  # They say why.
    if not (options.title or found):
        return None, None, (Diagnostic("missing-title", "expected a title, found none", None, "give --title"),)
    typed = Record(
        title=options.title or "",
        authors=tuple(name.strip() for name in options.author if name.strip()),
        date=options.date,
        type=options.type,
        venue=options.venue,
        arxiv=arxiv,
        doi="" if arxiv else doi,
        markup="plain",
    )
    return typed, found, faults


def _asked(
    options: argparse.Namespace, library: Library, arxiv: str, doi: str
) -> tuple[Record | None, tuple[Diagnostic, ...]]:
    from labpress.edges.fetching.asking import by_id

    asker, notes = asker_for(options, library)
    records, faults = by_id(asker, "arxiv" if arxiv else "doi", (arxiv or doi,))
    return (records[0] if records else None), (*notes, *faults)


def _ask_person(options: argparse.Namespace) -> None:
    """Ask on the terminal for what was not given; an empty line leaves it out."""
    options.title = input("Title: ").strip()
    if not options.author:
        options.author = [name for name in input("Authors, separated by semicolons: ").split(";") if name.strip()]
    options.date = options.date or input("Date (2026-04-20, 2026-04 or 2026): ").strip()
    options.venue = options.venue or input("Journal or conference: ").strip()
