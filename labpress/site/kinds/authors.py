"""A page per author: papers by year, co-authors, topics."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from labpress.markup.html import Html
from labpress.markup.references import resolve_references
from labpress.site.catalog import Catalog, Term
from labpress.site.context import SiteContext, author_view, page_view, tag_view
from labpress.site.files import is_absolute
from labpress.site.kinds.home import year_bars
from labpress.site.kinds.lists import chunks, count_text, pager, section_counts, sections_by_year
from labpress.site.pages import Page
from labpress.site.references import references
from labpress.site.routes import author_path, output_file, pager_path
from labpress.site.views import AuthorPage, TermView

COAUTHORS = 40
"""Co-authors shown; a physicist may have three thousand."""


def author_pages(context: SiteContext) -> Iterator[Page]:
    """One list for each author."""
    for key, term in context.catalog.authors.items():
        yield from _author(context, key, term)


def _author(context: SiteContext, key: str, term: Term) -> Iterator[Page]:
    catalog = context.catalog
    identity = catalog.people[key]
    person = identity.person
    path = author_path(term)
    biography = resolve_references(person.bio.html, references(context, path)) if person else Html()
    photo = person.photo if person and not is_absolute(person.photo) else ""
    whole = section_counts(context, term.papers)
    for number, total, part in chunks(term.papers, context.config.per_page):
        own = pager_path(path, number)
        title = term.label if number == 1 else f"{term.label}, page {number}"
        first = number == 1
        view = AuthorPage(
            site=context.site,
            page=page_view(
                context.site,
                "author",
                own,
                title,
                description=f"{count_text(len(term.papers))} by {term.label} · {context.config.title}",
            ),
            heading=term.label,
            count=len(term.papers),
            member=person is not None and person.member,
            role=person.role if person else "",
            homepage=person.homepage if person else "",
            orcid=identity.orcid,
            also_as=identity.spellings if first else (),
            biography=biography if first else Html(),
            image=photo.removeprefix("static/").lstrip("/"),
            sections=sections_by_year(context, part, whole),
            pager=pager(path, number, total),
            coauthors=_coauthors(context, key, term) if first else (),
            years=year_bars(catalog, term.papers) if first else (),
            tags=_topics(catalog, term) if first else (),
        )
        yield Page(output_file(own), "author.html", view)


def _coauthors(context: SiteContext, key: str, term: Term) -> tuple[TermView, ...]:
    """The people of the most common papers, with how many."""
    authors = context.catalog.paper_authors
    counts = Counter(other for paper_id in term.papers for other in dict.fromkeys(authors[paper_id]) if other != key)
    people = context.catalog.people
    order = sorted(counts, key=lambda other: (-counts[other], people[other].name.sort_key, other))
    return tuple(author_view(context, other, counts[other]) for other in order[:COAUTHORS])


def _topics(catalog: Catalog, term: Term) -> tuple[TermView, ...]:
    """The author's commonest tags, with how many papers of theirs."""
    counts = Counter(tag for paper_id in term.papers for tag in catalog.paper_tags[paper_id])
    order = sorted(counts, key=lambda tag: (-counts[tag], tag))[:8]
    views = (tag_view(catalog.tags[tag]) for tag in order)
    return tuple(TermView(view.label, view.path, counts[tag]) for view, tag in zip(views, order, strict=True))
