"""Asking services: kept answers first, then the net; every failure is said once, and the rest goes on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from labpress.core.diagnostics import Diagnostic, Parsed, Span, quoted
from labpress.core.files import SourceFile
from labpress.edges.fetching.answers import Answers
from labpress.edges.fetching.transport import Transport
from labpress.sources.online.request import Request
from labpress.sources.online.services import SERVICES
from labpress.sources.record import Record


class Asker(NamedTuple):
    """How questions are asked in this run."""

    answers: Answers
    transport: Transport
    bases: Mapping[str, str] = {}
    """Service -> another address of its API, such as a mirror's."""
    is_offline: bool = False
    """Only kept answers count, of any age."""
    is_fresh: bool = False
    """Kept answers do not count."""

    def base(self, service: str) -> str:
        return self.bases.get(service, SERVICES[service].base)


def by_id(asker: Asker, service: str, ids: Iterable[str]) -> Parsed[tuple[Record, ...]]:
    """What ``service`` says of works, or of the lists of works, with these identifiers."""
    known: dict[str, None] = {}
    faults = []
    for one in ids:
        bare = SERVICES[service].identify(one)
        if bare is None:
            message = f"expected {SERVICES[service].takes}, found {quoted(one)}"
            faults.append(Diagnostic("bad-identifier", message))
        else:
            known[bare] = None
    records, more = _ask(asker, service, SERVICES[service].by_id(asker.base(service), tuple(known)))
    return Parsed(records, (*faults, *more))


def by_title(asker: Asker, service: str, title: str, author: str) -> Parsed[tuple[Record, ...]]:
    """What ``service`` finds when it looks for a title; which of it is meant is to be seen."""
    search = SERVICES[service].by_title
    if search is None:
        return Parsed(())
    return _ask(asker, service, [search(asker.base(service), title, author)])


def _ask(asker: Asker, service: str, requests: Iterable[Request]) -> Parsed[tuple[Record, ...]]:
    records: list[Record] = []
    faults: list[Diagnostic] = []
    for request in requests:
        kept = _kept(asker, request)
        file, problem = (kept, ()) if kept is not None else _asked(asker, request)
        faults += problem
        if problem and problem[0].code == "service-failed":
            break  # A service that is down is not asked for everything else too.
        if problem:
            continue
        found, doubts = SERVICES[service].read(file) if file.data else NOTHING
        records += found
        faults += doubts
        if kept is None and not doubts:
            asker.answers.keep(service, request.url, request.accept, file.data)
        if not found and not doubts:
            faults.append(_unknown(request))
    return Parsed(tuple(records), tuple(faults))


NOTHING: Parsed[tuple[Record, ...]] = Parsed(())


def _kept(asker: Asker, request: Request) -> SourceFile | None:
    """The kept answer to a question, as a file that is named by its address; an empty one is that there is none."""
    if asker.is_fresh:
        return None
    kept = asker.answers.find(request.service, request.url, request.accept, of_any_age=asker.is_offline)
    return SourceFile(request.url, kept.body.encode()) if kept else None


def _asked(asker: Asker, request: Request) -> Parsed[SourceFile]:
    """The answer of the service itself."""
    label, place = SERVICES[request.service].label, Span(request.url)
    nothing = SourceFile(request.url, b"")
    if asker.is_offline:
        message = f"expected a kept answer of {label}, found none"
        return Parsed(nothing, (Diagnostic("not-found", message, place, "ask again without --offline"),))
    answer = asker.transport.get(request.url, request.accept, SERVICES[request.service].pause)
    if answer.problem and not answer.is_unknown:
        message = f"{label} {answer.problem}"
        return Parsed(nothing, (Diagnostic("service-failed", message, place, "try again later"),))
    return Parsed(SourceFile(request.url, answer.body))


def _unknown(request: Request) -> Diagnostic:
    label = SERVICES[request.service].label
    return Diagnostic("not-found", f"{label} knows no work that was asked for", Span(request.url), "is it spelt right?")
