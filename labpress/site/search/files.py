"""The files below ``search/``: a view for each, and how it is made from entries and cards.

All files but ``index.json`` are asked for with the version that it names. Their names stay, so that an edit of an
abstract changes no page and no plan; their addresses change with whatever they are made from. A host looks at names
alone, though, and sends what stands there now, also to a page that was opened before the site changed. So each file
says what its numbers mean, and those that mean different papers are never put together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import groupby

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from labpress.core.files import digest
from labpress.core.remembered import ByIdentity, Latest
from labpress.entries.entry import Entry
from labpress.site.search.index import (
    SearchTerms,
    SearchTexts,
    ShownTerms,
    abstract_terms,
    cut,
    distances,
    likely_words,
    shard_bounds,
    shard_count,
    shown_terms,
)
from labpress.site.views import CardView, SiteView, TermView

CARDS_PER_FILE = 10
"""As many as are shown at first: the results of a search are anywhere in the list."""
TEXTS_PER_FILE = 25
"""Some 10 kB when compressed."""
WITH_LINK = ("pdf", "code")
"""Kinds of link that papers can be filtered by."""


class SearchIndex(Struct, frozen=True, kw_only=True):
    """``search/index.json``: what the other files are, and when each paper is from."""

    version: str
    order: str
    """Which paper each number is: every file but those of terms says the same."""
    cut: str
    """That, and where the words are cut: every file of terms says the same."""
    papers: int
    years: tuple[tuple[int, int], ...]
    """Year and number of papers, in the order of papers; 0 for papers without a date."""
    bounds: tuple[str, ...]
    """The first word of each shard but the first."""
    cards_per_file: int = CARDS_PER_FILE
    texts_per_file: int = TEXTS_PER_FILE


class SearchWords(Struct, frozen=True):
    """``search/words.json``: what a misspelt word is looked for among, where words are in several files."""

    order: str
    words: list[str]


class SearchTextsFile(Struct, frozen=True):
    """``search/texts/0.json``: the texts of some papers, to find words side by side."""

    order: str
    papers: tuple[SearchTexts, ...]


class SearchCards(Struct, frozen=True):
    """``search-cards.html``: some papers as every list shows them, to be shown among the results of a search."""

    site: SiteView
    order: str
    root: str
    """From the file to the site's root."""
    cards: tuple[CardView, ...]


class Facet(Struct, frozen=True):
    """One way to narrow a list."""

    keys: tuple[str, ...]
    """As the address of a search has them."""
    labels: tuple[str, ...]
    papers: list[list[int]]
    """For each paper, places in ``keys``."""


class SearchFacets(Struct, frozen=True, kw_only=True):
    """``search/facets.json``"""

    order: str
    type: Facet
    tag: Facet
    venue: Facet
    links: dict[str, list[int]]
    """Kind -> the papers that have one, each as its distance from the one before."""


class SearchAuthors(Struct, frozen=True):
    """``search/authors.json``: the facet that weighs most, and is asked for least."""

    order: str
    author: Facet


def order_of(ids: Iterable[str]) -> str:
    """A mark for the order of papers, and for how many of them are in a file."""
    return _mark(tuple(ids), CARDS_PER_FILE, TEXTS_PER_FILE)


def _mark(*parts: object) -> str:
    return digest(msgspec.msgpack.encode(parts))[:12]


def search_index(site: SiteView, entries: tuple[Entry, ...], cards: tuple[CardView, ...], order: str) -> SearchIndex:
    """The file that says what the others are."""
    years = tuple((year, len(list(group))) for year, group in groupby(card.year for card in cards))
    return SearchIndex(
        version=_mark(order, site, cards, [entry.abstract.text for entry in entries]),
        order=order,
        cut=_mark(order, _bounds(cards)),
        papers=len(cards),
        years=years,
        bounds=_bounds(cards),
    )


def search_terms(entries: tuple[Entry, ...], cards: tuple[CardView, ...], order: str, number: int) -> SearchTerms:
    """One shard of the index of all words."""
    return _shards(entries, cards, order)[number]


@Latest
def _shards(entries: tuple[Entry, ...], cards: tuple[CardView, ...], order: str) -> tuple[SearchTerms, ...]:
    bounds = _bounds(cards)
    abstracts = abstract_terms(entry.abstract.text for entry in entries)
    return cut(_shown(cards), abstracts, bounds, _mark(order, bounds))


@Latest
def _shown(cards: tuple[CardView, ...]) -> ShownTerms:
    return shown_terms(_without_abstract.each(cards))


@Latest
def _bounds(cards: tuple[CardView, ...]) -> tuple[str, ...]:
    return shard_bounds((card.title_text for card in cards), shard_count(len(cards)))


def search_words(cards: tuple[CardView, ...], order: str) -> SearchWords:
    """The words of everything but abstracts."""
    return SearchWords(order, likely_words(_shown(cards)))


def search_texts(entries: tuple[Entry, ...], cards: tuple[CardView, ...], order: str) -> SearchTextsFile:
    """The texts of these papers."""
    both = zip(_without_abstract.each(cards), entries, strict=True)
    return SearchTextsFile(order, tuple([replace(shown, abstract=entry.abstract.text) for shown, entry in both]))


def search_cards(site: SiteView, cards: tuple[CardView, ...], order: str) -> SearchCards:
    """These papers as every list shows them, to be shown as results."""
    return SearchCards(site=site, order=order, root="../../", cards=cards)


@ByIdentity
def _without_abstract(card: CardView) -> SearchTexts:
    when = str(card.year) if card.year and str(card.year) not in card.venue else ""
    return SearchTexts(
        title=card.title_text,
        authors=tuple([author.name for author in card.authors]),
        tags=tuple([tag.label for tag in card.tags]),
        venue=f"{card.venue} {when}".strip(),
        abstract="",
    )


def search_facets(cards: tuple[CardView, ...], venues: tuple[TermView, ...], order: str) -> SearchFacets:
    """What papers can be filtered by. ``venues`` are all there are."""
    return SearchFacets(
        order=order,
        type=_facet(cards, lambda card: [TermView(card.type_label, card.type)]),
        tag=_facet(cards, lambda card: card.tags),
        venue=_facet(cards, lambda card: [TermView("", card.venue_path)] if card.venue_path else (), venues),
        links={kind: distances([at for at, card in enumerate(cards) if _has(card, kind)]) for kind in WITH_LINK},
    )


def search_authors(cards: tuple[CardView, ...], authors: tuple[TermView, ...], order: str) -> SearchAuthors:
    """Who papers are by. ``authors`` are all there are."""
    return SearchAuthors(
        order,
        _facet(cards, lambda card: [TermView("", author.path) for author in card.authors if author.path], authors),
    )


def _has(card: CardView, kind: str) -> bool:
    return any(link.kind == kind for link in card.links)


def _facet(
    cards: tuple[CardView, ...],
    terms_of: Callable[[CardView], Iterable[TermView]],
    known: tuple[TermView, ...] = (),
) -> Facet:
    """Terms are told apart by their path, of which the last part is the key."""
    places = {term.path: place for place, term in enumerate(known)}
    labels = [term.label for term in known]
    papers = []
    for card in cards:
        of_card: dict[int, None] = {}
        for term in terms_of(card):
            place = places.get(term.path)
            if place is None:
                place = places[term.path] = len(labels)
                labels.append(term.label)
            of_card[place] = None
        papers.append(list(of_card))
    return Facet(tuple([path.rstrip("/").rpartition("/")[2] for path in places]), tuple(labels), papers)
