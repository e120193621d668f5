"""From the lab's entries to the plan of its site. Nothing is rendered here, and nothing is written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from operator import attrgetter
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from labpress.core.diagnostics import Diagnostic, Parsed, Span, quoted
from labpress.entries.config import SiteConfig
from labpress.entries.entry import Entry, duplicate_ids
from labpress.entries.people import Person
from labpress.entries.text_page import TextEntry
from labpress.entries.topics import Topic
from labpress.markup.references import resolve_references
from labpress.markup.text import Inline
from labpress.site.cards import make_cards, neighbour_of
from labpress.site.catalog import Catalog, make_catalog
from labpress.site.context import SiteContext
from labpress.site.files import ContentFiles, missing_file, static_copies
from labpress.site.kinds.authors import author_pages
from labpress.site.kinds.exports import list_exports, paper_exports
from labpress.site.kinds.home import home_pages
from labpress.site.kinds.lists import list_pages
from labpress.site.kinds.orders import order_pages
from labpress.site.kinds.papers import paper_pages
from labpress.site.kinds.people import missing_photos, people_pages, portraits
from labpress.site.kinds.print_list import print_pages
from labpress.site.kinds.redirects import redirect_pages
from labpress.site.kinds.search import search_pages
from labpress.site.kinds.statistics import statistics_pages
from labpress.site.kinds.terms import terms_pages
from labpress.site.kinds.texts import text_pages
from labpress.site.kinds.whole import whole_site
from labpress.site.menu import menu_faults, menu_items
from labpress.site.pages import Page, Plan, collisions
from labpress.site.pictures import logo_file, logo_of
from labpress.site.publishing import missing_share_image, publishing_of
from labpress.site.related import Compared, compared_later
from labpress.site.routes import HERE, PAPERS, RESERVED
from labpress.site.text_links import follow_links
from labpress.site.views import PictureView, SiteView
from labpress.site.words import ENGLISH, Words


class Content(Struct, frozen=True):
    """Everything that the content folder says, read and validated."""

    config: SiteConfig
    entries: tuple[Entry, ...]
    files: ContentFiles
    people: tuple[Person, ...] = ()
    topics: tuple[Topic, ...] = ()
    texts: tuple[TextEntry, ...] = ()


class ThemeView(Struct, frozen=True):
    """What a theme gives to every page: options with the lab's values, and the addresses of its assets."""

    options: dict[str, str | int | float | bool] = {}
    stylesheets: tuple[str, ...] = ()
    head_scripts: tuple[str, ...] = ()
    scripts: tuple[str, ...] = ()
    assets: dict[str, str] = {}
    logo: PictureView | None = None
    """Where the option names one of the theme's own assets."""


PAGE_KINDS: tuple[Callable[[SiteContext], Iterator[Page]], ...] = (
    home_pages,
    paper_pages,
    list_pages,
    order_pages,
    author_pages,
    people_pages,
    terms_pages,
    print_pages,
    statistics_pages,
    text_pages,
    redirect_pages,
    paper_exports,
    list_exports,
    search_pages,
)
"""Every kind of page, in the order of the plan. All but those of papers are planned without what is related."""


class PlannedSite(NamedTuple):
    """Every file of the site, and what its pages are made from."""

    plan: Plan
    context: SiteContext


