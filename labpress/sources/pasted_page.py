"""Text pasted from a page that lists papers: a line with the title, authors on the line below it or on one line each.

OpenReview, the ACL Anthology, PMLR, Semantic Scholar, PubMed and bioRxiv show papers so, with their buttons between.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from labpress.core.decoding import decode
from labpress.core.diagnostics import Parsed
from labpress.core.files import SourceFile
from labpress.core.patterns import when_needed
from labpress.core.text import one_line
from labpress.sources.loose_dates import loose_date
from labpress.sources.record import Record
from labpress.sources.references import people_in
from labpress.sources.webpage import records_of, stray
from labpress.sources.webpage_item import read_item
from labpress.sources.webpage_items import Item, is_section
from labpress.sources.webpage_links import label_of
from labpress.sources.webpage_reference import reads_as_abstract
from labpress.sources.webpage_tree import Node

_CONTROL = when_needed(
    r"\[?(?:\d{1,6}\.?|\d[\d.,]*k?|\d+ (?:excerpts?|citations?|references?)|highly influen(?:ced|tial)(?: citations?)?"
    r"|(?:readers|views|downloads|cited(?: by)?|citations?)\s*:.*|add to (?:library|list)|alert"
    r"|view orcid profile|(?:show|view|load|see) (?:more|all|details?).*|tl;?dr|…)\]?",
    re.IGNORECASE,
)
"""A line that is a button of the page or a number beside one."""
_BUTTONS = when_needed(r"\]\s*\[|\s*[|·]\s*|\s{2,}|\t")
_LEFT_OUT = when_needed(r"\+ ?\d{1,5} (?:more )?authors?")
_SERVERS = ("bioRxiv ", "medRxiv ")
"""What the line below the authors begins with on pages that have no buttons."""
_FIELDS = frozenset(
    "agricultural and food sciences|art|biology|business|chemistry|computer science|economics|education|engineering"
    "|environmental science|geography|geology|history|law|linguistics|materials science|mathematics|medicine"
    "|philosophy|physics|political science|psychology|sociology".split("|")
)
"""What Semantic Scholar has on a line of its own, which is no venue."""
_ALONE = when_needed(r"[^.,]{2,60} [A-Z]{1,3}\.")
"""``Smith J.``, as PubMed has an only author."""
_YEAR = when_needed(r"(?:19|20)\d\d")
"""A heading above the papers of a year."""
_VOLUME = when_needed(r"proceedings of\b|edited by\b|editors?\b", re.IGNORECASE)
_SHORTEST, _LONGEST = 10, 300
_MOST_TRIED = 400
_MOST_NAMES = 60
_VENUE_LINES = 3
"""Lines beside title, authors and abstract that say where and when a paper came out."""


class _Line(NamedTuple):
    number: int
    text: str


class _Start(NamedTuple):
    """Where a paper begins among the lines, and its authors."""

    at: int
    people: str
    behind: str
    """What stands behind the authors on their line: ``A One, B Two; Proceedings of ...``."""
    end: int
    """The index of the first line after the authors."""
    is_sure: bool
    """Several people: one name alone may be any two words with capitals."""


def looks_like_pasted_page(text: str) -> bool:
    """Whether two lines or more are titles over lists of authors, with a button of the page for each."""
    lines, buttons = _lines(text.split("\n", _MOST_TRIED)[:_MOST_TRIED])
    sure = sum(start.is_sure for start in _starts(lines))
    return sure > 1 and buttons + sum(line.text.startswith(_SERVERS) for line in lines) >= sure


def parse_pasted_page(file: SourceFile) -> Parsed[tuple[Record, ...]]:
    """One record for each title over authors; lines below them that say nothing known are told of."""
    source, faults = decode(file)
    lines, _buttons = _lines(source.text.split("\n"))
    starts = list(_starts(lines))
    bounds = [*(start.at for start in starts), len(lines)]
    items: list[Item] = []
    strays: list[Node] = []
    year, above = "", 0
    for start, end in zip(starts, bounds[1:], strict=True):
        year = next((line.text for line in reversed(lines[above : start.at]) if _YEAR.fullmatch(line.text)), year)
        node, left = _element(lines, start, end)
        reading = read_item(node, "")
        if reading:
            items.append(Item(node, reading, year=year))
        strays += left if reading else [node]
        above = start.end
    records, doubts = records_of(items, source)
    return Parsed(records, (*faults, *doubts, *(stray(node, source) for node in strays)))


def _lines(raw: Sequence[str]) -> tuple[list[_Line], int]:
    """What the lines say that are no buttons, and how many are."""
    lines = [_Line(number, one_line(line)) for number, line in enumerate(raw, 1) if line.strip()]
    kept = [line for line in lines if not _is_control(line.text)]
    return kept, len(lines) - len(kept)


def _is_control(text: str) -> bool:
    if len(text) > 80 or _YEAR.fullmatch(text):
        return False
    if all(part.strip().lower() in _FIELDS for part in text.split(",")):
        return True
    parts = [part for part in _BUTTONS.split(text) if part]
    return all(label_of(part) is not None or _CONTROL.fullmatch(part.strip()) for part in parts)


def _starts(lines: Sequence[_Line]) -> Iterator[_Start]:
    at = 0
    while at + 1 < len(lines):
        start = _start(lines, at) if _may_be_title(lines[at].text) else None
        if start:
            yield start
        at = start.end if start else at + 1


def _start(lines: Sequence[_Line], at: int) -> _Start | None:
    """The paper whose title is the line ``at``, if authors stand below it."""
    names, _, behind = lines[at + 1].text.partition("; Proceedings of ")
    names = names[:-1] if _ALONE.fullmatch(names) else names
    people = people_in(names)
    if not people.names:
        return None
    if len(people.names) > 1 or people.et_al or behind:
        return _Start(at, names, f"Proceedings of {behind}" if behind else "", at + 2, is_sure=True)
    end = at + 2
    while end < min(len(lines), at + _MOST_NAMES) and _goes_on(lines[end].text):
        end += 1
    listed = ", ".join([names, *(line.text for line in lines[at + 2 : end])])
    return _Start(at, listed, "", end, is_sure=end > at + 2)


def _goes_on(text: str) -> bool:
    return bool(_LEFT_OUT.fullmatch(text)) or len(people_in(text).names) == 1


def _may_be_title(text: str) -> bool:
    if not _SHORTEST <= len(text) <= _LONGEST or " " not in text or text[0].islower() or text.endswith((":", ",", ";")):
        return False
    if _VOLUME.match(text) or "://" in text or is_section(text) or (len(text) < 25 and loose_date(text)):
        return False
    return not people_in(text).names


def _element(lines: Sequence[_Line], start: _Start, end: int) -> tuple[Node, list[Node]]:
    """The paper as the element that a page would have, and the lines that are too many for it."""
    title = lines[start.at]
    paper = Node("li", title.number)
    paper.children += [_part("h3", title), Node("div", title.number + 1, ("authors",), {}, [start.people])]
    if start.behind:
        paper.children.append(Node("div", title.number + 1, children=[start.behind]))
    abstract = Node("div", title.number, ("abstract",))
    told, left = 0, []
    for line in lines[start.end : end]:
        if _is_prose(line.text):
            abstract.children.append(_part("p", line))
        elif told < _VENUE_LINES and (not told or _is_short(line.text)):
            paper.children.append(_part("div", line))
            told += 1
        elif not _YEAR.fullmatch(line.text):
            left.append(_part("div", line))
    paper.children.append(abstract)
    return paper, left


def _is_short(text: str) -> bool:
    """Whether a line is a date, a number or a few words, and no title of a paper whose authors were not found."""
    return len(text.split()) < 5 or any(map(str.isdigit, text))


def _is_prose(text: str) -> bool:
    words = text.split()
    is_sentence = len(words) > 7 and text.endswith((".", "!", "?")) and sum(map(str.islower, words)) * 2 > len(words)
    return is_sentence or reads_as_abstract(text, is_card=False)


def _part(tag: str, line: _Line) -> Node:
    return Node(tag, line.number, children=[line.text])
