"""Lists of papers: all of them, and those of a tag, a year or a venue."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby

from msgspec import Struct
from msgspec.structs import replace

from labpress.core.deferred import Deferred
from labpress.core.remembered import ByIdentity
from labpress.markup.html import Html, html_of
from labpress.markup.references import resolve_references
from labpress.site.catalog import Catalog
from labpress.site.context import SiteContext, page_view
from labpress.site.metadata.json_ld import Node, collection_node
from labpress.site.pages import Page
from labpress.site.publishing import Publishing, list_alternates, with_metadata, works
from labpress.site.references import references
from labpress.site.routes import (
    BY_TITLE,
    BY_VENUE,
    PAPERS,
    PRINT,
    output_file,
    pager_path,
    tag_path,
    venue_path,
    year_path,
)
from labpress.site.views import CardView, ListPage, OrderView, PagerView, SectionView, SiteView, TermView
from labpress.site.words import Words


class ListFacts(Struct, frozen=True, kw_only=True):
    """What one page of a list is made from, beside the cards on it."""

    kind: str
    path: str
    """Of the list's first page."""
    heading: str
    count: int
    """Papers on all pages of the list."""
    number: int
    total: int
    years: dict[int, int] = {}
    """Year -> papers on all pages, where there are several."""
    text: Html = Html()
    related: tuple[TermView, ...] = ()
    """For a year, the years around it; for another list of several pages, the topics of its papers."""
    orders: tuple[OrderView, ...] = ()


def list_pages(context: SiteContext) -> Iterator[Page]:
    """Every list, each cut into pages of the configured length."""
    catalog = context.catalog
    if context.config.features.papers:
        orders = orders_of(context)
        heading = context.site.words.publications
        yield from _pages(context, "papers", PAPERS, heading, tuple(catalog.entries), orders=orders)
    texts = {topic.name: topic.description for topic in context.topics}
    for term in catalog.tags.values():
        path = tag_path(term)
        text = texts.get(term.label)
        html = resolve_references(text.html, references(context, path)) if text else Html()
        yield from _pages(context, "tag", path, term.label, term.papers, html)
    for year, term in catalog.years.items():
        heading = term.label if year else context.site.words.undated
        yield from _pages(context, "year", year_path(year), heading, term.papers, related=_years_around(catalog, year))
    if context.config.features.venues:
        for term in catalog.venues.values():
            yield from _pages(context, "venue", venue_path(term), term.label, term.papers)


def _pages(  # noqa: PLR0917  The facts of a list, in the order a reader meets them.
    context: SiteContext,
    kind: str,
    path: str,
    heading: str,
    papers: tuple[str, ...],
    text: Html = Html(),  # noqa: B008  A frozen value.
    *,
    related: tuple[TermView, ...] = (),
    orders: tuple[OrderView, ...] = (),
) -> Iterator[Page]:
    """The list at ``path``, on as many pages as it needs; text and related terms stand on the first."""
    cards = cards_of(context, papers)
    pages = list(chunks(cards, context.config.per_page))
    years = year_counts(cards) if len(pages) > 1 else {}
    for number, total, part in pages:
        if total > 1 and number == 1 and kind != "year":
            related = topics_of(kind, path, cards)
        facts = ListFacts(
            kind=kind,
            path=path,
            heading=heading,
            count=len(cards),
            number=number,
            total=total,
            years=years,
            text=text if number == 1 else Html(),
            related=related if number == 1 else (),
            orders=orders,
        )
        view = Deferred(list_page, (context.site, context.publishing, facts, part))
        yield Page(output_file(pager_path(path, number)), "list.html", view)


def list_page(site: SiteView, publishing: Publishing, facts: ListFacts, cards: tuple[CardView, ...]) -> ListPage:
    """The view of one page of a list, of these values alone."""
    heading, count = facts.heading, facts.count
    page = page_view(
        site,
        facts.kind,
        pager_path(facts.path, facts.number),
        title_of(site, heading, facts.number),
        description=description_of(site, f"{site.words.papers_counted(count)}: {heading}", facts.number, facts.total),
        alternates=list_alternates(publishing, facts.path, f"{heading} · {site.title}"),
    )

    def node() -> Node:
        papers = works(site, tuple([(card.title_text, card.path) for card in cards]))
        return collection_node(page.title, page.canonical, papers, count=count, description=page.description)

    is_year = facts.kind == "year"
    return ListPage(
        site=site,
        page=with_metadata(page, site, publishing, node),
        heading=html_of(heading),
        description=facts.text,
        count=count,
        sections=(SectionView("", cards),) if is_year else sections_by_year(site.words, cards, facts.years),
        pager=pager(facts.path, facts.number, facts.total),
        related=topics_of(facts.kind, facts.path, cards) if facts.total == 1 and not is_year else facts.related,
        orders=facts.orders,
    )


