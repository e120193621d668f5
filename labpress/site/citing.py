"""The reference of an entry of this site: its facts, with the addresses that the site gives it."""

from __future__ import annotations

from msgspec.structs import replace

from labpress.core.remembered import ByIdentity
from labpress.entries.entry import Entry
from labpress.site.citations.reference import Reference, reference_of
from labpress.site.routes import absolute, paper_path
from labpress.site.views import LinkView


@ByIdentity
def facts_of(entry: Entry, *, site_url: str, language: str) -> Reference:
    """What citations, feeds and metadata say of ``entry``. Made once for all the lists that it is in."""
    return reference_of(
        entry.paper,
        title=entry.title.text,
        title_html=entry.title.html,
        abstract=entry.abstract.text,
        language=language,
        url=absolute(site_url, paper_path(entry.paper.id)),
    )


@ByIdentity
def reference_for(entry: Entry, links: tuple[LinkView, ...], *, site_url: str, language: str) -> Reference:
    """The same, with the address of the paper's PDF."""
    facts = facts_of(entry, site_url=site_url, language=language)
    pdf = next((link for link in links if link.kind == "pdf"), None)
    return replace(facts, pdf_url=pdf.url or absolute(site_url, pdf.path)) if pdf else facts


@ByIdentity
def bibtex_of(ref: Reference) -> str:
    """The reference as BibTeX, without its abstract."""
    from labpress.site.citations.bibtex import as_bibtex  # Not for a site without citations.

    return as_bibtex(ref)
