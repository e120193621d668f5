"""Markdown to HTML by Python-Markdown: reused converters for titles and for everything else."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from labpress.core.patterns import when_needed

if TYPE_CHECKING:
    from markdown import Markdown

    from labpress.markup.extensions import ForeignExtension

_ALIGNMENT = when_needed(r'style="text-align: (left|right|center);"')

_BLOCK_PROCESSORS = ("indent", "code", "hashheader", "setextheader", "hr", "olist", "ulist", "quote", "reference")


class Converted(NamedTuple):
    """What the library makes of a text."""

    html: str
    """As it comes, not cleaned."""
    foreign: dict[str, str]
    """LaTeX outside of formulas: its kind -> the first of that kind."""


def convert(source: str, *, inline: bool = False, any_element: bool = False) -> Converted:
    """``source`` as HTML.

    ``any_element``: whatever looks like an element of HTML is one, as labs want it that may write any HTML.
    """
    converter, extension = _converter(inline=inline, any_element=any_element)
    try:
        html, foreign = converter.convert(source), extension.pattern.found
    finally:
        converter.reset()
    # The library would strip the element around the text itself, but fails when an attribute list has hit it.
    html = html[html.find(">") + 1 : html.rfind("</div>")].strip()
    return Converted(_ALIGNMENT.sub(r'class="align-\1"', html), foreign)


@lru_cache(maxsize=3)
def _converter(*, inline: bool, any_element: bool) -> tuple[Markdown, ForeignExtension]:
    from markdown import Markdown
    from markdown.extensions.def_list import DefListExtension
    from markdown.extensions.fenced_code import FencedCodeExtension
    from markdown.extensions.footnotes import FootnoteExtension
    from markdown.extensions.sane_lists import SaneListExtension
    from markdown.extensions.tables import TableExtension

    from labpress.markup import extensions as own

    foreign = own.ForeignExtension()
    if inline:
        converter = Markdown(
            extensions=[own.AddressExtension(), own.TitleElementExtension(), foreign], output_format="html"
        )
        for name in _BLOCK_PROCESSORS:
            converter.parser.blockprocessors.deregister(name)
        converter.preprocessors.deregister("html_block")
        for name in ("reference", "link", "image_link", "image_reference", "short_reference", "short_image_ref"):
            converter.inlinePatterns.deregister(name)
    else:
        converter = Markdown(
            extensions=[
                TableExtension(),
                FootnoteExtension(),
                own.AttributeListExtension(),
                DefListExtension(),
                FencedCodeExtension(),
                SaneListExtension(),
                own.ListExtension(),
                own.AddressExtension(),
                own.ReferenceExtension(),
                foreign,
                *([] if any_element else [own.TextElementExtension()]),
            ],
            output_format="html",
        )
    converter.stripTopLevelTags = False
    converter.ESCAPED_CHARS.extend("$|~:=<&\"'@^")
    return converter, foreign
