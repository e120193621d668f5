"""Cards: a paper as every list shows it, and the files that go with the paper."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from labpress.core.dates import PartialDate
from labpress.core.diagnostics import Diagnostic, Span
from labpress.core.identifiers import doi_url
from labpress.entries.config import SiteConfig
from labpress.entries.entry import NO_TITLE, Entry
from labpress.entries.paper import LINK_KINDS, Author, Paper
from labpress.site.citations.coins import as_coins
from labpress.site.citing import reference_for
from labpress.site.files import ContentFiles, address_of, beside, is_absolute, missing_file, published_path
from labpress.site.pages import Copy, Scaled
from labpress.site.pictures import first_page, own_pdf, pdf_path, picture
from labpress.site.routes import author_path, paper_path, tag_path, venue_path
from labpress.site.summary import summary_of
from labpress.site.views import AuthorView, CardView, LinkView, NeighbourView, PictureView, TermView
from labpress.site.words import Words

if TYPE_CHECKING:
    from labpress.site.catalog import Catalog

LINK_ORDER = {kind: place for place, kind in enumerate(LINK_KINDS)}


class Cards(NamedTuple):
    """Every paper's card, with the files that have to be published for them.

    Cards of heads have no title and nothing that is made of it: ``with_titles`` makes them whole.
    """

    cards: dict[str, CardView]
    copies: tuple[Copy, ...]
    pictures: tuple[Scaled, ...]
    diagnostics: tuple[Diagnostic, ...]


def make_cards(
    catalog: Catalog, config: SiteConfig, files: ContentFiles, words: Words, *, summaries: bool = False
) -> Cards:
    """One card for each paper; with ``summaries``, the first words of its abstract too."""
    maker = _CardMaker(catalog, config, files, words, summaries=summaries)
    cards = {paper_id: maker.card(entry) for paper_id, entry in catalog.entries.items()}
    copies, pictures = tuple(dict.fromkeys(maker.copies)), tuple(dict.fromkeys(maker.pictures))
    return Cards(cards, copies, pictures, tuple(maker.diagnostics))


def with_titles(cards: Sequence[CardView], entries: Sequence[Entry], config: SiteConfig) -> list[CardView]:
    """``cards``, each with the title of its entry and with what is made of it. The entries' texts do not matter."""
    coins = [""] * len(cards)
    if config.features.metadata:
        links = [card.links for card in cards]
        references = reference_for.each(entries, links, site_url=config.url, language=config.language)
        coins = list(map(as_coins, references))
    return [
        replace(card, title=entry.title.html, title_text=entry.title.text, coins=one)
        for card, entry, one in zip(cards, entries, coins, strict=True)
    ]


def with_title(card: CardView, entry: Entry, config: SiteConfig) -> CardView:
    """``with_titles`` for one card."""
    return with_titles((card,), (entry,), config)[0]


def neighbour_of(card: CardView) -> NeighbourView:
    """The paper, as the papers before and after it show it."""
    return NeighbourView(card.title, card.path, card.language)


