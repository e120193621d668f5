"""A page per author: papers by year, co-authors, topics."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from msgspec import Struct

from labpress.core.deferred import Deferred
from labpress.markup.html import Html
from labpress.markup.references import resolve_references
from labpress.site.catalog import Catalog, Term
from labpress.site.context import SiteContext, author_view, page_view, tag_view
from labpress.site.files import is_absolute
from labpress.site.kinds.home import year_bars
from labpress.site.kinds.lists import cards_of, chunks, count_text, pager, sections_by_year, year_counts
from labpress.site.metadata.json_ld import profile_node
from labpress.site.pages import Page
from labpress.site.publishing import Publishing, list_alternates, with_metadata, works
from labpress.site.references import references
from labpress.site.routes import absolute, author_path, output_file, pager_path
from labpress.site.views import AuthorPage, BarView, CardView, SiteView, TermView

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
    years: dict[int, int]
    member: bool = False
    role: str = ""
    homepage: str = ""
    orcid: str = ""
    also_as: tuple[str, ...] = ()
    biography: Html = Html()
    image: str = ""


class AuthorAround(Struct, frozen=True):
    """What stands around the papers on an author's first page."""

    coauthors: tuple[TermView, ...] = ()
    years: tuple[BarView, ...] = ()
    tags: tuple[TermView, ...] = ()


def author_pages(context: SiteContext) -> Iterator[Page]:
    """One list for each author."""
    for key, term in context.catalog.authors.items():
        yield from _pages(context, key, term)


def _pages(context: SiteContext, key: str, term: Term) -> Iterator[Page]:
    catalog = context.catalog
    identity = catalog.people[key]
    person = identity.person
    path = author_path(term)
    years = year_counts(context, term.papers)
    around = AuthorAround(_coauthors(context, key, term), year_bars(catalog, term.papers), _topics(catalog, term))
    photo = person.photo if person and not is_absolute(person.photo) else ""
    for number, total, part in chunks(term.papers, context.config.per_page):
        facts = AuthorFacts(
            name=term.label,
            path=path,
            count=len(term.papers),
            number=number,
            total=total,
            years=years,
            member=person is not None and person.member,
            role=person.role if person else "",
            homepage=person.homepage if person else "",
            orcid=identity.orcid,
            also_as=identity.spellings,
            biography=resolve_references(person.bio.html, references(context, path)) if person else Html(),
            image=photo.removeprefix("static/").lstrip("/"),
        )
        given = (context.site, context.publishing, facts, cards_of(context, part), around if number == 1 else NOTHING)
        yield Page(output_file(pager_path(path, number)), "author.html", Deferred(author_page, given))


NOTHING = AuthorAround()


def author_page(
    site: SiteView, publishing: Publishing, facts: AuthorFacts, cards: tuple[CardView, ...], around: AuthorAround
) -> AuthorPage:
    """The view of one page of an author, of these values alone."""
    is_first = facts.number == 1
    page = page_view(
        site,
        "author",
        pager_path(facts.path, facts.number),
        facts.name if is_first else f"{facts.name}, page {facts.number}",
        description=f"{count_text(facts.count)} by {facts.name} · {site.title}",
        alternates=list_alternates(publishing, facts.path, f"{facts.name} · {site.title}"),
    )
    node = profile_node(
        facts.name,
        page.canonical,
        orcid=facts.orcid,
        homepage=facts.homepage,
        image=absolute(site.url, facts.image) if facts.image else "",
        job=facts.role,
        organisation=site.title if facts.member else "",
        alternate_names=facts.also_as,
        papers=works(site, tuple((card.title_text, card.path) for card in cards)),
    )
    return AuthorPage(
        site=site,
        page=with_metadata(page, site, publishing, node),
        heading=facts.name,
        count=facts.count,
        member=facts.member,
        role=facts.role,
        homepage=facts.homepage,
        orcid=facts.orcid,
        also_as=facts.also_as if is_first else (),
        biography=facts.biography if is_first else Html(),
        image=facts.image,
        sections=sections_by_year(cards, facts.years),
        pager=pager(facts.path, facts.number, facts.total),
        coauthors=around.coauthors,
        years=around.years,
        tags=around.tags,
    )


def _coauthors(context: SiteContext, key: str, term: Term) -> tuple[TermView, ...]:
    """The people of the most common papers, with how many."""
    authors = context.catalog.paper_authors
    counts = Counter(other for paper_id in term.papers for other in dict.fromkeys(authors[paper_id]) if other != key)
    people = context.catalog.people
    order = sorted(counts, key=lambda other: (-counts[other], people[other].name.sort_key, other))
    return tuple([author_view(context, other, counts[other]) for other in order[:COAUTHORS]])


def _topics(catalog: Catalog, term: Term) -> tuple[TermView, ...]:
    """The author's commonest tags, with how many papers of theirs."""
    counts = Counter(tag for paper_id in term.papers for tag in catalog.paper_tags[paper_id])
    order = sorted(counts, key=lambda tag: (-counts[tag], tag))[:8]
    views = (tag_view(catalog.tags[tag]) for tag in order)
    return tuple(TermView(view.label, view.path, counts[tag]) for view, tag in zip(views, order, strict=True))
