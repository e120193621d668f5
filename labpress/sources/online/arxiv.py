"""arXiv: https://info.arxiv.org/help/api/user-manual.html. Three seconds between questions, many ids in one."""

from __future__ import annotations

from labpress.core.diagnostics import Diagnostic, Parsed
from labpress.core.files import SourceFile
from labpress.core.identifiers import parse_arxiv, without_version
from labpress.core.patterns import when_needed
from labpress.sources.arxiv_atom import looks_like_atom, parse_arxiv_atom
from labpress.sources.online.request import Request, Service, address, broken, tidied
from labpress.sources.record import Record

_AT_ONCE = 50
_NOT_WORDS = when_needed(r"[^\w]+")
_ATOM = "application/atom+xml"


def _identify(text: str) -> str | None:
    found = parse_arxiv(text)
    return without_version(found) if found else None


def _by_id(base: str, ids: tuple[str, ...]) -> tuple[Request, ...]:
    parts = [ids[start : start + _AT_ONCE] for start in range(0, len(ids), _AT_ONCE)]
    return tuple(
        Request("arxiv", address(base, "api/query", id_list=",".join(part), max_results=len(part)), _ATOM)
        for part in parts
    )


def _by_title(base: str, title: str, author: str) -> Request:
    words = _NOT_WORDS.sub(" ", title).split()[:20]
    query = f'ti:"{" ".join(words)}"' + (f" AND au:{_NOT_WORDS.sub('_', author)}" if author else "")
    return Request("arxiv", address(base, "api/query", search_query=query, max_results=5), _ATOM)


def _read(file: SourceFile) -> Parsed[tuple[Record, ...]]:
    """An id that does not exist comes back as nothing, or as an entry that is called Error."""
    if not looks_like_atom(file.data.decode("utf-8", "replace")) or b"</feed>" not in file.data:
        return Parsed((), (broken(file),))
    records, faults = parse_arxiv_atom(file)
    real = [record for record in records if record.arxiv]
    serious: tuple[Diagnostic, ...] = tuple(fault for fault in faults if fault.is_error)
    return Parsed(tidied(real, "arxiv", "arXiv", lambda record: record.arxiv), serious)


ARXIV = Service(
    label="arXiv",
    base="https://export.arxiv.org",
    takes="an arXiv id like 2206.06565",
    identify=_identify,
    by_id=_by_id,
    by_title=_by_title,
    read=_read,
    pause=3.0,
)
