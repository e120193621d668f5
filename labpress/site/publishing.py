"""What is published for machines beside each page: metadata in its head, and the same list or paper as data."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct
from msgspec.structs import replace

from labpress.core.diagnostics import Diagnostic, Span
from labpress.entries.config import SiteConfig
from labpress.markup.html import Html
from labpress.site.citations.reference import Reference
from labpress.site.files import ContentFiles, is_absolute, missing_file
from labpress.site.metadata.json_ld import Node, script
from labpress.site.metadata.opengraph import ShareImage, open_graph
from labpress.site.routes import FEED, PAPERS, absolute, paper_path
from labpress.site.views import AlternateView, MetaView, PageView, SiteView

SHARE_IMAGE = "share.png"
SHARE_IMAGE_SIZE = (1200, 630)

_LIST_FORMATS = (
    ("application/x-bibtex", "BibTeX", "bib"),
    ("application/x-research-info-systems", "RIS", "ris"),
    ("application/vnd.citationstyles.csl+json", "CSL-JSON", "json"),
)
ATOM = "application/atom+xml"
JSON_FEED = "feed.json"


class Publishing(Struct, frozen=True):
    """What the configuration says of all pages alike."""

    metadata: bool = True
    citations: bool = True
    exports: bool = True
    list_exports: bool = True
    feeds: bool = True
    style: str = "apa"
    share_image: str = ""
    """Path of the picture for links; "" when there is none."""
    is_own_image: bool = False
    """The picture is labpress's own drawing, of a known size."""


def publishing_of(config: SiteConfig) -> Publishing:
    """The part of the configuration that decides what machines get."""
    features = config.features
    image = config.image.removeprefix("static/").lstrip("/")
    return Publishing(
        metadata=features.metadata,
        citations=features.citations,
        exports=features.exports,
        list_exports=features.list_exports,
        feeds=features.feeds,
        style=config.citation_style,
        share_image=image or (SHARE_IMAGE if features.share_image and config.url else ""),
        is_own_image=not image,
    )


def missing_share_image(config: SiteConfig, files: ContentFiles) -> tuple[Diagnostic, ...]:
    """The fault of a picture for links that site.yml names and static/ does not have."""
    name = config.image.removeprefix("static/").lstrip("/")
    if not name or is_absolute(config.image) or f"static/{name}" in files.names:
        return ()
    return (missing_file(name, Span(f"{files.root}site.yml", config.line("image")), files),)


def with_metadata(
    page: PageView, site: SiteView, publishing: Publishing, node: Callable[[], Node] | None = None
) -> PageView:
    """The page with tags for search engines and social sites, where the site wants them.

    ``node`` makes the page's JSON-LD: a function, since a site that does not want it should not pay for it.
    """
    if not publishing.metadata:
        return page
    tags = social_tags(page, site, publishing)
    return replace(page, metas=tags, json_ld=script(node()) if node else Html())


def social_tags(
    page: PageView, site: SiteView, publishing: Publishing, paper: Reference | None = None
) -> tuple[MetaView, ...]:
    """The page's tags for chats and social sites; ``paper`` for a paper's own page."""
    image = None
    if publishing.share_image and site.url:
        width, height = SHARE_IMAGE_SIZE if publishing.is_own_image else (0, 0)
        image = ShareImage(absolute(site.url, publishing.share_image), site.title, width, height)
    return open_graph(
        title=page.title,
        site_title=site.title,
        url=page.canonical,
        description=page.description,
        language=page.language or site.language,
        image=image,
        paper=paper,
    )


def list_file(path: str, extension: str) -> str:
    """Where the list at ``path`` stands as data. That of all papers stands at the root: ``papers.json``."""
    return f"{'' if path == PAPERS else path}papers.{extension}"


def feed_file(path: str) -> str:
    """Where the feed of the list at ``path`` stands; that of all papers is the site's."""
    return f"{'' if path == PAPERS else path}{FEED}"


def list_alternates(publishing: Publishing, path: str, title: str) -> tuple[AlternateView, ...]:
    """The list at ``path`` as a feed and as data."""
    feed = (AlternateView(ATOM, title, feed_file(path)),) if publishing.feeds or path == PAPERS else ()
    if publishing.feeds and path == PAPERS:
        feed = (*feed, AlternateView("application/feed+json", title, JSON_FEED))
    if not publishing.list_exports:
        return feed
    return (*feed, *(AlternateView(kind, label, list_file(path, ending)) for kind, label, ending in _LIST_FORMATS))


def paper_alternates(publishing: Publishing, paper_id: str) -> tuple[AlternateView, ...]:
    """One paper as data, in the directory of its page."""
    if not publishing.exports:
        return ()
    base = f"{paper_path(paper_id)}{paper_id}."
    return tuple(AlternateView(kind, label, f"{base}{ending}") for kind, label, ending in _LIST_FORMATS)


def works(site: SiteView, papers: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """Name and absolute address of each paper, from its name and path."""
    return tuple((title, absolute(site.url, path)) for title, path in papers)
