"""The home page: who we are, selected papers, newest papers, papers per year."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from labpress.core.deferred import Deferred
from labpress.core.text import sort_key
from labpress.entries.text_page import TextEntry, latest_news
from labpress.markup.html import Html
from labpress.markup.references import resolve_references
from labpress.site.chart_views import BarView
from labpress.site.context import SiteContext, page_view, tag_view
from labpress.site.counts import year_bars
from labpress.site.kinds.lists import sections_by_year
from labpress.site.metadata.json_ld import Node, website_node
from labpress.site.pages import Page
from labpress.site.publishing import Publishing, list_alternates, with_metadata
from labpress.site.references import references
from labpress.site.routes import HOME, PAPERS, STATISTICS, output_file
from labpress.site.summary import summary_of
from labpress.site.views import CardView, HomePage, NewsView, SiteView, TermView


class HomeFacts(Struct, frozen=True, kw_only=True):
    """What the home page is made from, beside the cards on it."""

    description: str
    source: str
    introduction: Html
    papers_path: str
    paper_count: int
    author_count: int
    statistics_path: str
    years: tuple[BarView, ...]
    tags: tuple[TermView, ...]
    news: tuple[NewsView, ...]


def home_pages(context: SiteContext) -> Iterator[Page]:
    """One page."""
    config, catalog = context.config, context.catalog
    index = next((text for text in context.texts if text.id == "index"), None)
    source = index.path if index else ""
    introduction = index.content if index else config.description
    common = sorted(catalog.tags.values(), key=lambda term: (-len(term.papers), sort_key(term.label)))
    cards = tuple(context.cards.values())
    facts = HomeFacts(
        description=_description(context, index, introduction.text),
        source=source,
        introduction=resolve_references(introduction.html, references(context, HOME, source, "index")),
        papers_path=PAPERS if config.features.papers else "",
        paper_count=len(cards),
        author_count=len(catalog.authors),
        statistics_path=STATISTICS if context.has_statistics else "",
        years=year_bars(cards) if config.home.chart else (),
        tags=tuple(tag_view(term) for term in common[: config.home.tags]),
        news=tuple(_news(context)),
    )
    selected = tuple([card for card in cards if card.selected][: config.home.selected])
    listed = cards if config.home.all_papers else ()
    given = (context.site, context.publishing, facts, selected, cards[: config.home.newest], listed)
    yield Page(output_file(HOME), "home.html", Deferred(home_page, given), source)


def home_page(  # noqa: PLR0917  Each argument is fingerprinted on its own.
    site: SiteView,
    publishing: Publishing,
    facts: HomeFacts,
    selected: tuple[CardView, ...],
    newest: tuple[CardView, ...],
    papers: tuple[CardView, ...],
) -> HomePage:
    """The view of the home page, of these values alone."""
    page = page_view(
        site,
        "home",
        HOME,
        site.title,
        description=facts.description,
        alternates=list_alternates(publishing, PAPERS, site.title),
        source=facts.source,
    )

    def node() -> Node:
        return website_node(site.title, page.canonical, description=page.description, language=site.language)

    return HomePage(
        site=site,
        page=with_metadata(page, site, publishing, node),
        introduction=facts.introduction,
        selected=selected,
        newest=newest,
        sections=sections_by_year(site.words, papers, {}),
        papers_path=facts.papers_path,
        paper_count=facts.paper_count,
        author_count=facts.author_count,
        statistics_path=facts.statistics_path,
        years=facts.years,
        tags=facts.tags,
        news=facts.news,
    )


def _news(context: SiteContext) -> Iterator[NewsView]:
    for text in latest_news(context.texts)[: context.config.home.news]:
        date = (text.date.iso, context.site.words.dates.text(text.date)) if text.date else ("", "")
        yield NewsView(text.title.html, f"{text.id}/", *date)


def _description(context: SiteContext, index: TextEntry | None, introduction: str) -> str:
    config = context.config
    own = index.description if index else ""
    return (
        own
        or summary_of(introduction)
        or config.tagline
        or context.site.words.publications_of.format(site=config.title)
    )
