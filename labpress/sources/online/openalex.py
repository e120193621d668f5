"""OpenAlex: https://docs.openalex.org. Works, and all works of an author by ORCID iD."""

from __future__ import annotations

import re

from labpress.core.decoding import decode
from labpress.core.diagnostics import Parsed
from labpress.core.files import SourceFile
from labpress.core.identifiers import parse_arxiv, parse_doi, parse_orcid
from labpress.core.names import parse_name
from labpress.core.patterns import when_needed
from labpress.sources.draft import Draft, finish_all, guessed_markup
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

_WORK = when_needed(r"(?:https?://(?:api\.)?openalex\.org/(?:works/)?)?([WA]\d{3,12})", re.IGNORECASE)
_TYPES = {
    "article": "article", "review": "article", "letter": "article", "editorial": "article", "preprint": "preprint",
    "book": "book", "book-chapter": "chapter", "dissertation": "thesis", "dataset": "dataset", "report": "report",
    "software": "software",
}  # fmt: skip
_LONGEST_ABSTRACT = 5000
"""Words; an inverted index may claim any position."""


def _identify(text: str) -> str | None:
    found = _WORK.fullmatch(text.strip())
    return found[1].upper() if found else parse_doi(text) or parse_orcid(text)


def _by_id(base: str, ids: tuple[str, ...]) -> tuple[Request, ...]:
    return tuple(Request("openalex", _address(base, one)) for one in ids)


def _address(base: str, one: str) -> str:
    if one.startswith("10."):
        return address(base, f"works/doi:{escaped(one, '/')}")
    if one.startswith("W"):
        return address(base, f"works/{one}")
    author = f"author.id:{one}" if one.startswith("A") else f"author.orcid:{one}"
    return address(base, "works", filter=author, **{"per-page": 200})


def _by_title(base: str, title: str, author: str) -> Request:  # noqa: ARG001  The title tells; authors are compared.
    words = " ".join(re.findall(r"\w+", title)[:40])
    return Request("openalex", address(base, "works", filter=f"title.search:{words}", **{"per-page": 5}))


def _read(file: SourceFile) -> Parsed[tuple[Record, ...]]:
    answer, faults = read_json(file)
    if faults:
        return Parsed((), faults)
    works = objects_at(answer, "results") if "results" in answer else [answer]
    if "results" not in answer and "id" not in answer:
        return Parsed((), (broken(file),))
    source, _decoding = decode(SourceFile(file.path, b""))
    drafts = [_draft_of(work) for work in works]
    records, _doubts = finish_all(drafts, source, ())
    return Parsed(tidied(records, "openalex", "OpenAlex", lambda record: record.id))


def _draft_of(work: Json) -> Draft:
    source = values(work, "primary_location", "source")
    kind = _TYPES.get(text_at(work, "type"), "other")
    place = text_at(source, "type")
    if kind == "article" and place in ("conference", "repository"):
        kind = "conference" if place == "conference" else "preprint"
    draft = Draft(id=text_at(work, "id").rpartition("/")[2], type=kind)
    draft.title = text_at(work, "title") or text_at(work, "display_name")
    draft.authors = [
        parse_name(name)
        for one in objects_at(work, "authorships")
        if (name := text_at(one, "author", "display_name") or text_at(one, "raw_author_name"))
    ]
    date = text_at(work, "publication_date")
    draft.date = date[:4] if date.endswith("-01-01") else date  # What OpenAlex says of a year alone.
    draft.venue = text_at(source, "display_name") if place in ("journal", "conference", "book series") else ""
    draft.doi = text_at(work, "doi")
    draft.arxiv = _arxiv_of(work)
    draft.abstract = _abstract(values(work, "abstract_inverted_index"))
    first, last = text_at(work, "biblio", "first_page"), text_at(work, "biblio", "last_page")
    fields = {
        "volume": text_at(work, "biblio", "volume"),
        "issue": text_at(work, "biblio", "issue"),
        "pages": first if first == last or not last else f"{first}-{last}",
        "pmid": text_at(work, "ids", "pmid").rpartition("/")[2],
    }
    draft.fields = {key: value for key, value in fields.items() if value}
    pdf = text_at(work, "best_oa_location", "pdf_url")
    if pdf and parse_arxiv(pdf) is None:
        draft.links["pdf"] = pdf
    draft.markup = guessed_markup(draft.title, draft.abstract)
    return draft


def _arxiv_of(work: Json) -> str:
    addresses = [text_at(one, "landing_page_url") for one in objects_at(work, "locations")]
    return next((found for one in addresses if "arxiv" in one.lower() and (found := parse_arxiv(one))), "")


def _abstract(index: object) -> str:
    """The text of an inverted index: word -> its positions."""
    places = [
        (at, word)
        for word, found in (index.items() if isinstance(index, dict) else ())
        for at in (found if isinstance(found, list) else ())
        if isinstance(at, int) and 0 <= at < _LONGEST_ABSTRACT
    ]
    return " ".join(word for _at, word in sorted(places))


OPENALEX = Service(
    label="OpenAlex",
    base="https://api.openalex.org",
    takes="a work like W2741809807, a DOI, an author like A5023888391, or an ORCID iD",
    identify=_identify,
    by_id=_by_id,
    by_title=_by_title,
    read=_read,
    pause=0.2,
)
