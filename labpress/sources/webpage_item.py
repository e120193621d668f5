"""One item of a page, such as a card or a list item, as a paper: with a measure of how much it looks like one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import dropwhile
from typing import NamedTuple

from labpress.core.patterns import when_needed
from labpress.core.taxonomy import category_id
from labpress.core.text import one_line
from labpress.sources.bibtex import looks_like_bibtex
from labpress.sources.bibtex_names import NameList
from labpress.sources.draft import Draft
from labpress.sources.loose_dates import loose_date
from labpress.sources.mentions import arxiv_in, doi_in
from labpress.sources.name_likeness import Known, name_likeness
from labpress.sources.published_in import take_published_in
from labpress.sources.references import leading_people, people_in, read_reference
from labpress.sources.webpage_cards import CardHeader, take_header
from labpress.sources.webpage_links import take_labels
from labpress.sources.webpage_pieces import Piece, in_italics, joined, lines_of, pieces_of
from labpress.sources.webpage_reference import (
    EDGES,
    reads_as_abstract,
    split_affiliations,
    take_reference,
    without_label,
)
from labpress.sources.webpage_title import tidy_title, title_span
from labpress.sources.webpage_tree import Node


class Reading(NamedTuple):
    """An item read as a paper."""

    draft: Draft
    score: float
    """How much it looks like one: 3 is doubtful, 5 is sure."""
    bibtex: str = ""
    """The item's own BibTeX entry, which says more than the rest."""
    card: CardHeader | None = None


_CERTAIN = 8.6
"""Of an item that shows a title beside its BibTeX entry; as much as all that is inside of it may read like."""
_ENTRY_ALONE = 5.0
_CATEGORY = when_needed(r"\(([a-z-]{2,9}(?:\.[A-Za-z-]{2,9})?)\)")
_CITATION = when_needed(r"^(?:(?:recommended|suggested) )?(?:citation|cite as)\s*:\s*", re.IGNORECASE)
_LABEL = when_needed(
    r"(?:(comments?|notes?)"
    r"|(subjects?|keywords?|tags|topics|readers?|number of pages|last (?:revised|modified|updated))"
    r"|published(?: in)?|posted|venue|date|journal[- ]ref|submitted)\s*:\s*|(submitted by\s)",
    re.IGNORECASE,
)
_HOW_MANY = when_needed(r"\W*(\d{1,5}) authors")
_CHANGED = when_needed(r"[,;·|]\s*(?:last )?(?:revised|modified|updated)\s*:.*", re.IGNORECASE)
"""When a page was last changed, behind the date of a paper."""
_DATED = when_needed(r"(.{3,1500}?),\s((?:\d{1,2}\s)?(?:[A-Z][a-z]{2,8}\.?\s)?(?:19|20)\d\d),\s")
"""``Quist, A. & Berg, J., Jun 2022, In: …``: the date parts the people from the place."""
_READING_TIME = when_needed(r"\d{1,4} min(?:utes?)?(?: read)?")
_LONGEST_PEOPLE = 3_000
_MOST_NAMES = 20


def read_item(item: Node, address: str) -> Reading | None:
    """``item`` as a paper, or None. ``address`` is the page's, for links relative to it."""
    pieces = pieces_of(item)
    bibtex = "".join(piece.text for piece in pieces if _is_bibtex(piece))
    bibtex = bibtex[max(0, bibtex.find("@")) :].strip()  # A button that shows the entry is named like the entry.
    card, pieces = take_header([piece for piece in pieces if not _is_bibtex(piece)])
    draft = Draft(line=item.line)
    pieces = take_labels(draft, pieces, address)
    start, stop = title_span(pieces)
    if stop:
        score = _take_parts(draft, pieces, start, stop, is_card=bool(card))
    else:
        score = take_reference(draft, pieces, is_card=bool(card))
    if bibtex and looks_like_bibtex(bibtex):
        return Reading(draft, _CERTAIN if draft.title else _ENTRY_ALONE, bibtex)
    if not draft.title or score <= 0:
        return None
    has_address = bool(draft.links or draft.urls or draft.doi or draft.arxiv)
    is_named = bool(stop) and any(_names_a_paper(piece.href) for piece in pieces[start:stop])
    score += 1.5 * (is_named and not draft.authors)
    return Reading(draft, score + 0.3 * has_address + 0.3 * bool(draft.abstract) + 4 * bool(card), card=card)


def _names_a_paper(href: str) -> bool:
    """Whether the address behind a title is that of a paper and of nothing else."""
    return bool(arxiv_in(href) or doi_in(href))


def _is_bibtex(piece: Piece) -> bool:
    return "code" in piece.styles or "bibtex" in piece.roles


def _take_parts(draft: Draft, pieces: Sequence[Piece], start: int, stop: int, *, is_card: bool) -> float:
    """Take an item whose title is ``pieces[start:stop]``."""
    draft.title, award = tidy_title(joined(pieces[start:stop]))
    if not draft.title:
        return 0.0
    if award:
        draft.fields["award"] = award
    title = pieces[start]
    draft.lines["title"] = title.line
    before, after = (
        [piece for piece in part if "title" not in piece.roles] for part in (pieces[:start], pieces[stop:])
    )
    has_people = _take_roles(draft, (*before, *after))
    if has_people:
        rest = [*before, *after]
    else:
        has_people, rest = _take_people_around(draft, title.block, before, after)
    _take_rest(draft, rest, is_card=is_card)
    certain = bool(title.roles & {"title"} or title.styles & {"heading"})
    return 2.0 + 0.5 * certain + 2.0 * has_people + 0.7 * bool(draft.date) + 0.3 * bool(draft.venue)


