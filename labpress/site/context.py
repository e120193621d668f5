"""What every page kind is made from: the catalog, the configuration, and the parts that pages share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from operator import attrgetter
from typing import TYPE_CHECKING

from msgspec import Struct

from labpress.entries.config import SiteConfig
from labpress.entries.entry import Entry
from labpress.entries.people import Person
from labpress.entries.text_page import TextEntry
from labpress.entries.topics import Topic
from labpress.markup.text import Inline
from labpress.site.files import ContentFiles
from labpress.site.publishing import Publishing
from labpress.site.related import Compared
from labpress.site.routes import absolute, author_path, root_of, tag_path, venue_path
from labpress.site.views import AlternateView, CardView, MetaView, NeighbourView, PageView, SiteView, TermView

if TYPE_CHECKING:  # An edit of one paper needs to know who wrote it, but not who everybody is.
    from labpress.site.catalog import Catalog, Term


class SiteContext(Struct, frozen=True):
    """The input of every page kind. Cards are made once, since each stands on many pages."""

    config: SiteConfig
    catalog: Catalog
    site: SiteView
    cards: Mapping[str, CardView]
    neighbours: dict[str, NeighbourView]
    """Each paper as the papers before and after it show it."""
    files: ContentFiles
    publishing: Publishing
    texts: tuple[TextEntry, ...] = ()
    topics: tuple[Topic, ...] = ()
    people: tuple[Person, ...] = ()
    """people.yml, in its order."""
    compared: Compared = Compared()
    """Which papers are related; empty where the site does not show it."""
    title_of: Callable[[Entry], Inline] = attrgetter("title")
    """The title of an entry of the catalog, which may be a head. A plan that asks depends on the answer."""

    @property
    def has_statistics(self) -> bool:
        """Whether there is a page of numbers."""
        return self.config.features.statistics and bool(self.catalog.entries)

    @property
    def members(self) -> tuple[Person, ...]:
        """Who belongs or belonged to the lab."""
        return tuple(person for person in self.people if person.member)


def page_view(
    site: SiteView,
    kind: str,
    path: str,
    title: str,
    *,
    description: str = "",
    alternates: tuple[AlternateView, ...] = (),
    metas: tuple[MetaView, ...] = (),
    language: str = "",
    source: str = "",
) -> PageView:
    """The head and frame of the page at ``path``."""
    return PageView(
        kind=kind,
        path=path,
        root=root_of(path),
        title=title,
        description=description,
        language=language,
        canonical=absolute(site.url, path),
        alternates=alternates,
        metas=metas,
        source=source,
    )


def tag_view(term: Term) -> TermView:
    """The tag with the number of its papers."""
    return TermView(term.label, tag_path(term), len(term.papers))


def author_view(context: SiteContext, key: str) -> TermView:
    """The author with the number of the papers."""
    term = context.catalog.authors[key]
    return TermView(term.label, author_path(term), len(term.papers), member=is_member(context, key))


def venue_view(term: Term) -> TermView:
    """The venue with the number of its papers."""
    return TermView(term.label, venue_path(term), len(term.papers))


def is_member(context: SiteContext, key: str) -> bool:
    """Whether people.yml names this author as one of the lab."""
    person = context.catalog.people[key].person
    return person is not None and person.member
