"""What went wrong, as data: a stage returns diagnostics beside its value, and the edges print them.

A parser of user input never raises. It returns ``Parsed(value, diagnostics)`` with the best value
it could make, and goes on after the fault.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from typing import Generic, Literal, NamedTuple, TypeVar

from msgspec import Struct

from labpress.core.codes import CODES

T = TypeVar("T")

Severity = Literal["error", "warning", "note"]


class Span(Struct, frozen=True):
    """A place in a source file, as an editor counts: lines and columns start at 1, columns are characters."""

    path: str
    """The file as a person would type it (``site_src/papers/x.md``)."""
    line: int = 0
    """0: the whole file."""
    column: int = 0
    """0: the whole line."""
    length: int = 0
    """Characters to underline; 0: unknown."""
    excerpt: str = ""
    """The source line itself, so that a report needs no second look at the file."""


class Note(Struct, frozen=True):
    """A second place or fact that belongs to a diagnostic, such as the first of two duplicates."""

    message: str
    span: Span | None = None


class Diagnostic(Struct, frozen=True):
    """One fault: what was expected, what was found, where, and what to do."""

    code: str
    """A key of ``CODES``."""
    message: str
    """Lower case, no full stop: "expected a date like 2022-06-14, found "2022-02-30""."""
    span: Span | None = None
    help: str = ""
    """What to do, as an imperative or a plain fact; empty when the message says it all."""
    notes: tuple[Note, ...] = ()

    @property
    def severity(self) -> Severity:
        return CODES[self.code].severity

    @property
    def is_error(self) -> bool:
        return self.severity == "error"


class Parsed(NamedTuple, Generic[T]):
    """A value and the faults met on the way to it."""

    value: T
    diagnostics: tuple[Diagnostic, ...] = ()


class SourceText:
    """A decoded file that can turn character offsets and line numbers into spans."""

    __slots__ = ("_line", "_starts", "path", "text")

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text
        self._starts: list[int] | None = None
        self._line = (0, "")

    @property
    def starts(self) -> list[int]:
        r"""Offset of the first character of each line. Only ``\n`` ends a line."""
        if self._starts is None:
            starts = [0]
            find = self.text.find
            at = find("\n")
            while at >= 0:
                starts.append(at + 1)
                at = find("\n", at + 1)
            self._starts = starts
        return self._starts

    def line(self, number: int) -> str:
        """The text of line ``number`` (from 1), without its end."""
        if number == self._line[0]:
            return self._line[1]  # A thousand faults on one long line share one excerpt.
        starts = self.starts
        if not 1 <= number <= len(starts):
            return ""
        end = starts[number] if number < len(starts) else len(self.text)
        self._line = (number, self.text[starts[number - 1] : end].rstrip("\r\n"))
        return self._line[1]

    def line_number(self, offset: int) -> int:
        """The line that the character at ``offset`` stands on."""
        return bisect_right(self.starts, offset)

    def span(self, start: int, end: int | None = None) -> Span:
        """The span of ``text[start:end]``; one that runs over a line end is cut at the end of its first line."""
        number = self.line_number(start)
        excerpt = self.line(number)
        column = start - self.starts[number - 1] + 1
        length = 0 if end is None else max(0, min(end - start, len(excerpt) - column + 1))
        return Span(self.path, number, column, length, excerpt)

    def line_span(self, number: int) -> Span:
        """The whole line ``number``."""
        return Span(self.path, number, excerpt=self.line(number))


def quoted(text: str, limit: int = 60) -> str:
    """``text`` as a message shows it: in quotes, on one line, shortened in the middle of nowhere."""
    flat = " ".join(text.split())
    flat = "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in flat)
    return f'"{flat}"' if len(flat) <= limit else f'"{flat[: limit - 1]}…"'


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether any of ``diagnostics`` is an error."""
    return any(one.is_error for one in diagnostics)
