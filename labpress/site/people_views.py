"""What the template of the people page sees."""

from __future__ import annotations

from msgspec import Struct, field

from labpress.markup.html import Html
from labpress.site.views import LinkView, PageView, PictureView, SiteView


class PersonView(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One person of the lab, as the people page shows them."""

    name: str
    initials: str = ""
    """For the place of a photo that is not there."""
    path: str = ""
    """Of the author's page; empty for somebody without papers."""
    role: str = ""
    years: str = ""
    """``since 2021``, ``2016–2021``"""
    count: int = 0
    """Papers."""
    homepage: str = ""
    orcid: str = ""
    links: tuple[LinkView, ...] = ()
    image: PictureView | None = None
    biography: Html = field(default_factory=Html)


class PeopleView(Struct, frozen=True, omit_defaults=True):
    """The people under one heading."""

    heading: str
    people: tuple[PersonView, ...]
    has_photos: bool = False


class PeoplePage(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """``people.html``: who belongs and who belonged to the lab."""

    site: SiteView
    page: PageView
    heading: Html
    introduction: Html = field(default_factory=Html)
    groups: tuple[PeopleView, ...] = ()
