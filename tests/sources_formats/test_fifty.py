"""The same fifty papers in every format are the same fifty records."""

import fifty
import pytest

from labpress.core.files import SourceFile
from labpress.core.names import parse_name
from labpress.sources.detect import parse_source
from labpress.sources.jsonlines import record_as_json

PAPERS = fifty.papers()
WRITTEN = {
    "bibtex": fifty.as_bibtex(PAPERS),
    "ris": fifty.as_ris(PAPERS),
    "csl": fifty.as_csl_json(PAPERS),
    "json-lines": "\n".join(map(record_as_json, PAPERS)),
    **{style: fifty.as_cards(PAPERS, style) for style in fifty.CARDS},
}


@pytest.mark.parametrize("form", WRITTEN)
def test_titles_authors_and_dates_survive(form: str) -> None:
    records, faults = parse_source(SourceFile("papers", WRITTEN[form].encode()))
    assert not faults
    assert len(records) == len(PAPERS) == 50
    for record, paper in zip(records, PAPERS, strict=True):
        assert record.title == paper.title
        assert list(map(parse_name, record.authors)) == list(map(parse_name, paper.authors))
        assert record.et_al == paper.et_al
        assert record.date == paper.date
        assert record.abstract == paper.abstract


@pytest.mark.parametrize("form", [*fifty.CARDS, "json-lines"])
def test_a_saved_page_says_all_that_the_pasted_listing_says(form: str) -> None:
    records, _faults = parse_source(SourceFile("papers", WRITTEN[form].encode()))
    keys = [
        "title",
        "authors",
        "et_al",
        "date",
        "category",
        "score",
        "has_code",
        "affiliations",
        "abstract",
        "links",
        "type",
    ]
    for record, paper in zip(records, PAPERS, strict=True):
        assert {key: getattr(record, key) for key in keys} == {key: getattr(paper, key) for key in keys}
        assert record.markup == paper.markup
