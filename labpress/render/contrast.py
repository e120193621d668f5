"""Whether a colour can be read on a theme's ground (WCAG 2.2, success criterion 1.4.3)."""

from __future__ import annotations

import re

from labpress.core.diagnostics import Diagnostic, Span, quoted

READABLE = 4.5
"""The contrast that text of ordinary size needs, level AA."""

LIGHT_GROUND = "#f3f5f8"
"""The darkest of the grounds that the built-in themes have in light."""

_HEX = re.compile(r"#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})")
_RGB = re.compile(r"rgba?\(\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})\b.{0,20}\)")


def red_green_blue(colour: str) -> tuple[int, int, int] | None:
    """The parts of ``#8a1c30``, ``#8a1`` or ``rgb(138, 28, 48)``; None for colours written in other ways."""
    colour = colour.strip().lower()
    if found := _HEX.fullmatch(colour):
        digits = found.group(1)
        width = 1 if len(digits) < 6 else 2
        red, green, blue = (int(digits[at * width : (at + 1) * width] * (3 - width), 16) for at in range(3))
        return red, green, blue
    if found := _RGB.fullmatch(colour):
        red, green, blue = (min(255, int(part)) for part in found.groups())
        return red, green, blue
    return None


def contrast(one: tuple[int, int, int], other: tuple[int, int, int]) -> float:
    """From 1, for equal colours, to 21, for black and white."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: tuple[int, int, int]) -> float:
    red, green, blue = (_linear(part / 255) for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def weak_accent(accent: str, span: Span | None = None) -> tuple[Diagnostic, ...]:
    """A note on an accent colour that cannot be read on a light ground, where the theme shows a darker shade of it.

    No colour reads on both white and black: one that reads on light grounds is always lightened on dark ones, which is
    worth no word.
    """
    colour, ground = red_green_blue(accent), red_green_blue(LIGHT_GROUND)
    if colour is None or ground is None or contrast(colour, ground) >= READABLE:
        return ()
    found = f"{contrast(colour, ground):.1f}:1"
    message = (
        f"expected an accent with a contrast of {READABLE}:1 on a light ground, found {quoted(accent)} with {found}"
    )
    return (Diagnostic("weak-accent", message, span, "links and bars show a darker shade of it"),)
