"""Which entries a person has renamed, so that what the sources said of them goes with the file.

A file's name is its id: a renamed file looks like one entry deleted and another one written by hand. It is a rename
where both are of one work, or have the same abstract; of several candidates, where most of what the sources said is
still there. What is left over was deleted, and stays deleted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from labpress.entries.edit_text import EntryText, entry_text, plain
from labpress.entries.entry import split_abstract
from labpress.entries.existing import Existing, facts_of
from labpress.entries.from_record import Draft, free_ids
from labpress.entries.lock import LockedEntry
from labpress.entries.matching import has_another_identifier, read_work, work_keys
from labpress.entries.voices import told
from labpress.entries.work_index import WorkIndex

Lock = Mapping[str, LockedEntry]


def following_renames(lock: Lock, entries: Mapping[str, Existing]) -> dict[str, LockedEntry]:
    """``lock`` with the present names of the entries that are renamed since it was written.

    An entry whose name now belongs to another work is known on under a name that no file has.
    """
    replaced = dict(_replaced(lock, entries))
    names = dict(_renames(lock, entries, replaced))
    taken = {*names.values(), *(key for key, is_sure in replaced.items() if is_sure)}
    ids = free_ids([*lock, *entries])
    return {names.get(key) or (ids.give(key) if key in taken else key): locked for key, locked in lock.items()}


def _replaced(lock: Lock, entries: Mapping[str, Existing]) -> Iterator[tuple[str, bool]]:
    """The entries in whose files another work seems to stand, and whether an identifier leaves no doubt."""
    for key, locked in lock.items():
        if key not in entries or _has_a_title(entries[key].text, locked):
            continue
        work, said = read_work(facts_of(entries[key])), [read_work(one.values) for one in locked.sources.values()]
        mine, theirs = set(work_keys(work)), {told for one in said for told in work_keys(one)}
        entry = entry_text(entries[key].text)
        if not mine or not theirs or mine & theirs or entry is None:
            continue
        abstract = _abstract(entry.body)
        if abstract and any(_abstract(one.body) == abstract for one in locked.sources.values()):
            continue
        yield key, any(has_another_identifier(work, one) for one in said)


def _has_a_title(text: str, locked: LockedEntry) -> bool:
    """Whether ``text`` has a title as labpress writes most: nearly all files have, and need no closer look."""
    titles = {one.values.get("title") for one in locked.sources.values()}
    return any(f'\ntitle: "{title}"{end}' in text for title in titles for end in ("\n", "\r\n"))


class _Candidate(NamedTuple):
    missing: int
    """How much of what the sources said the file does not say word for word."""
    old: str
    new: str


def _renames(lock: Lock, entries: Mapping[str, Existing], replaced: Collection[str]) -> Iterator[tuple[str, str]]:
    """The old and the new id of each entry that a person has renamed."""
    gone = {key: locked for key, locked in sorted(lock.items()) if key not in entries or key in replaced}
    strangers = {key: file for key, file in sorted(entries.items()) if key not in lock or key in replaced}
    left, named = set(gone), set[str]()
    for _missing, old, new in sorted(_candidates(gone, strangers) if gone else ()):
        if old in left and new not in named:
            left.remove(old)
            named.add(new)
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
        said = told(locked.sources)
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
