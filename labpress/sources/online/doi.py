"""DOIs: the resolver itself answers in CSL-JSON, for every registration agency; Crossref finds a DOI by its title."""

from __future__ import annotations

from labpress.core.diagnostics import Parsed
from labpress.core.files import SourceFile
from labpress.core.identifiers import parse_doi
from labpress.sources.csl_json import parse_csl_json
from labpress.sources.online.request import Request, Service, address, escaped, read_json, tidied
from labpress.sources.record import Record

_CSL = "application/vnd.citationstyles.csl+json"


def _by_id(base: str, ids: tuple[str, ...]) -> tuple[Request, ...]:
    return tuple(Request("doi", address(base, escaped(doi, "/:;()._-")), _CSL) for doi in ids)


def _read(file: SourceFile) -> Parsed[tuple[Record, ...]]:
    answer, faults = read_json(file)
    if faults or not answer:
        return Parsed((), faults)
    records, _doubts = parse_csl_json(file)
    return Parsed(tidied(records, "doi", "DOI", lambda record: record.doi.lower()))


DOI = Service(
    label="doi.org",
    base="https://doi.org",
    takes="a DOI like 10.48550/arXiv.2206.06565",
    identify=parse_doi,
    by_id=_by_id,
    by_title=None,
    read=_read,
    pause=0.5,
)


def _works(base: str, ids: tuple[str, ...]) -> tuple[Request, ...]:
    return tuple(Request("crossref", address(base, f"works/{escaped(doi)}")) for doi in ids)


def _by_title(base: str, title: str, author: str) -> Request:
    asked = {"query.bibliographic": title[:300], "rows": "5"} | ({"query.author": author} if author else {})
    return Request("crossref", address(base, "works", **asked))


CROSSREF = Service(
    label="Crossref",
    base="https://api.crossref.org",
    takes="a DOI like 10.1145/3442188.3445922",
    identify=parse_doi,
    by_id=_works,
    by_title=_by_title,
    read=_read,
    pause=0.5,
)
