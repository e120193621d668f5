"""The list of papers of a Google Scholar profile, pasted as text.

A paper is a line with its title, one with its authors, and one with where it came out, how often it is cited, and the
year, between tabulators.
"""

from __future__ import annotations

from itertools import islice
from typing import NamedTuple

from labpress.core.decoding import decode
from labpress.core.diagnostics import Diagnostic, Parsed, SourceText, quoted
from labpress.core.files import SourceFile
from labpress.core.patterns import when_needed
from labpress.core.text import one_line
from labpress.sources.draft import Draft, finish_all
from labpress.sources.loose_dates import loose_date
from labpress.sources.people import parse_people
from labpress.sources.published_in import take_published_in, type_by_venue
from labpress.sources.record import Record
from labpress.sources.references import people_in

_LAST_LINE = when_needed(r"(?P<venue>[^\t]*)\t\s?(?P<cited>\d[\d.,]{0,9}\*?)?\s?\t\s?(?P<year>(?:19|20)\d\d)?\s*")
_MOST_TRIED = 200


class _Block(NamedTuple):
    """The lines of one paper: ``before``, and what the tabulators of the last one part."""

    before: list[tuple[int, str]]
    line: int
    venue: str
    year: str


def looks_like_scholar_profile(text: str) -> bool:
    """Whether nearly all lines are titles, authors and the lines that end a paper, in this order."""
    lines = [line for line in islice(text.split("\n", _MOST_TRIED + 1), _MOST_TRIED) if line.strip()]
    cells = [line.count("\t") for line in lines]
    blocks = _blocks(lines)
    if not blocks or sum(1 for block in blocks if block.year) * 2 < len(blocks):
        return False
    are_whole = sum(1 for block in blocks if 1 <= len(block.before) <= 2) * 2 > len(blocks)
    return are_whole and sum(map(bool, cells)) <= len(blocks) + 1


def parse_scholar_profile(file: SourceFile) -> Parsed[tuple[Record, ...]]:
    """One record for each line that ends a paper; lines between papers that belong to none are told of."""
    source, faults = decode(file)
    drafts: list[Draft] = []
    strays: list[Diagnostic] = []
    for block in _blocks(source.text.split("\n")):
        lines = block.before[-2:]
        if drafts:  # What stands before the first paper is the head of the page.
            strays.extend(_stray(at, text, source) for at, text in block.before[:-2])
        drafts.append(_draft_of(lines, block))
    return finish_all(drafts, source, (*faults, *strays))


def _blocks(lines: list[str]) -> list[_Block]:
    blocks: list[_Block] = []
    before: list[tuple[int, str]] = []
    for number, line in enumerate(lines, start=1):
        last = _LAST_LINE.fullmatch(line) if "\t" in line else None
        if last and (before or last["cited"] or last["year"]):
            blocks.append(_Block(before, number, last["venue"].strip(), last["year"] or ""))
            before = []
        elif "\t" in line:
            before = []  # The header.
        elif line.strip():
            before.append((number, line))
    return blocks


def _draft_of(lines: list[tuple[int, str]], block: _Block) -> Draft:
    """A paper that came out nowhere has its authors on the last line."""
    texts = [one_line(text) for _, text in lines]
    people, venue = texts[1] if len(texts) > 1 else "", block.venue
    if len(texts) == 1 and people_in(venue).names:
        people, venue = venue, ""
    draft = Draft(line=lines[0][0] if lines else block.line, title=texts[0] if texts else "", markup="plain")
    found = parse_people(people)
    draft.authors, draft.et_al = list(found.names), found.et_al
    take_published_in(draft, venue)
    draft.date = loose_date(block.year) or draft.date
    draft.type = draft.type or type_by_venue(draft.venue)
    return draft


def _stray(line: int, text: str, source: SourceText) -> Diagnostic:
    message = f"expected the title of a paper and its authors, found {quoted(one_line(text))} before them"
    return Diagnostic("not-understood", message, source.line_span(line))
