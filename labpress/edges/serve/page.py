"""What is added to a page while it is served: the script of the preview, told where the page comes from."""

from __future__ import annotations

import re
from html import escape

from msgspec import Struct

from labpress.core.patterns import when_needed

PREVIEW = ".labpress/"
"""Below the site's root: what belongs to the preview alone. No file of a site has such a name."""

_HEAD = when_needed(rb"<head(?:\s[^<>]{0,1000})?>", re.IGNORECASE)
_DOCTYPE = when_needed(rb"\s{0,100}<!doctype[^<>]{0,1000}>", re.IGNORECASE)
_SEARCHED = 10_000
"""Bytes in which a page that is one has its head."""


class Origin(Struct, frozen=True):
    """Where a page comes from."""

    version: str
    """Of the file that is sent."""
    source: str = ""
    """The file it is made from, as diagnostics show it."""
    editor: str = ""
    """The address that opens this file."""
    draft: bool = False


def with_preview(page: bytes, base: str, origin: Origin) -> bytes:
    """``page`` with the preview's script as the first of all, so that it sees the page before any other changes it."""
    facts = {"version": origin.version, "source": origin.source, "editor": origin.editor}
    attributes = "".join(f' data-{name}="{escape(text)}"' for name, text in facts.items() if text)
    draft = ' data-draft=""' if origin.draft else ""
    script = f'<script src="{escape(base)}{PREVIEW}preview.js" data-labpress=""{attributes}{draft} defer></script>'
    found = _HEAD.search(page, 0, _SEARCHED) or _DOCTYPE.match(page)
    at = found.end() if found else 0
    return page[:at] + script.encode() + page[at:]
