"""``labpress duplicates``: entries that may be one work, for a person to decide."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from labpress.edges.commands.common import (
    FAULTS,
    FINE,
    USAGE,
    Commands,
    exit_code,
    format_option,
    new_command,
    print_diagnostics,
    source_option,
)

if TYPE_CHECKING:
    from labpress.edges.library import Library


def add(commands: Commands[argparse.ArgumentParser]) -> None:
    """Add the command to the command line."""
    command = new_command(
        commands,
        "duplicates",
        "list entries that may be one work, and decide",
        "Lists pairs of entries that surely or perhaps are one work. With --same, two entries become one: "
        "what the second says joins the first, its address leads there, and its file is taken away. With --different, "
        "the pair is remembered in duplicates.yml and not listed again.",
        "labpress duplicates --same dinh2022lift dinh2022liftb",
    )
    source_option(command)
    decision = command.add_mutually_exclusive_group()
    decision.add_argument("--same", nargs=2, metavar=("KEEP", "OTHER"), help="join OTHER into KEEP")
    decision.add_argument("--different", nargs=2, metavar=("ONE", "OTHER"), help="remember that they are two works")
    format_option(command)
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """List the pairs, or carry out one decision."""
    from pathlib import Path

    from labpress.edges.library import read_library

    library, faults = read_library(Path(options.source))
    print_diagnostics(faults, options.format)
    if exit_code(faults) != FINE:
        return FAULTS
    chosen = options.same or options.different or ()
    for name in chosen:
        if name not in library.entries:
            return _unknown(name, library)
    if len(set(chosen)) == 1:
        print("labpress: expected two entries, found one named twice", file=sys.stderr)
        return USAGE
    if options.same:
        return _join(library, *options.same, form=options.format)
    if options.different:
        return _remember(library, *options.different, form=options.format)
    return _list(library)


def _unknown(name: str, library: Library) -> int:
    from labpress.core.text import closest

    meant = closest(name, library.entries)
    advice = f"; did you mean {meant}?" if meant else ""
    print(f"labpress: expected the id of an entry, found {name!r}{advice}", file=sys.stderr)
    return USAGE


def _list(library: Library) -> int:
    from labpress.entries.duplicates import likely_duplicates

    pairs = likely_duplicates(library.entries, library.decisions)
    for pair in pairs:
        print(f"{'surely' if pair.is_sure else 'perhaps'} one work:")
        for entry_id in (pair.one, pair.other):
            print(f"  {entry_id}: {_described(library, entry_id)}")
        print(f"  labpress duplicates --same {pair.one} {pair.other}")
        print(f"  labpress duplicates --different {pair.one} {pair.other}\n")
    print(f"{len(pairs)} pair{'' if len(pairs) == 1 else 's'} to decide about")
    return FINE


def _described(library: Library, entry_id: str) -> str:
    """Title, first authors, date, venue and identifiers, as far as the entry has them."""
    from labpress.edges.report import printable
    from labpress.entries.existing import facts_of

    facts = facts_of(library.entries[entry_id])
    names = [name.display for name in facts.get("authors", ())]
    authors = ", ".join(names[:3]) + (" et al." if len(names) > 3 or facts.get("et_al") else "")
    ids = [f"{key} {facts[key]}" for key in ("doi", "arxiv") if facts.get(key)]
    parts = [facts.get("title", "no title"), authors, facts.get("date"), facts.get("venue") or facts.get("type"), *ids]
    return printable(" · ".join(str(part) for part in parts if part))


def _join(library: Library, keep: str, other: str, *, form: str) -> int:
    from labpress.edges.library import write_library
    from labpress.entries.duplicates import join_entries

    joined, faults = join_entries(keep, other, library.entries, library.lock)
    print_diagnostics(faults, form)
    if joined is None:
        print("nothing was joined")
        return FAULTS
    # Until the other file is gone both say the same: whatever stops this, nothing is lost.
    meanwhile = write_library(library, {keep: joined.text}, joined.lock, removes=(other,)).diagnostics
    if meanwhile:
        print_diagnostics(meanwhile, form)
        return FAULTS
    print(f"{other} is now part of {keep}; its old address leads there, and files beside it stay where they are")
    return FINE


def _remember(library: Library, one: str, other: str, *, form: str) -> int:
    from labpress.edges.library import DECISIONS_NAME, remember_different

    faults = remember_different(library, one, other)
    print_diagnostics(faults, form)
    if faults:
        return FAULTS
    print(f"{one} and {other} are two works: remembered in {library.folder.as_posix()}/{DECISIONS_NAME}")
    return FINE
