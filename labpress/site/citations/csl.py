"""CSL-JSON, the form that citation processors read (CSL 1.0.2, media type application/vnd.citationstyles.csl+json)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from labpress.core.names import Name
from labpress.site.citations.reference import Reference

_TYPES = {
    "article": "article-journal",
    "conference": "paper-conference",
    "workshop": "paper-conference",
    "chapter": "chapter",
    "book": "book",
    "thesis": "thesis",
    "report": "report",
    "preprint": "article",
    "manuscript": "manuscript",
    "software": "software",
    "dataset": "dataset",
    "poster": "speech",
    "talk": "speech",
    "patent": "patent",
}
_GENRES = {"preprint": "preprint", "poster": "poster", "talk": "talk", "workshop": "workshop paper"}


def as_csl(ref: Reference, *, full: bool = False) -> dict[str, Any]:
    """One item, ready for a JSON encoder; ``full`` adds the abstract. What CSL has no variable for is ``custom``."""
    item: dict[str, Any] = {"id": ref.id, "citation-key": ref.id, "type": _TYPES.get(ref.type, "document")}
    item.update([pair for pair in _variables(ref) if pair[1]])
    custom = {key: value for key, value in _custom(ref) if value}
    if custom:
        item["custom"] = custom
    if full and ref.abstract:
        item["abstract"] = ref.abstract
    return item


def _variables(ref: Reference) -> Iterator[tuple[str, Any]]:
    kind = ref.type
    yield "title", ref.title
    yield "author", [_name(author.name) for author in ref.authors]
    yield "editor", [_name(editor.name) for editor in ref.editors]
    if ref.date:
        yield "issued", {"date-parts": [[part for part in (ref.date.year, ref.date.month, ref.date.day) if part]]}
    yield "genre", ref.degree or _GENRES.get(kind, "")
    yield "container-title", ref.container
    yield "event-title", ref.event
    yield "collection-title", ref.series
    yield "volume", ref.volume
    yield "issue", ref.issue
    yield "page", ref.pages.replace("–", "-")
    yield "version" if kind in ("software", "dataset") else "number", ref.archive_number or ref.number
    yield "edition", ref.edition
    yield "publisher", ref.institution or ref.archive or ref.publisher
    yield "event-place" if kind in ("poster", "talk") else "publisher-place", ref.place
    yield "ISBN", ref.isbn
    yield "ISSN", ref.issn
    yield "DOI", ref.doi
    yield "PMID", ref.pmid
    yield "URL", ref.link
    yield "language", ref.language
    yield "status", ref.status
    yield "keyword", ", ".join(ref.keywords)
    yield "note", ref.note


def _custom(ref: Reference) -> Iterator[tuple[str, Any]]:
    yield "et-al", ref.et_al
    yield "arxiv", ref.arxiv
    yield "categories", list(ref.categories)
    # CSL's variable is one text, in which a comma of a keyword's own cannot be told from one between two.
    yield "keywords", list(ref.keywords) if any("," in one or ";" in one for one in ref.keywords) else []
    yield "license", ref.license
    yield "award", ref.award
    yield "orcid", {author.name.display: author.orcid for author in ref.authors if author.orcid}
    yield "links", {**ref.links, "pdf": ref.pdf_url} if ref.pdf_url else ref.links


def _name(name: Name) -> dict[str, str]:
    if name.literal:
        return {"literal": name.family}
    parts = {"family": name.family}
    if name.given:
        parts["given"] = name.given
    if name.particle:
        parts["non-dropping-particle"] = name.particle
    if name.suffix:
        parts["suffix"] = name.suffix
    return parts
