"""Files about the whole site: sitemap, robots.txt, the picture for links."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from labpress.site.context import SiteContext
from labpress.site.data_views import RedirectView, RobotsView, ShareImageView, SitemapIndexView
from labpress.site.pages import Page
from labpress.site.publishing import SHARE_IMAGE
from labpress.site.routes import NOT_FOUND, absolute
from labpress.site.sitemaps import SITEMAP, sitemap_files

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


def _urls(context: SiteContext, pages: Iterable[Page]) -> Iterator[str]:
    """Every page meant for indexing."""
    for page in pages:
        if page.path.endswith(".html") and page.path != NOT_FOUND and not isinstance(page.view, RedirectView):
            yield absolute(context.site.url, page.path.removesuffix("index.html"))
