"""One item of a page, such as a card or a list item, as a paper: with a measure of how much it looks like one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from labpress.core.dates import PartialDate
from labpress.core.taxonomy import category_id
from labpress.core.text import one_line
from labpress.sources.bibtex import looks_like_bibtex
from labpress.sources.code_links import code_link
from labpress.sources.draft import Draft
from labpress.sources.listing_header import Header, parse_header
from labpress.sources.loose_dates import loose_date
from labpress.sources.name_likeness import Known, name_likeness
from labpress.sources.people import parse_people
from labpress.sources.published_in import AWARD, take_published_in
from labpress.sources.references import clean_title, leading_people, people_in, read_reference
from labpress.sources.webpage_links import take_labels
from labpress.sources.webpage_pieces import Piece, joined, pieces_of
from labpress.sources.webpage_tree import Node


class Reading(NamedTuple):
    """An item read as a paper."""

    draft: Draft
    score: float
    """How much it looks like one: 3 is doubtful, 5 is sure."""
    bibtex: str = ""
    """The item's own BibTeX entry, which says more than the rest."""
    header: Header | None = None
    """Of a card of a paper-discovery page."""
    header_line: int = 0


_LONGEST_TITLE = 400
_LONG_TEXT = 220
"""Characters from which a paragraph is an abstract."""
_AFFILIATION = re.compile(r"\s+·\s+")
_EDGES = ' .:;,–—-|“”"„«»'
_TITLE_LABEL = re.compile(r"^(?:title|paper)\s*:\s*", re.IGNORECASE)
_CATEGORY = re.compile(r"\(([a-z-]{2,9}(?:\.[A-Za-z-]{2,9})?)\)")
_CITATION = re.compile(r"^(?:(?:recommended|suggested) )?(?:citation|cite as)\s*:\s*", re.IGNORECASE)
_SHORT = 40


def read_item(item: Node, address: str) -> Reading | None:
    """``item`` as a paper, or None. ``address`` is the page's, for links relative to it."""
    pieces = pieces_of(item)
    bibtex = joined_lines(piece for piece in pieces if "code" in piece.styles or "bibtex" in piece.roles)
    pieces = [piece for piece in pieces if "code" not in piece.styles and "bibtex" not in piece.roles]
    draft = Draft(line=item.line)
    header, pieces = _take_header(pieces)
    kept = take_labels(draft, pieces, address)
    score = _take_parts(draft, kept)
    if bibtex and looks_like_bibtex(bibtex):
        return Reading(draft, 8.0, bibtex)
    if not draft.title or score <= 0:
        return None
    score += 0.3 * bool(draft.links or draft.urls or draft.doi or draft.arxiv) + 0.3 * bool(draft.abstract)
    return Reading(draft, score + 2 * bool(header), "", header and header[0], header[1] if header else 0)


def joined_lines(pieces: Iterable[Piece]) -> str:
    """The text of ``pieces`` with its line ends."""
    return "".join(piece.text for piece in pieces).strip()


# The line above a card of a paper-discovery page


def _take_header(pieces: list[Piece]) -> tuple[tuple[Header, int] | None, list[Piece]]:
    """Score, category, date and badges, wherever in the card they stand together; and the other pieces."""
    shown = [(at, one_line(piece.text)) for at, piece in enumerate(pieces) if piece.text.strip()]
    best: tuple[int, int, Header] | None = None
    for first in range(len(shown)):
        text = ""
        for last in range(first, min(first + 8, len(shown))):
            text = f"{text} {shown[last][1]}".strip()
            if len(shown[last][1]) > _SHORT or len(text) > 2 * _SHORT:
                break
            header = parse_header(text)
            if (
                header
                and category_id(header.category, Counter())
                and (best is None or last - first > best[1] - best[0])
            ):
                best = first, last, header
    if best is None:
        return None, pieces
    taken = {shown[at][0] for at in range(best[0], best[1] + 1)}
    line = pieces[min(taken)].line
    return (best[2], line), [piece for at, piece in enumerate(pieces) if at not in taken]


# The parts of a paper


