"""The short way for ordinary text: exactly the bytes of the full way, in a twentieth of the time.

Most abstracts are words, some math, and now and then an emphasis, a bit of code or a link. One pattern knows those; at
any other character that Markdown might read as markup the text goes the full way. A property test compares
the two byte for byte.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from labpress.core.patterns import when_needed
from labpress.markup import mathml
from labpress.markup.slots import CONTROLS, FIRST_SLOT, INLINE_MATH_REST, UNPRINTABLE, Slot, Slotted

MAX_LENGTH = 15_000
"""Characters; the many formulas of a longer text might not have characters enough to stand for them."""

# What a line may begin with and be no heading, list, quotation, table, definition or code.
_LINE_START = when_needed(r"[^\W\d_]|\d(?!\d*[.)])|[\"'(“‘$¿¡]|\*\*?(?=[^\W_])|`(?!`)")
_CODE_EDGE = rf"[^\s`$<>&\\{CONTROLS}]"
_WORDS = r"[^\W_](?:[^\W_]|[ ,.;:()/'-](?! *[*\]]))*+"

# Of texts that are not ASCII. The pattern below would take long to compile with all these characters in its sets.
_BEYOND_DOUBT = when_needed(f"[^\u2028\u2029{UNPRINTABLE}]*+")

# A set comes first, because the engine can skip to its characters; what follows looks back at which of them it was.
_MARKUP = when_needed(
    rf"[$*`\[&_\n\]\\<>{{}}|\t\r\xa0{CONTROLS}]"
    rf"(?:(?<=\$){INLINE_MATH_REST}"
    rf"|(?<=\*)(?<![\w*]\*)(?:\*(?P<strong>{_WORDS})\*\*|(?P<emphasis>{_WORDS})\*)(?![\w*])"
    rf"|(?<=`)(?<!``)(?P<code>{_CODE_EDGE}(?:[ ]*{_CODE_EDGE})*+)`(?!`)"
    rf"|(?<=\[)(?<!!\[)(?P<text>{_WORDS})\]\((?P<address>https?://[A-Za-z0-9][A-Za-z0-9./#?=~%+_-]*+)\)"
    r"|(?<=&)(?P<ampersand>)(?= )"
    r"|(?<=[A-Za-z0-9]_)(?P<underscore>)(?=[A-Za-z0-9])"
    r"|(?<=[^ ]\n)(?P<line_end>\n*+)(?=\S)"
    r")?"
)
"""What may be converted by itself; any other character of the set sends the text the full way."""

_Match = re.Match[str]


class _Doubt(Exception):  # noqa: N818  Not an error: the text goes the full way.
    """Something that only the full way can judge."""


def shortcut(source: str, macros: mathml.Macros, *, inline: bool) -> Slotted | None:
    """Clean HTML of ``source`` when it is ordinary, else None."""
    text = source.rstrip()
    if len(text) > MAX_LENGTH or not _LINE_START.match(text) or (inline and (not text.isprintable() or "  " in text)):
        return None
    if not text.isascii() and not _BEYOND_DOUBT.fullmatch(text):
        return None
    slots: list[Slot] = []
    writers = _INLINE_WRITERS if inline else _WRITERS

    def replace(match: _Match) -> str:
        if match.lastgroup == "math":
            formula = mathml.convert(match["math"], macros=macros)
            if formula.fault:
                raise _Doubt
            slots.append(Slot(formula, match[0], match.start()))
            return chr(FIRST_SLOT - 1 + len(slots))
        writer = writers.get(match.lastgroup)
        if writer is None:
            raise _Doubt
        return writer(match)

    try:
        html = _MARKUP.sub(replace, text)
    except _Doubt:
        return None
    return Slotted(html if inline else f"<p>{html}</p>", slots)


def _line_end(match: _Match) -> str:
    if not _LINE_START.match(match.string, match.end()):
        raise _Doubt
    return "</p>\n<p>" if match["line_end"] else "\n"


_INLINE_WRITERS: dict[str | None, Callable[[_Match], str]] = {
    "emphasis": lambda match: f"<em>{match['emphasis']}</em>",
    "strong": lambda match: f"<strong>{match['strong']}</strong>",
    "code": lambda match: f"<code>{match['code']}</code>",
    "ampersand": lambda _: "&amp;",
    "underscore": lambda _: "_",
}
_WRITERS = _INLINE_WRITERS | {
    "address": lambda match: f'<a href="{match["address"]}">{match["text"]}</a>',
    "line_end": _line_end,
}
"""Group of ``_MARKUP`` -> what it becomes. Any other match is a doubt."""
