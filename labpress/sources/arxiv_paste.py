"""Pages of arXiv pasted as text: results of a search, lists of new papers, and the page of one paper.

A paper begins with its id and the links behind it, ``[1] arXiv:2206.06565 [pdf, other]``; most lines after that say
by a word and a colon what they are.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from msgspec import Struct, field

from labpress.core.decoding import decode
from labpress.core.diagnostics import Parsed
from labpress.core.files import SourceFile
from labpress.core.patterns import when_needed
from labpress.core.taxonomy import category_id
from labpress.core.text import one_line
from labpress.sources.collect import put
from labpress.sources.draft import Draft, finish_all, guessed_markup, unique
from labpress.sources.loose_dates import loose_date
from labpress.sources.mentions import arxiv_in, doi_in
from labpress.sources.people import parse_people
from labpress.sources.record import Record

_ID = r"arXiv:(?P<id>\d{4}\.\d{4,5}|[a-z-]{2,9}(?:\.[A-Z]{2})?/\d{7})(?:v\d{1,3})?"
_HEAD = when_needed(
    rf"[ \t]{{0,8}}(?:\[\d{{1,6}}\]|\d{{1,6}}\.)?[ \t]{{0,8}}{_ID}[ \t]{{0,8}}(?:\([^()\n]{{1,60}}\)[ \t]{{0,8}})?"
    r"\[(?:pdf|ps|html|other|format|abs)\b[^\[\]\n]{0,60}\](?P<rest>.*)"
)
_LABEL = when_needed(
    r"(title|authors?|abstract|comments?|subjects?|journal[- ]ref|(?:related )?doi|report (?:number|no)"
    r"|(?:acm|msc) class(?:es)?|cite as|doi(?= 10\.))(?:\s?:\s*|(?<=doi)\s)",
    re.IGNORECASE,
)
_WORD = when_needed(r"[ -]")
_DAY = r"(\d{1,2} [A-Z][a-z]{2,8},? (?:19|20)\d\d)"
_SUBMITTED = when_needed(rf"\[?submitted (?:on )?{_DAY}(?:.{{0,80}}\bv1 submitted {_DAY})?", re.IGNORECASE)
_CODE = when_needed(r"\(([a-z-]{2,9}(?:\.[A-Za-z-]{2,9})?)\)")
_MORE = when_needed(r"\s*(?:▽ More|△ Less)\Z")
_NOT_SHOWN = when_needed(r"\s*\(\d{1,5} additional authors? not shown\)")
_AROUND = when_needed(
    r"(?:(?:new|cross|replacement) submissions|(?:cross-lists|replacements) for\b.{0,40}"
    r"|total of \d{1,7} entries\b.{0,200})(?:\s*\(\s*showing .{1,60}\))?",
    re.IGNORECASE,
)
"""A line of a list that ends the paper above it: the heading of the next papers, or how many there are."""
_ABSTRACT_AT_LEAST = 150
"""Characters of a line without a label that is an abstract, as lists of new papers have it."""
_PAPER = when_needed(
    r"^title\s?:.*\n(?:.*\n){0,3}?authors?\s?:(?:.*\n){1,60}?cite as\s?:\s*arXiv:", re.MULTILINE | re.IGNORECASE
)
_SAMPLE = 20_000


class _Block(Struct):
    """The lines of one paper."""

    line: int
    head: re.Match[str] | None = None
    lines: list[tuple[int, str]] = field(default_factory=list)


class _Line(NamedTuple):
    label: str
    text: str
    line: int


def looks_like_arxiv_paste(text: str) -> bool:
    """Whether a line at the top is the id of a paper with its links, or the text is the page of one paper."""
    sample = text[:_SAMPLE]
    return any(map(_HEAD.fullmatch, sample.split("\n"))) or bool(_PAPER.search(sample))


def parse_arxiv_paste(file: SourceFile) -> Parsed[tuple[Record, ...]]:
    """One record for each id with links behind it, or one for the page of a paper."""
    source, faults = decode(file)
    blocks = _blocks(source.text)
    if any(block.head for block in blocks):
        blocks = [block for block in blocks if block.head]  # Without the head of the page.
    return finish_all(map(_draft_of, blocks), source, faults)


def _blocks(text: str) -> list[_Block]:
    blocks = [_Block(1)]
    for number, line in enumerate(text.split("\n"), start=1):
        if head := _HEAD.fullmatch(line):
            blocks.append(_Block(number, head))
        elif _AROUND.fullmatch(line.strip()):
            blocks.append(_Block(number))
        elif line.strip():
            blocks[-1].lines.append((number, one_line(line)))
    return blocks


def _draft_of(block: _Block) -> Draft:
    draft = Draft(line=block.line, type="preprint")
    codes: list[str] = []
    abstract: list[str] = []
    if block.head:
        draft.arxiv, draft.doi = block.head["id"], doi_in(block.head["rest"])
        codes += _codes(block.head["rest"])
    for label, text, line in _labelled(block):
        if label == "author":
            people = parse_people(_NOT_SHOWN.sub("", text))
            draft.authors, draft.et_al = list(people.names), people.et_al
        elif label == "abstract":
            abstract.append(text)
        elif label == "submitted":
            draft.date = loose_date(text)
        elif label in ("subject", "subjects", "codes"):
            codes += _CODE.findall(text) if label != "codes" else _codes(text)
        elif label == "cite as":
            draft.arxiv = draft.arxiv or arxiv_in(text)
        elif label.endswith("doi"):
            draft.doi = draft.doi or doi_in(text) or text
        else:
            put(draft, _MEANINGS[_WORD.split(label)[0]], text, line)
    draft.abstract = _MORE.sub("", "\n\n".join(abstract))
    draft.category, *others = unique(codes) or [""]
    if others:
        draft.extra["categories"] = ", ".join(others)
    draft.date = draft.date or _month_of(draft.arxiv)
    draft.markup = guessed_markup(draft.title, draft.abstract)
    return draft


_MEANINGS = {
    "title": "title", "comment": "note", "comments": "note", "journal": "extra:journal_ref", "report": "number",
    "msc": "extra:msc_class", "acm": "extra:acm_class",
}  # fmt: skip
"""The first word of a label, and what it means."""


def _labelled(block: _Block) -> Iterator[_Line]:
    """The lines of a block that say something of the paper, with what each is."""
    # The page of one paper has labels for all, and lines of other kinds between them.
    seen = set() if block.head else {"title", "author"}
    unfinished = ""
    for line, text in block.lines:
        label, value = _label_of(text, unfinished, seen)
        unfinished = label if label == "abstract" or not value else ""
        if label and value:
            seen.add(label)
            yield _Line(label, value, line)


def _label_of(text: str, unfinished: str, seen: set[str]) -> tuple[str, str]:
    """What a line is, and what it says. ``unfinished`` is what the line before may go on with."""
    if label := _LABEL.match(text):
        return label[1].lower().replace("authors", "author"), text[label.end() :]
    if submitted := _SUBMITTED.match(text):
        return "submitted", submitted[2] or submitted[1]
    if unfinished:
        return unfinished, text
    if len(_codes(text)) == len(text.split()):
        return "codes", text
    missing = next((label for label in ("title", "author") if label not in seen), "")
    if not missing and "abstract" not in seen and len(text) >= _ABSTRACT_AT_LEAST:
        missing = "abstract"
    return missing, text


def _codes(text: str) -> list[str]:
    """``cs.LG stat.ML``"""
    return [word for word in text.split() if "." in word and category_id(word, Counter()) == word]


def _month_of(arxiv: str) -> str:
    """When arXiv gave the id, which begins with the year and the month of it."""
    digits = arxiv.rpartition("/")[2][:4]
    century = "19" if digits[:1] == "9" else "20"
    return loose_date(f"{century}{digits[:2]}-{digits[2:]}") if digits.isdecimal() else ""
