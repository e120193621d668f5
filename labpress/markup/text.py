"""Texts of entries and pages in every form that a site needs: HTML and plain Unicode, from one reading."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape, unescape

from msgspec import Struct

from labpress.core.diagnostics import Diagnostic, Parsed, Span, quoted
from labpress.markup import mathml, sanitize
from labpress.markup.converter import convert
from labpress.markup.html import Html
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

Place = Callable[[int, int], Span]
"""Maps a start and an end offset in the given text to a span of the file it stands in."""


class Heading(Struct, frozen=True):
    """A heading of a text, for a table of contents."""

    level: int
    id: str
    text: str


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
    """Local files it links to or shows."""
    entries: tuple[str, ...] = ()
    """Ids of papers it links to or cites."""
    headings: tuple[Heading, ...] = ()


EMPTY_BLOCK = Block(Html(), "")

_FORMULA = re.compile(
    r"\\.|(`+)[^`]+\1(?!`)|\$\$((?:[^$\\]|\\.)+)\$\$|\$(?![\s$])((?:[^$\\]|\\.)+?)(?<!\s)\$(?!\d)", re.DOTALL
)
_TAG = re.compile(r"<[^<>]*>")
_SLOT = re.compile("[\ue000-\uf8ff]")


def render_inline(source: str, settings: MarkupSettings, place: Place) -> Parsed[Inline]:
    """A title: inline Markdown and math on one line, without links."""
    block = _render(source, settings, place, inline=True)
    return Parsed(Inline(block.value.html, block.value.text), block.diagnostics)


def render_block(source: str, settings: MarkupSettings, place: Place) -> Parsed[Block]:
    """Markdown with math, in full."""
    return _render(source, settings, place, inline=False)


def _render(source: str, settings: MarkupSettings, place: Place, *, inline: bool) -> Parsed[Block]:
    faults: list[Diagnostic] = []
    formulas: list[mathml.Formula] = []
    macros = tuple(settings.macros.items())

    def put_away(match: re.Match[str]) -> str:
        display, latex = match[2], match[2] or match[3]
        if latex is None or len(formulas) >= 6400:
            return match[0]
        formula = mathml.convert(latex.strip(), display=bool(display), macros=macros)
        if formula.fault:
            faults.append(
                Diagnostic("bad-math", f"{formula.fault}: {quoted(latex)}", place(match.start(), match.end()))
            )
        formulas.append(formula)
        return chr(0xE000 + len(formulas) - 1)

    text = _FORMULA.sub(put_away, source)
    addresses = sanitize.Addresses(settings.id_prefix)
    html = convert(text, inline=inline)
    if not settings.trusted_html:
        html = sanitize.clean(html, addresses, inline=inline)
    if inline:
        html = html.removeprefix("<p>").removesuffix("</p>")
    html = typographic(html, settings.language)

    def shown(match: re.Match[str]) -> str:
        formula = formulas[ord(match[0]) - 0xE000]
        return formula.mathml or f'<code class="tex">{escape(formula.text, quote=False)}</code>'

    plain = _SLOT.sub(lambda match: formulas[ord(match[0]) - 0xE000].text, unescape(_TAG.sub("", html)))
    return Parsed(
        Block(Html(_SLOT.sub(shown, html)), plain, tuple(addresses.files), tuple(addresses.entries)), tuple(faults)
    )
