"""A listing pasted from a paper-discovery page: three lines a record, title and authors glued together.

97.9AIApr 10
MEMENTO: Teaching LLMs to Manage Their Own ContextVasilis Kontonis, Yuchen Zeng, Shivam Garg et al. · cmu
Reasoning models think in long, unstructured streams ...
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from labpress.core.decoding import decode
from labpress.core.diagnostics import Diagnostic, Parsed, SourceText, Span, quoted
from labpress.core.files import SourceFile
from labpress.core.taxonomy import category_id, sure_archive
from labpress.sources.code_links import code_link
from labpress.sources.listing_header import NO_HEADER, Header, with_year
from labpress.sources.listing_lines import Block, Line, has_record, sort_lines
from labpress.sources.record import Record
from labpress.sources.title_authors import Reading, TitleLine, learn, split_title_line

_DOUBTFUL = 1.5
"""A reading of a title line that leads by less is reported."""


class _Context(NamedTuple):
    """What a record needs to know of the whole listing."""

    source: SourceText
    year: int
    """The year of dates that name none; 0: unknown."""
    archives: Counter[str]


def looks_like_listing(text: str) -> bool:
    """Whether ``text`` has at least one record of a pasted listing."""
    return has_record(text)


def parse_listing(
    file: SourceFile, as_of: int | None = None, fallback_year: int | None = None
) -> Parsed[tuple[Record, ...]]:
    """The records of a pasted listing.

    Such a page prints the year of earlier years only. A date without a year therefore belongs to ``as_of``, the year
    of the page, or else to the year after the newest one that it prints, whenever the listing is read again; where that
    is not ``fallback_year``, the year of the reading, it is reported: a page of few papers need not have any of last
    year. Where it prints no year at all the year is ``fallback_year``, which is reported, or else unknown.
    """
    source, faults = decode(file)
    diagnostics = list(faults)
    if not source.text.strip():
        if not faults:
            diagnostics.append(Diagnostic("empty-source", "the file is empty", Span(file.path)))
        return Parsed((), tuple(diagnostics))
    blocks, strays = sort_lines(source.text)
    headers = [(block.header, block.header_line) for block in blocks]
    year = year_of_listing(source, headers, as_of, fallback_year, diagnostics)
    context = _Context(source, year, Counter(sure_archive(block.header.category) for block in blocks))
    records = tuple(_record(block, line, context) for block, line in zip(blocks, _title_lines(blocks), strict=True))
    found = [warning for record in records for warning in record.warnings]
    found += [_stray(line, source) for line in strays]
    found.sort(key=lambda one: one.span.line if one.span else 0)
    return Parsed(records, (*diagnostics, *found))


def _title_lines(blocks: list[Block]) -> list[TitleLine]:
    """Those title lines that are not sure by themselves are read again, with what the abstract and the others say."""
    known = learn(block.reading for block in blocks)
    return [
        block.reading if block.reading.is_settled else split_title_line(block.title, block.abstract, known)
        for block in blocks
    ]


def year_of_listing(
    source: SourceText,
    headers: Sequence[tuple[Header, int]],
    as_of: int | None,
    fallback_year: int | None,
    diagnostics: list[Diagnostic],
) -> int:
    """The year of dates that name none, in a listing with ``headers`` and their lines; 0 when it is unknown."""
    undated = [line for header, line in headers if not header.date.year and header.date.month]
    if as_of or not undated:
        return as_of or 0
    newest = max((header.date.year for header, _line in headers), default=0)
    year = newest + 1 if newest else fallback_year or 0
    if newest and fallback_year in (None, year):
        return year
    taken = f"{year} was taken" if year else "they were left out"
    if newest:
        dates = "1 date of this listing names" if len(undated) == 1 else f"{len(undated)} dates of this listing name"
        message = f"{dates} no year; {taken}, the one after the newest that it names"
    else:
        message = f"no date of this listing names a year; {taken}"
    advice = "name the year in which the listing was copied with --as-of YEAR"
    diagnostics.append(Diagnostic("no-year", message, source.line_span(undated[0]), advice))
    return year


def _record(block: Block, line: TitleLine, context: _Context) -> Record:
    warnings: list[Diagnostic] = []
    date = _date(block, context, warnings)
    category, *others = _categories(block, context, warnings)
    _doubts(block, line, context.source, warnings)
    link = code_link(block.abstract)
    return Record(
        title=line.best.title,
        authors=line.best.authors,
        et_al=line.et_al,
        date=date,
        category=category,
        score=block.header.score,
        has_code=block.header.has_code,
        affiliations=line.affiliations,
        abstract=block.abstract,
        links={"code": link} if link else {},
        extra={"categories": ", ".join(others)} if others else {},
        path=context.source.path,
        lines=_field_lines(block),
        warnings=tuple(warnings),
    )


def _date(block: Block, context: _Context, warnings: list[Diagnostic]) -> str:
    header = block.header
    date, problem = header.date, header.problem
    if not date.year and date.month and context.year:
        date, problem = with_year(date, context.year)
    if problem:
        kept = f'"{date.iso}" was taken' if date.year else "the date was left out"
        warnings.append(
            Diagnostic("odd-date", f"{problem}; {kept}", context.source.line_span(block.header_line), "mend the date")
        )
    return date.iso if date.year else ""


def _categories(block: Block, context: _Context, warnings: list[Diagnostic]) -> list[str]:
    """The paper's own category, "" if there is none, and the further ones."""
    header = block.header
    known = []
    place = context.source.line_span(block.header_line)
    for printed in (header.category, *header.others):
        if category := category_id(printed, context.archives):
            known.append(category)
        elif printed and not header.is_rough:
            message = f"expected a category of arXiv such as LG or cs.LG, found {quoted(printed)}; it was left out"
            warnings.append(Diagnostic("unknown-category", message, place))
    if header.badge:
        message = f'expected nothing but "Code" after the date, found {quoted(header.badge)}; it was left out'
        warnings.append(Diagnostic("not-understood", message, place))
    return known or [""]


