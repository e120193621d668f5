"""One Markdown file to one entry: the paper, and every form of its texts. This is the memoised end of reading."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from labpress.core.decoding import decode
from labpress.core.diagnostics import Diagnostic, Note, Parsed, SourceText, Span, has_errors, quoted
from labpress.core.files import SourceFile
from labpress.core.identifiers import parse_arxiv, parse_doi
from labpress.core.patterns import when_needed
from labpress.core.taxonomy import category_id
from labpress.core.text import slugify, trimmed
from labpress.core.withheld import Withheld
from labpress.entries.conflict_markers import conflict_markers
from labpress.entries.fields import ENTRY_FIELDS, ENTRY_HINTS
from labpress.entries.frontmatter import Document, read_document
from labpress.entries.paper import EMPTY_BLOCK, Paper
from labpress.entries.schema import Reader, read_mapping
from labpress.markup.definitions import completed
from labpress.markup.settings import MarkupSettings
from labpress.markup.slots import with_macros_written_out
from labpress.markup.text import Block, Inline, Place, render_block, render_inline

MAX_ENTRY = 12_000_000
"""Bytes of one entry. A long abstract has two thousand."""

_HEADING = when_needed(r"^(?:#{1,6}[ \t]+\S|(?P<fence>`{3,}|~{3,}))", re.MULTILINE)
_ID = when_needed(r"[^\W_][\w.\-]*", re.UNICODE)
_WINDOWS = when_needed(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)
_ARTICLE = when_needed(
    r"\b(?:journal|transactions|letters|review|reviews|annals|nature|science|plos|acta|bulletin|quarterly|archives?"
    r"|j\.|jmlr|tmlr|tacl|tpami|cell|physica|biometrika|econometrica|zeitschrift|revista|communications|frontiers|elife|pnas)\b",
    re.IGNORECASE,
)


NO_TITLE: Any = Withheld("the plan of a site is made without titles: what shows them must be deferred")
"""The title of an entry's head; see ``build/heads.py``."""


class Entry(Struct, frozen=True, omit_defaults=True):
    """A paper with its texts rendered. Depends on nothing but the file's bytes and the markup settings."""

    paper: Paper
    title: Inline = NO_TITLE
    abstract: Block = EMPTY_BLOCK
    body: Block = EMPTY_BLOCK


def read_entry(file: SourceFile, settings: MarkupSettings) -> Parsed[Entry | None]:
    """Read one ``papers/*.md``. None when it has no usable front matter, title or id; then there is an error."""
    (entry,) = read_entries([file], settings)
    return entry


def read_entries(files: Iterable[SourceFile], settings: MarkupSettings) -> list[Parsed[Entry | None]]:
    """``read_entry`` for each of ``files``, which are gone through once for each stage.

    Many files take four fifths of the time that they take if each is finished before the next is begun.
    """
    documents = [_read_document(file) for file in files]
    papers = [_read_paper(file.path, document) for file, document in zip(files, documents, strict=True)]
    return [
        _read_texts(paper, document.value, settings)
        for _file, document, paper in zip(files, documents, papers, strict=True)
    ]


def _read_document(file: SourceFile) -> Parsed[Document | None]:
    """The front matter as YAML, and the text below it."""
    if len(file.data) > MAX_ENTRY:
        found = f"expected at most {MAX_ENTRY // 1_000_000} MB in one entry, found {len(file.data) / 1e6:.0f} MB"
        return Parsed(None, (Diagnostic("too-large", found, Span(file.path)),))
    source, decoding = decode(file)
    if has_errors(decoding):
        return Parsed(None, decoding)
    document, faults = read_document(source)
    return Parsed(document, (*decoding, *faults))


def _read_paper(path: str, read: Parsed[Document | None]) -> Parsed[Paper | None]:
    """What the front matter says."""
    document, faults = read
    if document is None:
        return Parsed(None, faults)
    reader = Reader(document.yaml)
    entry_id, id_faults = entry_id_of(path)
    diagnostics = [*faults, *id_faults]
    if has_errors(diagnostics):
        return Parsed(None, tuple(diagnostics))
    values, lines = (
        ({}, {}) if document.meta is None else read_mapping(reader, document.meta, ENTRY_FIELDS, ENTRY_HINTS)
    )
    diagnostics += reader.diagnostics
    if not trimmed(values.get("title", "")):
        if not _title_is_explained(reader.diagnostics, lines.get("title", 0)):
            span = document.source.line_span(lines.get("title", 1))
            diagnostics.append(
                Diagnostic(
                    "missing-title", "expected a title, found none", span, 'write  title: "..."  in the front matter'
                )
            )
        return Parsed(None, tuple(diagnostics))
    return Parsed(_paper(entry_id, path, values, lines, document), tuple(diagnostics))


