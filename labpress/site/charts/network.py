"""A network as a picture: dots that are links, lines as wide as what they join."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import NamedTuple

from labpress.markup.html import Html
from labpress.site.chart_views import NetworkView, NodeView
from labpress.site.charts.svg import BELOW, link, picture, shortened, shown_in

_TARGET = 12
"""Radius in px of what can be hit around a dot."""

_LETTER, _LINE = 6.4, 15
"""Pixels: the mean width of a letter, and the height of a line of text."""

_NARROW, _WIDE = 288, 620
"""Pixels of the narrowest phone and of a column for reading: labels are chosen for both."""

_GAP = 4
"""Pixels between a dot and a label beside it."""

_WIDEST_EDGE = 6


class _Box(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: _Box) -> bool:
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


class _LabelPlace(NamedTuple):
    """Where a label stands, and whether it is shown in both widths."""

    side: str = "below"
    wide: bool = False
    narrow: bool = False
    tight: bool = False
    """Also on a phone in letters twice as large."""
    large: bool = False
    """Also in the wide one in letters twice as large."""


_SIDES = ("below", "above", "right", "left")
"""Of a node, where its label may stand; the first free one is taken."""


def network_chart(network: NetworkView, root: str, label: str) -> Html:
    """Each node is a link named ``Ada Quist: 12``; each line tells whom it joins, and how often, when it is hovered.

    Labels that would stand on another one are shown when their node is hovered or focused; a phone shows fewer.
    """
    if not network.nodes:
        return Html()
    nodes = network.nodes
    most = max((edge.weight for edge in network.edges), default=1)
    lines = "".join(_line(nodes[edge.one], nodes[edge.other], edge.weight, most) for edge in network.edges)
    places = _label_places(nodes)
    drawn = "".join(_node(node, places[index], root) for index, node in enumerate(nodes))
    return picture(" network", network.height, label, f'<g class="edges">{lines}</g>{drawn}')


def _line(one: NodeView, other: NodeView, weight: int, most: int) -> str:
    ends = f'x1="{_percent(one.x)}" y1="{one.y}" x2="{_percent(other.x)}" y2="{other.y}"'
    title = f"<title>{escape(one.label)} – {escape(other.label)}: {weight}</title>"
    return f'<line class="edge" stroke="currentColor" {ends} stroke-width="{_edge_width(weight, most)}">{title}</line>'


def _node(node: NodeView, place: _LabelPlace, root: str) -> str:
    x, y = _percent(node.x), node.y
    kind = " member" if node.member else ""
    reach = max(_TARGET, node.radius)
    dots = (
        f'<circle class="target" fill="none" pointer-events="all" cx="{x}" cy="{y}" r="{reach}"/>'
        f'<circle class="node{kind}" cx="{x}" cy="{y}" r="{node.radius}"/>'
    )
    visible = shown_in(place.narrow, place.tight) if place.wide else " hidden"
    visible += " crowded" if place.narrow and not place.large else ""
    words = escape(shortened(node.label))
    text = f'<text class="name{kind}{visible}"{_label_position(node, place.side)}>{words}</text>'
    return link(root + node.path, f"{node.label}: {node.count}", dots + text, tip=True)


def _label_position(node: NodeView, side: str) -> str:
    anchor, beside = _anchor(node, side), node.radius + _GAP
    anchored = "" if anchor == "middle" else f' text-anchor="{anchor}"'
    moved = {"right": f' dx="{beside}" dy=".3em"', "left": f' dx="-{beside}" dy=".3em"', "below": f' dy="{BELOW}"'}
    y = {"below": node.y + node.radius + 3, "above": node.y - node.radius - 5}.get(side, node.y)
    return f'{anchored} x="{_percent(node.x)}"{moved.get(side, "")} y="{y}"'


def _anchor(node: NodeView, side: str) -> str:
    """Labels beside a node grow away from it, others away from an edge of the picture that is near."""
    if side == "right" or (side != "left" and node.x < 250):
        return "start"
    return "end" if side == "left" or node.x > 750 else "middle"


def _label_places(nodes: Sequence[NodeView]) -> list[_LabelPlace]:
    """Where each label stands free, in both widths at best: the larger node comes first, between equals the first."""
    places = [_LabelPlace() for _node in nodes]
    wide, narrow = _Room(nodes, _WIDE), _Room(nodes, _NARROW)
    large, tight = _Room(nodes, _WIDE, scale=2), _Room(nodes, _NARROW, scale=2)
    for index in sorted(range(len(nodes)), key=lambda index: (-nodes[index].radius, index)):
        place = _free_place(index, wide, narrow)
        if place.wide:
            wide.take(index, place.side)
        if place.narrow:
            narrow.take(index, place.side)
            place = place._replace(tight=tight.takes(index, place.side), large=large.takes(index, place.side))
        places[index] = place
    return places


def _free_place(index: int, wide: _Room, narrow: _Room) -> _LabelPlace:
    """The first side that is free in both widths; where there is none, the first that is free in the wide one."""
    place = _LabelPlace()
    for side in _SIDES:
        if wide.has_place_for(index, side):
            if narrow.has_place_for(index, side):
                return _LabelPlace(side, wide=True, narrow=True)
            place = place if place.wide else _LabelPlace(side, wide=True)
    return place


class _Room:
    """What is taken in a picture of one width: dots by all but their own labels, and labels.

    ``scale``: by how much letters are larger than usual.
    """

    def __init__(self, nodes: Sequence[NodeView], width: int, *, scale: int = 1) -> None:
        self._nodes = nodes
        self._width = width
        self._scale = scale
        self._dots = [_dot(node, width) for node in nodes]
        self._labels: list[_Box] = []

    def has_place_for(self, index: int, side: str) -> bool:
        """Whether the label of the node is inside of the picture and neither on another one nor on a dot."""
        box = _label_box(self._nodes[index], self._width, side, self._scale)
        if box.left < -2 or box.right > self._width + 2 or box.top < 0 or any(map(box.meets, self._labels)):
            return False
        return not any(box.meets(dot) for number, dot in enumerate(self._dots) if number != index)

    def takes(self, index: int, side: str) -> bool:
        """Whether there was place for the label, which has it now."""
        free = self.has_place_for(index, side)
        if free:
            self.take(index, side)
        return free

    def take(self, index: int, side: str) -> None:
        self._labels.append(_label_box(self._nodes[index], self._width, side, self._scale))


def _dot(node: NodeView, width: int) -> _Box:
    x = node.x * width / 1000
    return _Box(x - node.radius, node.y - node.radius, x + node.radius, node.y + node.radius)


def _label_box(node: NodeView, width: int, side: str, scale: int) -> _Box:
    x = node.x * width / 1000 + {"right": 1, "left": -1}.get(side, 0) * (node.radius + _GAP)
    size, line = len(shortened(node.label)) * _LETTER * scale, _LINE * scale
    left = {"start": x, "middle": x - size / 2, "end": x - size}[_anchor(node, side)]
    top = {"below": node.y + node.radius + 1, "above": node.y - node.radius - 1 - line}.get(side, node.y - line / 2)
    return _Box(left, top, left + size, top + line)


def _edge_width(weight: int, most: int) -> str:
    """From 1 px for one to the widest for the most."""
    return f"{1 + (weight - 1) * (_WIDEST_EDGE - 1) / max(most - 1, 5):.1f}"


def _percent(x: int) -> str:
    """Thousandths of the width, for SVG."""
    return f"{x / 10:.1f}%"
