"""Open Graph and Twitter cards: what chats and social sites show for a link.

Open Graph wants ``og:url`` and ``og:image`` absolute, so both are left out while the site's address is not known.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from labpress.site.citations.reference import Reference
from labpress.site.summary import summary_of
from labpress.site.views import MetaView

TITLE_LIMIT = 70
"""Characters of a title that a Twitter card shows."""


class ShareImage(Struct, frozen=True):
    """A picture that stands for a page."""

    url: str
    """Absolute."""
    alt: str = ""
    width: int = 0
    """Pixels; 0: unknown."""
    height: int = 0


def open_graph(
    *,
    title: str,
    site_title: str,
    url: str = "",
    description: str = "",
    language: str = "en",
    image: ShareImage | None = None,
    paper: Reference | None = None,
) -> tuple[MetaView, ...]:
    """The tags of one page; ``paper`` for a paper's own page, which is then an article."""
    properties = [
        ("og:type", "article" if paper else "website"),
        ("og:title", title),
        ("og:url", url),
        ("og:description", summary_of(description)),
        ("og:site_name", site_title),
        ("og:locale", _locale(language)),
        *_image(image),
        *(_article(paper) if paper else ()),
    ]
    card = "summary_large_image" if image else "summary"
    tags = [MetaView(key, content, "property") for key, content in properties if content]
    return (*tags, MetaView("twitter:card", card), MetaView("twitter:title", summary_of(title, TITLE_LIMIT)))


def _image(image: ShareImage | None) -> Iterator[tuple[str, str]]:
    if image and image.url:
        yield "og:image", image.url
        yield "og:image:alt", image.alt
        yield "og:image:width", str(image.width or "")
        yield "og:image:height", str(image.height or "")


def _article(paper: Reference) -> Iterator[tuple[str, str]]:
    yield "article:published_time", paper.date.iso if paper.date else ""
    for author in paper.authors:
        yield "article:author", author.name.display
    for keyword in paper.keywords:
        yield "article:tag", keyword


def _locale(language: str) -> str:
    """Open Graph writes ``en_GB`` where BCP 47 has ``en-GB``; a language without a country is left to the reader."""
    parts = language.split("-")
    return f"{parts[0].lower()}_{parts[1].upper()}" if len(parts) == 2 and len(parts[1]) == 2 else ""
