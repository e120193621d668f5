"""Every paper on one page, for a CV or a report: by type, newest first."""

from __future__ import annotations

from collections.abc import Iterator

from labpress.core.deferred import Deferred
from labpress.markup.html import html_of
from labpress.site.context import SiteContext, page_view
from labpress.site.kinds.lists import orders_of
from labpress.site.pages import Page
from labpress.site.publishing import Publishing, with_metadata
from labpress.site.routes import PRINT, output_file
from labpress.site.views import CardView, ListPage, OrderView, SectionView, SiteView


def print_pages(context: SiteContext) -> Iterator[Page]:
    """One page, where the site wants it."""
    if context.config.features.print:
        given = (context.site, context.publishing, orders_of(context, PRINT), tuple(context.cards.values()))
        yield Page(output_file(PRINT), "print.html", Deferred(print_page, given))


def print_page(
    site: SiteView, publishing: Publishing, orders: tuple[OrderView, ...], cards: tuple[CardView, ...]
) -> ListPage:
    """The view of the page, of these values alone."""
    words = site.words
    sections = []
    for kind, label in words.types.items():
        some = tuple([card for card in cards if card.type == kind])
        if some:
            sections.append(SectionView(label, some, count=len(some)))
    description = words.publications_of.format(site=site.title)
    page = page_view(site, "print", PRINT, f"{words.publications} · {words.type}", description=description)
    return ListPage(
        site=site,
        page=with_metadata(page, site, publishing),
        heading=html_of(words.publications),
        count=len(cards),
        sections=tuple(sections),
        orders=orders,
    )
