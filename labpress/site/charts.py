"""Charts as inline SVG: no script, no style. A theme colours them through classes; without one they are plain ink.

Both charts are drawn in percent of the width and pixels of the height, without a ``viewBox``: they fill the column they
stand in while their letters keep the size the theme gives them, on a phone as on a wall.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from labpress.markup.html import Html
from labpress.site.views import BarView

_HEIGHT = 152
_BASELINE = 128
_TALLEST = 104
"""Pixels: what is left above the tallest bar holds its number, what is left below the baseline the years."""

_FEWEST_SLOTS = 8
"""Fewer bars than this stay slim and at the start instead of filling the width."""

_NARROW_LABELS, _WIDE_LABELS = 8, 20
"""How many year labels fit beside each other at 288 px (a 320 px phone) and in a column for reading."""

_NARROW_COUNTS, _WIDE_COUNTS = 14, 34
"""The same for the numbers on the bars."""

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
    slots = max(len(bars), _FEWEST_SLOTS)
    unit = max(bar.count for bar in bars) or 1
    marks = "".join(_bar(bar, index, slots, unit, root) for index, bar in enumerate(bars) if bar.count > 0)
    linked = any(bar.path for bar in bars)
    role, name = ("group", escape(label)) if linked else ("img", _in_words(bars, label))
    return Html(
        f'<svg class="chart" width="100%" height="{_HEIGHT}" fill="currentColor" text-anchor="middle"'
        f' role="{role}" aria-label="{name}">'
        f'<line class="base" stroke="currentColor" x1="0" x2="100%" y1="{_BASELINE}.5" y2="{_BASELINE}.5"/>'
        f"{marks}{_years(bars, slots)}</svg>"
    )


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
        f' aria-label="{_in_words(bars, label)}">{marks}</svg>'
    )


def _bar(bar: BarView, index: int, slots: int, unit: int, root: str) -> str:
    """The bar, its number, and over both an unseen target as high as the chart."""
    slot = 100 / slots
    tall = max(2, round(bar.count * _TALLEST / unit))
    left, middle = f"{slot * (index + 0.28):.2f}", f"{slot * (index + 0.5):.2f}"
    drawn = f'<rect class="bar" x="{left}%" y="{_BASELINE - tall}" width="{slot * 0.44:.2f}%" height="{tall}"/>'
    numbered = slots <= _WIDE_COUNTS
    if numbered:
        minor = " minor" if slots > _NARROW_COUNTS else ""
        drawn += f'<text class="count{minor}" x="{middle}%" y="{_BASELINE - tall - 7}">{bar.count}</text>'
    if not bar.path:
        return drawn
    area = f'x="{slot * index:.2f}%" y="0" width="{slot:.2f}%" height="{_HEIGHT}"'
    target = f'<rect class="target" fill="none" pointer-events="all" {area}/>'
    name = f"{escape(bar.label)}: {bar.count}"
    tip = "" if numbered else f"<title>{name}</title>"
    return f'<a href="{escape(root + bar.path)}" aria-label="{name}">{tip}{target}{drawn}</a>'


def _years(bars: Sequence[BarView], slots: int) -> str:
    """The labels under the bars, thinned out evenly from the newest backwards; a phone shows some of those."""
    step = -(-len(bars) // _WIDE_LABELS)
    narrow_step = step * -(-len(bars) // (step * _NARROW_LABELS))
    return "".join(
        f'<text class="year{" minor" if from_last % narrow_step else ""}" aria-hidden="true"'
        f' x="{100 / slots * (len(bars) - from_last - 0.5):.2f}%" y="{_HEIGHT - 5}">'
        f"{escape(bars[-1 - from_last].label)}</text>"
        for from_last in range(0, len(bars), step)
    )


def _in_words(bars: Sequence[BarView], label: str) -> str:
    numbers = ", ".join(f"{bar.label}: {bar.count}" for bar in bars if bar.count > 0)
    return escape(f"{label}. {numbers}")
