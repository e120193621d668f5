"""All papers in other orders than by date: by title, and by venue."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import islice
from typing import NamedTuple

from msgspec import Struct

from labpress.core.deferred import Deferred
from labpress.core.text import letter_of, sort_key
from labpress.markup.html import html_of
from labpress.site.context import SiteContext, page_view
from labpress.site.kinds.lists import chunks, description_of, orders_of, pager, title_of
from labpress.site.pages import Page
from labpress.site.publishing import Publishing, list_alternates, with_metadata
from labpress.site.routes import BY_TITLE, BY_VENUE, PAPERS, output_file, pager_path, venue_path
from labpress.site.views import CardView, ListPage, OrderView, SectionView, SiteView


class OrderHeading(Struct, frozen=True):
    """A heading, with the papers under it on this page and on all pages."""

    text: str
    path: str
    here: int
    count: int


class OrderFacts(Struct, frozen=True, kw_only=True):
    """What one page of a list in another order is made from, beside the cards on it."""

    path: str
    count: int
    number: int
    total: int
    orders: tuple[OrderView, ...]
    headings: tuple[OrderHeading, ...]


class _Heading(NamedTuple):
    """What a paper stands under."""

    text: str
    path: str = ""


class _Order(NamedTuple):
    """One order of all papers."""

    heading_of: Callable[[CardView], _Heading]
    key: Callable[[CardView], tuple[object, ...]]


def order_pages(context: SiteContext) -> Iterator[Page]:
    """A list for each order that the list of all papers names."""
    for order in orders_of(context):
        if order.path == BY_TITLE:
            yield from _pages(context, BY_TITLE, _title_order(context))
        elif order.path == BY_VENUE:
            yield from _pages(context, BY_VENUE, _Order(_venue_of(context), _by_venue))


def _pages(context: SiteContext, path: str, order: _Order) -> Iterator[Page]:
    cards = tuple(sorted(context.cards.values(), key=order.key))
    whole = Counter(map(order.heading_of, cards))
    for number, total, part in chunks(cards, context.config.per_page):
        here = Counter(map(order.heading_of, part))
        facts = OrderFacts(
            path=path,
            count=len(cards),
            number=number,
            total=total,
            orders=orders_of(context, path),
            headings=tuple(OrderHeading(*heading, count, whole[heading]) for heading, count in here.items()),
        )
        view = Deferred(order_page, (context.site, context.publishing, facts, part))
        yield Page(output_file(pager_path(path, number)), "list.html", view)


def order_page(site: SiteView, publishing: Publishing, facts: OrderFacts, cards: tuple[CardView, ...]) -> ListPage:
    """The view of one page of such a list, of these values alone."""
    rest = iter(cards)
    sections = [SectionView(one.text, tuple(islice(rest, one.here)), one.path, one.count) for one in facts.headings]
    heading = site.words.publications
    by = next(order.label for order in facts.orders if order.is_current)
    described = f"{site.words.papers_counted(facts.count)}: {heading} · {by}"
    page = page_view(
        site,
        "papers",
        pager_path(facts.path, facts.number),
        title_of(site, f"{heading} · {by}", facts.number),
        description=description_of(site, described, facts.number, facts.total),
        alternates=list_alternates(publishing, PAPERS, f"{heading} · {site.title}"),
    )
    return ListPage(
        site=site,
        page=with_metadata(page, site, publishing),
        heading=html_of(heading),
        count=facts.count,
        sections=tuple(sections),
        pager=pager(facts.path, facts.number, facts.total),
        orders=facts.orders,
    )


def _title_order(context: SiteContext) -> _Order:
    """Under the first letters of titles, whatever quotation marks these begin with."""
    titles = {
        paper_id: _without_signs(context.title_of(entry).text) for paper_id, entry in context.catalog.entries.items()
    }
    letters = {paper_id: _Heading(letter_of(title)) for paper_id, title in titles.items()}
    return _Order(lambda card: letters[card.id], lambda card: (letters[card.id], *sort_key(titles[card.id]), card.id))


def _without_signs(title: str) -> str:
    """``title`` from its first letter or figure on."""
    return title[next((at for at, char in enumerate(title) if char.isalnum()), len(title)) :]


def _by_venue(card: CardView) -> tuple[object, ...]:
    """Papers of one venue together, in their order; those without a venue come last, by type."""
    return (not card.venue_path, *sort_key(card.venue_path or card.type_label))


def _venue_of(context: SiteContext) -> Callable[[CardView], _Heading]:
    """The heading of a paper: its venue as the index of venues has it, which leaves the year out."""
    venues = {venue_path(term): _Heading(term.label, venue_path(term)) for term in context.catalog.venues.values()}
    return lambda card: venues.get(card.venue_path) or _Heading(card.type_label)
