"""Every index of the papers, as ids. Recomputed for each build, never maintained."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from msgspec import Struct

from labpress.core.diagnostics import Parsed
from labpress.core.patterns import when_needed
from labpress.core.text import FreeNames, fold, slugify, sort_key
from labpress.entries.entry import Entry
from labpress.entries.paper import Paper
from labpress.entries.people import Person
from labpress.site.identity import Identities, Identity, identify

CROWD = 100
"""Authors of one paper. One with more gives none of them a page: each page would have all their names."""


class Term(Struct, frozen=True):
    """One tag, year, venue or author, and the papers behind it, newest first."""

    label: str
    slug: str
    papers: tuple[str, ...]


class Catalog(Struct, frozen=True):
    """The papers of a site and every way to reach them."""

    entries: Mapping[str, Entry]
    """In order: not yet published first, then newest first, undated last."""
    years: dict[int, Term]
    """Newest first; 0 holds the undated."""
    tags: dict[str, Term]
    venues: dict[str, Term]
    authors: dict[str, Term]
    """Everybody who has a page: without those who are only on papers of more than ``CROWD`` authors."""
    people: dict[str, Identity]
    paper_authors: dict[str, tuple[str, ...]]
    """Paper id -> a key of ``people`` for each author."""
    paper_tags: dict[str, tuple[str, ...]]
    """Paper id -> keys of ``tags``."""
    paper_venue: dict[str, str]


def make_catalog(entries: Iterable[Entry], people: tuple[Person, ...]) -> Parsed[Catalog]:
    """Sort the papers and make every index. Reports authors who could be several people."""
    ordered = {entry.paper.id: entry for entry in sorted(entries, key=_newest_first)}
    papers = [entry.paper for entry in ordered.values()]
    identities, diagnostics = identify(papers, people)
    tag_key, name_of_venue = cache(fold), cache(venue_name)  # There are far fewer tags and venues than mentions.
    paper_tags = {paper.id: tuple(dict.fromkeys([tag_key(tag) for tag in paper.tags])) for paper in papers}
    paper_venue = {paper.id: key for paper in papers if (key := tag_key(name_of_venue(paper.venue)))}
    catalog = Catalog(
        entries=ordered,
        years=_years(papers),
        tags=_terms(paper_tags, _labels((tag_key(tag), tag) for paper in papers for tag in paper.tags)),
        venues=_terms(
            {paper_id: (key,) for paper_id, key in paper_venue.items()},
            _labels((tag_key(name), name) for paper in papers if (name := name_of_venue(paper.venue))),
        ),
        authors=_authors(identities, people),
        people=identities.people,
        paper_authors=identities.authors,
        paper_tags=paper_tags,
        paper_venue=paper_venue,
    )
    return Parsed(catalog, diagnostics)


_YEAR_IN_VENUE = when_needed(r"(?:(?:(?<![\s,])[\s,]++)?[(\[]?(?:(?:19|20)\d\d|['’]\d\d)[)\]]?)\s*$|^(?:19|20)\d\d\s+")


def venue_name(venue: str) -> str:
    """The venue without the year of one meeting: ``NeurIPS 2022`` and ``NeurIPS'22`` give ``NeurIPS``."""
    return _YEAR_IN_VENUE.sub("", venue).strip(" ,") or venue


def _newest_first(entry: Entry) -> tuple[int, int, int, int, tuple[str, str]]:
    paper = entry.paper
    date = paper.date
    if date is None:
        return (0 if paper.status else 2, 0, 0, 0, sort_key(paper.id))
    # A paper of which only the year is known stands after those of that year with a month.
    return (1, -date.year, -date.month, -date.day, sort_key(paper.id))


def _years(papers: Sequence[Paper]) -> dict[int, Term]:
    groups: dict[int, list[str]] = defaultdict(list)
    for paper in papers:
        groups[paper.date.year if paper.date else 0].append(paper.id)
    return {year: Term(str(year), str(year), tuple(groups[year])) for year in sorted(groups, reverse=True)}


def _labels(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Key -> its commonest spelling; between equals the first of the alphabet."""
    counts: dict[str, dict[str, int]] = defaultdict(dict)
    for (key, label), count in Counter(pairs).items():
        counts[key][label] = count
    return {key: min(labels, key=lambda label: (-labels[label], label)) for key, labels in counts.items()}


def _terms(paper_keys: dict[str, tuple[str, ...]], labels: dict[str, str]) -> dict[str, Term]:
    groups: dict[str, list[str]] = defaultdict(list)
    for paper_id, keys in paper_keys.items():
        for key in keys:
            groups[key].append(paper_id)
    slugs = assign_slugs(labels)
    return {
        key: Term(labels[key], slugs[key], tuple(groups[key]))
        for key in sorted(groups, key=lambda k: sort_key(labels[k]))
    }


def _authors(identities: Identities, listed: tuple[Person, ...]) -> dict[str, Term]:
    groups: dict[str, list[str]] = defaultdict(list)
    for paper_id, keys in identities.authors.items():
        for key in dict.fromkeys(keys):
            groups[key].append(paper_id)
    people = identities.people
    for key in [key for key, papers in groups.items() if _only_in_crowds(identities, key, papers)]:
        del groups[key]
    names = {key: identity.name.display for key, identity in people.items()}
    # An address that people.yml gives is that person's, also before their first paper.
    own = {person.key: person.key for person in listed}
    slugs = assign_slugs(own, {key: names[key] for key in groups if key not in own})
    order = sorted(groups, key=lambda key: (people[key].name.sort_key, key))
    return {key: Term(names[key], slugs[key], tuple(groups[key])) for key in order}


def _only_in_crowds(identities: Identities, key: str, papers: Sequence[str]) -> bool:
    """Whether somebody, who is not in people.yml, is on papers of crowds alone."""
    return identities.people[key].person is None and all(len(identities.authors[one]) > CROWD for one in papers)


RESERVED_SLUGS = frozenset(["page"])
"""Path segments that a list uses for its further pages."""


LONGEST_SLUG = 200
"""Characters of a path segment. File systems take 255 bytes, of which a number may need some."""


def assign_slugs(*labels: dict[str, str]) -> dict[str, str]:
    """A path segment for each key, distinct, and the same whatever the order of the keys.

    Of several ``labels``, the keys of the first choose first.
    """
    free = FreeNames(RESERVED_SLUGS)
    return {
        key: free.give(slugify(some[key])[:LONGEST_SLUG].strip("-") or "x")
        for some in labels
        for key in sorted(some, key=lambda key: (some[key], key))
    }
