"""What templates can do beyond Jinja's own filters: pure functions of their arguments."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import groupby
from operator import attrgetter
from typing import TypeVar

from labpress.core.identifiers import doi_url
from labpress.site.charts import bar_chart, sparkline

T = TypeVar("T")


def runs(items: Iterable[T], attribute: str) -> list[tuple[object, list[T]]]:
    """Neighbours with the same ``attribute``, in the order they come.

    Jinja's ``groupby`` sorts first, by code point: it would undo an order made for a language.
    """
    return [(key, list(group)) for key, group in groupby(items, key=attrgetter(attribute))]


FILTERS: dict[str, Callable[..., object]] = {
    "bar_chart": bar_chart,
    "doi_url": doi_url,
    "runs": runs,
    "sparkline": sparkline,
}
"""Name in templates -> function."""
