"""Markdown with math to LaTeX text, for BibTeX and other bibliographies."""

from __future__ import annotations

import re
import unicodedata
from html import unescape

from labpress.core.diagnostics import Span
from labpress.core.patterns import when_needed
from labpress.markup.latex_tables import ACCENTS, SYMBOLS
from labpress.markup.plain import without_footnote_marks
from labpress.markup.reading import Reading, read
from labpress.markup.settings import MarkupSettings
from labpress.markup.slots import FIRST_SLOT

_SETTINGS = MarkupSettings()

_COMMANDS = {
    "em": "emph", "i": "emph", "strong": "textbf", "b": "textbf", "code": "texttt", "kbd": "texttt", "samp": "texttt",
    "sup": "textsuperscript", "sub": "textsubscript",
}  # fmt: skip
"""Element -> the command that does the same."""

# A set comes first, because the engine can skip to its characters; what follows looks back at which of them it was.
_PIECE = when_needed(
    r"[^\x00-\"(-;=-Z\[\]a-z\x7f]"  # One of these, or none of ASCII: < & ' \ { } % $ # _ ~ ^ | `
    r"(?:(?<=<)(/?)([a-z0-9]+)([^<>]*)>|(?<=[\ue000-\uf8ff])()|(?<=&)[a-z]+;|(?<=')'|(?<![<&'\ue000-\uf8ff]))"
)
_CHARACTER = when_needed(r"''|[\\{}&%$#_~^<>|`\xa0]|[^\x00-\x7f]")
_WEB_LINK = when_needed(r' href="(https?:[^"]*)"')
_ITEM = when_needed(r"<li\b[^<>]*>(?:\s*<p>)?")
_BLOCKS = frozenset("li h1 h2 h3 h4 h5 h6 tr dt dd pre div blockquote caption figcaption summary ul ol dl".split())
_BLANK_LINES = when_needed(r"(?<! ) *\n *(?:\n\s*)?")  # From the first of several spaces on.

_ESCAPES = {char: f"\\{char}" for char in "&%$#_"} | {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}", "<": r"\textless{}", ">": r"\textgreater{}", "|": r"\textbar{}", "\xa0": "~",
    "`": r"\textasciigrave{}", "''": "'{}'",
}  # fmt: skip
"""Characters that mean something to TeX. Braces have names, because BibTeX counts even those behind a backslash."""

_LETTERS = {
    **{text: f"{{\\{name}}}" for name, text in reversed(SYMBOLS.items()) if len(text) == 1 and not text.isascii()},
    "–": "--", "—": "---", "“": "``", "”": "''", "‘": "{`}", "’": "'", "…": r"{\ldots}",
}  # fmt: skip
_DASH_COMMANDS = {"–": r"{\textendash}", "—": r"{\textemdash}"}
_DASHES = frozenset("-–—")
"""One beside another would be read as a longer one."""
_MARKS = {mark: command for command, mark in ACCENTS.items()}
_GREEK = when_needed(r"GREEK (SMALL|CAPITAL) LETTER (\w+)")
_LATIN_CAPITALS = frozenset("ALPHA BETA EPSILON ZETA ETA IOTA KAPPA MU NU OMICRON RHO TAU CHI".split())
"""Greek capitals that TeX has no command for, because they look like Latin ones."""


def markdown_to_latex(source: str, *, ascii: bool = False) -> str:  # noqa: A002  The word that users know.
    """A title as LaTeX text: special characters escaped, emphasis as commands, math as it is written.

    ``ascii`` writes letters beyond ASCII as commands, as far as LaTeX has any; without it they stay themselves.
    """
    return _latex(read(source, _SETTINGS, _nowhere, inline=True), only_ascii=ascii)


def markdown_block_to_latex(source: str, *, ascii: bool = False) -> str:  # noqa: A002  The word that users know.
    """An abstract as LaTeX text; paragraphs are separated by an empty line."""
    return _latex(read(source, _SETTINGS, _nowhere, inline=False), only_ascii=ascii)


