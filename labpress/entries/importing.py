"""The plan of an import: which entry each record is, and what becomes of its file. Nothing is written here.

The lock file keeps what each source said of each entry when it was last imported: the base of every imported field.
With it, an import knows who changed what since. What only the source changed is brought into the entry, what a person
changed stays, and an entry that a person deleted stays deleted.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, Literal

import msgspec
from msgspec import Struct

from labpress.core.diagnostics import Diagnostic, Parsed, SourceText, Span, quoted
from labpress.core.files import SourceFile
from labpress.core.identifiers import parse_arxiv, parse_doi
from labpress.core.names import parse_name
from labpress.core.text import fold
from labpress.entries.fields import ENTRY_FIELDS, ENTRY_HINTS
from labpress.entries.from_record import Draft, FreeIds, draft_of, wanted_id
from labpress.entries.frontmatter import read_document
from labpress.entries.merge import merge
from labpress.entries.schema import Reader, read_mapping
from labpress.entries.topics import Topic
from labpress.entries.writing import write_entry
from labpress.sources.record import Record

LOCK_VERSION = 1


class Said(Struct, frozen=True):
    """What one source said of an entry when it was last imported: the base of the next merge."""

    format: str
    values: dict[str, Any]
    body: str

    @property
    def draft(self) -> Draft:
        return Draft(self.values, self.body)


class LockedEntry(Struct, frozen=True):
    """What the importer knows of one entry."""

    sources: dict[str, Said]
    """Source file -> what it said."""


Outcome = Literal["created", "updated", "unchanged", "deleted"]


class ImportPlan(Struct, frozen=True):
    """What an import will do."""

    writes: dict[str, str]
    """Entry id -> the file's new text."""
    lock: dict[str, LockedEntry]
    outcomes: dict[str, Outcome]
    """Entry id -> what becomes of it."""
    edited: frozenset[str] = frozenset()
    """Entries that say something else than their sources: somebody edited them."""


class Existing(Struct, frozen=True):
    """An entry's file as it is before the import."""

    path: str
    text: str
    """Without a byte order mark."""
    writable: bool = True
    """False for a file in another encoding than UTF-8, which is never rewritten."""


def plan_import(
    records: Iterable[Record],
    existing: Mapping[str, Existing],
    lock: Mapping[str, LockedEntry],
    topics: tuple[Topic, ...],
    *,
    insist: frozenset[str] = frozenset(),
) -> Parsed[ImportPlan]:
    """Decide for every record. ``existing`` has the files of papers/ by id, ``lock`` the last import's state.

    For the fields in ``insist`` the sources win over hand edits, on purpose.
    """
    known = _works_of_files(existing)
    locked = _works_of_lock(lock)
    ids = FreeIds([*existing, *lock])
    fixed = frozenset(key for key, file in existing.items() if not file.writable)
    work = _Work({key: file.text for key, file in existing.items()}, dict(lock), insist, fixed)
    for record in records:
        draft, faults = draft_of(record, topics)
        work.faults += faults
        keys = work_keys(draft.values)
        entry_id = next((known[key] for key in keys if key in known), "")
        imported_as = next((locked[key] for key in keys if key in locked), "")
        if entry_id and imported_as not in existing:
            work.rename(imported_as, entry_id)
        entry_id = entry_id or imported_as or ids.give(wanted_id(record))
        file = existing.get(entry_id)
        work.bring_in(entry_id, file.path if file else f"{entry_id}.md", record, draft)
        for key in keys:
            known.setdefault(key, entry_id)
    writes = {key: text for key, text in work.texts.items() if key not in existing or text != existing[key].text}
    plan = ImportPlan(writes, work.lock, work.outcomes, frozenset(work.edited))
    return Parsed(plan, tuple(work.faults))


class _Work:
    """The state of one import: texts and lock as they will be, after the records so far."""

    def __init__(
        self, texts: dict[str, str], lock: dict[str, LockedEntry], insist: frozenset[str], fixed: frozenset[str]
    ) -> None:
        self.texts = texts
        self.fixed = fixed
        self.lock = lock
        self.insist = insist
        self.outcomes: dict[str, Outcome] = {}
        self.edited: set[str] = set()
        self.faults: list[Diagnostic] = []
        self.seen: set[tuple[str, str]] = set()

    def rename(self, old: str, new: str) -> None:
        """A person has renamed the file of ``old``: what its sources said goes with it."""
        if old in self.lock and new not in self.lock:
            self.lock[new] = self.lock.pop(old)

    def bring_in(self, entry_id: str, path: str, record: Record, draft: Draft) -> None:
        """Create the entry, or merge what the record says into it."""
        if (entry_id, record.path) in self.seen:
            self.faults.append(_repeated(record, entry_id))
            return
        self.seen.add((entry_id, record.path))
        if entry_id not in self.texts:
            if entry_id in self.lock:
                self.outcomes[entry_id] = "deleted"
                return
            self.texts[entry_id] = write_entry(draft.values, draft.body)
            self.outcomes[entry_id] = "created"
        elif entry_id in self.fixed:
            message = "expected a file in UTF-8; the source's changes were not brought in"
            fault = Diagnostic("import-conflict", message, Span(path), "save the file as UTF-8 and import again")
            self.faults.append(fault)
            return
        else:
            base = self.base(entry_id, record)
            merged = merge(self.texts[entry_id], path, base, draft, insist=self.insist)
            self.texts[entry_id] = merged.text
            self.faults += merged.conflicts
            if merged.edited:
                self.edited.add(entry_id)
            if self.outcomes.get(entry_id, "unchanged") == "unchanged":
                self.outcomes[entry_id] = "updated" if merged.taken else "unchanged"
        self.remember(entry_id, record, draft)

    def base(self, entry_id: str, record: Record) -> Draft | None:
        """What this source said last; a new file of the same format speaks for the one it replaces."""
        sources = self.lock[entry_id].sources if entry_id in self.lock else {}
        said = sources.get(record.path) or next((one for one in sources.values() if one.format == record.format), None)
        return said.draft if said else None

    def remember(self, entry_id: str, record: Record, draft: Draft) -> None:
        sources = self.lock[entry_id].sources if entry_id in self.lock else {}
        said = Said(record.format, draft.values, draft.body)
        self.lock[entry_id] = LockedEntry({**sources, record.path: said})


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


def _works_of_files(existing: Mapping[str, Existing]) -> dict[str, str]:
    """Work key -> entry id, by what the files say now."""
    known: dict[str, str] = {}
    for entry_id, file in existing.items():
        for key in work_keys(_facts(file)):
            known.setdefault(key, entry_id)
    return known


def _works_of_lock(lock: Mapping[str, LockedEntry]) -> dict[str, str]:
    """Work key -> entry id, by what the sources said."""
    known: dict[str, str] = {}
    for entry_id, locked in lock.items():
        for said in locked.sources.values():
            for key in work_keys(said.values):
                known.setdefault(key, entry_id)
    return known


def _facts(file: Existing) -> dict[str, Any]:
    """Title, authors and ids of an entry file, as far as they can be read; its faults are the build's business."""
    document, _faults = read_document(SourceText(file.path, file.text.replace("\r\n", "\n")))
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
