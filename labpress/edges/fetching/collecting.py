"""Everything that one service gives for identifiers, and what other services add to it."""

from __future__ import annotations

from collections.abc import Sequence

from labpress.core.diagnostics import Diagnostic, Parsed
from labpress.edges.fetching.asking import Asker, by_id
from labpress.sources.record import Record


def fetched(asker: Asker, service: str, ids: Sequence[str]) -> Parsed[tuple[Record, ...]]:
    """The records of ``ids``. Those that name no authors, as ORCID's do, are asked for by their DOI or arXiv id."""
    records, faults = by_id(asker, service, ids)
    bare = [record for record in records if not record.authors]
    more: list[Record] = []
    found: list[Diagnostic] = list(faults)
    for other, wanted in (
        ("arxiv", [record.arxiv for record in bare if record.arxiv]),
        ("doi", [record.doi for record in bare if record.doi and not record.arxiv]),
    ):
        if wanted:
            details, doubts = by_id(asker, other, wanted)
            more += details
            found += doubts
    # The fuller records first: they are what an entry is named after, and what the others are recognised by.
    return Parsed((*more, *records), tuple(found))
