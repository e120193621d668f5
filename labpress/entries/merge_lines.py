"""Three-way merge of texts by lines."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import NamedTuple

MAX_LINES = 5_000
"""Lines beyond which two changed texts count as one conflict: finding common lines costs the square of their number."""


class MergedLines(NamedTuple):
    """The merged text; in a conflict it has our lines."""

    text: str
    conflicts: tuple[int, ...]
    """Lines of the merged text (from 0) where both sides changed the same lines in different ways."""


def merge_lines(base: str, ours: str, theirs: str) -> MergedLines:
    """Bring the change from ``base`` to ``theirs`` into ``ours``."""
    if theirs in (base, ours):
        return MergedLines(ours, ())
    if ours == base:
        return MergedLines(theirs, ())
    lines = [text.split("\n") for text in (base, ours, theirs)]
    if max(map(len, lines)) > MAX_LINES:
        return MergedLines(ours, (0,))
    return _merge(*lines)


def _merge(base: list[str], ours: list[str], theirs: list[str]) -> MergedLines:
    merged: list[str] = []
    conflicts: list[int] = []
    at_base = at_ours = at_theirs = 0
    for start, our_start, their_start, size in _stable(base, ours, theirs):
        from_base = base[at_base:start]
        from_ours, from_theirs = ours[at_ours:our_start], theirs[at_theirs:their_start]
        if from_ours == from_base:
            merged += from_theirs
        else:
            if from_theirs not in (from_base, from_ours):
                conflicts.append(len(merged))
            merged += from_ours
        merged += base[start : start + size]
        at_base, at_ours, at_theirs = start + size, our_start + size, their_start + size
    return MergedLines("\n".join(merged), tuple(conflicts))


def _stable(base: list[str], ours: list[str], theirs: list[str]) -> list[tuple[int, int, int, int]]:
    """Runs of lines that neither side changed: start in base, ours, theirs, and length; the last one is empty."""
    mine = SequenceMatcher(None, base, ours, autojunk=False).get_matching_blocks()
    others = SequenceMatcher(None, base, theirs, autojunk=False).get_matching_blocks()
    found = []
    i = j = 0
    while i < len(mine) and j < len(others):
        (base_a, ours_a, size_a), (base_b, theirs_b, size_b) = mine[i], others[j]
        start, end = max(base_a, base_b), min(base_a + size_a, base_b + size_b)
        if start < end:
            found.append((start, ours_a + start - base_a, theirs_b + start - base_b, end - start))
        if base_a + size_a < base_b + size_b:
            i += 1
        else:
            j += 1
    return [*found, (len(base), len(ours), len(theirs), 0)]
