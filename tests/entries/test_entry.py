"""One Markdown file to one entry, and every fault of one file to one diagnostic with its place."""

from pathlib import Path

import pytest

from labpress.core.dates import PartialDate
from labpress.core.files import SourceFile
from labpress.core.names import Name
from labpress.edges.report import as_text
from labpress.entries.entry import entry_id_of, read_entries, read_entry, split_abstract
from labpress.entries.fields import ENTRY_FIELDS
from labpress.entries.paper import Author, Paper
from labpress.markup.settings import MarkupSettings
from tests.spec_files import cases, check

SPECS = Path(__file__).parent.parent / "specs" / "entries"


def read(text: str, name: str = "lift"):
    return read_entry(SourceFile(f"papers/{name}.md", text.encode()), MarkupSettings())


@pytest.mark.parametrize("case", cases(SPECS / "faults.md"), ids=lambda case: case.title)
def test_each_fault_has_its_diagnostic(case):
    entry, diagnostics = read(case.given)
    outcome = "read\n" if entry else "not read\n"

    check(case, outcome + "".join(f"{as_text(one)}\n" for one in diagnostics))


def test_files_that_are_read_together_are_read_alike():
    given = [case.given.encode() for case in cases(SPECS / "faults.md")] + [b"\xff\x00", b"---\n" + b"x" * 12_000_000]
    files = [SourceFile(f"papers/{name}.md", data) for data in given for name in ("lift", "con", "a b")]

    together = read_entries(files, MarkupSettings())

    assert together == [read_entry(file, MarkupSettings()) for file in files]
    assert any(one.value for one in together)


WHOLE = """\
---
title: "LIFT: Language-*Interfaced*"
authors:
  - Tuan Dinh
  - name: van der Berg, Jan
    orcid: https://orcid.org/0000-0002-1825-0097
    corresponding: true
  - organisation: Gemini Team
date: 2022-06
venue: NeurIPS 2022
doi: https://doi.org/10.48550/arXiv.2206.06565
category: LG
tags: language models
links: {arxiv: "https://arxiv.org/abs/2206.06565v2", code: https://github.com/a/b}
---

An abstract with $x$.

## More

Else.
"""


@pytest.mark.parametrize("nothing", ["", " ~", " null"])
def test_a_key_without_a_value_is_as_if_it_were_not_there(nothing):
    keys = "".join(f"{key}:{nothing}\n" for key in ENTRY_FIELDS if key != "title")

    assert read(f"---\ntitle: LIFT\n{keys}---\n")[1] == read("---\ntitle: LIFT\n---\n")[1]
    assert read(f"---\ntitle: LIFT\n{keys}---\n")[0].paper.tags == ()


def test_a_whole_entry_is_read():
    entry, diagnostics = read(WHOLE)
    paper = entry.paper

    assert diagnostics == ()
    assert paper.id == "lift"
    assert paper.authors == (
        Author(Name("Dinh", "Tuan")),
        Author(Name("Berg", "Jan", "van der"), orcid="0000-0002-1825-0097", corresponding=True),
        Author(Name("Gemini Team", literal=True)),
    )
    assert paper.date == PartialDate(2022, 6)
    assert paper.doi == "10.48550/arXiv.2206.06565"
    assert paper.categories == ("cs.LG",)
    assert paper.tags == ("language models",)
    assert paper.links == {"code": "https://github.com/a/b"}
    assert paper.arxiv.startswith("2206.06565")
    assert paper.type == "conference"
    assert paper.abstract == "An abstract with $x$."
    assert paper.body == "## More\n\nElse."
    assert entry.title.text == "LIFT: Language-Interfaced"
    assert "<math" in entry.abstract.html.source


