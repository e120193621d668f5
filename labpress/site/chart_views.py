"""What charts are drawn from: plain values, parts of the views of pages."""

from __future__ import annotations

from msgspec import Struct


class BarView(Struct, frozen=True, omit_defaults=True):
    """One bar, row or column of a chart, with the list behind it."""

    label: str
    count: int
    path: str = ""


class CountsView(Struct, frozen=True, omit_defaults=True):
    """Numbers by two things, such as topic and year: a chart and the table beside it."""

    rows: tuple[BarView, ...] = ()
    columns: tuple[BarView, ...] = ()
    counts: tuple[tuple[int, ...], ...] = ()
    """For each row, the number of papers in each column."""
    with_rest: bool = False
    """The last row is all that is in no other one."""


class NodeView(Struct, frozen=True, omit_defaults=True):
    """One dot of a network, with the list behind it."""

    label: str
    path: str
    count: int
    """Papers."""
    x: int
    """In thousandths of the width."""
    y: int
    """In px from the top."""
    radius: int
    """In px."""
    member: bool = False


class EdgeView(Struct, frozen=True, omit_defaults=True):
    """What two dots of a network have in common."""

    one: int
    """Index of a node, like ``other``."""
    other: int
    weight: int
    """Papers of both."""


class NetworkView(Struct, frozen=True, omit_defaults=True):
    """Who or what has papers together, laid out."""

    nodes: tuple[NodeView, ...] = ()
    edges: tuple[EdgeView, ...] = ()
    """The heaviest first."""
    height: int = 0
    """In px."""
    total: int = 0
    """Of how many these are the closest."""
