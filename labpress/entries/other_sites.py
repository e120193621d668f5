"""Papers of a site that another system has made: its Markdown files with front matter, as records.

academicpages keeps a paper in ``_publications/NAME.md``, HugoBlox in ``content/publication/NAME/index.md``. Both have
front matter in YAML; what its keys mean is one table each. al-folio and jekyll-scholar keep a bibliography, and say in
``_config.yml`` where.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from html import unescape
from pathlib import PurePosixPath
from typing import NamedTuple

from labpress.core.decoding import decode
from labpress.core.diagnostics import Diagnostic, Parsed, SourceText, has_errors
from labpress.core.files import SourceFile
from labpress.core.patterns import when_needed
from labpress.entries.aliases import parse_alias
from labpress.entries.frontmatter import Document, read_document
from labpress.entries.yaml_nodes import MappingNode, Node, ScalarNode, SequenceNode, YamlText, compose
from labpress.sources.collect import IGNORED, put
from labpress.sources.draft import Draft, finish_all
from labpress.sources.loose_dates import loose_date
from labpress.sources.people import parse_people
from labpress.sources.published_in import type_by_venue
from labpress.sources.record import Record
from labpress.sources.references import read_reference

_TAGS = when_needed(r"<[^<>]{0,200}>")
_EMPHASIS = when_needed(r"[*_]{1,2}([^*_]{1,500})[*_]{1,2}")
_CALLOUT = when_needed(r"\{\{[<%]\s*callout[^{}]{0,200}[%>]\}\}.{0,2000}?\{\{[<%]\s*/callout\s*[%>]\}\}", re.DOTALL)
_SHORTCODE = when_needed(r"\{\{[<%][^{}]{0,500}[%>]\}\}")
_LEADING = when_needed(r"^(?:In|in)\s+(?=[A-Z*])")
_MADE_BY_TEMPLATE = when_needed(
    r"^(?:Recommended citation:.*|\[Download paper here\]\(.*\)|<a [^<>]*>Download paper here</a>)$", re.MULTILINE
)
"""Lines that academicpages' own generator writes below an abstract; the entry has both as data."""


class System(NamedTuple):
    """Where a system keeps its papers, and what the keys of their front matter mean."""

    patterns: tuple[str, ...]
    """Globs below the site's folder; ``{bibliography}`` is the folder that the site's settings name."""
    meanings: dict[str, str]
    """Key -> meaning, as ``put`` takes it. A key inside another is written ``image.alt_text``."""
    address: str
    """The address of a paper that does not name one: ``{name}`` is its file's or folder's name, ``{section}`` the
    folder above."""


_COMMON = {
    "title": "title", "date": "date", "venue": "venue", "doi": "doi", "abstract": "abstract", "tags": "tag",
    "authors": "names", "author": "names", "authors.name": "names", "author.name": "names", "arxiv": "arxiv",
    "volume": "volume", "pages": "pages", "publisher": "publisher", "award": "award",
}  # fmt: skip

_ACADEMICPAGES = _COMMON | {
    "paperurl": "url", "slidesurl": "link:slides", "codeurl": "link:code", "videourl": "link:video", "link": "url",
    "citation": "citation", "permalink": "alias", "category": "category-type", "redirect_from": "alias",
    "excerpt": "excerpt",
}  # fmt: skip

_HUGOBLOX = _COMMON | {
    "publication": "venue", "publication.name": "venue", "publication_short": "venue-short",
    "publication.short_name": "venue-short", "publication_types": "type-word",
    "featured": "featured", "draft": "draft", "author_notes": "author-note", "image.alt_text": "image_alt",
    "hugoblox.ids.doi": "doi", "hugoblox.ids.arxiv": "arxiv",
    "url_pdf": "link:pdf", "url_code": "link:code", "url_dataset": "link:data", "url_poster": "link:poster",
    "url_project": "link:website", "url_slides": "link:slides", "url_source": "link:website", "url_video": "link:video",
    "url_preprint": "link:preprint", "aliases": "alias", "summary": IGNORED, "publishDate": IGNORED,
}  # fmt: skip

_LINK_WORDS = {"dataset": "data", "project": "website", "source": "website", "site": "website"}
"""HugoBlox's word for a kind of link -> labpress's, where they differ."""

