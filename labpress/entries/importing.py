"""The plan of an import: which entry each record is, and what becomes of its file. Nothing is written here.

The lock file keeps what the importer wrote last, the base of every imported field. With it, an import knows who
changed what since: a file that only the importer wrote follows its source, a file that a person edited or deleted
is the person's.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, Literal, NamedTuple

import msgspec
from msgspec import Struct

from labpress.core.decoding import decode
from labpress.core.diagnostics import Diagnostic, Parsed, Span, quoted
from labpress.core.files import SourceFile, digest
from labpress.core.identifiers import parse_arxiv, parse_doi
from labpress.core.names import parse_name
from labpress.core.text import fold
from labpress.entries.fields import ENTRY_FIELDS, ENTRY_HINTS
from labpress.entries.from_record import Draft, FreeIds, draft_of, wanted_id
from labpress.entries.frontmatter import read_document
from labpress.entries.schema import Reader, read_mapping
from labpress.entries.topics import Topic
from labpress.entries.writing import write_entry
from labpress.sources.record import Record

LOCK_VERSION = 1


class LockedEntry(Struct, frozen=True):
    """What the importer wrote of one entry, and from which source."""

    source: str
    digest: str
    """Of the file as it was written."""
    values: dict[str, Any]
    body: str

    @property
    def draft(self) -> Draft:
        return Draft(self.values, self.body)


Outcome = Literal["created", "updated", "unchanged", "edited", "deleted", "repeated"]


class ImportPlan(Struct, frozen=True):
    """What an import will do."""

    writes: dict[str, bytes]
    """Entry id -> the file's new content."""
    lock: dict[str, LockedEntry]
    outcomes: dict[str, Outcome]
    """Entry id -> what becomes of it."""


def plan_import(
    records: Iterable[Record],
    existing: Mapping[str, SourceFile],
    lock: Mapping[str, LockedEntry],
    topics: tuple[Topic, ...],
) -> Parsed[ImportPlan]:
    """Decide for every record. ``existing`` has the files of papers/ by id, ``lock`` the last import's state."""
    known = _known_works(existing, lock)
    ids = FreeIds([*existing, *lock])
    plan = ImportPlan({}, dict(lock), {})
    faults: list[Diagnostic] = []
    for record in records:
        draft, draft_faults = draft_of(record, topics)
        faults += draft_faults
        keys = work_keys(draft.values)
        entry_id = next((known[key] for key in keys if key in known), "")
        if not entry_id:
            entry_id = ids.give(wanted_id(record))
            _write(plan, entry_id, Offer(record, draft), "created")
        elif entry_id in plan.outcomes:
            faults.append(_repeated(record, entry_id))
        else:
            faults += _decide(plan, entry_id, Offer(record, draft), existing.get(entry_id), lock.get(entry_id))
        for key in keys:
            known.setdefault(key, entry_id)
    return Parsed(plan, tuple(faults))


class Offer(NamedTuple):
    """A record and the entry that it would make."""

    record: Record
    draft: Draft


def _decide(
    plan: ImportPlan, entry_id: str, offer: Offer, file: SourceFile | None, locked: LockedEntry | None
) -> tuple[Diagnostic, ...]:
    """What becomes of an entry that is already there, or was."""
    record, draft = offer
    if file is None:
        plan.outcomes[entry_id] = "deleted"
        return ()
    if locked is not None and digest(file.data) == locked.digest:
        if locked.draft == draft:
            plan.outcomes[entry_id] = "unchanged"
        else:
            _write(plan, entry_id, offer, "updated")
        return ()
    if file.data == write_entry(draft.values, draft.body).encode():
        _write(plan, entry_id, offer, "unchanged")  # Written by an import that was stopped before its lock file.
        return ()
    plan.outcomes[entry_id] = "edited"
    if locked is None or locked.draft == draft:
        return ()
    changed = [key for key in (*draft.values, *locked.values) if draft.values.get(key) != locked.values.get(key)]
    changed += ["abstract"] if draft.body != locked.body else []
    message = (
        f"the source has changed {', '.join(dict.fromkeys(changed))}; the entry was edited by hand and stays as it is"
    )
    where = f"{record.path}:{record.lines.get('', 0)}"
    return (Diagnostic("edited-by-hand", message, Span(file.path, 1), f"compare it with {where}"),)


