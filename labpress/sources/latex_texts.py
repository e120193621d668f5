r"""LaTeX values of BibTeX files, tidied but still LaTeX: accents become letters, protective braces go, math stays.

``{BERT} for Erd{\H o}s' $O(n^{2})$`` becomes ``BERT for Erdős' $O(n^{2})$``.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape

from labpress.core.patterns import when_needed
from labpress.core.text import one_line
from labpress.markup.latex import latex_to_text
from labpress.markup.latex_tables import SYMBOLS

_ESCAPED_SIGNS = {
    "backslash": "\\", "textbackslash": "\\", "{": "{", "}": "}", "_": "_", "^{}": "^", "textasciicircum": "^",
    "~{}": "~", "textasciitilde": "~", "textless": "<", "textgreater": ">", "&": "&", "%": r"\%", "#": r"\#",
}  # fmt: skip
_ESCAPED_SIGN = when_needed(rf"\{{\\({'|'.join(map(re.escape, _ESCAPED_SIGNS))})\}}")
_ESCAPED_MATH = when_needed(
    rf"(\{{\\\$\}}){{1,2}}((?:[^{{}}$]|{_ESCAPED_SIGN.pattern}){{1,500}})\1{{1,2}}(\$[^$]{{1,500}}\$)?"
)
"""Math of which a program has made text: ``{\\$}{\\$}{\\backslash}mathcal {\\{}O{\\}}(n){\\$}{\\$}``."""
_FORMULA = when_needed(r"[\\^]|^\S*_\S*$")
_LETTER = r"(?:[ ]?\{[ ]?(?:\\[\"'`^~=.])?\{?\\?[A-Za-z]{0,2}\}?[ ]?\}|[ ]?\\[ij](?![A-Za-z])[ ]?"
_ACCENT = (
    rf"\\[\"'`^~=.]{_LETTER}|[ ]?[A-Za-z])"
    rf"|\\[uvHtcdbkr](?![A-Za-z]){_LETTER}|[ ][A-Za-z])"
    r"|\\(?:ss|ae|AE|oe|OE|o|O|l|L|aa|AA|dh|DH|th|TH|dj|DJ|ng|NG|i|j)(?![A-Za-z])(?:\{\}|[ ](?=[^\s\\{]))?"
)
_FORMULA_OR_ACCENT = when_needed(rf"(\\[$\\]|\$(?:[^$\\]|\\.)*\$)|\{{(?:{_ACCENT})\}}|{_ACCENT}", re.DOTALL)
_SPACED_ACCENT = when_needed(r"(\\[\"'`^~=.])[ ]+(?=[A-Za-z{\\])")
_SPACE_COMMAND = when_needed(r"\\(?:[\\,;: ]|(?:thinspace|enspace|quad|space|nobreakspace)(?![A-Za-z])(?:\{\})?)")
_ENTITY = when_needed(r"\\?&(#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,9});")
_TAG = when_needed(
    r"(?:<|\{\\textless\}|\\textless\{\})(/?)([A-Za-z][A-Za-z:-]{0,20})(?:\s[^<>\\]{0,200})?/?(?:>|\{\\textgreater\}|\\textgreater\{\})"
)
"""Some programs write the brackets of a tag in LaTeX: ``{\\textless}i{\\textgreater}``."""

_COMMANDS = {
    "i": "emph", "em": "emph", "italic": "emph", "b": "textbf", "strong": "textbf", "bold": "textbf",
    "sub": "textsubscript", "sup": "textsuperscript", "sc": "textsc", "scp": "textsc", "tt": "texttt", "code": "texttt",
}  # fmt: skip
_DROPPED = frozenset("p br span div sec title inline-formula alternatives tex-math".split())
_PIECE = when_needed(r"\$(?:[^$\\]|\\.)*\$|\\[A-Za-z]+\*?\s*|\\.|[{}^_]|[^\\{}$^_]+|.", re.DOTALL)
_LITERALLY = str.maketrans({"\\": r"\textbackslash{}", "{": r"\{", "}": r"\}"})
_BLANK_LINE = when_needed(r"\n[ \t]*\n")
_MARKED = when_needed(r"[\\{}~$&<`'\"-]")
_ADDRESS_COMMAND = when_needed(r"\\(?:url|nolinkurl|path|texttt)\s*(?=\{)")
_HREF = when_needed(
    r"\\href\s*\{((?:[^{}\\]|\\.|\{[^{}]{0,100}\}){0,2000}+)\}(?:\s*+\{(?:[^{}\\]|\\.|\{[^{}]{0,200}\}){0,2000}+\})?"
)
_WRAPPED = when_needed(r"(?<!\s)[ \t]*+\n\s*+(?!https?:|www\.|10\.\d)", re.IGNORECASE)
"""The end of a line inside of an address, and not between two."""
_ADDRESS_ESCAPE = when_needed(r"\\(?=[_%&#~$^{}])|\\(text[a-z]{3,20}|sim|mathsemicolon)(?![A-Za-z])[ ]?|[{}$]")
_ADDRESS_ENTITY = when_needed(r"&(?:lt|gt|amp|#\d{1,5});")
_ADDRESS_SYMBOLS = SYMBOLS | {"sim": "~", "mathsemicolon": ";"}


def tidy_line(value: str) -> str:
    """A title or another value of one line."""
    return one_line(_tidied(value))


def tidy_text(value: str) -> str:
    """An abstract: paragraphs stay, line ends within them go."""
    paragraphs = (one_line(part) for part in _BLANK_LINE.split(_tidied(value)))
    return "\n\n".join(part for part in paragraphs if part)


def tidy_lines(value: str) -> str:
    """A note: its lines stay."""
    return "\n".join(filter(None, map(one_line, _tidied(value).split("\n"))))


def plain_line(value: str) -> str:
    """A name or another value that can have no markup, as plain Unicode."""
    if not _MARKED.search(value):
        return one_line(value)
    return one_line(latex_to_text(_SPACED_ACCENT.sub(r"\1", _without_html(value))))


def with_letters(value: str) -> str:
    r"""A list of names with the letters and spaces that commands and entities stand for; the rest stays LaTeX.

    Else the ``~`` of ``Mu\~noz`` and the comma of ``J.\,A.`` were taken for signs between words and names.
    """
    if "\\" not in value and "&" not in value:
        return value
    return _SPACE_COMMAND.sub(" ", _FORMULA_OR_ACCENT.sub(_letter, _without_html(value)))


def plain_address(value: str) -> str:
    r"""An address or an identifier, whose special characters some tools escape: ``\url{https://x.org/a\_b}``."""
    return plain_addresses(_WRAPPED.sub("", value.strip()))


def plain_addresses(value: str) -> str:
    r"""Text with addresses in it, which stand there as they are typed into a browser; of ``\href`` only the address."""
    if re.search(r"[\\{}$&\s]", value):
        value = _ADDRESS_COMMAND.sub("", _HREF.sub(r"\1 ", value))
        value = one_line(_ADDRESS_ENTITY.sub(lambda found: unescape(found[0]), _ADDRESS_ESCAPE.sub(_in_address, value)))
    return value


def _in_address(escape: re.Match[str]) -> str:
    return _ADDRESS_SYMBOLS.get(escape[1], escape[0]) if escape[1] else ""


def html_as_latex(value: str) -> str:
    r"""HTML text as LaTeX: tags as commands, ``\`` and braces as the characters they are; ``$`` stays, for math."""
    return _without_html(value if "$" in value else value.translate(_LITERALLY))


def _tidied(value: str) -> str:
    if not _MARKED.search(value):
        return value
    if r"{\$}" in value:
        value = _ESCAPED_MATH.sub(_math, value)
    return without_protection(_FORMULA_OR_ACCENT.sub(_letter, _without_html(value)))


def _math(text: re.Match[str]) -> str:
    """The formula that ``text`` was, if not two amounts of money. Springer has some formulas once more behind it."""
    formula = _ESCAPED_SIGN.sub(lambda sign: _ESCAPED_SIGNS[sign[1]], text[2]).strip()
    is_double = text[0].startswith(text[1] * 2)
    if not (is_double or _FORMULA.search(formula)) or formula.count("{") != formula.count("}"):
        return text[0]
    behind = text[4] or ""
    return f"${formula}$" if behind[1:-1].strip() in ("", formula) else f"${formula}$ {behind}"


def _letter(match: re.Match[str]) -> str:
    return match[1] or _unicode(match[0])


@lru_cache(maxsize=4096)
def _unicode(accent: str) -> str:
    return latex_to_text(_SPACED_ACCENT.sub(r"\1", accent))


def _without_html(value: str) -> str:
    r"""``value`` with HTML's entities and tags, which many exporters leave, as LaTeX: ``&amp;`` as ``\&``."""
    if "&" in value:
        value = _ENTITY.sub(_character, value.replace(r"{\&}", r"\&"))
    return _TAG.sub(_command, value) if "<" in value or "\\textless" in value else value


def _character(match: re.Match[str]) -> str:
    entity = "&" + match[1] + ";"
    char = unescape(entity)
    if char == entity:
        return match[0]
    return "\\" + char if char in "&%$#_{}" else char


def without_entities(value: str) -> str:
    """``value`` with the characters that HTML's entities stand for, unless it has elements, too, and is HTML."""
    return _ENTITY.sub(lambda match: unescape(f"&{match[1]};"), value) if "&" in value and "<" not in value else value


def _command(match: re.Match[str]) -> str:
    closing, tag = match[1], match[2].lower().removeprefix("jats:")
    if tag in _DROPPED or tag.startswith("mml:"):
        return "\n\n" if tag == "p" and not closing else ""
    if tag not in _COMMANDS:
        return match[0]
    return "}" if closing else f"\\{_COMMANDS[tag]}{{"


def without_protection(text: str) -> str:
    r"""``text`` without braces that only guard capitals; those of arguments, of ``{\it …}`` and of math stay."""
    if "{" not in text and "}" not in text:
        return text
    pieces = _PIECE.findall(text)
    kept: list[str] = []
    opened: list[bool] = []
    before = ""  # What stands before: a "command" or its argument, a "script" (^ or _), or "" for text.
    for at, piece in enumerate(pieces):
        if piece == "{":
            follows = pieces[at + 1] if at + 1 < len(pieces) else ""
            keep = bool(before) or (follows[:1] == "\\" and follows[1:2].isalpha())
            opened.append(keep)
            kept.append("{" if keep else "")
            before = ""
        elif piece == "}":
            keep = opened.pop() if opened else False
            # A command must not grow together with the word after the brace.
            kept.append("}" if keep else "{}" if _ends_in_command(kept) else "")
            before = "command" if keep else ""
        else:
            kept.append(piece)
            before = _kind(piece)
    return "".join(kept) + "}" * sum(opened)


def _kind(piece: str) -> str:
    if piece[0] == "\\" and len(piece) > 1 and (piece[1].isalpha() or piece[1] in "\"'`^~=."):
        return "command"
    return "script" if piece in ("^", "_") else ""


def _ends_in_command(kept: list[str]) -> bool:
    return bool(kept) and kept[-1][:1] == "\\" and kept[-1][1:2].isalpha() and not kept[-1][-1].isspace()
