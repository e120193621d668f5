"""The papers in numbers and pictures, each leading to the list behind it."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from labpress.core.deferred import Deferred
from labpress.markup.html import Html, html_of
from labpress.markup.references import resolve_references
from labpress.site.catalog import venue_name
from labpress.site.context import SiteContext, page_view
from labpress.site.counts import CountedPaper, by_year, main_topic, topics_by_year, year_bars
from labpress.site.networks import people_network, topics_network
from labpress.site.pages import Page
from labpress.site.publishing import Publishing, with_metadata
from labpress.site.references import references
from labpress.site.routes import AUTHORS, PAPERS, PEOPLE, STATISTICS, TAGS, VENUES, YEARS, output_file
from labpress.site.statistics_view import StatisticsPage
from labpress.site.summary import summary_of
from labpress.site.views import SiteView, TermView

LATEST = 3
"""Years whose papers are told in numbers."""


class StatisticsFacts(Struct, frozen=True, kw_only=True):
    """What the page is made from, beside the cards."""

    title: str
    heading: Html
    introduction: Html = Html()
    description: str = ""
    source: str = ""
    figures: tuple[TermView, ...] = ()
    networks: bool = True


class CountedPapers(Struct, frozen=True):
    """All papers, to be fingerprinted as one: titles and texts have no part in it."""

    papers: tuple[CountedPaper, ...]


def statistics_pages(context: SiteContext) -> Iterator[Page]:
    """One page, where the site wants it and there are papers. The lab's own page of this name introduces it."""
    if not context.has_statistics:
        return
    words = context.site.words
    own = next((text for text in context.texts if text.id == "statistics"), None)
    resolve = references(context, STATISTICS, own.path if own else "", "statistics")
    facts = StatisticsFacts(
        title=own.title.text if own else words.statistics,
        heading=own.title.html if own else html_of(words.statistics),
        introduction=resolve_references(own.content.html, resolve) if own else Html(),
        description=(own.description or summary_of(own.content.text)) if own else "",
        source=own.path if own else "",
        figures=tuple(_figures(context)),
        networks=context.config.features.networks,
    )
    papers = [
        CountedPaper(card.year, card.type_label, card.venue, card.venue_path, card.tags, card.authors)
        for card in context.cards.values()
    ]
    given = (context.site, context.publishing, facts, CountedPapers(tuple(papers)))
    yield Page(output_file(STATISTICS), "statistics.html", Deferred(statistics_page, given), facts.source)


def _figures(context: SiteContext) -> Iterator[TermView]:
    words, catalog, features = context.site.words, context.catalog, context.config.features
    yield TermView(words.papers, PAPERS if features.papers else YEARS, len(catalog.entries))
    yield TermView(words.authors, AUTHORS, len(catalog.authors))
    if context.members:
        yield TermView(words.current_members, PEOPLE, len([one for one in context.members if one.end is None]))
    if features.venues and catalog.venues:
        yield TermView(words.venues, VENUES, len(catalog.venues))
    if catalog.tags:
        yield TermView(words.topics, TAGS, len(catalog.tags))
    yield TermView(words.years, YEARS, len([year for year in catalog.years if year]))


def statistics_page(
    site: SiteView, publishing: Publishing, facts: StatisticsFacts, counted: CountedPapers
) -> StatisticsPage:
    """The view of the page, of these values alone."""
    words, papers = site.words, counted.papers
    page = page_view(
        site,
        "statistics",
        STATISTICS,
        facts.title,
        description=facts.description or f"{facts.title} · {site.title}",
        source=facts.source,
    )
    years = [TermView(bar.label, bar.path, bar.count) for bar in reversed(year_bars(papers)) if bar.count]
    more = StatisticsPage(
        site=site,
        page=with_metadata(page, site, publishing),
        heading=facts.heading,
        introduction=facts.introduction,
        figures=tuple(figure for figure in facts.figures if figure.count),
        growth=tuple(years[:LATEST]),
        by_topic=by_year(papers, main_topic(papers), words.others),
        by_type=by_year(papers, lambda paper: TermView(paper.type_label, ""), words.others),
        by_venue=by_year(papers, _venue, words.others),
        topics=topics_by_year(papers),
    )
    if not facts.networks:
        return more
    return replace(more, together=topics_network(papers), people=people_network(papers))


def _venue(paper: CountedPaper) -> TermView | None:
    return TermView(venue_name(paper.venue), paper.venue_path) if paper.venue else None
