"""Texts of entries and pages in every form that a site needs: HTML and plain Unicode, from one reading."""

from __future__ import annotations

from msgspec import Struct

from labpress.core.diagnostics import Parsed
from labpress.markup.draft import with_mathml, with_plain_math
from labpress.markup.html import Html
from labpress.markup.links import link_addresses
from labpress.markup.plain import plain_text
from labpress.markup.reading import Heading, Place, Reading, read
from labpress.markup.references import Resolve, resolve_references
from labpress.markup.settings import MarkupSettings
from labpress.markup.typography import needs_typography, typographic

__all__ = [
    "EMPTY_BLOCK",
    "Block",
    "Heading",
    "Inline",
    "Place",
    "Resolve",
    "render_block",
    "render_inline",
    "resolve_references",
]


class Inline(Struct, frozen=True, omit_defaults=True):
    """A title."""

    html: Html
    text: str
    """Plain Unicode: no markup, math in its plain form."""


class Block(Struct, frozen=True, omit_defaults=True):
    """An abstract, a section or a page."""

    html: Html
    text: str
    """Plain Unicode, blocks on lines of their own."""
    files: tuple[str, ...] = ()
    """Local files that it links to or shows: paths relative to the entry."""
    entries: tuple[str, ...] = ()
    """Ids of papers that it links to or cites."""
    headings: tuple[Heading, ...] = ()


EMPTY_BLOCK = Block(Html(), "")


def render_inline(source: str, settings: MarkupSettings, place: Place) -> Parsed[Inline]:
    """A title: inline Markdown and math on one line, without links."""
    reading = read(source, settings, place, inline=True)
    html, text = _forms(reading, settings.language, linked=False)
    return Parsed(Inline(html, text), reading.diagnostics)


def render_block(source: str, settings: MarkupSettings, place: Place) -> Parsed[Block]:
    """Markdown with math, in full."""
    reading = read(source, settings, place, inline=False)
    html, text = _forms(reading, settings.language, linked=True)
    return Parsed(Block(html, text, reading.files, reading.entries, reading.headings), reading.diagnostics)


def _forms(reading: Reading, language: str, *, linked: bool) -> tuple[Html, str]:
    """The HTML and the plain form. ``linked`` makes links of bare addresses."""
    html = reading.html
    text = plain_text(html)
    if reading.as_written:
        return Html(html), text
    # The plain form tells cheaply whether there is anything to do, because it has no attributes.
    if linked and "://" in text:
        html = link_addresses(html)
    if needs_typography(text):
        html = typographic(html, language)
        text = plain_text(html)
    return Html(with_mathml(html, reading.slots)), with_plain_math(text, reading.slots)
