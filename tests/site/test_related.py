"""Related papers: what is shown, why, and that it is the same however it was come by."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.corpus import front_matter, make_lab
from labpress.core.files import SourceFile
from labpress.entries.entry import read_entry
from labpress.entries.key_terms import MOST as MOST_TERMS
from labpress.entries.key_terms import key_terms
from labpress.markup.settings import MarkupSettings
from labpress.site.catalog import Catalog, make_catalog
from labpress.site.related import (
    MOST,
    Compared,
    Features,
    Relation,
    Words,
    compare,
    features_of,
    listed_in,
    rarity,
    related_to,
)
from tests.conftest import TESTS

SEEDS = sorted((TESTS.parent / "site_src" / "papers").glob("*.md"))


def catalog(files: dict[str, str]) -> Catalog:
    """The catalog of the entries ``files``, id -> text, as a build reads them."""
    entries = [
        read_entry(SourceFile(f"papers/{name}.md", text.encode()), MarkupSettings()).value
        for name, text in files.items()
    ]
    return make_catalog([entry for entry in entries if entry], ()).value


@pytest.fixture(scope="module")
def fifty() -> Catalog:
    return catalog({path.stem: path.read_text(encoding="utf-8") for path in SEEDS})


# Which papers


LABELLED = [
    line.replace(":", "").split()
    for line in (TESTS / "specs" / "related" / "labelled.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


def features_in(catalog: Catalog) -> Features:
    return features_of(catalog.entries, listed_in(catalog))


def related_papers(catalog: Catalog) -> dict[str, tuple[Relation, ...]]:
    return compare(features_in(catalog)).related


def shown_together(catalog: Catalog) -> set[frozenset[str]]:
    found = related_papers(catalog).items()
    return {frozenset([paper, relation.paper]) for paper, relations in found for relation in relations}


@pytest.mark.parametrize(("label", "one", "other"), LABELLED)
def test_what_a_reader_calls_related_is_shown_and_what_is_weak_is_not(fifty, label, one, other):
    assert (frozenset([one, other]) in shown_together(fifty)) == (label == "related")


def test_most_papers_of_a_lab_have_some_and_none_has_more_than_five(fifty):
    related = related_papers(fifty)

    assert len(related) > len(fifty.entries) * 0.8
    assert {len(some) for some in related.values()} <= set(range(1, MOST + 1))


def test_a_paper_like_no_other_has_none(fifty):
    assert "ratner2019mlsys" not in related_papers(fifty)


# Why


@dataclass
class Fact:
    """Two papers of a lab of twenty, and what is said of the second on the page of the first."""

    name: str
    one: str
    other: str
    reasons: str
    """Empty: they are not related."""


TEXT = "Granular lanterns hum while copper herons weave paper harbours under glass weather."
ABSTRACTS = {"same": TEXT, "other": "Nothing."}
FACTS = [
    Fact("the same text", f"title: Herons\n---\n{TEXT}", f"title: Lanterns\n---\n{TEXT}", "similar"),
    Fact("one rare tag alone", "title: A\ntags: [herons]\n---\n", "title: B\ntags: [herons]\n---\n", ""),
    Fact(
        "two rare tags",
        "title: A\ntags: [herons, glass]\n---\n",
        "title: B\ntags: [glass, herons]\n---\n",
        "tags=glass,herons",
    ),
    Fact(
        "a rare tag and a rare author",
        "title: A\ntags: [herons]\nauthors: [Ada Quist]\n---\n",
        "title: B\ntags: [Herons]\nauthors: [A. Quist, Tom Bell]\n---\n",
        "tags=herons authors=Ada Quist",
    ),
    Fact("an author alone", "title: A\nauthors: [Ada Quist]\n---\n", "title: B\nauthors: [Ada Quist]\n---\n", ""),
    Fact(
        "an author and a tag that most papers have",
        "title: A\ntags: [common]\nauthors: [Everybody Else]\n---\n",
        "title: B\ntags: [common]\nauthors: [Everybody Else]\n---\n",
        "",
    ),
    Fact("a link", "title: A\n---\nSee [it](entry:other).", "title: B\n---\nNothing.", "links_to"),
    Fact(
        "a link back", "title: A\n---\nNothing.", "title: B\n---\nWords.\n\n## More\n\n[it](entry:one)", "linked_from"
    ),
    Fact("a word of every paper", "title: A\n---\nA novel method.", "title: A\n---\nA novel method.", ""),
    Fact("nothing at all", "title: A\n---\n", "title: B\n---\n", ""),
]


def others(number: int) -> dict[str, str]:
    text = "---\ntitle: Nr {n}\ntags: [common]\nauthors: [Everybody Else]\n---\n"
    return {f"x{n}": text.format(n=n) for n in range(number)}


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.name)
def test_each_related_paper_says_why(fact):
    lab = catalog({"one": f"---\n{fact.one}", "other": f"---\n{fact.other}", **others(18)})
    said = []
    for relation in related_papers(lab).get("one", ()):
        assert relation.paper == "other"
        said += [f"tags={','.join(relation.tags)}"] if relation.tags else []
        said += [f"authors={','.join(lab.authors[key].label for key in relation.authors)}"] if relation.authors else []
        said += [name for name in ("similar", "links_to", "linked_from") if getattr(relation, name)]
    assert " ".join(said) == fact.reasons


def test_what_is_in_twice_as_many_papers_speaks_for_one_less():
    assert [rarity(papers, 10_000) for papers in (2, 4, 8, 1000, 2503, 10_000)] == [11, 10, 9, 2, 0, 0]


# However they are come by


def test_one_paper_has_alone_what_it_has_among_all(fifty):
    related, known = related_papers(fifty), features_in(fifty)

    assert all(related_to(fifty, paper, known) == related.get(paper, ()) for paper in fifty.entries)


def test_an_edit_of_one_abstract_moves_few_of_the_others():
    files = {path.stem: path.read_text(encoding="utf-8") for path in SEEDS}
    before = related_papers(catalog(files))
    files["kim2024lexico"] += " Herons and lanterns have been seen near quantization."
    after = related_papers(catalog(files))

    assert sum(before.get(paper) != after.get(paper) for paper in files) <= 5


LABS = [paper.id for paper in make_lab(60)]
SMALL = {paper.id: front_matter(paper) for paper in make_lab(60)}
EDITS = st.one_of(
    st.tuples(st.just("delete"), st.sampled_from(LABS), st.just("")),
    st.tuples(st.just("write"), st.sampled_from([*LABS, "new"]), st.sampled_from(LABS)),
    st.tuples(st.just("append"), st.sampled_from(LABS), st.sampled_from([TEXT, "herons herons", "Sparse kernels."])),
    st.tuples(st.just("tag"), st.sampled_from(LABS), st.sampled_from(["robust kernels", "one", "two"])),
)


@settings(max_examples=25, deadline=None)
@given(st.lists(EDITS, min_size=1, max_size=6))
def test_after_any_edits_papers_compared_anew_are_as_if_all_were(edits):
    files = dict(SMALL)
    known = compare(features_in(catalog(files)))
    for verb, paper, what in edits:
        if verb == "delete":
            files.pop(paper, None)
        elif verb == "write":
            files[paper] = SMALL[what]
        elif paper in files and verb == "append":
            files[paper] += what
        elif paper in files:
            files[paper] = files[paper].replace("tags:\n", f"tags:\n  - {what}\n")
        known = compare(features_in(catalog(files)), known)

        assert known.related == related_papers(catalog(files))


def test_only_papers_that_share_what_has_changed_are_compared_anew(fifty):
    known = compare(features_in(fifty))
    untouched = Compared(known.features, dict.fromkeys(known.related, ()))
    own = known.features["wang2020federated"]
    edited = own.with_words(Words([*(set(own.words.terms) - {"matched"}), "pruning"]))
    related = compare(known.features | {"wang2020federated": edited}, untouched).related
    concerned = {
        paper for paper, features in known.features.items() if {"pruning", "matched"}.intersection(features.all)
    }

    assert related.keys() == concerned & compare(known.features).related.keys()


def test_hundreds_of_papers_are_compared_the_same_way_whatever_order_they_come_in():
    files = {paper.id: front_matter(paper) for paper in make_lab(200)}

    assert related_papers(catalog(files)) == related_papers(catalog(dict(reversed(files.items()))))


# Their words


@pytest.mark.parametrize(
    ("title", "text", "terms"),
    [
        ("Rare Gems", "Lottery tickets and a lottery.", "lottery lottery+ rare rare+ gems gems+ ticket"),
        ("", "We propose a novel method with strong results.", ""),
        ("Müllers Öfen", "", "muller muller+ ofen ofen+"),
        ("", "studies of classes, indices and stories", "class story indice"),
        ("機械学習", "", "学習 学習+ 機械 機械+ 械学 械学+"),
        ("BERTによる分類", "", "bert bert+ によ によ+ よる よる+ る分 る分+ 分類 分類+"),
        ("Λόγος², 2½ ‘λόγος’ – 4gems", "", "λογοσ λογοσ+ gems gems+"),
        ("$O(n)$ & 42", "", ""),
    ],
)
def test_terms_are_the_telling_words(title, text, terms):
    assert set(key_terms(title, text).split()) == set(terms.split())


def test_a_small_edit_of_a_long_text_changes_no_terms():
    entry = (TESTS.parent / "site_src" / "papers" / "kim2024lexico.md").read_text(encoding="utf-8")
    title, text = "Lexico", entry.rpartition("---")[2]

    assert key_terms(title, text) == key_terms(title, f"{text} We also ran it at home, and it was fun.")


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200), st.text(max_size=400))
def test_any_text_has_terms_that_can_be_read_back(title, text):
    terms = key_terms(title, text).split()

    assert len(terms) <= 2 * MOST_TERMS
    assert all(term.rstrip("+") in terms for term in terms)
