"""EndNote's XML export, which Zotero and Mendeley write too."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from labpress.core.decoding import decode
from labpress.core.diagnostics import Parsed
from labpress.core.files import SourceFile
from labpress.sources.collect import merged_date, put
from labpress.sources.draft import Draft, finish_all, guessed_markup
from labpress.sources.endnote_types import type_of
from labpress.sources.notes import PRIVATE
from labpress.sources.record import Record
from labpress.sources.safe_xml import text_of, xml_records
from labpress.sources.tagged import has_lines

_MEANINGS = {
    "contributors/authors/author": "author", "contributors/secondary-authors/author": "editor",
    "titles/title": "title", "periodical/full-title": "venue", "titles/secondary-title": "venue",
    "titles/tertiary-title": "series", "abstract": "abstract", "volume": "volume", "number": "issue", "pages": "pages",
    "keywords/keyword": "tag", "publisher": "publisher", "pub-location": "place", "electronic-resource-num": "doi",
    "urls/related-urls/url": "url", "urls/web-urls/url": "url", "urls/pdf-urls/url": "link:pdf", "edition": "edition",
    "language": "language", "label": "id", "notes": PRIVATE, "research-notes": PRIVATE,
    "auth-address": "affiliation", "work-type": "extra:work_type", "accession-num": "extra:accession",
    "custom1": "extra:custom1", "custom2": "extra:custom2", "custom3": "extra:custom3", "custom4": "extra:custom4",
    "custom5": "extra:custom5", "custom6": "extra:custom6", "custom7": "extra:custom7",
    "reviewed-item": "extra:reviewed_item",
}  # fmt: skip

looks_like_endnote_xml = has_lines(r"<record>[\s\S]{0,5000}?<ref-type\b|<ref-type name=")


def parse_endnote_xml(file: SourceFile) -> Parsed[tuple[Record, ...]]:
    """One record for each ``<record>``."""
    source, faults = decode(file)
    elements, broken = xml_records(source, "record")
    return finish_all((_draft_of(*one) for one in elements), source, (*faults, *broken))


def _draft_of(element: Element, line: int) -> Draft:
    draft = Draft(line=line)
    for path, meaning in _MEANINGS.items():
        for one in element.findall(path):
            put(draft, meaning, text_of(one), line)
    kind = element.find("ref-type")
    draft.type = type_of(kind.get("name", "") if kind is not None else "")
    dates = {path: text_of(element.find(path)) for path in ("dates/year", "dates/pub-dates/date")}
    dates["both"] = " ".join(dates.values())
    draft.date = merged_date(dates, *dates)
    number = text_of(element.find("isbn"))
    draft.fields["isbn" if draft.type in ("book", "chapter") else "issn"] = number.replace("\r", " ")
    if draft.type == "book":
        draft.venue = ""
    if draft.type == "thesis":
        draft.fields["institution"] = draft.fields.pop("publisher", "")
        draft.fields["degree"] = "".join(draft.pieces.pop("extra:work_type", [])[:1])
    draft.markup = guessed_markup(draft.title, draft.abstract)
    return draft