def _take_roles(draft: Draft, pieces: Iterable[Piece]) -> bool:
    """Take what class names mark; True when they mark the authors."""
    marked: dict[str, list[Piece]] = {}
    for piece in pieces:
        for role in piece.roles:
            marked.setdefault(role, []).append(piece)
    paragraphs = (joined(line) for line in lines_of(marked.get("abstract", ())))
    draft.abstract = without_label("\n\n".join(filter(None, paragraphs)))
    draft.affiliations.extend(one_line(piece.text) for piece in marked.get("affiliation", ()))
    draft.tags.extend(one_line(piece.text).strip(" ,;#") for piece in marked.get("tags", ()))
    draft.date = loose_date(joined(marked.get("date", ())))
    category = _CATEGORY.search(joined(marked.get("category", ())))
    draft.category = category_id(category[1], Counter()) if category else ""
    authors = [piece for piece in marked.get("authors", ()) if not piece.roles & {"abstract", "affiliation"}]
    return _take_people(draft, joined(authors, ", "))


def _take_people(draft: Draft, text: str) -> bool:
    """``A One, B Two et al. · an affiliation``"""
    text, affiliations = split_affiliations(text)
    people = people_in(text)
    draft.affiliations.extend(affiliations if people.names else ())
    return _set_people(draft, people)


def _set_people(draft: Draft, people: NameList) -> bool:
    if people.names:
        draft.authors, draft.et_al = list(people.names), people.et_al
    return bool(people.names)


def _take_people_around(
    draft: Draft, block: int, before: Sequence[Piece], after: Sequence[Piece]
) -> tuple[bool, list[Piece]]:
    """Authors in front of the title on its line, or on the first line beside it that begins with names.

    Gives whether there are any, and the pieces that are left.
    """
    if _set_people(draft, people_in(_bare(joined(piece for piece in before if piece.block == block)))):
        return True, [*(piece for piece in before if piece.block != block), *after]
    lines = lines_of((*after, *before))
    for at, line in enumerate(lines):
        tail = _take_line_of_people(draft, line)
        if tail is not None:
            take_published_in(draft, tail, _emphasis(line))
            return True, [piece for other in (*lines[:at], *lines[at + 1 :]) for piece in other]
    return False, [*before, *after]


def _take_line_of_people(draft: Draft, line: Sequence[Piece]) -> str | None:
    """What follows the authors on ``line``; None when it begins neither with any nor with a marked date before them."""
    line = list(dropwhile(lambda piece: "date" in piece.roles or not piece.text.strip(EDGES), line))
    text = _bare(joined(line, ", " if _are_names(line) else ""))
    cited = _CITATION.match(text)
    if cited:
        reference = read_reference(text[cited.end() :])
        return "" if reference and _set_people(draft, reference.people) else None
    dated = _DATED.match(text)
    if dated and _set_people(draft, people_in(dated[1])):
        return f"{text[dated.end() :]} {dated[2]}"
    names, affiliations = split_affiliations(text)
    people, tail = leading_people(names) if len(text) < _LONGEST_PEOPLE else (NameList(()), "")
    draft.affiliations.extend(affiliations if people.names else ())
    return tail if _set_people(draft, people) else _take_people_among(draft, text.split(" · "))


def _take_people_among(draft: Draft, parts: Sequence[str]) -> str | None:
    """``May 1, 2023 · 2 min · A One and B Two``, as blogs have it: what else stands there, or None without people."""
    for part in parts[1:]:
        if _set_people(draft, people_in(part)):
            return ". ".join(other for other in parts if other is not part and not _READING_TIME.fullmatch(other))
    return None


def _bare(text: str) -> str:
    """``text`` without the punctuation around it; dots at its end that stand for more authors stay."""
    text = text.lstrip(EDGES)
    return text if text.endswith(("...", "…")) else text.rstrip(EDGES)


def _are_names(line: Sequence[Piece]) -> bool:
    """Whether every piece of a line is a name of its own: elements side by side, with nothing between them."""
    words = [piece.text.strip(EDGES) for piece in line if piece.text.strip(EDGES)]
    return len(words) > 1 and all(name_likeness(word, Known()) > 1 for word in words[:_MOST_NAMES])


_TAKEN = frozenset(["authors", "abstract", "affiliation", "tags", "links", "category"])


def _take_rest(draft: Draft, pieces: Iterable[Piece], *, is_card: bool) -> None:
    """Abstract, venue and date in what is left, line by line; a line that class names call the venue comes first."""
    lines = lines_of(piece for piece in pieces if not piece.roles & _TAKEN)
    for line in sorted(lines, key=lambda line: not any("venue" in piece.roles for piece in line)):
        text = joined(line)
        if reads_as_abstract(text, is_card=is_card):
            draft.abstract = draft.abstract or without_label(text)
        elif text.strip(EDGES + "[]()/·"):
            _take_line(draft, text, _emphasis(line))


def _take_line(draft: Draft, text: str, emphasis: str) -> None:
    """``Comments: 10 pages``, ``56 authors``, or a line that says where the paper came out."""
    label = _LABEL.match(text)
    if many := _HOW_MANY.fullmatch(text):
        draft.et_al = draft.et_al or int(many[1]) > len(draft.authors) > 0
    elif label and label[1]:
        draft.fields.setdefault("note", text[label.end() :])
    elif not (label and (label[2] or label[3])):
        take_published_in(draft, _CHANGED.sub("", text[label.end() :] if label else text), emphasis)


def _emphasis(line: Iterable[Piece]) -> str:
    """What class names call the venue on a line, or else its first part in italics."""
    pieces = list(line)
    marked = [piece for piece in pieces if "venue" in piece.roles and piece.text.strip()]
    return one_line(marked[0].text) if marked else in_italics(pieces)
