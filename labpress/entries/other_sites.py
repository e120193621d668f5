"""Papers of a site that another system has made: its Markdown files with front matter, as records.

academicpages keeps a paper in ``_publications/NAME.md``, HugoBlox in ``content/publication/NAME/index.md``. Both have
front matter in YAML; what its keys mean is one table each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import PurePosixPath
from typing import NamedTuple

from labpress.core.decoding import decode
from labpress.core.diagnostics import Diagnostic, Parsed, has_errors
from labpress.core.files import SourceFile
from labpress.entries.aliases import parse_alias
from labpress.entries.frontmatter import Document, read_document
from labpress.entries.yaml_nodes import MappingNode, Node, ScalarNode, SequenceNode
from labpress.sources.collect import IGNORED, put
from labpress.sources.draft import Draft, finish_all
from labpress.sources.loose_dates import loose_date
from labpress.sources.people import parse_people
from labpress.sources.record import Record
from labpress.sources.references import read_reference

_TAGS = re.compile(r"<[^<>]{0,200}>")
_EMPHASIS = re.compile(r"[*_]{1,2}([^*_]{1,500})[*_]{1,2}")
_SHORTCODE = re.compile(r"\{\{[<%][^{}]{0,500}[%>]\}\}")
_LEADING = re.compile(r"^(?:In|in)\s+(?=[A-Z*])")


class System(NamedTuple):
    """Where a system keeps its papers, and what the keys of their front matter mean."""

    patterns: tuple[str, ...]
    """Globs below the site's folder."""
    meanings: dict[str, str]
    """Key -> meaning, as ``put`` takes it."""
    address: str
    """The address of a paper that does not name one; ``{name}`` is its file's or folder's name."""


_COMMON = {
    "title": "title", "date": "date", "venue": "venue", "doi": "doi", "abstract": "abstract", "tags": "tag",
    "authors": "names", "author": "names", "arxiv": "arxiv", "volume": "volume", "pages": "pages",
    "publisher": "publisher", "award": "award",
}  # fmt: skip

_ACADEMICPAGES = _COMMON | {
    "paperurl": "url", "slidesurl": "link:slides", "codeurl": "link:code", "videourl": "link:video", "link": "url",
    "citation": "citation", "permalink": "alias", "category": "category-type", "redirect_from": "alias",
}  # fmt: skip

_HUGOBLOX = _COMMON | {
    "publication": "venue", "publication_short": "venue-short", "publication_types": "type-word",
    "featured": "featured", "url_pdf": "link:pdf", "url_code": "link:code",
    "url_dataset": "link:data", "url_poster": "link:poster",
    "url_project": "link:website", "url_slides": "link:slides", "url_source": "link:website", "url_video": "link:video",
    "url_preprint": "link:preprint", "aliases": "alias", "summary": IGNORED, "publishDate": IGNORED,
}  # fmt: skip

_TYPES = {
    "conferences": "conference", "manuscripts": "article", "books": "book",
    "1": "conference", "2": "article", "3": "preprint", "4": "report", "5": "book", "6": "chapter", "7": "thesis",
    "8": "patent", "paper-conference": "conference", "article-journal": "article", "article": "preprint",
    "manuscript": "preprint", "report": "report", "book": "book", "chapter": "chapter", "thesis": "thesis",
    "patent": "patent", "dataset": "dataset", "software": "software", "speech": "talk",
}  # fmt: skip
"""academicpages' categories, and HugoBlox's old numbers and new CSL types."""

_BIBLIOGRAPHY = ("_bibliography/**/*.bib",)

SYSTEMS: dict[str, System] = {
    "al-folio": System(_BIBLIOGRAPHY, {}, ""),
    "jekyll-scholar": System(_BIBLIOGRAPHY, {}, ""),
    "academicpages": System(("_publications/*.md",), _ACADEMICPAGES, "/publication/{name}"),
    "hugoblox": System(
        ("content/publication/*/index.md", "content/publications/*/index.md"), _HUGOBLOX, "/publication/{name}"
    ),
}
"""Name -> system. Those that keep a bibliography are read as what it is."""


