"""dblp: https://dblp.org/faq/How+to+use+the+dblp+search+API.html. Records and people in BibTeX, titles in JSON."""

from __future__ import annotations

import re
from html import unescape

from labpress.core.decoding import decode
from labpress.core.diagnostics import Parsed
from labpress.core.files import SourceFile
from labpress.core.names import parse_name
from labpress.core.patterns import when_needed
from labpress.sources.bibtex import parse_bibtex
from labpress.sources.draft import Draft, finish_all
from labpress.sources.online.request import (
    Json,
    Request,
    Service,
    address,
    broken,
    escaped,
    objects_at,
    read_json,
    text_at,
    tidied,
    values,
)
from labpress.sources.record import Record

_KEY = when_needed(
    r"(?:https?://dblp\.(?:org|uni-trier\.de)/)?(?:rec/)?((?:conf|journals|books|phd|reference|series)/[\w./-]{3,80}?)(?:\.(?:html|bib))?"
)
_PERSON = when_needed(r"(?:https?://dblp\.(?:org|uni-trier\.de)/)?pid/([\w-]{1,10}/[\w-]{1,20}?)(?:\.(?:html|bib))?")
_NUMBER = when_needed(r" \d{4}$")
"""What tells namesakes apart."""
_TYPES = {
    "Journal Articles": "article",
    "Conference and Workshop Papers": "conference",
    "Parts in Books or Collections": "chapter",
    "Books and Theses": "book",
    "Informal and Other Publications": "preprint",
    "Informal Publications": "preprint",
    "Data and Artifacts": "dataset",
}


def _identify(text: str) -> str | None:
    if person := _PERSON.fullmatch(text.strip()):
        return f"pid/{person[1]}"
    key = _KEY.fullmatch(text.strip())
    return f"rec/{key[1]}" if key else None


def _by_id(base: str, ids: tuple[str, ...]) -> tuple[Request, ...]:
    return tuple(Request("dblp", address(base, f"{escaped(one, '/')}.bib", param=1), "text/x-bibtex") for one in ids)


def _by_title(base: str, title: str, author: str) -> Request:
    words = " ".join(re.findall(r"\w+", f"{title} {author}")[:40])
    return Request("dblp", address(base, "search/publ/api", q=words, format="json", h=5))


def _read(file: SourceFile) -> Parsed[tuple[Record, ...]]:
    if file.data.lstrip()[:1] != b"{":
        if b"@" not in file.data:
            return Parsed((), (broken(file),))
        records, faults = parse_bibtex(file)
        return Parsed(_named(records), tuple(fault for fault in faults if fault.is_error))
    answer, faults = read_json(file)
    if faults or not isinstance(values(answer, "result"), dict):
        return Parsed((), faults or (broken(file),))
    source, _decoding = decode(SourceFile(file.path, b""))
    drafts = [_draft_of(values(hit, "info")) for hit in objects_at(answer, "result", "hits", "hit")]
    records, _doubts = finish_all(drafts, source, ())
    return Parsed(_named(records))


def _named(records: tuple[Record, ...]) -> tuple[Record, ...]:
    return tidied(records, "dblp", "dblp", lambda record: record.id.removeprefix("DBLP:"))


def _draft_of(info: Json) -> Draft:
    draft = Draft(id=text_at(info, "key"), type=_TYPES.get(text_at(info, "type"), "other"), markup="plain")
    draft.title = unescape(text_at(info, "title")).removesuffix(".")
    people = values(info, "authors", "author")
    for one in people if isinstance(people, list) else [people]:
        name = _NUMBER.sub("", unescape(text_at(one, "text") or (one if isinstance(one, str) else "")))
        if name:
            draft.authors.append(parse_name(name))
    draft.date = text_at(info, "year")
    draft.venue = unescape(text_at(info, "venue") or text_at(info, "venue", 0))
    draft.doi = text_at(info, "doi")
    fields = {"volume": "volume", "number": "issue", "pages": "pages"}
    draft.fields = {ours: text_at(info, theirs) for theirs, ours in fields.items() if text_at(info, theirs)}
    return draft


DBLP = Service(
    label="dblp",
    base="https://dblp.org",
    takes="a record like conf/nips/VaswaniSPUJGKP17 or a person like pid/10/3248",
    identify=_identify,
    by_id=_by_id,
    by_title=_by_title,
    read=_read,
    pause=1.0,
)
