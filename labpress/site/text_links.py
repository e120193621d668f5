"""What texts link to: files to be published with them, and links that lead nowhere, each with its place."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from msgspec import Struct

from labpress.core.diagnostics import Diagnostic, Span, quoted
from labpress.core.text import closest
from labpress.site.context import SiteContext
from labpress.site.files import beside, missing_file, published_path
from labpress.site.pages import Copy
from labpress.site.references import linked_page
from labpress.site.routes import NOT_FOUND, paper_path, text_path

_NO_PAGE = "drafts and files with a fault have no page"


class _TextLinks(Struct, frozen=True):
    """What the texts of one Markdown file link to."""

    source: str
    own_id: str
    directory: str
    """Where the page's own files are published."""
    files: tuple[str, ...]
    entries: tuple[str, ...]
    parts: tuple[tuple[int, str], ...]
    """First line and text of each part of the file that may name them."""
    image: str = ""
    """The picture that the front matter names on ``image_line``."""
    image_line: int = 0

    def span(self, name: str) -> Span:
        """The first place that names a file or an entry; the whole file where it is written in another way."""
        for first_line, text in self.parts:
            at = text.find(name)
            if at >= 0:
                start = text.rfind("\n", 0, at) + 1
                excerpt = text[start:].partition("\n")[0]
                return Span(self.source, first_line + text.count("\n", 0, at), at - start + 1, len(name), excerpt)
        return Span(self.source, self.image_line if name == self.image else 0)


def _text_links(context: SiteContext) -> Iterator[_TextLinks]:
    for entry in context.catalog.entries.values():
        abstract, body, image = entry.abstract, entry.body, entry.paper.image
        if abstract.files or abstract.entries or body.files or body.entries or image:
            paper = entry.paper
            files = (*abstract.files, *body.files, *((image,) if image else ()))
            targets = (*abstract.entries, *body.entries)
            parts = ((paper.lines.get("abstract", 0), paper.abstract), (paper.lines.get("body", 0), paper.body))
            yield _TextLinks(
                paper.path, paper.id, paper_path(paper.id), files, targets, parts, image, paper.lines.get("image", 0)
            )
    for text in context.texts:
        own = ((text.first_line, text.source),)
        directory = text_path(text.id).removesuffix(NOT_FOUND)
        yield _TextLinks(text.path, text.id, directory, text.content.files, text.content.entries, own)


def follow_links(context: SiteContext) -> tuple[list[Copy], list[Diagnostic]]:
    """Files that texts show or link to, to be published; links to entries and files that are not there, reported."""
    copies: list[Copy] = []
    faults: list[Diagnostic] = []
    known = context.catalog.entries
    for links in _text_links(context):
        for name in links.files:
            if linked_page(context, links.source, name) is not None:
                continue
            found = beside(context.files, links.source, links.own_id, name)
            if not found:
                faults.append(_missing(context, links, name))
            elif not found.startswith("static/"):
                copies.append(Copy(published_path(found, links.directory), found))
        for target in links.entries:
            if target not in known:
                meant = closest(target, known)
                advice = f"an entry's id is its file's name without .md; {_NO_PAGE}"
                message = f"expected the id of an entry, found {quoted(target)}"
                advice = f"did you mean {meant}?" if meant else advice
                faults.append(Diagnostic("unknown-entry", message, links.span(target), advice))
    return copies, faults


def _missing(context: SiteContext, links: _TextLinks, name: str) -> Diagnostic:
    """The fault of a link to a file that is not there, or to a Markdown file that no page is made from."""
    if not name.endswith(".md"):
        return missing_file(name, links.span(name), context.files)
    folder = posixpath.dirname(links.source)
    papers = (entry.paper.path for entry in context.catalog.entries.values())
    with_page = (*papers, *(text.path for text in context.texts))
    meant = closest(name, [posixpath.relpath(path, folder) for path in with_page])
    advice = f"did you mean {meant}?" if meant else _NO_PAGE
    return Diagnostic(
        "missing-file", f"expected a file that is a page of the site, found {quoted(name)}", links.span(name), advice
    )
