"""Where the dots of a network stand: joined ones near each other, none on another, the same on every machine.

Springs pull joined dots together while all push each other apart, step by step with less and less freedom (the method
of Fruchterman and Reingold). Only sums, products, quotients and square roots are taken, which IEEE 754 defines to the
last bit, and the result is rounded: no machine's sine or chance has a part in it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import sqrt

WIDTH, PHONE = 620, 288
"""Pixels of the column that is laid out for, and of the narrowest phone, on which dots stay apart as well."""

APART = 26
"""Pixels between the centres of two dots: each can be hit."""

_STEPS = 60
_MARGIN_X, _MARGIN_TOP, _MARGIN_BOTTOM = 24, 16, 30
_GRAVITY = 0.04
_ROUNDS = 40
"""Of moving dots apart that stand too near."""

_START_X, _START_Y = 0.7548776662466927, 0.5698402909980532
"""Multiples of these, without their whole parts, fill a square evenly (the R2 sequence)."""

Point = tuple[int, int]


def height_for(nodes: int) -> int:
    """The height in px of a picture of so many dots."""
    return min(900, max(200, 160 + nodes * 11))


def spring_layout(count: int, edges: Mapping[tuple[int, int], int], height: int) -> list[Point]:
    """A place for each of ``count`` dots: x in thousandths of the width, y in px. The first one begins in the middle.

    ``edges``: pair of dots -> how strongly it is joined, from 1.
    """
    xs = [(0.5 + index * _START_X) % 1 * WIDTH for index in range(count)]
    ys = [(0.5 + index * _START_Y) % 1 * height for index in range(count)]
    most = max(edges.values(), default=1)
    strengths = [(one, other, 0.4 + sqrt(weight / most)) for (one, other), weight in sorted(edges.items())]
    ideal = sqrt(WIDTH * height / max(1, count)) * 0.8
    for step in range(_STEPS):
        _move(xs, ys, strengths, ideal, WIDTH / 8 * (1 - step / _STEPS), height)
    _spread(xs, _MARGIN_X, WIDTH - _MARGIN_X)
    _spread(ys, _MARGIN_TOP, height - _MARGIN_BOTTOM)
    _part(xs, ys, height)
    return [(round(x * 1000 / WIDTH), round(y)) for x, y in zip(xs, ys, strict=True)]


def _move(  # noqa: PLR0917  The state of the layout, changed in place: it is made many times.
    xs: list[float],
    ys: list[float],
    strengths: Sequence[tuple[int, int, float]],
    ideal: float,
    freedom: float,
    height: int,
) -> None:
    """One step: every dot moves where it is pushed and pulled, at most ``freedom`` px."""
    count = len(xs)
    middle_x, middle_y = WIDTH / 2, height / 2
    push = ideal * ideal
    dxs = [(middle_x - x) * _GRAVITY * ideal / 10 for x in xs]
    dys = [(middle_y - y) * _GRAVITY * ideal / 10 for y in ys]
    for one in range(count):
        x, y = xs[one], ys[one]
        to_x = to_y = 0.0
        for other in range(one + 1, count):
            dx = x - xs[other]
            dy = y - ys[other]
            force = push / (dx * dx + dy * dy + 1)
            dx *= force
            dy *= force
            to_x += dx
            to_y += dy
            dxs[other] -= dx
            dys[other] -= dy
        dxs[one] += to_x
        dys[one] += to_y
    for one, other, strength in strengths:
        dx = xs[one] - xs[other]
        dy = ys[one] - ys[other]
        pull = sqrt(dx * dx + dy * dy) / ideal * strength
        dx *= pull
        dy *= pull
        dxs[one] -= dx
        dys[one] -= dy
        dxs[other] += dx
        dys[other] += dy
    right, bottom = WIDTH - 1.0, height - 1.0
    for index in range(count):
        dx, dy = dxs[index], dys[index]
        far = sqrt(dx * dx + dy * dy)
        part = freedom / far if far > freedom else 1.0
        x = xs[index] + dx * part
        y = ys[index] + dy * part
        xs[index] = 1.0 if x < 1 else right if x > right else x  # noqa: FURB136  Two calls a dot can be felt.
        ys[index] = 1.0 if y < 1 else bottom if y > bottom else y  # noqa: FURB136


def _spread(values: list[float], start: float, end: float) -> None:
    """Stretch ``values`` over the whole of ``start`` to ``end``; a single one stands in the middle.

    Half by how far apart they are, half evenly in their order: one far off does not press the others together.
    """
    low, high = min(values, default=0), max(values, default=0)
    if high == low:
        values[:] = [(start + end) / 2] * len(values)
        return
    order = sorted(range(len(values)), key=values.__getitem__)
    for rank, index in enumerate(order):
        part = (values[index] - low) / (high - low) + rank / (len(values) - 1)
        values[index] = start + part / 2 * (end - start)


def _part(xs: list[float], ys: list[float], height: int) -> None:
    """Move dots apart that a phone would draw on top of each other."""
    narrow = PHONE / WIDTH
    count = len(xs)
    for _round in range(_ROUNDS):
        moved = False
        for one in range(count):
            for other in range(one + 1, count):
                dx, dy = (xs[one] - xs[other]) * narrow, ys[one] - ys[other]
                square = dx * dx + dy * dy
                if square >= APART * APART:
                    continue
                moved = True
                far = sqrt(square)
                if far < 1:
                    dx, dy, far = 0.6, 0.8 if (one + other) % 2 else -0.8, 1.0
                part = (APART - far) / far / 2 + 0.01
                xs[one] = min(WIDTH - _MARGIN_X, max(_MARGIN_X, xs[one] + dx * part / narrow))
                xs[other] = min(WIDTH - _MARGIN_X, max(_MARGIN_X, xs[other] - dx * part / narrow))
                ys[one] = min(height - _MARGIN_BOTTOM, max(_MARGIN_TOP, ys[one] + dy * part))
                ys[other] = min(height - _MARGIN_BOTTOM, max(_MARGIN_TOP, ys[other] - dy * part))
        if not moved:
            return
