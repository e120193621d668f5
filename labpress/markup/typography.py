"""Quotation marks, dashes and dots as they are printed, in HTML that has been made already."""

from __future__ import annotations

import re

QUOTES: dict[str, str] = {
    "en": "“”‘’",
    "de": "„“‚‘",
    "fr": "«»‘’",
    "es": "«»“”",
    "it": "«»“”",
    "pt": "“”‘’",
    "nl": "“”‘’",
    "sv": "””’’",
    "fi": "””’’",
    "da": "„“‚‘",
    "pl": "„”‚’",
    "cs": "„“‚‘",
    "ru": "«»„“",
    "uk": "«»„“",
}
"""Language -> opening and closing quotation marks, double and single."""

_PLAIN = re.compile(r"[\"']|--|\.\.\.")
_TOKEN = re.compile(
    r"<(code|pre|kbd|samp|var|math)\b[^<>]*>.*?</\1>|<[^<>]*>|https?://[^\s<>\"]+|---?|\.\.\.|[\"']", re.DOTALL
)
_OPENS_AFTER = frozenset(" \n\t\xa0([{-–—/=“‘«„‚")
_DECADE = re.compile(r"\d\ds\b")


def typographic(html: str, language: str = "en") -> str:
    """``html`` with curly quotes, dashes for ``--`` and ``---``, and an ellipsis for ``...``; code is left alone."""
    if not _PLAIN.search(html):
        return html
    marks = QUOTES.get(language.partition("-")[0].lower(), QUOTES["en"])

    def printed(match: re.Match[str]) -> str:
        token = match[0]
        if token == '"':
            return marks[0] if _opens(match) else marks[1]
        if token == "'":
            return marks[2] if _opens(match) and not _DECADE.match(html, match.end()) else "’"
        return _SYMBOLS.get(token, token)

    return _TOKEN.sub(printed, html)


_SYMBOLS = {"--": "–", "---": "—", "...": "…"}


def _opens(match: re.Match[str]) -> bool:
    """Whether a quotation mark stands where a quotation begins: after space or an opening mark, before a word."""
    html = match.string
    at = match.start() - 1
    while at >= 0 and html[at] in ">\"'":
        at = html.rfind("<", 0, at) - 1 if html[at] == ">" else at - 1
    following = html[match.end() : match.end() + 1]
    return (at < 0 or html[at] in _OPENS_AFTER) and following not in ("", " ", "\n")
