"""What version control leaves in a text that two people have changed, until somebody decides."""

from __future__ import annotations

from collections.abc import Iterator

from labpress.core.diagnostics import Diagnostic, SourceText
from labpress.core.patterns import when_needed

_START, _MIDDLE, _END = "<<<<<<< ", "=======", ">>>>>>> "
_FORMER = "|||||||"
"""Begins what both sides have changed, where git is told to show it."""
_FENCE = when_needed(r" {0,3}(`{3,}|~{3,})")


def conflict_markers(source: SourceText, start: int) -> tuple[Diagnostic, ...]:
    """A warning for each conflict in the Markdown from ``start`` on; what code shows of one is none."""
    if _START not in source.text:
        return ()
    message = "expected one text, found two with the marks of version control"
    advice = "keep what you want of both, and take the three marks out"
    return tuple(
        Diagnostic("conflict-markers", message, source.line_span(number), advice)
        for number in _conflicts(source, start)
    )


def both_sides(text: str) -> str:
    """``text`` with the lines of both sides of each conflict, and without the marks and what was there before."""
    kept, is_former = [], False
    for line in text.split("\n"):
        if line.startswith(_FORMER):
            is_former = True
        elif line.rstrip() == _MIDDLE:
            is_former = False
        elif not (is_former or line.startswith((_START, _END))):
            kept.append(line)
    return "\n".join(kept)


def _conflicts(source: SourceText, start: int) -> Iterator[int]:
    """The first line of each conflict."""
    fence, begun, is_half = "", 0, False
    for number in range(source.line_number(start), len(source.starts) + 1):
        line = source.line(number)
        found = _FENCE.match(line)
        if fence:
            is_closing = found and found[1].startswith(fence) and found.end() == len(line.rstrip())
            fence = "" if is_closing else fence
        elif found:
            fence = found[1]
        elif line.startswith(_START):
            begun, is_half = number, False
        elif line == _MIDDLE:
            is_half = bool(begun)
        elif line.startswith(_END) and is_half:
            yield begun
            begun, is_half = 0, False
