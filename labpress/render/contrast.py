"""Whether an accent colour can be read on a theme's ground."""

from __future__ import annotations

from labpress.core.colours import READABLE, Colour, contrast, red_green_blue
from labpress.core.diagnostics import Diagnostic, Span, quoted

LIGHT_GROUND: Colour = (243, 245, 248)
"""The darkest of the grounds that the built-in themes have in light."""


def weak_accent(accent: str, span: Span | None = None) -> tuple[Diagnostic, ...]:
    """A note on an accent colour that cannot be read on a light ground, where the theme shows a darker shade of it.

    No colour reads on both white and black: one that reads on light grounds is always lightened on dark ones, which is
    worth no word.
    """
    colour = red_green_blue(accent)
    if colour is None or contrast(colour, LIGHT_GROUND) >= READABLE:
        return ()
    found = f"{contrast(colour, LIGHT_GROUND):.1f}:1"
    message = (
        f"expected an accent with a contrast of {READABLE}:1 on a light ground, found {quoted(accent)} with {found}"
    )
    return (Diagnostic("weak-accent", message, span, "links and bars show a darker shade of it"),)
