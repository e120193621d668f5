"""The indexes of all tags, years, authors and venues."""

from __future__ import annotations

from collections.abc import Iterator
from operator import attrgetter

from msgspec.structs import replace

from labpress.core.text import letter_of
from labpress.site.chart_views import BarView
from labpress.site.context import SiteContext, author_view, page_view, tag_view, venue_view
from labpress.site.counts import year_bars
from labpress.site.pages import Page
from labpress.site.publishing import with_metadata
from labpress.site.routes import AUTHORS, STATISTICS, TAGS, VENUES, YEARS, output_file, year_path
from labpress.site.views import TermsPage, TermView


def terms_pages(context: SiteContext) -> Iterator[Page]:
    """One page for each index; those of tags and venues only where there are some."""
    catalog, words = context.catalog, context.site.words
    if catalog.tags:
        tags = tuple(tag_view(term) for term in catalog.tags.values())
        yield _terms(context, "tags", TAGS, words.topics, tags)
    years = tuple(
        TermView(term.label if year else words.undated, year_path(year), len(term.papers))
        for year, term in catalog.years.items()
    )
    yield _terms(context, "years", YEARS, words.years, years, years=year_bars(tuple(context.cards.values())))
    authors = [
        replace(author_view(context, key), group=letter_of(catalog.people[key].name.family)) for key in catalog.authors
    ]
    authors.sort(key=attrgetter("group"))
    yield _terms(context, "authors", AUTHORS, words.authors, tuple(authors))
    if context.config.features.venues and catalog.venues:
        venues = tuple(venue_view(term) for term in catalog.venues.values())
        yield _terms(context, "venues", VENUES, words.venues, venues)


def _terms(
    context: SiteContext,
    kind: str,
    path: str,
    heading: str,
    terms: tuple[TermView, ...],
    *,
    years: tuple[BarView, ...] = (),
) -> Page:
    description = context.site.words.index_of.format(heading=heading, site=context.config.title)
    page = page_view(context.site, kind, path, heading, description=description)
    page = with_metadata(page, context.site, context.publishing)
    statistics = STATISTICS if kind == "years" and context.has_statistics else ""
    view = TermsPage(
        site=context.site, page=page, heading=heading, terms=terms, years=years, statistics_path=statistics
    )
    return Page(output_file(path), "terms.html", view)