def _take_parts(draft: Draft, pieces: list[Piece]) -> float:
    title = _title_pieces(pieces)
    if not title:
        return _take_reference(draft, pieces)
    draft.title, award = _without_award(clean_title(_TITLE_LABEL.sub("", joined(title))))
    if award:
        draft.fields["award"] = award
    if len(draft.title) > _LONGEST_TITLE or not _is_title(draft.title):
        return 0.0
    draft.lines["title"] = title[0].line
    start, end = pieces.index(title[0]), pieces.index(title[-1])
    rest = [piece for piece in (*pieces[:start], *pieces[end + 1 :]) if "title" not in piece.roles]
    block = title[0].block
    has_people = _take_roles(draft, rest)
    if not has_people:
        before = [piece for piece in pieces[:start] if piece.block == block]
        has_people = _take_people_around(draft, before, rest)
    else:
        _take_rest(draft, [piece for piece in rest if not piece.roles & {"authors", "abstract", "affiliation", "tags"}])
    certain = bool(title[0].roles & {"title"} or title[0].styles & {"heading"})
    return 2.0 + 0.5 * certain + 2.0 * has_people + 0.7 * bool(draft.date) + 0.3 * bool(draft.venue)


def _title_pieces(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces of the title, by the surest sign that there is; empty when none shows it."""
    for sign in ("title", "heading"):
        run = _run(pieces, lambda piece, sign=sign: sign in piece.roles or sign in piece.styles)
        if run:
            return run
    for style in ("bold", "link"):
        at = 0
        while at < len(pieces):
            run = _run(pieces[at:], lambda piece, style=style: style in piece.styles and "authors" not in piece.roles)
            if not run:
                break
            text = joined(run).strip(" .,;:")
            if (
                len(text.split()) > 2
                and len(text) > 14
                and name_likeness(text, Known()) < 0
                and not people_in(text).names
            ):
                return run
            at = pieces.index(run[-1], at) + 1
    return []


def _run(pieces: Sequence[Piece], wanted: object) -> list[Piece]:
    """The first pieces in a row that are wanted, white space between them included."""
    found: list[Piece] = []
    for piece in pieces:
        if wanted(piece):
            if found and piece.block != found[0].block:
                break
            found.append(piece)
        elif found and piece.text.strip():
            break
    return found


def _is_title(text: str) -> bool:
    return len(text) >= 4 and any(map(str.isalpha, text)) and not loose_date(text if len(text) < 16 else "")


def _without_award(title: str) -> tuple[str, str]:
    award = AWARD.search(title)
    return (
        (title[: award.start()] + title[award.end() :], award[1])
        if award and award[0].strip()[:1] in "(["
        else (title, "")
    )


def _take_roles(draft: Draft, pieces: Sequence[Piece]) -> bool:
    """Take what class names mark; True when they mark the authors."""
    by_role: dict[str, list[Piece]] = {}
    for piece in pieces:
        for role in piece.roles:
            by_role.setdefault(role, []).append(piece)
    draft.abstract = _without_label(_paragraphs(by_role.get("abstract", ())))
    draft.affiliations.extend(filter(None, (one_line(piece.text) for piece in by_role.get("affiliation", ()))))
    draft.tags.extend(filter(None, (one_line(piece.text).strip(" ,;#") for piece in by_role.get("tags", ()))))
    categories = _CATEGORY.search(joined(by_role.get("category", ())))
    if categories:
        draft.category = category_id(categories[1], Counter())
    if "date" in by_role:
        draft.date = loose_date(joined(by_role["date"]))
    people = [piece for piece in by_role.get("authors", ()) if not piece.roles & {"abstract", "affiliation"}]
    return _take_people(draft, joined(people, ", "))


def _take_people(draft: Draft, text: str) -> bool:
    """``A One, B Two et al. · an affiliation``"""
    text, *affiliations = _AFFILIATION.split(text) if people_in(_AFFILIATION.split(text)[0]).names else [text]
    if affiliations and people_in(affiliations[0]).names:
        text, affiliations = "; ".join((text, *affiliations)), []
    people = people_in(text)
    if not people.names and text:
        people = parse_people(text) if len(text) < _LONG_TEXT and name_likeness(text, Known()) > 0 else people
    draft.authors.extend(people.names)
    draft.et_al = draft.et_al or people.et_al
    draft.affiliations.extend(one_line(part) for part in affiliations)
    return bool(people.names)


def _take_people_around(draft: Draft, before: Sequence[Piece], rest: Sequence[Piece]) -> bool:
    """Authors in front of the title on its line, behind it, or on a line of their own."""
    leading = _bare(joined(before))
    people = people_in(leading) if leading else None
    after = [piece for piece in rest if piece not in before]
    if people and people.names:
        draft.authors, draft.et_al = list(people.names), people.et_al
        _take_rest(draft, after)
        return True
    groups: dict[int, list[Piece]] = {}
    for piece in after:
        groups.setdefault(piece.block, []).append(piece)
    for number, group in groups.items():
        text = _bare(joined(group, ", " if _all_marked(group) else ""))
        cited = _CITATION.match(text)
        reference = read_reference(text[cited.end() :]) if cited else None
        if reference and reference.people.names:
            draft.authors, draft.et_al = list(reference.people.names), reference.people.et_al
            _take_rest(draft, [piece for piece in after if piece.block != number])
            return True
        if _take_people(draft, text):
            _take_rest(draft, [piece for piece in after if piece.block != number])
            return True
        found, tail = leading_people(text)
        if found.names and len(text) < 3_000:
            draft.authors, draft.et_al = list(found.names), found.et_al
            others = [piece for piece in after if piece.block != number]
            take_published_in(draft, tail, _emphasis(group))
            _take_rest(draft, others)
            return True
    _take_rest(draft, after)
    return False


def _bare(text: str) -> str:
    """``text`` without the punctuation around it; dots at its end that stand for more authors stay."""
    text = text.lstrip(_EDGES)
    return text if text.endswith(("...", "…")) else text.rstrip(_EDGES)


def _all_marked(group: Sequence[Piece]) -> bool:
    """Whether every piece of a line is an element of its own: names as links side by side."""
    words = [piece for piece in group if piece.text.strip()]
    return len(words) > 1 and all("link" in piece.styles for piece in words)


def _take_rest(draft: Draft, pieces: Sequence[Piece]) -> None:
    """Abstract, venue and date in what is left, line by line."""
    groups: dict[int, list[Piece]] = {}
    for piece in pieces:
        if not piece.roles & {"abstract", "affiliation", "tags", "links"}:
            groups.setdefault(piece.block, []).append(piece)
    named = [group for group in groups.values() if any("venue" in piece.roles for piece in group)]
    for group in (*named, *(group for group in groups.values() if group not in named)):
        text = joined(group)
        if len(text) > _LONG_TEXT:
            draft.abstract = draft.abstract or _without_label(text)
        elif text.strip(" .,;:|[]()/·-–"):
            take_published_in(draft, text, _emphasis(group))


def _emphasis(group: Iterable[Piece]) -> str:
    """The first words in italics, or what class names call the venue."""
    marked = [piece for piece in group if "venue" in piece.roles] or [
        piece for piece in group if "italic" in piece.styles
    ]
    return one_line(marked[0].text) if marked else ""


def _paragraphs(pieces: Iterable[Piece]) -> str:
    groups: dict[int, list[Piece]] = {}
    for piece in pieces:
        groups.setdefault(piece.block, []).append(piece)
    return "\n\n".join(filter(None, map(joined, groups.values())))


def _without_label(text: str) -> str:
    return re.sub(r"^(?:abstract|summary|tl;?dr)\s*[:.—-]?\s+(?=\S)", "", text.strip(), flags=re.IGNORECASE)


def _take_reference(draft: Draft, pieces: Sequence[Piece]) -> float:
    """An item that shows its title by nothing: a formatted reference, perhaps over several lines."""
    abstract = [piece for piece in pieces if "abstract" in piece.roles]
    draft.abstract = _without_label(_paragraphs(abstract))
    lines: dict[int, list[Piece]] = {}
    for piece in pieces:
        if "abstract" not in piece.roles:
            lines.setdefault(piece.block, []).append(piece)
    texts = [(joined(group), group) for group in lines.values()]
    texts = [(text, group) for text, group in texts if text.strip(" .,;:|[]()/·-–•")]
    if not texts:
        return 0.0
    whole = (
        ". ".join(text.rstrip(".") for text, _ in texts if len(text) <= 4 * _LONG_TEXT)
        if len(texts) > 1
        else texts[0][0]
    )
    emphasis = _emphasis(pieces)
    found = read_reference(whole, emphasis)
    if found is None:
        return 0.0
    draft.title, award = _without_award(found.title)
    if award:
        draft.fields["award"] = award
    draft.authors, draft.et_al = list(found.people.names), found.people.et_al
    take_published_in(draft, found.rest, emphasis)
    if not draft.authors:
        return 0.0
    return 4.0 + 0.7 * bool(draft.date) + 0.3 * bool(draft.venue)


def as_discovered(reading: Reading, date: PartialDate) -> Draft:
    """The draft of a card of a paper-discovery page, as the same paper in a pasted listing is read."""
    draft, header = reading.draft, reading.header
    if header is None:
        return draft
    link = code_link(draft.abstract)
    draft.category = category_id(header.category, Counter())
    draft.score, draft.has_code = header.score, header.has_code
    draft.date = date.iso if date.year else ""
    if link:
        draft.links.setdefault("code", link)
    draft.markup = "latex"
    return draft
