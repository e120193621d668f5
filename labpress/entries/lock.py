"""The lock file of imports: what each source said of each entry when it was last imported."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec
from msgspec import Struct

from labpress.core.diagnostics import Diagnostic, Parsed, Span, quoted
from labpress.core.files import SourceFile, digest
from labpress.entries.conflict_markers import both_sides
from labpress.entries.from_record import Draft

LOCK_VERSION = 1


class Said(Struct, frozen=True, omit_defaults=True):
    """What one source said of an entry when it was last imported: its part of the base of the next merge."""

    format: str
    values: dict[str, Any]
    body: str
    key: str = ""
    """What the source calls the paper, such as a citation key; no number, which may be another paper's tomorrow."""
    apart: tuple[Draft, ...] = ()
    """What it said in each place, where it speaks of the entry in several: in the order in which these are joined."""
    topics: tuple[str, ...] = ()
    """The lab's topics that were found in it: tags of the entry, and no words of the source's."""

    @property
    def draft(self) -> Draft:
        return Draft(self.values, self.body)

    @property
    def drafts(self) -> tuple[Draft, ...]:
        """What it said in each place where it speaks of the entry."""
        return self.apart or (self.draft,)


class LockedEntry(Struct, frozen=True):
    """What the importer knows of one entry."""

    sources: dict[str, Said]
    """Source file, or the name of an online source -> what it said; in the order in which they came."""


class Intended(Struct, frozen=True):
    """What an import is about to do with one entry."""

    was: str
    """What its file is known again by as long as it is not written; "" where there is none."""
    known: str
    """What that is known again by which the lock file says of it until then; "" where it says nothing."""
    locked: LockedEntry
    """What is to be remembered of it as soon as it is written."""


def read_lock(file: SourceFile) -> Parsed[dict[str, LockedEntry]]:
    """Read the lock file. One that cannot be read is an error: without it, an import could not know what is whose."""
    try:
        version, entries = _taken_apart(both_sides(file.data.decode("utf-8-sig")).rstrip())
        if version != LOCK_VERSION:
            message = f"expected a lock file of version {LOCK_VERSION}, found version {version!r}"
            advice = "use the labpress that wrote it, or a newer one"
            return Parsed({}, (Diagnostic("bad-lock", message, Span(file.path), advice),))
        return Parsed(_entries_of(entries))
    except (msgspec.MsgspecError, ValueError, KeyError, TypeError, RecursionError) as error:
        advice = (
            "restore the file from git; where it is gone for good, delete it: entries then count as written by hand,"
            " and those that you have deleted come again"
        )
        message = f"expected a lock file, found {quoted(str(error))}"
        return Parsed({}, (Diagnostic("bad-lock", message, Span(file.path), advice),))


def _taken_apart(text: str) -> tuple[object, Sequence[str]]:
    """The version of a lock file, and its entries, one a line. A formatter may have given it other lines."""
    lines = text.split("\n")
    try:
        return msgspec.json.decode(lines[0] + lines[-1])["version"], lines[1:-1]
    except (msgspec.DecodeError, KeyError):
        whole = msgspec.json.decode(text)
        entries: dict[str, Any] = msgspec.convert(whole["entries"], dict[str, Any])
        return whole["version"], [msgspec.json.encode({key: one}).decode()[1:-1] for key, one in entries.items()]


def _entries_of(lines: Iterable[str]) -> dict[str, LockedEntry]:
    """The entries, one a line. Where version control has put together two lock files, an entry may have two lines.

    Then its sources are those of both. Of what one source said, either does as a base: a field that differs from it
    counts as edited, and stays.
    """
    entries: dict[str, LockedEntry] = {}
    decoder = msgspec.json.Decoder(dict[str, LockedEntry])
    for line in (line.strip().removesuffix(",") for line in lines):
        for key, locked in decoder.decode("{" + line + "}").items():
            entries[key] = LockedEntry({**entries[key].sources, **locked.sources}) if key in entries else locked
    return entries


def write_lock(lock: Mapping[str, LockedEntry]) -> bytes:
    """The lock file: one line an entry in the order of ids, so that version control merges it well."""
    lines = [
        f"{json.dumps(key)}: {json.dumps(msgspec.to_builtins(lock[key]), ensure_ascii=False)}" for key in sorted(lock)
    ]
    body = ",\n".join(lines)
    return f'{{"version": {LOCK_VERSION}, "entries": {{\n{body}\n}}}}\n'.encode()


def entry_mark(locked: LockedEntry | None) -> str:
    """What tells whether the lock file still says the same of an entry; "" where it says nothing."""
    return "" if locked is None else digest(msgspec.json.encode(locked))


def read_intention(file: SourceFile) -> dict[str, Intended]:
    """What an import was about to do when it was stopped. One that cannot be read says nothing of any entry."""
    try:
        return msgspec.json.decode(file.data, type=dict[str, Intended])
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return {}


def write_intention(intended: Mapping[str, Intended]) -> bytes:
    """What an import is about to do, by entry."""
    return msgspec.json.encode(intended)
