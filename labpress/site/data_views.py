"""What the files for machines are made from: the views of pages whose template is ``data:NAME``.

A list of papers is a tuple of values that are made once for each paper and stand in every list that the paper is in:
its ``Reference`` and its ``FeedEntryView``.
"""

from __future__ import annotations

from msgspec import Struct

from labpress.site.citations.reference import Reference


class BibliographyView(Struct, frozen=True):
    """References to be written as one file: ``data:bibtex``, ``data:ris``, ``data:csl``."""

    references: tuple[Reference, ...]
    full: bool = False
    """With abstracts, for the files of one paper and for papers.json. In every list they would weigh too much."""


class RedirectView(Struct, frozen=True, kw_only=True):
    """A page at a former address: ``data:redirect``."""

    title: str
    """Of the page that it leads to."""
    language: str
    target: str
    """Relative."""
    canonical: str = ""
    """Absolute; empty while the site's address is not known."""


class FeedEntryView(Struct, frozen=True, kw_only=True):
    """One paper in a feed. Texts are plain; title and summary are a reference's, without control characters."""

    id: str
    """A tag: URI that never changes."""
    title: str
    url: str
    """Absolute; while the site's address is not known, relative to its root."""
    updated: str
    """RFC 3339."""
    published: str = ""
    """The same, or empty for an undated paper."""
    authors: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    summary: str = ""
    related: str = ""
    """The paper elsewhere: its DOI, or its page on arXiv."""
    language: str = ""


class FeedView(Struct, frozen=True, kw_only=True):
    """The papers of one list, newest first: ``data:atom``, ``data:jsonfeed``."""

    id: str
    title: str
    updated: str
    author: str
    """Who stands for the feed where an entry has no author: the lab."""
    root: str = ""
    """From the feed's file to the site's root (``../../``) while its address is not known; else empty."""
    self_url: str = ""
    """The feed's own absolute address."""
    page_url: str = ""
    """The page that shows the list; like the addresses of entries."""
    subtitle: str = ""
    language: str = "en"
    entries: tuple[FeedEntryView, ...] = ()


class SitemapView(Struct, frozen=True):
    """``data:sitemap``"""

    urls: tuple[str, ...]
    """Absolute: the pages meant for indexing."""


class SitemapIndexView(Struct, frozen=True):
    """The list of a large site's sitemaps: ``data:sitemap_index``."""

    sitemaps: tuple[str, ...]
    """Absolute."""


class RobotsView(Struct, frozen=True):
    """``data:robots``: everything is open."""

    sitemap: str = ""
    """Absolute, or empty when there is none."""


class OpenSearchView(Struct, frozen=True, kw_only=True):
    """How browsers search the site: ``data:opensearch``."""

    title: str
    search_url: str
    """Absolute, with ``{searchTerms}`` where the words go."""
    description: str = ""
    language: str = "en"


class ShareImageView(Struct, frozen=True):
    """The picture for links to the site: ``data:share_image``."""

    title: str
    accent: str
    """``#rrggbb``"""
