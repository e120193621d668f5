"""An item of a page as the pieces of text that it shows: what each looks like, and what its class names say it is."""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec import Struct

from labpress.core.patterns import when_needed
from labpress.core.text import one_line
from labpress.sources.webpage_tree import Node

BLOCKS = frozenset(
    "address article blockquote body center dd details div dl dt fieldset figcaption figure form h1 h2 h3 h4 h5 h6"
    " header hr html li main ol p pre section summary table tbody td th tr ul".split()
)
HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_STYLES = {"b": "bold", "strong": "bold", "i": "italic", "em": "italic", "cite": "italic"} | dict.fromkeys(
    HEADINGS, "heading"
)

_ROLES = (
    ("bibtex", r"bibtex|bib"),
    ("abstract", r"abstract|summary|description|excerpt|tl-?dr|snippet"),
    ("authors", r"authors?|byline|creators?|contributors?|people"),
    ("affiliation", r"aff?iliations?|institutions?|organi[sz]ations?"),
    ("title", r"title|headline"),
    ("venue", r"venue|journal|periodical|conference|booktitle|proceedings|publisher"),
    ("date", r"date|year|time|published|datetime|datepublished"),
    ("category", r"category|categories|subjects?|field"),
    ("tags", r"tags?|topics?|keywords?"),
    ("score", r"score|rating|relevance"),
    ("links", r"links?|buttons?|btns?|btn-group|resources"),
    ("doi", r"doi"),
)
_GLUED = "paper|pub|publication|article|item|entry|card|list|pdf"
"""What class names have before the word that counts: ``papertitle``."""
_ROLE_WORDS = [
    (role, when_needed(rf"(?:^|[-_ ]|^(?:{_GLUED}))(?:{words})(?:$|[-_ ])", re.IGNORECASE)) for role, words in _ROLES
]
_TAG_ROLES = {"time": "date", "button": "links"}
_NO_ROLE = when_needed(
    r"subtitle|highlight|journal-title|container|wrapper|metadata|page-title|section-title|card$", re.IGNORECASE
)
_CAMEL = when_needed(r"(?<=[a-z])(?=[A-Z])")


_NEW_PART = when_needed(
    r"""(?:^|[.,;:?!)\]”’"'–—-])\s*"""
    r"(?:(?:(?:published|presented|accepted|forthcoming|appeared|to appear) )?(?:in|at):?\s+)?$",
    re.IGNORECASE,
)
"""What stands before a part of a reference, rather than before a word of its title."""
_LONGEST_LEAD = 30


class Piece(Struct, frozen=True):
    """A run of text in one element."""

    text: str
    block: int
    """Pieces of one paragraph, cell or line have the same number."""
    line: int
    styles: frozenset[str] = frozenset()
    """``bold``, ``italic``, ``heading``, ``link``, ``code``."""
    roles: frozenset[str] = frozenset()
    """``title``, ``authors``, ``venue`` ... after class names and ``itemprop``."""
    href: str = ""


def in_italics(pieces: Iterable[Piece]) -> str:
    """The first words in italics that are a part of their own, "" if none are: ``Sleep in *Hydra*. *Science*``."""
    last: Piece | None = None
    before = ""
    for piece in pieces:
        if not piece.text.strip():
            before += " "
            continue
        if last and (last.block != piece.block or last.styles - {"italic"} != piece.styles - {"italic"}):
            before = ""
        if "italic" in piece.styles and _NEW_PART.search(before):
            return one_line(piece.text)
        last, before = piece, piece.text[-_LONGEST_LEAD:]
    return ""


class _Context(Struct, frozen=True):
    styles: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()
    href: str = ""
    line: int = 0


def pieces_of(item: Node) -> list[Piece]:
    """Everything that ``item`` shows, in order."""
    found: list[Piece] = []
    block = 0
    waiting: list[tuple[Node | str | None, _Context]] = [(item, _Context(line=item.line))]
    while waiting:
        one, context = waiting.pop()
        if one is None:
            block += 1
        elif isinstance(one, str):
            if one.strip() or (found and one):
                found.append(Piece(one, block, context.line, context.styles, context.roles, context.href))
        else:
            is_block = one.tag in BLOCKS or one.tag == "br"
            block += is_block
            if is_block:
                waiting.append((None, context))
            inner = _inside(one, context, is_item=one is item)
            waiting.extend((child, inner) for child in reversed(one.children))
    return found


def _inside(node: Node, context: _Context, *, is_item: bool) -> _Context:
    styles, roles, href = context.styles, context.roles, context.href
    style = _STYLES.get(node.tag)
    if style:
        styles |= {style}
    if node.tag in ("pre", "code", "textarea"):
        styles |= {"code"}
    if node.tag == "a" and node.attributes.get("href"):
        styles, href = styles | {"link"}, node.attributes["href"]
    role = "" if is_item else role_of(node)
    if role:
        roles = frozenset([role]) if role in ("title", "abstract", "bibtex", "date") else roles | {role}
    return _Context(styles, roles, href, node.line or context.line)


def role_of(node: Node) -> str:
    """What the class names or the ``itemprop`` of ``node`` say that it is; "" when they say nothing."""
    if node.tag in _TAG_ROLES:
        return _TAG_ROLES[node.tag]
    words = [node.attributes.get("itemprop", ""), *node.classes]
    if len(node.tag) > 8 and node.tag not in BLOCKS:
        words.append(node.tag)  # Elements that HTML does not know: <papertitle>.
    is_label = node.tag in ("a", "button")
    for word in words:
        spaced = _CAMEL.sub("-", word)[:60]
        if not spaced or _NO_ROLE.search(spaced):
            continue
        for role, pattern in _ROLE_WORDS:
            if pattern.search(spaced) and not (is_label and role in ("abstract", "bibtex", "venue")):
                return role
    return ""


def joined(pieces: Iterable[Piece], separator: str = "") -> str:
    """The text of ``pieces`` on one line; blocks are apart by a space, elements by ``separator`` if nothing else is."""
    text = ""
    block = -1
    parts: list[str] = []
    for piece in pieces:
        if parts and piece.block != block:
            parts.append(separator or " ")
        elif parts and separator and text and text[-1].isalnum() and piece.text[:1].isalnum():
            parts.append(separator)
        parts.append(piece.text)
        text, block = piece.text, piece.block
    return one_line("".join(parts))


def lines_of(pieces: Iterable[Piece]) -> list[list[Piece]]:
    """``pieces`` by paragraph, cell or line."""
    lines: dict[int, list[Piece]] = {}
    for piece in pieces:
        lines.setdefault(piece.block, []).append(piece)
    return list(lines.values())
