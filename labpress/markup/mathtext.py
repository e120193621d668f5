"""MathML to plain Unicode, for page titles, feeds, search and everything else that has no markup.

The result is a line that a person reads at a glance: ``O(1/T²)``, ``ℓ₂``, ``Õ(√T)``, ``p(y | x)``. Scripts become small
letters where Unicode has all of them, and ``^(…)`` or ``_(…)`` where it has not.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from html import unescape
from typing import NamedTuple

from labpress.core.patterns import when_needed

_TOKEN = when_needed(r"<(/?)([a-z0-9]+)([^<>]*?)(/?)>|([^<]+)")

_SUPERSCRIPTS = dict(zip(
    "0123456789+−-=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWβγδθφχ⊤∘∗",
    "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵝᵞᵟᶿᵠᵡᵀ°*",
    strict=True,
))  # fmt: skip
_SUBSCRIPTS = dict(zip(
    "0123456789+−-=()aehijklmnoprstuvxβγρφχ",
    "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ",
    strict=True,
))  # fmt: skip
_RAISED = frozenset("′″‴⁗†‡°")
"""Marks that are raised as they are."""
_BRACES = frozenset("⏞⏟⎴⎵⏜⏝")
_COMBINING = {
    "~": "\u0303", "˜": "\u0303", "^": "\u0302", "ˆ": "\u0302", "¯": "\u0304", "‾": "\u0304", "ˉ": "\u0304",
    "\u0332": "\u0304", "_": "\u0304", "→": "\u20d7", "\u20d7": "\u20d7", "˙": "\u0307", "¨": "\u0308", "ˇ": "\u030c",
    "˘": "\u0306", "´": "\u0301", "`": "\u0300", "˚": "\u030a",
}  # fmt: skip
"""An accent as MathML writes it over a letter -> the combining character."""

_RELATIONS = frozenset("=<>≤≥≠≈≡~≃≅∝∈∉∋⊂⊃⊆⊇≪≫→←↔⇒⇐⇔↦⟶⟵⟹⟸⟺≜≔≺≻⪯⪰⊢⊨⊥∥:≲≳⟂")
_BINARY = frozenset("+−-±∓×·∗∘⊕⊗⊙∪∩∧∨÷∖⊖⊎")
_SPACED = _RELATIONS | _BINARY
_OPENERS = frozenset("([{⟨⌈⌊")
_CLOSERS = frozenset(")]}⟩⌉⌋|‖")
_SPELLING = str.maketrans({"∣": "|", "∼": "~", "⋅": "·", "\xa0": " ", "\u2062": "", "\u2063": "", "\u2064": ""})
_SCRIPT_LETTERS = frozenset("ℬℰℱℋℐℒℳℛℊℯℴℭℌℑℜℨ")
_WORD = when_needed(r"[A-Za-z]{2,}")
_SPACE_BESIDE_SIGN = when_needed(r"(?<=\W) | (?=\W)")


class _Piece(NamedTuple):
    """The text of one element, and how it behaves beside others."""

    text: str
    kind: str = "operand"
    """``operand``, ``operator``, ``application`` (the invisible operator behind the name of a function) or
    ``composite`` (something that falls apart beside an operator unless it is put into brackets)."""


def mathml_to_text(mathml: str) -> str:
    r"""A ``<math>`` element as a line of text. Space at its edges, as in ``3$\,$ms``, is a space of the text."""
    stack: list[tuple[str, str, list[_Piece]]] = [("", "", [])]
    for closing, tag, attributes, empty, text in _TOKEN.findall(mathml):
        if text:
            stack[-1][2].append(_Piece(unescape(text)))
        elif not closing:
            stack.append((tag, attributes, []))
        if (closing or empty) and len(stack) > 1:
            name, its_attributes, children = stack.pop()
            stack[-1][2].append(_ELEMENTS.get(name, _row)(its_attributes, children))
    return _row("", stack[0][2]).text


def raised(text: str) -> str:
    """``text`` in superscript letters, or as it is when Unicode lacks one: ``10⁻³``."""
    return "".join(map(_SUPERSCRIPTS.__getitem__, text)) if _SUPERSCRIPTS.keys() >= set(text) else text


def lowered(text: str) -> str:
    """``text`` in subscript letters, or as it is when Unicode lacks one: ``CO₂``."""
    return "".join(map(_SUBSCRIPTS.__getitem__, text)) if _SUBSCRIPTS.keys() >= set(text) else text


# One function for each kind of element, from its attributes and children.


def _operand(_: str, children: list[_Piece]) -> _Piece:
    return _Piece(_plain_letters("".join(piece.text for piece in children)).translate(_SPELLING))


def _operator(attributes: str, children: list[_Piece]) -> _Piece:
    text = "".join(piece.text for piece in children)
    if text == "\u2061":
        return _Piece("", "application")
    if text == "," and 'rspace="0"' in attributes:
        return _Piece(",")
    return _Piece(text.translate(_SPELLING), "operator")


def _space(attributes: str, _: list[_Piece]) -> _Piece:
    return _Piece(" " if re.search(r'width="(?:0\.[1-9]|[1-9])', attributes) else "")


def _nothing(_: str, __: list[_Piece]) -> _Piece:
    return _Piece("")


def _fraction(attributes: str, children: list[_Piece]) -> _Piece:
    above, below = children
    if 'linethickness="0"' in attributes:
        return _Piece(f"{above.text} choose {below.text}", "composite")
    return _Piece(f"{_grouped(above)}/{_grouped(below)}")


def _formula(attributes: str, children: list[_Piece]) -> _Piece:
    text = _row(attributes, children).text
    words = " ".join(text.split()).replace("...", "…")
    begins, ends = text[:1].isspace(), text[-1:].isspace()
    return _Piece(f"{' ' * begins}{words}{' ' * (ends and bool(words))}")


def _square_root(attributes: str, children: list[_Piece]) -> _Piece:
    return _Piece("√" + _grouped(_row(attributes, children)))


def _root(_: str, children: list[_Piece]) -> _Piece:
    radicand, degree = children
    return _Piece(f"{_raised(degree)}√{_grouped(radicand)}")


def _superscript(_: str, children: list[_Piece]) -> _Piece:
    base, above = children
    return _scripted(base, _raised(above))


def _subscript(_: str, children: list[_Piece]) -> _Piece:
    base, below = children
    return _scripted(base, _lowered(below))


def _both_scripts(_: str, children: list[_Piece]) -> _Piece:
    base, below, above = children
    return _scripted(base, _lowered(below) + _raised(above))


def _over(attributes: str, children: list[_Piece]) -> _Piece:
    base, above = children
    if 'accent="true"' not in attributes:
        return _scripted(base, _raised(above))
    mark, letter = _COMBINING.get(above.text, ""), base.text.strip()
    return _Piece(unicodedata.normalize("NFC", letter + mark)) if len(letter) == 1 else base


def _table(_: str, children: list[_Piece]) -> _Piece:
    return _Piece("; ".join(piece.text for piece in children), "composite")


def _table_row(_: str, children: list[_Piece]) -> _Piece:
    cells = [piece.text for piece in children if piece.text]
    # The second column of an alignment begins with the operator that is aligned.
    aligned = [f"{cell[0]} {cell[1:].lstrip()}" if cell[0] in _RELATIONS else cell for cell in cells[1:]]
    return _Piece(" ".join([*cells[:1], *aligned]), "composite")


def _row(_: str, children: list[_Piece]) -> _Piece:
    """Elements beside each other, with the spaces that a reader needs."""
    pieces = [piece for piece in children if piece.text or piece.kind == "application"]
    solid = [piece for piece in pieces if not piece.text.isspace()]
    if len(solid) == 1:
        begins, ends = pieces[0] is not solid[0], pieces[-1] is not solid[0]
        return solid[0]._replace(text=f"{' ' * begins}{solid[0].text}{' ' * ends}") if begins or ends else solid[0]
    out = ""
    for index, piece in enumerate(pieces):
        before = pieces[index - 1] if index else _Piece("")
        after = pieces[index + 1].text if index + 1 < len(pieces) else ""
        out += _beside(piece, out, before, after)
    enclosed = out[:1] in _OPENERS and out[-1:] in _CLOSERS
    return _Piece(out, "operand" if enclosed else "composite")


_ELEMENTS: dict[str, Callable[[str, list[_Piece]], _Piece]] = {
    "math": _formula,
    "mi": _operand, "mn": _operand, "mtext": _operand, "ms": _operand, "mo": _operator, "mspace": _space,
    "mphantom": _nothing, "mfrac": _fraction, "msqrt": _square_root, "mroot": _root, "msup": _superscript,
    "msub": _subscript, "msubsup": _both_scripts, "munderover": _both_scripts, "munder": _subscript, "mover": _over,
    "mtable": _table, "mtr": _table_row,
}  # fmt: skip
"""All others are rows."""


def _beside(piece: _Piece, out: str, before: _Piece, after: str) -> str:
    """The text of ``piece`` behind ``out``, spaced."""
    text = piece.text
    if piece.kind == "application":
        return " " if after and after[0] not in _OPENERS else ""
    if piece.kind == "operator":
        if text in _SPACED and after and out and not out.endswith((" ", *_OPENERS)):
            return f" {text} "
        if text in (",", ";") and after:
            return f"{text} "
        if text == "|" and out and after and "|" not in out and "|" not in after and not out.endswith(tuple(_OPENERS)):
            return " | "
        return text
    return f" {text}" if _would_merge(before.text, text) else text


def _would_merge(before: str, text: str) -> bool:
    """Whether a word would run into what stands beside it: ``n log n``, ``a mod b``."""
    if not (before[-1:].isalnum() and text[:1].isalnum()):
        return False
    return _WORD.fullmatch(before) is not None or _WORD.match(text) is not None


def _scripted(base: _Piece, scripts: str) -> _Piece:
    # Without a base (CO$_2$) the scripts belong to the text before the formula.
    text = base.text.rstrip()
    loose = base.kind == "composite" and text and text[-1] not in _CLOSERS
    return _Piece((f"({text})" if loose else text) + scripts, base.kind if base.kind == "operator" else "operand")


def _raised(piece: _Piece) -> str:
    text = _tight(piece)
    return text if _RAISED.issuperset(text) else _script("^", text, raised(text))


def _lowered(piece: _Piece) -> str:
    text = _tight(piece)
    return _script("_", text, lowered(text))


def _tight(piece: _Piece) -> str:
    """The text of a script, without the spaces that it does not need."""
    return "" if piece.text in _BRACES else _SPACE_BESIDE_SIGN.sub("", piece.text.strip())


def _script(mark: str, text: str, small: str) -> str:
    """A script in small letters when they exist, else behind a mark."""
    if small != text or not text:
        return small
    return mark + (text if len(text) == 1 or text.isalnum() else f"({text})")


def _grouped(piece: _Piece) -> str:
    """The text, in brackets when it would fall apart beside an operator."""
    text = piece.text.strip()
    return f"({text})" if piece.kind == "composite" else text


def _plain_letters(text: str) -> str:
    """Letters of another style as the letter itself; double-struck ones (ℝ, 𝔼) mean something and stay."""
    return "".join(unicodedata.normalize("NFKC", char) if _is_styled(char) else char for char in text)


def _is_styled(char: str) -> bool:
    double_struck = "\U0001d538" <= char <= "\U0001d56b" or "\U0001d7d8" <= char <= "\U0001d7e1"
    return ("\U0001d400" <= char <= "\U0001d7ff" and not double_struck) or char in _SCRIPT_LETTERS
