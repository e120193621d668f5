"""The one way in which pictures have axes, labels, links and a legend."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from labpress.markup.html import Html
from labpress.site.chart_views import BarView, CountsView

BELOW = ".8em"
"""How far the line of a label lies below its top: letters that are set larger grow away from what they label."""

FEWEST_SLOTS = 6
"""Fewer columns than this stay slim and at the start instead of filling the width."""

TIGHT_LABELS, NARROW_LABELS, WIDE_LABELS = 3, 7, 20
"""How many year labels fit beside each other at 240 px (a card on a 320 px phone), in letters twice as large and in
usual ones, and in a column for reading."""

MOST_SERIES = 7
"""Series that have a colour of their own; what is more is drawn as one, in grey."""

_MOST_IN_LABEL = 32
"""Letters of a label that a phone has room for."""


def slots_of(columns: int) -> int:
    """How many columns the width is divided into."""
    return max(columns, FEWEST_SLOTS)


def picture(kind: str, height: int, name: str, drawn: str, *, linked: bool = True) -> Html:
    """The whole drawing: to screen readers a group of links or, without links, one image, which ``name`` describes."""
    role = "group" if linked else "img"
    return Html(
        f'<svg class="chart{kind}" width="100%" height="{height}" fill="currentColor" text-anchor="middle"'
        f' direction="ltr" role="{role}" aria-label="{escape(name)}">{drawn}</svg>'
    )


def link(address: str, name: str, drawn: str, *, tip: bool = False) -> str:
    """A mark that leads to the list behind it.

    ``tip``: hovering shows the name, or the names of parts. A title is a name to screen readers as well; what is drawn
    is then kept from them, or they would read both.
    """
    if tip:
        return f'<a href="{escape(address)}"><title>{escape(name)}</title><g aria-hidden="true">{drawn}</g></a>'
    return f'<a href="{escape(address)}" aria-label="{escape(name)}">{drawn}</a>'


def shortened(label: str) -> str:
    """What is drawn of a label: nothing in a picture breaks lines. The mark's name has the whole."""
    return label if len(label) <= _MOST_IN_LABEL else label[: _MOST_IN_LABEL - 1].rstrip() + "…"


def base_line(y: int) -> str:
    """The axis that bars stand on."""
    return f'<line class="base" stroke="currentColor" x1="0" x2="100%" y1="{y}.5" y2="{y}.5"/>'


def target(left: float, top: int, width: float, height: int) -> str:
    """An unseen area that is easier to hit than what is drawn in it; ``left`` and ``width`` in percent."""
    area = f'x="{left:.2f}%" y="{top}" width="{width:.2f}%" height="{height}"'
    return f'<rect class="target" fill="none" pointer-events="all" {area}/>'


def column_labels(columns: Sequence[BarView], y: int) -> str:
    """The labels under columns, thinned out evenly from the last one backwards; a phone shows some of those.

    ``y`` is where their letters begin.
    """
    slots = slots_of(len(columns))
    step = -(-len(columns) // WIDE_LABELS)
    narrow_step = step * -(-len(columns) // (step * NARROW_LABELS))
    tight_step = narrow_step * -(-len(columns) // (narrow_step * TIGHT_LABELS))
    return "".join(
        f'<text class="year{shown_in(not from_last % narrow_step, not from_last % tight_step)}" aria-hidden="true"'
        f' x="{100 / slots * (len(columns) - from_last - 0.5):.2f}%" y="{y}" dy="{BELOW}">'
        f"{escape(columns[-1 - from_last].label)}</text>"
        for from_last in range(0, len(columns), step)
    )


def shown_in(narrow: bool, tight: bool) -> str:  # noqa: FBT001  Two widths, in order.
    """The class of a label that a phone has room for or not, and one whose letters are twice as large."""
    return "" if narrow and tight else " spare" if narrow else " minor"


def series_class(number: int, counts: CountsView) -> str:
    """The class of the row ``number``: ``s1`` to ``s7``, or ``s0`` for the rest."""
    return "s0" if counts.with_rest and number == len(counts.rows) - 1 else f"s{number + 1}"


def legend(counts: CountsView, root: str) -> Html:
    """What each colour means, as a list, with links where there are lists."""
    items = []
    for number, row in enumerate(counts.rows):
        square = f'<rect class="{series_class(number, counts)}" width="12" height="12"/>'
        swatch = f'<svg class="swatch" width="12" height="12" fill="currentColor" aria-hidden="true">{square}</svg>'
        label = escape(row.label)
        items.append(
            f'<li>{swatch} <a href="{escape(root + row.path)}">{label}</a></li>'
            if row.path
            else f"<li>{swatch} {label}</li>"
        )
    return Html(f'<ul class="legend">{"".join(items)}</ul>')
