"""LaTeX text of titles, abstracts, names and BibTeX fields, as Markdown and as plain Unicode."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from labpress.core.diagnostics import Parsed
from labpress.core.patterns import when_needed
from labpress.markup import mathml
from labpress.markup.latex_parser import Place, parse_latex
from labpress.markup.latex_tree import Break, Link, Math, Node, Text
from labpress.markup.markdown import Segment, write_markdown
from labpress.markup.plain import script_text

_MEANS_SOMETHING = when_needed(r"[\\{}$~`'&-]")
"""A text on one line without any of these is plain already."""


def latex_to_markdown(source: str, place: Place | None = None) -> Parsed[str]:
    """LaTeX-flavoured text as Markdown that is pleasant to edit: paragraphs on one line, math between dollar signs.

    ``place`` says where in a file a part of ``source`` stands, for the faults.
    """
    tree, faults = parse_latex(source, place)
    return Parsed(write_markdown(_segments(tree, ())), faults)


def latex_to_text(source: str) -> str:
    """LaTeX-flavoured text as plain Unicode; paragraphs are separated by an empty line."""
    if source.isprintable() and not _MEANS_SOMETHING.search(source):
        return " ".join(source.split())
    tree, _ = parse_latex(source)
    return "\n\n".join(filter(None, (" ".join(part.split()) for part in _plain(tree).split("\0"))))


def _segments(nodes: Iterable[Node], styles: tuple[str, ...]) -> Iterator[Segment]:
    for node in nodes:
        if isinstance(node, Text):
            yield Segment("text", node.text, styles)
        elif isinstance(node, Math):
            yield Segment("display" if node.display else "math", node.latex, styles)
        elif isinstance(node, Break):
            yield Segment("break", node.marker)
        elif isinstance(node, Link):
            yield Segment("link", _plain(node.children), styles, node.address)
        elif node.style == "code":
            yield Segment("code", _plain(node.children), styles)
        elif node.style in _AROUND:
            before, after = _AROUND[node.style]
            yield from _segments((Text(before), *node.children, Text(after)), styles)
        else:
            yield from _segments(node.children, styles if node.style in styles else (*styles, node.style))


_AROUND = {"quotation": ("“", "”"), "parenthesis": (" (", ")")}


def _plain(nodes: Iterable[Node]) -> str:
    """The tree without markup; NUL ends a paragraph."""
    return "".join(_plain_node(node) for node in nodes)


def _plain_node(node: Node) -> str:
    if isinstance(node, Text):
        return node.text
    if isinstance(node, Math):
        return mathml.math_to_text(node.latex)
    if isinstance(node, Break):
        return f"\0{node.marker}"
    text = _plain(node.children)
    if isinstance(node, Link):
        return text
    if node.style in ("superscript", "subscript"):
        return script_text(text, up=node.style == "superscript")
    before, after = _AROUND.get(node.style, ("", ""))
    return before + text + after