_TYPES = {
    "conferences": "conference", "manuscripts": "article", "books": "book",
    "1": "conference", "2": "article", "3": "preprint", "4": "report", "5": "book", "6": "chapter", "7": "thesis",
    "8": "patent", "paper-conference": "conference", "article-journal": "article", "article": "preprint",
    "manuscript": "preprint", "report": "report", "book": "book", "chapter": "chapter", "thesis": "thesis",
    "patent": "patent", "dataset": "dataset", "software": "software", "speech": "talk",
}  # fmt: skip
"""academicpages' categories, and HugoBlox's old numbers and new CSL types."""

_BIBLIOGRAPHY = ("{bibliography}/**/*.bib",)

SYSTEMS: dict[str, System] = {
    "al-folio": System(_BIBLIOGRAPHY, {}, ""),
    "jekyll-scholar": System(_BIBLIOGRAPHY, {}, ""),
    "academicpages": System(("_publications/*.md",), _ACADEMICPAGES, "/publication/{name}"),
    "hugoblox": System(
        ("content/publication/*/index.md", "content/publications/*/index.md"), _HUGOBLOX, "/{section}/{name}"
    ),
}
"""Name -> system. Those that keep a bibliography are read as what it is."""


class SiteSettings(NamedTuple):
    """What a Jekyll site's ``_config.yml`` says of where things are."""

    url: str = ""
    bibliography: str = "_bibliography"
    """Folder of the bibliographies."""
    papers: str = ""
    """Folder in which jekyll-scholar looks for ``KEY.pdf``."""


def read_site_settings(file: SourceFile) -> SiteSettings:
    """The settings; what cannot be read is as by default."""
    source = decode(file).value
    yaml = YamlText(source)
    node = compose(source.text, yaml).value
    said = {key: text for key, text, _line in _values(node, yaml)} if isinstance(node, MappingNode) else {}
    folders = {key: _folder(said.get(f"scholar.{key}", "")) for key in ("source", "repository")}
    return SiteSettings(said.get("url", ""), folders["source"] or "_bibliography", folders["repository"])


def _folder(text: str) -> str:
    """A folder of the site, without slashes at its ends; "" for none, and for one above the site."""
    path = posixpath.normpath(text.strip().strip("/")) if text.strip() else ""
    return "" if path == "." or path.startswith("..") else path


def parse_site_entry(file: SourceFile, system: System, people: Mapping[str, str]) -> Parsed[tuple[Record, ...]]:
    """The paper of one Markdown file. ``people``: a key that the site uses for an author -> the name."""
    source, faults = decode(file)
    if source.text.startswith("+++"):
        return Parsed((), (*faults, _toml(source)))
    document, found = read_document(source)
    if has_errors((*faults, *found)) or document.meta is None:
        return Parsed((), (*faults, *found))
    return finish_all([_draft(document, file.path, system, people)], source, (*faults, *found))


def _toml(source: SourceText) -> Diagnostic:
    advice = "let Hugo convert the site first:  hugo convert toYAML --unsafe"
    return Diagnostic("no-front-matter", "expected front matter in YAML, found TOML", source.line_span(1), advice)


def author_names(files: Mapping[str, SourceFile]) -> Parsed[dict[str, str]]:
    """Key of an author -> name: from HugoBlox's ``data/authors/KEY.yaml``, or ``content/authors/KEY/_index.md``."""
    names: dict[str, str] = {}
    faults: list[Diagnostic] = []
    for key, file in files.items():
        source = decode(file).value
        yaml = YamlText(source)
        document, found = read_document(source) if file.path.endswith(".md") else (None, ())
        node, more = compose(source.text, yaml) if document is None else (document.meta, ())
        faults += (*found, *more)
        said = {word: text for word, text, _line in _values(node, yaml) if text}
        names[key] = next((said[word] for word in ("title", "name", "name.display") if word in said), key)
    return Parsed(names, tuple(faults))


