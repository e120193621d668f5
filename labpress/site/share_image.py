"""The picture that chats and social sites show for a link, where the lab gives none of its own.

1200 by 630 pixels, in the site's accent colour: the initials of the lab beside a stack of papers.
"""

from __future__ import annotations

import re

from labpress.core.colours import READABLE, Colour, contrast, mixed, red_green_blue
from labpress.core.text import to_ascii
from labpress.site.drawing import Canvas, Point, arc

WIDTH, HEIGHT = 1200, 630

_SMALL_WORDS = frozenset(
    "a an and at for from in lab laboratory group of on the to with und der die das de la le".split()
)
_WHITE: Colour = (255, 255, 255)
_BLACK: Colour = (0, 0, 0)
_DEFAULT: Colour = (43, 76, 126)
"""For an accent whose red, green and blue cannot be told without a browser, such as ``oklch(...)``."""

_CAP = 6.0
"""Height of the letters below in their own units."""

_LETTERS: dict[str, tuple[list[Point], ...]] = {
    "A": ([(0, 6), (2.1, 0), (4.2, 6)], [(0.8, 4), (3.4, 4)]),
    "B": (
        [(2, 3), (0, 3), (0, 0), (2, 0), *arc((2, 1.5), (1.5, 1.5), -90, 90)],
        [(0, 3), (0, 6), (2.3, 6), *arc((2.3, 4.5), (1.6, 1.5), 90, -90)],
    ),
    "C": (arc((2.7, 3), (2.7, 3), 50, 310),),
    "D": ([(1.3, 6), (0, 6), (0, 0), (1.3, 0), *arc((1.3, 3), (2.9, 3), -90, 90)],),
    "E": ([(3.4, 0), (0, 0), (0, 6), (3.4, 6)], [(0, 3), (2.9, 3)]),
    "F": ([(3.4, 0), (0, 0), (0, 6)], [(0, 3), (2.9, 3)]),
    "G": ([(3.1, 3.2), (5.3, 3.2), *arc((2.7, 3), (2.7, 3), 4, 310)],),
    "H": ([(0, 0), (0, 6)], [(4.1, 0), (4.1, 6)], [(0, 3), (4.1, 3)]),
    "I": ([(0, 0), (0, 6)],),
    "J": ([(3, 0), (3, 4.4), *arc((1.5, 4.4), (1.5, 1.6), 0, 170)],),
    "K": ([(0, 0), (0, 6)], [(3.7, 0), (0, 3.6)], [(1.4, 2.3), (3.9, 6)]),
    "L": ([(0, 0), (0, 6), (3.3, 6)],),
    "M": ([(0, 6), (0, 0), (2.5, 4.2), (5, 0), (5, 6)],),
    "N": ([(0, 6), (0, 0), (4.1, 6), (4.1, 0)],),
    "O": (arc((2.8, 3), (2.8, 3), 0, 360),),
    "P": ([(0, 6), (0, 0), (2, 0), *arc((2, 1.7), (1.7, 1.7), -90, 90), (0, 3.4)],),
    "Q": (arc((2.8, 3), (2.8, 3), 0, 360), [(3.3, 4.3), (5.2, 6.3)]),
    "R": ([(0, 6), (0, 0), (2, 0), *arc((2, 1.7), (1.7, 1.7), -90, 90), (0, 3.4)], [(1.9, 3.4), (3.9, 6)]),
    "S": ([*arc((1.9, 1.5), (1.7, 1.5), -30, -270), *arc((1.9, 4.5), (1.9, 1.5), -90, 150)],),
    "T": ([(0, 0), (4.4, 0)], [(2.2, 0), (2.2, 6)]),
    "U": ([(0, 0), (0, 3.8), *arc((2, 3.8), (2, 2.2), 180, 0), (4, 0)],),
    "V": ([(0, 0), (2.2, 6), (4.4, 0)],),
    "W": ([(0, 0), (1.5, 6), (3, 1), (4.5, 6), (6, 0)],),
    "X": ([(0, 0), (4, 6)], [(4, 0), (0, 6)]),
    "Y": ([(0, 0), (2.1, 3.1), (4.2, 0)], [(2.1, 3.1), (2.1, 6)]),
    "Z": ([(0, 0), (4, 0), (0, 6), (4, 6)],),
}
"""Capitals as strokes."""


def share_image(title: str, accent: str) -> bytes:
    """A PNG for the site called ``title``, in the colour ``accent``, darkened where white needs it."""
    ground = _legible(red_green_blue(accent) or _DEFAULT)
    canvas = Canvas(WIDTH, HEIGHT, ground)
    canvas.rectangle(0, HEIGHT - 18, WIDTH, HEIGHT, mixed(ground, _BLACK, 0.25))
    _papers(canvas, ground)
    _initials(canvas, initials(title))
    return canvas.png()


def initials(title: str) -> str:
    """Up to three letters that stand for ``title``: "The Vision and Language Lab" gives VL."""
    words: list[str] = re.findall(r"[A-Za-z]+", to_ascii(title))
    telling = [word for word in words if word.lower() not in _SMALL_WORDS] or words
    if len(telling) == 1 and telling[0].isupper():
        return telling[0][:3]
    return "".join(word[0].upper() for word in telling[:3])


def _papers(canvas: Canvas, ground: Colour) -> None:
    """Three sheets, one behind the other, the foremost with a title and lines of text."""
    for step, paleness in ((2, 0.35), (1, 0.65), (0, 1.0)):
        left, top = 760 + 34 * step, 118 - 34 * step + 34
        canvas.rectangle(left - 3, top - 3, left + 283, top + 383, mixed(ground, _BLACK, 0.2))
        canvas.rectangle(left, top, left + 280, top + 380, mixed(ground, _WHITE, paleness))
    left, top = 760 + 32, 152 + 40
    canvas.rectangle(left, top, left + 170, top + 16, ground)
    canvas.rectangle(left, top + 28, left + 110, top + 44, ground)
    ink = mixed(ground, _WHITE, 0.72)
    for number, width in enumerate((216, 216, 204, 216, 210, 216, 196, 216, 130)):
        y = top + 84 + 25 * number
        canvas.rectangle(left, y, left + width, y + 9, ink)


def _initials(canvas: Canvas, letters: str) -> None:
    """The letters, as large as fit to the left of the sheets."""
    shapes = [_LETTERS[letter] for letter in letters]
    if not shapes:
        return
    gap = 2.0
    widths = [max(x for line in shape for x, _ in line) for shape in shapes]
    scale = min(40.0, 520 / (sum(widths) + gap * (len(widths) - 1) + 1))
    x, y = 110.0, HEIGHT / 2 - 9 - scale * _CAP / 2
    for shape, width in zip(shapes, widths, strict=True):
        canvas.stroke([[(x + px * scale, y + py * scale) for px, py in line] for line in shape], scale * 0.48, _WHITE)
        x += (width + gap) * scale


def _legible(colour: Colour) -> Colour:
    """``colour``, darkened until white letters can be read on it."""
    while contrast(colour, _WHITE) < READABLE:
        colour = mixed(colour, _BLACK, 0.1)
    return colour
