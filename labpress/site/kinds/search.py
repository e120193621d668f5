"""What a search in the browser fetches, and how browsers find it."""

from __future__ import annotations

from collections.abc import Iterator

from labpress.core.deferred import Deferred
from labpress.site.context import SiteContext
from labpress.site.data_views import OpenSearchView
from labpress.site.pages import Page
from labpress.site.routes import HERE, OPEN_SEARCH, SEARCH, author_path, venue_path
from labpress.site.search.files import (
    CARDS_PER_FILE,
    TEXTS_PER_FILE,
    order_of,
    search_authors,
    search_cards,
    search_facets,
    search_index,
    search_terms,
    search_texts,
    search_words,
)
from labpress.site.search.index import shard_count
from labpress.site.views import TermView


def search_pages(context: SiteContext) -> Iterator[Page]:
    """The index in all its files; none for a site without search, or without papers."""
    if not context.site.search:
        return
    if context.site.url:
        address = f"{context.site.url}{context.site.search.removeprefix(HERE)}?q={{searchTerms}}"
        view = OpenSearchView(
            title=context.config.title,
            search_url=address,
            description=context.config.tagline,
            language=context.site.language,
        )
        yield Page(OPEN_SEARCH, "data:opensearch", view)
    entries = tuple(context.catalog.entries.values())
    cards = tuple(context.cards.values())
    order = order_of(context.catalog.entries)
    yield Page(f"{SEARCH}index.json", "data:json", Deferred(search_index, (context.site, entries, cards, order)))
    shards = shard_count(len(cards))
    for number in range(shards):
        yield Page(f"{SEARCH}terms/{number}.json", "data:json", Deferred(search_terms, (entries, cards, order, number)))
    if shards > 1:
        yield Page(f"{SEARCH}words.json", "data:json", Deferred(search_words, (cards, order)))
    catalog = context.catalog
    venues = tuple([TermView(term.label, venue_path(term)) for term in catalog.venues.values()])
    authors = tuple([TermView(term.label, author_path(term)) for term in catalog.authors.values()])
    yield Page(f"{SEARCH}facets.json", "data:json", Deferred(search_facets, (cards, venues, order)))
    yield Page(f"{SEARCH}authors.json", "data:json", Deferred(search_authors, (cards, authors, order)))
    for number, start in enumerate(range(0, len(cards), TEXTS_PER_FILE)):
        end = start + TEXTS_PER_FILE
        texts = Deferred(search_texts, (entries[start:end], cards[start:end], order))
        yield Page(f"{SEARCH}texts/{number}.json", "data:json", texts)
    for number, start in enumerate(range(0, len(cards), CARDS_PER_FILE)):
        part = Deferred(search_cards, (context.site, cards[start : start + CARDS_PER_FILE], order))
        yield Page(f"{SEARCH}cards/{number}.txt", "search-cards.html", part)
