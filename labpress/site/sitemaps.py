"""The sitemap, cut into several files where the protocol's limits ask for it (sitemaps.org, version 0.9)."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote

from labpress.site.data_views import SitemapIndexView, SitemapUrl, SitemapView

MAX_URLS = 50_000
MAX_BYTES = 50 * 1024 * 1024
SITEMAP = "sitemap.xml"

ENTRY_OVERHEAD = 80
"""Bytes of markup around one address and its date, and some to spare."""

_FILE_OVERHEAD = 1_000
_URL_SAFE = "/:@!$&'()*+,;=~%"


def page_url(site_url: str, path: str) -> str:
    """The absolute address of ``path`` with everything escaped that an address may not carry."""
    return site_url + (path if path.isascii() and " " not in path else quote(path, safe=_URL_SAFE))


def sitemap_files(
    urls: Iterable[SitemapUrl], site_url: str, *, max_urls: int = MAX_URLS, max_bytes: int = MAX_BYTES
) -> tuple[tuple[str, SitemapView | SitemapIndexView], ...]:
    """Path and view of each file; nothing while the site's address is not known, since a sitemap has full addresses.

    All files stand at the site's root: a sitemap may only list what is below its own folder.
    """
    if not site_url:
        return ()
    parts = list(_parts(urls, max_urls, max_bytes - _FILE_OVERHEAD))
    if len(parts) < 2:
        return ((SITEMAP, SitemapView(parts[0] if parts else ())),)
    files = [(f"sitemap-{number}.xml", part) for number, part in enumerate(parts, start=1)]
    index = SitemapIndexView(
        tuple(SitemapUrl(f"{site_url}{path}", max(url.modified for url in part)) for path, part in files)
    )
    return ((SITEMAP, index), *((path, SitemapView(part)) for path, part in files))


def _parts(urls: Iterable[SitemapUrl], max_urls: int, max_bytes: int) -> Iterable[tuple[SitemapUrl, ...]]:
    part: list[SitemapUrl] = []
    size = 0
    for url in urls:
        # Escaping makes an address longer: each & becomes five bytes.
        cost = len(url.url.encode()) + 4 * url.url.count("&") + ENTRY_OVERHEAD
        if part and (len(part) == max_urls or size + cost > max_bytes):
            yield tuple(part)
            part, size = [], 0
        part.append(url)
        size += cost
    if part:
        yield tuple(part)
