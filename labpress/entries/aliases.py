"""Former names of papers and pages: each leaves a page that sends visitors on."""

from __future__ import annotations

import unicodedata

from labpress.core.patterns import when_needed
from labpress.entries.schema import Kind, checked, many

_SEGMENT = when_needed(r"[^\W_][\w.\-]*")
_LONGEST = 300


def parse_alias(text: str) -> str | None:
    """A former id (``dinh2022lift``), or a former address on the site with a slash before it (``/publication/lift``).

    None when it cannot have been either.
    """
    text = unicodedata.normalize("NFC", text.strip())
    inner = text.removeprefix("/").removesuffix("/")
    segments = inner.split("/")
    if len(text) > _LONGEST or not all(_SEGMENT.fullmatch(segment) for segment in segments):
        return None
    if len(segments) > 1 and not text.startswith("/"):
        return None
    return f"/{inner}" if text.startswith("/") else inner


ALIASES: Kind = many(
    checked(
        "a former id such as dinh2022lift, or a former address such as /publication/lift/",
        parse_alias,
        "letters, digits, - _ and . only; an address begins with a slash",
        "bad-id",
    ),
    "aliases",
)
