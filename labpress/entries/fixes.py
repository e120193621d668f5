"""Mending what has one right answer: a misspelt key, a date in another form, letters taken apart.

A fix changes the words that a diagnostic points at, and not a byte beside them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import NamedTuple

from labpress.core.dates import PartialDate, parse_date
from labpress.core.diagnostics import Diagnostic, SourceText
from labpress.core.patterns import when_needed
from labpress.core.text import composed
from labpress.sources.loose_dates import loose_date

_MEANT = when_needed(r"did you mean (\w+)\?")
_KEY = when_needed(r"""["']?([\w.-]+)["']?(?=\s*:)""")
_VALUE = when_needed(r"""(["']?)([^"'#\n]+?)\1(?=\s*(?:#|$))""")

_ADDRESS = r"https?://[^\s<>\"']+"


class _Edit(NamedTuple):
    start: int
    end: int
    text: str


MAX_FIXES = 50
"""Tried in one file: each is read again to see what it brought."""

LONGEST_LINE = 1_000
TWICE = "duplicate-key"
"""A key under its right name that is there already: which of the two counts is for a person to say."""


def fixed(
    text: str,
    faults: Iterable[Diagnostic],
    codes_of: Callable[[str], Sequence[str]],
    names: Collection[str] = (),
) -> str:
    """``text`` with those of ``faults`` mended that have one right answer, and its accents joined to their letters.

    ``names`` of files stay as they are written, and so do addresses: in another form they would lead nowhere.
    ``codes_of`` says what is wrong with a text: a fix stays only where that becomes another and no longer list.
    """
    source = SourceText("", text)
    edits = {edit for fault in faults if (edit := _edit(source, fault))}
    left = codes_of(text) if edits else ()
    for edit in sorted(edits, reverse=True)[:MAX_FIXES]:
        tried = text[: edit.start] + edit.text + text[edit.end :]
        codes = codes_of(tried)
        if codes != left and len(codes) <= len(left) and codes.count(TWICE) <= left.count(TWICE):
            text, left = tried, codes
    kept = re.compile("|".join([f"({_ADDRESS}", *map(re.escape, sorted(names, key=len, reverse=True))]) + ")")
    parts = kept.split(text)
    parts[::2] = [composed(part) for part in parts[::2]]
    return "".join(parts)


def _edit(source: SourceText, fault: Diagnostic) -> _Edit | None:
    span = fault.span
    if span is None or not span.column or source.line(span.line) != span.excerpt or len(span.excerpt) > LONGEST_LINE:
        return None  # Without its place, about another text than this, or on a line that nobody wrote by hand.
    start = source.starts[span.line - 1] + span.column - 1
    line_end = source.starts[span.line - 1] + len(span.excerpt)
    if fault.code in ("misspelt-key", "unknown-key"):
        meant, key = _MEANT.fullmatch(fault.help), _KEY.match(source.text, start, line_end)
        if meant and key:
            return _Edit(key.start(1), key.end(1), meant[1])
    elif fault.code == "bad-date":
        value = _VALUE.match(source.text, start, line_end)
        date = _sure_date(value[2]) if value else ""
        if value and date:
            return _Edit(value.start(), value.end(), date)
    return None


def _sure_date(text: str) -> str:
    """The date that ``text`` means beyond doubt; "" for one with a doubt, and for one that is less than it says."""
    found = parse_date(loose_date(text))
    if not isinstance(found, PartialDate) or not found.month:
        return ""
    numbers = [int(number) for number in re.findall(r"\d+", text)]
    words = re.findall(r"[^\W\d_]{3,}", text)
    told = [number for number in (found.year, 0 if words else found.month, found.day) if number]
    return found.iso if sorted(numbers) == sorted(told) and (found.day or len(words) <= 1) else ""
