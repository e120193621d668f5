"""Entries that may be one work, and joining two of them on a person's word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from labpress.core.diagnostics import Diagnostic, Note, Parsed, Span, quoted
from labpress.entries.decisions import UNDECIDED, Decisions
from labpress.entries.edit_text import EntryText, comments_of, entry_text, exact, plain, with_key_of
from labpress.entries.existing import Existing, facts_of
from labpress.entries.from_record import Draft
from labpress.entries.lock import LockedEntry, Said
from labpress.entries.matching import Work, read_work
from labpress.entries.merge import merge, shown_value
from labpress.entries.voices import said_together, told
from labpress.entries.work_index import WorkIndex


class Pair(NamedTuple):
    """Two entries that may be one work."""

    one: str
    other: str
    is_sure: bool
    """An import would take them for one work; they are two because somebody wrote one of them by hand, for example."""


def likely_duplicates(entries: Mapping[str, Existing], decisions: Decisions = UNDECIDED) -> tuple[Pair, ...]:
    """Every pair that nobody has decided about, surer ones first, then by id."""
    index = WorkIndex()
    pairs = []
    works: dict[str, Work] = {entry_id: read_work(facts_of(file)) for entry_id, file in sorted(entries.items())}
    for entry_id, work in works.items():
        found = index.find(work)
        pairs += [Pair(other, entry_id, True) for other in found.same]
        pairs += [Pair(other, entry_id, False) for other in found.near]
        index.add(entry_id, work)
    undecided = (pair for pair in pairs if not decisions.are_different(pair.one, pair.other))
    return tuple(sorted(undecided, key=lambda pair: (not pair.is_sure, pair.one, pair.other)))


class Joined(NamedTuple):
    """What joining two entries makes."""

    text: str
    """Of the entry that stays."""
    lock: dict[str, LockedEntry]


def join_entries(
    keep: str, other: str, entries: Mapping[str, Existing], lock: Mapping[str, LockedEntry]
) -> Parsed[Joined | None]:
    """Make ``keep`` say what ``other`` says too, so that the file of ``other`` can go.

    What sources said of either is said of ``keep`` from now on, and the other id leads to it. Where a person wrote
    something into ``other`` that ``keep`` says differently, nothing is joined: each such place is reported.
    """
    mine, theirs = entries[keep], entries[other]
    sources, other_sources = (lock[one].sources if one in lock else {} for one in (keep, other))
    mine_apart, theirs_apart = (entry_text(file.text) if file.writable else None for file in (mine, theirs))
    if mine_apart is None or theirs_apart is None:
        advice = "mend the file and join again"
        message = "expected two files of the content folder in UTF-8 whose front matter has each key once"
        broken = mine if mine_apart is None else theirs
        return Parsed(None, (Diagnostic("join-conflict", message, Span(broken.path, 1), advice),))
    by_hand = _by_hand(theirs_apart, other_sources)
    together = _together(sources, other_sources)
    text = mine.text
    if together:
        base = told(sources) if sources else None
        text = merge(text, mine.path, base, told(together)).text
    text = merge(text, mine.path, None, Draft({}, by_hand.body)).text
    text = _with_keys_of(theirs_apart, by_hand.keys, text)
    conflicts = _unsettled(text, mine, theirs, by_hand)
    if conflicts:
        return Parsed(None, conflicts)
    remaining = {entry_id: locked for entry_id, locked in lock.items() if entry_id != other}
    if together:
        remaining[keep] = LockedEntry(together)
    return Parsed(Joined(_with_aliases(text, mine.path, [*_aliases(theirs_apart), other]), remaining))


class _ByHand(NamedTuple):
    """What an entry says that its sources do not say."""

    keys: tuple[str, ...]
    body: str


def _by_hand(entry: EntryText, sources: Mapping[str, Said]) -> _ByHand:
    said = told(sources) if sources else Draft({}, "")
    own = [key for key, span in entry.keys.items() if plain(span.node) != plain(said.values.get(key, ""))]
    body = entry.body.replace("\r\n", "\n").strip("\n")
    return _ByHand(tuple(own), "" if body == said.body.strip("\n") else body)


def _with_keys_of(other: EntryText, keys: Sequence[str], text: str) -> str:
    """``text`` with those of ``keys`` that it has not, as they stand in the other entry."""
    for key in reversed(keys):  # Those that labpress does not know come to one place, each before the last one.
        entry = entry_text(text)
        if entry is not None and key not in entry.keys and key != "aliases":
            changed = with_key_of(entry, key, other)
            text = changed.text if changed else text
    return text


def _together(sources: Mapping[str, Said], others: Mapping[str, Said]) -> dict[str, Said]:
    result = dict(sources)
    for path, said in others.items():
        mine = result.get(path)
        if mine is None:
            result[path] = said
        else:
            drafts, topics = (*mine.drafts, *said.drafts), (*mine.topics, *said.topics)
            result[path] = said_together(mine.format, drafts, mine.key, topics)
    return result


def _unsettled(text: str, mine: Existing, theirs: Existing, by_hand: _ByHand) -> tuple[Diagnostic, ...]:
    """Where a person's words in the other entry are not in the joined one."""
    entry, other = entry_text(text), entry_text(theirs.text)
    if entry is None or other is None:
        return ()
    kept = comments_of(entry)
    faults = [
        Diagnostic(
            "join-conflict",
            f"the entry has a comment that would be lost: {quoted(comment)}",
            Span(theirs.path, line),
            "write it into the entry that stays, or take it out, and join again",
        )
        for comment, line in comments_of(other).items()
        if comment not in kept
    ]
    for key in by_hand.keys:
        value, now = (exact(one.keys[key].node) if key in one.keys else None for one in (other, entry))
        if now not in (value, [value]) and key != "aliases":
            message = f"the entries disagree about {key}: {shown_value(value)} here, {shown_value(now)} in the other"
            note = Note("the entry that stays", Span(mine.path, entry.keys[key].line if key in entry.keys else 1))
            advice = f"let both say the same, or take {key} out of one, and join again"
            faults.append(
                Diagnostic("join-conflict", message, Span(theirs.path, other.keys[key].line), advice, (note,))
            )
    if by_hand.body not in entry.body.replace("\r\n", "\n"):
        line = theirs.text.count("\n", 0, other.parts.body_start) + 1
        message = "the entries have different texts, and the one here was edited"
        faults.append(Diagnostic("join-conflict", message, Span(theirs.path, line), "bring over what you want to keep"))
    return tuple(faults)


def _with_aliases(text: str, path: str, aliases: list[Any]) -> str:
    """``text`` with ``aliases`` among the former ids."""
    known = _aliases(entry_text(text))
    wanted = Draft({"aliases": list(dict.fromkeys([*known, *aliases]))}, "")
    return merge(text, path, None, wanted, insist=frozenset(["aliases"])).text


def _aliases(entry: EntryText | None) -> list[Any]:
    found = plain(entry.keys["aliases"].node) if entry and "aliases" in entry.keys else []
    return found if isinstance(found, list) else [found]