def test_every_key_of_the_front_matter_has_its_field():
    assert not set(ENTRY_FIELDS) - set(Paper.__struct_fields__)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("venue: NeurIPS 2022", "conference"),
        ("venue: Journal of Machine Learning Research", "article"),
        ("{venue: TMLR}", "article"),
        ("venue: Physical Review Letters", "article"),
        ("venue: Whatever\nvolume: 3", "article"),
        ("venue: arXiv preprint", "preprint"),
        ('arxiv: "2206.06565"', "preprint"),
        ("categories: [cs.LG]", "preprint"),
        ("institution: MIT", "report"),
        ("booktitle: Proceedings of X", "conference"),
        ("note: x", "other"),
        ("type: Journal article", "article"),
    ],
)
def test_the_type_follows_from_what_is_said(fields, expected):
    fields = fields.strip("{}")

    assert read(f"---\ntitle: x\n{fields}\n---\n").value.paper.type == expected


@pytest.mark.parametrize(
    ("body", "abstract"),
    [
        ("All of it.", "All of it."),
        ("A.\n\n# B\n\nC.", "A.\n\n"),
        ("```\n# no heading\n```\n\n## Yes", "```\n# no heading\n```\n\n"),
        ("~~~py\n# no\n", "~~~py\n# no\n"),
        ("#hashtag is text", "#hashtag is text"),
        ("## At once", ""),
    ],
)
def test_the_abstract_ends_at_the_first_heading(body, abstract):
    assert body[: split_abstract(body)] == abstract


def test_the_abstract_uses_what_is_defined_below_it():
    defined = "[code]: https://c.org\n[^1]: As of\n  2024.\n"
    entry, faults = read(f"---\ntitle: x\n---\n[Code][], $x$ and a note[^1].\n\n## More\n\nText.\n\n{defined}")
    assert not faults
    assert '<a href="https://c.org">Code</a>' in entry.abstract.html.source
    assert '<li id="abstract-fn:1">\n<p>As of\n  2024.' in entry.abstract.html.source
    assert entry.body.html.source == '<h2 id="more">More</h2>\n<p>Text.</p>'


def test_the_text_below_uses_what_the_abstract_defines():
    entry, _ = read("---\ntitle: x\n---\nA.\n\n[c]: https://c.org\n[^n]: Below.\n\n## More\n\nA [code][C] and[^n].\n")
    assert '<a href="https://c.org">code</a>' in entry.body.html.source
    assert "Below." in entry.body.html.source
    assert entry.abstract.html.source == "<p>A.</p>"


def test_a_note_of_both_parts_is_below_both_and_code_defines_nothing():
    entry, _ = read("---\ntitle: x\n---\nA[^n] b[^c].\n\n## More\n\nB[^n].\n\n[^n]: Both.\n\n```\n[^c]: code\n```\n")
    assert "Both." in entry.abstract.html.source
    assert "Both." in entry.body.html.source
    assert "b[^c]" in entry.abstract.html.source


def test_a_fault_in_what_the_abstract_takes_from_below_has_the_place_where_it_stands():
    _, faults = read("---\ntitle: x\n---\nA[^n].\n\n## More\n\nText.\n\n[^n]: $\\unknown$ here.\n")
    assert [(fault.span.line, fault.span.column) for fault in faults] == [(10, 7)]


@pytest.mark.parametrize("name", ["dinh2022lift", "müller2020", "a.b-c_d", "2022", "王2020"])
def test_a_good_file_name_is_the_id(name):
    assert entry_id_of(f"papers/{name}.md") == (name, ())


@pytest.mark.parametrize(
    "name", ["CON", "aux", "com1", "a b", "-x", "a\u202eb", "🎉", "x" * 200, "a?b", "a\u200bb", "lpt9.x"]
)
def test_a_file_name_that_cannot_be_an_address_is_an_error_with_a_proposal(name):
    _id, (fault,) = entry_id_of(f"papers/{name}.md")

    assert fault.code == "bad-id"
    assert fault.help.startswith("rename the file")


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_line_ends_and_byte_order_marks_do_not_matter(line_end):
    data = b"\xef\xbb\xbf" + WHOLE.replace("\n", line_end).encode()
    entry, diagnostics = read_entry(SourceFile("papers/lift.md", data), MarkupSettings())

    assert diagnostics == ()
    assert entry == read(WHOLE).value
