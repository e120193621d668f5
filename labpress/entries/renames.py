"""Which entries a person has renamed, so that what the sources said of them goes with the file.

A file's name is its id: a renamed file looks like one entry deleted and another one written by hand. It is a rename
where both are of one work, or have the same abstract; of several candidates, where most of what the sources said is
still there. What is left over was deleted, and stays deleted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from labpress.entries.edit_text import EntryText, entry_text, plain
from labpress.entries.entry import split_abstract
from labpress.entries.existing import Existing, facts_of
from labpress.entries.from_record import Draft
from labpress.entries.lock import LockedEntry
from labpress.entries.matching import read_work
from labpress.entries.voices import in_order, joined
from labpress.entries.work_index import WorkIndex

Lock = Mapping[str, LockedEntry]


def following_renames(lock: Lock, entries: Mapping[str, Existing]) -> dict[str, LockedEntry]:
    """``lock`` with the present names of the entries that are renamed since it was written."""
    names = dict(_renames(lock, entries))
    return {names.get(key, key): locked for key, locked in lock.items()}


class _Candidate(NamedTuple):
    missing: int
    """How much of what the sources said the file does not say word for word."""
    old: str
    new: str


def _renames(lock: Lock, entries: Mapping[str, Existing]) -> Iterator[tuple[str, str]]:
    """The old and the new id of each entry that a person has renamed."""
    gone = {key: locked for key, locked in sorted(lock.items()) if key not in entries}
    strangers = {key: file for key, file in sorted(entries.items()) if key not in lock} if gone else {}
    found: set[str] = set()
    for _missing, old, new in sorted(_candidates(gone, strangers)):
        if not found & {old, new}:
            found |= {old, new}
            yield old, new


def _candidates(gone: Lock, strangers: Mapping[str, Existing]) -> Iterator[_Candidate]:
    files = {key: entry for key, file in strangers.items() if (entry := entry_text(file.text)) is not None}
    if not files:
        return
    index = WorkIndex()
    by_abstract: dict[str, list[str]] = defaultdict(list)
    for key, entry in files.items():
        index.add(key, read_work(facts_of(strangers[key])))
        by_abstract[_abstract(entry.body)].append(key)
    for old, locked in gone.items():
        said = joined(in_order(locked.sources))
        same = [key for source in locked.sources.values() for key in index.find(read_work(source.values)).same]
        alike = by_abstract.get(_abstract(said.body), ()) if said.body.strip() else ()
        for new in dict.fromkeys((*same, *alike)):
            yield _Candidate(_missing(said, files[new]), old, new)


def _missing(said: Draft, entry: EntryText) -> int:
    kept = sum(key in entry.keys and plain(entry.keys[key].node) == plain(value) for key, value in said.values.items())
    return len(said.values) - kept + (_abstract(said.body) != _abstract(entry.body))


def _abstract(body: str) -> str:
    body = body.replace("\r\n", "\n").strip("\n")
    return body[: split_abstract(body)].strip("\n")
