"""One line of Markdown as the elements that a page would have: links, emphasis, and the HTML between words."""

from __future__ import annotations

import re

from labpress.core.patterns import when_needed
from labpress.sources.webpage_tree import Node

_TEXT = r"[^\[\]]{1,300}"
_ADDRESS = r"\(((?:[^()\s]|\([^()\s]{0,100}\)){1,1000})(?:\s\"[^\"]{0,200}\")?\)"
_INLINE = when_needed(
    rf"\[\[(?P<label>{_TEXT})\]\]{_ADDRESS}|\[!\[(?P<alt>{_TEXT})\]\([^()\s]{{1,1000}}\)\]{_ADDRESS}"
    rf"|(?P<picture>!)\[[^\[\]]{{0,300}}\]{_ADDRESS}|\[(?P<text>{_TEXT})\]{_ADDRESS}"
    r"|\*\*(?=\S)(?P<stars>[^*]{1,400})\*\*|(?<!\w)__(?=\S)(?P<bars>[^_]{1,400})__(?!\w)"
    r"|(?<![*\w\\])[*_](?=\S)(?P<em>[^*_\\]{1,400})[*_](?![*\w])"
    r"|<(?P<end>/?)(?P<tag>a|b|br|cite|em|i|ins|mark|small|span|strong|sub|sup|u)\b(?P<attributes>[^<>]{0,1500})>",
    re.IGNORECASE,
)
_HREF = when_needed(r"\bhref\s?=\s?[\"']?([^\"'\s]{1,1000})", re.IGNORECASE)
_ESCAPED = when_needed(r"\\([!-/:-@\[-`{-~])")
_DEEPEST = 8


def inline(text: str) -> list[Node | str]:
    """``text`` with its links and what is emphasised as elements; pictures are left out."""
    open_nodes = [Node("span")]
    end = 0
    for found in _INLINE.finditer(text):
        open_nodes[-1].children.append(_ESCAPED.sub(r"\1", text[end : found.start()]))
        end = found.end()
        if found["tag"]:
            _take_tag(open_nodes, found)
        elif not found["picture"]:
            open_nodes[-1].children.append(_element(found))
    open_nodes[-1].children.append(_ESCAPED.sub(r"\1", text[end:]))
    return open_nodes[0].children


def _element(found: re.Match[str]) -> Node:
    if words := found["label"] or found["alt"] or found["text"]:
        return Node("a", attributes={"href": found[found.lastindex or 0]}, children=inline(words))
    strong = found["stars"] or found["bars"]
    return Node("strong", children=inline(strong)) if strong else Node("em", children=[found["em"]])


def _take_tag(open_nodes: list[Node], found: re.Match[str]) -> None:
    """Open or close an element of HTML; an end without its beginning is none."""
    tag = found["tag"].lower()
    if found["end"]:
        tags = [node.tag for node in open_nodes[1:]]
        if tag in tags:
            del open_nodes[1 + len(tags) - 1 - tags[::-1].index(tag) :]
        return
    href = _HREF.search(found["attributes"])
    node = Node(tag, attributes={"href": href[1]} if href else {})
    open_nodes[-1].children.append(node)
    if tag != "br" and len(open_nodes) < _DEEPEST:
        open_nodes.append(node)
