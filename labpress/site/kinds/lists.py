"""Lists of papers: all of them, and those of a tag, a year or a venue."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import groupby

from msgspec import Struct

from labpress.core.deferred import Deferred
from labpress.markup.html import Html, html_of
from labpress.markup.references import resolve_references
from labpress.site.catalog import Catalog, Term
from labpress.site.context import SiteContext, page_view, tag_view
from labpress.site.metadata.json_ld import collection_node
from labpress.site.pages import Page
from labpress.site.publishing import Publishing, list_alternates, with_metadata, works
from labpress.site.references import references
from labpress.site.routes import PAPERS, output_file, pager_path, tag_path, venue_path, year_path
from labpress.site.views import CardView, ListPage, PagerView, SectionView, SiteView, TermView


class ListFacts(Struct, frozen=True):
    """What one page of a list is made from, beside the cards on it."""

    kind: str
    path: str
    """Of the list's first page."""
    heading: str
    count: int
    """Papers on all pages of the list."""
    number: int
    total: int
    years: dict[int, int]
    """Year -> papers of the whole list, for the headings of sections that are cut over two pages."""
    text: Html = Html()
    related: tuple[TermView, ...] = ()


def list_pages(context: SiteContext) -> Iterator[Page]:
    """Every list, each cut into pages of the configured length."""
    catalog = context.catalog
    if context.config.features.papers:
        yield from _pages(context, "papers", PAPERS, "Publications", tuple(catalog.entries))
    texts = {topic.name: topic.description for topic in context.topics}
    for key, term in catalog.tags.items():
        path = tag_path(term)
        text = texts.get(term.label)
        html = resolve_references(text.html, references(context, path)) if text else Html()
        yield from _pages(
            context, "tag", path, term.label, term.papers, html, tuple(_often_together(catalog, key, term))
        )
    for year, term in catalog.years.items():
        heading = term.label if year else "Undated"
        yield from _pages(
            context, "year", year_path(year), heading, term.papers, Html(), tuple(_years_around(catalog, year))
        )
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
    related: tuple[TermView, ...] = (),
) -> Iterator[Page]:
    """The list at ``path``, on as many pages as it needs; text and related terms stand on the first."""
    years = year_counts(context, papers)
    for number, total, part in chunks(papers, context.config.per_page):
        extras = (text, related) if number == 1 else ()
        facts = ListFacts(kind, path, heading, len(papers), number, total, years, *extras)
        view = Deferred(list_page, (context.site, context.publishing, facts, cards_of(context, part)))
        yield Page(output_file(pager_path(path, number)), "list.html", view)


def list_page(site: SiteView, publishing: Publishing, facts: ListFacts, cards: tuple[CardView, ...]) -> ListPage:
    """The view of one page of a list, of these values alone."""
    heading, count = facts.heading, facts.count
    page = page_view(
        site,
        facts.kind,
        pager_path(facts.path, facts.number),
        heading if facts.number == 1 else f"{heading}, page {facts.number}",
        description=f"{count_text(count)}: {heading} · {site.title}",
        alternates=list_alternates(publishing, facts.path, f"{heading} · {site.title}"),
    )
    papers = works(site, tuple((card.title_text, card.path) for card in cards))
    node = collection_node(page.title, page.canonical, papers, count=count, description=page.description)
    return ListPage(
        site=site,
        page=with_metadata(page, site, publishing, node),
        heading=html_of(heading),
        description=facts.text,
        count=count,
        sections=(SectionView("", cards),) if facts.kind == "year" else sections_by_year(cards, facts.years),
        pager=pager(facts.path, facts.number, facts.total),
        related=facts.related,
    )


def count_text(count: int) -> str:
    """``1 paper``, ``1,234 papers``."""
    return "1 paper" if count == 1 else f"{count:,} papers"


def chunks(papers: tuple[str, ...], size: int) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Number, total and papers of each page; an empty list has one page."""
    size = size or max(1, len(papers))
    total = max(1, -(-len(papers) // size))
    for number in range(1, total + 1):
        yield number, total, papers[(number - 1) * size : number * size]


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
    """The cards of ``papers``, in their order."""
    cards = context.cards
    return tuple([cards[paper_id] for paper_id in papers])


def year_counts(context: SiteContext, papers: tuple[str, ...]) -> dict[int, int]:
    """Year -> how many of ``papers``, in the order they come."""
    cards = context.cards
    return dict(Counter([cards[paper_id].year for paper_id in papers]))


def sections_by_year(cards: tuple[CardView, ...], whole: dict[int, int]) -> tuple[SectionView, ...]:
    """Papers under their years, in the order they come. ``whole`` counts a section's papers on all pages."""
    sections = []
    for year, group in groupby(cards, lambda card: card.year):
        part = tuple(group)
        heading = str(year) if year else "Forthcoming" if part[0].status else "Undated"
        count = whole.get(year, 0) if year else len(part)
        sections.append(SectionView(heading, part, year_path(year) if year else "", count))
    return tuple(sections)


def _often_together(catalog: Catalog, key: str, term: Term) -> Iterator[TermView]:
    """The tags that most often stand beside this one, at least twice."""
    counts = Counter(other for paper_id in term.papers for other in catalog.paper_tags[paper_id] if other != key)
    for other, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:8]:
        if count > 1:
            yield tag_view(catalog.tags[other])


def _years_around(catalog: Catalog, year: int) -> Iterator[TermView]:
    """Up to two years with papers on either side of ``year``."""
    years = sorted(one for one in catalog.years if one)
    if year not in years:
        return
    at = years.index(year)
    for other in years[max(0, at - 2) : at + 3]:
        if other != year:
            yield TermView(str(other), year_path(other), len(catalog.years[other].papers))
