"""Which elements of a page are its papers: the choice that makes the most sense of the whole page."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator, Mapping
from typing import NamedTuple, TypeGuard

from msgspec import Struct, field

from labpress.core.patterns import when_needed
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
_PARTS = frozenset(["authors", "affiliation"])
"""What class names call a part of a paper that reads like one."""
_SHORTEST, _LONGEST = 25, 12_000
_SURE = 4.0
_TWO_PAPERS = 8.6
"""More than any single item can score."""
_SECTION = when_needed(
    r"\W*(?:(?:19|20)\d\d\b.{0,20}|(?:(?:selected|recent|all|other|our|my|peer[ -]reviewed|refereed|in|and|of|the|&"
    r"|full|list|working|technical|under|review|invited|edited|international|publications?|papers?|preprints?|manuscripts?|journals?"
    r"|conferences?|proceedings|articles?|workshops?|books?|chapters?|reports?|theses|thesis|patents?|talks|posters"
    r"|\d{1,3})[\s/,()-]*){1,7})\W*",
    re.IGNORECASE,
)
_YEAR_LINE = when_needed(r"\W{0,3}((?:19|20)\d\d)\b\W{0,3}(?:\(?\d{1,3}\)?(?: \w{1,15})?\)?)?")


def choose_items(body: Node, read: Read, told: Mapping[int, Reading | None]) -> Choice:
    """The set of elements, none inside another, that together read best as papers.

    ``told`` has, by their identity, those that are known to be papers, or with None to be none.
    """
    _group_children(body)
    found = _best(body, read, told).papers
    choice = Choice(_without_page_title([Item(node, reading) for node, reading in found]))
    chosen = {id(item.node): item for item in choice.items}
    _give_headings(body, chosen)
    if any(item.reading.score >= _SURE for item in choice.items):
        choice.items = [item for item in choice.items if item.reading.score >= _SURE]
    kept = {id(item.node): item.node for item in choice.items}
    dropped = {key: item for key, item in chosen.items() if key not in kept}
    choice.strays = [node for node in _strays(body, kept, dropped) if id(node) not in told]
    return choice


def _without_page_title(items: list[Item]) -> list[Item]:
    """``items`` without the heading of the whole page, which may read like a paper by who or where it names."""
    under_h1 = [any(heading.tag == "h1" for heading in _headings(item.node)) for item in items]
    if sum(under_h1) != 1 or len(items) == 1:
        return items
    return [item for item, is_title in zip(items, under_h1, strict=True) if not is_title]


def is_section(text: str) -> bool:
    """Whether a heading stands above papers and is the title of none: a year, or words like "Selected papers"."""
    return bool(_SECTION.fullmatch(one_line(text)[:100]))


class _Found(NamedTuple):
    """What an element holds."""

    papers: list[tuple[Node, Reading]]
    titles: list[Node]
    """Innermost elements whose class names call them a title; two at most are kept."""


def _best(node: Node, read: Read, told: Mapping[int, Reading | None]) -> _Found:
    """The best papers inside of ``node``, which may be ``node`` itself."""
    if id(node) in told:
        known = told[id(node)]
        return _Found([(node, known)] if known else [], [])
    found = [_best(child, read, told) for child in node.children if isinstance(child, Node)]
    inner = [paper for one in found for paper in one.papers]
    titles = [title for one in found for title in one.titles][:2]
    if not titles and role_of(node) == "title":
        titles = [node]
    total = sum(reading.score for _, reading in inner)
    is_one = _is_paper_with_its_entry([reading for _, reading in inner], titles)
    if (total > _TWO_PAPERS and not is_one) or not _may_be_item(node):
        return _Found(inner, titles)
    own = read(node)
    is_better = own is not None and (own.score >= total or (is_one and bool(own.bibtex)))
    return _Found([(node, own)] if own and is_better else inner, titles)


def _is_paper_with_its_entry(readings: list[Reading], titles: list[Node]) -> bool:
    """Whether all is one paper: as the page shows it, and as a BibTeX entry that has the same title.

    Its title is the only one that class names mark, or that of the only other reading.
    """
    shown = [reading.draft.title for reading in readings if reading.draft.title]
    entries = [reading.bibtex for reading in readings if reading.bibtex and not reading.draft.title]
    if len(titles) == 1:
        shown = [text_of(titles[0])]
    return len(shown) == len(entries) == 1 and _letters(shown[0]) in _letters(entries[0])


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _may_be_item(node: Node) -> bool:
    if node.tag not in _CANDIDATES or role_of(node) in _PARTS:
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


def _strays(body: Node, kept: dict[int, Node], dropped: dict[int, Item]) -> Iterator[Node]:
    """Elements of the kind of papers that are none: siblings of papers, and elsewhere what could have been one.

    That is what names people, has the class names of papers, or stands in such elements as papers stand in.
    """
    kinds_of_papers = {(node.tag, node.classes) for node in kept.values() if node.classes}
    ways_to_papers = {way for node, way in _with_ways(body) if id(node) in kept}
    waiting = [(body, _way(body, ()))]
    while waiting:
        node, way = waiting.pop()
        elements = [child for child in node.children if isinstance(child, Node)]
        kinds = {(child.tag, child.classes) for child in elements if id(child) in kept}
        for child in elements:
            if id(child) in kept:
                continue
            kind, way_there = (child.tag, child.classes), _way(child, way)
            item = dropped.get(id(child))
            is_alike = kind in kinds or kind in kinds_of_papers or way_there in ways_to_papers
            could_be = item is not None and (is_alike or bool(item.reading.draft.authors))
            is_beside = kind in kinds and not _holds(child, kept) and len(one_line(text_of(child))) > _SHORTEST
            if could_be or is_beside:
                yield child
            else:
                waiting.append((child, way_there))


_Way = tuple[tuple[str, tuple[str, ...]], ...]


def _way(node: Node, way: _Way) -> _Way:
    """Kind of the element, and of the few around it, innermost last."""
    return (*way[-3:], (node.tag, node.classes))


def _with_ways(body: Node) -> Iterator[tuple[Node, _Way]]:
    waiting: list[tuple[Node, _Way]] = [(body, ())]
    while waiting:
        node, around = waiting.pop()
        way = _way(node, around)
        yield node, way
        waiting.extend((child, way) for child in node.children if isinstance(child, Node))


def _holds(node: Node, kept: Container[int]) -> bool:
    waiting = [node]
    while waiting:
        one = waiting.pop()
        if id(one) in kept:
            return True
        waiting.extend(child for child in one.children if isinstance(child, Node))
    return False
