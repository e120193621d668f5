"""Highwire Press tags: how Google Scholar and Zotero read a paper from its page.

Google Scholar's inclusion guidelines ask for ``citation_title``, one ``citation_author`` each and
``citation_publication_date``; without one of them a page counts as having no tags. Zotero's Embedded Metadata
translator takes the item's type from the last tag that sets one, so their order here matters.
"""

from __future__ import annotations

from collections.abc import Iterator

from labpress.core.names import Name
from labpress.site.citations.reference import Reference
from labpress.site.views import MetaView

_ZOTERO_TYPES = {
    "article": "journalArticle",
    "conference": "conferencePaper",
    "workshop": "conferencePaper",
    "chapter": "bookSection",
    "book": "book",
    "thesis": "thesis",
    "report": "report",
    "preprint": "preprint",
    "manuscript": "manuscript",
    "software": "computerProgram",
    "dataset": "dataset",
    "poster": "presentation",
    "talk": "presentation",
    "patent": "patent",
    "other": "document",
}


def highwire(ref: Reference) -> tuple[MetaView, ...]:
    """The tags of a paper's own page, empty ones left out."""
    return tuple([MetaView(key, content) for key, content in _tags(ref) if content])


def author_tag(name: Name, *, is_alone: bool = False) -> str:
    """``Family, Given``, particles and suffix with the family.

    Zotero splits a page's only author at the comma when there is a space on both sides of it. No-break spaces in the
    given name prevent that: they are not the space Zotero looks for, and it stores them as common ones. (A semicolon
    at the end prevents it too, but is then read as part of the name by others.)
    """
    if name.literal or not name.given:
        return name.family_with_particle
    family = f"{name.family_with_particle} {name.suffix}" if name.suffix else name.family_with_particle
    given = name.given.replace(" ", "\N{NO-BREAK SPACE}") if is_alone and " " in family else name.given
    return f"{family}, {given}"


def _tags(ref: Reference) -> Iterator[tuple[str, str]]:
    yield "citation_title", ref.title
    is_alone = len(ref.authors) == 1
    for author in ref.authors:
        yield "citation_author", author_tag(author.name, is_alone=is_alone)
    yield "citation_publication_date", _date(ref)
    kind = _kind(ref)
    yield from kind
    yield from _publisher(ref)
    yield "citation_volume", ref.volume
    yield "citation_issue", ref.issue
    yield "citation_firstpage", ref.first_page
    yield "citation_lastpage", ref.last_page
    yield "citation_issn", ref.issn
    yield "citation_isbn", ref.isbn
    yield "citation_doi", ref.doi
    yield "citation_arxiv_id", ref.arxiv
    yield "citation_pmid", ref.pmid
    yield "citation_language", ref.language
    yield "citation_keywords", "; ".join(ref.keywords)
    yield "citation_abstract", ref.abstract
    yield "citation_abstract_html_url", ref.url
    yield "citation_fulltext_html_url", ref.links.get("html", "")
    yield "citation_pdf_url", ref.pdf_url
    if not any(content for _, content in kind):
        # Without a tag that sets a type Zotero would take the page for a journal article.
        yield "z:itemType", _ZOTERO_TYPES[ref.type]


def _date(ref: Reference) -> str:
    """``2024/05/17``, or ``2024`` where the day is not known: the two forms that Google Scholar asks for."""
    date = ref.date
    if not date:
        return ""
    return date.iso.replace("-", "/") if date.day else f"{date.year:04}"


def _kind(ref: Reference) -> tuple[tuple[str, str], ...]:
    """The tags that tell what kind of publication this is, and where it stands."""
    kind = ref.type
    if kind == "article":
        return (("citation_journal_title", ref.container),)
    if kind in ("conference", "workshop", "poster", "talk"):
        # The proceedings come first: a page whose last such tag is an inbook_title is a book section to Zotero.
        proceedings = ref.container if ref.event else ""
        return (("citation_inbook_title", proceedings), ("citation_conference_title", ref.event or ref.container))
    if kind == "chapter":
        return (("citation_inbook_title", ref.container),)
    if kind == "thesis":
        return (("citation_dissertation_institution", ref.institution),)
    if kind == "report":
        return (("citation_technical_report_institution", ref.institution),)
    return ()


def _publisher(ref: Reference) -> Iterator[tuple[str, str]]:
    if ref.type in ("chapter", "book"):
        for editor in ref.editors:
            yield "citation_editor", author_tag(editor.name)
    yield "citation_series_title", ref.series
    # The number of a preprint, but never an institution: that would make it a report.
    if ref.type in ("report", "preprint"):
        yield "citation_technical_report_number", ref.archive_number or ref.number
    yield "citation_publisher", ref.archive or ref.publisher or (ref.container if ref.type == "other" else "")
