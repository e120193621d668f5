"""The plan of an import: which entry each record is, and what becomes of its file. Nothing is written here.

The lock file keeps what each source said of each entry when it was last imported. What all sources of an entry said
together is the base of the merge; what they say now is its other side. So an import knows who changed what since: what
only the sources changed is brought into the entry, what a person changed stays, and an entry that a person deleted
stays deleted.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Literal, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from labpress.core.diagnostics import Diagnostic, Parsed, Span, quoted
from labpress.entries.decisions import UNDECIDED, Decisions
from labpress.entries.existing import Existing, facts_of
from labpress.entries.from_record import Draft, draft_of, free_ids, topics_in, wanted_id
from labpress.entries.lock import LockedEntry, Said
from labpress.entries.matching import Work, is_published, may_be_retitled, read_work, work_keys
from labpress.entries.merge import merge
from labpress.entries.moved_sources import following_moves
from labpress.entries.topics import Topic
from labpress.entries.voices import joined, said_together, told, with_topics
from labpress.entries.work_index import WorkIndex
from labpress.entries.writing import write_entry
from labpress.sources.record import Record

Outcome = Literal["created", "updated", "unchanged", "deleted"]


_TELLING_ABSTRACT = 30
"""Characters from which an abstract is that of one work: "No abstract." is that of many."""

_MOST_NAMED = 5
"""Entries that one note names."""


class ImportPlan(Struct, frozen=True):
    """What an import will do."""

    writes: dict[str, str]
    """Entry id -> the file's new text."""
    lock: dict[str, LockedEntry]
    outcomes: dict[str, Outcome]
    """Entry id -> what becomes of it."""
    edited: frozenset[str] = frozenset()
    """Entries that say something else than their sources: somebody edited them."""

    def as_written(self, written: Collection[str]) -> ImportPlan:
        """What was done, where of all ``writes`` only those of the entries ``written`` were."""
        outcomes = {key: one for key, one in self.outcomes.items() if key in written or key not in self.writes}
        writes = {key: text for key, text in self.writes.items() if key in written}
        return replace(self, writes=writes, outcomes=outcomes, edited=self.edited & outcomes.keys())


class Heard(NamedTuple):
    """A record, the draft that it makes, the work that this describes, and the lab's topics in it."""

    record: Record
    draft: Draft
    work: Work
    topics: tuple[str, ...]


def plan_import(
    records: Iterable[Record],
    existing: Mapping[str, Existing],
    lock: Mapping[str, LockedEntry],
    topics: tuple[Topic, ...],
    *,
    insist: frozenset[str] = frozenset(),
    decisions: Decisions = UNDECIDED,
    known: Mapping[str, str] | None = None,
    gone: frozenset[str] = frozenset(),
) -> Parsed[ImportPlan]:
    """Decide for every record. ``existing`` has the files of papers/ by id, ``lock`` what is known of them.

    For the fields in ``insist`` the sources win over hand edits, on purpose. ``known`` says of records, by their path,
    which entry they are about; ``gone`` are sources of which there is no file any more.
    """
    faults: list[Diagnostic] = []
    all_heard: list[Heard] = []
    speaking: dict[str, tuple[str, list[Draft]]] = {}
    for record in records:
        draft, draft_faults = draft_of(record)
        faults += draft_faults
        all_heard.append(Heard(record, draft, read_work(draft.values), topics_in(record, topics)))
        speaking.setdefault(record.path, (record.format, []))[1].append(draft)
    desk = _Desk(existing, following_moves(lock, speaking, gone) if gone else lock, decisions, faults)
    desk.listen(all_heard)
    for one in all_heard:
        desk.assign(one, (known or {}).get(one.record.path, ""))
    work = _Work(existing, desk.lock, insist, frozenset(topic.name for topic in topics), desk.faults)
    for entry_id, heard in desk.heard.items():
        work.bring_in(entry_id, heard)
    work.faults += map(_in_versions, work.in_versions.values())
    writes = {key: text for key, text in work.texts.items() if key not in existing or text != existing[key].text}
    return Parsed(ImportPlan(writes, work.lock, work.outcomes, frozenset(work.edited)), tuple(work.faults))


