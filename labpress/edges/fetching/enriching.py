"""Asking services about what entries lack: by identifier where there is one, else by title."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from labpress.core.diagnostics import Diagnostic, Parsed
from labpress.edges.fetching.asking import Asker, by_id, by_title
from labpress.entries.completing import Gap, judge
from labpress.sources.online.services import SERVICES
from labpress.sources.record import Record


class Findings(NamedTuple):
    """What services know of entries."""

    records: tuple[Record, ...]
    about: dict[str, str]
    """Name of a record's source -> the entry that it is about."""


def look_up(
    asker: Asker,
    gaps: Iterable[Gap],
    services: tuple[str, ...] = ("openalex", "crossref"),
    progress: Callable[[str], None] = lambda _text: None,
) -> Parsed[Findings]:
    """Ask about each entry. ``services`` are those that are searched by title."""
    gaps = tuple(gaps)
    search = _Search(asker)
    with_arxiv = {gap.work.arxiv: gap for gap in gaps if gap.work.arxiv}
    if with_arxiv:
        progress(f"arXiv: {len(with_arxiv)} papers by id")
        for record in search.identified("arxiv", tuple(with_arxiv)):
            search.judge("arxiv", with_arxiv.get(record.arxiv.lower()), (record,))
    for number, gap in enumerate(gaps, start=1):
        progress(f"{number} of {len(gaps)}: {gap.entry_id}")
        if gap.work.doi:
            search.judge("doi", gap, search.identified("doi", (gap.work.doi,)))
        if gap.work.doi and gap.work.arxiv:
            continue
        for service in services:
            if search.found_by_title(service, gap):
                break
    return Parsed(Findings(tuple(search.records), search.about), tuple(search.faults))


class _Search:
    """What has been found so far; a service that has failed is not asked again."""

    def __init__(self, asker: Asker) -> None:
        self.asker = asker
        self.down: set[str] = set()
        self.records: list[Record] = []
        self.about: dict[str, str] = {}
        self.faults: list[Diagnostic] = []

    def identified(self, service: str, ids: tuple[str, ...]) -> tuple[Record, ...]:
        if service in self.down:
            return ()
        records, faults = by_id(self.asker, service, ids)
        self._take_faults(service, faults)
        return records

    def found_by_title(self, service: str, gap: Gap) -> bool:
        """Whether ``service`` surely knows the entry's work, or knows too many that it could be."""
        if service in self.down:
            return False
        records, faults = by_title(self.asker, service, str(gap.facts["title"]), gap.first_author)
        # That a search finds nothing is no fault of anybody's.
        self._take_faults(service, tuple(fault for fault in faults if fault.code != "not-found"))
        return self.judge(service, gap, records)

    def judge(self, service: str, gap: Gap | None, records: tuple[Record, ...]) -> bool:
        """Keep the records that are surely about the entry. Whether there are some, or some to ask a person about."""
        if gap is None:
            return False
        judged = judge(gap, records, SERVICES[service].label)
        self.faults += judged.doubts
        for record in judged.sure:
            if record.path not in self.about:
                self.records.append(record)
                self.about[record.path] = gap.entry_id
        return bool(judged.sure or judged.doubts)

    def _take_faults(self, service: str, faults: tuple[Diagnostic, ...]) -> None:
        self.faults += faults
        if any(fault.code == "service-failed" for fault in faults):
            self.down.add(service)
