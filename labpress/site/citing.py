"""The reference of an entry of this site: its facts, with the addresses that the site gives it."""

from __future__ import annotations

from labpress.core.remembered import ByIdentity
from labpress.entries.entry import Entry
from labpress.site.citations.reference import Reference, reference_of
from labpress.site.routes import absolute, paper_path
from labpress.site.views import LinkView


@ByIdentity
def reference_for(
    entry: Entry, links: tuple[LinkView, ...], site_url: str, language: str, *, abstract: bool = False
) -> Reference:
    """What citations and metadata say of ``entry``. The abstract is left out where only the list entry counts."""
    pdf = next((link for link in links if link.kind == "pdf"), None)
    return reference_of(
        entry.paper,
        title=entry.title.text,
        title_html=entry.title.html,
        abstract=entry.abstract.text if abstract else "",
        language=language,
        url=absolute(site_url, paper_path(entry.paper.id)),
        pdf_url=(pdf.url or absolute(site_url, pdf.path)) if pdf else "",
    )
