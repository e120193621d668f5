"""The one type of text that templates do not escape."""

from __future__ import annotations

from html import escape

from msgspec import Struct


class Html(Struct, frozen=True, omit_defaults=True):
    """Markup that labpress made or cleaned. Template engines know it by its ``__html__`` method."""

    source: str = ""

    def __html__(self) -> str:
        return self.source

    def __str__(self) -> str:
        return self.source

    def __bool__(self) -> bool:
        return bool(self.source)


def html_of(text: str) -> Html:
    """Plain text as it is shown: what would be markup is escaped."""
    return Html(escape(text, quote=False))
