"""What entries lack, and which of a service's answers are about an entry beyond doubt."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from labpress.core.diagnostics import Diagnostic, Span, quoted
from labpress.entries.existing import Existing, facts_of
from labpress.entries.from_record import draft_of
from labpress.entries.matching import Work, compare, is_published, read_work
from labpress.sources.record import Record


class Gap(NamedTuple):
    """An entry that could say more, and what is known of it."""

    entry_id: str
    file: Existing
    facts: Mapping[str, Any]
    work: Work
    lacks: tuple[str, ...]
    """Of ``authors``, ``doi``, ``arxiv``, ``venue``."""

    @property
    def first_author(self) -> str:
        authors = self.facts.get("authors") or ()
        return authors[0].family if authors else ""


def gaps_in(entries: Mapping[str, Existing], chosen: Iterable[str] = ()) -> tuple[Gap, ...]:
    """The entries, or the chosen ones, that lack an identifier, the rest of their authors, or where they came out."""
    wanted = frozenset(chosen)
    gaps = []
    for entry_id, file in sorted(entries.items()):
        if file.writable and (not wanted or entry_id in wanted):
            facts = facts_of(file)
            lacks = _lacks(facts)
            if lacks and facts.get("title"):
                gaps.append(Gap(entry_id, file, facts, read_work(facts), lacks))
    return tuple(gaps)


def _lacks(facts: Mapping[str, Any]) -> tuple[str, ...]:
    missing = {
        "authors": not facts.get("authors") or facts.get("et_al"),
        "doi": not facts.get("doi"),
        "arxiv": not facts.get("arxiv") and not is_published(facts),
        "venue": not facts.get("venue") and facts.get("type") in (None, "preprint", "other", "conference", "article"),
    }
    return tuple(name for name, is_missing in missing.items() if is_missing)


class Judged(NamedTuple):
    """What a service's answers are worth for one entry."""

    sure: tuple[Record, ...]
    doubts: tuple[Diagnostic, ...]


def judge(gap: Gap, records: Iterable[Record], label: str) -> Judged:
    """The records that are surely of the entry's work, by the rules by which imports join works.

    Several that are not one work among themselves are no answer: they are reported, and a person decides.
    """
    works = [(record, read_work(draft_of(record).value.values)) for record in records]
    verdicts = [(record, work, compare(gap.work, work)) for record, work in works]
    sure = [(record, work) for record, work, verdict in verdicts if verdict == "same"]
    is_one = all(compare(sure[0][1], work) == "same" for _record, work in sure[1:])
    if sure and is_one:
        return Judged(tuple(record for record, _work in sure), ())
    candidates = [record for record, _work in sure] or [record for record, _, verdict in verdicts if verdict == "near"]
    if not candidates:
        return Judged((), ())
    shown = "; ".join(_described(record) for record in candidates[:3])
    count = "a work" if len(candidates) == 1 else f"{len(candidates)} works"
    message = f"{label} has {count} that this could be: {shown}"
    advice = "if one of them is meant, give the entry its doi: or arxiv:"
    return Judged((), (Diagnostic("ambiguous-work", message, Span(gap.file.path, 1), advice),))


def _described(record: Record) -> str:
    known = (record.date[:4], record.venue, record.doi or record.arxiv)
    return ", ".join((quoted(record.title), *filter(None, known)))
