"""Items that show their title by nothing: a formatted reference, or one line each for title, authors and the rest."""

from __future__ import annotations

import re
from collections.abc import Sequence

from labpress.core.patterns import when_needed
from labpress.sources.draft import Draft
from labpress.sources.published_in import take_published_in
from labpress.sources.references import Reference, people_in, read_reference
from labpress.sources.webpage_pieces import Piece, in_italics, joined, lines_of
from labpress.sources.webpage_title import tidy_title

EDGES = ' .:;,–—-|“”"„«»'
"""Punctuation that stands around the parts of an item."""
_LONG_TEXT = 220
"""Characters from which a paragraph is an abstract, whatever it looks like."""
_CARD_TEXT = 40
"""The same on a card of a paper-discovery page, which has no venue to be mistaken for one."""
_SENTENCE = when_needed(r"[A-Z](?:\S+\s+){8}.*[a-z]{3}[.!?]$")

_AFFILIATION = when_needed(r"(?<!\s)\s+·\s+")
_ABSTRACT_LABEL = when_needed(r"^(?:abstract|summary|tl;?dr)\s*[:.—-]?\s+(?=\S)", re.IGNORECASE)
_LABELLED_ABSTRACT = when_needed(r"(?:abstract|summary|tl;?dr)\s?[:—–]", re.IGNORECASE)
_MOST_LINES = 8


def without_label(text: str) -> str:
    """An abstract without the word "Abstract" before it."""
    return _ABSTRACT_LABEL.sub("", text.strip())


def reads_as_abstract(text: str, *, is_card: bool) -> bool:
    """Whether a line is prose: long, or a whole sentence of words that no venue has."""
    if len(text) > (_CARD_TEXT if is_card else _LONG_TEXT) or _LABELLED_ABSTRACT.match(text):
        return True
    return bool(_SENTENCE.match(text)) and sum(word.islower() for word in text.split()) * 2 > len(text.split())


def split_affiliations(text: str) -> tuple[str, list[str]]:
    """``A One, B Two · an affiliation`` in its parts; dots may stand between names, too."""
    names, *others = _AFFILIATION.split(text)
    if others and (people_in(others[0]).names or not people_in(names).names):
        return text, []
    return names, [other for other in others if other.strip()]


def take_reference(draft: Draft, pieces: Sequence[Piece], *, is_card: bool) -> float:
    """Read ``pieces`` into ``draft``; gives how much they look like a paper, 0 when not at all."""
    abstract = [piece for piece in pieces if "abstract" in piece.roles]
    draft.abstract = without_label("\n\n".join(filter(None, map(joined, lines_of(abstract)))))
    rest = [piece for piece in pieces if "abstract" not in piece.roles]
    lines = [text for text in map(joined, lines_of(rest)) if text.strip(EDGES + "[]()/·•")]
    emphasis = in_italics(rest)
    found = _of_lines(lines, draft, is_card=is_card) or _of_text(lines, draft, emphasis)
    if found is None or not found.people.names:
        return 0.0
    draft.title, award = tidy_title(found.title)
    if award:
        draft.fields["award"] = award
    draft.authors, draft.et_al = list(found.people.names), found.people.et_al
    take_published_in(draft, found.rest, emphasis)
    return 3.4 + 0.7 * bool(draft.date or "status" in draft.fields) + 0.3 * bool(draft.venue)


def _of_lines(lines: Sequence[str], draft: Draft, *, is_card: bool) -> Reference | None:
    """A line of names under, or above, the line of the title; a long line after them is the abstract."""
    for at, line in enumerate(lines[:_MOST_LINES]):
        text, affiliations = split_affiliations(line.strip(" ,;:|"))
        people = people_in(text)
        title_at = at - 1 if at else at + 1
        if not people.names or title_at >= len(lines):
            continue
        title, _award = tidy_title(lines[title_at])
        if len(title.split()) < 2 or people_in(title).names:
            continue
        draft.affiliations.extend(affiliations)
        rest = [one for index, one in enumerate(lines) if index not in (at, title_at)]
        prose = [one for one in rest if reads_as_abstract(one, is_card=is_card)]
        draft.abstract = draft.abstract or without_label(next(iter(prose), ""))
        return Reference(people, lines[title_at], ". ".join(one for one in rest if one not in prose))
    return None


def _of_text(lines: Sequence[str], draft: Draft, emphasis: str) -> Reference | None:
    if len(lines) > 1:
        long = [line for line in lines[1:] if len(line) > 2 * _LONG_TEXT]
        draft.abstract = draft.abstract or without_label(next(iter(long), ""))
        lines = [line.rstrip(".") for line in lines if len(line) <= 2 * _LONG_TEXT]
    return read_reference(". ".join(lines), emphasis) if lines else None
