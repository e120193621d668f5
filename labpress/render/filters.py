"""What templates can do beyond Jinja's own filters: pure functions of their arguments."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import groupby
from operator import attrgetter
from typing import TypeVar

from labpress.core.identifiers import doi_url
from labpress.markup.html import Html
from labpress.render.compiling import escape_text
from labpress.site.charts.bars import bar_chart, rows_chart, sparkline, stacked_chart
from labpress.site.charts.network import network_chart
from labpress.site.charts.svg import legend
from labpress.site.views import MetaView

T = TypeVar("T")


def runs(items: Iterable[T], attribute: str) -> list[tuple[object, list[T]]]:
    """Neighbours with the same ``attribute``, in the order they come.

    Jinja's ``groupby`` sorts first, by code point: it would undo an order made for a language.
    """
    return [(key, list(group)) for key, group in groupby(items, key=attrgetter(attribute))]


def meta_tags(metas: Iterable[MetaView]) -> Html:
    """A line for each of ``page.metas``. A paper has two dozen of them: nothing on pages is made as often."""
    tags = [f'<meta {one.attribute}="{one.key}" content="{escape_text(one.content)}">\n' for one in metas]
    return Html("".join(tags))


FILTERS: dict[str, Callable[..., object]] = {
    "bar_chart": bar_chart,
    "doi_url": doi_url,
    "legend": legend,
    "meta_tags": meta_tags,
    "network_chart": network_chart,
    "rows_chart": rows_chart,
    "runs": runs,
    "sparkline": sparkline,
    "stacked_chart": stacked_chart,
}
"""Name in templates -> function."""