class _Desk:
    """Says which entry each record is about."""

    def __init__(
        self,
        existing: Mapping[str, Existing],
        lock: Mapping[str, LockedEntry],
        decisions: Decisions,
        faults: list[Diagnostic],
    ) -> None:
        self.existing = existing
        self.lock = dict(lock)
        self.decisions = decisions
        self.ids = free_ids([*existing, *lock])
        self.faults = faults
        self.heard: dict[str, list[Heard]] = {}
        self.index = WorkIndex()
        for entry_id, file in existing.items():
            self.index.add(entry_id, read_work(facts_of(file)))
        self.silent: dict[tuple[str, str], list[str]] = {}
        """Source, and an abstract or a key -> the entries of which the source said this, and which it does not seem to
        name now."""
        self.told: dict[tuple[str, str], set[str]] = {}
        for entry_id, locked in lock.items():
            for path, source in locked.sources.items():
                for work in (read_work(draft.values) for draft in source.drafts):
                    self.index.add(entry_id, work)
                    for key in work_keys(work):
                        self.told.setdefault((path, key), set()).add(entry_id)

    def listen(self, all_heard: Iterable[Heard]) -> None:
        """Note of which entries a source has no record any more that is known again: its title may have changed."""
        spoken: dict[str, set[str]] = {}
        for heard in all_heard:
            spoken.setdefault(heard.record.path, set()).add(self._told_before(heard.record.path, heard.work))
        for entry_id, locked in self.lock.items():
            for path in locked.sources.keys() & spoken.keys():
                if entry_id not in spoken[path]:
                    said = locked.sources[path]
                    for sign in _signs(said.body, said.key):
                        self.silent.setdefault((path, sign), []).append(entry_id)

    def assign(self, heard: Heard, entry_id: str) -> None:
        """Note ``heard`` under ``entry_id``; if that is empty, under the entry that it is about, or under a new one."""
        entry_id = entry_id or self._told_before(heard.record.path, heard.work) or self._found(heard)
        self.heard.setdefault(entry_id, []).append(heard)
        self.index.add(entry_id, heard.work)

    def _told_before(self, path: str, work: Work) -> str:
        """The entry that this very source spoke of before: where a record once went, it goes again, deleted or not."""
        told = (self.told.get((path, key), set()) for key in work_keys(work))
        return next((next(iter(entries)) for entries in told if len(entries) == 1), "")

    def _retitled(self, heard: Heard) -> str:
        """The entry that this source gave another title before, told by its abstract or its key, and its authors."""
        path = heard.record.path
        for sign in _signs(heard.draft.body, _key_of(heard.record)):
            said = [
                entry_id
                for entry_id in self.silent.get((path, sign), ())
                if may_be_retitled(heard.work, read_work(self.lock[entry_id].sources[path].values))
                and not self._is_named(entry_id, path)
            ]
            if len(said) == 1:
                return said[0]
        return ""

    def _copied(self, heard: Heard, near: tuple[str, ...]) -> str:
        """The entry of which another source says the very same: what little it says is then enough."""
        for entry_id in near:
            said = [one.draft for one in self.lock[entry_id].sources.values()] if entry_id in self.lock else []
            drafts = [*said, *(one.draft for one in self.heard.get(entry_id, ()))]
            if heard.draft in drafts and not self._is_named(entry_id, heard.record.path):
                return entry_id
        return ""

    def _is_named(self, entry_id: str, path: str) -> bool:
        """Whether this import has a record of the entry from that source."""
        return any(one.record.path == path for one in self.heard.get(entry_id, ()))

    def _found(self, heard: Heard) -> str:
        """The entry of this work: one that is there, else one that was deleted, else a new one."""
        record, found = heard.record, self.index.find(heard.work)
        deleted = [one for one in found.same if one in self.lock and one not in self.existing]
        for entry_id in (*(one for one in found.same if one not in deleted), *deleted):
            return entry_id
        if known := self._retitled(heard) or self._copied(heard, found.near):
            return known
        entry_id = self.ids.give(wanted_id(record))
        self.faults += [_near(record, entry_id, near) for near in self._undecided(entry_id, found.near)]
        return entry_id

    def _undecided(self, entry_id: str, near: tuple[str, ...]) -> list[str]:
        return [one for one in near if one in self.existing and not self.decisions.are_different(entry_id, one)]


