"""Which words of an item are its title, by how the page shows them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from labpress.core.patterns import when_needed
from labpress.sources.loose_dates import loose_date
from labpress.sources.name_likeness import Known, name_likeness
from labpress.sources.published_in import AWARD
from labpress.sources.references import clean_title, people_in
from labpress.sources.webpage_pieces import Piece, joined

_LONGEST = 400
_LABEL = when_needed(
    r"^(?:(?:title|paper)\s*:\s*|(?-i:(?:\[(?:HTML|PDF|PS|DOC|CITATION|ZITATION|BOOK|BUCH|B|C)\]\s*)+))", re.IGNORECASE
)
"""A word that says that the title follows, or of which kind Google Scholar takes it to be."""
_NOT_LETTERS = when_needed(r"[\W\d_]+")


def title_span(pieces: Sequence[Piece]) -> tuple[int, int]:
    """Where the title begins and ends among ``pieces``, by the surest sign there is; 0, 0 when nothing shows it."""
    for sign in ("title", "heading"):
        for start, stop in _runs(pieces, [sign in piece.roles or sign in piece.styles for piece in pieces]):
            return start, stop
    for style in ("bold", "link"):
        marked = [style in piece.styles and "authors" not in piece.roles for piece in pieces]
        for start, stop in _runs(pieces, marked):
            if _reads_as_title(joined(pieces[start:stop])):
                return start, stop
    return 0, 0


def _runs(pieces: Sequence[Piece], marked: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Stretches of marked pieces on one line, with the white space between them."""
    start = stop = -1
    for at, piece in enumerate(pieces):
        if marked[at] and start >= 0 and piece.block == pieces[start].block:
            stop = at + 1
        elif marked[at] or (start >= 0 and piece.text.strip()):
            if start >= 0:
                yield start, stop
            start, stop = (at, at + 1) if marked[at] else (-1, -1)
    if start >= 0:
        yield start, stop


def _reads_as_title(text: str) -> bool:
    """Whether words that only bold type or a link sets apart are a title, and no name, date or button."""
    text = text.strip(" .,;:")
    if len(text) < 15 or len(text.split()) < 3 or name_likeness(text, Known()) >= 0:
        return False
    return not people_in(text).names


def tidy_title(text: str) -> tuple[str, str]:
    """``text`` without the punctuation and labels around it, and the award that stands in brackets beside it.

    The title is "" when the text cannot be one.
    """
    text = _LABEL.sub("", text)
    award = AWARD.search(text)
    if award and award[0].lstrip()[:1] in ("(", "["):
        text = text[: award.start()] + text[award.end() :]
    title = clean_title(text)
    is_date = len(title) < 16 and bool(loose_date(title))
    if is_date or len(title) > _LONGEST or len(_NOT_LETTERS.sub("", title)) < 3:
        return "", ""
    return title, award[1] if award and award[0].lstrip()[:1] in ("(", "[") else ""
