"""A network as a picture: dots that are links, lines as wide as what they join."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import NamedTuple

from labpress.markup.html import Html
from labpress.site.chart_views import NetworkView, NodeView
from labpress.site.charts.svg import link, picture

_TARGET = 12
"""Radius in px of what can be hit around a dot."""

_LETTER, _LINE = 6.4, 15
"""Pixels: the mean width of a letter, and the height of a line of text."""

_NARROW, _WIDE = 288, 620
"""Pixels of the narrowest phone and of a column for reading: labels are chosen for both."""

_MOST_IN_LABEL = 32

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
    """Whether a label is shown in both widths, and on which side of its node."""

    wide: bool = False
    narrow: bool = False
    above: bool = False


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
    visible = "" if place.narrow else " minor" if place.wide else " hidden"
    anchor = "" if _anchor(node) == "middle" else f' text-anchor="{_anchor(node)}"'
    at = y - node.radius - 5 if place.above else y + node.radius + 13
    words = escape(_short(node.label))
    text = f'<text class="name{kind}{visible}"{anchor} x="{x}" y="{at}">{words}</text>'
    return link(root + node.path, f"{node.label}: {node.count}", dots + text, tip=True)


def _anchor(node: NodeView) -> str:
    """Labels near an edge grow away from it."""
    return "start" if node.x < 250 else "end" if node.x > 750 else "middle"


def _short(label: str) -> str:
    return label if len(label) <= _MOST_IN_LABEL else label[: _MOST_IN_LABEL - 1].rstrip() + "…"


def _label_places(nodes: Sequence[NodeView]) -> list[_LabelPlace]:
    """Where each label stands free, in both widths: the larger node comes first, between equals the first."""
    places = [_LabelPlace() for _node in nodes]
    taken: dict[int, list[_Box]] = {width: [] for width in (_NARROW, _WIDE)}
    for index in sorted(range(len(nodes)), key=lambda index: (-nodes[index].radius, index)):
        for above in (False, True):
            wide, narrow = (_stands_free(nodes, index, width, taken[width], above=above) for width in (_WIDE, _NARROW))
            if wide:
                places[index] = _LabelPlace(wide is not None, narrow is not None, above)
                taken[_WIDE].append(wide)
                taken[_NARROW] += [narrow] if narrow else []
                break
    return places


def _stands_free(
    nodes: Sequence[NodeView], index: int, width: int, taken: Sequence[_Box], *, above: bool
) -> _Box | None:
    """The place of a label, if it is inside of the picture and neither on another one nor on a node."""
    box = _label_box(nodes[index], width, above=above)
    if box.left < -2 or box.right > width + 2 or box.top < 0 or any(map(box.meets, taken)):
        return None
    others = (node for number, node in enumerate(nodes) if number != index)
    return None if any(box.meets(_dot(node, width)) for node in others) else box


def _dot(node: NodeView, width: int) -> _Box:
    x = node.x * width / 1000
    return _Box(x - node.radius, node.y - node.radius, x + node.radius, node.y + node.radius)


def _label_box(node: NodeView, width: int, *, above: bool) -> _Box:
    x = node.x * width / 1000
    size = len(_short(node.label)) * _LETTER
    left = {"start": x, "middle": x - size / 2, "end": x - size}[_anchor(node)]
    top = node.y - node.radius - 1 - _LINE if above else node.y + node.radius + 1
    return _Box(left, top, left + size, top + _LINE)


def _edge_width(weight: int, most: int) -> str:
    """From 1 px for one to the widest for the most."""
    return f"{1 + (weight - 1) * (_WIDEST_EDGE - 1) / max(most - 1, 5):.1f}"


def _percent(x: int) -> str:
    """Thousandths of the width, for SVG."""
    return f"{x / 10:.1f}%"
