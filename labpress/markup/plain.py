"""HTML that labpress made to plain text."""

from __future__ import annotations

import re
from html import unescape

from labpress.core.patterns import when_needed
from labpress.markup.mathtext import lowered, raised

_FOOTNOTE_MARK = when_needed(
    r'<sup id="[^"]*fnref:[^"]*">.*?</sup>|(?:&nbsp;)?<a class="footnote-backref"[^<>]*>.*?</a>', re.DOTALL
)
_SCRIPT = when_needed(r"<(su[bp])>([^<>&]{1,20})</\1>")
_BREAK = when_needed(
    r"</?(?:p|li|h[1-6]|tr|dt|dd|pre|div|blockquote|caption|figcaption|summary|ul|ol|dl)\b[^<>]*>|<[bh]r>"
)
_CELL = when_needed(r"</t[dh]>\s*")
_TAG = when_needed(r"<[^<>]*>")


def plain_text(html: str) -> str:
    """The words of ``html``: one line for each block, footnote marks left out, ``m<sup>2</sup>`` as ``m²``."""
    if "\n" in html:
        html = html.replace("\n", " ")
    if "<" in html:
        if "<su" in html:
            html = _SCRIPT.sub(_script, without_footnote_marks(html))
        if "</t" in html:
            html = _CELL.sub(" ", html)
        html = _TAG.sub("", _BREAK.sub("\n", html))
        html = "\n".join(filter(None, map(str.strip, html.split("\n"))))
    return unescape(html) if "&" in html else html


def without_footnote_marks(html: str) -> str:
    """``html`` without the numbers that lead to footnotes and the arrows that lead back."""
    return _FOOTNOTE_MARK.sub("", html) if '"footnote-' in html else html


def script_text(text: str, *, up: bool) -> str:
    """A superscript or subscript in running text: ``10⁻³`` and ``CO₂``, but ``10th``."""
    return text if any(map(str.isalpha, text)) else raised(text) if up else lowered(text)


def _script(match: re.Match[str]) -> str:
    return script_text(match[2], up=match[1] == "sup")
