"""What a site's own exports say of every paper, and its entries do not: where its page is, and the site's language."""

from __future__ import annotations

from collections.abc import Container

from msgspec.structs import replace

from labpress.core.languages import parse_language
from labpress.entries.config import SiteConfig
from labpress.sources.record import Record


def without_own(record: Record, ids: Container[str], site: SiteConfig) -> Record:
    """``record`` without the addresses of the pages of ``ids`` on ``site``, and without the language that this has.

    So what a site has exported is imported again as what its entries say.
    """
    fields, extra, links = record.fields, record.extra, record.links
    if parse_language(fields.get("language", "")) == site.language:
        fields = {name: value for name, value in fields.items() if name != "language"}
    if site.url:
        links = {kind: address for kind, address in links.items() if not _is_own(address, ids, site.url)}
        others = [address for address in extra.get("url", "").split() if not _is_own(address, ids, site.url)]
        extra = {name: value for name, value in {**extra, "url": " ".join(others)}.items() if value}
    return replace(record, fields=fields, extra=extra, links=links)


def _is_own(address: str, ids: Container[str], site_url: str) -> bool:
    """Whether ``address`` is the page of one of ``ids``, or a file that lies beside it."""
    papers = f"{site_url}papers/"
    paper_id, slash, _file = address.removeprefix(papers).partition("/")
    return address.startswith(papers) and bool(slash) and paper_id in ids
