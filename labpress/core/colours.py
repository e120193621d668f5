"""Colours as themes and pictures write them, and how well one is read on another (WCAG 2.2, criterion 1.4.3)."""

from __future__ import annotations

import re
from collections.abc import Sequence

Colour = tuple[int, int, int]
"""Red, green and blue, each from 0 to 255."""

READABLE = 4.5
"""The contrast that text of ordinary size needs, level AA."""

_HEX = re.compile(r"#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})")
_RGB = re.compile(r"rgba?\(\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})\b.{0,20}\)")


def red_green_blue(colour: str) -> Colour | None:
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


def contrast(one: Colour, other: Colour) -> float:
    """From 1, for equal colours, to 21, for black and white."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def mixed(first: Sequence[int], second: Sequence[int], part: float) -> Colour:
    """``first`` with ``part`` of ``second``, from 0 to 1."""
    red, green, blue = (round(one + (other - one) * part) for one, other in zip(first, second, strict=True))
    return red, green, blue


def _luminance(colour: Colour) -> float:
    red, green, blue = (_linear(part / 255) for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