def _read_texts(
    read: Parsed[Paper | None], document: Document | None, settings: MarkupSettings
) -> Parsed[Entry | None]:
    """The paper with its texts."""
    paper, faults = read
    if paper is None or document is None:
        return Parsed(None, faults)
    entry, text_faults = _with_texts(paper, document, settings)
    return Parsed(entry, (*faults, *text_faults))


def _title_is_explained(diagnostics: list[Diagnostic], line: int) -> bool:
    """Whether a fault that is reported already says why there is no title: one fault, one diagnostic."""
    misspelt = any(one.code == "misspelt-key" and one.help == "did you mean title?" for one in diagnostics)
    return misspelt or any(one.is_error and one.span and one.span.line == line for one in diagnostics)


def entry_id_of(path: str) -> tuple[str, tuple[Diagnostic, ...]]:
    """The id that a file's name gives, and what is wrong with it as a part of an address."""
    name = path.rpartition("/")[2]
    stem, fault = _part_of_address(name.rpartition(".")[0] or name)
    if not fault:
        return stem, ()
    advice = f"rename the file, for instance to {_better(stem)}.md"
    return stem, (Diagnostic("bad-id", f"expected a file name {fault}, found {quoted(stem)}", Span(path), advice),)


def folder_id_of(path: str, folder: str) -> tuple[str, tuple[Diagnostic, ...]]:
    """The same for the ``folder``, a path of any depth, in which the file ``path`` lies."""
    parts = [_part_of_address(name) for name in folder.split("/")] if folder else []
    faults = [
        Diagnostic(
            "bad-id",
            f"expected a folder's name {fault}, found {quoted(name)}",
            Span(path),
            f"rename the folder, for instance to {_better(name)}",
        )
        for name, fault in parts
        if fault
    ]
    return "/".join(name for name, _fault in parts), tuple(faults)


def _part_of_address(name: str) -> tuple[str, str]:
    """The name as a part of an address, and what it would have to be instead, if it cannot be one."""
    stem = unicodedata.normalize("NFC", name)
    fault = ""
    if not _ID.fullmatch(stem):
        fault = "of letters, digits, - _ and . only, the first a letter or digit"
    elif _WINDOWS.fullmatch(stem):
        fault = "that Windows can store"
    elif len(stem.encode()) > 180:
        fault = "of at most 180 bytes"
    elif stem.endswith("."):
        fault = "without a full stop at its end"
    return stem, fault


def _better(name: str) -> str:
    better = slugify(name)[:80].strip("-") or "another-name"
    return better if better != name else f"{better}-1"


def split_abstract(body: str) -> int:
    """Offset of the first heading, where the abstract ends; headings inside fenced code do not count."""
    if not ("#" in body or "```" in body or "~~~" in body):
        return len(body)
    at = 0
    while True:
        found = _HEADING.search(body, at)
        if not found:
            return len(body)
        fence = found.group("fence")
        if not fence:
            return found.start()
        closing = re.compile(rf"^{re.escape(fence)}[`~]*[ \t]*$", re.MULTILINE).search(body, found.end())
        if not closing:
            return len(body)
        at = closing.end()


def _paper(entry_id: str, path: str, values: dict[str, Any], lines: dict[str, int], document: Document) -> Paper:
    body = document.body
    cut = split_abstract(body)
    values = dict(values)
    values["categories"] = tuple(category_id(word) or word for word in values.get("categories", ()))
    _ids_from_links(values)
    values.setdefault("type", _type_of(values))
    abstract, rest = body[:cut], body[cut:]
    starts = {"abstract": document.body_start + _leading(abstract), "body": document.body_start + cut + _leading(rest)}
    lines = lines | {part: document.source.line_number(offset) for part, offset in starts.items()}
    return Paper(id=entry_id, path=path, abstract=abstract.strip(), body=rest.strip(), lines=lines, **values)


