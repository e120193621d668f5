"""Files about the whole site: sitemap, robots.txt, the picture for links."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from labpress.site.context import SiteContext
from labpress.site.data_views import RedirectView, RobotsView, ShareImageView, SitemapIndexView, SitemapUrl
from labpress.site.pages import Page
from labpress.site.publishing import SHARE_IMAGE
from labpress.site.routes import NOT_FOUND, paper_path
from labpress.site.sitemaps import SITEMAP, page_url, sitemap_files

ACCENT = "#8a1c32"


def whole_site(context: SiteContext, pages: Iterable[Page]) -> Iterator[Page]:
    """What is made from the plan of all other pages."""
    url = context.site.url
    for path, view in sitemap_files(_urls(context, pages), url):
        yield Page(path, "data:sitemap_index" if isinstance(view, SitemapIndexView) else "data:sitemap", view)
    yield Page("robots.txt", "data:robots", RobotsView(f"{url}{SITEMAP}" if url else ""))
    if context.publishing.share_image == SHARE_IMAGE and context.publishing.is_own_image:
        accent = context.site.options.get("accent")
        picture = ShareImageView(context.config.title, accent if isinstance(accent, str) and accent else ACCENT)
        yield Page(SHARE_IMAGE, "data:share_image", picture)


def _urls(context: SiteContext, pages: Iterable[Page]) -> Iterator[SitemapUrl]:
    """Every page meant for indexing; a paper's with its day, where the day is known."""
    days = {
        f"{paper_path(paper_id)}index.html": entry.paper.date.iso
        for paper_id, entry in context.catalog.entries.items()
        if entry.paper.date
    }
    for page in pages:
        if page.path.endswith(".html") and page.path != NOT_FOUND and not isinstance(page.view, RedirectView):
            path = page.path.removesuffix("index.html")
            yield SitemapUrl(page_url(context.site.url, path), days.get(page.path, ""))
