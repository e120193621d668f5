"""A saved web page: a listing of a paper-discovery page, or any list of publications."""

from __future__ import annotations

from msgspec.structs import replace

from labpress.core.decoding import decode
from labpress.core.diagnostics import Diagnostic, Parsed, SourceText, Span, quoted
from labpress.core.files import SourceFile
from labpress.core.text import one_line
from labpress.sources.bibtex import parse_bibtex
from labpress.sources.draft import Draft, finish, finish_all, guessed_markup
from labpress.sources.listing import year_of_listing
from labpress.sources.listing_header import Header, with_year
from labpress.sources.published_in import type_by_venue
from labpress.sources.record import Record
from labpress.sources.webpage_cards import as_discovered
from labpress.sources.webpage_item import Reading, read_item
from labpress.sources.webpage_items import Item, choose_items
from labpress.sources.webpage_metadata import metadata_drafts
from labpress.sources.webpage_table import rows_told_by_headings
from labpress.sources.webpage_tree import Node, looks_like_html, read_page, text_of

__all__ = ["looks_like_html", "parse_webpage"]

_LARGEST = 30_000_000
_SECTION_TYPES = (
    ("preprint", "preprint"), ("working paper", "preprint"), ("workshop", "workshop"), ("journal", "article"),
    ("conference", "conference"), ("chapter", "chapter"), ("thes", "thesis"), ("patent", "patent"),
    ("technical report", "report"), ("talk", "talk"), ("poster", "poster"), ("dataset", "dataset"), ("book", "book"),
)  # fmt: skip


def parse_webpage(
    file: SourceFile, as_of: int | None = None, fallback_year: int | None = None
) -> Parsed[tuple[Record, ...]]:
    """The papers of a saved page, in its order. ``as_of`` and ``fallback_year``: see ``parse_listing``.

    What a page says for machines counts before what it shows. Entries of a list of papers that could not be read are
    reported; navigation, adverts and other text are not.
    """
    source, faults = decode(file)
    page = read_page(source.text) if len(source.text) <= _LARGEST else None
    if page is None:
        message = "expected a page of a size that a browser shows, found a larger one"
        return Parsed((), (*faults, Diagnostic("too-large", message, Span(file.path))))
    described = metadata_drafts(page)
    told = rows_told_by_headings(page.body, page.address)
    choice = choose_items(page.body, lambda node: read_item(node, page.address), told)
    if described and len(described) >= max(1, len(choice.items) // 2):
        return finish_all(described, source, faults)
    diagnostics = list(faults)
    strays = [stray(node, source) for node in choice.strays]
    records, doubts = records_of(choice.items, source, as_of, fallback_year)
    diagnostics += doubts
    if not records:
        message = "found no paper on this page"
        advice = "save the page that lists the papers, with all of them shown"
        diagnostics.append(Diagnostic("not-understood", message, Span(file.path), advice))
    return Parsed(records, (*diagnostics, *strays))


def stray(node: Node, source: SourceText) -> Diagnostic:
    """The fault of an item among papers that is none."""
    message = f"expected a paper like those beside it, found {quoted(one_line(text_of(node)))}"
    return Diagnostic("not-understood", message, source.line_span(node.line))


def records_of(
    items: list[Item], source: SourceText, as_of: int | None = None, fallback_year: int | None = None
) -> Parsed[tuple[Record, ...]]:
    """The records of ``items``, with what their headings say of them."""
    diagnostics: list[Diagnostic] = []
    headers: list[tuple[Header, int]] = [
        (item.reading.card.header, item.reading.card.line) for item in items if item.reading.card
    ]
    year = year_of_listing(source, headers, as_of, fallback_year, diagnostics)
    records = []
    for item in items:
        record, doubts = _record(item, source, year)
        diagnostics.extend(doubts)
        if record:
            records.append(record)
    return Parsed(tuple(records), tuple(diagnostics))


def _record(item: Item, source: SourceText, year: int) -> Parsed[Record | None]:
    reading = item.reading
    draft = reading.draft
    if reading.bibtex:
        record = _from_bibtex(reading, source)
        if record:
            return Parsed(record, record.warnings)
    if reading.card:
        header = reading.card.header
        date, _problem = with_year(header.date, year)
        return finish(as_discovered(draft, header, date), source)
    draft.date = draft.date or item.year
    draft.type = draft.type or _type_of(item.heading, draft.venue)
    draft.markup = guessed_markup(draft.title, draft.abstract)
    return finish(draft, source)


def _from_bibtex(reading: Reading, source: SourceText) -> Record | None:
    """The record of an item that shows its own BibTeX entry, with the item's links and abstract."""
    records, _faults = parse_bibtex(SourceFile(source.path, reading.bibtex.encode("utf-8", "replace")))
    if not records:
        return None
    record = records[0]
    shown, _doubts = finish(_titled(reading.draft, record.title), source)
    links = {**(shown.links if shown else {}), **record.links}
    return replace(
        record,
        links=links,
        abstract=record.abstract or (shown.abstract if shown else ""),
        doi=record.doi or (shown.doi if shown else ""),
        arxiv=record.arxiv or (shown.arxiv if shown else ""),
        lines={"": reading.draft.line},
    )


def _titled(draft: Draft, title: str) -> Draft:
    draft.title = draft.title or title
    return draft


def _type_of(heading: str, venue: str) -> str:
    """What the heading above an item calls it, or the venue shows; "" when neither says."""
    lowered = heading.lower().replace("book chapter", "chapter")
    named = [kind for word, kind in _SECTION_TYPES if word in lowered]
    if len(named) == 1:
        return named[0]
    return type_by_venue(venue)
