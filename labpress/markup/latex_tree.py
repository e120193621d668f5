"""LaTeX text as a small tree, and how it is built: what titles, abstracts, names and BibTeX fields can mean."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from itertools import groupby

from msgspec import Struct

from labpress.core.patterns import when_needed
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

Wrap = Callable[[list[Node]], list[Node]]
"""What a command makes of its argument."""

MAX_DEPTH = 10
"""Styles inside each other; deeper ones are read without their style."""

CITATION = "\ufdd0"
"""Stands for a citation until the space and the brackets around it are known."""
_LISTED = rf"{CITATION}[ ,;{CITATION}]*+"
_AROUND_CITATIONS = when_needed(rf" ?\((?:see |e\.g\.,? |cf\. )?{_LISTED}\)| ?\[{_LISTED}\]|(?: ?{CITATION})++")


class _Frame:
    """A group that is open. Groups that do nothing share the list of the group around them."""

    __slots__ = ("nodes", "soft", "wrap")

    def __init__(self, nodes: list[Node], wrap: Wrap | None = None, *, soft: bool = False) -> None:
        self.nodes = nodes
        self.wrap = wrap
        self.soft = soft
        r"""Opened by a declaration such as ``\it``, and closed with the group around it."""


class TreeBuilder:
    """Grows a tree from left to right, with a stack of open groups instead of recursion."""

    def __init__(self) -> None:
        self.groups = 0
        """Open groups, without those of declarations."""
        self.pending: Wrap | None = None
        """The command that waits for its argument."""
        self._frames = [_Frame([])]
        self._styles = 0
        """Open groups that change their content."""

    def add(self, node: Node) -> None:
        """Add a node, or give it to the command that waits for it."""
        wrap, self.pending = self.pending, None
        self._frames[-1].nodes.extend(wrap([node]) if wrap else [node])

    def add_text(self, text: str) -> None:
        """Add running text, whose first letter is the argument of a command that waits for one."""
        if self.pending:
            text = text.lstrip()
            if not text:
                return
            self.add(Text(text[0]))
            text = text[1:]
        if text:
            self._frames[-1].nodes.append(Text(text))

    def end_paragraph(self, marker: str = "") -> None:
        self.pending = None
        self._frames[-1].nodes.append(Break(marker))

    def open(self) -> None:
        """Begin a group, as the argument of a command that waits for one."""
        self.groups += 1
        self._push(_Frame([], self.pending) if self.pending else _Frame(self._frames[-1].nodes))
        self.pending = None

    def declare(self, wrap: Wrap) -> None:
        """Apply ``wrap`` to the rest of the group."""
        self._push(_Frame([], wrap, soft=True))

    def close(self) -> bool:
        """End a group; False when none is open."""
        self.pending = None
        if not self.groups:
            return False
        while self._frames[-1].soft:
            self._pop()
        self._pop()
        return True

    def finished(self) -> tuple[Node, ...]:
        """The tree, groups that are still open closed."""
        while len(self._frames) > 1:
            self._pop()
        return tuple(_tidy(self._frames[0].nodes))

    def _push(self, frame: _Frame) -> None:
        if frame.wrap and self._styles == MAX_DEPTH:
            frame = _Frame(self._frames[-1].nodes, soft=frame.soft)
        self._styles += frame.wrap is not None
        self._frames.append(frame)

    def _pop(self) -> None:
        frame = self._frames.pop()
        self.groups -= not frame.soft
        if frame.wrap:
            self._styles -= 1
            self._frames[-1].nodes.extend(frame.wrap(frame.nodes))


def _tidy(nodes: Iterable[Node]) -> list[Node]:
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
            out.append(Styled(first.style, tuple(_tidy(inner))))
        else:
            out.extend(
                Link(node.address, tuple(_tidy(node.children))) if isinstance(node, Link) else node for node in alike
            )
    return out


def _likeness(node: Node) -> tuple[type[Node], str]:
    """Texts are alike, and so are parts in one style."""
    return type(node), node.style if isinstance(node, Styled) else ""