def text_to_latex(text: str, *, ascii: bool = False) -> str:  # noqa: A002  The word that users know.
    """Plain text, such as a name or a venue, as LaTeX text."""
    text = unicodedata.normalize("NFC", text)
    return _CHARACTER.sub(lambda match: _character(match, match[0], only_ascii=ascii), text)


def _nowhere(_start: int, _end: int) -> Span:
    """The faults of a text are reported where it is rendered."""
    return Span("")


def _latex(reading: Reading, *, only_ascii: bool) -> str:
    closers: list[str] = []

    def piece(match: re.Match[str]) -> str:
        closing, name, attributes, slot = match.groups()
        if slot is not None:
            return reading.slots[ord(match[0]) - FIRST_SLOT].source
        if not name:
            return _character(match, unescape(match[0]), only_ascii=only_ascii)
        return _end(name, closers) if closing else _start(name, attributes, closers)

    html = unicodedata.normalize("NFC", without_footnote_marks(reading.html))
    html = html.replace("<br>\n", "<br>").replace("\n", " ")
    latex = _PIECE.sub(piece, _ITEM.sub("\n- ", html)).strip()
    if "\n" not in latex:
        return latex
    return _BLANK_LINES.sub(lambda match: "\n\n" if match[0].count("\n") > 1 else "\n", latex)


def _start(name: str, attributes: str, closers: list[str]) -> str:
    """What a start tag is in LaTeX; what its end will be is put on ``closers``."""
    if name in _COMMANDS:
        closers.append("}")
        return f"\\{_COMMANDS[name]}{{"
    if name == "a":
        address = _WEB_LINK.search(attributes)
        closers.append("}" if address else "")
        return f"\\href{{{_escaped_address(unescape(address[1]))}}}{{" if address else ""
    return " " if name == "br" else ""


def _end(name: str, closers: list[str]) -> str:
    if (name in _COMMANDS or name == "a") and closers:
        return closers.pop()
    return "\n\n" if name == "p" else "\n" if name in _BLOCKS else ""


def _escaped_address(address: str) -> str:
    r"""An address for ``\href``, where only these characters are in the way; braces are encoded."""
    return re.sub(r"[%#&]", r"\\\g<0>", address.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C"))


def _character(match: re.Match[str], char: str, *, only_ascii: bool) -> str:
    """One character as LaTeX has it. ``match`` tells what stands beside it."""
    if char in _ESCAPES:
        return _ESCAPES[char]
    if not only_ascii or char.isascii():
        return char
    beside = match.string[max(0, match.start() - 1) : match.start()] + match.string[match.end() : match.end() + 1]
    if char in _DASH_COMMANDS and not _DASHES.isdisjoint(beside):
        return _DASH_COMMANDS[char]
    return _greek(char) or _LETTERS.get(char) or _accented(char) or char


def _accented(char: str) -> str:
    r"""A letter with marks as commands: ``{\"o}``, ``{\'\i}``, ``{\'{\^e}}``; "" when LaTeX lacks one of them."""
    decomposed = unicodedata.normalize("NFD", char)
    base, marks = decomposed[0], decomposed[1:]
    if not marks or not (base.isascii() and base.isalpha()) or any(mark not in _MARKS for mark in marks):
        return ""
    commands = [_MARKS[mark] for mark in marks]
    letter = f"\\{base}" if base in "ij" and commands[-1] not in "cdk" else base
    for command in commands:
        glue = "{%s}" if command.isalpha() or (letter.startswith("\\") and len(letter) > 2) else "%s"
        letter = f"\\{command}{glue % letter}"
    return f"{{{letter}}}"


def _greek(char: str) -> str:
    match = _GREEK.fullmatch(unicodedata.name(char, ""))
    if not match or match[2] == "OMICRON" or (match[1] == "CAPITAL" and match[2] in _LATIN_CAPITALS):
        return ""
    name = {"LAMDA": "lambda", "FINAL": ""}.get(match[2], match[2].lower())
    return f"\\ensuremath{{\\{name.capitalize() if match[1] == 'CAPITAL' else name}}}"
