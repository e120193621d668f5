"""Feeds of any list of papers, as values: what is new, with ids that outlive the site's address, titles and slugs.

An entry's id is a tag: URI (RFC 4151) of an authority that never changes and of the paper's oldest id. The authority
is ``feed_id`` of site.yml, a host and a date such as ``lab.example.org,2024``; it stays as it is when the site moves.
The oldest id is the first one among an entry's ``aliases``, so that an entry which is renamed, with its former id added
to ``aliases``, stays the same entry to feed readers. A former address is no id: it says where a paper was, not what it
was called. Dates come from the papers and never from the build.
"""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote, urlsplit

from labpress.core.dates import PartialDate
from labpress.core.identifiers import doi_url
from labpress.entries.paper import Paper
from labpress.site.citations.reference import Reference
from labpress.site.data_views import FeedEntryView, FeedView
from labpress.site.routes import absolute

EPOCH = "1970-01-01T00:00:00Z"
"""When an undated paper was updated: feeds must say something, and it sorts last."""

_TAG_SAFE = "/:@!$&'()*+,;=~"


def tag_base(feed_id: str, site_url: str = "") -> str:
    """The beginning of every id of the site.

    Without ``feed_id`` the site's address stands in for it, which holds until the site moves.
    """
    if feed_id:
        base = "tag:" + quote(feed_id.strip().removeprefix("tag:"), safe=_TAG_SAFE)
        return base if ":" in base[4:] else f"{base}:"
    # A tag needs a date on which the authority held the name; any fixed one keeps the id the same.
    parts = urlsplit(site_url)
    host = (parts.hostname or "localhost").encode("idna").decode()
    return f"tag:{host},2025:{quote(parts.path.lstrip('/'), safe=_TAG_SAFE)}"


def tag_uri(base: str, key: str) -> str:
    """The id of ``key`` below ``base``, such as a paper's id or the path of a list."""
    return base + quote(key, safe=_TAG_SAFE)


def permanent_key(paper: Paper) -> str:
    """What the paper was called first."""
    former_ids = (alias for alias in paper.aliases if not alias.startswith("/"))
    return f"papers/{next(former_ids, paper.id)}"


def timestamp(date: PartialDate | None) -> str:
    """A date as a moment: noon in Greenwich, which is the same day nearly everywhere, of the first day it may mean."""
    return f"{date.year:04}-{date.month or 1:02}-{date.day or 1:02}T12:00:00Z" if date else EPOCH


def feed_entry(ref: Reference, *, base: str, key: str, url: str) -> FeedEntryView:
    """A paper as every feed shows it. ``key`` is its ``permanent_key``; ``url`` is absolute or relative to the root."""
    moment = timestamp(ref.date)
    return FeedEntryView(
        id=tag_uri(base, key),
        title=ref.title,
        url=url,
        updated=moment,
        published=moment if ref.date else "",
        authors=tuple([author.name.display for author in ref.authors]),
        categories=ref.keywords,
        summary=ref.abstract,
        related=doi_url(ref.doi) if ref.doi else ref.arxiv_url,
        language=ref.language,
    )


def feed_of(
    entries: Iterable[FeedEntryView],
    *,
    title: str,
    author: str,
    base: str,
    path: str,
    page_path: str,
    site_url: str = "",
    subtitle: str = "",
    language: str = "en",
) -> FeedView:
    """The feed at ``path`` of the list at ``page_path``: newest first, in the list's order within a day."""
    ordered = tuple(sorted(entries, key=_updated, reverse=True))
    return FeedView(
        id=tag_uri(base, f"feeds/{page_path}"),
        title=title,
        subtitle=subtitle,
        updated=ordered[0].updated if ordered else EPOCH,
        author=author,
        root="" if site_url else "../" * path.count("/") or "./",
        self_url=absolute(site_url, path),
        page_url=absolute(site_url, page_path) or page_path or "./",
        language=language,
        entries=ordered,
    )


def _updated(entry: FeedEntryView) -> str:
    return entry.updated
