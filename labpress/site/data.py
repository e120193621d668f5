"""Writers of the files for machines: a page with the template ``data:NAME`` is ``DATA_WRITERS[NAME](view)``.

A paper is written for the first list that it stands in; in all others it is the same bytes. With its abstract it is
written for one file or two, and not remembered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from html import escape
from typing import Any

import msgspec
from msgspec import Struct

from labpress.core.remembered import ByIdentity
from labpress.core.text import without_controls
from labpress.site.citations.csl import as_csl
from labpress.site.citations.reference import Reference
from labpress.site.citations.ris import as_ris, with_abstract
from labpress.site.citing import bibtex_of
from labpress.site.data_views import (
    BibliographyView,
    FeedEntryView,
    FeedView,
    OpenSearchView,
    RedirectView,
    RobotsView,
    ShareImageView,
    SitemapIndexView,
    SitemapView,
)
from labpress.site.share_image import share_image

_XML = '<?xml version="1.0" encoding="utf-8"?>\n'


@ByIdentity
def _bibtex(ref: Reference) -> bytes:
    return bibtex_of(ref).encode()


def _full_bibtex(ref: Reference) -> bytes:
    from labpress.site.citations.bibtex import with_extras

    return with_extras(bibtex_of(ref), ref).encode()


@ByIdentity
def _ris(ref: Reference) -> bytes:
    return as_ris(ref).encode()


def _full_ris(ref: Reference) -> bytes:
    return with_abstract(_ris(ref), ref)


@ByIdentity
def _csl(ref: Reference) -> bytes:
    return msgspec.json.encode(as_csl(ref))


def _full_csl(ref: Reference) -> bytes:
    item = _csl(ref)
    return b'%b,"abstract":%b}' % (item[:-1], msgspec.json.encode(ref.abstract)) if ref.abstract else item


def _write_bibtex(view: BibliographyView) -> bytes:
    references = view.references
    return b"\n".join(map(_full_bibtex, references) if view.full else _bibtex.each(references))


def _write_ris(view: BibliographyView) -> bytes:
    references = view.references
    return b"\r\n".join(map(_full_ris, references) if view.full else _ris.each(references))


def _write_csl(view: BibliographyView) -> bytes:
    references = view.references
    items = b",\n".join(map(_full_csl, references) if view.full else _csl.each(references))
    return b"[\n%b\n]\n" % items if items else b"[]\n"


def _write_atom(view: FeedView) -> bytes:
    base = f' xml:base="{view.root}"' if view.root else ""
    self_link = (
        f'  <link rel="self" type="application/atom+xml" href="{_text(view.self_url)}"/>\n' if view.self_url else ""
    )
    subtitle = f"  <subtitle>{_text(view.subtitle)}</subtitle>\n" if view.subtitle else ""
    head = (
        f'{_XML}<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{_text(view.language)}"{base}>\n'
        f"  <id>{_text(view.id)}</id>\n"
        f"  <title>{_text(view.title)}</title>\n{subtitle}"
        f"  <updated>{view.updated}</updated>\n"
        f"  <author><name>{_text(view.author)}</name></author>\n"
        f'{self_link}  <link rel="alternate" type="text/html" href="{_text(view.page_url)}"/>\n'
        "  <generator>labpress</generator>\n"
    )
    return b"".join([head.encode(), *_entry_xml.each(view.entries), b"</feed>\n"])


@ByIdentity
def _entry_xml(entry: FeedEntryView) -> bytes:
    elements = "\n    ".join(_entry_elements(entry))
    return f"  <entry>\n    {elements}\n  </entry>\n".encode()


def _entry_elements(entry: FeedEntryView) -> Iterator[str]:
    """Title and summary are those of a reference, which has no control characters."""
    yield f"<id>{_text(entry.id)}</id>"
    yield f"<title>{escape(entry.title)}</title>"
    yield f"<updated>{entry.updated}</updated>"
    if entry.published:
        yield f"<published>{entry.published}</published>"
    for author in entry.authors:
        yield f"<author><name>{_shared_text(author)}</name></author>"
    yield f'<link rel="alternate" type="text/html" href="{_text(entry.url)}"/>'
    if entry.related:
        yield f'<link rel="related" href="{_text(entry.related)}"/>'
    for category in entry.categories:
        yield f'<category term="{_shared_text(category)}"/>'
    if entry.summary:
        yield f"<summary>{escape(entry.summary)}</summary>"


def _write_json_feed(view: FeedView) -> bytes:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": view.title,
        "description": view.subtitle,
        "home_page_url": view.page_url if view.self_url else "",
        "feed_url": view.self_url,
        "language": view.language,
        "authors": [{"name": view.author}],
    }
    items = [_json_item(entry, absolute=bool(view.self_url)) for entry in view.entries]
    return msgspec.json.encode({**{key: value for key, value in feed.items() if value}, "items": items}) + b"\n"


def _json_item(entry: FeedEntryView, *, absolute: bool) -> dict[str, Any]:
    item = {
        "url": entry.url if absolute else "",
        "external_url": entry.related,
        "date_published": entry.published,
        "date_modified": entry.updated if entry.published else "",
        "authors": [{"name": name} for name in entry.authors],
        "tags": list(entry.categories),
        "language": entry.language,
    }
    known = {key: value for key, value in item.items() if value}
    return {"id": entry.id, "title": entry.title, "content_text": entry.summary or entry.title, **known}


def _write_sitemap(view: SitemapView) -> bytes:
    return _sitemap_xml("urlset", "url", view.urls)


def _write_sitemap_index(view: SitemapIndexView) -> bytes:
    return _sitemap_xml("sitemapindex", "sitemap", view.sitemaps)


def _sitemap_xml(root: str, element: str, urls: tuple[str, ...]) -> bytes:
    lines = [f'{_XML}<{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n']
    lines += [f"<{element}><loc>{_text(url)}</loc></{element}>\n" for url in urls]
    lines.append(f"</{root}>\n")
    return "".join(lines).encode()


def _write_robots(view: RobotsView) -> bytes:
    sitemap = f"\nSitemap: {view.sitemap}\n" if view.sitemap else ""
    return f"User-agent: *\nAllow: /\n{sitemap}".encode()


def _write_opensearch(view: OpenSearchView) -> bytes:
    """OpenSearch 1.1: short names of at most 16 characters, descriptions of at most 1,024."""
    return (
        f'{_XML}<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">\n'
        f"  <ShortName>{_text(view.title[:16].strip())}</ShortName>\n"
        f"  <LongName>{_text(view.title[:48].strip())}</LongName>\n"
        f"  <Description>{_text((view.description or view.title)[:1024])}</Description>\n"
        f'  <Url type="text/html" template="{_text(view.search_url)}"/>\n'
        f"  <Language>{_text(view.language)}</Language>\n"
        "  <InputEncoding>UTF-8</InputEncoding>\n"
        "  <OutputEncoding>UTF-8</OutputEncoding>\n"
        "</OpenSearchDescription>\n"
    ).encode()


def _write_json(view: Struct) -> bytes:
    return msgspec.json.encode(view)


def _write_share_image(view: ShareImageView) -> bytes:
    return share_image(view.title, view.accent)


def _text(text: str) -> str:
    """``text`` as XML text or attribute. XML has no form at all for control characters."""
    return escape(text if text.isprintable() else without_controls(text))


_shared_text = lru_cache(maxsize=20_000)(_text)
"""For names and topics, which many papers have."""


def _write_redirect(view: RedirectView) -> bytes:
    """No script, and one link for those whose browser does not go by itself."""
    target, canonical = escape(view.target), escape(view.canonical or view.target)
    return (
        f'<!doctype html>\n<html lang="{escape(view.language)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="default-src \'none\'">\n'
        f'<meta http-equiv="refresh" content="0; url={target}">\n'
        f'<link rel="canonical" href="{canonical}">\n<title>{escape(view.title)}</title>\n</head>\n'
        f'<body>\n<p><a href="{target}">{escape(view.title)}</a></p>\n</body>\n</html>\n'
    ).encode()


DATA_WRITERS: dict[str, Callable[[Any], bytes]] = {
    "json": _write_json,
    "bibtex": _write_bibtex,
    "ris": _write_ris,
    "csl": _write_csl,
    "atom": _write_atom,
    "jsonfeed": _write_json_feed,
    "sitemap": _write_sitemap,
    "sitemap_index": _write_sitemap_index,
    "robots": _write_robots,
    "redirect": _write_redirect,
    "opensearch": _write_opensearch,
    "share_image": _write_share_image,
}
"""Name after ``data:`` -> writer of the view of that page, as ``data_views`` has them."""
