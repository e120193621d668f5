"""``labpress import`` and ``labpress parse``: sources are read here, and entries written."""

from __future__ import annotations

from codecs import BOM_UTF8
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from difflib import unified_diff
from pathlib import Path
from typing import NamedTuple, TypeVar

from labpress.core.decoding import decode
from labpress.core.diagnostics import Diagnostic, Parsed, Span, has_errors
from labpress.core.files import SourceFile
from labpress.edges.durable import clear_leftovers, write_durably
from labpress.entries.config import read_config
from labpress.entries.decisions import UNDECIDED, read_decisions
from labpress.entries.importing import Existing, ImportPlan, Outcome, plan_import
from labpress.entries.lock import LockedEntry, read_lock, write_lock
from labpress.entries.topics import Topic, read_topics
from labpress.sources.detect import parse_source
from labpress.sources.record import Record

T = TypeVar("T")

SHOWN = 10
"""Entries that a summary names."""

LOCK_NAME = "labpress.lock"
DECISIONS_NAME = "duplicates.yml"
"""Both in the content folder, committed with it."""


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


class Import(NamedTuple):
    """What an import did, or would do."""

    plan: ImportPlan
    diff: str
    """The changes of existing files and the new files, as a unified diff."""


def import_sources(
    content: Path, paths: Iterable[str], as_of: int | None, *, insist: Iterable[str] = (), dry_run: bool = False
) -> Parsed[Import]:
    """Import the sources at ``paths`` into the folder ``content``. With errors in its own files nothing is written."""
    no_lock: dict[str, LockedEntry] = {}
    lock, lock_faults = _optional(content / LOCK_NAME, read_lock, no_lock)
    topics, topic_faults = _read_topics(content)
    decisions, decision_faults = _optional(content / DECISIONS_NAME, read_decisions, UNDECIDED)
    own_faults = (*lock_faults, *topic_faults, *decision_faults)
    if has_errors(own_faults):
        return Parsed(Import(ImportPlan({}, lock, {}), ""), own_faults)
    records, record_faults = read_records(paths, as_of)
    existing = dict(_existing(content))
    plan, plan_faults = plan_import(records, existing, lock, topics, insist=frozenset(insist), decisions=decisions)
    diff = ""
    if dry_run:
        diff = "".join(_diff(content, entry_id, text, existing) for entry_id, text in plan.writes.items())
    else:
        _write(content, plan, existing, lock)
    return Parsed(Import(plan, diff), (*own_faults, *record_faults, *plan_faults))


def _write(content: Path, plan: ImportPlan, existing: Mapping[str, Existing], lock: Mapping[str, LockedEntry]) -> None:
    """The entries first, the lock file last: without its lock, an entry still is what its source says."""
    clear_leftovers(content / "papers")
    write_durably(
        {
            _path(content, entry_id, existing): _mark(content, entry_id, existing) + text.encode()
            for entry_id, text in plan.writes.items()
        }
    )
    if plan.lock != lock:
        write_durably({content / LOCK_NAME: write_lock(plan.lock)})


def _existing(content: Path) -> Iterator[tuple[str, Existing]]:
    """The files of papers/ by id. A file that is no UTF-8 is known, and never written."""
    for path in sorted(content.glob("papers/**/*.md")):
        file, faults = read_source(path)
        if faults:
            continue
        try:
            yield path.stem, Existing(file.path, file.data.decode("utf-8-sig"))
        except UnicodeDecodeError:
            yield path.stem, Existing(file.path, decode(file).value.text, writable=False)


def _path(content: Path, entry_id: str, existing: Mapping[str, Existing]) -> Path:
    return Path(existing[entry_id].path) if entry_id in existing else content / "papers" / f"{entry_id}.md"


def _mark(content: Path, entry_id: str, existing: Mapping[str, Existing]) -> bytes:
    """The byte order mark of a file that begins with one: it belongs to the file."""
    if entry_id not in existing:
        return b""
    with _path(content, entry_id, existing).open("rb") as file:
        return BOM_UTF8 if file.read(3) == BOM_UTF8 else b""


def _diff(content: Path, entry_id: str, text: str, existing: Mapping[str, Existing]) -> str:
    path = _path(content, entry_id, existing).as_posix()
    old = existing[entry_id].text if entry_id in existing else ""
    lines = unified_diff(
        old.splitlines(keepends=True), text.splitlines(keepends=True), path if old else "/dev/null", path, n=2
    )
    return "".join(line if line.endswith("\n") else f"{line}\n" for line in lines)


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
