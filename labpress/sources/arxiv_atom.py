"""Atom as arXiv's API answers it; other Atom feeds of papers are read as far as they go."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from labpress.core.decoding import decode
from labpress.core.diagnostics import Parsed
from labpress.core.files import SourceFile
from labpress.core.identifiers import parse_arxiv
from labpress.core.text import one_line
from labpress.sources.collect import put
from labpress.sources.draft import Draft, finish_all
from labpress.sources.loose_dates import loose_date
from labpress.sources.record import Record
from labpress.sources.safe_xml import text_of, xml_records
from labpress.sources.tagged import has_lines

_ATOM = "{http://www.w3.org/2005/Atom}"
_ARXIV = "{http://arxiv.org/schemas/atom}"

looks_like_atom = has_lines(
    r"<feed\b[^>]{0,500}http://www\.w3\.org/2005/Atom|<entry\b[^>]{0,500}http://www\.w3\.org/2005/Atom"
)


def parse_arxiv_atom(file: SourceFile) -> Parsed[tuple[Record, ...]]:
    """One record for each ``<entry>``; the first version's date is the paper's."""
    source, faults = decode(file)
    elements, broken = xml_records(source, "entry")
    return finish_all((_draft_of(*one) for one in elements), source, (*faults, *broken))


def _draft_of(entry: Element, line: int) -> Draft:
    draft = Draft(line=line)
    for author in entry.findall(f"{_ATOM}author"):
        put(draft, "author", text_of(author.find(f"{_ATOM}name")), line)
        put(draft, "affiliation", text_of(author.find(f"{_ARXIV}affiliation")), line)
    for path, meaning in (
        (f"{_ATOM}title", "title"),
        (f"{_ATOM}summary", "abstract"),
        (f"{_ARXIV}doi", "doi"),
        (f"{_ARXIV}journal_ref", "extra:journal_ref"),
        (f"{_ARXIV}comment", "note"),
    ):
        put(draft, meaning, text_of(entry.find(path)), line)
    draft.date = loose_date(text_of(entry.find(f"{_ATOM}published")) or text_of(entry.find(f"{_ATOM}updated")))
    identifier = text_of(entry.find(f"{_ATOM}id"))
    draft.arxiv = parse_arxiv(identifier) or ""
    primary = entry.find(f"{_ARXIV}primary_category")
    others = [one.get("term", "") for one in entry.findall(f"{_ATOM}category")]
    draft.category = (primary.get("term", "") if primary is not None else "") or (
        others[0] if draft.arxiv and others else ""
    )
    if more := [term for term in others if term and term != draft.category]:
        draft.extra["categories"] = one_line(", ".join(more))
    draft.type = "preprint" if draft.arxiv else "other"
    for link in entry.findall(f"{_ATOM}link"):
        address = link.get("href", "")
        if parse_arxiv(address) is None:  # The id says as much.
            draft.urls.append(address)
    return draft
