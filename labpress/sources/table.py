"""Tables: CSV and TSV as spreadsheets, Zotero, Scopus, Google Scholar and people write them."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from labpress.core.decoding import decode
from labpress.core.diagnostics import Diagnostic, Parsed, SourceText, quoted
from labpress.core.files import SourceFile
from labpress.core.text import fold
from labpress.sources.collect import IGNORED, merged_date, put
from labpress.sources.draft import Draft, finish_all, guessed_markup
from labpress.sources.endnote_types import type_of
from labpress.sources.people import parse_people
from labpress.sources.record import Record

_DELIMITERS = ",;\t|"
_SYNONYMS = {
    "title": "title|article title|document title|paper title|paper|name|titel|titre",
    "names": "authors|author|author s|author names|authors names|autoren|auteurs|by",
    "full_names": "author full names",
    "editors": "editors|editor|editor s|book editors",
    "year": "year|publication year|pub year|published year|jahr|annee",
    "date": "date|pub date|publication date|published|published on|issued|online date|datum",
    "month": "month",
    "venue": (
        "venue|journal|source title|publication title|publication|journal title|conference|booktitle|book title"
        "|proceedings|published in|conference name|source|container title|venue name|journal book|journal conference"
        "|journal name|conference journal"
    ),
    "abstract": "abstract|abstract note|summary|excerpt|description",
    "doi": "doi|doi link|digital object identifier",
    "arxiv": "arxiv|arxiv id|arxiv number|eprint",
    "category": "category|arxiv category|primary category",
    "url": "url|link|links|paper url|web link|doi url|article url|html",
    "link:pdf": "pdf|pdf url|pdf link|link to pdf",
    "link:code": "code|code url|github|repository|source code",
    "link:website": "website|project page|project|project website",
    "link:slides": "slides|slides url|slidesurl",
    "link:poster": "poster",
    "link:video": "video|talk",
    "link:data": "data|dataset",
    "volume": "volume|vol",
    "issue": "issue|number|no",
    "pages": "pages|page|page numbers|page range|art no",
    "first_page": "page start|start page|first page|beginning page",
    "last_page": "page end|end page|last page|ending page",
    "publisher": "publisher",
    "institution": "institution|school|university",
    "place": "place|location|address|city",
    "isbn": "isbn|isbns",
    "issn": "issn|issns",
    "series": "series",
    "edition": "edition",
    "language": "language",
    "note": "note|notes|extra|comment|comments",
    "award": "award|awards",
    "status": "status",
    "pmid": "pmid|pubmed id",
    "tag": "keywords|author keywords|tags|tag|keyword|manual tags|topics|index terms",
    "affiliation": "affiliation",
    "id": "id|key|citation key|bibtex key|cite key|slug|url slug",
    "type": "type|item type|document type|publication type|kind",
    IGNORED: (
        "date added|date modified|access date|file attachments|link attachments|automatic tags|library catalog"
        "|num pages|journal abbreviation|short title|call number|rights|archive|archive location|cited by|citations"
        "|citation|rank"
    ),
}
_MEANINGS = {word: meaning for meaning, words in _SYNONYMS.items() for word in words.split("|")}
_NUMBER_OF_A_PERSON = re.compile(r"\s?\(\d{1,12}\)")
"""Scopus writes "Doe, Jane (57190000000)"."""
_SEPARATOR_LINE = re.compile(r"\s*\"?sep=(.)\"?\s*")
"""The first line of some tables, which tells a spreadsheet what stands between cells."""
_NOT_WORD = re.compile(r"[^a-z0-9]+")
_LONGEST_HEADER = 20_000
_WIDEST = 500


class _Row(NamedTuple):
    cells: list[str]
    line: int


def looks_like_table(text: str) -> bool:
    """Whether the first line names a title column and at least one other."""
    return bool(_delimiter(_first_line(text)))


def parse_table(file: SourceFile) -> Parsed[tuple[Record, ...]]:
    """One record for each row; a row with other cells than the header is read as far as they go, and reported."""
    source, faults = decode(file)
    rows, broken = _rows(source, _delimiter(_first_line(source.text)) or ",")
    if not rows:
        return Parsed((), faults)
    header, *body = rows
    names = [_column(cell) for cell in header.cells]
    drafts = (_draft_of(names, header.cells, row) for row in body if any(cell.strip() for cell in row.cells))
    return finish_all(drafts, source, (*faults, *broken, *_uneven(header, body, source)))


def _first_line(text: str) -> str:
    lines = text[:_LONGEST_HEADER].split("\n")
    return next((line for line in lines if line.strip() and not _SEPARATOR_LINE.fullmatch(line)), "")


def _column(cell: str) -> str:
    return _NOT_WORD.sub(" ", fold(cell)).strip()


def _delimiter(line: str) -> str:
    """The character that cuts ``line`` into most known column names, a title among them; or ""."""
    best, most = "", 1
    for delimiter in _DELIMITERS:
        known = {_MEANINGS.get(_column(cell)) for cell in line.split(delimiter)[:_WIDEST]} - {None, IGNORED}
        if "title" in known and len(known) > most:
            best, most = delimiter, len(known)
    return best


def _rows(source: SourceText, delimiter: str) -> Parsed[list[_Row]]:
    """All rows. One that runs over several lines and lacks cells has a quote without end: it is read again alone."""
    lines = source.text.split("\n")
    rows: list[_Row] = []
    faults: list[Diagnostic] = []
    at, width = 0, 0
    while at < len(lines):
        read, end = _row(lines, at, delimiter)
        cells = read or []
        if read is None or (end - at > 1 and width and len(cells) < width):
            message = "expected a quote at the end of a quoted cell, found none"
            faults.append(
                Diagnostic("broken-entry", message, source.line_span(at + 1), 'write "" for a quote in a cell')
            )
            cells, end = _cells_of_line(lines[at], delimiter), at + 1
        if any(cell.strip() for cell in cells) and (rows or not _SEPARATOR_LINE.fullmatch(lines[at])):
            rows.append(_Row(cells, at + 1))
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


def _uneven(header: _Row, body: Iterable[_Row], source: SourceText) -> Iterator[Diagnostic]:
    for row in body:
        extra = [cell for cell in row.cells[len(header.cells) :] if cell.strip()]
        if extra:
            message = f"expected {len(header.cells)} cells as in the header, found {quoted(extra[0])} beyond them"
            yield Diagnostic("odd-syntax", message, source.line_span(row.line), "put cells with a separator in quotes")


def _draft_of(names: list[str], header: list[str], row: _Row) -> Draft:
    draft = Draft(line=row.line)
    rest: dict[str, str] = {}
    for name, label, cell in zip(names, header, row.cells, strict=False):
        value = cell.strip()
        meaning = _MEANINGS.get(name, f"extra:{name.replace(' ', '_') or 'column'}" if label.strip() else IGNORED)
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