def _leading(text: str) -> int:
    """Length of the white space before the first word."""
    return len(text) - len(text.lstrip())


def _ids_from_links(values: dict[str, Any]) -> None:
    """A link that is an identifier is that identifier: one fact, one place."""
    links = dict(values.get("links", {}))
    for kind, parse in (("doi", parse_doi), ("arxiv", parse_arxiv)):
        found = parse(links.get(kind, ""))
        if found:
            values.setdefault(kind, found)
            del links[kind]
    values["links"] = links


def _type_of(values: dict[str, Any]) -> str:
    """The type that the other fields speak for, where the entry does not say."""
    venue = values.get("venue", "")
    if venue and "arxiv" not in venue.lower():
        if values.get("volume") or values.get("issue") or _ARTICLE.search(venue):
            return "article"
        return "conference"
    if values.get("booktitle"):
        return "conference"
    if values.get("arxiv") or values.get("categories") or venue:
        return "preprint"
    if values.get("institution"):
        return "report"
    return "other"


def _with_texts(paper: Paper, document: Document, settings: MarkupSettings) -> Parsed[Entry]:
    """Render the title and the two parts of the body, each fault placed in the file."""
    source = document.source
    title, title_faults = render_inline(paper.title, settings, _title_place(paper, document))
    body_start = document.body_start
    cut = body_start + split_abstract(document.body)
    # Both parts stand on one page, and each may have a first footnote.
    of_abstract = replace(settings, id_prefix="abstract-") if "[^" in source.text else settings
    end = len(source.text)
    abstract, abstract_faults = _render_part(source, (body_start, cut), (cut, end), of_abstract)
    body, body_faults = _render_part(source, (cut, end), (body_start, cut), settings)
    faults = (*title_faults, *abstract_faults, *body_faults, *conflict_markers(source, body_start))
    return Parsed(Entry(_without_macros(paper, settings), title, abstract, body), faults)


def _without_macros(paper: Paper, settings: MarkupSettings) -> Paper:
    """``paper`` as exports take its texts: without the site's macros, which others do not have."""
    if not settings.macros:
        return paper
    macros = tuple(settings.macros.items())
    texts = {name: with_macros_written_out(getattr(paper, name), macros) for name in ("title", "abstract")}
    return replace(paper, **texts)


def _render_part(
    source: SourceText, own: tuple[int, int], other: tuple[int, int], settings: MarkupSettings
) -> Parsed[Block]:
    """The part of the text at ``own``, with what it uses of the definitions in the part at ``other``."""
    start = own[0]
    text = source.text[start : own[1]]
    start += len(text) - len(text.lstrip("\n"))
    text = text.strip("\n").rstrip()
    if not text:
        return Parsed(EMPTY_BLOCK)
    text, lent = completed(text, source.text[other[0] : other[1]])

    def place(a: int, b: int) -> Span:
        moved = next((other[0] + there - here for here, there in reversed(lent) if here <= a), start)
        return source.span(moved + a, moved + b)

    return render_block(text, settings, place)


def _title_place(paper: Paper, document: Document) -> Place:
    """Where a part of the title stands. Exact for a title that the file has verbatim on its line; else its line."""

    def place(start: int, end: int) -> Span:
        line = paper.lines.get("title", 1)
        line_start = document.source.starts[line - 1]
        at = document.source.line(line).find(paper.title)
        if at < 0:
            return document.source.line_span(line)
        return document.source.span(line_start + at + start, line_start + at + end)

    return place


def duplicate_ids(entries: tuple[Entry, ...]) -> tuple[Diagnostic, ...]:
    """Entries whose ids are equal, or differ only by case or by Unicode form: some disks and hosts keep one of them."""
    first: dict[str, Paper] = {}
    faults = []
    for entry in entries:
        paper = entry.paper
        key = unicodedata.normalize("NFC", paper.id).casefold()
        other = first.setdefault(key, paper)
        if other is not paper:
            message = f"expected each id once, found {quoted(paper.id)} again"
            span, note = Span(paper.path, 1), Note("the other file", Span(other.path, 1))
            faults.append(Diagnostic("duplicate-entry", message, span, "rename one of the two files", (note,)))
    return tuple(faults)
