"""Quotation marks, dashes and dots as they are printed, in HTML that has been made already."""

from __future__ import annotations

import re

from labpress.core.patterns import when_needed

QUOTES: dict[str, tuple[str, str, str, str]] = {
    "en": ("“", "”", "‘", "’"),
    "cs": ("„", "“", "‚", "‘"),
    "da": ("„", "“", "‚", "‘"),
    "de": ("„", "“", "‚", "‘"),
    "es": ("«", "»", "“", "”"),
    "fi": ("”", "”", "’", "’"),
    "fr": ("«\u202f", "\u202f»", "“", "”"),
    "it": ("«", "»", "“", "”"),
    "pl": ("„", "”", "‚", "’"),
    "ru": ("«", "»", "„", "“"),
    "sv": ("”", "”", "’", "’"),
    "uk": ("«", "»", "„", "“"),
}
"""Language -> quotation marks, opening and closing, and those of a quotation inside. Others are as in English."""

# Verbatim elements, tags and addresses are passed over; the rest is what this is about.
_TOKEN = when_needed(
    r"<(code|pre|kbd|samp|script|style|textarea)\b[^<>]*>.*?</\1>|<[^<>]*>|https?://[^\s<>\"]+|---?|\.\.\.|[\"']",
    re.DOTALL,
)
_SYMBOLS = {"--": "–", "---": "—", "...": "…"}
_OPENS_AFTER = frozenset(" \n\t\xa0([{-–—/=“‘«„‚")
_DECADE = when_needed(r"\d\ds\b")
_FARTHEST = 8
"""Tags and quotation marks looked past for the character before a quotation mark."""


def needs_typography(text: str) -> bool:
    """Whether ``typographic`` would change a text without tags."""
    return '"' in text or "'" in text or "--" in text or "..." in text


def typographic(html: str, language: str = "en") -> str:
    """``html`` with curly quotes, dashes for ``--`` and ``---``, and an ellipsis for ``...``; code is left alone."""
    outer_open, outer_close, inner_open, inner_close = QUOTES.get(language.partition("-")[0].lower(), QUOTES["en"])
    inside = False

    def printed(match: re.Match[str]) -> str:
        nonlocal inside
        found = match[0]
        if found == '"':
            return outer_open if _opens(match) else outer_close
        if found != "'":
            return _SYMBOLS.get(found, found)
        if _opens(match) and not _DECADE.match(html, match.end()):
            inside = True
            return inner_open
        closes = inside and not html[match.end() : match.end() + 1].isalnum()
        inside = inside and not closes
        return inner_close if closes else "’"

    return _TOKEN.sub(printed, html)


def _opens(match: re.Match[str]) -> bool:
    """Whether a quotation mark stands where a quotation begins: after space or an opening mark, before a word."""
    html = match.string
    if html[match.end() : match.end() + 1] in ("", " ", "\n"):
        return False
    at = match.start() - 1
    for _ in range(_FARTHEST):
        if at < 0 or html[at] not in ">\"'":
            break
        at = html.rfind("<", 0, at) - 1 if html[at] == ">" else at - 1
    return at < 0 or html[at] in _OPENS_AFTER