def plan_site(
    content: Content,
    theme: ThemeView,
    words: Words = ENGLISH,
    *,
    drafts: bool = False,
    relate: Callable[[Catalog], Callable[[], Compared]] = compared_later,
    meanwhile: Callable[[SiteContext], None] = lambda _context: None,
    title_of: Callable[[Entry], Inline] = attrgetter("title"),
) -> Parsed[PlannedSite]:
    """Every file of the site. Faulty entries have been left out before; faults between entries are found here.

    ``drafts``: with the entries and pages that are not to be published yet, for a preview. ``relate`` begins to compare
    papers, and gives what will give the result of that: it may go on elsewhere until paper pages are planned, and
    ``meanwhile`` is done with the context that all other pages were planned from.
    ``title_of`` is asked for the few titles that change what is planned, where entries are heads; cards are then heads
    too.
    """
    faults = list(duplicate_ids(content.entries))
    doubled = {fault.span.path for fault in faults if fault.span}
    known = [entry for entry in content.entries if entry.paper.path not in doubled]
    entries = [entry for entry in known if drafts or not entry.paper.draft]
    catalog, author_faults = make_catalog(entries, content.people)
    related = relate(catalog) if content.config.features.related else Compared
    summaries = theme.options.get("show_summary") is True
    cards = make_cards(catalog, content.config, content.files, words, summaries=summaries)
    texts, text_faults = _published_texts(content, drafts=drafts)
    context = SiteContext(
        config=content.config,
        catalog=catalog,
        site=site_view(content, catalog, texts, theme, words),
        cards=cards.cards,
        neighbours={paper_id: neighbour_of(card) for paper_id, card in cards.cards.items()},
        files=content.files,
        publishing=publishing_of(content.config),
        texts=texts,
        topics=content.topics,
        people=content.people,
        title_of=title_of,
    )
    pages, context = _all_pages(context, related, meanwhile)
    text_copies, link_faults = follow_links(context)
    copies = tuple(dict.fromkeys((*static_copies(content.files), *cards.copies, *text_copies)))
    pictures = tuple(dict.fromkeys((*cards.pictures, *portraits(context))))
    plan = Plan(tuple(pages), copies, pictures)
    root = content.files.root
    faults += [
        *menu_faults(content.config, f"{root}site.yml", texts),
        *missing_photos(content.people, content.files),
        *_missing_logo(content, theme),
        *missing_share_image(content.config, content.files),
        *author_faults,
        *cards.diagnostics,
        *text_faults,
        *link_faults,
        *collisions(plan, root),
    ]
    return Parsed(PlannedSite(plan, context), tuple(faults))


def _all_pages(
    context: SiteContext, related: Callable[[], Compared], meanwhile: Callable[[SiteContext], None]
) -> tuple[list[Page], SiteContext]:
    """Every page, and the context with ``related``, which is asked for as late as can be."""
    planned = {kind: list(kind(context)) for kind in PAGE_KINDS if kind is not paper_pages}
    meanwhile(context)
    context = replace(context, compared=related())
    planned[paper_pages] = list(paper_pages(context))
    pages = [page for kind in PAGE_KINDS for page in planned[kind]]
    return [*pages, *whole_site(context, pages)], context


def _published_texts(content: Content, *, drafts: bool) -> tuple[tuple[TextEntry, ...], tuple[Diagnostic, ...]]:
    """The lab's own pages in menu order, without names that labpress needs itself and, mostly, without drafts."""
    faults = []
    texts = []
    for text in sorted(content.texts, key=lambda text: (text.order, text.id)):
        if text.draft and not drafts:
            continue
        if text.id.partition("/")[0] in RESERVED - {"index", "404"}:
            message = f"expected a page name that labpress does not use itself, found {quoted(text.id)}"
            faults.append(Diagnostic("reserved-name", message, Span(text.path), "rename the file"))
            continue
        texts.append(text)
    return tuple(texts), tuple(faults)


RIGHT_TO_LEFT = frozenset(["ar", "fa", "he", "ur", "ps", "sd", "ug", "yi", "dv", "ckb"])


def site_view(
    content: Content, catalog: Catalog, texts: tuple[TextEntry, ...], theme: ThemeView, words: Words = ENGLISH
) -> SiteView:
    """The site as every page shows it."""
    config = content.config
    has_members = any(person.member for person in content.people)
    return SiteView(
        title=config.title,
        tagline=config.tagline,
        url=config.url,
        language=config.language,
        direction="rtl" if config.language.split("-")[0].lower() in RIGHT_TO_LEFT else "",
        words=words,
        menu=tuple(menu_items(config, catalog, texts, words, has_members=has_members)),
        footer=resolve_references(config.footer.html, lambda _kind, _target: None),
        repository=config.repository,
        search=(PAPERS if config.features.papers else HERE) if config.features.search and catalog.entries else "",
        options=theme.options,
        stylesheets=theme.stylesheets,
        head_scripts=theme.head_scripts,
        scripts=theme.scripts,
        assets=theme.assets,
        logo=theme.logo or logo_of(theme.options, content.files),
    )


def _missing_logo(content: Content, theme: ThemeView) -> tuple[Diagnostic, ...]:
    """The fault of a logo that neither the theme nor static/ has."""
    found = logo_file(theme.options)
    if theme.logo or not found or found in content.files.names:
        return ()
    span = Span(f"{content.files.root}site.yml", content.config.line("options", "logo"))
    return (missing_file(found.removeprefix("static/"), span, content.files),)
