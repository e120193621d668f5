"""Cards of paper-discovery pages: score, category, date and badges stand together somewhere in each of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from labpress.core.dates import PartialDate
from labpress.core.taxonomy import category_id
from labpress.core.text import one_line
from labpress.sources.code_links import code_link
from labpress.sources.draft import Draft
from labpress.sources.listing_header import Header, parse_header
from labpress.sources.webpage_pieces import Piece


class CardHeader(NamedTuple):
    """What a pasted listing has as the first line of a record."""

    header: Header
    line: int


_SHORT = 40
"""Characters that one part of a header has at most."""
_MOST_PARTS = 8


def take_header(pieces: Sequence[Piece]) -> tuple[CardHeader | None, list[Piece]]:
    """The longest run of pieces that reads as a header with a category of arXiv, if there is one; and the others.

    A pasted listing has the category first; on pages it stands behind the date, too.
    """
    shown = [(at, one_line(piece.text)) for at, piece in enumerate(pieces) if piece.text.strip()]
    best, taken = None, frozenset[int]()
    for first in range(len(shown)):
        text = ""
        for last in range(first, min(first + _MOST_PARTS, len(shown))):
            text = f"{text} {shown[last][1]}".strip()
            if len(shown[last][1]) > _SHORT or len(text) > 2 * _SHORT:
                break
            header = parse_header(text) or parse_header(f"{shown[last][1]} {text.removesuffix(shown[last][1])}")
            if header and header.is_typical and last - first >= len(taken):
                best, taken = header, frozenset(at for at, _text in shown[first : last + 1])
    if best is None:
        return None, list(pieces)
    return CardHeader(best, pieces[min(taken)].line), [piece for at, piece in enumerate(pieces) if at not in taken]


def as_discovered(draft: Draft, header: Header, date: PartialDate) -> Draft:
    """``draft`` with what the header says, as the same paper is read in a pasted listing."""
    link = code_link(draft.abstract)
    if link:
        draft.links.setdefault("code", link)
    draft.category = category_id(header.category, Counter())
    if others := [category for printed in header.others if (category := category_id(printed, Counter()))]:
        draft.extra["categories"] = ", ".join(others)
    draft.score, draft.has_code = header.score, header.has_code
    draft.date = date.iso if date.year else ""
    draft.markup = "latex"
    return draft