def orders_of(context: SiteContext, current: str = PAPERS) -> tuple[OrderView, ...]:
    """The orders that the list of all papers is to be had in, that of the printed page too; none where there is one."""
    features, words = context.config.features, context.site.words
    if not features.papers or len(context.cards) < 2:
        return ()
    paths = {words.date: PAPERS}
    if features.orders:
        paths[words.title] = BY_TITLE
    if features.orders and features.venues and context.catalog.venues:
        paths[words.venues] = BY_VENUE
    if features.print:
        paths[words.type] = PRINT
    if len(paths) < 2:
        return ()
    return tuple(OrderView(label, path, path == current) for label, path in paths.items())


def title_of(site: SiteView, heading: str, number: int) -> str:
    """The title of page ``number`` of a list."""
    return heading if number == 1 else site.words.title_of_page.format(title=heading, number=number)


def description_of(site: SiteView, text: str, number: int, total: int) -> str:
    """What ``text`` says of a list, for search engines: of each of its pages something else."""
    page = () if number == 1 else (site.words.page_of.format(number=number, total=total),)
    return " · ".join((text, *page, site.title))


def chunks(cards: tuple[CardView, ...], size: int) -> Iterator[tuple[int, int, tuple[CardView, ...]]]:
    """Number, total and cards of each page; an empty list has one page."""
    size = size or max(1, len(cards))
    total = max(1, -(-len(cards) // size))
    for number in range(1, total + 1):
        yield number, total, cards[(number - 1) * size : number * size]


def pager(path: str, number: int, total: int) -> PagerView | None:
    """Links to the other pages of a list; None when there is one page."""
    if total == 1:
        return None
    return PagerView(
        number=number,
        total=total,
        previous=pager_path(path, number - 1) if number > 1 else "",
        next=pager_path(path, number + 1) if number < total else "",
        pages=tuple(TermView(str(other), pager_path(path, other)) for other in _near(number, total)),
    )


def _near(number: int, total: int) -> list[int]:
    """The pages worth a link: the first, the last, and those around this one."""
    return sorted({1, total} | {other for other in range(number - 2, number + 3) if 1 <= other <= total})


def cards_of(context: SiteContext, papers: tuple[str, ...]) -> tuple[CardView, ...]:
    """The cards of ``papers``, in their order; for one list always the same tuple, so that it is digested once."""
    return _cards_of(context.cards, papers)


@ByIdentity
def _cards_of(cards: Mapping[str, CardView], papers: tuple[str, ...]) -> tuple[CardView, ...]:
    return tuple(map(cards.__getitem__, papers))


def year_counts(cards: tuple[CardView, ...]) -> dict[int, int]:
    """Year -> how many of ``cards``, in the order they come; 0 counts the undated."""
    return dict(Counter([card.year for card in cards]))


def sections_by_year(words: Words, cards: tuple[CardView, ...], whole: dict[int, int]) -> tuple[SectionView, ...]:
    """Papers under their years, in the order they come. ``whole`` counts a section's papers where pages cut it."""
    sections = []
    for year, group in groupby(cards, lambda card: card.year):
        part = tuple(group)
        heading = str(year) if year else words.forthcoming if part[0].status else words.undated
        count = whole.get(year, len(part)) if year else len(part)
        sections.append(SectionView(heading, part, year_path(year) if year else "", count))
    return tuple(sections)


def commonest(terms: Iterable[TermView], most: int) -> tuple[TermView, ...]:
    """The terms that come most often, each with how often it comes; equals in alphabetical order.

    Terms of one path are one term, however they are spelt; it is shown as it comes first.
    """
    terms = list(terms)
    counts = Counter([term.path for term in terms])
    first = {term.path: term for term in reversed(terms)}
    order = most_frequent(counts, lambda path: first[path].label, most)
    return tuple([replace(first[path], count=counts[path]) for path in order])


def most_frequent(counts: Mapping[str, int], label_of: Callable[[str], str], most: int) -> list[str]:
    """The paths that come most often; equals in alphabetical order of their labels."""
    labels = {path: label_of(path) for path in counts}
    # Sorts of plain values are quicker than one of tuples: sorting leaves equals in the order they had.
    order = list(counts) if len(set(labels.values())) == len(labels) else sorted(counts)
    order.sort(key=labels.__getitem__)
    order.sort(key=counts.__getitem__, reverse=True)
    return order[:most]


TOPICS_OF_ALL, TOPICS_OF_SOME = 24, 8
"""Topics shown beside the list of all papers, and beside others."""


def topics_of(kind: str, path: str, cards: tuple[CardView, ...]) -> tuple[TermView, ...]:
    """The commonest tags in the list at ``path``, with how often; beside a tag, those that it stands with twice."""
    most = TOPICS_OF_ALL if kind == "papers" else TOPICS_OF_SOME
    common = commonest((tag for card in cards for tag in card.tags if tag.path != path), most)
    return tuple(term for term in common if term.count > 1 or kind != "tag")


def _years_around(catalog: Catalog, year: int) -> tuple[TermView, ...]:
    """Up to two years with papers on either side of ``year``."""
    years = sorted(one for one in catalog.years if one)
    if year not in years:
        return ()
    at = years.index(year)
    around = [other for other in years[max(0, at - 2) : at + 3] if other != year]
    return tuple(TermView(str(other), year_path(other), len(catalog.years[other].papers)) for other in around)
