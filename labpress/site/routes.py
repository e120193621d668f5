"""Every address of the site. A path is relative to the site's root and ends in ``/`` or in a file's name."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from labpress.site.catalog import Term

HOME = ""
PAPERS = "papers/"
BY_TITLE = "by-title/"
BY_VENUE = "by-venue/"
HERE = "./"
"""The home page, where an empty path would mean that there is no page."""
TAGS = "tags/"
YEARS = "years/"
AUTHORS = "authors/"
VENUES = "venues/"
PEOPLE = "people/"
"""Where people.yml has members. A page of the lab's own by that name is its introduction."""
STATISTICS = "statistics/"
"""Where the site has papers. A page of the lab's own by that name is its introduction, too."""
PRINT = "print/"
"""Where the site wants a list to be printed."""
SEARCH = "search/"
"""The files of the search's index."""
OPEN_SEARCH = "opensearch.xml"
FEED = "feed.xml"
NOT_FOUND = "404.html"
"""Sent for any address at any depth: the one page whose links cannot be relative."""

_URL_SAFE = "/:@!$&'()*+,;=~%"

RESERVED = frozenset(
    [
        "papers",
        "by-title",
        "by-venue",
        "tags",
        "years",
        "authors",
        "venues",
        "assets",
        "404",
        "index",
        "feed",
        "sitemap",
        "robots",
        "static",
    ]
)
"""Names that a page of the lab's own cannot have."""


def paper_path(paper_id: str) -> str:
    """The page of a paper."""
    return f"papers/{paper_id}/"


def text_path(text_id: str) -> str:
    """A page of the lab's own."""
    return {"index": HOME, "404": NOT_FOUND}.get(text_id, f"{text_id}/")


def tag_path(term: Term) -> str:
    """The list of a tag."""
    return f"tags/{term.slug}/"


def year_path(year: int) -> str:
    """The list of a year; of the undated papers for 0."""
    return f"years/{year}/" if year else "years/undated/"


def author_path(term: Term) -> str:
    """The page of an author."""
    return f"authors/{term.slug}/"


def venue_path(term: Term) -> str:
    """The list of a venue."""
    return f"venues/{term.slug}/"


def pager_path(path: str, number: int) -> str:
    """The address of page ``number`` (from 1) of the list at ``path``."""
    return path if number == 1 else f"{path}page/{number}/"


def output_file(path: str) -> str:
    """The file that a web server sends for ``path``."""
    return f"{path}index.html" if path.endswith("/") or not path else path


def root_of(path: str) -> str:
    """From the page at ``path`` to the site's root: ``../../``, or ``./`` at the root itself."""
    return "../" * path.count("/") or "./"


def absolute(site_url: str, path: str) -> str:
    """The address with host, everything escaped that it may not carry, or "" while the site's address is not known."""
    if not site_url:
        return ""
    return site_url + (path if path.isascii() and " " not in path else quote(path, safe=_URL_SAFE))
