"""The index of a search: for each word, the papers that have it.

Papers are numbers, counted in the order of the list of all papers. A posting list is the list of a word's papers, each
as its distance from the one before, so that lists of common words are short once they are compressed. The words are
cut at fixed places of the alphabet into shards, so that a visitor of a large site fetches only those asked for.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from operator import sub

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


def shown_terms(papers: Sequence[SearchTexts]) -> ShownTerms:
    """The words of all that a list shows of ``papers``."""
    fields = [
        _having((paper.title.split() for paper in papers), spellings_of),
        _having((paper.authors for paper in papers), spellings_of),
        _having((paper.tags for paper in papers), spellings_of),
        _having(((paper.venue,) for paper in papers), spellings_of),
    ]
    return {word: [numbers.get(word, []) for numbers in fields] for word in set[str]().union(*fields)}


def abstract_terms(abstracts: Iterable[str]) -> AbstractTerms:
    """The words of ``abstracts``, without those that a search can do without."""
    return _having(map(str.split, abstracts), telling_words_of)


def _having(papers: Iterable[Iterable[str]], words_in: Callable[[str], set[str]]) -> dict[str, list[int]]:
    """Word -> the numbers of the ``papers`` that have it in one of their texts, ascending.

    White space is in no word, and papers share most of what is between it: ``methods,`` is looked at once.
    """
    by_text: dict[str, list[int]] = defaultdict(list)
    for number, texts in enumerate(papers):
        for text in texts:
            by_text[text].append(number)
    by_word: dict[str, list[list[int]]] = defaultdict(list)
    for text, numbers in by_text.items():
        for word in words_in(text):
            by_word[word].append(numbers)
    return {word: sorted(set[int]().union(*lists)) for word, lists in by_word.items()}


def cut(shown: ShownTerms, abstracts: AbstractTerms, bounds: tuple[str, ...], mark: str) -> tuple[SearchTerms, ...]:
    """The shards of an index, cut before the words of ``bounds``; ``mark`` says where, and of which papers."""
    words = sorted(shown.keys() | abstracts.keys(), key=alphabetical)
    starts = [bisect_left(words, alphabetical(bound), key=alphabetical) for bound in bounds]
    shards = [words[start:end] for start, end in pairwise([0, *starts, len(words)])]
    return tuple([SearchTerms(mark, shard, [_postings(word, shown, abstracts) for word in shard]) for shard in shards])


def _postings(word: str, shown: ShownTerms, abstracts: AbstractTerms) -> Postings:
    lists = [*shown.get(word, _NOWHERE), abstracts.get(word, [])]
    while not lists[-1]:
        lists.pop()
    return [distances(numbers) for numbers in lists]


def distances(numbers: Sequence[int]) -> list[int]:
    """Ascending ``numbers``, each as its distance from the one before: 3, 5, 9 as 3, 2, 4."""
    return [*map(sub, numbers, [0, *numbers])]


def likely_words(shown: ShownTerms) -> list[str]:
    """The words that a misspelt one is looked for among: those of titles, names, topics and venues."""
    return sorted(shown, key=alphabetical)
