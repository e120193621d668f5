"""An entry taken apart: together again it is what it was, and its head has nothing that a title or a text changes."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from worlds import Lab, paper

from labpress.build.heads import put_together, read_all_parts, take_apart
from labpress.core.files import SourceFile
from labpress.core.withheld import WithheldError
from labpress.entries.entry import read_entry
from labpress.markup.settings import MarkupSettings

TEXTS = (
    "",
    "Plain words.",
    "Math $x_1$ and *stars*.\n\n## More\n\nA section.",
    "See [it](entry:other2020x).",
    "![A figure](figure.png)",
    "<img src='https://example.org/x.png'>",
    "Words.\n\n## Files\n\n[slides](slides.pdf)",
    "# Only a section",
)


def file(abstract: str, title: str = "X", name: str = "a2020x") -> SourceFile:
    return SourceFile(f"papers/{name}.md", paper(title, authors="[Ann Bee]", abstract=abstract).encode())


def parts_of(one: SourceFile):
    ((parts, _faults),) = read_all_parts([one], MarkupSettings())
    return parts


@pytest.mark.parametrize("text", TEXTS)
def test_what_is_taken_apart_can_be_put_together(text):
    entry = read_entry(file(text), MarkupSettings()).value

    assert put_together(*take_apart(entry)) == entry


@settings(max_examples=60, deadline=None)
@given(st.text(st.sampled_from("ab $*[]()!<>#\n_`\\"), max_size=60))
def test_whatever_the_text_is(text):
    entry = read_entry(file(text), MarkupSettings()).value

    assert put_together(*take_apart(entry)) == entry


def mark(text: str, **more: str) -> bytes:
    return parts_of(file(text, **more)).mark


def test_an_edit_of_a_text_that_refers_to_nothing_leaves_the_mark():
    assert mark("Some words.") == mark("Other words, with $x$.\n\nAnd more.") == mark("Words.\n\n## And a section\n\nx")


def test_an_edit_of_the_title_leaves_the_mark_too():
    before, after = (parts_of(file("Words.", title=title)) for title in ("X", "*Y* of $x$"))

    assert before.mark == after.mark
    assert before.title_mark != after.title_mark


def test_a_plan_that_asks_a_head_for_its_title_is_at_fault():
    head = parts_of(file("Words.")).head

    for use in (lambda title: title.text, str, bool, "{}".format, msgspec.json.encode):
        with pytest.raises((WithheldError, TypeError)):
            use(head.title)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (("Words.", {}), ("Words.", {"title": "Y $\\\\nosuchcommand{x}$"})),
        (("Words.", {}), ("Words.", {"title": "Y", "name": "b2020x"})),
        (("Words.", {}), ("[it](entry:other2020x)", {})),
        (("![a](a.png)", {}), ("![b](a.png)", {})),
        (("Words.", {}), ("Words $\\nosuchcommand{x}$.", {})),
    ],
)
def test_whatever_else_changes_the_mark(before, after):
    assert mark(before[0], **before[1]) != mark(after[0], **after[1])


def test_lists_that_show_the_first_words_of_abstracts_follow_them():
    lab = Lab({"site.yml": "options: {show_summary: true}\n", "papers/a2020x.md": paper("X", abstract="First words.")})
    lab.templates["card.html"] = "{{ card.summary }}"
    themed = {**lab.base.themes["journal"], "theme.yml": b"options: {show_summary: {type: boolean}}\n"}
    lab.base = type(lab.base)("plain", True, lab.base.templates, {"journal": themed})
    lab.build()
    assert b"First words." in lab.site()["papers/index.html"]

    lab.files["papers/a2020x.md"] = paper("X", abstract="Other words.")
    lab.build()

    assert b"Other words." in lab.site()["papers/index.html"]
    assert lab.site() == lab.clean_site()
