"""Finding the works that a description may be of, without comparing it with all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from labpress.entries.matching import Work, compare, work_keys

BLOCK = 50
"""Works of one first author in one year that are compared by title; the authors of more are no evidence any more."""
YEARS_APART = 3


class Found(NamedTuple):
    """The entries that may be of one work."""

    same: tuple[str, ...] = ()
    """Surely of this work: by identifier first, then by title, in the order in which they were added."""
    near: tuple[str, ...] = ()
    """For a person to decide."""


class WorkIndex:
    """Works by what they are known again by: identifiers, titles, and blocks of first author and year."""

    def __init__(self) -> None:
        self._by_key: dict[str, list[tuple[str, Work]]] = defaultdict(list)
        self._blocks: dict[tuple[str, int], list[tuple[str, Work]]] = defaultdict(list)

    def add(self, entry_id: str, work: Work) -> None:
        """``work`` describes the entry ``entry_id``; an entry may have several descriptions."""
        pair = (entry_id, work)
        for key in work_keys(work):
            if pair not in self._by_key[key][:BLOCK]:
                self._by_key[key].append(pair)
        for person in work.people[:1]:
            self._blocks[person.family, work.year].append(pair)

    def find(self, work: Work) -> Found:
        """The entries whose works are the same as ``work``, or near."""
        same: dict[str, None] = {}
        near: dict[str, None] = {}
        for entry_id, other in self._candidates(work):
            if entry_id in same:
                continue
            verdict = compare(work, other)
            if verdict == "same":
                same[entry_id] = None
            elif verdict == "near":
                near[entry_id] = None
        return Found(tuple(same), tuple(entry_id for entry_id in near if entry_id not in same))

    def _candidates(self, work: Work) -> Iterator[tuple[str, Work]]:
        for key in work_keys(work):
            yield from self._by_key.get(key, ())[:BLOCK]
        for person in work.people[:1]:
            years = range(work.year - YEARS_APART, work.year + YEARS_APART + 1) if work.year else ()
            for year in (*years, 0):
                block = self._blocks.get((person.family, year), ())
                yield from block if len(block) <= BLOCK else ()