class _Work:
    """The state of one import: texts and lock as they will be, after the entries so far."""

    def __init__(
        self,
        existing: Mapping[str, Existing],
        lock: dict[str, LockedEntry],
        insist: frozenset[str],
        topics: frozenset[str],
        faults: list[Diagnostic],
    ) -> None:
        self.existing = existing
        self.texts = {key: file.text for key, file in existing.items()}
        self.lock = lock
        self.insist = insist
        self.topics = topics
        self.outcomes: dict[str, Outcome] = {}
        self.edited: set[str] = set()
        self.faults = faults
        self.in_versions: dict[str, list[tuple[Record, str]]] = {}
        """Source -> the second version of each work that it now has in several, and the entry of all of them."""

    def bring_in(self, entry_id: str, heard: list[Heard]) -> None:
        """Create the entry, or merge what its records say into it."""
        if entry_id not in self.texts and entry_id in self.lock:
            self.outcomes[entry_id] = "deleted"
            return
        before = self.lock[entry_id].sources if entry_id in self.lock else {}
        still = {path: self._without_former_topics(said) for path, said in before.items()}
        after = _newest_last(still, self._said(entry_id, heard, before))
        theirs = told(after)
        if entry_id not in self.texts:
            self.texts[entry_id] = write_entry(theirs.values, theirs.body)
            self.outcomes[entry_id] = "created"
        elif not self._merge(entry_id, told(before) if before else None, *self._insisting(theirs, heard)):
            return
        self.lock[entry_id] = LockedEntry(after)

    def _said(self, entry_id: str, heard: list[Heard], before: Mapping[str, Said]) -> dict[str, Said]:
        """What each source says. One that has several versions of the work says them together, and this is noted."""
        by_path: dict[str, list[Heard]] = {}
        for one in heard:
            by_path.setdefault(one.record.path, []).append(one)
        said = {}
        for path, all_heard in by_path.items():
            known = before[path].apart if path in before else ()
            versions = self._versions(entry_id, all_heard, known)
            first = versions[0].record
            found = [topic for one in versions for topic in one.topics]
            said[path] = said_together(first.format, [one.draft for one in versions], _key_of(first), found)
            if len(versions) > max(1, len(known)):
                self.in_versions.setdefault(path, []).append((versions[1].record, entry_id))
        return said

    def _without_former_topics(self, said: Said) -> Said:
        """What a source said, which may not be heard now, without topics that the lab has not any more."""
        return replace(said, topics=tuple(topic for topic in said.topics if topic in self.topics))

    def _versions(self, entry_id: str, heard: list[Heard], known: Iterable[Draft]) -> list[Heard]:
        """What of a source's records counts: those that were joined before, and one of each stage of publication.

        Those joined before come in their order then: a person may have said which of two papers leads.
        """
        left = list(heard)
        versions: list[Heard] = []
        for draft in known:
            if left:
                versions.append(max(left, key=lambda one: _common(one.draft, draft)))
                left.remove(versions[-1])
        for one in left:
            if any(is_published(one.draft.values) == is_published(other.draft.values) for other in versions):
                self.faults.append(_repeated(one.record, entry_id))
            else:
                versions.append(one)
        return versions

    def _insisting(self, theirs: Draft, heard: list[Heard]) -> tuple[Draft, frozenset[str]]:
        """``theirs`` with the fields that this import insists on as its own sources have them, and which those are."""
        own = with_topics(joined([one.draft for one in heard]), [topic for one in heard for topic in one.topics])
        insisted = {key: value for key, value in own.values.items() if key in self.insist}
        body = own.body if "abstract" in self.insist else ""
        names = frozenset((*insisted, "abstract") if body else insisted)
        return Draft({**theirs.values, **insisted}, body or theirs.body), names

    def _merge(self, entry_id: str, base: Draft | None, theirs: Draft, insist: frozenset[str]) -> bool:
        """Merge into the entry's file. False for one that labpress cannot write: its base stays what it was."""
        file = self.existing[entry_id]
        if not file.writable:
            message = "expected a file of the content folder in UTF-8; the source's changes were not brought in"
            advice = "put the file itself here, save it as UTF-8 and import again"
            self.faults.append(Diagnostic("import-conflict", message, Span(file.path), advice))
            return False
        merged = merge(file.text, file.path, base, theirs, insist=insist)
        self.faults += merged.conflicts
        if merged.taken is None:
            return False
        self.texts[entry_id] = merged.text
        if merged.edited:
            self.edited.add(entry_id)
        self.outcomes[entry_id] = "updated" if merged.taken else "unchanged"
        return True


