"""The people of the lab: who is there, who was, and where to find them."""

from __future__ import annotations

from collections.abc import Iterator

from labpress.core.dates import PartialDate
from labpress.core.diagnostics import Diagnostic, Span
from labpress.entries.people import Person
from labpress.markup.html import Html, html_of
from labpress.markup.references import resolve_references
from labpress.site.context import SiteContext, page_view
from labpress.site.files import ContentFiles, is_absolute, missing_file
from labpress.site.pages import Page, Scaled
from labpress.site.people_views import PeoplePage, PeopleView, PersonView
from labpress.site.pictures import PORTRAIT, Shown, picture
from labpress.site.publishing import with_metadata
from labpress.site.references import references
from labpress.site.routes import PEOPLE, author_path, output_file
from labpress.site.summary import summary_of
from labpress.site.views import LinkView
from labpress.site.words import Words

LABELS = {
    "bluesky": "Bluesky", "cv": "CV", "dblp": "DBLP", "github": "GitHub", "gitlab": "GitLab", "linkedin": "LinkedIn",
    "mastodon": "Mastodon", "openalex": "OpenAlex", "openreview": "OpenReview", "researchgate": "ResearchGate",
    "scholar": "Google Scholar", "x": "X", "youtube": "YouTube",
}  # fmt: skip
"""Key of a person's links -> label; any other key is its own."""


def people_pages(context: SiteContext) -> Iterator[Page]:
    """One page, where people.yml has members: those of today in its order, then alumni, who left last first.

    Nobody asks what day it is: an alumnus is who has a ``to:``.
    """
    members = context.members
    if not members:
        return
    words = context.site.words
    current = [person for person in members if person.end is None]
    alumni = sorted((person for person in members if person.end), key=_last_to_leave)
    both = bool(current and alumni)
    groups = (
        _group(context, words.current_members if both else "", current),
        _group(context, words.alumni, alumni),
    )
    own = next((text for text in context.texts if text.id == "people"), None)
    title = own.title.text if own else words.people
    described = (own.description or summary_of(own.content.text)) if own else ""
    page = page_view(
        context.site,
        "people",
        PEOPLE,
        title,
        description=described or f"{title} · {context.config.title}",
        source=own.path if own else "",
    )
    resolve = references(context, PEOPLE, own.path if own else "", "people")
    view = PeoplePage(
        site=context.site,
        page=with_metadata(page, context.site, context.publishing),
        heading=own.title.html if own else html_of(title),
        introduction=resolve_references(own.content.html, resolve) if own else Html(),
        groups=tuple(group for group in groups if group.people),
    )
    yield Page(output_file(PEOPLE), "people.html", view, page.source)


def _last_to_leave(person: Person) -> tuple[int, int, int, tuple[str, str, str]]:
    end = person.end or PartialDate(0)
    return -end.year, -end.month, -end.day, person.name.sort_key


def _group(context: SiteContext, heading: str, people: list[Person]) -> PeopleView:
    views = tuple(_person(context, person) for person in people)
    return PeopleView(heading, views, any(view.image for view in views))


def _person(context: SiteContext, person: Person) -> PersonView:
    term = context.catalog.authors.get(person.key)
    photo = portrait(person, context.files)
    return PersonView(
        name=person.name.display,
        initials="".join(word[0] for word in (person.name.given, person.name.family) if word)[:2].upper(),
        path=author_path(term) if term else "",
        role=person.role,
        years=time_here(person, context.site.words),
        count=len(term.papers) if term else 0,
        homepage=person.homepage,
        orcid=person.orcid,
        links=person_links(person),
        image=photo.view if photo else None,
        biography=resolve_references(person.bio.html, references(context, PEOPLE)),
    )


def person_links(person: Person) -> tuple[LinkView, ...]:
    """Where else to find the person."""
    return tuple(_link(kind, address) for kind, address in person.links.items())


def _link(kind: str, address: str) -> LinkView:
    label = LABELS.get(kind.lower()) or kind[:1].upper() + kind[1:]
    if is_absolute(address):
        return LinkView(kind, label, url=address)
    return LinkView(kind, label, path=address.removeprefix("static/").lstrip("/"))


def time_here(person: Person, words: Words) -> str:
    """``since 2021``, ``2016–2021``; "" where people.yml does not say."""
    start, end = person.start, person.end
    if start and end:
        same = start.year == end.year
        return str(end.year) if same else words.years_here.format(start=start.year, end=end.year)
    if end:
        return words.until.format(year=end.year)
    return words.since.format(year=start.year) if start else ""


def portrait(person: Person, files: ContentFiles) -> Shown | None:
    """The person's photo; None without one, for one that is not there, and for one on another site."""
    source = photo_file(person)
    return picture(files, source, source.removeprefix("static/"), "", PORTRAIT) if source in files.names else None


def portraits(context: SiteContext) -> Iterator[Scaled]:
    """The photos of all people in the widths that pages show."""
    for person in context.people:
        shown = portrait(person, context.files)
        yield from shown.drawn if shown else ()


def missing_photos(people: tuple[Person, ...], files: ContentFiles) -> tuple[Diagnostic, ...]:
    """Photos that people.yml names and static/ does not have."""
    return tuple(
        missing_file(person.photo, Span(f"{files.root}people.yml", person.photo_line), files)
        for person in people
        if person.photo and photo_file(person) not in files.names
    )


def photo_file(person: Person) -> str:
    """The content file that is the person's photo, if it is there; "" for a person without one."""
    return f"static/{person.photo.removeprefix('static/').lstrip('/')}" if person.photo else ""
