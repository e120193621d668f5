"""Every diagnostic code, with its severity and one line of meaning. The reference page is made from this table."""

from __future__ import annotations

from typing import Literal, NamedTuple


class Code(NamedTuple):
    """How bad a fault is, and what it means in general."""

    severity: Literal["error", "warning", "note"]
    summary: str


def _error(summary: str) -> Code:
    return Code("error", summary)


def _warning(summary: str) -> Code:
    return Code("warning", summary)


def _note(summary: str) -> Code:
    return Code("note", summary)


CODES: dict[str, Code] = {
    # Files
    "unreadable-file": _error("a file could not be read"),
    "not-text": _error("a file is not text in a known encoding"),
    "odd-encoding": _warning("a file is not UTF-8; it was read as the encoding that fits"),
    "control-character": _warning("control characters were taken out of a text"),
    "too-large": _error("a file or value is larger than labpress reads"),
}
"""Code -> severity and summary. A code names the fault, not the place that found it."""