def _newest_last(before: Mapping[str, Said], said: Mapping[str, Said]) -> dict[str, Said]:
    """``before`` with what sources say now: one that says something new is the newest of its format."""
    after = {**before, **said}
    news = {path for path, one in said.items() if path not in before or one.drafts != before[path].drafts}
    if not news:
        return after
    formats = list(dict.fromkeys(one.format for one in after.values()))
    return dict(sorted(after.items(), key=lambda item: (formats.index(item[1].format), item[0] in news)))


def _common(one: Draft, other: Draft) -> int:
    """How much two drafts say alike."""
    return sum(other.values.get(key) == value for key, value in one.values.items()) + (one.body == other.body)


def _key_of(record: Record) -> str:
    """The key of ``record`` that its source has for it alone, whatever becomes of the records around it."""
    return record.id if any(map(str.isalpha, record.id)) else ""


def _signs(body: str, key: str) -> Iterator[str]:
    """By what a paper is known again whose title has changed."""
    if len(body) >= _TELLING_ABSTRACT:
        yield f"abstract:{body}"
    if key:
        yield f"key:{key}"


def _repeated(record: Record, entry_id: str) -> Diagnostic:
    message = f"expected each paper once, found {quoted(record.title)} again"
    advice = f"it is already imported as {entry_id}; the first one counts"
    return Diagnostic("repeated-paper", message, _place(record), advice)


def _in_versions(several: list[tuple[Record, str]]) -> Diagnostic:
    """One note for all works of a source: a lab's file may have a hundred preprints with their published versions."""
    record, entry_id = several[0]
    if len(several) == 1:
        message = f"{quoted(record.title)} is here in two versions, which make one entry: {entry_id}"
    else:
        named = ", ".join([one for _record, one in several[:_MOST_NAMED]])
        more = " ..." if len(several) > _MOST_NAMED else ""
        message = f"{len(several)} papers are here in two versions, which make one entry each: {named}{more}"
    return Diagnostic("joined-versions", message, _place(record), "what the published version says comes first")


def _near(record: Record, entry_id: str, other: str) -> Diagnostic:
    message = f"{quoted(record.title)} is a new entry, {entry_id}, and may be the same work as {other}"
    return Diagnostic("near-duplicate", message, _place(record), "see  labpress duplicates  and decide")


def _place(record: Record) -> Span:
    return Span(record.path, record.lines.get("", 0))
