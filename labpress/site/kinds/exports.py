"""Papers and lists as data: BibTeX, RIS, CSL-JSON and feeds."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from labpress.core.deferred import Deferred
from labpress.core.remembered import ByIdentity
from labpress.entries.entry import Entry
from labpress.site.citing import facts_of, reference_for
from labpress.site.context import SiteContext
from labpress.site.data_views import BibliographyView, FeedEntryView, FeedView
from labpress.site.feeds import feed_entry, feed_of, permanent_key, tag_base
from labpress.site.kinds.lists import cards_of
from labpress.site.pages import Page
from labpress.site.publishing import JSON_FEED, feed_file, list_file
from labpress.site.routes import PAPERS, absolute, author_path, paper_path, tag_path, venue_path, year_path
from labpress.site.views import CardView, LinkView, SiteView

WRITERS = {"bib": "data:bibtex", "ris": "data:ris", "json": "data:csl"}
"""File name's ending -> writer."""

FEED_LENGTH = 100
"""Papers in a feed, the newest of a longer list: feed readers fetch the whole file again and again."""


def paper_exports(context: SiteContext) -> Iterator[Page]:
    """Each paper in every format, beside its page."""
    if not context.publishing.exports:
        return
    for paper_id, entry in context.catalog.entries.items():
        view = Deferred(paper_bibliography, (context.site, entry, context.cards[paper_id].links))
        for ending, writer in WRITERS.items():
            yield Page(f"{paper_path(paper_id)}{paper_id}.{ending}", writer, view, entry.paper.path)


def list_exports(context: SiteContext) -> Iterator[Page]:
    """Each list in every format, and as a feed; without list exports, the feed of the whole site only."""
    feeds = FeedSettings(tag_base(context.config.feed_id, context.config.url))
    lists = _lists(context) if context.publishing.list_exports or context.publishing.feeds else _whole(context)
    for path, title, papers in lists:
        cards = cards_of(context, papers)
        entries = tuple([context.catalog.entries[paper_id] for paper_id in papers])
        if context.publishing.list_exports:
            view = Deferred(list_bibliography, (context.site, path == PAPERS, entries, cards))
            for ending, writer in WRITERS.items():
                yield Page(list_file(path, ending), writer, view)
        if context.publishing.feeds or path == PAPERS:
            about = f"{title} · {context.config.title}" if title else context.config.title
            given = (context.site, feeds, feed_file(path), path, about, entries[:FEED_LENGTH])
            yield Page(feed_file(path), "data:atom", Deferred(list_feed, given))
    if context.publishing.feeds:
        newest = tuple(context.catalog.entries.values())[:FEED_LENGTH]
        whole = Deferred(list_feed, (context.site, feeds, JSON_FEED, PAPERS, context.config.title, newest))
        yield Page(JSON_FEED, "data:jsonfeed", whole)


def _lists(context: SiteContext) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Path, title and papers of every list of the site."""
    catalog = context.catalog
    yield from _whole(context)
    for tag in catalog.tags.values():
        yield tag_path(tag), tag.label, tag.papers
    for year, term in catalog.years.items():
        yield year_path(year), term.label if year else context.site.words.undated, term.papers
    for author in catalog.authors.values():
        yield author_path(author), author.label, author.papers
    if context.config.features.venues:
        for venue in catalog.venues.values():
            yield venue_path(venue), venue.label, venue.papers


def _whole(context: SiteContext) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    yield PAPERS, "", tuple(context.catalog.entries)


class FeedSettings(Struct, frozen=True):
    """What all feeds of the site share."""

    base: str
    """The beginning of every id."""


def paper_bibliography(site: SiteView, entry: Entry, links: tuple[LinkView, ...]) -> BibliographyView:
    """One paper's reference, with its abstract."""
    return BibliographyView((reference_for(entry, links, site_url=site.url, language=site.language),), full=True)


def list_bibliography(
    site: SiteView,
    full: bool,  # noqa: FBT001  Arguments of deferred views are positional.
    entries: tuple[Entry, ...],
    cards: tuple[CardView, ...],
) -> BibliographyView:
    """The references of a list; ``full`` with abstracts, as only the list of all papers has them."""
    links = [card.links for card in cards]
    references = reference_for.each(entries, links, site_url=site.url, language=site.language)
    return BibliographyView(tuple(references), full=full)


def list_feed(  # noqa: PLR0917  Arguments of deferred views are positional.
    site: SiteView, settings: FeedSettings, file: str, path: str, title: str, entries: tuple[Entry, ...]
) -> FeedView:
    """The feed, at ``file``, of the list at ``path``."""
    return feed_of(
        _feed_entry.each(entries, site_url=site.url, language=site.language, base=settings.base),
        title=title,
        author=site.title,
        base=settings.base,
        path=file,
        page_path="" if path == PAPERS else path,
        site_url=site.url,
        subtitle=site.tagline,
        language=site.language,
    )


@ByIdentity
def _feed_entry(entry: Entry, *, site_url: str, language: str, base: str) -> FeedEntryView:
    path = paper_path(entry.paper.id)
    facts = facts_of(entry, site_url=site_url, language=language)
    return feed_entry(facts, base=base, key=permanent_key(entry.paper), url=absolute(site_url, path) or path)
