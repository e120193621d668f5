"""Which papers are related to which, and why: shared topics, shared authors, similar texts, links between them.

What two papers share speaks for them the more, the fewer papers share it. Its weight is a whole number of doublings, so
one edit hardly ever moves the weight of what other papers share, and sums are exact on every machine. What more than a
quarter of the papers have speaks for nothing. A paper's partners are found by the rarest that it shares, among at most
``MOST_LOOKED_AT`` others: the cost grows with the number of papers, not with its square.

What is related to a paper depends on the features of this paper, and on who else has these. So after an edit only the
papers that have one of the features that came or went are compared anew.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, NamedTuple

import msgspec
from msgspec import Struct

from labpress.entries.entry import Entry
from labpress.entries.key_terms import key_terms

if TYPE_CHECKING:
    from labpress.site.catalog import Catalog

MOST = 5
"""Papers named beside one."""

MOST_LOOKED_AT = 400
"""Times that a paper is looked at for one other: the bound of the cost in a lab where everything is alike."""

FINALISTS = 12
"""Papers that are compared with one in full."""

ENOUGH, ENOUGH_ALONE = 5, 7
"""Below so many units two papers are not called related; where only their words speak, below so many. A unit is what
the rarest word speaks for. Both were found by reading the pairs that they let in and leave out."""

SIMILAR = 3
"""Units of shared words from which a reader sees that two texts are alike."""

MOST_NAMED = 3
"""Tags, and authors, named as a reason."""

_TAG, _AUTHOR, _LINK = "#", "@", ">"
"""First character of a feature that is no word."""

_FACTORS = {_TAG: 3, _AUTHOR: 2, _LINK: 6}
"""What it speaks for, where a word speaks for 1; a word that both papers make much of is two features."""


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(list[str]).decode


class Words(NamedTuple):
    """``key_terms`` of a paper, one by one."""

    terms: Iterable[str]
    wording: bytes = b""
    """The digest of the texts that they were taken from; empty where nobody will ask."""


class PaperFeatures(Struct, frozen=True, array_like=True):
    """Everything that a paper may share with others."""

    encoded: bytes = _encode([])
    """All of them. A build mostly hands them on as they are, and a set of them takes ten times the room."""
    wording: bytes = b""
    """As ``Words`` have it."""

    @classmethod
    def of(cls, features: list[str], wording: bytes) -> PaperFeatures:
        return cls(_encode(features), wording)

    @property
    def all(self) -> list[str]:
        return _decode(self.encoded)

    @property
    def words(self) -> Words:
        """Those of the features that were taken from the paper's texts."""
        return Words([feature for feature in self.all if feature[0] not in _FACTORS], self.wording)

    def with_words(self, words: Words) -> PaperFeatures:
        """The same paper with other texts, which refer to the same papers."""
        others = [feature for feature in self.all if feature[0] in _FACTORS]
        return PaperFeatures.of([*words.terms, *others], words.wording)


_NONE = PaperFeatures()

Features = dict[str, PaperFeatures]
"""By paper id."""


class Relation(Struct, frozen=True, array_like=True):
    """One related paper, and what speaks for it."""

    paper: str
    tags: tuple[str, ...] = ()
    """Keys of shared tags, the rarest first."""
    authors: tuple[str, ...] = ()
    """Keys of shared authors, the rarest first; without those who have a part in most papers."""
    similar: bool = False
    """The texts are alike."""
    links_to: bool = False
    """This paper's text links to the related one."""
    linked_from: bool = False
    """The related paper's text links to this one."""


class Compared(Struct, frozen=True, array_like=True):
    """What papers were compared by, and what came of it: the next comparison begins here."""

    features: Features = {}
    related: dict[str, tuple[Relation, ...]] = {}
    """Paper id -> the papers related to it, most related first; without the papers that have none."""


def words_of(entry: Entry) -> Words:
    """The words of an entry that is whole."""
    return Words(key_terms(entry.title.text, entry.abstract.text).split())


class Listed(Struct, frozen=True, array_like=True):
    """What a catalog lists papers by."""

    tags: dict[str, tuple[str, ...]]
    """Paper id -> keys, in the order of the catalog."""
    authors: dict[str, tuple[str, ...]]


