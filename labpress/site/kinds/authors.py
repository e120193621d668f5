"""A page per author: papers by year, co-authors, topics."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from msgspec import Struct

from labpress.core.deferred import Deferred
from labpress.markup.html import Html
from labpress.markup.references import resolve_references
from labpress.site.catalog import Term
from labpress.site.chart_views import BarView
from labpress.site.context import SiteContext, is_member, page_view
from labpress.site.counts import year_bars
from labpress.site.kinds.lists import (
    cards_of,
    chunks,
    commonest,
    description_of,
    most_frequent,
    pager,
    sections_by_year,
    title_of,
    year_counts,
)
from labpress.site.kinds.people import person_links, portrait, time_here
from labpress.site.metadata.json_ld import Node, profile_node
from labpress.site.networks import Ties, laid_out, neighbourhood
from labpress.site.pages import Page
from labpress.site.publishing import Publishing, list_alternates, with_metadata, works
from labpress.site.references import references
from labpress.site.routes import absolute, author_path, output_file, pager_path
from labpress.site.views import AuthorPage, CardView, LinkView, PictureView, SiteView, TermView

MOST_PICTURED = 20
"""Authors with a picture of who writes with them, where nobody is a member of the lab."""

COAUTHORS = 40
"""Co-authors shown; a physicist may have three thousand."""


class AuthorFacts(Struct, frozen=True, kw_only=True):
    """What one page of an author is made from, beside the cards on it."""

    name: str
    path: str
    """Of the author's first page."""
    count: int
    number: int
    total: int
    years: dict[int, int] = {}
    member: bool = False
    """Belongs to the lab today."""
    was_here: str = ""
    """When, for somebody who belonged to it."""
    role: str = ""
    homepage: str = ""
    orcid: str = ""
    also_as: tuple[str, ...] = ()
    biography: Html = Html()
    image: PictureView | None = None
    links: tuple[LinkView, ...] = ()
    pictured: bool = False
    """Shows the closest co-authors as a network."""


class AuthorAround(Struct, frozen=True):
    """What stands around the papers on an author's first page."""

    coauthors: tuple[TermView, ...] = ()
    years: tuple[BarView, ...] = ()
    tags: tuple[TermView, ...] = ()
    network: Ties = Ties()


NOTHING = AuthorAround()


def author_pages(context: SiteContext) -> Iterator[Page]:
    """One list for each author."""
    pictured = _pictured(context)
    for key, term in context.catalog.authors.items():
        yield from _pages(context, key, term, pictured=key in pictured)


def _pictured(context: SiteContext) -> frozenset[str]:
    """The authors with a picture of who writes with them: members or, where nobody is one, those of most papers."""
    if not context.config.features.networks:
        return frozenset()
    authors = context.catalog.authors
    members = [key for key in authors if is_member(context, key)]
    most = sorted(authors, key=lambda key: (-len(authors[key].papers), key))[:MOST_PICTURED]
    return frozenset(key for key in members or most if len(authors[key].papers) > 1)


def _pages(context: SiteContext, key: str, term: Term, *, pictured: bool) -> Iterator[Page]:
    identity = context.catalog.people[key]
    person = identity.person
    path = author_path(term)
    is_ours = person is not None and person.member
    was_here = time_here(person, context.site.words) if person and is_ours and person.end else ""
    photo = portrait(person, context.files) if person else None
    cards = cards_of(context, term.papers)
    pages = list(chunks(cards, context.config.per_page))
    years = year_counts(cards) if len(pages) > 1 else {}
    for number, total, part in pages:
        facts = AuthorFacts(
            name=term.label,
            path=path,
            count=len(cards),
            number=number,
            total=total,
            years=years,
            member=is_ours and not was_here,
            was_here=was_here,
            role=person.role if person else "",
            homepage=person.homepage if person else "",
            orcid=identity.orcid,
            also_as=identity.spellings,
            biography=resolve_references(person.bio.html, references(context, path)) if person else Html(),
            image=photo.view if photo else None,
            links=person_links(person) if person else (),
            pictured=pictured and number == 1,
        )
        # The whole list is known to the page itself when it is the only one.
        around = around_author(path, cards, pictured=pictured) if number == 1 and total > 1 else NOTHING
        view = Deferred(author_page, (context.site, context.publishing, facts, part, around))
        yield Page(output_file(pager_path(path, number)), "author.html", view)


def around_author(path: str, cards: tuple[CardView, ...], *, pictured: bool) -> AuthorAround:
    """Co-authors, years and topics of all papers of the author at ``path``."""
    tags = (tag for card in cards for tag in card.tags)
    network = neighbourhood(path, cards) if pictured else Ties()
    return AuthorAround(_coauthors(path, cards), year_bars(cards), commonest(tags, 8), network)


def _coauthors(path: str, cards: tuple[CardView, ...]) -> tuple[TermView, ...]:
    """Who has most of the papers of the author at ``path`` too, each as named first; a paper counts once."""
    first = {author.path: author for card in reversed(cards) for author in card.authors}
    counts = Counter([key for card in cards for key in {author.path for author in card.authors}])
    for other_than in (path, ""):
        del counts[other_than]
    most = most_frequent(counts, lambda key: first[key].name, COAUTHORS)
    return tuple([TermView(first[key].name, key, counts[key], member=first[key].member) for key in most])


def author_page(
    site: SiteView, publishing: Publishing, facts: AuthorFacts, cards: tuple[CardView, ...], around: AuthorAround
) -> AuthorPage:
    """The view of one page of an author, of these values alone."""
    is_first = facts.number == 1
    words = site.words
    by_name = words.papers_by.format(papers=words.papers_counted(facts.count), name=facts.name)
    if facts.total == 1:
        around = around_author(facts.path, cards, pictured=facts.pictured)
    page = page_view(
        site,
        "author",
        pager_path(facts.path, facts.number),
        title_of(site, facts.name, facts.number),
        description=description_of(site, by_name, facts.number, facts.total),
        alternates=list_alternates(publishing, facts.path, f"{facts.name} · {site.title}"),
    )

    def node() -> Node:
        return profile_node(
            facts.name,
            page.canonical,
            orcid=facts.orcid,
            homepage=facts.homepage,
            image=absolute(site.url, facts.image.path) if facts.image else "",
            job="" if facts.was_here else facts.role,
            organisation=site.title if facts.member else "",
            former_organisation=site.title if facts.was_here else "",
            alternate_names=facts.also_as,
            papers=works(site, tuple([(card.title_text, card.path) for card in cards])),
        )

    return AuthorPage(
        site=site,
        page=with_metadata(page, site, publishing, node),
        heading=facts.name,
        count=facts.count,
        member=facts.member,
        was_here=facts.was_here,
        role=facts.role,
        homepage=facts.homepage,
        orcid=facts.orcid,
        also_as=facts.also_as if is_first else (),
        biography=facts.biography if is_first else Html(),
        image=facts.image,
        links=facts.links,
        sections=sections_by_year(words, cards, facts.years),
        pager=pager(facts.path, facts.number, facts.total),
        coauthors=around.coauthors,
        years=around.years,
        tags=around.tags,
        network=laid_out(around.network),
    )