def parse_site_entry(file: SourceFile, system: System, people: dict[str, str]) -> Parsed[tuple[Record, ...]]:
    """The paper of one Markdown file. ``people``: a key that the site uses for an author -> the name."""
    source, faults = decode(file)
    document, found = read_document(source)
    if has_errors((*faults, *found)) or document.meta is None:
        return Parsed((), (*faults, *found))
    return finish_all([_draft(document, file.path, system, people)], source, (*faults, *found))


def author_names(files: dict[str, SourceFile]) -> Parsed[dict[str, str]]:
    """Key of an author -> name, from HugoBlox's ``content/authors/KEY/_index.md``, whose files ``files`` has by key."""
    names: dict[str, str] = {}
    faults: list[Diagnostic] = []
    for key, file in files.items():
        document, found = read_document(decode(file).value)
        faults += found
        names[key] = next((text for word, text, _line in _values(document) if word in ("title", "name")), key)
    return Parsed(names, tuple(faults))


def _draft(document: Document, path: str, system: System, people: dict[str, str]) -> Draft:
    place = PurePosixPath(path)
    name = place.parent.name if place.stem == "index" else place.stem
    draft = Draft(line=1, markup="markdown")
    said: dict[str, str] = {}
    for key, text, line in _values(document):
        meaning = system.meanings.get(key, IGNORED)
        if meaning == "names":
            draft.authors += parse_people(people.get(text, text)).names
        elif meaning == "date":
            draft.date = loose_date(text)
        elif meaning in _SPECIAL:
            said.setdefault(meaning, text)
        else:
            put(draft, meaning, _clean(text) if meaning == "venue" else text, line)
    _add_special(draft, said)
    draft.fields["aliases"] = _former(said.get("alias", "")) or _former(system.address.format(name=name))
    if not draft.abstract:
        draft.abstract = _SHORTCODE.sub("", document.body).strip()
    return draft


_SPECIAL = frozenset(["citation", "venue-short", "type-word", "category-type", "featured", "alias"])


def _add_special(draft: Draft, said: dict[str, str]) -> None:
    """What takes more than a name: an author list inside a reference, a type's number, a flag."""
    draft.type = _TYPES.get(said.get("type-word", said.get("category-type", "")), "")
    draft.venue = draft.venue or _clean(said.get("venue-short", ""))
    if said.get("featured", "").lower() == "true":
        draft.fields["selected"] = "true"
    reference = read_reference(_clean(said["citation"])) if "citation" in said else None
    if reference and not draft.authors:
        draft.authors = list(reference.people.names)
        draft.et_al = reference.people.et_al


def _values(document: Document) -> Iterator[tuple[str, str, int]]:
    """Key, text and line of every value; of a list, of each of its items."""
    meta = document.meta
    for key, value in meta.value if isinstance(meta, MappingNode) else ():
        if isinstance(key, ScalarNode):
            for item in value.value if isinstance(value, SequenceNode) else [value]:
                yield key.value, _text(item), document.yaml.line(item)


def _text(node: Node) -> str:
    """A scalar's text; of a mapping, its name."""
    if isinstance(node, MappingNode):
        return next((_text(value) for key, value in node.value if getattr(key, "value", "") == "name"), "")
    return node.value if isinstance(node, ScalarNode) and node.value not in ("~", "null") else ""


def _clean(text: str) -> str:
    """Without tags, entities and emphasis: ``In *Journal*`` gives ``Journal``."""
    return _EMPHASIS.sub(r"\1", _LEADING.sub("", unescape(_TAGS.sub("", text)))).strip()


def _former(address: str) -> str:
    """The address as an alias; "" for one that cannot be."""
    path = address.strip(" /")
    return (parse_alias(f"/{path}") or "") if path else ""
