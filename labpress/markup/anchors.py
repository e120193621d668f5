"""Headings that can be linked to."""

from __future__ import annotations

import re

from msgspec import Struct

from labpress.core.patterns import when_needed
from labpress.core.text import FreeNames, slugify
from labpress.markup.plain import plain_text
from labpress.markup.slots import Slot, with_plain_math

_HEADING = when_needed(r"<h([1-6])((?: [^<>]*)?)>(.*?)</h\1>", re.DOTALL)
_ID = when_needed(r' id="([^"]*)"')


class Heading(Struct, frozen=True):
    """A heading of a text, for a table of contents."""

    level: int
    id: str
    text: str


def with_anchors(html: str, slots: list[Slot], prefix: str) -> tuple[str, tuple[Heading, ...]]:
    """``html`` with an id on every heading, and the headings. An id that an author gave stays.

    A text stands below its page's title, which is the one heading of the first level: a text that has such headings too
    has all of its headings one level lower.
    """
    lower = 1 if "<h1" in html else 0
    headings: list[Heading] = []
    ids = FreeNames(_ID.findall(html))

    def anchored(match: re.Match[str]) -> str:
        attributes, content = match[2], match[3]
        level = min(int(match[1]) + lower, 6)
        text = with_plain_math(plain_text(content), slots)
        given = _ID.search(attributes)
        name = given[1] if given else ids.give(prefix + (slugify(text) or "section"))
        headings.append(Heading(level, name, text))
        anchor = "" if given else f' id="{name}"'
        return f"<h{level}{anchor}{attributes}>{content}</h{level}>"

    return _HEADING.sub(anchored, html), tuple(headings)
