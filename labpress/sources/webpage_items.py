"""Which elements of a page are its papers: the choice that makes the most sense of the whole page."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator
from typing import TypeGuard

from msgspec import Struct, field

from labpress.core.text import one_line
from labpress.sources.webpage_item import Reading
from labpress.sources.webpage_pieces import HEADINGS, role_of
from labpress.sources.webpage_tree import Node, text_of

Read = Callable[[Node], Reading | None]


class Item(Struct):
    """One element that is a paper."""

    node: Node
    reading: Reading
    heading: str = ""
    """The last heading before it."""
    year: str = ""
    """The last line before it that was a year and nothing else."""


class Choice(Struct):
    """The papers of a page, and siblings of papers that could not be read."""

    items: list[Item] = field(default_factory=list)
    strays: list[Node] = field(default_factory=list)


_CANDIDATES = frozenset("li tr article div p section dd blockquote td figure details span entry".split())
_SHORTEST, _LONGEST = 25, 12_000
_SURE = 4.0
_TWO_PAPERS = 8.6
"""More than any single item can score."""
_SECTION = re.compile(
    r"\W*(?:(?:19|20)\d\d\b.{0,20}|(?:(?:selected|recent|all|other|our|my|peer[ -]reviewed|refereed|in|and|of|the|&"
    r"|full|list|working|technical|under|review|invited|edited|international|publications?|papers?|preprints?|manuscripts?|journals?"
    r"|conferences?|proceedings|articles?|workshops?|books?|chapters?|reports?|theses|thesis|patents?|talks|posters"
    r"|\d{1,3})[\s/,()-]*){1,7})\W*",
    re.IGNORECASE,
)
_YEAR_LINE = re.compile(r"\W{0,3}((?:19|20)\d\d)\b\W{0,3}(?:\(?\d{1,3}\)?(?: \w{1,15})?\)?)?")


def choose_items(body: Node, read: Read) -> Choice:
    """The set of elements, none inside another, that together read best as papers."""
    _group_children(body)
    found = _best(body, read)
    choice = Choice([Item(node, reading) for node, reading in found])
    chosen = {id(item.node): item for item in choice.items}
    _give_headings(body, chosen)
    if any(item.reading.score >= _SURE for item in choice.items):
        choice.items = [item for item in choice.items if item.reading.score >= _SURE]
    kept = {id(item.node): item.node for item in choice.items}
    choice.strays = list(_strays(body, kept, set(chosen) - kept.keys()))
    return choice


def is_section(text: str) -> bool:
    """Whether a heading stands above papers and is the title of none: a year, or words like "Selected papers"."""
    return bool(_SECTION.fullmatch(one_line(text)[:100]))


def _best(node: Node, read: Read) -> list[tuple[Node, Reading]]:
    """The best papers inside of ``node``, which may be ``node`` itself."""
    inner = [found for child in node.children if isinstance(child, Node) for found in _best(child, read)]
    total = sum(reading.score for _, reading in inner)
    is_one = _is_paper_with_its_entry([reading for _, reading in inner])
    if (total > _TWO_PAPERS and not is_one) or not _may_be_item(node):
        return inner
    own = read(node)
    return [(node, own)] if own and (own.score >= total or (is_one and own.bibtex)) else inner


def _is_paper_with_its_entry(readings: list[Reading]) -> bool:
    """Whether two readings are one paper: as the page shows it, and as a BibTeX entry that has the same title."""
    shown = [reading.draft.title for reading in readings if reading.draft.title]
    entries = [reading.bibtex for reading in readings if reading.bibtex and not reading.draft.title]
    return len(shown) == len(entries) == 1 and shown[0].casefold() in one_line(entries[0]).casefold()


def _may_be_item(node: Node) -> bool:
    if node.tag not in _CANDIDATES:
        return False
    elements = [child for child in node.children if isinstance(child, Node)]
    texts = [child for child in node.children if isinstance(child, str) and child.strip()]
    if len(elements) == 1 and not texts and elements[0].tag in _CANDIDATES:
        return False  # A wrapper: what it wraps is asked.
    if not _SHORTEST <= len(one_line(text_of(node)[: 2 * _LONGEST])) <= _LONGEST:
        return False
    return not any(is_section(text_of(one)) for one in _headings(node))


def _headings(node: Node) -> Iterator[Node]:
    for child in node.children:
        if isinstance(child, Node):
            if child.tag in HEADINGS:
                yield child
            else:
                yield from _headings(child)


# Lists that have no element for each item


def _group_children(node: Node) -> None:
    """Make an element of each item that has none: a ``dt`` and its ``dd``, a heading and its text, what breaks part."""
    for child in node.children:
        if isinstance(child, Node):
            _group_children(child)
    if node.tag == "dl":
        node.children = _grouped(node.children, "dt")
        return
    node.children = _with_abstracts(node.children)
    for tag in ("h2", "h3", "h4", "h5", "h6"):
        titles = [child for child in node.children if isinstance(child, Node) and child.tag == tag]
        if len(titles) > 1 and not any(is_section(text_of(title)) for title in titles):
            node.children = _grouped(node.children, tag)
            return
    node.children = _parted_by_breaks(node.children)


def _with_abstracts(children: list[Node | str]) -> list[Node | str]:
    """``children`` with each abstract, which some pages fold away under its paper, inside the element before it."""
    kept: list[Node | str] = []
    for child in children:
        before = next((one for one in reversed(kept[-3:]) if isinstance(one, Node)), None)
        if isinstance(child, Node) and child.tag == "div" and role_of(child) == "abstract" and _lacks_abstract(before):
            before.children.append(child)
        else:
            kept.append(child)
    return kept


def _lacks_abstract(node: Node | None) -> TypeGuard[Node]:
    return node is not None and node.tag in ("p", "div", "article") and not role_of(node)


def _grouped(children: list[Node | str], tag: str) -> list[Node | str]:
    """Every child of kind ``tag``, with all that follows it up to the next one, as an element of its own."""
    groups: list[Node | str] = []
    group: Node | None = None
    for child in children:
        if isinstance(child, Node) and child.tag == tag:
            group = Node("li", child.line)
            groups.append(group)
        (groups if group is None else group.children).append(child)
    return groups


def _parted_by_breaks(children: list[Node | str]) -> list[Node | str]:
    """``children`` cut at empty lines, when they are text with two of them or more."""
    parts: list[list[Node | str]] = [[]]
    breaks = 0
    for child in children:
        is_break = isinstance(child, Node) and child.tag == "br"
        if is_break:
            breaks += 1
            if breaks == 2:
                parts.append([])
        elif not isinstance(child, str) or child.strip():
            breaks = 0
        parts[-1].append(child)
    if len(parts) < 3:
        return children
    return [Node("li", _line(part), children=part) for part in parts]


def _line(children: list[Node | str]) -> int:
    return next((child.line for child in children if isinstance(child, Node) and child.line), 0)


# What stands around the items


def _give_headings(body: Node, chosen: dict[int, Item]) -> None:
    heading = year = ""
    waiting: list[Node] = [body]
    while waiting:
        node = waiting.pop()
        item = chosen.get(id(node))
        if item:
            item.heading, item.year = heading, year
            continue
        if node.tag in HEADINGS or node.tag in (
            "p",
            "b",
            "strong",
            "dt",
            "li",
            "td",
            "th",
            "summary",
            "div",
            "span",
            "a",
        ):
            text = text_of(node)
            text = one_line(text) if len(text) < 200 else ""
            if found := _YEAR_LINE.fullmatch(text):
                year = found[1]
            elif node.tag in HEADINGS:
                heading, year = text, (re.search(r"(?:19|20)\d\d", text) or [""])[0]
        waiting.extend(child for child in reversed(node.children) if isinstance(child, Node))


def _strays(body: Node, kept: dict[int, Node], dropped: set[int]) -> Iterator[Node]:
    """Elements of the kind of papers that are none: siblings of papers, and elsewhere what could have been one."""
    kinds_of_papers = {(node.tag, node.classes) for node in kept.values() if node.classes}
    waiting = [body]
    while waiting:
        node = waiting.pop()
        elements = [child for child in node.children if isinstance(child, Node)]
        kinds = {(child.tag, child.classes) for child in elements if id(child) in kept}
        for child in elements:
            if id(child) in kept:
                continue
            kind = (child.tag, child.classes)
            could_be = id(child) in dropped and (kind in kinds or kind in kinds_of_papers)
            is_beside = kind in kinds and not _holds(child, kept) and len(one_line(text_of(child))) > _SHORTEST
            if could_be or is_beside:
                yield child
            else:
                waiting.append(child)


def _holds(node: Node, kept: Container[int]) -> bool:
    waiting = [node]
    while waiting:
        one = waiting.pop()
        if id(one) in kept:
            return True
        waiting.extend(child for child in one.children if isinstance(child, Node))
    return False