def listed_in(catalog: Catalog) -> Listed:
    """What the papers of ``catalog`` are compared by, beside their texts."""
    return Listed(catalog.paper_tags, catalog.paper_authors)


def features_of(
    entries: Mapping[str, Entry], listed: Listed, words_of: Callable[[Entry], Words] = words_of
) -> Features:
    """What the ``listed`` papers, of which ``entries`` has each by its id, are compared by."""
    links = _links({paper_id: entries[paper_id] for paper_id in listed.tags})
    features = {}
    for paper_id, tags in listed.tags.items():
        words = words_of(entries[paper_id])
        own = [*words.terms, *links.get(paper_id, ())]
        own += [_TAG + key for key in tags]
        own += [_AUTHOR + key for key in listed.authors[paper_id]]
        features[paper_id] = PaperFeatures.of(own, words.wording)
    return features


def compare(features: Features, known: Compared | None = None) -> Compared:
    """Relate all papers. Of those about whom nothing has changed since ``known``, what it says is taken over."""
    comparison = _Comparison(features)
    affected = comparison.affected_since(known.features) if known else features.keys()
    taken_over = known.related if known else {}
    related = {}
    for paper in features:
        relations = comparison.of(paper) if paper in affected else taken_over.get(paper, ())
        if relations:
            related[paper] = relations
    return Compared(features, related)


def compared_later(catalog: Catalog) -> Callable[[], Compared]:
    """All papers of ``catalog``, whose entries are whole, compared when it is asked for."""
    return lambda: compare(features_of(catalog.entries, listed_in(catalog)))


def related_to(catalog: Catalog, paper_id: str, known: Features) -> tuple[Relation, ...]:
    """What ``compare`` has for one paper; its texts are others than those of ``known``, all else is the same."""
    edited = catalog.entries[paper_id]

    def words(entry: Entry) -> Words:
        return words_of(entry) if entry is edited else known[entry.paper.id].words

    return _Comparison(features_of(catalog.entries, listed_in(catalog), words)).of(paper_id)


def is_compared_alike(old: Entry, known: PaperFeatures, new: Entry) -> bool:
    """Whether ``new``, with the same tags and authors as ``old``, would have the features ``known`` of that."""
    return set(known.with_words(words_of(new)).all) == set(known.all) and set(_links_of(old)) == set(_links_of(new))


