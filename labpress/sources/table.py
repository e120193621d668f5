"""Tables: CSV and TSV as spreadsheets, Zotero, Scopus, Google Scholar and people write them."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from labpress.core.decoding import decode
from labpress.core.diagnostics import Diagnostic, Parsed, SourceText, quoted
from labpress.core.files import SourceFile
from labpress.core.patterns import when_needed
from labpress.sources.collect import IGNORED, merged_date, put
from labpress.sources.draft import Draft, finish_all, guessed_markup
from labpress.sources.endnote_types import type_of
from labpress.sources.people import parse_people
from labpress.sources.record import Record
from labpress.sources.table_columns import is_rule, meaning_of, meanings_of

_DELIMITERS = ",;\t|"
_NUMBER_OF_A_PERSON = when_needed(r"\s?\(\d{1,12}\)")
"""Scopus writes "Doe, Jane (57190000000)"."""
_SEPARATOR_LINE = when_needed(r"\s*\"?sep=(.)\"?\s*")
"""The first line of some tables, which tells a spreadsheet what stands between cells."""
_LONGEST_HEADER = 20_000
_MOST_ABOVE = 5
"""Lines that may stand above the header: a caption, whence the table comes."""
_SAMPLE = 60
"""Rows that tell whether a text is a table."""
_WIDEST = 500


class Row(NamedTuple):
    """One row, and the line that it begins on."""

    cells: list[str]
    line: int


class _Header(NamedTuple):
    """Where the header stands, and what parts its cells."""

    at: int
    delimiter: str


def looks_like_table(text: str) -> bool:
    """Whether a line at the top names a title column and at least one other, and most rows have several cells."""
    header = _header(text)
    if header is None:
        return False
    sample = SourceText("", "\n".join(text.split("\n", header.at + _SAMPLE)[: header.at + _SAMPLE]))
    _names, *rows = _rows(sample, header).value
    return not rows or 2 * sum(len(row.cells) > 1 for row in rows) > len(rows)


def parse_table(file: SourceFile) -> Parsed[tuple[Record, ...]]:
    """One record for each row; a row with other cells than the header is read as far as they go, and reported."""
    source, faults = decode(file)
    rows, broken = _rows(source, _header(source.text) or _Header(0, ","))
    if not rows:
        return Parsed((), faults)
    header, *body = rows
    meanings = meanings_of(header.cells, [row.cells for row in body])
    drafts = (draft_of(meanings, row) for row in body if any(cell.strip() for cell in row.cells))
    return finish_all(drafts, source, (*faults, *broken, *_uneven(header, body, source)))


def _header(text: str) -> _Header | None:
    """The first line that names columns; above it stand few others at most."""
    above = 0
    lines = text[:_LONGEST_HEADER].split("\n")
    for at, line in enumerate(lines):
        if not line.strip() or _SEPARATOR_LINE.fullmatch(line):
            continue
        if (delimiter := _delimiter(line, first=not above)) or above == _MOST_ABOVE:
            is_markdown = any(map(is_rule, lines[at + 1 : at + 2]))
            return _Header(at, delimiter) if delimiter and not is_markdown else None
        above += 1
    return None


def _delimiter(line: str, *, first: bool) -> str:
    """The character that cuts ``line`` into most known column names, a title among them; or "".

    Of a line that is not the first, they are most of its words: no sentence about titles and authors is a header.
    """
    best, most = "", 1
    for delimiter in _DELIMITERS:
        cells = [cell for cell in line.split(delimiter)[:_WIDEST] if cell.strip()]
        known = [meaning for cell in cells if (meaning := meaning_of(cell))]
        told = set(known) - {IGNORED}
        if "title" in told and len(told) > most and (first or 2 * len(known) > len(cells)):
            best, most = delimiter, len(told)
    return best


def _rows(source: SourceText, header: _Header) -> Parsed[list[Row]]:
    """The header and all rows.

    One that runs over several lines and lacks cells has a quote without end: it is read again alone.
    """
    lines = source.text.split("\n")
    rows: list[Row] = []
    faults: list[Diagnostic] = []
    (at, delimiter), width = header, 0
    while at < len(lines):
        read, end = _row(lines, at, delimiter)
        cells = read or []
        if read is None or (end - at > 1 and width and len(cells) < width):
            message = "expected a quote at the end of a quoted cell, found none"
            faults.append(
                Diagnostic("broken-entry", message, source.line_span(at + 1), 'write "" for a quote in a cell')
            )
            cells, end = _cells_of_line(lines[at], delimiter), at + 1
        if any(cell.strip() for cell in cells):
            rows.append(Row(cells, at + 1))
            width = width or len(cells)
        at = end
    return Parsed(rows, tuple(faults))


def _row(lines: list[str], at: int, delimiter: str) -> tuple[list[str] | None, int]:
    """The cells of the row that begins on line ``at``, and the line after it; None for cells that cannot be read."""
    if '"' not in lines[at]:
        return lines[at].split(delimiter), at + 1
    rest = (f"{line}\n" for line in _from(lines, at))
    reader = csv.reader(rest, delimiter=delimiter, skipinitialspace=True, strict=True)
    try:
        return next(reader, []), at + max(1, reader.line_num)
    except csv.Error:
        return None, at + 1


def _cells_of_line(line: str, delimiter: str) -> list[str]:
    """The cells of one line whose quotes are out of order."""
    if line.count('"') % 2 == 0 and len(line) < csv.field_size_limit():
        return next(csv.reader([line], delimiter=delimiter, skipinitialspace=True), [])
    return [cell.strip('" ') for cell in line.split(delimiter)]


def _from(lines: list[str], at: int) -> Iterator[str]:
    while at < len(lines):
        yield lines[at]
        at += 1


def _uneven(header: Row, body: Iterable[Row], source: SourceText) -> Iterator[Diagnostic]:
    for row in body:
        extra = [cell for cell in row.cells[len(header.cells) :] if cell.strip()]
        if extra:
            message = f"expected {len(header.cells)} cells as in the header, found {quoted(extra[0])} beyond them"
            yield Diagnostic("odd-syntax", message, source.line_span(row.line), "put cells with a separator in quotes")


def draft_of(meanings: list[str], row: Row) -> Draft:
    """The paper of one row; ``meanings`` say what its cells are."""
    draft = Draft(line=row.line)
    rest: dict[str, str] = {}
    for meaning, cell in zip(meanings, row.cells, strict=False):
        value = cell.strip()
        if meaning in _LATER:
            rest.setdefault(meaning, value)
        else:
            put(draft, meaning, value, row.line)
    people = parse_people(_NUMBER_OF_A_PERSON.sub("", rest.get("full_names", "")) or rest.get("names", ""))
    draft.authors.extend(people.names)
    draft.et_al = people.et_al
    draft.editors.extend(parse_people(rest.get("editors", "")).names)
    rest["both"] = f"{rest.get('month', '')} {rest.get('year', '')}"
    draft.date = merged_date(rest, "year", "date", "both") or merged_date(rest, "date")
    if "first_page" in rest:
        draft.fields["pages"] = "-".join(page for page in (rest["first_page"], rest.get("last_page", "")) if page)
    draft.type = type_of(rest.get("type", ""))
    if draft.category and " " in draft.category:
        draft.tags.append(draft.category)
        draft.category = ""
    draft.markup = guessed_markup(draft.title, draft.abstract)
    return draft


_LATER = frozenset(["names", "full_names", "editors", "year", "date", "month", "type", "first_page", "last_page"])
"""Columns that are read together with others."""
