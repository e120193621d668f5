"""Footnotes and addresses of links that one part of a text uses and another part of it defines.

Both may be defined anywhere in a file, mostly at its end: ``[code]: https://...`` and ``[^1]: As of 2024.`` So where
the parts of a file are rendered each by itself, each is given what it uses of the other.
"""

from __future__ import annotations

from typing import NamedTuple

from labpress.core.patterns import when_needed

_START = when_needed(r" {0,3}\[(?P<label>\^?[^\[\]\n^][^\[\]\n]*)\]:")
_FENCE = when_needed(r" {0,3}(?P<fence>`{3,}|~{3,})")
_USE = when_needed(r"\[[^\[\]\n]+\](?!:)")
_NOT_SPACE = when_needed(r"\S")
_INDENTED = ("    ", "\t")


class Definition(NamedTuple):
    """One definition, by where it stands in its text."""

    label: str
    """As uses write it: ``[^1]`` or, of links in small letters, ``[code]``."""
    start: int
    end: int

    @property
    def is_note(self) -> bool:
        return self.label.startswith("[^")


class Completed(NamedTuple):
    """A part of a text with what it uses of another."""

    text: str
    lent: tuple[tuple[int, int], ...] = ()
    """Of each definition that the other part has lent: where it begins here, and where there."""


def completed(own: str, other: str) -> Completed:
    """``own`` followed by the definitions of ``other`` that it uses, without the footnotes that only ``other`` uses.

    What is left out leaves spaces, so that everything else stands where it stood.
    """
    if not _may_define(own) and not _may_define(other):
        return Completed(own)
    defined = definitions(own)
    labels = {one.label for one in defined}
    used, used_there = _used(own), _used(other)
    foreign = used_there - used
    kept: list[str] = []
    at = 0
    for one in defined:
        if one.is_note and one.label in foreign:
            kept += own[at : one.start], _NOT_SPACE.sub(" ", own[one.start : one.end])
            at = one.end
    lent, size = [], len(own)
    kept.append(own[at:])
    for one in definitions(other):
        if one.label in used and one.label not in labels:
            size += 2
            lent.append((size, one.start))
            kept += "\n\n", other[one.start : one.end]
            size += one.end - one.start
    return Completed("".join(kept), tuple(lent))


def _may_define(text: str) -> bool:
    return "]" in text and "]:" in text  # One character is found in a tenth of the time of two.


def _used(text: str) -> set[str]:
    """All labels that ``text`` has other than at the beginning of a definition."""
    labels = set(_USE.findall(text))
    return labels | {label.lower() for label in labels if not label.startswith("[^")}


def definitions(text: str) -> list[Definition]:
    """All of a text but those in fenced code, in order.

    A link's takes its line, and a note's the lines up to the next blank one, and what is indented below.
    """
    found: list[Definition] = []
    label, start, end = "", 0, 0  # Of the definition that the line may go on with.
    fence, after_blank, at = "", False, 0
    for line in text.split("\n"):
        opening = _FENCE.match(line)
        begins = None if fence else _START.match(line)
        goes_on = label.startswith("[^") and line.strip() and (line.startswith(_INDENTED) or not after_blank)
        if label and (begins or (line.strip() and not goes_on)):
            found.append(Definition(label, start, end))
            label = ""
        if begins:
            label = f"[{begins['label']}]"
            label, start = label if label.startswith("[^") else label.lower(), at
        if opening and not label:
            mark = opening["fence"]
            fence = mark if not fence else "" if line.strip().startswith(fence) else fence
        if label and line.strip():
            end = at + len(line)
        after_blank = not line.strip()
        at += len(line) + 1
    return [*found, Definition(label, start, end)] if label else found
