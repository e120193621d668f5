"""MathML to plain Unicode, for page titles, feeds, search and everything else that has no markup."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from html import unescape
from typing import NamedTuple

_TOKEN = re.compile(r"<(/?)([a-z0-9]+)([^<>]*?)(/?)>|([^<]+)")

_SUPERSCRIPTS = dict(zip(
    "0123456789+−-=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWβγδθφχ",
    "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵝᵞᵟᶿᵠᵡ",
    strict=True,
))  # fmt: skip
_SUBSCRIPTS = dict(zip(
    "0123456789+−-=()aehijklmnoprstuvxβγρφχ",
    "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ",
    strict=True,
))  # fmt: skip
_RAISED = frozenset("′″‴⁗*∗†‡°∘⊤")
"""Marks that look right behind their letter without being raised."""

_COMBINING = {
    "~": "\u0303", "˜": "\u0303", "^": "\u0302", "ˆ": "\u0302", "¯": "\u0304", "‾": "\u0304", "ˉ": "\u0304",
    "→": "\u20d7", "⃗": "\u20d7", "˙": "\u0307", "¨": "\u0308", "ˇ": "\u030c", "˘": "\u0306", "´": "\u0301",
    "`": "\u0300", "˚": "\u030a", "̲": "\u0304", "_": "\u0304",
}  # fmt: skip

_RELATIONS = frozenset("=<>≤≥≠≈≡∼~≃≅∝∈∉∋⊂⊃⊆⊇≪≫→←↔⇒⇐⇔↦⟶⟵⟹⟸⟺≜≔≺≻⪯⪰⊢⊨⊥∥|∣:≲≳⟂")
_BINARY = frozenset("+−-±∓×·⋅∗∘⊕⊗⊙∪∩∧∨÷∖⊖⊎")
_OPENERS = frozenset("([{⟨⌈⌊")
_SPELLING = str.maketrans({"∣": "|", "∼": "~", "\u2062": "", "\u2063": "", "\u2064": "", "\xa0": " ", "⋅": "·"})


class _Piece(NamedTuple):
    """The text of one element, and how it behaves beside others."""

    text: str
    kind: str = "operand"
    """``operand``, ``operator``, ``application`` (the invisible operator behind the name of a function) or
    ``composite`` (operands and operators, to be put into brackets when something is applied to it)."""


def mathml_to_text(mathml: str) -> str:
    """A ``<math>`` element as a line of text: ``O(1/T²)``."""
    stack: list[tuple[str, str, list[_Piece]]] = [("", "", [])]
    for closing, tag, attributes, empty, text in _TOKEN.findall(mathml):
        if text:
            stack[-1][2].append(_Piece(unescape(text)))
        elif not closing:
            stack.append((tag, attributes, []))
        if (closing or empty) and len(stack) > 1:
            piece = _combined(*stack.pop())
            if piece.text or piece.kind == "application" or stack[-1][0] not in ("math", "mrow", "mtd", ""):
                stack[-1][2].append(piece)
    while len(stack) > 1:  # Only when the library wrote something that is not well formed.
        stack[-2][2].append(_combined(*stack.pop()))
    return " ".join(_row(stack[0][2]).text.split())


def _combined(tag: str, attributes: str, pieces: list[_Piece]) -> _Piece:
    """One element, from its children."""
    if tag in ("mi", "mn", "mtext", "ms", "mo"):
        return _token(tag, "".join(piece.text for piece in pieces))
    if tag == "mspace":
        return _Piece(" " if re.search(r'width="(?:0\.[3-9]|[1-9])', attributes) else "")
    if tag in _SCRIPTS and len(pieces) == _SCRIPTS[tag]:
        return _scripts(tag, attributes, pieces)
    if tag == "mfrac" and len(pieces) == 2:
        above, below = pieces
        if 'linethickness="0"' in attributes:
            return _Piece(f"{above.text} choose {below.text}", "composite")
        return _Piece(f"{_grouped(above)}/{_grouped(below)}")
    if tag == "msqrt":
        return _Piece("√" + _grouped(_row(pieces)))
    if tag == "mroot" and len(pieces) == 2:
        return _Piece(_raised(pieces[1]).lstrip("^") + "√" + _grouped(pieces[0]))
    if tag == "mtable":
        return _Piece("; ".join(piece.text for piece in pieces), "composite")
    if tag == "mtr":
        return _Piece(" ".join(piece.text for piece in pieces if piece.text), "composite")
    if tag == "mphantom":
        return _Piece("")
    return _row(pieces)


_SCRIPTS = {"msup": 2, "msub": 2, "mover": 2, "munder": 2, "msubsup": 3, "munderover": 3}


def _token(tag: str, text: str) -> _Piece:
    if text == "\u2061":
        return _Piece("", "application")
    text = _plain_letters(text).translate(_SPELLING)
    return _Piece(text, "operator" if tag == "mo" else "operand")


def _plain_letters(text: str) -> str:
    """Letters of another style as the letter; double-struck ones (ℝ, 𝔼) mean something and stay."""
    return "".join(
        unicodedata.normalize("NFKC", char)
        if ("\U0001d400" <= char <= "\U0001d7ff" and not "\U0001d538" <= char <= "\U0001d56b")
        or char in "ℬℰℱℋℐℒℳℛℊℯℴℭℌℑℜℨ"
        else char
        for char in text
    )


def _scripts(tag: str, attributes: str, pieces: list[_Piece]) -> _Piece:
    base = pieces[0]
    if tag == "mover" and 'accent="true"' in attributes:
        mark = _COMBINING.get(pieces[1].text, "")
        return base if len(base.text) != 1 else _Piece(unicodedata.normalize("NFC", base.text + mark))
    below = "" if tag in ("msup", "mover") else _lowered(pieces[1])
    above = "" if tag in ("msub", "munder") else _raised(pieces[-1])
    text = _grouped(base) if base.kind == "composite" else base.text
    return _Piece(text + below + above, base.kind if base.kind == "operator" else "operand")


def raised(text: str) -> str:
    """``text`` in superscript letters, or as it is when Unicode lacks one: ``10⁻³``."""
    return "".join(map(_SUPERSCRIPTS.__getitem__, text)) if _SUPERSCRIPTS.keys() >= set(text) else text


def lowered(text: str) -> str:
    """``text`` in subscript letters, or as it is when Unicode lacks one: ``CO₂``."""
    return "".join(map(_SUBSCRIPTS.__getitem__, text)) if _SUBSCRIPTS.keys() >= set(text) else text


def _raised(piece: _Piece) -> str:
    text = piece.text.replace(" ", "")
    return text if _RAISED.issuperset(text) else _script("^", piece, raised(text))


def _lowered(piece: _Piece) -> str:
    return _script("_", piece, lowered(piece.text.replace(" ", "")))


def _script(mark: str, piece: _Piece, text: str) -> str:
    """A script in letters of its own when they exist, else behind a mark: ``e^(1/δ²)``."""
    if text != piece.text.replace(" ", "") or not text:
        return text
    return mark + (piece.text if len(text) == 1 or text.isalnum() else f"({piece.text})")


def _grouped(piece: _Piece) -> str:
    """The text, in brackets when it would fall apart beside an operator."""
    return f"({piece.text})" if piece.kind == "composite" else piece.text


def _row(pieces: Iterable[_Piece]) -> _Piece:
    """Elements beside each other, with the spaces that a reader needs."""
    row = list(pieces)
    out = ""
    loose = False
    for index, piece in enumerate(row):
        text = piece.text
        if piece.kind == "application":
            following = row[index + 1].text if index + 1 < len(row) else ""
            out += " " if following and following[0] not in _OPENERS else ""
        elif piece.kind == "operator" and text in _RELATIONS | _BINARY:
            operand_before = bool(out) and out[-1] not in _OPENERS and not out.endswith(" ")
            spaced = operand_before and index + 1 < len(row) and text not in "|"
            out += f" {text} " if spaced or (text == "|" and _is_bar(out, row, index)) else text
            loose = True
        elif text in (",", ";") and index + 1 < len(row):
            out += f"{text} "
            loose = True
        else:
            out += " " + text if _would_merge(out, text) else text
    if len(row) == 1:
        return _Piece(out, row[0].kind)
    bracketed = out[:1] in _OPENERS and out[-1:] in ")]}⟩⌉⌋"
    return _Piece(out, "composite" if (loose or len(row) > 1) and not bracketed else "operand")


def _is_bar(before: str, row: list[_Piece], index: int) -> bool:
    """Whether a bar divides (``p(y | x)``) rather than encloses (``|x|``)."""
    return (
        bool(before)
        and before.count("|") == 0
        and index + 1 < len(row)
        and not any(piece.text == "|" for piece in row[index + 1 :])
    )


def _would_merge(before: str, text: str) -> bool:
    """Whether two words or numbers would run into one."""
    if not before or not text or not before[-1].isalnum() or not text[0].isalnum():
        return False
    word_before = before[-2:].isalpha() and len(before) > 1 and before[-1].isascii()
    return (len(text) > 1 and text.isalpha() and text.isascii()) or (word_before and False)