def _doubts(block: Block, line: TitleLine, source: SourceText, warnings: list[Diagnostic]) -> None:
    """Say what is not sure about the way the lines of a record were read."""
    if block.header.is_rough or block.header is NO_HEADER:
        warnings.append(_no_header(block, source))
    if not line.best.authors:
        message = f"expected authors after the title, found none in {quoted(block.title)}"
        advice = "add the names behind the title, after a tab"
        warnings.append(Diagnostic("no-authors", message, source.line_span(block.title_line), advice))
    elif line.rival and line.lead < _DOUBTFUL:
        message = f"this can be read as {_shown(line.best)} or as {_shown(line.rival)}; the first was taken"
        advice = "put a tab between title and authors"
        warnings.append(Diagnostic("doubtful-authors", message, _place(block, line.best, source), advice))
    for number in block.quoted:
        message = (
            "this looks like the first line of a record, but no title follows; it was read as part of the abstract"
        )
        warnings.append(Diagnostic("quoted-header", message, source.line_span(number)))


def _no_header(block: Block, source: SourceText) -> Diagnostic:
    """What was expected above a title, and how much of it was found in the line there."""
    if block.header is NO_HEADER:
        found = "found none"
    else:
        parts = [block.header.category, block.header.date.iso if block.header.date.year else ""]
        read = ", ".join(part for part in parts if part) or "nothing"
        found = f"found {quoted(source.line(block.header_line).strip())}; read of it: {read}"
    message = f'expected a line with category and date above a title, such as "LGJun 14, 2022", {found}'
    advice = "write the line in that form; if this is no paper, delete the lines"
    return Diagnostic("not-understood", message, source.line_span(block.header_line), advice)


def _shown(reading: Reading) -> str:
    if not reading.authors:
        return f'the title "…{reading.title[-30:]}" without authors'
    return f'the title "…{reading.title[-30:]}" by {quoted(", ".join(reading.authors))}'


def _place(block: Block, reading: Reading, source: SourceText) -> Span:
    excerpt = source.line(block.title_line)
    column = excerpt.find(block.title) + reading.at + 1 if block.title in excerpt else 0
    length = len(reading.authors[0]) if reading.authors and column else 0
    return Span(source.path, block.title_line, column, length, excerpt)


def _stray(line: Line, source: SourceText) -> Diagnostic:
    message = f"expected a record, found {quoted(line.text)}; the line was left out"
    advice = "a record is a line with category and date, a line with title and authors, and an abstract"
    return Diagnostic("not-understood", message, source.line_span(line.number), advice)


def _field_lines(block: Block) -> dict[str, int]:
    head = dict.fromkeys(("", "date", "category", "score", "has_code"), block.header_line)
    names = dict.fromkeys(("authors", "et_al", "affiliations"), block.authors_line)
    abstract = {"abstract": block.abstract_line} if block.abstract else {}
    return head | {"title": block.title_line} | names | abstract
