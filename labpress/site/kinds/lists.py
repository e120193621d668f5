"""Lists of papers: all of them, and those of a tag, a year or a venue."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import groupby

from labpress.markup.html import Html, html_of
from labpress.markup.references import resolve_references
from labpress.site.catalog import Catalog, Term
from labpress.site.context import SiteContext, page_view, tag_view
from labpress.site.pages import Page
from labpress.site.references import references
from labpress.site.routes import PAPERS, output_file, pager_path, tag_path, venue_path, year_path
from labpress.site.views import CardView, ListPage, PagerView, SectionView, TermView


def list_pages(context: SiteContext) -> Iterator[Page]:
    """Every list, each cut into pages of the configured length."""
    catalog = context.catalog
    all_papers = tuple(catalog.entries)
    about = f"All publications: {context.config.title}"
    yield from paged_list(context, "papers", PAPERS, "Publications", all_papers, description=about)
    texts = {topic.name: topic.description for topic in context.topics}
    for key, term in catalog.tags.items():
        path = tag_path(term)
        text = texts.get(term.label)
        html = resolve_references(text.html, references(context, path)) if text else Html()
        related = tuple(_often_together(catalog, key, term))
        yield from paged_list(context, "tag", path, term.label, term.papers, text=html, related=related)
    for year, term in catalog.years.items():
        heading = term.label if year else "Undated"
        neighbours = tuple(_years_around(catalog, year))
        yield from paged_list(context, "year", year_path(year), heading, term.papers, related=neighbours)
    if context.config.features.venues:
        for term in catalog.venues.values():
            yield from paged_list(context, "venue", venue_path(term), term.label, term.papers)


def paged_list(
    context: SiteContext,
    kind: str,
    path: str,
    heading: str,
    papers: tuple[str, ...],
    *,
    description: str = "",
    text: Html = Html(),  # noqa: B008  A frozen value.
    related: tuple[TermView, ...] = (),
) -> Iterator[Page]:
    """The list at ``path``, on as many pages as it needs."""
    description = description or f"{count_text(len(papers))}: {heading} · {context.config.title}"
    whole = section_counts(context, papers)
    for number, total, part in chunks(papers, context.config.per_page):
        own = pager_path(path, number)
        title = heading if number == 1 else f"{heading}, page {number}"
        view = ListPage(
            site=context.site,
            page=page_view(context.site, kind, own, title, description=description),
            heading=html_of(heading),
            description=text if number == 1 else Html(),
            count=len(papers),
            sections=sections_by_year(context, part, whole)
            if kind != "year"
            else (SectionView("", cards_of(context, part)),),
            pager=pager(path, number, total),
            related=related if number == 1 else (),
        )
        yield Page(output_file(own), "list.html", view)


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


def section_counts(context: SiteContext, papers: tuple[str, ...]) -> Counter[int]:
    """Year -> how many of ``papers``: the whole count of a section that is cut over two pages."""
    cards = context.cards
    return Counter(cards[paper_id].year for paper_id in papers)


def sections_by_year(
    context: SiteContext, papers: tuple[str, ...], whole: Counter[int] | None = None
) -> tuple[SectionView, ...]:
    """Papers under their years, in the order they come."""
    cards = context.cards
    sections = []
    for year, group in groupby(papers, lambda paper_id: cards[paper_id].year):
        part = cards_of(context, tuple(group))
        heading = str(year) if year else "Forthcoming" if part[0].status else "Undated"
        count = whole[year] if whole and year else len(part)
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
