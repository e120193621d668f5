"""RIS and CSL-JSON: read back by another parser, and within what CSL's schema allows."""

import json

import pytest
import rispy

from labpress.core.dates import PartialDate
from labpress.entries.paper import TYPES, Paper
from labpress.site.citations.csl import as_csl
from labpress.site.citations.reference import reference_of
from labpress.site.citations.ris import as_ris
from tests.site.references import reference
from tests.site.test_exports import CASES

CSL_TYPES = frozenset(
    "article article-journal book chapter dataset document manuscript paper-conference patent report software speech thesis".split()
)
"""Of CSL 1.0.2, those that a paper of a lab can be."""

TEXTS = frozenset(
    "id citation-key type title genre container-title event-title event-place collection-title volume issue page number version edition"
    " publisher publisher-place ISBN ISSN DOI PMID URL language status keyword note abstract".split()
)
NAMES = frozenset(["family", "given", "non-dropping-particle", "suffix", "literal"])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_another_parser_reads_ris(case):
    ref = reference(case.given)
    (entry,) = rispy.loads(as_ris(ref, full=True))

    assert entry["title"] == ref.title
    assert len(entry["authors"]) == len(ref.authors)
    assert entry.get("doi", "") == ref.doi
    assert entry.get("start_page", "") == ref.first_page
    assert entry.get("keywords", []) == list(ref.keywords)
    assert entry.get("abstract", "") == ref.abstract


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_ris_has_its_form_line_by_line(case):
    lines = as_ris(reference(case.given), full=True).split("\r\n")

    assert lines[0].startswith("TY  - ")
    assert lines[-2:] == ["ER  - ", ""]
    assert all(line[:2].isalnum() and line[2:6] == "  - " for line in lines[:-1])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_csl_items_have_nothing_that_the_schema_does_not_know(case):
    item = as_csl(reference(case.given), full=True)

    assert item["type"] in CSL_TYPES
    for key, value in item.items():
        if key in ("author", "editor"):
            assert all(set(name) <= NAMES and all(isinstance(part, str) for part in name.values()) for name in value)
        elif key == "issued":
            assert [list(map(type, parts)) for parts in value["date-parts"]] in ([[int]], [[int] * 2], [[int] * 3])
        elif key == "custom":
            json.dumps(value)
        else:
            assert key in TEXTS, key
            assert isinstance(value, str), key


def test_line_ends_in_a_text_never_make_a_new_ris_line():
    paper = Paper(id="x", path="x.md", title="A\nTY  - BOOK", venue="V\r\nER  - ", type="article", note="N\u2028ER  - ")
    text = as_ris(reference_of(paper, abstract="One.\n\nER  - \nTwo."), full=True)

    assert [line[:2] for line in text.splitlines()] == ["TY", "ID", "TI", "T2", "N1", "AB", "ER"]


@pytest.mark.parametrize(
    ("kind", "tag"), [("article", "JOUR"), ("conference", "CPAPER"), ("preprint", "GEN"), ("thesis", "THES")]
)
def test_ris_types(kind, tag):
    assert as_ris(reference_of(Paper(id="x", path="x.md", title="T", type=kind))).startswith(f"TY  - {tag}\r\n")


def test_dates_of_every_precision():
    dates = {PartialDate(2022): "2022///", PartialDate(2022, 6): "2022/06//", PartialDate(2022, 6, 4): "2022/06/04/"}
    for date, expected in dates.items():
        ref = reference_of(Paper(id="x", path="x.md", title="T", date=date))
        assert f"DA  - {expected}\r\n" in as_ris(ref)
        assert as_csl(ref)["issued"]["date-parts"] == [[int(part) for part in date.iso.split("-")]]


def test_every_type_has_a_csl_type():
    assert {
        as_csl(reference_of(Paper(id="x", path="x.md", title="T", type=kind)))["type"] for kind in TYPES
    } <= CSL_TYPES


PAGE = "https://lab.example.org/papers/x/"


@pytest.mark.parametrize(
    ("kind", "links", "page", "expected"),
    [
        ("conference", ["publisher", "website", "review"], PAGE, "publisher"),
        ("conference", ["pdf", "website", "review"], PAGE, PAGE),
        ("conference", ["website", "review"], "", "review"),
        ("article", ["website"], "", "website"),
        ("other", ["website"], PAGE, "website"),
        ("software", ["website", "code"], PAGE, "code"),
        ("dataset", ["website"], PAGE, "website"),
        ("software", ["pdf"], PAGE, PAGE),
    ],
)
def test_a_reader_is_sent_to_the_work_then_to_its_page_then_to_anything_there_is(kind, links, page, expected):
    paper = Paper(
        id="x", path="x.md", title="T", type=kind, links={name: f"https://example.org/{name}" for name in links}
    )
    address = page if expected == page else f"https://example.org/{expected}"

    assert as_csl(reference_of(paper, url=page))["URL"] == address
    assert f"UR  - {address}\r\n" in as_ris(reference_of(paper, url=page))
