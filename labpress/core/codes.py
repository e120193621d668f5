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
    # Sources: bibliographies, tables, saved pages
    "broken-entry": _error("an entry of a source is damaged; what could be read of it was kept"),
    "odd-syntax": _warning("a source breaks the rules of its format, but what is meant is clear"),
    "undefined-macro": _warning("a BibTeX macro has no @string"),
    "duplicate-field": _warning("a field is given twice in one entry; the first one counts"),
    "duplicate-id": _warning("two entries of a source have the same key"),
    "unknown-parent": _warning("an entry inherits from one that is not in the file"),
    "parent-entry": _note("a volume was used for what its papers inherit, and is no paper itself"),
    "no-title": _error("an entry of a source has no title and was left out"),
    "doubtful-authors": _warning("a list of authors was read in the likeliest of several ways"),
    "odd-identifier": _warning("an identifier is not of the form its scheme has"),
    "odd-date": _warning("a date could not be read, or only in part"),
    "not-understood": _warning("a piece of a source was not understood"),
    "unknown-format": _error("a file is none of the formats that labpress reads"),
}
"""Code -> severity and summary. A code names the fault, not the place that found it."""
