"""The one check that every address passes before it may stand in a page, a feed or an export."""

from __future__ import annotations

import re
from contextlib import suppress
from html import unescape
from urllib.parse import SplitResult, urlsplit

from labpress.core.patterns import when_needed

SCHEMES = frozenset(["http", "https", "mailto", "tel", "ftp", "ftps"])
"""Schemes that an address may have. None of them can run anything."""

# Controls, invisible formatting characters and surrogates: browsers drop some of them and then see another scheme.
_INVISIBLE = when_needed(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff\ud800-\udfff]"
)
_SCHEME = when_needed(r"\s*([A-Za-z][A-Za-z0-9+.-]*)\s*:")
_PICTURE = when_needed(r"data:image/(?:png|jpeg|gif|webp|avif);base64,[A-Za-z0-9+/]+=*", re.IGNORECASE)
_PLAIN = when_needed(r"https?://(?:[A-Za-z0-9-]+\.)+[A-Za-z0-9-]+(?:/[A-Za-z0-9._~/=&,;()%+-]*)?", re.ASCII)
"""Most addresses: nothing can be wrong with them, which their parts would only tell ten times as slowly."""
_NO_PARTS = urlsplit("")
_NOT_IN_ADDRESSES = when_needed(r'[\s"<>]')


def safe_url(url: str) -> str:
    """``url`` when it may be linked to, spaces, quotation marks and angles encoded; "" when it is refused.

    Allowed are the schemes of ``SCHEMES``, addresses without a scheme (paths, fragments), and pictures as
    ``data:`` (never SVG, which is a document that can run scripts).
    """
    url = url.strip(" \t\r\n")
    if _PLAIN.fullmatch(url):
        return url
    if _INVISIBLE.search(url) or "\\" in url:
        return ""
    scheme = scheme_of(url)
    if scheme == "data":
        return url if _PICTURE.fullmatch(url) else ""
    if scheme and scheme not in SCHEMES:
        return ""
    if scheme in ("http", "https") and not parts_of(url).hostname:
        return ""
    return _NOT_IN_ADDRESSES.sub(_encoded, url)


def _encoded(match: re.Match[str]) -> str:
    return "%20" if match[0].isspace() else f"%{ord(match[0]):02X}"


def parts_of(url: str) -> SplitResult:
    """The parts of an address; all empty for one that nobody can read, such as one whose port is no number."""
    with suppress(ValueError):
        parts = urlsplit(url)
        if parts.port != 0:
            return parts
    return _NO_PARTS


def scheme_of(url: str) -> str:
    """The scheme in lower case, also of an address that hides it behind character references; "" without one."""
    match = _SCHEME.match(url) or _SCHEME.match(unescape(url))
    return match[1].lower() if match else ""
