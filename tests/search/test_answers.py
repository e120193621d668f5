"""What a search finds: exactly what a plain search of the texts finds, and what was meant by a misspelt one."""

import json
import random
import re

import pytest
from msgspec import convert
from playwright.sync_api import Error

from labpress.site.search.index import FIELDS, SearchTexts
from labpress.site.search.words import is_common, spellings_of, words_of
from tests.conftest import TESTS, build_site
from tests.search.conftest import SPECS, files_of, open_index, search

BOUNDS = ("alpha", "data", "f", "l", "model", "network", "s", "tr")
ID = re.compile(r'<h3 dir="auto"><a href="\.\./\.\./papers/([^/"]+)/"')


@pytest.fixture(scope="module")
def fifty(tmp_path_factory):
    """The files of the index of the example site, as they are published."""
    site = tmp_path_factory.mktemp("fifty") / "_site"
    build_site(TESTS.parent / "site_src", site)
    folder = site / "search"
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def numbered(files, folder):
    return [
        data
        for _at, data in sorted(
            (int(name.split("/")[1].split(".")[0]), data) for name, data in files.items() if name.startswith(folder)
        )
    ]


@pytest.fixture(scope="module")
def papers(fifty):
    """The texts of the fifty papers, in their order."""
    return tuple(convert(one, SearchTexts) for data in numbered(fifty, "texts/") for one in json.loads(data)["papers"])


@pytest.fixture(scope="module")
def years(fifty):
    return tuple(year for year, count in json.loads(fifty["index.json"])["years"] for _ in range(count))


def parts_of(paper):
    """Field -> its texts."""
    return dict(
        zip(FIELDS, ((paper.title,), paper.authors, paper.tags, (paper.venue,), (paper.abstract,)), strict=True)
    )


def spellings_in(paper, field):
    texts = parts_of(paper)[field]
    if field == "abstract":
        return {word for word in words_of(texts[0]) if not is_common(word)}
    return set().union(*map(spellings_of, texts)) if texts else set()


def has_word(paper, word, fields):
    """Whether one of the fields has a word that is ``word`` or, from three letters on, begins with it."""
    return any(
        found == word or (len(word) > 2 and found.startswith(word))
        for field in fields
        for found in spellings_in(paper, field)
    )


def has_phrase(paper, words, fields):
    return any(
        f" {' '.join(words)} " in f" {' '.join(words_of(text))} " for field in fields for text in parts_of(paper)[field]
    )


class Query:
    """A query made by chance from the words of a paper, with what it means."""

    def __init__(self, dice, papers):
        self.texts, self.tests = [], []
        paper = dice.choice(papers)
        for _ in range(dice.randint(1, 3)):
            dice.choice((self.add_word, self.add_word, self.add_field, self.add_phrase, self.add_years))(dice, paper)

    def add(self, text, test):
        self.texts.append(text)
        self.tests.append(test)

    def word(self, dice, paper, fields):
        words = [word for field in fields for text in parts_of(paper)[field] for word in words_of(text)]
        words = [word for word in words if len(word) > 3 and not is_common(word)] or ["nothing"]
        word = dice.choice(words)
        return word[: dice.randint(3, len(word))] if dice.random() < 0.5 else word

    def add_word(self, dice, paper):
        word = self.word(dice, paper, FIELDS)
        self.add(word.upper() if dice.random() < 0.3 else word, lambda one, _year: has_word(one, word, FIELDS))

    def add_field(self, dice, paper):
        field = dice.choice(FIELDS[:4])
        word = self.word(dice, paper, (field,))
        self.add(f"{field}:{word}", lambda one, _year: has_word(one, word, (field,)))

    def add_phrase(self, dice, paper):
        words = words_of(dice.choice((paper.title, paper.abstract, *paper.authors)))
        at = dice.randrange(max(1, len(words) - 1))
        part = words[at : at + dice.randint(2, 4)]
        if len(part) > 1 and not all(map(is_common, part)):
            self.add(f'"{" ".join(part)}"', lambda one, _year: has_phrase(one, part, FIELDS))

    def add_years(self, dice, _paper):
        first = dice.randint(2017, 2026)
        last = dice.choice((first, first + 2))
        self.add(f"year:{first}-{last}" if last != first else f"year:{first}", lambda _one, year: first <= year <= last)

    def answers(self, papers, years):
        """A plain search: every paper is looked at."""
        return [at for at, paper in enumerate(papers) if all(test(paper, years[at]) for test in self.tests)]


