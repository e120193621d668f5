"""From a saved page to a small tree of what a reader sees: scripts, navigation and adverts gone, math as LaTeX.

The page is made harmless before the HTML parser gets it: Python's takes quadratic time on tags and comments
that never end, and recursion follows the depth of a tree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec import Struct, field

from labpress.core.patterns import when_needed

if TYPE_CHECKING:
    from bs4 import BeautifulSoup
    from bs4.element import PageElement, Tag


class Node(Struct):
    """One element with what is left inside of it."""

    tag: str
    line: int = 0
    classes: tuple[str, ...] = ()
    attributes: dict[str, str] = field(default_factory=dict)
    """``href``, ``itemprop``, ``itemtype``, ``datetime``, ``content``, ``title``, ``src``, ``rowspan``; no other."""
    children: list[Node | str] = field(default_factory=list)


class Page(Struct, frozen=True):
    """A saved page."""

    body: Node
    metas: tuple[tuple[str, str], ...]
    """Name and content of each ``<meta>``, in order."""
    json_ld: tuple[tuple[str, int], ...]
    """The text and the line of each script of linked data."""
    address: str
    """Where the page was saved from, as far as it says so."""


_RAW = when_needed(r"<(script|style|template|noscript|svg|iframe)\b([^<>]{0,2000})>", re.IGNORECASE)
_MARKUP = when_needed(
    r"<(?:/?([A-Za-z][^\s/<>\"']{0,40})(?>[^<>\"']{1,500}|\"[^\"]{0,3000}\"|'[^']{0,3000}'){0,100}+>|[!?][^<>]{0,2000}>)?"
)
_SAVED_FROM = when_needed(r"<!-- saved from url=\(\d{4}\)(https?://[^\s<>\"]{3,1000})")
_MOST_TAGS = 400_000
_DEEPEST = 200
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_KEPT = ("href", "itemprop", "itemtype", "datetime", "content", "title", "src", "rowspan")
_GONE = frozenset(
    "script style template noscript svg iframe nav footer aside select input object canvas video audio head img".split()
)
_FURNITURE = frozenset(
    "nav navbar menu sidebar footer breadcrumb breadcrumbs pagination cookie cookies ad ads advert advertisement banner"
    " social share sharing newsletter modal tooltip sr-only visually-hidden masthead site-header site-footer"
    " skip-link MathJax_Preview katex-html popover short-authors short-journal-citation".split()
)
"""Classes of what is around the content, or is the same words again, for other eyes or narrower windows."""
_IMPLIED_END = {
    "li": frozenset(["li"]), "p": frozenset(["p"]), "dt": frozenset(["dt", "dd"]), "dd": frozenset(["dt", "dd"]),
    "tr": frozenset(["tr", "td", "th"]), "td": frozenset(["td", "th"]), "th": frozenset(["td", "th"]),
    "option": frozenset(["option"]),
}  # fmt: skip
"""Element -> open elements that it ends, as far up as the next list or table."""
_ENDS_PARAGRAPH = frozenset(
    "address article div dl fieldset form h1 h2 h3 h4 h5 h6 hr main ol pre section table ul".split()
)
_BARRIERS = frozenset("ul ol dl table tbody body html".split())


def looks_like_html(text: str) -> bool:
    """Whether ``text`` begins as a page does, or is made of elements."""
    head = text[:3000].lstrip().lower()
    if head.startswith(("<!doctype html", "<html", "<head", "<body", "<!-- saved from url")):
        return True
    tags = re.findall(r"<(?:div|p|li|ul|ol|h[1-6]|a|span|table|article|section)\b[^<>]*>", text[:20_000].lower())
    return head.startswith("<") and len(tags) > 2


def read_page(text: str) -> Page | None:
    """The tree of the page ``text``; None when it has more elements than any real page."""
    scripts, safe = _without_raw(text)
    balanced = _Balanced()
    safe = _MARKUP.sub(balanced.tag, _without_comments(safe))
    if balanced.count > _MOST_TAGS:
        return None
    from bs4 import BeautifulSoup  # A tenth of a second that only saved pages need.

    soup = BeautifulSoup(safe, "html.parser")
    metas = []
    for meta in soup.find_all("meta"):
        name = meta.get("name") or meta.get("property") or meta.get("itemprop")
        if name and meta.get("content"):
            metas.append((str(name), str(meta["content"])))
    saved = _SAVED_FROM.search(text[:5000])
    base, canonical = soup.find("base", href=True), soup.find("link", rel="canonical", href=True)
    addresses = [str(one["href"]) for one in (base, canonical) if one is not None]
    addresses += [content for name, content in metas if name == "og:url"]
    if saved:
        addresses.insert(1 if base is not None else 0, saved[1])
    return Page(_tree(soup), tuple(metas), tuple(scripts), next(iter(addresses), ""))


def text_of(node: Node) -> str:
    """All text inside of ``node``, as written."""
    return "".join(_texts(node))


def _texts(node: Node) -> Iterator[str]:
    waiting: list[Node | str] = [node]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            yield one
        else:
            waiting.extend(reversed(one.children))


# Before parsing


def _blank(text: str) -> str:
    """As many line ends as ``text`` has, so that what follows keeps its line."""
    return "\n" * text.count("\n")


def _without_raw(text: str) -> tuple[list[tuple[str, int]], str]:
    """Linked data, and ``text`` without scripts and other elements that hold no HTML; TeX in scripts becomes math."""
    pieces: list[str] = []
    scripts: list[tuple[str, int]] = []
    lower = text.lower()
    done, line = 0, 1
    opening = _RAW.search(text)
    while opening:
        end = lower.find(f"</{opening[1].lower()}", opening.end())
        if end < 0:
            break
        content, kind = text[opening.end() : end], opening[2].lower()
        line += text.count("\n", done, opening.end())
        if "ld+json" in kind:
            scripts.append((content, line))
        shown = f"${content.strip().replace('<', '&lt;')}$" if "math/tex" in kind else _blank(content)
        pieces += (text[done : opening.start()], shown)
        line += content.count("\n")
        done = text.find(">", end) + 1 or len(text)
        opening = _RAW.search(text, done)
    return scripts, "".join(pieces) + text[done:]


def _without_comments(text: str) -> str:
    pieces: list[str] = []
    done = 0
    start = text.find("<!--")
    while start >= 0:
        end = text.find("-->", start)
        if end < 0:
            break
        pieces += (text[done:start], _blank(text[start:end]))
        done = end + 3
        start = text.find("<!--", done)
    return "".join(pieces) + text[done:]


class _Balanced:
    """Goes over the tags of a page in order: writes the end tags that HTML implies, drops those that end nothing."""

    def __init__(self) -> None:
        self.opened: list[str] = []
        self.count = 0

    def tag(self, match: re.Match[str]) -> str:
        """What to put in the place of one tag; a ``<`` that begins none is a character."""
        written = match[0]
        if match[1] is None:
            return "&lt;" if written == "<" else _blank(written)
        self.count += 1
        name = match[1].lower()
        if written[1] == "/":
            return self._end(name, self.opened[-_DEEPEST:])
        if name in _VOID or written.endswith("/>"):
            return written
        if len(self.opened) >= _DEEPEST:
            return _blank(written)
        implied = self._implied_ends(name)
        self.opened.append(name)
        return implied + written

    def _end(self, name: str, opened: list[str]) -> str:
        if name not in opened:
            return ""
        ends = ""
        while self.opened and (last := self.opened.pop()) != name:
            ends += f"</{last}>"
        return f"{ends}</{name}>"

    def _implied_ends(self, name: str) -> str:
        if name in _ENDS_PARAGRAPH and self.opened[-1:] == ["p"]:
            return self._end("p", ["p"])
        ended = _IMPLIED_END.get(name, frozenset())
        for last in reversed(self.opened[-6:] if ended else []):
            if last in ended:
                return self._end(last, [last])
            if last in _BARRIERS:
                break
        return ""


# After parsing


def _tree(soup: BeautifulSoup) -> Node:
    """The tree of all that is seen."""
    from bs4.element import NavigableString, Tag

    root = Node("body")
    waiting: list[tuple[PageElement, Node]] = [(child, root) for child in reversed(soup.contents)]
    while waiting:
        element, parent = waiting.pop()
        if type(element) is NavigableString:
            parent.children.append(str(element))
        elif isinstance(element, Tag):
            tex = _tex_of(element)
            if tex:
                parent.children.append(tex)
            elif not _is_gone(element):
                node = _node(element)
                parent.children.append(node)
                waiting.extend((child, node) for child in reversed(element.contents))
    return root


def _node(element: Tag) -> Node:
    classes = element.get("class") or ()
    attributes = {name: str(element[name]) for name in _KEPT if element.has_attr(name)}
    return Node(element.name, element.sourceline or 0, tuple(map(str, classes)), attributes)


def _is_gone(element: Tag) -> bool:
    """Whether ``element`` is no part of what the page says: navigation, adverts, controls."""
    if element.name in ("nav", "footer") and element.parent and element.parent.name in ("li", "article"):
        return False  # The links of one item, or who wrote it.
    if element.name in _GONE or element.get("role") in ("navigation", "search", "banner", "contentinfo"):
        return True
    return not _FURNITURE.isdisjoint(element.get("class") or ())


def _tex_of(element: Tag) -> str:
    """The LaTeX of an element that KaTeX or MathJax has made; "" for any other."""
    if element.name not in ("math", "mjx-container") and "katex" not in (element.get("class") or ()):
        return ""
    source = element.find("annotation", encoding="application/x-tex")
    return f"${source.get_text().strip()}$" if source is not None else ""
