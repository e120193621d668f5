"""LaTeX text as a small tree: what titles, abstracts, names and BibTeX fields can mean."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby

from msgspec import Struct

from labpress.markup.latex_tables import Style


class Text(Struct, frozen=True):
    """Characters that mean themselves."""

    text: str


class Math(Struct, frozen=True):
    """A formula without its dollar signs."""

    latex: str
    display: bool = False


class Styled(Struct, frozen=True):
    """A part that looks different."""

    style: Style
    children: tuple[Node, ...]


class Link(Struct, frozen=True):
    """A part that leads somewhere."""

    address: str
    children: tuple[Node, ...]


class Break(Struct, frozen=True):
    """The end of a paragraph; ``marker`` begins an item of a list (``- `` or ``1. ``)."""

    marker: str = ""


Node = Text | Math | Styled | Link | Break

CITATION = "\ufdd0"
"""Stands for a citation until the space and the brackets around it are known."""
_LISTED = rf"{CITATION}[ ,;{CITATION}]*+"
_AROUND_CITATIONS = re.compile(rf" ?\((?:see |e\.g\.,? |cf\. )?{_LISTED}\)| ?\[{_LISTED}\]|(?: ?{CITATION})++")


def tidy(nodes: Iterable[Node]) -> list[Node]:
    """Nodes with equal neighbours joined, single spaces, and citations gone together with what was around them."""
    out: list[Node] = []
    for _, run in groupby(nodes, _likeness):
        alike = list(run)
        first = alike[0]
        if isinstance(first, Text):
            text = re.sub(" {2,}", " ", "".join(node.text for node in alike if isinstance(node, Text)))
            out.append(Text(_AROUND_CITATIONS.sub("", text)))
        elif isinstance(first, Styled):
            inner = [child for node in alike if isinstance(node, Styled) for child in node.children]
            out.append(Styled(first.style, tuple(tidy(inner))))
        else:
            out.extend(
                Link(node.address, tuple(tidy(node.children))) if isinstance(node, Link) else node for node in alike
            )
    return out


def _likeness(node: Node) -> tuple[type[Node], str]:
    """Texts are alike, and so are parts in one style."""
    return type(node), node.style if isinstance(node, Styled) else ""