@pytest.mark.parametrize("bounds", [(), BOUNDS], ids=["one file", "nine files"])
def test_answers_are_those_of_a_plain_search(engine, papers, years, bounds):
    """200 queries made by chance: words, beginnings, words of a field, phrases, years."""
    dice = random.Random(9)
    open_index(engine, files_of(papers, bounds, years))
    queries = [Query(dice, papers) for _ in range(200)]
    queries = [query for query in queries if query.texts]
    expected = {" ".join(query.texts): query.answers(papers, years) for query in queries}
    # An exact search that finds nothing is followed by one for similar words, which is no part of this.
    found = {text: sorted(search(engine, text)) for text, numbers in expected.items() if numbers}

    assert found == {text: numbers for text, numbers in expected.items() if numbers}
    assert len(found) > 120


def test_misspelt_queries_find_what_was_meant(engine, fifty):
    """Of fifty, at least 45 among the first five."""
    ids = [found for data in numbered(fifty, "cards/") for found in ID.findall(data.decode())]
    labelled = [line.split(maxsplit=1) for line in (SPECS / "misspelt.txt").read_text(encoding="utf-8").splitlines()]
    open_index(engine, {name: data for name, data in fifty.items() if name.endswith(".json")})
    missed = [query for paper, query in labelled if ids.index(paper) not in search(engine, query)[:5]]

    assert len(labelled) == len(ids) == 50
    assert len(missed) <= 5, missed


LAB = (
    SearchTexts(
        "Sparse kernels for José",
        ("José Müller", "Ann O'Brien"),
        ("Fine-tuning",),
        "ICML 2021",
        "We study dense graphs.",
    ),
    SearchTexts("Dense graphs", ("Jana Mueller",), ("privacy",), "NeurIPS 2020", "Sparse kernels, and graphs of them."),
    SearchTexts("Kernels that are sparse", ("An Wang",), (), "", "A kernel is not dense."),
)
SMALL = [
    ("jose", [0]), ("José", [0]), ("JOSE", [0]), ("muller", [0]), ("mueller", [0, 1]), ("Müller", [0, 1]),
    ("obrien", [0]), ("o'brien", [0]), ("finetuning", [0]), ("fine-tuning", [0]),
    ("sparse kern", [0, 2, 1]), ('"sparse kernels"', [0, 1]), ('"sparse kern', [0, 1]), ('"kernels sparse"', []),
    ("title:sparse", [0, 2]), ("author:wang", [2]), ("tag:privacy", [1]), ("venue:icml", [0]), ("tag:sparse", []),
    ("year:2020", [1]), ("year:2020-", [0, 1]), ("year:-2020", [1]), ("year:2020-2021 dense", [1, 0]), ("2021", [0]),
    ("the of", []), ("kernels that are", [2, 0, 1]), ("krenels", [0, 2, 1]), ("", [0, 1, 2]), ("   ", [0, 1, 2]),
    ('"', [0, 1, 2]), ("year:", []), ("year:2021-2020 dense", [1, 0]), ("year: 2020", [1]), ("author:  wang", [2]),
    ("“kernels sparse”", []), ("„sparse kernels“", [0, 1]), ("«sparse kernels»", [0, 1]), ("title: “sparse kernels”", [0]), ("((((", [0, 1, 2]),
]  # fmt: skip


@pytest.mark.parametrize(("query", "expected"), SMALL, ids=[query or "nothing" for query, _expected in SMALL])
def test_a_small_lab_is_searched(engine, query, expected):
    open_index(engine, files_of(LAB, years=(2021, 2020, 0)))

    assert search(engine, query) == expected


def test_only_files_with_the_words_asked_for_are_fetched(engine, papers, years):
    open_index(engine, files_of(papers, BOUNDS, years))
    search(engine, "transformers attention")

    assert sorted(engine.evaluate("fetched")) == ["terms/1.json?v", "terms/8.json?v"]


def test_a_file_of_another_index_is_fetched_past_all_caches_once(engine):
    files = files_of(LAB, years=(2021, 2020, 0))
    older = files["terms/0.json"].replace(b'"cut":"c"', b'"cut":"older"').replace(b"sparse", b"coarse")
    open_index(engine, files, {"terms/0.json": older})

    assert search(engine, "sparse kern") == [0, 2, 1]
    assert engine.evaluate("fetched") == ["terms/0.json?v"] * 2


def test_numbers_of_another_index_are_never_taken(engine):
    files = files_of(LAB, years=(2021, 2020, 0))
    open_index(engine, files | {"texts/0.json": files["texts/0.json"].replace(b'"order":"o"', b'"order":"other"')})

    with pytest.raises(Error, match=re.escape("texts/0.json is of another index")):
        search(engine, '"sparse kernels"')


@pytest.mark.parametrize("query", ["a" * 5000, '"' * 3000, "year:" * 1000, "x " * 2000, "é" * 4000])
def test_a_hostile_query_costs_little(engine, papers, years, query):
    open_index(engine, files_of(papers, years=years))
    spent = engine.evaluate(
        "async (query) => { const start = performance.now(); await opened.search(query); return performance.now() - start }",
        query,
    )

    assert spent < 5000
