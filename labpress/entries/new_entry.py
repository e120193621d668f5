"""A new entry: of what a person typed, and of what a service says of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import NamedTuple

from msgspec.structs import replace

from labpress.core.diagnostics import Diagnostic, Parsed, quoted
from labpress.entries.entry import entry_id_of
from labpress.entries.existing import Existing, facts_of
from labpress.entries.fields import ENTRY_FIELDS
from labpress.entries.from_record import Draft, draft_of, free_ids, topics_in, wanted_id
from labpress.entries.lock import LockedEntry
from labpress.entries.matching import read_work
from labpress.entries.topics import Topic
from labpress.entries.voices import said_together, with_topics
from labpress.entries.work_index import WorkIndex
from labpress.entries.writing import write_entry
from labpress.sources.record import Record


class NewEntry(NamedTuple):
    """What is to be written."""

    entry_id: str
    text: str
    locked: LockedEntry | None
    """What the importer should know of it; None for one that a person typed alone."""


class Shelf(NamedTuple):
    """What is there already."""

    entries: Mapping[str, Existing]
    reserved: Collection[str] = ()
    """Ids that were given once: of entries that a person has deleted, too."""
    topics: tuple[Topic, ...] = ()


def new_entry(typed: Record, found: Record | None, shelf: Shelf, wished_id: str = "") -> Parsed[NewEntry | None]:
    """The entry of ``found``, a service's answer, with what was ``typed`` over it; nothing where the work is known.

    ``typed`` counts as written by hand: no import will change it.
    """
    by_hand, faults = draft_of(typed)
    said = draft_of(found).value if found else None
    topics = topics_in(found or typed, shelf.topics)
    own = {key: value for key, value in by_hand.values.items() if value}
    if found and not typed.type:
        own.pop("type", None)  # A guess from the other fields, and no word of a person's.
    together = {**(said.values if said else {}), **own}
    values = {key: together[key] for key in ENTRY_FIELDS if key in together}
    draft = with_topics(Draft(values, said.body if said else ""), topics)
    problem = _problem(draft, shelf, wished_id)
    if problem:
        return Parsed(None, (*faults, problem))
    entry_id = wished_id or free_ids([*shelf.entries, *shelf.reserved]).give(wanted_id(_named(typed, found, draft)))
    locked = LockedEntry({found.path: said_together(found.format, [said], "", topics)}) if found and said else None
    return Parsed(NewEntry(entry_id, write_entry(draft.values, draft.body), locked), faults)


def _named(typed: Record, found: Record | None, draft: Draft) -> Record:
    """What the id is made of."""
    said = found or typed
    date = str(draft.values.get("date", ""))
    return replace(said, title=typed.title or said.title, authors=typed.authors or said.authors, date=date)


def _problem(draft: Draft, shelf: Shelf, wished_id: str) -> Diagnostic | None:
    known = _known(draft, shelf.entries)
    if known:
        message = f"expected a work that is not there yet, found {quoted(str(draft.values['title']))} in {known}"
        return Diagnostic("duplicate-entry", message, None, "edit that entry instead")
    if wished_id in shelf.entries or wished_id in shelf.reserved:
        return Diagnostic(
            "duplicate-entry", f"expected an id that is free, found {quoted(wished_id)}", None, "take another"
        )
    faults = entry_id_of(f"{wished_id}.md")[1] if wished_id and "/" not in wished_id else ()
    if "/" in wished_id or faults:
        message = f"expected an id of letters, digits, - _ and . only, found {quoted(wished_id)}"
        return Diagnostic("bad-id", message, None, "take another")
    return None


def _known(draft: Draft, entries: Mapping[str, Existing]) -> str:
    """The file of an entry that is of the same work, "" if there is none."""
    index = WorkIndex()
    for entry_id, file in entries.items():
        index.add(entry_id, read_work(facts_of(file)))
    same = index.find(read_work(draft.values)).same
    return entries[same[0]].path if same else ""
