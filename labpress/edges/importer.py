"""``labpress import`` and ``labpress parse``: sources are read here, and entries written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from labpress.core.diagnostics import Diagnostic, Parsed, Span, has_errors
from labpress.core.files import SourceFile
from labpress.edges.durable import write_durably
from labpress.entries.config import read_config
from labpress.entries.importing import ImportPlan, LockedEntry, Outcome, plan_import, read_lock, write_lock
from labpress.entries.topics import Topic, read_topics
from labpress.sources.detect import parse_source
from labpress.sources.record import Record

T = TypeVar("T")

LOCK_NAME = "labpress.lock"
"""In the content folder, committed with it."""


def source_files(paths: Iterable[str]) -> Iterator[Path]:
    """Every file that ``paths`` name; of a folder, the visible files in it in the order of their names."""
    for path in map(Path, paths):
        if path.is_dir():
            yield from (file for file in sorted(path.iterdir()) if file.is_file() and not file.name.startswith("."))
        else:
            yield path


def read_source(path: Path) -> Parsed[SourceFile]:
    """One file from the disk; empty, with an error, when it cannot be read."""
    try:
        return Parsed(SourceFile(path.as_posix(), path.read_bytes()))
    except OSError as error:
        found = error.strerror or str(error)
        fault = Diagnostic(
            "unreadable-file", f"expected a file that can be read, found: {found.lower()}", Span(path.as_posix())
        )
        return Parsed(SourceFile(path.as_posix(), b""), (fault,))


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


def import_sources(content: Path, paths: Iterable[str], as_of: int | None, *, dry_run: bool) -> Parsed[ImportPlan]:
    """Import the sources at ``paths`` into the folder ``content``. With errors in its own files nothing is written."""
    no_lock: dict[str, LockedEntry] = {}
    lock, lock_faults = _optional(content / LOCK_NAME, read_lock, no_lock)
    topics, topic_faults = _read_topics(content)
    if has_errors((*lock_faults, *topic_faults)):
        return Parsed(ImportPlan({}, lock, {}), (*lock_faults, *topic_faults))
    records, record_faults = read_records(paths, as_of)
    existing = {path.stem: read_source(path).value for path in sorted(content.glob("papers/**/*.md"))}
    plan, plan_faults = plan_import(records, existing, lock, topics)
    if not dry_run:
        for entry_id, data in plan.writes.items():
            path = Path(existing[entry_id].path) if entry_id in existing else content / "papers" / f"{entry_id}.md"
            write_durably(path, data)
        if plan.lock != lock:
            write_durably(content / LOCK_NAME, write_lock(plan.lock))
    return Parsed(plan, (*topic_faults, *record_faults, *plan_faults))


def _optional(path: Path, read: Callable[[SourceFile], Parsed[T]], empty: T) -> Parsed[T]:
    """What ``read`` makes of the file, or ``empty`` where there is none."""
    if not path.exists():
        return Parsed(empty)
    file, faults = read_source(path)
    return Parsed(empty, faults) if faults else read(file)


def _read_topics(content: Path) -> Parsed[tuple[Topic, ...]]:
    config, _faults = read_config(read_source(content / "site.yml").value)  # Its faults are the build's business.
    return _optional(content / "topics.yml", lambda file: read_topics(file, config.markup), ())


def summary(plan: ImportPlan) -> str:
    """``50 papers: 48 created, 2 edited by hand and left alone``."""
    words: dict[Outcome, str] = {
        "created": "created",
        "updated": "updated",
        "unchanged": "unchanged",
        "edited": "edited by hand and left alone",
        "deleted": "deleted by hand and left so",
    }
    counts = Counter(plan.outcomes.values())
    total = sum(counts.values())
    parts = ", ".join(f"{counts[outcome]} {text}" for outcome, text in words.items() if counts[outcome])
    return f"{total} paper{'' if total == 1 else 's'}" + (f": {parts}" if parts else "")
