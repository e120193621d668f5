"""A few words of a text, for descriptions and previews."""

from __future__ import annotations

from labpress.core.text import one_line

LIMIT = 200
"""Characters that search engines and social sites show of a description."""


def summary_of(text: str, limit: int = LIMIT) -> str:
    """The beginning of ``text`` on one line, cut between words, with an ellipsis where it was cut."""
    start = text[: limit + 1]
    flat = start if one_line(start) == start else one_line(text[: limit * 4])
    if len(flat) <= limit:
        return flat
    cut = flat.rfind(" ", limit // 2, limit)
    return flat[: cut if cut > 0 else limit - 1].rstrip(" ,;:.–—-") + "…"
