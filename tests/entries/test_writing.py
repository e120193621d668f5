"""Entries are written so that people like to edit them, and read back as they were written."""

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from labpress.core.diagnostics import SourceText
from labpress.core.text import one_line, without_controls
from labpress.entries.fields import ENTRY_FIELDS
from labpress.entries.frontmatter import read_document
from labpress.entries.schema import Reader, read_mapping
from labpress.entries.writing import sentence_lines, write_entry

LIFT = """\
---
title: "LIFT: Language-Interfaced Fine-Tuning"
authors:
  - Tuan Dinh
  - name: Yuchen Zeng
    equal: true
et_al: true
date: 2022-06-14
type: preprint
arxiv: "2206.06565"
categories: [cs.LG]
tags: [language models, fine-tuning]
links:
  code: https://github.com/UW-Madison-Lee-Lab/LanguageInterfacedFineTuning
score: 97.9
---

Fine-tuning has become a norm.
"""


def test_an_entry_looks_as_a_person_would_write_it():
    values = {
        "title": "LIFT: Language-Interfaced Fine-Tuning",
        "authors": ["Tuan Dinh", {"name": "Yuchen Zeng", "equal": True}],
        "et_al": True,
        "date": "2022-06-14",
        "type": "preprint",
        "arxiv": "2206.06565",
        "categories": ["cs.LG"],
        "tags": ["language models", "fine-tuning"],
        "links": {"code": "https://github.com/UW-Madison-Lee-Lab/LanguageInterfacedFineTuning"},
        "score": 97.9,
    }

    assert write_entry(values, "Fine-tuning has become a norm.") == LIFT


@pytest.mark.parametrize(
    "word",
    [
        "no",
        "Yes",
        "on",
        "null",
        "~",
        "12:30",
        "2301.00010",
        "1e5",
        "0x1F",
        "1_000",
        ".inf",
        "-",
        "=",
        "2022-06-14",
        "",
        "3",
    ],
)
def test_words_that_other_yaml_readers_misread_are_quoted(word):
    """A lab's other tools read the same text as labpress does."""
    text = write_entry({"venue": word}, "")

    assert yaml.safe_load(text.split("---")[1]) == {"venue": word}


def test_latex_is_written_in_quotes_that_leave_backslashes_alone():
    assert (
        write_entry({"title": r"Convergence at $\mathcal{O}(1/T)$"}, "").splitlines()[1]
        == r"title: 'Convergence at $\mathcal{O}(1/T)$'"
    )


lines = (
    st.text(max_size=60)
    .map(lambda text: one_line(without_controls(text)))
    .filter(lambda text: text and text.isprintable())
)
drafts = st.fixed_dictionaries(
    {"title": lines},
    optional={
        "venue": lines,
        "volume": lines,
        "note": lines,
        "tags": st.lists(lines, min_size=1, max_size=4),
        "et_al": st.booleans(),
        "score": st.floats(0, 100).map(lambda number: round(number, 1)),
        "extra": st.dictionaries(lines, lines, min_size=1, max_size=3),
    },
)


@given(drafts)
@settings(max_examples=200, deadline=None)
def test_what_is_written_is_read_back(values):
    """Whatever a source says, the entry says the same, to labpress and to any YAML reader."""
    text = write_entry(values, "Body.")
    document, faults = read_document(SourceText("x.md", text))
    reader = Reader(document.yaml)
    found, _lines = read_mapping(reader, document.meta, ENTRY_FIELDS, {})

    assert (faults, reader.diagnostics) == ((), [])
    assert found == {key: tuple(value) if isinstance(value, list) else value for key, value in values.items()}
    assert document.body.strip() == "Body."
    assert yaml.safe_load(text.split("\n---\n")[0].removeprefix("---\n")) == values


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two? Three!", "One.\nTwo?\nThree!"),
        ("As Garg et al. Show it.", "As Garg et al. Show it."),
        ("J. Smith came. He saw.", "J. Smith came.\nHe saw."),
        ("It is $a. B$ here. Yes.", "It is $a. B$ here.\nYes."),
        ("A list (i.e. One. Two). Done.", "A list (i.e. One. Two).\nDone."),
        ("We have it. 1. First.", "We have it. 1.\nFirst."),
        ('He said "no." Then left.', 'He said "no."\nThen left.'),
        ("First part.\n\nSecond part. End.", "First part.\n\nSecond part.\nEnd."),
        ("Steps: one. # no heading. Ok.", "Steps: one. # no heading.\nOk."),
        ("", ""),
    ],
)
def test_each_sentence_stands_on_its_own_line(text, expected):
    assert sentence_lines(text) == expected


@given(st.text(st.sampled_from(list('aB .!?$()`*#1\n"-')), max_size=120))
@settings(max_examples=300, deadline=None)
def test_line_breaks_lose_no_word(text):
    assert sentence_lines(text).split() == text.split()
