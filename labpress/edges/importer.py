"""``labpress import`` and ``labpress parse``: sources are read here, and entries written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from labpress.core.diagnostics import Diagnostic, Parsed, Span, has_errors
from labpress.core.files import SourceFile
from labpress.edges.library import library_diff, read_library, read_source, write_library
from labpress.entries.importing import ImportPlan, Outcome, plan_import
from labpress.entries.other_sites import SYSTEMS, author_names, parse_site_entry
from labpress.sources.detect import parse_source
from labpress.sources.record import Record

SHOWN = 10
"""Entries that a summary names."""


def source_files(paths: Iterable[str]) -> Iterator[Path]:
    """Every file that ``paths`` name; of a folder, the visible files in it in the order of their names."""
    for path in map(Path, paths):
        if path.is_dir():
            yield from (file for file in sorted(path.iterdir()) if file.is_file() and not file.name.startswith("."))
        else:
            yield path


def read_records(paths: Iterable[str], as_of: int | None) -> Parsed[tuple[Record, ...]]:
    """The records of all sources. A date without a year is of ``as_of``, or as the source itself shows."""
    records: list[Record] = []
    diagnostics: list[Diagnostic] = []
    this_year = datetime.now(tz=UTC).year
    for path in source_files(paths):
        file, faults = read_source(path)
        diagnostics += faults
        if not faults:
            parsed = parse_source(file, as_of=as_of, fallback_year=this_year)
            records += parsed.value
            diagnostics += parsed.diagnostics
    return Parsed(tuple(records), tuple(diagnostics))


def read_sites(folders: Iterable[str], system_name: str) -> Parsed[tuple[Record, ...]]:
    """The papers of sites that another system has made, each a folder."""
    system = SYSTEMS[system_name]
    records: list[Record] = []
    diagnostics: list[Diagnostic] = []
    for folder in map(Path, folders):
        people, faults = author_names(dict(_read_all(folder, "content/authors/*/_index.md")))
        diagnostics += faults
        files = [file for pattern in system.patterns for _name, file in _read_all(folder, pattern)]
        if not files:
            message = f"expected a site of {system_name}, found nothing at {' or '.join(system.patterns)}"
            diagnostics.append(Diagnostic("no-content", message, Span(folder.as_posix())))
        for file in files:
            parsed = parse_site_entry(file, system, people) if system.meanings else parse_source(file)
            records += (replace(record, format=system_name) for record in parsed.value)
            diagnostics += parsed.diagnostics
    return Parsed(tuple(records), tuple(diagnostics))


def _read_all(folder: Path, pattern: str) -> Iterator[tuple[str, SourceFile]]:
    """The files of a pattern, in order, with the names of the folders that they are in."""
    for path in sorted(folder.glob(pattern)):
        if path.is_file():
            yield path.parent.name, read_source(path).value


class Import(NamedTuple):
    """What an import did, or would do."""

    plan: ImportPlan
    diff: str
    """The changes of existing files and the new files, as a unified diff."""


def import_sources(
    content: Path,
    paths: Iterable[str],
    as_of: int | None,
    *,
    insist: Iterable[str] = (),
    dry_run: bool = False,
    system: str = "",
) -> Parsed[Import]:
    """Import the sources at ``paths`` into the folder ``content``. With errors in its own files nothing is written.

    With a ``system``, a key of ``other_sites.SYSTEMS``, the paths are folders of sites that it has made.
    """
    library, own_faults = read_library(content)
    if has_errors(own_faults):
        return Parsed(Import(ImportPlan({}, dict(library.lock), {}), ""), own_faults)
    records, record_faults = read_sites(paths, system) if system else read_records(paths, as_of)
    plan, plan_faults = plan_import(
        records, library.entries, library.lock, library.topics, insist=frozenset(insist), decisions=library.decisions
    )
    found = (*own_faults, *record_faults, *plan_faults)
    if dry_run:
        return Parsed(Import(plan, library_diff(library, plan.writes)), found)
    meanwhile = write_library(library, plan.writes, plan.lock)
    return Parsed(Import(ImportPlan({}, dict(library.lock), {}) if meanwhile else plan, ""), (*found, *meanwhile))


def summary(plan: ImportPlan) -> str:
    """``50 papers: 48 created, 2 unchanged; edited by hand, edits kept: dinh2022lift``."""
    words: dict[Outcome, str] = {
        "created": "created",
        "updated": "updated",
        "unchanged": "unchanged",
        "deleted": "deleted by hand and left so",
    }
    counts = Counter(plan.outcomes.values())
    total = sum(counts.values())
    parts = ", ".join(f"{counts[outcome]} {text}" for outcome, text in words.items() if counts[outcome])
    names = sorted(plan.edited)
    shown = ", ".join(names[:SHOWN]) + (f" and {len(names) - SHOWN} more" if len(names) > SHOWN else "")
    edited = f"; edited by hand, edits kept: {shown}" if names else ""
    return f"{total} paper{'' if total == 1 else 's'}" + (f": {parts}" if parts else "") + edited
