"""Who writes with whom, and which topics share papers: chosen from papers, and laid out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain, combinations
from math import sqrt

from msgspec import Struct

from labpress.site.chart_views import EdgeView, NetworkView, NodeView
from labpress.site.counts import Countable
from labpress.site.layout import height_for, spring_layout
from labpress.site.views import AuthorView, TermView

MOST_PEOPLE, MOST_NEIGHBOURS, MOST_TOPICS = 70, 14, 24
"""Dots of the network of the lab, of one person's and of topics: more could not be told apart on a phone."""

ENOUGH_PEOPLE = 30
"""So many people are shown, if there are so many, before one joint paper with a member is too few."""

FEWEST = 3
"""Dots below which a network says nothing."""

REPEATED = 2
"""Joint papers that one pair has at least: where nobody has two, a list of authors says as much."""

LINES_PER_DOT = 2.5
"""More lines than this would be a ball of wool: the heaviest are drawn."""

_SMALLEST, _LARGEST = 4, 11
"""Radii in px."""


class Ties(Struct, frozen=True):
    """Who or what is to be drawn, before anything has a place: that takes longer than to count."""

    terms: tuple[TermView, ...] = ()
    counts: tuple[int, ...] = ()
    """Papers of each."""
    joint: tuple[tuple[int, int, int], ...] = ()
    """Two places in ``terms``, and the papers of both; the most first."""
    total: int = 0
    """Of how many the terms were chosen."""


def people_network(papers: Sequence[Countable]) -> NetworkView:
    """The members and those who write most with them; where nobody is a member, the authors of most papers."""
    people = {author.path: author for paper in papers for author in paper.authors}
    authors = _authors_of(papers)
    counts = Counter(chain.from_iterable(authors))
    members = {path for path, person in people.items() if person.member}
    order = sorted(members or people, key=lambda path: (-counts[path], path))[:MOST_PEOPLE]
    if members:
        with_members = Counter(chain.from_iterable([paths for paths in authors if not members.isdisjoint(paths)]))
        others = [path for path in with_members if path not in members]
        others.sort(key=lambda path: (-with_members[path], path))
        closest = sum(with_members[path] > 1 for path in others)
        order += others[: max(0, min(max(closest, ENOUGH_PEOPLE - len(order)), MOST_PEOPLE - len(order)))]
    return laid_out(_ties([_person(people[path]) for path in order], counts, _joint(authors, order), len(people)))


def neighbourhood(path: str, papers: Sequence[Countable]) -> Ties:
    """The author at ``path`` and who has most of these papers too."""
    people = {author.path: author for paper in papers for author in paper.authors}
    if path not in people:
        return Ties()
    authors = _authors_of(papers)
    counts = Counter(chain.from_iterable(authors))
    others = sorted(people.keys() - {path}, key=lambda other: (-counts[other], other))
    order = [path, *others[:MOST_NEIGHBOURS]]
    return _ties([_person(people[other]) for other in order], counts, _joint(authors, order), len(people))


def topics_network(papers: Sequence[Countable]) -> NetworkView:
    """The commonest topics that share papers with others."""
    topics = {tag.path: tag for paper in papers for tag in paper.tags}
    tags = [[tag.path for tag in paper.tags] for paper in papers]
    counts = Counter(chain.from_iterable(tags))
    order = sorted(topics, key=lambda path: (-counts[path], path))[:MOST_TOPICS]
    joined = {place for pair in _joint(tags, order) for place in pair}
    order = [path for place, path in enumerate(order) if place in joined]
    return laid_out(_ties([topics[path] for path in order], counts, _joint(tags, order), len(topics)))


def _person(author: AuthorView) -> TermView:
    return TermView(author.name, author.path, member=author.member)


def _authors_of(papers: Sequence[Countable]) -> list[list[str]]:
    """The paths of the authors of each paper, each once."""
    return [list(dict.fromkeys([author.path for author in paper.authors])) for paper in papers]


def _joint(papers: Iterable[Sequence[str]], order: Sequence[str]) -> dict[tuple[int, int], int]:
    """Pair of places in ``order`` -> how many of ``papers``, each a list of paths, have both."""
    places = {path: place for place, path in enumerate(order)}
    joint: Counter[tuple[int, int]] = Counter()
    for paths in papers:
        found = [places[path] for path in paths if path in places]
        if len(found) > 1:
            joint.update(combinations(sorted(found), 2))
    return dict(joint)


def _ties(terms: Sequence[TermView], counts: Counter[str], joint: dict[tuple[int, int], int], total: int) -> Ties:
    heaviest = sorted(joint.items(), key=lambda item: (-item[1], item[0]))
    joint_papers = tuple([(one, other, weight) for (one, other), weight in heaviest])
    return Ties(tuple(terms), tuple([counts[term.path] for term in terms]), joint_papers, total)


def laid_out(ties: Ties) -> NetworkView:
    """A place for each of ``ties``; nothing, where a picture would say nothing."""
    terms, counts = ties.terms, ties.counts
    heaviest = [((one, other), weight) for one, other, weight in ties.joint]
    if len(terms) < FEWEST or max([weight for _pair, weight in heaviest], default=0) < REPEATED:
        return NetworkView()
    drawn = dict(_well_connected(heaviest, int(LINES_PER_DOT * len(terms))))
    height = height_for(len(terms))
    most = max(counts)
    nodes = tuple(
        NodeView(term.label, term.path, count, x, y, _radius(count, most), term.member)
        for term, count, (x, y) in zip(terms, counts, spring_layout(len(terms), drawn, height), strict=True)
    )
    edges = tuple(EdgeView(one, other, weight) for (one, other), weight in drawn.items())
    return NetworkView(nodes, edges, height, ties.total)


def _well_connected(
    heaviest: Sequence[tuple[tuple[int, int], int]], most: int
) -> Iterable[tuple[tuple[int, int], int]]:
    """The heaviest lines, and of each dot that has none among them its own heaviest."""
    met: set[int] = set()
    for place, (pair, weight) in enumerate(heaviest):
        if place < most or not met.issuperset(pair):
            yield pair, weight
            met.update(pair)


def _radius(count: int, most: int) -> int:
    """Areas are in proportion to papers, but the smallest can be seen and the largest hides nobody."""
    return max(_SMALLEST, round(_LARGEST * sqrt(count / most)))
