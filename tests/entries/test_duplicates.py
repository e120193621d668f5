"""Pairs for a person to decide about, and joining two entries without losing a word."""

import pytest
from msgspec.structs import replace

from labpress.core.files import SourceFile
from labpress.entries.decisions import HEADER, Decisions, read_decisions, with_different
from labpress.entries.duplicates import Pair, join_entries, likely_duplicates
from labpress.entries.edit_text import entry_text, plain
from labpress.entries.existing import Existing
from labpress.entries.importing import plan_import
from labpress.entries.lock import read_lock, write_lock
from labpress.sources.record import Record

KEEP = """\
---
title: "LIFT: Language-Interfaced Fine-Tuning"
authors:
  - Tuan Dinh
date: 2022   # when it was new
---

We fine-tune.
"""
OTHER = """\
---
title: LIFT
authors:
  - Tuan Dinh
date: 2022
selected: true
award: Best paper
aliases: [old-lift]
---
"""


def entries(**texts):
    return {key: Existing(f"papers/{key}.md", text) for key, text in texts.items()}


def test_a_near_pair_is_listed_until_it_is_decided():
    files = entries(keep=KEEP, other=OTHER, third=KEEP.replace("LIFT", "Bounds").replace("Tuan Dinh", "Ada Quist"))

    assert likely_duplicates(files) == (Pair("keep", "other", False),)
    assert likely_duplicates(files, Decisions(frozenset([frozenset(["other", "keep"])]))) == ()


def test_two_entries_that_are_surely_one_work_are_listed_first():
    files = entries(a=KEEP, b=OTHER, c=KEEP)

    assert likely_duplicates(files)[0] == Pair("a", "c", True)


def test_what_a_person_wrote_into_the_other_comes_along():
    files = entries(keep=KEEP, other=OTHER.replace("title: LIFT\n", 'title: "LIFT: Language-Interfaced Fine-Tuning"\n'))
    joined, faults = join_entries("keep", "other", files, {})
    values = {key: plain(span.node) for key, span in entry_text(joined.text).keys.items()}

    assert faults == ()
    assert (values["award"], values["selected"], values["aliases"]) == ("Best paper", "true", ["old-lift", "other"])
    assert "selected: true\n" in joined.text
    assert "date: 2022   # when it was new\n" in joined.text


BY_HAND = """\
extra:
  cite: |  # for the poster
    @article{zed,
      title = {Zebras},
    }
  shown: true
my_todo: |
  1. ask Bo

  2. send to Zoe
files:
  - {pdf: a.pdf, n: 1}
"""


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_what_comes_along_stands_as_it_was_written(ending):
    files = entries(keep=KEEP.replace("\n", ending), other=KEEP.replace("---\n", f"---\n{BY_HAND}", 1))
    joined, faults = join_entries("keep", "other", files, {})

    assert faults == ()
    for lines in (
        "extra:" + BY_HAND.partition("extra:")[2].partition("my_todo")[0],
        BY_HAND[BY_HAND.index("my_todo") :],
    ):
        assert lines.replace("\n", ending) in joined.text


def test_nothing_is_joined_where_lines_differ_that_a_person_wrote():
    files = entries(
        keep=KEEP.replace("---\n", "---\nmy_todo: 1. ask Bo 2. send to Zoe\n", 1),
        other=KEEP.replace("---\n", f"---\n{BY_HAND}", 1),
    )
    joined, faults = join_entries("keep", "other", files, {})

    assert joined is None
    assert [(fault.code, fault.span.line) for fault in faults] == [("join-conflict", 8)]


def test_nothing_is_joined_where_two_persons_words_differ():
    joined, faults = join_entries("keep", "other", entries(keep=KEEP, other=OTHER), {})

    assert joined is None
    assert [(fault.code, fault.span.path, fault.span.line) for fault in faults] == [
        ("join-conflict", "papers/other.md", 2)
    ]
    assert (
        faults[0].message
        == 'the entries disagree about title: "LIFT" here, "LIFT: Language-Interfaced Fine-Tuning" in the other'
    )


@pytest.mark.parametrize("broken", ["keep", "other"])
@pytest.mark.parametrize("line", ["<<<<<<< ours", "date: 2019", "mine: 1\nmine: 2"])
def test_nothing_is_joined_while_one_of_the_two_is_broken(broken, line):
    files = entries(keep=KEEP, other=KEEP)
    files[broken] = Existing(f"papers/{broken}.md", KEEP.replace("date:", f"{line}\ndate:"))
    joined, faults = join_entries("keep", "other", files, {})

    assert joined is None
    assert [(fault.code, fault.span.path) for fault in faults] == [("join-conflict", f"papers/{broken}.md")]


