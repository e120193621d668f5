"""A record as one line of JSON."""

from __future__ import annotations

import json

from labpress.core.diagnostics import Diagnostic, Span
from labpress.sources.jsonlines import record_as_json
from labpress.sources.record import Record

_KEYS = (
    "title authors et_al date category score has_code affiliations abstract links warnings"
    " id type venue doi arxiv tags"
).split()  # fmt: skip


def test_what_is_not_said_is_null_or_empty() -> None:
    read = json.loads(record_as_json(Record(title="T")))
    assert list(read)[: len(_KEYS)] == _KEYS
    assert {key: read[key] for key in _KEYS} == dict.fromkeys(_KEYS, "") | {
        "title": "T", "authors": [], "et_al": False, "date": None, "category": None, "score": None, "has_code": False,
        "affiliations": [], "links": {}, "warnings": [], "tags": [],
    }  # fmt: skip


def test_texts_stay_as_they_are_on_one_line() -> None:
    record = Record(
        title='Größe von $\\mu$ und "mehr"',
        authors=("José Müller", "张三"),
        et_al=True,
        date="2022-06-14",
        category="cs.LG",
        score=97.9,
        has_code=True,
        affiliations=("cmu",),
        abstract="a\tb",
        links={"code": "https://github.com/a/b"},
        warnings=(
            Diagnostic("no-year", "no date names a year", Span("seeds/x.txt", 4, 2)),
            Diagnostic("no-year", "no place"),
        ),
    )
    text = record_as_json(record)
    assert "\n" not in text
    assert "José Müller" in text
    read = json.loads(text)
    assert read["title"] == record.title
    assert read["authors"] == list(record.authors)
    assert read["score"] == 97.9
    assert read["links"] == {"code": "https://github.com/a/b"}
    assert read["warnings"] == ["seeds/x.txt:4:2: no date names a year", "no place"]
