"""Formulas leave a text before anything else looks at it, and come back last.

In between, each is one private-use character, its slot. So nothing can mistake ``_``, ``*``, ``|``, ``<`` or a quote
inside of math for markup, and each output puts the form in place that it needs: MathML, plain Unicode, LaTeX.
"""

from __future__ import annotations

import re
from html import unescape
from typing import NamedTuple

from labpress.core.patterns import when_needed
from labpress.markup import mathml
from labpress.markup.macros import written_out

FIRST_SLOT = 0xE000
"""The first of 6,400 private-use characters, which are more than a text may have formulas."""
SLOT = when_needed("[\ue000-\uf8ff]")
_WORD_WITH_SLOTS = when_needed("(?<!\\w)\\w*+(?:[\ue000-\uf8ff]\\w*+)++")

CONTROLS = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
UNPRINTABLE = f"{CONTROLS}\ud800-\uf8ff\ufdd0-\ufdef\ufffe\uffff"
"""For a character class: what no page may carry, and what the slots need for themselves."""

_UNPRINTABLE = when_needed(f"[{UNPRINTABLE}]")
_NUMBERED = when_needed(r"&#(?:[xX][0-9A-Fa-f]++|\d++);?")
_LONGEST_NUMBER = 100
"""Python does not read numbers of any length."""

# TeX's braces, escapes and line ends, but no empty line and no dollar sign. Possessive, hence linear. It is for texts
# without unprintable characters: a set of them takes a while to compile.
_MATH_ESCAPE = rf"\\[^\n{CONTROLS}]|\n(?![ \t]*\n)"
_MATH_BODY = rf"(?:[^$\\\n{CONTROLS}]++|{_MATH_ESCAPE})++"
NUMERIC_MATH_BODY = (
    rf"(?:(?:[^$\\\n)\]{CONTROLS}]++|{_MATH_ESCAPE})*+[)\]])*+"
    rf"(?:[^$\\\n(\[{CONTROLS}]++|(?<!\s)[(\[]|{_MATH_ESCAPE})*+(?<![\s({{\"“„«])"
)
"""A formula that begins with a digit. Where a bracket behind a space is never closed, or one or a quotation begins only
at the end, the digit began an amount: ``$12 per device ($n=40$)``."""
DISPLAY_MATH = rf"\$\$(?P<display>{_MATH_BODY})\$\$"
INLINE_MATH_REST = (
    rf"(?P<math>(?=\d){NUMERIC_MATH_BODY}(?=\$(?!\d))"
    rf"|(?![\d\s]){_MATH_BODY}(?<!\s)(?=\$))\$"
)
"""``$x$`` behind its first dollar sign: no space inside the dollar signs, and no amounts of money (``$5/$6``)."""

# In order: fenced code, a code span, an escaped character, and what this is about.
_SCANNED = when_needed(
    r"^(?P<fence>`{3,}+|~{3,}+)[^\n]*\n(?:.*\n)*?(?P=fence)[ ]*$"
    r"|(?<!`)(?P<ticks>`++)(?:[^`\n]++|\n(?![ \t]*\n)|(?!(?P=ticks)(?!`))`++)*+(?P=ticks)(?!`)"
    rf"|\\.|{DISPLAY_MATH}|\${INLINE_MATH_REST}",
    re.MULTILINE,
)


class Slot(NamedTuple):
    """What one private-use character stands for."""

    formula: mathml.Formula
    source: str
    """As written, with its dollar signs."""
    start: int
    """Offset in the text."""


class Slotted(NamedTuple):
    """A text, as it was written or as HTML already, whose formulas are slots."""

    text: str
    slots: list[Slot]


def printable(text: str) -> str:
    """``text`` with U+FFFD for what no page may carry, be it written as itself or by its number (``&#xE000;``)."""
    return _NUMBERED.sub(_printable_reference, _UNPRINTABLE.sub("\ufffd", text))


def _printable_reference(match: re.Match[str]) -> str:
    char = unescape(match[0]) if len(match[0]) < _LONGEST_NUMBER else ""
    return match[0] if char and not _UNPRINTABLE.match(char) else "\ufffd"


def put_away(source: str, macros: mathml.Macros) -> Slotted:
    """``source`` (not yet HTML) with each formula as a slot."""
    slots: list[Slot] = []

    def to_slot(match: re.Match[str]) -> str:
        latex = match["display"] or match["math"]
        if latex is None:
            return match[0]
        formula = mathml.convert(latex.strip(), display=match["display"] is not None, macros=macros)
        slots.append(Slot(formula, match[0], match.start()))
        return chr(FIRST_SLOT - 1 + len(slots))

    return Slotted(_SCANNED.sub(to_slot, source), slots)


def with_macros_written_out(source: str, macros: mathml.Macros) -> str:
    """``source`` with what the macros of its formulas stand for."""

    def formula(match: re.Match[str]) -> str:
        latex = match["display"] or match["math"]
        return match[0] if latex is None else match[0].replace(latex, written_out(latex, macros))

    return _SCANNED.sub(formula, source) if macros else source


def with_sources(text: str, slots: list[Slot]) -> str:
    """``text`` with its formulas as they were written, for code and addresses."""
    return SLOT.sub(lambda match: slots[ord(match[0]) - FIRST_SLOT].source, text) if slots else text


def with_plain_math(text: str, slots: list[Slot]) -> str:
    """``text`` with its formulas in plain Unicode. Their own space at the edges is none beside that of the text."""

    def plain(match: re.Match[str]) -> str:
        words = slots[ord(match[0]) - FIRST_SLOT].formula.text
        if not words.startswith(" ") and not words.endswith(" "):
            return words
        start, end = match.span()
        words = words.lstrip(" ") if text[start - 1 : start] == " " else words
        return words.rstrip(" ") if text[end : end + 1] == " " else words

    return SLOT.sub(plain, text) if slots else text


def with_mathml(html: str, slots: list[Slot]) -> str:
    """``html`` with its formulas as MathML, or as code where they could not be converted."""
    if not slots:
        return html
    if any(slot.formula.is_script for slot in slots):
        html = _WORD_WITH_SLOTS.sub(lambda match: _unbroken(match[0], slots), html)
    return SLOT.sub(lambda match: slots[ord(match[0]) - FIRST_SLOT].formula.html, html)


def _unbroken(word: str, slots: list[Slot]) -> str:
    """``word`` on one line when all its formulas are scripts: browsers would take a formula for a place to break it."""
    if len(word) > 1 and all(slots[ord(slot) - FIRST_SLOT].formula.is_script for slot in SLOT.findall(word)):
        return f'<span class="math-word">{word}</span>'
    return word