class _CardMaker:
    """Shares the parts that many cards have: tags, and authors as they stand on most papers."""

    def __init__(
        self, catalog: Catalog, config: SiteConfig, files: ContentFiles, words: Words, *, summaries: bool
    ) -> None:
        self.catalog = catalog
        self.words = words
        self.dates: dict[PartialDate, str] = {}
        self.with_summaries = summaries
        self.files = files
        self.config = config
        self.with_venues = config.features.venues
        self.with_first_pages = config.features.first_pages
        self.copies: list[Copy] = []
        self.pictures: list[Scaled] = []
        self.diagnostics: list[Diagnostic] = []
        # Counts stay out of cards: a new paper would else change the card of every paper that shares a tag with it.
        self.tags = {key: TermView(term.label, tag_path(term)) for key, term in catalog.tags.items()}
        self.authors: dict[Author, AuthorView] = {}

    def card(self, entry: Entry) -> CardView:
        card = self.head(entry)
        return card if entry.title is NO_TITLE else with_title(card, entry, self.config)

    def head(self, entry: Entry) -> CardView:
        paper = entry.paper
        venue_key = self.catalog.paper_venue.get(paper.id, "")
        with_venue = venue_key and self.with_venues
        return CardView(
            id=paper.id,
            path=paper_path(paper.id),
            title=NO_TITLE,
            title_text=NO_TITLE,
            language=paper.language if paper.language != self.config.language else "",
            authors=tuple(map(self.author, self.catalog.paper_authors[paper.id], paper.authors)),
            et_al=paper.et_al,
            date=paper.date.iso if paper.date else "",
            date_text=self.date_text(paper.date) if paper.date else "",
            year=paper.date.year if paper.date else 0,
            venue=paper.venue,
            venue_path=venue_path(self.catalog.venues[venue_key]) if with_venue else "",
            type=paper.type,
            type_label=self.words.types[paper.type],
            status=self.words.statuses.get(paper.status.lower(), paper.status) if paper.status else "",
            award=paper.award,
            links=tuple(self.links(entry)),
            tags=tuple(self.tags[key] for key in self.catalog.paper_tags[paper.id]),
            summary=summary_of(entry.abstract.text) if self.with_summaries else "",
            image=self.picture(paper),
            selected=paper.selected,
            draft=paper.draft,
            coins=NO_TITLE,
        )

    def picture(self, paper: Paper) -> PictureView | None:
        """The teaser, whose own file is noted for publishing with those of the texts; or page one of the PDF."""
        if paper.image:
            found = beside(self.files, paper.path, paper.id, paper.image)
            path = published_path(found, paper_path(paper.id))
            shown = picture(self.files, found, path, paper.image_alt) if found else None
        else:
            found = own_pdf(paper, self.files) if self.with_first_pages else ""
            has_page = found in self.files.sizes
            shown = first_page(self.files, found, pdf_path(paper, found), self.words.first_page) if has_page else None
        self.pictures += shown.drawn if shown else ()
        return shown.view if shown else None

    def date_text(self, date: PartialDate) -> str:
        text = self.dates.get(date)
        if text is None:
            text = self.dates[date] = self.words.dates.text(date)
        return text

    def author(self, key: str, author: Author) -> AuthorView:
        """The author as every paper shows them that names them so; equal authors have one ``key``."""
        view = self.authors.get(author)
        if view is None:
            identity, term = self.catalog.people[key], self.catalog.authors.get(key)
            view = AuthorView(
                name=author.name.display,
                path=author_path(term) if term else "",
                member=identity.person is not None and identity.person.member,
                equal=author.equal,
                corresponding=author.corresponding,
                orcid=author.orcid or identity.orcid,
            )
            self.authors[author] = view
        return view

    def links(self, entry: Entry) -> list[LinkView]:
        """The links of a paper in the order readers look for them; its files are noted for publishing."""
        paper = entry.paper
        given = dict(paper.links)
        if "pdf" not in given:
            own = beside(self.files, paper.path, paper.id, f"{paper.id}.pdf") if self.files.names else ""
            if own:
                given["pdf"] = f"{paper.id}.pdf"
            elif paper.arxiv:
                given["pdf"] = f"https://arxiv.org/pdf/{paper.arxiv}"
        if paper.arxiv:
            given.setdefault("arxiv", f"https://arxiv.org/abs/{paper.arxiv}")
        if paper.doi:
            given.setdefault("doi", doi_url(paper.doi))
        views = []
        for kind in sorted(given, key=lambda kind: LINK_ORDER.get(kind, len(LINK_ORDER))):
            label = self.words.links.get(kind) or kind[:1].upper() + kind[1:]
            if is_absolute(given[kind]):
                views.append(LinkView(kind, label, url=given[kind]))
            else:
                path = self.publish(paper, given[kind], f"{paper.id}.pdf" if kind == "pdf" else "", "links")
                if path:
                    views.append(LinkView(kind, label, path=path))
        return views

    def publish(self, paper: Paper, name: str, as_name: str, field: str) -> str:
        """Note the file ``name`` for publishing in the paper's directory; "" when there is no such file."""
        found = beside(self.files, paper.path, paper.id, name)
        if not found:
            self.diagnostics.append(missing_file(name, Span(paper.path, paper.lines.get(field, 0)), self.files))
            return ""
        path = published_path(found, paper_path(paper.id), as_name or PurePosixPath(found).name)
        if not found.startswith("static/"):
            self.copies.append(Copy(path, found))
        return address_of(path)
