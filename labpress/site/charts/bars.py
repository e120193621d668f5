"""Charts of bars over columns, mostly years: one series, several on top of each other, or several in rows."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from labpress.markup.html import Html
from labpress.site.chart_views import BarView, CountsView
from labpress.site.charts.svg import (
    base_line,
    column_labels,
    link,
    picture,
    series_class,
    shortened,
    shown_in,
    slots_of,
    target,
)

_HEIGHT = 152
_BASELINE = 128
_LABELS = 137
_TALLEST = 104
"""Pixels: what is left above the tallest bar holds its number, what is left below the baseline the years."""

_TIGHT_COUNTS, _NARROW_COUNTS, _WIDE_COUNTS = 7, 14, 34
"""How many numbers on bars fit beside each other at 288 px (a 320 px phone), in letters twice as large and in usual
ones, and in a column for reading."""

_BAR_START, _BAR_WIDTH = 0.28, 0.44
"""Of a bar, as a part of its column."""

_STACKED_TALLER = 60
"""Pixels that a chart of several series is taller: each must be told from the next."""

_ROW_HEIGHT, _ROW_TALLEST, _ROW_LABEL = 50, 24, 16
"""Pixels: a row with its label above, its tallest bar, and the label's baseline."""

_SPARK_STEP, _SPARK_BAR, _SPARK_HEIGHT = 8, 6, 32
_SPARK_WIDEST = 320


def bar_chart(bars: Sequence[BarView], root: str, label: str) -> Html:
    """A bar for each of ``bars``, each a link to the list behind it, named ``2022: 4``.

    ``root`` leads from the page to the site's root; ``label`` names the whole to screen readers, which meet the bars
    as a group of links: that says everything a table beside it would. Where there is no list to go to, it is one image
    whose name holds the numbers. Cost and size grow with the bars that are not empty, not with the span of years.
    """
    if not bars:
        return Html()
    slots = slots_of(len(bars))
    unit = max(bar.count for bar in bars) or 1
    marks = "".join(_bar(bar, index, slots, unit, root) for index, bar in enumerate(bars) if bar.count > 0)
    linked = any(bar.path for bar in bars)
    name = label if linked else _in_words(bars, label)
    drawn = f"{base_line(_BASELINE)}{marks}{column_labels(bars, _LABELS)}"
    return picture("", _HEIGHT, name, drawn, linked=linked)


def stacked_chart(counts: CountsView, root: str, label: str) -> Html:
    """A bar for each column, made of a piece for each row, the first row at the bottom.

    Each bar is a link to the list behind its column, and names all of its pieces.
    """
    columns = counts.columns
    if not columns:
        return Html()
    slots = slots_of(len(columns))
    totals = [sum(row[index] for row in counts.counts) for index in range(len(columns))]
    unit = max(totals) or 1
    drawn = []
    for index, column in enumerate(columns):
        if not totals[index]:
            continue
        name = f"{column.label}: {totals[index]} ({_pieces_in_words(counts, index)})"
        inside = target(100 / slots * index, 0, 100 / slots, _HEIGHT + _STACKED_TALLER)
        inside += _pieces(counts, index, slots, unit)
        drawn.append(link(root + column.path, name, inside, tip=True))
    baseline = _BASELINE + _STACKED_TALLER
    inside = f"{base_line(baseline)}{''.join(drawn)}{column_labels(columns, _LABELS + _STACKED_TALLER)}"
    return picture(" stacked", _HEIGHT + _STACKED_TALLER, label, inside)


def rows_chart(counts: CountsView, root: str, label: str) -> Html:
    """The bars of each row by themselves, under the row's label, all in one scale; each row is a link."""
    if not counts.rows:
        return Html()
    slots = slots_of(len(counts.columns))
    unit = max(max(row) for row in counts.counts) or 1
    drawn = []
    for number, (row, numbers) in enumerate(zip(counts.rows, counts.counts, strict=True)):
        top = number * _ROW_HEIGHT
        bottom = top + _ROW_HEIGHT - 4
        seen = escape(shortened(row.label))
        words = f'<text class="row-label" text-anchor="start" x="0" y="{top + _ROW_LABEL}">{seen}</text>'
        tall = [max(2, round(count * _ROW_TALLEST / unit)) for count in numbers]
        bars = "".join(
            _rect("bar", at, slots, bottom - tall[at], tall[at], tip=f"{counts.columns[at].label}: {count}")
            for at, count in enumerate(numbers)
            if count
        )
        name = f"{row.label}: {sum(numbers)}"
        inside = target(0, top, 100, _ROW_HEIGHT) + words + base_line(bottom) + bars
        drawn.append(link(root + row.path, name, inside, tip=True))
    height = len(counts.rows) * _ROW_HEIGHT
    return picture(" rows", height + 20, label, "".join(drawn) + column_labels(counts.columns, height + 5))


