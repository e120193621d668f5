"""What templates see: plain values, the whole contract with theme authors.

A template gets the fields of one ``...Page`` by name. Addresses are relative to the site's root: ``tags/vision/``.
``Html`` is safe as it is, and escapes everything else that it is joined with.
"""

from __future__ import annotations

from msgspec import Struct, field

from labpress.markup.html import Html
from labpress.site.chart_views import BarView, NetworkView
from labpress.site.words import ENGLISH, Words


class MenuView(Struct, frozen=True, omit_defaults=True):
    """One item of the site's menu."""

    label: str
    path: str = ""
    """Inside the site."""
    url: str = ""
    """Outside of it; then ``path`` is empty."""


class SiteView(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The site as every page shows it."""

    title: str
    tagline: str = ""
    url: str = ""
    """The absolute address with a slash at its end, or "" when it is not known."""
    language: str = "en"
    direction: str = ""
    """``rtl`` when the language is written from right to left."""
    words: Words = ENGLISH
    """Every word of labpress's own, in the site's language."""
    menu: tuple[MenuView, ...] = ()
    footer: Html = field(default_factory=Html)
    repository: str = ""
    search: str = ""
    """Where the search box leads; empty for a site without search."""
    options: dict[str, str | int | float | bool] = field(default_factory=dict)
    """The theme's options, defaults filled in."""
    logo: PictureView | None = None
    """The lab's sign, which stands before the title."""
    stylesheets: tuple[str, ...] = ()
    head_scripts: tuple[str, ...] = ()
    """Scripts that must run before the first paint."""
    scripts: tuple[str, ...] = ()
    """Deferred scripts. All three are paths with a content hash in their names, in load order."""
    assets: dict[str, str] = field(default_factory=dict)
    """Asset name (``logo.svg``) -> path."""


class MetaView(Struct, frozen=True, omit_defaults=True):
    """One ``<meta>`` of the head: ``<meta name=... content=...>`` or ``property=`` for Open Graph."""

    key: str
    content: str
    attribute: str = "name"


class AlternateView(Struct, frozen=True, omit_defaults=True):
    """The same page as data: a feed or an export; its ``type`` is a media type."""

    type: str
    title: str
    path: str


class PageView(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the head and the frame of one page need."""

    kind: str
    """home, papers, paper, tags, tag, years, year, authors, author, venues, venue, page, 404 ..."""
    path: str
    """The page's own address: ``tags/vision/``."""
    root: str
    """From this page to the site's root: ``../../``; ``./`` on the home page; absolute on the 404 page."""
    title: str
    """Plain text, without the site's name."""
    description: str = ""
    language: str = ""
    """When it differs from the site's."""
    canonical: str = ""
    metas: tuple[MetaView, ...] = ()
    alternates: tuple[AlternateView, ...] = ()
    json_ld: Html = field(default_factory=Html)
    """A whole script element of JSON-LD, or nothing."""
    source: str = ""
    """The entry or page file that this page comes from, relative to the content folder."""


class LinkView(Struct, frozen=True, omit_defaults=True):
    """One link of a paper, such as its PDF."""

    kind: str
    label: str
    url: str = ""
    """Absolute, outside the site; or empty."""
    path: str = ""
    """Inside the site; or empty."""


class FormView(Struct, frozen=True, omit_defaults=True):
    """A picture in one width."""

    path: str
    width: int
    """In pixels."""


class PictureView(Struct, frozen=True, omit_defaults=True):
    """A picture of the lab's."""

    path: str
    alt: str = ""
    width: int = 0
    """In pixels, like ``height``; 0 where it could not be told."""
    height: int = 0
    forms: tuple[FormView, ...] = ()
    """The same picture in several widths, for ``srcset``; empty where it is published in one only."""
    leads_to: str = ""
    """What it is a picture of, such as a PDF; empty where that is the picture itself."""


class AuthorView(Struct, frozen=True, omit_defaults=True):
    """One author as a list or a paper shows them."""

    name: str
    path: str = ""
    member: bool = False
    equal: bool = False
    corresponding: bool = False
    orcid: str = ""


class TermView(Struct, frozen=True, omit_defaults=True):
    """One tag, year, author or venue, with the number of its papers."""

    label: str
    path: str
    count: int = 0
    member: bool = False
    group: str = ""
    """The heading it stands under in an index: a letter, or empty."""


class CardView(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One paper as a list shows it. Equal cards look equal on every page."""

    id: str
    path: str
    title: Html
    title_text: str = ""
    """The title as plain text, for attributes."""
    language: str = ""
    """Of the title, when it differs from the site's."""
    authors: tuple[AuthorView, ...] = ()
    et_al: bool = False
    date: str = ""
    """ISO, as far as known."""
    date_text: str = ""
    """``14 June 2022``"""
    year: int = 0
    """0: undated."""
    venue: str = ""
    venue_path: str = ""
    type: str = ""
    type_label: str = ""
    status: str = ""
    award: str = ""
    links: tuple[LinkView, ...] = ()
    tags: tuple[TermView, ...] = ()
    summary: str = ""
    """The first words of the abstract, plain."""
    image: PictureView | None = None
    """The teaser picture."""
    selected: bool = False
    draft: bool = False
    coins: str = ""
    """ContextObject for Zotero, or empty."""


class SectionView(Struct, frozen=True, omit_defaults=True):
    """The papers of one heading in a list."""

    heading: str
    cards: tuple[CardView, ...]
    path: str = ""
    count: int = 0
    """Papers under this heading on all pages of the list; 0 when the heading shows no number."""


class OrderView(Struct, frozen=True, omit_defaults=True):
    """One order that a list is to be had in."""

    label: str
    path: str
    is_current: bool = False


class PagerView(Struct, frozen=True, omit_defaults=True):
    """Where in a list of several pages this one stands."""

    number: int
    total: int
    previous: str = ""
    next: str = ""
    pages: tuple[TermView, ...] = ()


class NeighbourView(Struct, frozen=True, omit_defaults=True):
    """The paper before or after this one."""

    title: Html
    path: str
    language: str = ""
    """Of the title, when it differs from the site's."""


class RelatedView(Struct, frozen=True, omit_defaults=True):
    """One related paper, with what speaks for it."""

    title: Html
    path: str
    year: int = 0
    """0: undated."""
    reasons: tuple[str, ...] = ()
    """In words: ``Shared topics: reasoning, transformers``."""
    language: str = ""
    """Of the title, when it differs from the site's."""


class PaperView(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One paper on its own page."""

    card: CardView
    abstract: Html = field(default_factory=Html)
    body: Html = field(default_factory=Html)
    affiliations: tuple[str, ...] = ()
    has_equal: bool = False
    has_corresponding: bool = False
    published_in: str = ""
    """Volume, issue, pages and publisher in words."""
    categories: tuple[TermView, ...] = ()
    doi: str = ""
    arxiv: str = ""
    note: str = ""
    bibtex: str = ""
    reference: Html = field(default_factory=Html)
    """The formatted reference."""
    exports: tuple[AlternateView, ...] = ()
    previous: NeighbourView | None = None
    """The next older paper."""
    next: NeighbourView | None = None
    """The next newer paper."""
    related: tuple[RelatedView, ...] = ()
    """The most related first; nothing weak."""
    edit_url: str = ""


class HomePage(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """``home.html``"""

    site: SiteView
    page: PageView
    introduction: Html = field(default_factory=Html)
    selected: tuple[CardView, ...] = ()
    newest: tuple[CardView, ...] = ()
    sections: tuple[SectionView, ...] = ()
    """Every paper by year, where the site wants that instead of the newest."""
    papers_path: str = "papers/"
    """The list of all papers; empty when the site has none."""
    paper_count: int = 0
    author_count: int = 0
    statistics_path: str = ""
    """The papers in numbers; empty when the site does not show them."""
    years: tuple[BarView, ...] = ()
    """Papers per year, oldest first, years without papers included."""
    tags: tuple[TermView, ...] = ()
    """The commonest, most papers first."""
    news: tuple[NewsView, ...] = ()
    """The latest first."""


class PaperPage(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """``paper.html``"""

    site: SiteView
    page: PageView
    paper: PaperView


class ListPage(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """``list.html``: all papers, or those of a tag, a year or a venue; ``print.html``: all papers by type."""

    site: SiteView
    page: PageView
    heading: Html
    description: Html = field(default_factory=Html)
    count: int = 0
    sections: tuple[SectionView, ...] = ()
    pager: PagerView | None = None
    related: tuple[TermView, ...] = ()
    """Of a tag: the tags it often stands with; of a year: the years around it; else: the topics of its papers."""
    orders: tuple[OrderView, ...] = ()
    """Of the list of all papers: the orders that it is to be had in."""


class AuthorPage(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """``author.html``"""

    site: SiteView
    page: PageView
    heading: str
    count: int = 0
    member: bool = False
    """Belongs to the lab today."""
    was_here: str = ""
    """``2016–2021``: when somebody belonged to the lab who has left it; empty for everybody else."""
    role: str = ""
    homepage: str = ""
    orcid: str = ""
    also_as: tuple[str, ...] = ()
    biography: Html = field(default_factory=Html)
    image: PictureView | None = None
    links: tuple[LinkView, ...] = ()
    """Of people.yml, beside the home page."""
    sections: tuple[SectionView, ...] = ()
    pager: PagerView | None = None
    coauthors: tuple[TermView, ...] = ()
    """Most papers together first."""
    network: NetworkView = NetworkView()
    """This author and the closest co-authors; empty for most authors outside of the lab."""
    years: tuple[BarView, ...] = ()
    tags: tuple[TermView, ...] = ()


class NewsView(Struct, frozen=True, omit_defaults=True):
    """One piece of news, as the home page announces it."""

    title: Html
    path: str
    date: str = ""
    date_text: str = ""


class TermsPage(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """``terms.html``: the index of all tags, years, authors or venues."""

    site: SiteView
    page: PageView
    heading: str
    terms: tuple[TermView, ...] = ()
    years: tuple[BarView, ...] = ()
    statistics_path: str = ""
    """Of the index of years: the papers in numbers; empty when the site does not show them."""


class TextPage(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """``page.html`` and ``404.html``: a page of the lab's own words."""

    site: SiteView
    page: PageView
    heading: Html
    content: Html = field(default_factory=Html)
    date: str = ""
    """ISO, of news."""
    date_text: str = ""
    neighbours: tuple[MenuView, ...] = ()
    """The pages of the folder in which it lies, itself included; of news, those around it; none if it is alone."""
    folder: str = ""
    """What that folder is called."""
