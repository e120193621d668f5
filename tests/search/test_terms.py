"""The words of an index, and where it is cut, are what one finds who looks at each paper alone."""

from itertools import accumulate

from hypothesis import given
from hypothesis import strategies as st

from labpress.site.search.index import SearchTexts, abstract_terms, alphabetical, cut, shown_terms
from labpress.site.search.words import is_common, spellings_of, words_of

TEXTS = st.lists(
    st.sampled_from(
        [*"abzÅüß\u0308\u0301İΣς’'--  \n\u00a0\u3000\x1c機械\U0001d538\ufb01", "the ", "Müller ", "fine-tuning "]
    )
    | st.characters(),
    max_size=12,
).map("".join)
PAPERS = st.lists(
    st.builds(SearchTexts, TEXTS, st.lists(TEXTS, max_size=2).map(tuple), st.tuples(TEXTS), TEXTS, TEXTS), max_size=5
)


def looked_up(papers, words_in):
    """Word -> the numbers of the papers that have it, each looked at alone."""
    found = {}
    for number, paper in enumerate(papers):
        for word in words_in(paper):
            found.setdefault(word, []).append(number)
    return found


def spellings(texts):
    return set().union(*map(spellings_of, texts))


@given(PAPERS)
def test_each_word_has_the_papers_that_have_it(papers):
    fields = [
        looked_up(papers, lambda paper: spellings_of(paper.title)),
        looked_up(papers, lambda paper: spellings(paper.authors)),
        looked_up(papers, lambda paper: spellings(paper.tags)),
        looked_up(papers, lambda paper: spellings_of(paper.venue)),
    ]
    assert shown_terms(papers) == {word: [field.get(word, []) for field in fields] for word in set().union(*fields)}
    assert abstract_terms(paper.abstract for paper in papers) == looked_up(
        papers, lambda paper: {word for word in words_of(paper.abstract) if not is_common(word)}
    )


@given(PAPERS, st.lists(st.sampled_from(["", "a", "b", "fine", "muller", "z"]), max_size=4))
def test_shards_together_have_each_word_once_in_its_place(papers, bounds):
    bounds = sorted(bounds, key=alphabetical)
    shown, abstracts = shown_terms(papers), abstract_terms(paper.abstract for paper in papers)
    shards = cut(shown, abstracts, tuple(bounds), "cut")

    assert [word for shard in shards for word in shard.terms] == sorted({*shown, *abstracts}, key=alphabetical)
    for number, shard in enumerate(shards):
        for word, lists in zip(shard.terms, shard.lists, strict=True):
            assert number == sum(alphabetical(bound) <= alphabetical(word) for bound in bounds)
            whole = [*shown.get(word, [[]] * 4), abstracts.get(word, [])]
            assert lists[-1]
            assert [list(accumulate(one)) for one in lists] + [[]] * (5 - len(lists)) == whole
