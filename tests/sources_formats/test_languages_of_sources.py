"""The language of a paper, whatever its format calls it: an entry gets its tag."""

import json

import pytest

from labpress.core.files import SourceFile
from labpress.sources.bibtex import parse_bibtex
from labpress.sources.csl_json import parse_csl_json
from labpress.sources.record import Record
from labpress.sources.refer import parse_refer
from labpress.sources.ris import parse_ris


def only_record(parse, text: str) -> Record:
    (record,), _faults = parse(SourceFile("file", text.encode()))
    return record


def of_language(language: str) -> list[Record]:
    """A paper in ``language``, in several formats."""
    csl = json.dumps([{"id": "a", "type": "book", "title": "Ein Ding", "language": language}])
    return [
        only_record(parse_bibtex, f"@book{{a, title = {{Ein Ding}}, language = {{{language}}}}}"),
        only_record(parse_csl_json, csl),
        only_record(parse_refer, f"%0 Book\n%T Ein Ding\n%G {language}\n"),
        only_record(parse_ris, f"TY  - BOOK\nTI  - Ein Ding\nLA  - {language}\nER  - \n"),
    ]


@pytest.mark.parametrize(("language", "tag"), [("German", "de"), ("ger", "de"), ("pt_BR", "pt-BR")])
def test_a_language_becomes_its_tag(language, tag):
    assert [record.fields["language"] for record in of_language(language)] == [tag] * 4


def test_a_word_for_no_known_language_is_kept_and_told():
    for record in of_language("Klingon"):
        assert "language" not in record.fields
        assert record.extra["language"] == "Klingon"
        assert [fault.message for fault in record.warnings] == ['expected a language, found "Klingon"']
