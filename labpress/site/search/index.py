"""The index of a search: for each word, the papers that have it.

Papers are numbers, counted in the order of the list of all papers. A posting list is the list of a word's papers, each
as its distance from the one before, so that lists of common words are short once they are compressed. The words are
cut at fixed places of the alphabet into shards, so that a visitor of a large site fetches only those asked for.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence

from msgspec import Struct

from labpress.site.search.words import is_common, spellings_of, telling_words_of, words_of

FIELDS = ("title", "author", "tag", "venue", "abstract")
"""What a word may stand in, in the order of ``SearchTexts`` and of the lists of an index."""
_NOWHERE: list[list[int]] = [[] for field in FIELDS if field != "abstract"]
"""What ``shown_terms`` would have for a word that stands in abstracts alone."""

WHOLE_INDEX = 1_000
"""Papers whose words make one file, of some 120 kB when compressed."""
PAPERS_PER_SHARD = 125
"""In larger sites."""


class SearchTexts(Struct, frozen=True, array_like=True):
    """The texts of one paper that a search looks into, all plain."""

    title: str
    authors: tuple[str, ...]
    tags: tuple[str, ...]
    venue: str
    """With the year."""
    abstract: str


Postings = list[list[int]]
"""For each of ``FIELDS``, up to the last that has the word: the papers, each as its distance from the one before."""


class SearchTerms(Struct, frozen=True):
    """One shard: words in alphabetical order, and their postings."""

    cut: str
    """See ``SearchIndex``."""
    terms: list[str]
    lists: list[Postings]


def shard_count(papers: int) -> int:
    """In how many files the words of so many papers are."""
    return 1 if papers <= WHOLE_INDEX else -(-papers // PAPERS_PER_SHARD)


def alphabetical(word: str) -> bytes:
    """The order of words in an index: that of JavaScript, which compares strings by their 16-bit units."""
    return word.encode("utf-16-be", "surrogatepass")


def shard_bounds(heads: Iterable[str], count: int) -> tuple[str, ...]:
    """The first word of each shard but the first, so that the words of ``heads`` fall evenly into ``count``.

    Titles tell well enough where the words of abstracts will be, and an edit of an abstract moves no bound.
    """
    words = sorted((word for text in heads for word in words_of(text) if not is_common(word)), key=alphabetical)
    return tuple([words[len(words) * number // count] for number in range(1, count)]) if words else ("",) * (count - 1)


ShownTerms = dict[str, list[list[int]]]
"""Word -> for each of ``FIELDS`` but the abstract, the numbers of the papers that have it there, ascending."""

AbstractTerms = dict[str, list[int]]
"""Word -> the numbers of the papers whose abstract has it, ascending."""


def shown_terms(papers: Iterable[SearchTexts]) -> ShownTerms:
    """The words of all that a list shows of ``papers``."""
    terms: ShownTerms = defaultdict(lambda: [[], [], [], []])
    known: dict[str, set[str]] = {}
    for number, paper in enumerate(papers):
        for field, texts in enumerate(((paper.title,), paper.authors, paper.tags, (paper.venue,))):
            for word in _spellings(texts, known):
                terms[word][field].append(number)
    return dict(terms)


def abstract_terms(abstracts: Iterable[str]) -> AbstractTerms:
    """The words of ``abstracts``, without those that a search can do without."""
    terms: AbstractTerms = defaultdict(list)
    for number, abstract in enumerate(abstracts):
        for word in telling_words_of(abstract):
            terms[word].append(number)
    return dict(terms)


def _spellings(texts: tuple[str, ...], known: dict[str, set[str]]) -> set[str]:
    """The words of ``texts``. The same names and topics come again and again."""
    found: set[str] = set()
    for text in texts:
        words = known.get(text)
        if words is None:
            words = known[text] = spellings_of(text)
        found |= words
    return found


def cut(shown: ShownTerms, abstracts: AbstractTerms, bounds: tuple[str, ...], mark: str) -> tuple[SearchTerms, ...]:
    """The shards of an index, cut before the words of ``bounds``; ``mark`` says where, and of which papers."""
    keys = [alphabetical(bound) for bound in bounds]
    shards: list[list[tuple[bytes, str]]] = [[] for _ in range(len(bounds) + 1)]
    words = shown.keys() | abstracts.keys()
    terms = {word: [*shown.get(word, _NOWHERE), abstracts.get(word, [])] for word in words}
    for word in terms:
        key = alphabetical(word)
        shards[bisect_right(keys, key)].append((key, word))
    return tuple([_shard([word for _key, word in sorted(shard)], terms, mark) for shard in shards])


def _shard(words: list[str], terms: dict[str, list[list[int]]], mark: str) -> SearchTerms:
    return SearchTerms(mark, words, [_postings(terms[word]) for word in words])


def _postings(lists: list[list[int]]) -> Postings:
    last = max(field for field, numbers in enumerate(lists) if numbers)
    return [distances(numbers) for numbers in lists[: last + 1]]


def distances(numbers: Sequence[int]) -> list[int]:
    """Ascending ``numbers``, each as its distance from the one before: 3, 5, 9 as 3, 2, 4."""
    return [numbers[0], *map(int.__sub__, numbers[1:], numbers)] if numbers else []


def likely_words(shown: ShownTerms) -> list[str]:
    """The words that a misspelt one is looked for among: those of titles, names, topics and venues."""
    return sorted(shown, key=alphabetical)
