"""Texts of entries and pages in every form that a site needs: HTML and plain Unicode, from one reading."""

from __future__ import annotations

from typing import NamedTuple

from msgspec import Struct

from labpress.core.diagnostics import Parsed
from labpress.markup.draft import with_mathml, with_plain_math
from labpress.markup.html import Html
from labpress.markup.links import link_addresses
from labpress.markup.plain import plain_text
from labpress.markup.reading import Heading, Place, Reading, read
from labpress.markup.references import Resolve, resolve_references
from labpress.markup.settings import MarkupSettings
from labpress.markup.typography import typographic

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


class Inline(Struct, frozen=True):
    """A title."""

    html: Html
    text: str
    """Plain Unicode: no markup, math in its plain form."""


class Block(Struct, frozen=True):
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


class _Forms(NamedTuple):
    html: Html
    text: str


def render_inline(source: str, settings: MarkupSettings, place: Place) -> Parsed[Inline]:
    """A title: inline Markdown and math on one line, without links."""
    reading = read(source, settings, place, inline=True)
    forms = _forms(reading, reading.html, settings.language)
    return Parsed(Inline(forms.html, forms.text), reading.diagnostics)


def render_block(source: str, settings: MarkupSettings, place: Place) -> Parsed[Block]:
    """Markdown with math, in full."""
    reading = read(source, settings, place, inline=False)
    forms = _forms(reading, link_addresses(reading.html), settings.language)
    block = Block(forms.html, forms.text, reading.files, reading.entries, reading.headings)
    return Parsed(block, reading.diagnostics)


def _forms(reading: Reading, html: str, language: str) -> _Forms:
    if reading.as_written:
        return _Forms(Html(reading.html), plain_text(reading.html))
    html = typographic(html, language)
    return _Forms(Html(with_mathml(html, reading.slots)), with_plain_math(plain_text(html), reading.slots))
