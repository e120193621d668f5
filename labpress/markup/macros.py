"""The site's math macros written out, for those who read its LaTeX elsewhere and do not have them."""

from __future__ import annotations

import re

from labpress.core.patterns import when_needed
from labpress.markup.mathml import MAX_EXPANSIONS, MAX_LENGTH, Macros, usable_macros

_COMMAND = when_needed(r"\\([A-Za-z]+|.)", re.DOTALL)
_PARAMETER = when_needed(r"(\\[A-Za-z]++\s*+|[\^_])?#([1-9])")
_ARGUMENT = when_needed(r"\s*+(?:(\{)|(\\(?:[A-Za-z]++|.)|[^\s{}]))", re.DOTALL)
_BRACE = when_needed(r"\\.|([{}])", re.DOTALL)
_ENDS_IN_COMMAND = when_needed(r"\\[A-Za-z]++$")
_TAKES_ONE = when_needed(
    r"(?:[\^_]|\\(?:[dtc]?frac|sqrt|d?binom|(?:wide)?(?:hat|tilde|check)|bar|vec|d{0,3}dot|breve|acute|grave"
    r"|(?:over|under)line|boldsymbol|bm|math(?:bf|rm|cal|bb|frak|sf|it)))\s*$"
)
"""What takes one token for its argument, where a macro is one and what it stands for may be many."""


def written_out(latex: str, macros: Macros) -> str:
    """``latex`` with what its macros stand for; as it is where that is more than a formula may be."""
    usable = dict(usable_macros(macros)[0])
    text, at = latex, 0
    for _ in range(MAX_EXPANSIONS):
        found = next((match for match in _COMMAND.finditer(text, at) if match[1] in usable), None)
        if not found or len(text) > MAX_LENGTH:
            break
        at = found.start()
        body = usable[found[1]]
        arguments, end = _arguments(text, found.end(), body)
        text = f"{text[:at]}{_in_place(text[:at], _filled(body, arguments), text[end:])}{text[end:]}"
    else:
        return latex
    return latex if found else text


def _arguments(text: str, at: int, body: str) -> tuple[list[str], int]:
    """As many arguments as ``body`` has places for, and where they end. One that is missing is empty."""
    arguments: list[str] = []
    for _ in range(max((int(number) for _, number in _PARAMETER.findall(body)), default=0)):
        match = _ARGUMENT.match(text, at)
        if match:
            at = _closing(text, match.end()) if match[1] else match.end()
        arguments.append("" if not match else match[2] or text[match.end() : at - 1])
    return arguments, at


def _closing(text: str, at: int) -> int:
    """Offset behind the brace that closes the one before ``at``, or of the text's end."""
    depth = 1
    for match in _BRACE.finditer(text, at):
        depth += {"{": 1, "}": -1}.get(match[0], 0)
        if not depth:
            return match.end()
    return len(text)


def _filled(body: str, arguments: list[str]) -> str:
    def argument(match: re.Match[str]) -> str:
        value = arguments[int(match[2]) - 1]
        return f"{match[1]}{{{value}}}" if match[1] else value  # One argument, be it empty or of many letters.

    return _PARAMETER.sub(argument, body)


def _in_place(before: str, text: str, after: str) -> str:
    """``text`` as it must stand between what is ``before`` and ``after``."""
    return f"{{{text}}}" if _TAKES_ONE.search(before) else f"{_gap(before, text)}{text}{_gap(text, after)}"


def _gap(before: str, after: str) -> str:
    """The space that keeps a letter from becoming a part of the command before it."""
    return " " if after[:1].isalpha() and _ENDS_IN_COMMAND.search(before) else ""
