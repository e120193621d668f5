"""Whether two descriptions are of one work: a labelled set, and the laws of the measure behind it."""

from difflib import SequenceMatcher
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from labpress.entries.matching import compare, read_work
from labpress.entries.titles import ratio
from labpress.entries.work_index import WorkIndex

SPECS = Path(__file__).parent.parent / "specs" / "matching"
VERDICTS = {"same", "near", "different"}


def pairs():
    for path in sorted(SPECS.glob("*.yml")):
        spec = yaml.safe_load(path.read_text(encoding="utf-8"))
        for pair in spec["pairs"]:
            ((verdict, why),) = ((key, pair[key]) for key in pair if key in VERDICTS)
            sides = [
                {key: value for key, value in {**spec["defaults"], **pair[side]}.items() if value is not None}
                for side in ("one", "other")
            ]
            yield pytest.param(verdict, *sides, id=f"{path.stem}: {why}")


PAIRS = list(pairs())


def test_there_are_enough_pairs_to_trust_the_thresholds():
    assert len(PAIRS) >= 95
    assert len({pair.id for pair in PAIRS}) == len(PAIRS)


@pytest.mark.parametrize(("verdict", "one", "other"), PAIRS)
def test_pairs_are_judged_as_a_person_judged_them(verdict, one, other):
    """In both directions, and the same through the index as face to face."""
    mine, theirs = read_work(one), read_work(other)
    index = WorkIndex()
    index.add("other", theirs)
    found = index.find(mine)

    assert (compare(mine, theirs), compare(theirs, mine)) == (verdict, verdict)
    assert ("same" if found.same else "near" if found.near else "different") == verdict


def longest_common_subsequence(one, other):
    row = [0] * (len(other) + 1)
    for char in one:
        before = row[:]
        for at, there in enumerate(other, start=1):
            row[at] = before[at - 1] + 1 if char == there else max(before[at], row[at - 1])
    return row[-1]


@given(st.text("abcé", max_size=12), st.text("abcé", max_size=12))
@settings(deadline=None, max_examples=200)
def test_the_ratio_is_twice_the_common_subsequence_by_all_letters(one, other):
    total = len(one) + len(other)

    assert ratio(one, other) == pytest.approx(200 * longest_common_subsequence(one, other) / total if total else 100)
    assert ratio(one, other) >= 100 * SequenceMatcher(None, one, other, autojunk=False).ratio() - 1e-9


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"title": 3, "authors": "Ana", "date": None},
        {"title": "<" * 9000},
        {"title": "$" * 9000, "authors": [{}, 7, ""]},
    ],
)
def test_values_of_any_form_are_read(values):
    assert compare(read_work(values), read_work(values)) in VERDICTS


def test_a_block_too_large_to_tell_anything_is_not_searched():
    """Ten thousand papers of one first author in one year must not be compared with each other."""
    index = WorkIndex()
    for number in range(300):
        index.add(f"p{number}", read_work({"title": f"Leaves of tree {number:03}", "authors": ["A B"], "date": "2020"}))

    assert index.find(read_work({"title": "Leaves of tree 007", "authors": ["A B"], "date": "2020"})).same == ("p7",)
    assert index.find(read_work({"title": "Leave of tree 007", "authors": ["A B"], "date": "2020"})).near == ()
