"""What BibTeX entries take from others: ``crossref`` from the proceedings, ``xdata`` from shared data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from labpress.core.diagnostics import Diagnostic, Parsed, SourceText, quoted
from labpress.core.text import closest
from labpress.sources.bibtex_block import RawField
from labpress.sources.bibtex_scan import RawEntry


class Family(NamedTuple):
    """All entries with what they inherit, and which of them others inherit from."""

    entries: tuple[RawEntry, ...]
    parents: frozenset[int]
    """Offsets of entries that a ``crossref`` names."""


_KEPT_BY_PARENT = frozenset(
    "abstract addendum archiveprefix author code crossref doi eprint eprinttype eprintclass file howpublished ids"
    " keywords note pages pdf primaryclass slides url urldate video xdata".split()
)
"""Fields that say something of the volume alone: a paper is not at the address of its proceedings."""
_RENAMED = {"title": "booktitle", "subtitle": "booksubtitle"}
_MOST_ANCESTORS = 16
"""Entries that one entry inherits from, at most."""


def with_inherited(entries: Iterable[RawEntry], source: SourceText) -> Parsed[Family]:
    """Every entry with the fields it lacks from its ``crossref`` and ``xdata`` entries, which may inherit in turn.

    Of a crossref, a title becomes the book's title, as BibLaTeX has it; a field of one's own always wins.
    """
    everyone = tuple(entries)
    by_key: dict[str, RawEntry] = {}
    for entry in everyone:
        by_key.setdefault(entry.key.lower(), entry)
    faults: list[Diagnostic] = []
    parents: set[int] = set()
    grown = tuple(_grown(entry, by_key, source, parents, faults) for entry in everyone)
    return Parsed(Family(grown, frozenset(parents)), tuple(faults))


def _grown(
    entry: RawEntry, by_key: Mapping[str, RawEntry], source: SourceText, parents: set[int], faults: list[Diagnostic]
) -> RawEntry:
    fields = list(entry.fields)
    names = {one.name for one in fields}
    waiting = _ancestors(entry)
    if not waiting:
        return entry
    seen = {entry.key.lower()}
    while waiting and len(seen) <= _MOST_ANCESTORS:
        reference, key, child = waiting.pop(0)
        if key.lower() in seen:
            continue
        seen.add(key.lower())
        parent = by_key.get(key.lower())
        if parent is None:
            faults.append(_unknown(reference, key, child, by_key, source))
            continue
        if reference.name == "crossref":
            parents.add(parent.offset)
        for one in _heritage(parent, reference.name):
            if one.name not in names:
                names.add(one.name)
                fields.append(one)
        waiting.extend(_ancestors(parent))
    return entry._replace(fields=tuple(fields))


def _ancestors(entry: RawEntry) -> list[tuple[RawField, str, RawEntry]]:
    """The references of ``entry``: the field, the key that it names, and who names it."""
    return [
        (one, key, entry)
        for one in entry.fields
        if one.name in ("crossref", "xdata")
        for part in one.value[:1000].split(",")[:_MOST_ANCESTORS]
        if (key := part.strip(" \t\n{}"))
    ]


def _heritage(parent: RawEntry, how: str) -> list[RawField]:
    if how == "xdata":
        return [one for one in parent.fields if one.name != "xdata"]
    inherited = [one for one in parent.fields if one.name not in _KEPT_BY_PARENT]
    own = {one.name for one in inherited}
    return [
        one._replace(name=_RENAMED[one.name]) if one.name in _RENAMED else one
        for one in inherited
        if _RENAMED.get(one.name) not in own
    ]


def _unknown(
    reference: RawField, key: str, child: RawEntry, by_key: Mapping[str, RawEntry], source: SourceText
) -> Diagnostic:
    meant = closest(key, by_key) if len(by_key) < 2000 else ""
    return Diagnostic(
        "unknown-parent",
        f"{quoted(child.key)} names {quoted(key)} in {reference.name}, and no entry of the file has this key",
        source.span(reference.offset, reference.offset + len(reference.name)),
        f"did you mean {meant}?" if meant else "add the entry, or delete the field",
    )
