"""Links of a built site that lead nowhere inside it: missing pages, missing files, missing anchors."""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple
from urllib.parse import unquote

from labpress.core.diagnostics import Diagnostic, Note, Span, quoted
from labpress.core.patterns import when_needed
from labpress.site.pages import path_key

# No < within a tag: pages have it escaped there, and a tag that never ends is given up at the next one.
_TAG = when_needed(r"""<[A-Za-z][\w:-]*+(\s(?:[^>"'<]|"[^"<]*+"|'[^'<]*+')*+)>""")
_ATTRIBUTE = when_needed(r"""\s(href|src|poster|srcset|id|name)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.ASCII)
_ABSOLUTE = when_needed(r"[A-Za-z][A-Za-z0-9+.\-]*:|//")

SHOWN = 3
"""Pages named for one dead link; it is one fault, however many pages have it."""


class PageFacts(NamedTuple):
    """What one page offers to links, and where its own lead."""

    anchors: frozenset[str]
    links: tuple[str, ...]
    """Each address once, as it is written."""


def page_facts(text: str) -> PageFacts:
    """Read the tags of a page."""
    anchors: set[str] = set()
    links: dict[str, None] = {}
    for tag in _TAG.finditer(text):
        for name, double, single, bare in _ATTRIBUTE.findall(tag[1]):
            value = double or single or bare
            if "&" in value:
                value = html.unescape(value)
            if name in ("id", "name"):
                anchors.add(value)
            elif name == "srcset":
                links.update((part.split()[0], None) for part in value.split(",") if part.split())
            else:
                links[value.strip()] = None
    return PageFacts(frozenset(anchors), tuple(links))


def is_external(address: str) -> bool:
    """Whether an address leads out of the site."""
    return bool(_ABSOLUTE.match(address))


class _Site:
    """The files of a site, and how addresses lead to them."""

    def __init__(self, files: frozenset[str], base_path: str) -> None:
        self.files = files
        self.base_path = base_path
        self.folders = {path.rpartition("/")[0] for path in files}
        self.by_key = {path_key(path): path for path in files}

    def target(self, page: str, address: str) -> tuple[str, str]:
        """The path of the file that ``address`` on ``page`` leads to, and the anchor in it."""
        path, _hash, anchor = address.partition("#")
        path = path.partition("?")[0]
        if "%" in address:
            path, anchor = unquote(path), unquote(anchor)
        if not path:
            return page, anchor
        if path.startswith("/"):
            below = path.removeprefix(self.base_path)
            found = posixpath.normpath(below) if path.startswith(self.base_path) else f"..{path}"
        else:
            found = _joined(page.rpartition("/")[0], path)
        if found in (".", "") or path.endswith(("/", "/.", "/..")) or found in self.folders:
            found = f"{found}/index.html" if found not in (".", "") else "index.html"
        return found, anchor


def _joined(folder: str, path: str) -> str:
    """The file that the relative address ``path`` on a page in ``folder`` means; quick for those that pages have."""
    while path.startswith("../") and folder:
        folder, path = folder.rpartition("/")[0], path[3:]
    joined = f"{folder}/{path}" if folder else path
    return (
        posixpath.normpath(joined) if "./" in joined or "//" in joined or joined.endswith(("/", "/.", "..")) else joined
    )


def dead_links(
    pages: Mapping[str, PageFacts],
    files: frozenset[str],
    base_path: str = "/",
    place: Callable[[str, str], Span] = lambda page, _address: Span(page),
) -> Iterator[Diagnostic]:
    """One diagnostic for each target that is not there.

    ``pages``: path -> facts of each HTML file; ``files``: every path of the site; ``place`` says where a page's
    address is written.
    """
    site = _Site(files, base_path)
    dead: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for page, facts in pages.items():
        for address in facts.links:
            if not address or is_external(address):
                continue
            found, anchor = site.target(page, address)
            if found not in files:
                dead.setdefault((found, ""), []).append((page, address))
            elif anchor and found in pages and anchor not in pages[found].anchors and anchor != "top":
                dead.setdefault((found, anchor), []).append((page, address))
    for (found, anchor), where in dead.items():
        yield _fault(site, found, anchor, where, place)


def _fault(
    site: _Site, found: str, anchor: str, where: list[tuple[str, str]], place: Callable[[str, str], Span]
) -> Diagnostic:
    page, address = where[0]
    notes = tuple(Note("here too", place(*other)) for other in where[1:SHOWN])
    if len(where) > SHOWN:
        notes = (*notes, Note(f"and on {len(where) - SHOWN:,} other {'page' if len(where) == SHOWN + 1 else 'pages'}"))
    span = place(page, address)
    if anchor:
        message = f"expected a place named {quoted(anchor)} in {found}, found none"
        return Diagnostic("dead-anchor", message, span, "a heading's anchor is its text in small letters", notes)
    twin = site.by_key.get(path_key(found), "")
    if found.startswith(".."):
        advice = "it leads out of the site's own folder"
    else:
        advice = f"did you mean {twin}? Hosts tell case apart" if twin else "nothing of the site has this address"
    return Diagnostic("dead-link", f"expected a page or a file at {quoted(address)}, found none", span, advice, notes)