def test_a_comment_is_not_thrown_away():
    other = KEEP.replace("title:", "# Ask Ann.\ntitle:").replace("- Tuan Dinh", "- Tuan Dinh  # of Dust #1")
    joined, faults = join_entries("keep", "other", entries(keep=KEEP, other=other), {})

    assert joined is None
    assert [(fault.code, fault.span.line, fault.message.rpartition(": ")[2]) for fault in faults] == [
        ("join-conflict", 2, '"# Ask Ann."'),
        ("join-conflict", 5, '"# of Dust #1"'),
    ]
    both = entries(keep=KEEP.replace("date:", "# Ask Ann.\n# of Dust #1\ndate:"), other=other)
    assert join_entries("keep", "other", both, {}).diagnostics == ()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", f"{HEADER}different:\n  - [a, b]\n"),
        (
            "# Ours.\ndifferent:\n- [d, c]  # Ask Ann.\n# The end.\n",
            "# Ours.\ndifferent:\n- [d, c]  # Ask Ann.\n- [a, b]\n# The end.\n",
        ),
        (
            "different:\r\n  - - c\r\n    - d  # Ask Ann.",
            "different:\r\n  - - c\r\n    - d  # Ask Ann.\r\n  - [a, b]\r\n",
        ),
        ("different: [[c, d], [e, f]] # Ours.\n", None),
        ("different: [[c, d],\r\n  [e, f]] # Ours.\r\n", None),
        ("different:  # None yet.\n", None),
        ("# Nothing.\n", "# Nothing.\ndifferent:\n  - [a, b]\n"),
    ],
)
def test_a_decision_more_leaves_what_a_person_wrote(before, after):
    text = with_different(before, "a", "b")
    known = read_decisions(SourceFile("duplicates.yml", before.encode())).value.different

    assert after is None or text == after
    assert read_decisions(SourceFile("duplicates.yml", text.encode())) == ((Decisions(known | {frozenset("ab")})), ())
    for comment in (part.partition("\n")[0].rstrip("\r") for part in before.split("#")[1:]):
        assert f"#{comment}" in text


def test_a_file_of_decisions_that_is_broken_is_left_alone():
    assert with_different("different: no\n", "a", "b") is None
    assert with_different("different: [[a\n", "a", "b") is None


def test_an_edited_text_is_not_thrown_away():
    other = KEEP.replace("We fine-tune.", "We fine-tune, and more.")
    joined, faults = join_entries("keep", "other", entries(keep=KEEP, other=other), {})

    assert joined is None
    assert [fault.span.line for fault in faults] == [7]


def test_the_sources_of_both_speak_of_the_joined_entry_from_then_on():
    """The decision is remembered: importing either source again finds the one entry, and changes nothing."""
    one = Record(title="PUFFIN: Low-Rank Models", authors=("Ada Quist",), date="2021", path="a.txt", format="listing")
    two = Record(
        title="PUFFIN",
        authors=("Ada Quist",),
        date="2022",
        type="conference",
        venue="MLSys",
        path="b.bib",
        format="BibTeX",
    )
    plan, faults = plan_import([one, two], {}, {}, ())
    assert [fault.code for fault in faults] == []
    files = entries(**plan.writes)
    (pair,) = likely_duplicates(files)
    joined, faults = join_entries(pair.one, pair.other, files, plan.lock)
    assert faults == ()
    values = {key: plain(span.node) for key, span in entry_text(joined.text).keys.items()}
    assert (values["title"], values["venue"], values["date"]) == ("PUFFIN", "MLSys", "2022")
    after = entries(**{pair.one: joined.text})

    assert set(joined.lock[pair.one].sources) == {"a.txt", "b.bib"}
    for records in ([one], [two], [two, one]):
        again, faults = plan_import(records, after, joined.lock, ())
        assert (again.writes, faults, set(again.outcomes)) == ({}, (), {pair.one})


GADGETS = (
    Record(
        title="Counting Gadgets in the Open Field",
        authors=("Bo Ek", "Cy Dole"),
        date="2021",
        type="conference",
        venue="Proc. of G",
        path="p.bib",
        format="BibTeX",
    ),
    Record(
        title="Counting Gadgets in an Open Field",
        authors=("Bo Ek", "Cy Dole"),
        date="2022",
        type="article",
        venue="JB",
        fields={"volume": "3"},
        doi="10.1234/gg",
        abstract="We look at gadgets.",
        path="p.bib",
        format="BibTeX",
    ),
)


@pytest.mark.parametrize("title", [GADGETS[0].title, GADGETS[1].title], ids=["near titles", "equal titles"])
@pytest.mark.parametrize(
    ("keep", "other", "venue"),
    [("ek2021counting", "ek2022counting", "Proc. of G"), ("ek2022counting", "ek2021counting", "JB")],
)
def test_two_papers_of_one_source_stay_joined(title, keep, other, venue):
    papers = (replace(GADGETS[0], title=title), GADGETS[1])
    plan, _faults = plan_import(papers, {}, {}, ())
    assert set(plan.writes) == {keep, other}
    joined, faults = join_entries(keep, other, entries(**plan.writes), plan.lock)
    assert faults == ()
    values = {key: plain(span.node) for key, span in entry_text(joined.text).keys.items()}
    assert (values["venue"], values["doi"]) == (venue, "10.1234/gg")
    lock = read_lock(SourceFile("labpress.lock", write_lock(joined.lock))).value
    after = {keep: Existing(f"papers/{keep}.md", joined.text)}

    for records in (papers, papers[::-1]):
        again, faults = plan_import(records, after, lock, ())
        assert (again.writes, again.lock, faults) == ({}, lock, ())
    again, faults = plan_import([replace(one, venue=f"{one.venue} of 2023") for one in papers], after, lock, ())
    assert again.writes == {keep: joined.text.replace(venue, f"{venue} of 2023")}
    assert faults == ()