def _draft(document: Document, path: str, system: System, people: Mapping[str, str]) -> Draft:
    place = PurePosixPath(path)
    name = place.parent.name if place.stem == "index" else place.stem
    section = place.parent.parent.name if place.stem == "index" else place.parent.name
    draft = Draft(line=1, markup="markdown")
    said: dict[str, list[str]] = {}
    for key, text, line in _values(document.meta, document.yaml):
        meaning = system.meanings.get(key, IGNORED)
        if meaning == "names":
            draft.authors += parse_people(people.get(text, text)).names
        elif meaning == "date":
            draft.date = loose_date(text)
        elif meaning in _SPECIAL:
            said.setdefault(meaning, []).append(text)
        else:
            put(draft, meaning, _clean(text) if meaning == "venue" else text, line)
    _add_special(draft, said)
    if system.meanings is _HUGOBLOX:
        _add_links(draft, document)
    former = [_former(address) for address in said.get("alias", [])]
    own = system.address.format(name=name, section=section)
    draft.fields["aliases"] = " ".join(filter(None, former)) or _former(own)
    _add_text(draft, document.body, said)
    return draft


_SPECIAL = frozenset(
    ["citation", "venue-short", "type-word", "category-type", "featured", "draft", "alias", "author-note", "excerpt"]
)


def _add_special(draft: Draft, said: Mapping[str, list[str]]) -> None:
    """What takes more than a name: an author list inside a reference, a type's number, a flag."""
    first = {meaning: texts[0] for meaning, texts in said.items()}
    draft.type = _TYPES.get(first.get("type-word", first.get("category-type", "")), "")
    draft.venue = draft.venue or _clean(first.get("venue-short", ""))
    draft.type = draft.type or type_by_venue(draft.venue)
    for meaning, field in (("featured", "selected"), ("draft", "draft")):
        if first.get(meaning, "").lower() == "true":
            draft.fields[field] = "true"
    notes = zip(draft.authors, said.get("author-note", []), strict=False)
    draft.extra["author_notes"] = "; ".join(f"{author.display}: {note}" for author, note in notes if note)
    reference = read_reference(_clean(first["citation"])) if "citation" in first else None
    if reference and not draft.authors:
        draft.authors = list(reference.people.names)
        draft.et_al = reference.people.et_al


def _add_links(draft: Draft, document: Document) -> None:
    """HugoBlox's list of links, each with a type, or with a name of the lab's own."""
    meta = document.meta
    pairs = meta.value if isinstance(meta, MappingNode) else ()
    lists = [value.value for key, value in pairs if getattr(key, "value", "") == "links"]
    for item in lists[0] if lists and isinstance(lists[0], list) else ():
        said = {key: text for key, text, _line in _values(item, document.yaml)}
        word = said.get("type", "custom").lower()
        kind = said.get("label") or said.get("name") or "website" if word == "custom" else _LINK_WORDS.get(word, word)
        if said.get("provider") == "arxiv" and said.get("id"):
            put(draft, "arxiv", said["id"], document.yaml.line(item))
        elif said.get("url"):
            put(draft, f"link:{kind}", said["url"], document.yaml.line(item))


def _add_text(draft: Draft, body: str, said: Mapping[str, list[str]]) -> None:
    """The text below the front matter: the abstract, or, where the front matter has that, what follows it."""
    text = _SHORTCODE.sub("", _CALLOUT.sub("", _MADE_BY_TEMPLATE.sub("", body))).strip()
    if not draft.abstract:
        draft.abstract = text or next(iter(said.get("excerpt", [])), "")
    elif text:
        draft.abstract += f"\n\n{text}" if text.startswith("#") else f"\n\n## Notes\n\n{text}"


def _values(node: Node | None, yaml: YamlText, prefix: str = "") -> Iterator[tuple[str, str, int]]:
    """Key, text and line of every value: of a list, of each of its items; of a mapping, as ``image.alt_text``."""
    for key, value in node.value if isinstance(node, MappingNode) else ():
        name = f"{prefix}{getattr(key, 'value', '')}"
        for item in value.value if isinstance(value, SequenceNode) else [value]:
            if isinstance(item, MappingNode):
                yield from _values(item, yaml, f"{name}.")
            elif isinstance(item, ScalarNode):
                yield name, "" if item.value in ("~", "null") else item.value, yaml.line(item)


def _clean(text: str) -> str:
    """Without tags, entities and emphasis: ``In *Journal*`` gives ``Journal``."""
    return _EMPHASIS.sub(r"\1", _LEADING.sub("", unescape(_TAGS.sub("", text)))).strip()


def _former(address: str) -> str:
    """The address as an alias; "" for one that cannot be."""
    path = address.strip(" /")
    return (parse_alias(f"/{path}") or "") if path else ""
