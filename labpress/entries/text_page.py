"""pages/**/*.md: pages of the lab's own words, such as an introduction, directions, or a documentation."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import Any

from msgspec import Struct

from labpress.core.dates import PartialDate
from labpress.core.decoding import decode
from labpress.core.diagnostics import Parsed, SourceText, Span, has_errors
from labpress.core.files import SourceFile
from labpress.core.folder import PAGES
from labpress.core.patterns import when_needed
from labpress.entries.aliases import ALIASES
from labpress.entries.conflict_markers import conflict_markers
from labpress.entries.entry import entry_id_of, folder_id_of
from labpress.entries.frontmatter import read_document, split
from labpress.entries.paper import EMPTY_BLOCK
from labpress.entries.schema import DATE, FLAG, LANGUAGE, TEXT, Field, Reader, integer, read_mapping
from labpress.markup.settings import MarkupSettings
from labpress.markup.text import Block, Inline, render_block, render_inline

NEWS = "news/"
"""How the ids of pages/news/*.md begin."""

INDEX = "index"
"""The page of the folder it lies in; so is a README.md, where that is a page at all."""

_HEADING = when_needed(r"\s*^# +(\S[^\n]*)(?:\n|\Z)", re.MULTILINE)


class TextEntry(Struct, frozen=True, kw_only=True):
    """One page of the lab's own, with its texts rendered."""

    id: str
    """Its address: ``about``, or ``news/opening`` for news/opening.md; ``index`` is the home page's introduction."""
    path: str
    title: Inline
    content: Block
    source: str = ""
    """The Markdown of ``content``, which begins on ``first_line`` of the file."""
    first_line: int = 1
    description: str = ""
    menu: bool = True
    order: int = 0
    date: PartialDate | None = None
    """Of news."""
    language: str = ""
    draft: bool = False
    aliases: tuple[str, ...] = ()


PAGE_FIELDS: dict[str, Field] = {
    "title": Field(TEXT, "The page's heading."),
    "description": Field(TEXT, "One sentence for search engines."),
    "menu": Field(FLAG, "false: leave it out of the menu."),
    "order": Field(integer(0, 10_000), "Its place in the menu, smaller first."),
    "date": Field(DATE, "When it happened, for news."),
    "language": Field(LANGUAGE, "BCP 47 tag, when it is not the site's language."),
    "draft": Field(FLAG, "Leave it out of the site."),
    "aliases": Field(ALIASES, "Former names of the page, or former addresses: /team.html. Each leads here."),
}


def latest_news(texts: Iterable[TextEntry]) -> list[TextEntry]:
    """The news among ``texts``, the latest first; what has no date comes last."""
    news = [text for text in texts if text.id.startswith(NEWS)]
    return sorted(news, key=lambda text: (text.date.iso if text.date else "", text.id), reverse=True)


def read_text_page(file: SourceFile, settings: MarkupSettings, root: str = PAGES) -> Parsed[TextEntry | None]:
    """Read one page. ``root`` is the folder of all pages, as diagnostics show it.

    Front matter may be missing; the title is then the heading that the text begins with, or made from the file's name.
    """
    source, decoding = decode(file)
    page_id, id_faults = _page_id(file.path, root)
    diagnostics = [*decoding, *id_faults]
    if has_errors(diagnostics):
        return Parsed(None, tuple(diagnostics))
    body_start = 0
    values: dict[str, Any] = {}
    if not isinstance(split(source.text), str) or source.text.startswith("---"):
        document, faults = read_document(source)
        diagnostics += faults
        if has_errors(faults):
            return Parsed(None, tuple(diagnostics))
        body_start = document.body_start
        if document.meta is not None:
            reader = Reader(document.yaml)
            values, _lines = read_mapping(reader, document.meta, PAGE_FIELDS, {"nav_order": "did you mean order?"})
            diagnostics += reader.diagnostics
    printed = values.pop("title", "")
    heading = None if printed else _HEADING.match(source.text, body_start)
    if heading:
        printed, body_start = heading[1][0] + heading[1][1:].rstrip(" #"), heading.end()
    printed = printed or PurePosixPath(page_id).name.replace("-", " ").replace("_", " ").capitalize()
    title, title_faults = render_inline(printed, settings, lambda _a, _b: Span(file.path, 1))
    content, content_faults = _content(source, body_start, settings)
    page = TextEntry(
        id=page_id,
        path=file.path,
        title=title,
        content=content,
        source=source.text[body_start:],
        first_line=source.line_number(body_start),
        **values,
    )
    return Parsed(page, (*diagnostics, *title_faults, *content_faults, *conflict_markers(source, body_start)))


def _page_id(path: str, root: str) -> Parsed[str]:
    """The address that a page's place in the folder of pages gives it."""
    name, name_faults = entry_id_of(path)
    folder, folder_faults = folder_id_of(path, path.removeprefix(root).rpartition("/")[0])
    faults = (*name_faults, *folder_faults)
    if name.lower() in (INDEX, "readme"):
        return Parsed(folder or INDEX, faults)
    return Parsed(f"{folder}/{name}" if folder else name, faults)


def _content(source: SourceText, start: int, settings: MarkupSettings) -> Parsed[Block]:
    text = source.text[start:]
    if not text.strip():
        return Parsed(EMPTY_BLOCK)
    return render_block(text, settings, lambda a, b: source.span(start + a, start + b))
