"""ORCID: the works of one person, https://info.orcid.org/documentation/api-tutorials/. Summaries name no authors."""

from __future__ import annotations

from labpress.core.decoding import decode
from labpress.core.diagnostics import Parsed
from labpress.core.files import SourceFile
from labpress.core.identifiers import parse_orcid
from labpress.sources.draft import Draft, finish_all
from labpress.sources.online.request import (
    Json,
    Request,
    Service,
    address,
    broken,
    objects_at,
    read_json,
    text_at,
    tidied,
)
from labpress.sources.record import Record

_TYPES = {
    "journal-article": "article", "conference-paper": "conference", "conference-abstract": "conference",
    "conference-poster": "poster", "conference-presentation": "talk", "book": "book", "book-chapter": "chapter",
    "dissertation-thesis": "thesis", "dissertation": "thesis", "report": "report", "preprint": "preprint",
    "working-paper": "preprint", "data-set": "dataset", "software": "software", "patent": "patent",
    "lecture-speech": "talk",
}  # fmt: skip


def _by_id(base: str, ids: tuple[str, ...]) -> tuple[Request, ...]:
    return tuple(Request("orcid", address(base, f"v3.0/{one}/works")) for one in ids)


def _read(file: SourceFile) -> Parsed[tuple[Record, ...]]:
    """One record for each group of works; its first summary is the one that the owner prefers."""
    answer, faults = read_json(file)
    if faults or "group" not in answer:
        return Parsed((), faults or (broken(file),))
    source, _decoding = decode(SourceFile(file.path, b""))
    summaries = (objects_at(group, "work-summary")[:1] for group in objects_at(answer, "group"))
    records, _doubts = finish_all([_draft_of(one) for found in summaries for one in found], source, ())
    return Parsed(tidied(records, "orcid", "ORCID", lambda record: record.id))


def _draft_of(work: Json) -> Draft:
    draft = Draft(type=_TYPES.get(text_at(work, "type"), "other"), markup="plain")
    draft.id = text_at(work, "path").strip("/") or text_at(work, "put-code")
    subtitle = text_at(work, "title", "subtitle", "value")
    draft.title = text_at(work, "title", "title", "value") + (f": {subtitle}" if subtitle else "")
    parts = [text_at(work, "publication-date", part, "value") for part in ("year", "month", "day")]
    draft.date = "-".join(part for part in parts if part)
    draft.venue = text_at(work, "journal-title", "value")
    for one in objects_at(work, "external-ids", "external-id"):
        if text_at(one, "external-id-relationship").lower() != "self":
            continue  # Of the book, or of another version.
        kind, value = text_at(one, "external-id-type").lower(), text_at(one, "external-id-value")
        if kind == "doi":
            draft.doi = draft.doi or value
        elif kind == "arxiv":
            draft.arxiv = draft.arxiv or value
        elif kind in ("pmid", "isbn", "issn"):
            draft.fields.setdefault(kind, value)
    if url := text_at(work, "url", "value"):
        draft.urls.append(url)
    return draft


ORCID = Service(
    label="ORCID",
    base="https://pub.orcid.org",
    takes="an ORCID iD like 0000-0002-1825-0097",
    identify=parse_orcid,
    by_id=_by_id,
    by_title=None,
    read=_read,
    pause=0.2,
)
