"""How a build finds related papers: the words of texts that it knows are not taken again.

Words are what takes longest. A first build has none, and does all of this in a process of its own, with further ones
where there are processors for them, while the site is planned: of the plan, only the pages of papers wait for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing

import msgspec

from labpress.build.heads import EntryParts, Wholes
from labpress.build.inputs import Inputs
from labpress.build.state import BuildState
from labpress.build.workers import fetch, send, spread
from labpress.entries.entry import Entry
from labpress.site.catalog import Catalog
from labpress.site.related import Compared, Relation, Words, compare, features_of

APART_FROM = 300
"""Papers whose comparison takes longer than a fork."""

PARALLEL_FROM = 1000
"""Texts whose words are looked for by several processes."""


def relate(catalog: Catalog, known: Compared, wholes: Wholes, workers: int) -> Callable[[], Compared]:
    """Begin to compare all papers of ``catalog``; gives what gives the result, which begins where ``known`` ends."""
    first = not known.features and len(catalog.entries) >= APART_FROM and workers > 1

    def compared(workers: int) -> Compared:
        return compare(features_of(catalog, _words_of(catalog, known, wholes, workers)), known)

    errand = send(lambda: msgspec.msgpack.encode(compared(workers - 1))) if first else None

    def result() -> Compared:
        found = fetch(errand) if errand else b""
        return msgspec.msgpack.decode(found, type=Compared) if found else compared(workers)

    return result


def _words_of(catalog: Catalog, known: Compared, wholes: Wholes, workers: int) -> Callable[[Entry], Words]:
    """What gives the words of an entry of ``catalog``."""
    words: dict[str, Words] = {}
    entries = []
    for paper_id, entry in catalog.entries.items():
        features, wording = known.features.get(paper_id), wholes.wording(entry)
        if features and features.wording == wording:
            words[paper_id] = features.words
        else:
            entries.append(entry)

    def work(items: range) -> Iterator[str]:
        for item in items:
            yield wholes.key_terms(entries[item])

    workers = workers if len(entries) >= PARALLEL_FROM else 1
    with closing(spread(len(entries), work, str, workers, lambda item: entries[item].paper.path)) as results:
        for item, terms in results:
            entry = entries[item]
            words[entry.paper.id] = Words(terms.split(), wholes.wording(entry))
    return lambda entry: words[entry.paper.id]


def related_again(
    edited: Iterable[EntryParts], state: BuildState, inputs: Inputs
) -> dict[str, tuple[Relation, ...]] | None:
    """Which papers are related now that some have other words; None if they are others than in the last plan."""
    known = state.compared
    if state.compared_key != state.manifest.compared:
        return None
    features = {}
    for parts in edited:
        if parts.head is not None and (old := known.features.get(parts.head.paper.id)):
            terms = Wholes([parts]).key_terms(parts.head).split()
            features[parts.head.paper.id] = old.with_words(Words(terms, parts.wording))
    if all(known.features[paper_id].all == own.all for paper_id, own in features.items()):
        return known.related
    compared = compare(known.features | features, known)
    if compared.related != known.related:
        return None
    state.learn_compared(compared, inputs.whole)
    return known.related