def sparkline(bars: Sequence[BarView], label: str) -> Html:
    """The bare shape of ``bars`` in one line of text, as an image whose name holds the numbers."""
    if not bars:
        return Html()
    unit = max(bar.count for bar in bars) or 1
    width = len(bars) * _SPARK_STEP
    marks = "".join(
        f'<rect x="{index * _SPARK_STEP}" y="{_SPARK_HEIGHT - tall}" width="{_SPARK_BAR}" height="{tall}"/>'
        for index, bar in enumerate(bars)
        if bar.count > 0
        for tall in (max(2, round(bar.count * _SPARK_HEIGHT / unit)),)
    )
    return Html(
        f'<svg class="sparkline" width="{min(width, _SPARK_WIDEST)}" height="{_SPARK_HEIGHT}"'
        f' viewBox="0 0 {width} {_SPARK_HEIGHT}" preserveAspectRatio="none" fill="currentColor" role="img"'
        f' aria-label="{escape(_in_words(bars, label))}">{marks}</svg>'
    )


def _rect(kind: str, index: int, slots: int, top: int, height: int, *, tip: str = "") -> str:
    """A bar in its column, or a piece of one."""
    slot = 100 / slots
    area = f'x="{slot * (index + _BAR_START):.2f}%" y="{top}" width="{slot * _BAR_WIDTH:.2f}%" height="{height}"'
    inside = f"><title>{escape(tip)}</title></rect>" if tip else "/>"
    return f'<rect class="{kind}" {area}{inside}'


def _bar(bar: BarView, index: int, slots: int, unit: int, root: str) -> str:
    """The bar, its number, and over both an unseen target as high as the chart."""
    tall = max(2, round(bar.count * _TALLEST / unit))
    drawn = _rect("bar", index, slots, _BASELINE - tall, tall) + _number(bar.count, index, slots, _BASELINE - tall)
    if not bar.path:
        return drawn
    drawn = target(100 / slots * index, 0, 100 / slots, _HEIGHT) + drawn
    return link(root + bar.path, f"{bar.label}: {bar.count}", drawn, tip=slots > _WIDE_COUNTS)


def _number(count: int, index: int, slots: int, top: int) -> str:
    """The number on a bar that ends at ``top``, while there is room for numbers."""
    if slots > _WIDE_COUNTS:
        return ""
    kind = shown_in(slots <= _NARROW_COUNTS, slots <= _TIGHT_COUNTS)
    return f'<text class="count{kind}" x="{100 / slots * (index + 0.5):.2f}%" y="{top - 7}">{count}</text>'


def _pieces(counts: CountsView, index: int, slots: int, unit: int) -> str:
    """The pieces of one bar, each a pixel from the next, and the number on it.

    A piece that is too small to be seen takes its pixels from the others: none lies over another one.
    """
    baseline, tallest = _BASELINE + _STACKED_TALLER, _TALLEST + _STACKED_TALLER
    pieces = [(number, row[index]) for number, row in enumerate(counts.counts) if row[index]]
    below = top = 0
    drawn = []
    for above, (number, count) in zip(reversed(range(len(pieces))), pieces, strict=True):
        below += count
        gap = 1 if top else 0
        high = min(round(below * tallest / unit), tallest - 2 * above)  # Each of those above needs a pixel and a gap.
        tall = max(1, high - top - gap)
        top += gap + tall
        drawn.append(_rect(series_class(number, counts), index, slots, baseline - top, tall))
    return "".join(drawn) + _number(below, index, slots, baseline - max(2, top))


def _pieces_in_words(counts: CountsView, index: int) -> str:
    named = zip(counts.rows, counts.counts, strict=True)
    return ", ".join(f"{row.label} {numbers[index]}" for row, numbers in named if numbers[index])


def _in_words(bars: Sequence[BarView], label: str) -> str:
    numbers = ", ".join(f"{bar.label}: {bar.count}" for bar in bars if bar.count > 0)
    return f"{label}. {numbers}"
