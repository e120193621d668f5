"""The sitemap, cut into several files where the protocol's limits ask for it (sitemaps.org, version 0.9).

It says of no page when that was last changed: the date of a paper is another one, and the day of a build would be the
same for all.
"""

from __future__ import annotations

from collections.abc import Iterable

from labpress.site.data_views import SitemapIndexView, SitemapView

MAX_URLS = 50_000
MAX_BYTES = 50 * 1024 * 1024
SITEMAP = "sitemap.xml"

ENTRY_OVERHEAD = 40
"""Bytes of markup around one address, and some to spare."""

_FILE_OVERHEAD = 1_000


def sitemap_files(
    urls: Iterable[str], site_url: str, *, max_urls: int = MAX_URLS, max_bytes: int = MAX_BYTES
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
    index = SitemapIndexView(tuple(f"{site_url}{path}" for path, _ in files))
    return ((SITEMAP, index), *((path, SitemapView(part)) for path, part in files))


def _parts(urls: Iterable[str], max_urls: int, max_bytes: int) -> Iterable[tuple[str, ...]]:
    part: list[str] = []
    size = 0
    for url in urls:
        # Escaping makes an address longer: each & becomes five bytes.
        cost = len(url.encode()) + 4 * url.count("&") + ENTRY_OVERHEAD
        if part and (len(part) == max_urls or size + cost > max_bytes):
            yield tuple(part)
            part, size = [], 0
        part.append(url)
        size += cost
    if part:
        yield tuple(part)
