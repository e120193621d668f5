"""What keeps a paper from being found is said, with the line to mend."""

import pytest

from labpress.core.codes import CODES
from labpress.core.dates import PartialDate
from labpress.core.names import Name
from labpress.entries.paper import Author, Paper
from labpress.site.readiness import MAX_PDF, PdfFile, readiness

PDF = PdfFile("papers/x/x.pdf", 1_000)


def paper(**fields) -> Paper:
    facts = {
        "id": "x",
        "path": "papers/x.md",
        "title": "T",
        "authors": (Author(Name("Berg", "Jan")),),
        "date": PartialDate(2022),
        "abstract": "An abstract.",
        "lines": {"title": 2, "date": 4, "links": 6, "body": 8},
    }
    return Paper(**(facts | fields))


def test_a_whole_paper_has_no_fault():
    assert readiness(paper(), pdf=PDF, this_year=2022) == ()


@pytest.mark.parametrize(
    ("fields", "given", "code", "line"),
    [
        ({"authors": ()}, {}, "no-author", 1),
        ({"date": None}, {}, "no-date", 1),
        ({"abstract": " \n"}, {}, "no-abstract", 1),
        ({"abstract": "", "body": "## Abstract\n\nWords."}, {}, "no-abstract", 8),
        ({"date": PartialDate(202)}, {}, "odd-year", 4),
        ({"date": PartialDate(2032)}, {"this_year": 2022}, "odd-year", 4),
        ({}, {"pdf": PdfFile("papers/x/x.pdf", MAX_PDF + 1)}, "large-pdf", 6),
        ({}, {"pdf": PdfFile("files/x.pdf", 1)}, "distant-pdf", 6),
        ({}, {"pdf": None}, "distant-pdf", 6),
    ],
)
def test_each_fault_is_said_with_its_line(fields, given, code, line):
    (fault,) = readiness(paper(**fields), **({"pdf": PDF} | given))

    assert fault.code == code
    assert code in CODES
    assert (fault.span.path, fault.span.line) == ("papers/x.md", line)
    assert fault.message.startswith("expected ")
    assert fault.help


def test_next_year_is_not_odd_and_without_a_calendar_no_year_is_late():
    assert not readiness(paper(date=PartialDate(2023)), pdf=PDF, this_year=2022)
    assert not readiness(paper(date=PartialDate(2099)), pdf=PDF)


def test_a_pdf_elsewhere_is_told_from_none():
    assert "on another site" in readiness(paper(arxiv="2206.06565"))[0].message
    assert "nowhere" in readiness(paper())[0].message
