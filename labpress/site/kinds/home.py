"""The home page: who we are, selected papers, newest papers, papers per year."""

from __future__ import annotations

from collections.abc import Iterator

from labpress.core.text import sort_key
from labpress.entries.text_page import NEWS, TextEntry
from labpress.markup.references import resolve_references
from labpress.site.context import SiteContext, page_view, tag_view
from labpress.site.kinds.lists import sections_by_year, year_counts
from labpress.site.metadata.json_ld import Node, website_node
from labpress.site.pages import Page
from labpress.site.publishing import list_alternates, with_metadata
from labpress.site.references import references
from labpress.site.routes import HOME, PAPERS, output_file, year_path
from labpress.site.summary import summary_of
from labpress.site.views import BarView, CardView, HomePage, NewsView


def home_pages(context: SiteContext) -> Iterator[Page]:
    """One page."""
    config, catalog = context.config, context.catalog
    index = next((text for text in context.texts if text.id == "index"), None)
    introduction = index.content if index else config.description
    resolve = references(context, HOME, index.path if index else "", "index")
    shown = [key for key, entry in catalog.entries.items() if entry.paper.selected][: config.home.selected]
    newest = list(catalog.entries)[: config.home.newest]
    common = sorted(catalog.tags.values(), key=lambda term: (-len(term.papers), sort_key(term.label)))
    page = page_view(
        context.site,
        "home",
        HOME,
        config.title,
        description=_description(context, index, introduction.text),
        alternates=list_alternates(context.publishing, PAPERS, config.title),
        source=index.path if index else "",
    )

    def node() -> Node:
        return website_node(config.title, page.canonical, description=page.description, language=config.language)

    cards = tuple(context.cards.values())
    view = HomePage(
        site=context.site,
        page=with_metadata(page, context.site, context.publishing, node),
        introduction=resolve_references(introduction.html, resolve),
        selected=tuple(context.cards[key] for key in shown),
        newest=tuple(context.cards[key] for key in newest),
        sections=sections_by_year(context.site.words, cards, {}) if config.home.all_papers else (),
        papers_path=PAPERS if config.features.papers else "",
        paper_count=len(cards),
        author_count=len(catalog.authors),
        years=year_bars(cards) if config.home.chart else (),
        tags=tuple(tag_view(term) for term in common[: config.home.tags]),
        news=tuple(_news(context)),
    )
    yield Page(output_file(HOME), "home.html", view, view.page.source)


def _news(context: SiteContext) -> Iterator[NewsView]:
    """The latest news; what has no date comes last."""
    news = [text for text in context.texts if text.id.startswith(NEWS)]
    news.sort(key=lambda text: (text.date.iso if text.date else "", text.id), reverse=True)
    for text in news[: context.config.home.news]:
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


def year_bars(cards: tuple[CardView, ...]) -> tuple[BarView, ...]:
    """How many of ``cards`` came out each year, oldest first, with the years that had none."""
    counts = year_counts(cards)
    counts.pop(0, None)
    if not counts:
        return ()
    first, last = min(counts), max(counts)
    # A paper dated 1687 among today's must not draw three hundred empty years.
    years = range(first, last + 1) if last - first < 60 else sorted(counts)
    return tuple([BarView(str(year), counts.get(year, 0), year_path(year) if year in counts else "") for year in years])