def rarity(papers: int, among: int) -> int:
    """What something speaks for that ``papers`` of ``among`` have: 0 for more than a quarter, 1 more each half."""
    return max(0, ((among + 10) // papers).bit_length() - 2)


def _links(entries: Mapping[str, Entry]) -> dict[str, list[str]]:
    """Paper id -> features that only the two ends of a link have."""
    links: dict[str, list[str]] = defaultdict(list)
    for paper_id, entry in entries.items():
        for target in _links_of(entry):
            if target in entries and target != paper_id:
                feature = f"{_LINK}{paper_id} {target}"
                links[paper_id].append(feature)
                links[target].append(feature)
    return links


def _links_of(entry: Entry) -> tuple[str, ...]:
    return entry.abstract.entries + entry.body.entries


def _weight(feature: str, papers: int, among: int) -> int:
    return _FACTORS.get(feature[0], 1) * rarity(papers, among)


class _Shared(NamedTuple):
    """What two papers have in common."""

    of_words: int
    """The weight of all words together."""
    named: list[str]
    """Features that are no words, the heaviest first."""

    def keys(self, kind: str) -> tuple[str, ...]:
        return tuple([feature[1:] for feature in self.named if feature[0] == kind][:MOST_NAMED])


def _shared(both: list[tuple[int, str]]) -> _Shared:
    """The features of two papers, each with its weight, told apart."""
    named = sorted([(-weight, feature) for weight, feature in both if feature[0] in _FACTORS])
    of_words = sum([weight for weight, feature in both if feature[0] not in _FACTORS])
    return _Shared(of_words, [feature for _weight, feature in named])


class _Comparison:
    """All papers of a lab, ready to be compared."""

    def __init__(self, features: Features) -> None:
        self.given = features
        self.features = {paper: frozenset(own.all) for paper, own in features.items()}
        self.sharing: dict[str, list[str]] = defaultdict(list)
        for paper, own in self.features.items():
            for feature in own:
                self.sharing[feature].append(paper)
        among = len(features)
        self.weights = {
            feature: weight
            for feature, papers in self.sharing.items()
            if len(papers) > 1 and (weight := _weight(feature, len(papers), among))
        }
        self.unit = rarity(2, among)
        self.having: dict[str, frozenset[str]] = {}
        """Each feature that has a weight, the rarest first -> the papers that have it."""
        self.telling: dict[str, list[str]] = defaultdict(list)
        """Each paper -> its features that have a weight, the rarest first."""
        for _papers, feature in sorted([(len(self.sharing[one]), one) for one in self.weights]):
            self.having[feature] = frozenset(self.sharing[feature])
            for paper in self.sharing[feature]:
                self.telling[paper].append(feature)

    def affected_since(self, old: Features) -> AbstractSet[str]:
        """The papers whose related papers may be others than they were when all had ``old`` features."""
        now, before = len(self.features), len(old)
        if rarity(2, before) != self.unit:
            return self.features.keys()
        edited = set()
        gained: dict[str, int] = defaultdict(int)
        for paper in self.features.keys() | old.keys():
            own, former = self.given.get(paper, _NONE), old.get(paper, _NONE)
            if own.encoded != former.encoded and (differing := set(own.all) ^ set(former.all)):
                edited.add(paper)
                for feature in differing:
                    gained[feature] += 1 if feature in self.features.get(paper, ()) else -1
        changed = {feature for feature, more in gained.items() if self.speaks(feature, more, before)}
        if now != before:
            weighed = self.sharing.items()
            changed.update([one for one, has in weighed if rarity(len(has), now) != rarity(len(has), before)])
        return edited.union(*[self.sharing[feature] for feature in changed if feature in self.sharing])

    def speaks(self, feature: str, gained: int, before: int) -> bool:
        """Whether a feature that ``gained`` so many papers has a weight now, or had one among ``before`` papers."""
        papers = len(self.sharing.get(feature, ())) - gained
        return feature in self.weights or bool(papers and rarity(papers, before))

    def of(self, paper: str) -> tuple[Relation, ...]:
        """The papers related to ``paper``."""
        telling = self.telling.get(paper, ())
        scored = []
        for other in self.candidates(paper):
            both = [(self.weights[one], one) for one in self.features[other].intersection(telling)]
            points = sum([weight for weight, _feature in both])
            if points < ENOUGH * self.unit:
                continue
            shared = _shared(both)
            alone = points - shared.of_words < self.unit
            if not alone or points >= ENOUGH_ALONE * self.unit:
                links = shared.keys(_LINK)
                relation = Relation(
                    other,
                    shared.keys(_TAG),
                    shared.keys(_AUTHOR),
                    similar=shared.of_words >= SIMILAR * self.unit,
                    links_to=f"{paper} {other}" in links,
                    linked_from=f"{other} {paper}" in links,
                )
                scored.append((-points, other, relation))
        return tuple([relation for _points, _paper, relation in sorted(scored)[:MOST]])

    def candidates(self, paper: str) -> list[str]:
        """The papers that may be related to ``paper``: those that share with it what few have."""
        looked_at: list[tuple[int, frozenset[str]]] = []
        left = MOST_LOOKED_AT
        for feature in self.telling.get(paper, ()):
            having = self.having[feature]
            left -= len(having)
            if left < 0:
                break
            looked_at.append((self.weights[feature], having))
        worth_it = ENOUGH * self.unit // 2  # What is not looked at is common, and seldom brings the other half.
        met: set[str] = set()
        eligible: set[str] = set()
        """Those that are worth it by one feature, and those that have two: most others have one, and a light one."""
        for weight, having in looked_at:
            eligible |= having if weight >= worth_it else having & met
            if having is not looked_at[-1][1]:  # The commonest: it has the most papers, and nothing comes after it.
                met |= having
        eligible.discard(paper)
        points = dict.fromkeys(eligible, 0)
        for weight, having in looked_at if points else ():
            for other in having & eligible:
                points[other] += weight
        best = sorted([(-value, other) for other, value in points.items() if value >= worth_it])
        return [other for _points, other in best[:FINALISTS]]
