"""Reading LaTeX text: tokens and commands, in one pass over the source."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from html import unescape

from labpress.core.diagnostics import Diagnostic, Parsed, Span, quoted
from labpress.core.patterns import when_needed
from labpress.markup import mathml
from labpress.markup.latex_tables import (
    ACCENTS,
    ARGUMENTS,
    DECLARATIONS,
    ENVIRONMENTS,
    ESCAPED,
    LIGATURES,
    LISTS,
    MATH_ENVIRONMENTS,
    SPACES,
    SPACING_ACCENTS,
    SPECIAL,
    STYLED,
    SYMBOLS,
    WITHOUT_TEXT,
    Style,
)
from labpress.markup.latex_tree import CITATION, Link, Math, Node, Styled, Text, TreeBuilder, Wrap
from labpress.markup.slots import NUMERIC_MATH_BODY, printable

Place = Callable[[int, int], Span]
"""Maps a start and an end offset in the given text to a span of the file it stands in."""

_TOKEN = when_needed(
    r"\\(?P<command>[A-Za-z]+)\*?(?:[ \t]*+\n?[ \t]*+)"
    r"|\\(?P<symbol>[^A-Za-z]|\Z)"
    r"|(?P<paragraph>[ \t]*+\n[ \t]*+\n\s*+)|(?P<space>\s+)"
    r"|(?P<address>https?://(?:[^\s{}\\$\"'`<>&]|&(?!\#?\w{1,8};)|\\[_%#&~])+)"
    r"|(?P<entity>&(?:\#\d{1,7}|\#[xX][0-9A-Fa-f]{1,6}|[A-Za-z]{2,8}\d{0,2});)"
    r"|`(?P<ticked>[^`'\s\\{}$]{1,80})`"
    r"|(?P<sign>[{}$~]|---?|``|''|[`'])"
    r"|(?P<text>(?:[^\\{}$~`'\-\s&h]| |h(?!ttps?://)|-(?!-)|(?<=[A-Za-z])'(?=[A-Za-z]))++|[-&])"
)
_ARGUMENT = when_needed(r"\s*+\{((?:[^{}\\]|\\.|\{(?:[^{}]|\{[^{}]{0,200}+\}){0,200}+\}){0,2000}+)\}", re.DOTALL)
_OPTIONS = when_needed(r"(?:\s*+\[[^\[\]{}]{0,200}\]){1,2}")
_ACCENTED = when_needed(r"[ \t]*+(?=[^\W\d_]|[{\\])")
_LABEL = when_needed(r"\s*+\[([^\[\]]{0,200})\]")
_WORD = when_needed(r"(?<!\\)\b[^\W_]")
_VERBATIM = when_needed(r"([^A-Za-z\s{}])([^\n]{0,1000}?)\1")
_MATH = when_needed(r"\$\$(?P<display>(?:[^$\\]|\\.)++)\$\$|\$(?P<inline>(?:[^$\\]|\\.)++)\$", re.DOTALL)
_NUMERIC = when_needed(NUMERIC_MATH_BODY)
_BLANK_LINE = when_needed(r"\n[ \t]*\n")
_DOLLAR = when_needed(r"(?<!\\)\$")
_ONE_COMMAND = when_needed(r"\\[A-Za-z]+")
_PROSE = when_needed(r"(?<![\\A-Za-z])[A-Za-z]{3}")
_ESCAPED_IN_ADDRESS = when_needed(r"\\([%#&_~{}$])(?:\{\})?")


def parse_latex(source: str, place: Place | None = None) -> Parsed[tuple[Node, ...]]:
    """Read LaTeX text. Never raises; unknown commands keep their arguments and are reported.

    A raw ``%``, ``&``, ``#``, ``_`` or ``^`` is a character like any other, because people who fill in forms and
    listings mean it so.
    """
    parser = _Parser(printable(source), place)
    parser.run()
    return Parsed(parser.tree.finished(), tuple(parser.faults))


class _Parser:
    """The state of one pass. Tokens and special commands are handled by methods named after them."""

    def __init__(self, source: str, place: Place | None) -> None:
        self.source = source
        self.place = place
        self.position = 0
        self.tree = TreeBuilder()
        self.lists: list[int | None] = []
        """Open lists: the number of the last item, or None where items have no number."""
        self.quoting = False
        self.unknown: set[str] = set()
        self.faults: list[Diagnostic] = []

    def run(self) -> None:
        while match := _TOKEN.match(self.source, self.position):
            self.position = match.end()
            getattr(self, f"token_{match.lastgroup}")(match)
        if self.tree.groups:
            end = len(self.source)
            self.report("odd-latex", f'{self.tree.groups} "{{" without a "}}"', end - 1, end)

    # Tokens, by their names in _TOKEN.

    def token_text(self, match: re.Match[str]) -> None:
        self.tree.add_text(match[0])

    def token_entity(self, match: re.Match[str]) -> None:
        self.tree.add(Text(unescape(match[0]).replace("\xa0", " ")))

    def token_address(self, match: re.Match[str]) -> None:
        self.tree.add(Text(_ESCAPED_IN_ADDRESS.sub(r"\1", match[0])))

    def token_ticked(self, match: re.Match[str]) -> None:
        """Code as Markdown marks it, which abstracts do too."""
        self.tree.add(Styled("code", (Text(match["ticked"]),)))

    def token_space(self, _: re.Match[str]) -> None:
        self.tree.add_text(" ")

    def token_paragraph(self, _: re.Match[str]) -> None:
        self.tree.end_paragraph()

    def token_sign(self, match: re.Match[str]) -> None:
        sign, following = match[0], self.source[match.end() : match.end() + 1]
        if sign == "{":
            self.tree.open()
        elif sign == "}":
            if not self.tree.close():
                self.report("odd-latex", '"}" without a "{"', match.start(), match.end())
        elif sign == "$":
            self.dollar(match)
        elif sign == "~":
            # A tie joins words; before a number, with space on its other side, it says "about".
            ties = not following.isdigit() or self.source[match.start() - 1 : match.start()].strip(" (\n")
            self.tree.add(Text(" " if ties else "~"))
        elif sign in ("`", "'"):
            closes = sign == "'" and self.quoting and not following.isalnum()
            self.quoting = sign == "`" or (self.quoting and not closes)
            self.tree.add(Text("‘" if sign == "`" else "’" if closes else "'"))
        else:
            self.tree.add(Text(LIGATURES[sign]))

    def token_symbol(self, match: re.Match[str]) -> None:
        symbol = match["symbol"]
        if symbol and symbol in "([":
            self.math_until(r"\)" if symbol == "(" else r"\]", match, display=symbol == "[")
        elif symbol in ACCENTS:
            self.accent(symbol)
        elif symbol in SPACES:
            self.tree.add(Text(" "))
        elif symbol == "\\":
            self.skip_options()
            self.tree.add(Text(" "))
        elif symbol not in WITHOUT_TEXT:
            self.tree.add(Text(symbol or "\\"))
            if symbol and symbol not in ESCAPED:
                self.report_unknown(f"\\{symbol}", match)

    def token_command(self, match: re.Match[str]) -> None:
        name = match["command"]
        if name in SYMBOLS:
            self.add_word(SYMBOLS[name], match, spaced=len(SYMBOLS[name]) > 1)
        elif name in ACCENTS:
            self.accent(name)
        elif name in STYLED:
            self.skip_options()
            self.tree.pending = _styling(STYLED[name])
        elif name in DECLARATIONS:
            if wrap := _styling(DECLARATIONS[name]):
                self.tree.declare(wrap)
        elif name in SPACES:
            self.tree.add(Text(" "))
        elif name in SPECIAL:
            getattr(self, f"command_{SPECIAL[name]}")(match)
        elif name in WITHOUT_TEXT:
            for _ in range(WITHOUT_TEXT[name]):
                self.skip_options()
                self.argument()
        else:
            self.other_command(match)

    # Commands that are like no other, by their names in SPECIAL.

    def command_link(self, _: re.Match[str]) -> None:
        address = _ESCAPED_IN_ADDRESS.sub(r"\1", self.argument() or "").strip()
        self.tree.pending = (lambda nodes: [Link(address, tuple(nodes))]) if address else None

    def command_address(self, _: re.Match[str]) -> None:
        address = _ESCAPED_IN_ADDRESS.sub(r"\1", self.argument() or "").strip()
        if address:
            self.tree.add(Link(address, (Text(address),)) if "://" in address else Text(address))

    def command_verbatim(self, _: re.Match[str]) -> None:
        if found := _VERBATIM.match(self.source, self.position):
            self.position = found.end()
            self.tree.add(Styled("code", (Text(found[2]),)))

    def command_math(self, _: re.Match[str]) -> None:
        latex = _one_line(self.argument() or "")
        if _ONE_COMMAND.fullmatch(latex) and len(letter := mathml.math_to_text(latex)) == 1:
            self.tree.add(Text(letter))
        elif latex:
            self.tree.add(Math(latex))

    def command_alternatives(self, match: re.Match[str]) -> None:
        """A text and what to read for it where there is only plain text: also where the first is not understood."""
        position = self.position
        written, plain = self.argument(), self.argument()
        if written is None or plain is None:
            self.position = position
            self.report_unknown(f"\\{match['command']}", match)
            return
        nodes, faults = parse_latex(written)
        if faults or any(isinstance(node, Math) and mathml.convert(node.latex).fault for node in nodes):
            nodes = parse_latex(plain).value
        for node in nodes:
            self.tree.add(node)

    def command_paragraph(self, _: re.Match[str]) -> None:
        self.tree.end_paragraph()

    def command_item(self, _: re.Match[str]) -> None:
        label = _LABEL.match(self.source, self.position)
        number = self.lists[-1] if self.lists else None
        if number is not None:
            self.lists[-1] = number + 1
        self.tree.end_paragraph("- " if number is None else f"{number + 1}. ")
        if label:
            self.position = label.end()
        if label and _WORD.search(label[1]):
            self.tree.add(Styled("strong", parse_latex(label[1]).value))
            self.tree.add(Text(" "))

    def command_begin(self, match: re.Match[str]) -> None:
        name = (self.argument() or "").strip()
        bare = name.rstrip("*")
        if bare in MATH_ENVIRONMENTS:
            self.math_until(f"\\end{{{name}}}", match, display=True, environment=MATH_ENVIRONMENTS[bare])
            return
        self.skip_options()
        if bare in LISTS:
            self.lists.append(0 if bare == "enumerate" else None)
        elif bare not in ENVIRONMENTS:
            self.report_unknown(f"\\begin{{{name}}}", match)
        for _ in range(ARGUMENTS.get(bare, 0)):
            self.skip_options()
            self.argument()
        self.tree.end_paragraph()

    def command_end(self, _: re.Match[str]) -> None:
        if (self.argument() or "").strip() in LISTS and self.lists:
            self.lists.pop()
        self.tree.end_paragraph()

    def command_citation(self, match: re.Match[str]) -> None:
        self.skip_options()
        if self.argument() is not None:
            self.tree.add(Text(CITATION))
            written = self.source[match.start() : self.position]
            self.report("citation-left-out", f"{quoted(written)} was left out", match.start(), self.position)

    def other_command(self, match: re.Match[str]) -> None:
        r"""A symbol of math mode that stands in text (``\alpha``), or a command that nobody knows."""
        name = match["command"]
        formula = mathml.convert(f"\\{name}")
        if not formula.fault and formula.text:
            self.add_word(formula.text, match, spaced=True)
            return
        self.report_unknown(f"\\{name}", match)
        if self.source[self.position : self.position + 1] != "{" or self.source.startswith("{}", self.position):
            self.add_word(name, match, spaced=True)

    # What they share.

    def add_word(self, text: str, match: re.Match[str], *, spaced: bool) -> None:
        """What a command prints. TeX drops the space behind a command; ``spaced`` keeps it between words."""
        following = self.source[self.position : self.position + 1]
        self.tree.add(Text(f"{text} " if spaced and match[0][-1].isspace() and following.isalnum() else text))

    def accent(self, command: str) -> None:
        letter = _ACCENTED.match(self.source, self.position)
        if letter:
            self.position = letter.end()
            self.tree.pending = lambda nodes: _accented(command, nodes)
        else:
            self.tree.add(Text(SPACING_ACCENTS.get(command, "")))

    def dollar(self, match: re.Match[str]) -> None:
        found = _MATH.match(self.source, match.start())
        if found and not _BLANK_LINE.search(found[0]):
            display = found["display"] is not None
            latex = found["display"] or found["inline"]
            if display or _is_math(latex, self.source[found.end() : found.end() + 1]):
                self.position = found.end()
                if latex := _one_line(latex):
                    self.tree.add(Math(latex, display))
                return
        self.tree.add(Text("$"))

    def math_until(self, end: str, match: re.Match[str], *, display: bool, environment: str = "") -> None:
        """Math up to ``end``, which must come before the formula is too long to be one."""
        at = self.source.find(end, self.position, self.position + mathml.MAX_LENGTH)
        if at < 0:
            written = self.source[match.start() : self.position]
            self.report("odd-latex", f"{quoted(written)} has no {end}", match.start(), self.position)
            return
        latex = _one_line(self.source[self.position : at])
        self.position = at + len(end)
        if latex:
            latex = f"\\begin{{{environment}}}{latex}\\end{{{environment}}}" if environment else latex
            self.tree.add(Math(latex, display))

    def argument(self) -> str | None:
        """The source of the next argument in braces, which is then passed; None when there is none."""
        match = _ARGUMENT.match(self.source, self.position)
        if not match:
            return None
        self.position = match.end()
        return match[1]

    def skip_options(self) -> None:
        if match := _OPTIONS.match(self.source, self.position):
            self.position = match.end()

    def report_unknown(self, command: str, match: re.Match[str]) -> None:
        if command not in self.unknown:
            self.unknown.add(command)
            message = f"{quoted(command)} is no LaTeX command that labpress knows; what it applies to was kept"
            help_ = "look whether the text lacks what the command stands for"
            self.report("unknown-command", message, match.start(), match.start() + len(command), help_)

    def report(self, code: str, message: str, start: int, end: int, help_: str = "") -> None:
        span = self.place(max(start, 0), end) if self.place else None
        self.faults.append(Diagnostic(code, message, span, help_))


def _styling(style: Style) -> Wrap | None:
    return None if style == "plain" else lambda nodes: [Styled(style, tuple(nodes))]


def _one_line(latex: str) -> str:
    """A formula that can stand between dollar signs: on one line, without such signs or an escape at its end."""
    latex = " ".join(_DOLLAR.sub("", latex).split())
    backslashes = len(latex) - len(latex.rstrip("\\"))
    return latex[:-1].rstrip() if backslashes % 2 else latex


def _is_math(latex: str, following: str) -> bool:
    """Whether what stands between two dollar signs is a formula rather than words between amounts of money."""
    if latex[0].isdigit():
        return _NUMERIC.fullmatch(latex) is not None and not following.isdigit()
    is_spaced = latex[0].isspace() or latex[-1].isspace()
    return not (is_spaced and _PROSE.search(latex))


def _accented(command: str, nodes: list[Node]) -> list[Node]:
    """``nodes`` with an accent on their first letter."""
    if not nodes or not isinstance(nodes[0], Text):
        return [Text(SPACING_ACCENTS.get(command, "")), *nodes]
    letter, rest = nodes[0].text[:1], nodes[0].text[1:]
    base = {"ı": "i", "ȷ": "j"}.get(letter, letter)
    return [Text(unicodedata.normalize("NFC", base + ACCENTS[command]) + rest), *nodes[1:]]
