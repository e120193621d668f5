"""Safe fixes: what has one right answer is mended, and nothing beside it is touched."""

import pytest

from labpress.core.files import SourceFile
from labpress.entries.entry import read_entry
from labpress.entries.fixes import fixed
from labpress.markup.settings import MarkupSettings


def codes(text):
    return [fault.code for fault in faults(text)]


def faults(text):
    return read_entry(SourceFile("papers/x.md", text.encode()), MarkupSettings()).diagnostics


def mended(text):
    return fixed(text, faults(text), codes)


def entry(*lines):
    return "\n".join(["---", *lines, "---", "", "Text: titel, 14 June 2022.", ""])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('titel: "A: b" # mine', 'title: "A: b" # mine'),
        ("'titel': x", "'title': x"),
        ("title: x\nauhtors:\n  - Ada Quist  # first", "title: x\nauthors:\n  - Ada Quist  # first"),
        ("title: x\njournal: Nature", "title: x\nvenue: Nature"),
        ("title: x\nauthors:\n  - name: Ada\n    eqaul: true", "title: x\nauthors:\n  - name: Ada\n    equal: true"),
        ("title: x\ndate: 14 June 2022", "title: x\ndate: 2022-06-14"),
        ("title: x\ndate: '2022/06/14' # sure", "title: x\ndate: 2022-06-14 # sure"),
        ('title: x\ndate: "Jun. 14, 2022"', "title: x\ndate: 2022-06-14"),
        ("title: x\ndate: June 2022", "title: x\ndate: 2022-06"),
        ("title: x\ndate: 2022/6", "title: x\ndate: 2022-06"),
        ("title: x\ndaet: June 14", "title: x\ndate: June 14"),
        ("titel: x\ndaet: 2022\ntgas: [dust]", "title: x\ndate: 2022\ntags: [dust]"),
        ("title: Mu\u0308ller", "title: Müller"),
    ],
)
def test_what_has_one_right_answer_is_mended(before, after):
    assert mended(entry(before)) == entry(after)


@pytest.mark.parametrize(
    "line",
    [
        "date: 3/4/2022",  # March or April.
        "date: 2022-02-30",
        "date: Summer 2022",
        "date: June/July 2022",
        "date: published in June 2022",
        "date: June 22",
        "date: 2022-06-14 to 2022-06-18",
        "date: soon",
        "venue: Science\njournal: Nature",  # There is one already.
        "author: Ada\nauthers: [Bo, Cy]",
        "authors: [Ada*]",
        "colour: red",
        "doi: 10.1/x y",
    ],
)
def test_what_has_several_answers_or_none_is_left_alone(line):
    text = entry("title: x", *line.split("\n"))

    assert mended(text) == text


def test_a_name_of_a_file_and_an_address_stay_as_they_are_written():
    apart = "Mu\u0308ller"
    text = entry("titel: x") + f"{apart}: [talk]({apart}.pdf), [home](https://example.org/{apart})"
    after = entry("title: x") + f"Müller: [talk]({apart}.pdf), [home](https://example.org/{apart})"

    assert fixed(text, faults(text), codes, {f"{apart}.pdf"}) == after


def test_line_ends_stay_as_they_are():
    assert mended(entry("titel: x", "date: 2022/06/14").replace("\n", "\r\n")) == entry(
        "title: x", "date: 2022-06-14"
    ).replace("\n", "\r\n")


def test_a_place_that_is_not_in_the_text_any_more_is_left_alone():
    text = entry("titel: x")

    assert fixed(entry("name: x"), faults(text), lambda _tried: []) == entry("name: x")
