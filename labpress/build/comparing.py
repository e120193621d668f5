"""How a build finds related papers: the words of texts that it knows are not taken again.

Words are what takes longest. A first build has none, and does all of this in a process of its own, with further ones
where there are processors for them, while the site is planned. It begins with the words, for which it needs no catalog,
and only the pages of papers wait for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from typing import TYPE_CHECKING

import msgspec

from labpress.build.errands import send
from labpress.build.heads import EntryParts, Wholes
from labpress.build.inputs import Inputs
from labpress.build.state import BuildState
from labpress.build.workers import spread
from labpress.entries.entry import Entry
from labpress.site.related import Compared, Listed, Relation, Words, compare, features_of, listed_in

if TYPE_CHECKING:  # Not for an edit of a text, which goes by the last plan.
    from labpress.site.catalog import Catalog

APART_FROM = 300
"""Papers whose comparison takes longer than a fork."""

PARALLEL_FROM = 1000
"""Texts whose words are looked for by several processes."""


class Comparing:
    """All ``entries`` of a content folder on their way to what is related; it begins where ``known`` ends."""

    def __init__(self, entries: Sequence[Entry], known: Compared, wholes: Wholes, workers: int) -> None:
        self._entries = entries
        self._known = known
        self._wholes = wholes
        self._workers = workers
        first = not known.features and len(entries) >= APART_FROM and workers > 1
        self._errand = send(self._compared_apart) if first else None

    def relate(self, catalog: Catalog) -> Callable[[], Compared]:
        """Say how the papers of ``catalog`` are listed; gives what gives the result."""
        listed = listed_in(catalog)
        if self._errand:
            self._errand.tell(msgspec.msgpack.encode(listed))

        def result() -> Compared:
            found = self._errand.fetch() if self._errand else b""
            if found:
                return msgspec.msgpack.decode(found, type=Compared)
            words = self._words(catalog.entries.values(), self._workers)
            return compare(features_of(catalog.entries, listed, words), self._known)

        return result

    def close(self) -> None:
        """Leave nothing running, however the planning ended."""
        if self._errand:
            self._errand.drop()

    def _compared_apart(self, ask: Callable[[], bytes]) -> bytes:
        words = self._words(self._entries, self._workers - 1)
        listed = msgspec.msgpack.decode(ask(), type=Listed)
        entries = {entry.paper.id: entry for entry in self._entries}
        return msgspec.msgpack.encode(compare(features_of(entries, listed, words), self._known))

    def _words(self, entries: Iterable[Entry], workers: int) -> Callable[[Entry], Words]:
        """What gives the words of each of ``entries``."""
        known, wholes = self._known.features, self._wholes
        words: dict[str, Words] = {}
        new = []
        for entry in entries:
            features = known.get(entry.paper.id)
            if features and features.wording == wholes.wording(entry):
                words[entry.paper.id] = features.words
            else:
                new.append(entry)

        def work(items: Iterable[int]) -> Iterator[str]:
            return (wholes.key_terms(new[item]) for item in items)

        workers = workers if len(new) >= PARALLEL_FROM else 1
        with closing(spread(len(new), work, str, workers, lambda item: new[item].paper.path)) as results:
            for item, terms in results:
                words[new[item].paper.id] = Words(terms.split(), wholes.wording(new[item]))
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
    if all(set(known.features[paper_id].all) == set(own.all) for paper_id, own in features.items()):
        return known.related
    compared = compare(known.features | features, known)
    if compared.related != known.related:
        return None
    state.learn_compared(compared, inputs.whole)
    return known.related
