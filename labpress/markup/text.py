"""Texts of entries and pages in every form that a site needs: HTML and plain Unicode, from one reading."""

from __future__ import annotations

from msgspec import Struct

from labpress.core.diagnostics import Parsed
from labpress.markup.anchors import Heading, with_anchors
from labpress.markup.highlight import highlighted
from labpress.markup.html import Html
from labpress.markup.links import link_addresses
from labpress.markup.plain import plain_text
from labpress.markup.reading import Place, read
from labpress.markup.settings import MarkupSettings
from labpress.markup.slots import with_mathml, with_plain_math
from labpress.markup.typography import needs_typography, typographic

__all__ = ["Block", "Heading", "Inline", "Place", "render_block", "render_inline"]


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


def render_inline(source: str, settings: MarkupSettings, place: Place) -> Parsed[Inline]:
    """A title: inline Markdown and math on one line, without links."""
    reading = read(source, settings, place, inline=True)
    html, text = _printed(reading.html, settings.language)
    return Parsed(
        Inline(Html(with_mathml(html, reading.slots)), with_plain_math(text, reading.slots)), reading.diagnostics
    )


def render_block(source: str, settings: MarkupSettings, place: Place) -> Parsed[Block]:
    """Markdown with math, in full."""
    reading = read(source, settings, place, inline=False)
    if reading.as_written:
        return Parsed(Block(Html(reading.html), plain_text(reading.html)), reading.diagnostics)
    html, text = _printed(reading.html, settings.language)
    if "://" in text:
        html = link_addresses(html)
    headings: tuple[Heading, ...] = ()
    if "<h" in html:
        html, headings = with_anchors(html, reading.slots, settings.id_prefix)
    html, text = with_mathml(highlighted(html), reading.slots), with_plain_math(text, reading.slots)
    return Parsed(Block(Html(html), text, reading.files, reading.entries, headings), reading.diagnostics)


def _printed(html: str, language: str) -> tuple[str, str]:
    """HTML with the quotation marks and dashes of print, and its plain form.

    The plain form tells cheaply whether there is anything to do, because it has no attributes.
    """
    text = plain_text(html)
    if not needs_typography(text):
        return html, text
    html = typographic(html, language)
    return html, plain_text(html)