def _write(plan: ImportPlan, entry_id: str, offer: Offer, outcome: Outcome) -> None:
    record, draft = offer
    data = write_entry(draft.values, draft.body).encode()
    plan.writes[entry_id] = data
    plan.outcomes[entry_id] = outcome
    plan.lock[entry_id] = LockedEntry(record.path, digest(data), draft.values, draft.body)


def _repeated(record: Record, entry_id: str) -> Diagnostic:
    span = Span(record.path, record.lines.get("", 0))
    message = f"expected each paper once, found {quoted(record.title)} again"
    return Diagnostic("repeated-paper", message, span, f"it is already imported as {entry_id}; the first one counts")


def work_keys(values: Mapping[str, Any]) -> tuple[str, ...]:
    """By what a work is known again: DOI, arXiv id without version, then title and first author."""
    keys = []
    doi = parse_doi(str(values.get("doi") or ""))
    if doi:
        keys.append(f"doi:{doi.lower()}")
    arxiv = parse_arxiv(str(values.get("arxiv") or ""))
    if arxiv:
        keys.append(f"arxiv:{arxiv.split('v')[0].lower() if '/' not in arxiv else arxiv.lower()}")
    title = "".join(char for char in fold(str(values.get("title") or "")) if char.isalnum())
    authors = values.get("authors") or []
    first = authors[0] if authors else ""
    name = first.get("name", "") if isinstance(first, dict) else first
    if title:
        keys.append(f"title:{title}:{fold(parse_name(name).family) if name else ''}")
    return tuple(keys)


def _known_works(existing: Mapping[str, SourceFile], lock: Mapping[str, LockedEntry]) -> dict[str, str]:
    """Work key -> entry id: by what the importer wrote, and by what the files say now."""
    known: dict[str, str] = {}
    for entry_id, locked in lock.items():
        for key in work_keys(locked.values):
            known.setdefault(key, entry_id)
    for entry_id, file in existing.items():
        for key in work_keys(_facts(file)):
            known.setdefault(key, entry_id)
    return known


def _facts(file: SourceFile) -> dict[str, Any]:
    """Title, authors and ids of an entry file, as far as they can be read; its faults are the build's business."""
    document, _faults = read_document(decode(file).value)
    if document.meta is None:
        return {}
    fields = {name: ENTRY_FIELDS[name] for name in ("title", "authors", "doi", "arxiv")}
    values, _lines = read_mapping(Reader(document.yaml), document.meta, fields, ENTRY_HINTS)
    return {**values, "authors": [author.name.display for author in values.get("authors", ())]}


def read_lock(file: SourceFile) -> Parsed[dict[str, LockedEntry]]:
    """Read the lock file. One that cannot be read is an error: without it, an import could not know what is whose."""
    try:
        stored = msgspec.json.decode(file.data)
        if stored["version"] != LOCK_VERSION:
            message = f"expected a lock file of version {LOCK_VERSION}, found version {stored['version']!r}"
            return Parsed(
                {},
                (Diagnostic("bad-lock", message, Span(file.path), "use the labpress that wrote it, or a newer one"),),
            )
        entries = msgspec.convert(stored["entries"], dict[str, LockedEntry])
    except (msgspec.MsgspecError, UnicodeDecodeError, KeyError, TypeError) as error:
        advice = "restore the file from git; if it is gone for good, delete it: entries then count as written by hand"
        return Parsed(
            {}, (Diagnostic("bad-lock", f"expected a lock file, found {quoted(str(error))}", Span(file.path), advice),)
        )
    return Parsed(entries)


def write_lock(lock: Mapping[str, LockedEntry]) -> bytes:
    """The lock file: one line an entry in the order of ids, so that version control merges it well."""
    lines = [
        f"{json.dumps(key)}: {json.dumps(msgspec.to_builtins(lock[key]), ensure_ascii=False)}" for key in sorted(lock)
    ]
    body = ",\n".join(lines)
    return f'{{"version": {LOCK_VERSION}, "entries": {{\n{body}\n}}}}\n'.encode()
