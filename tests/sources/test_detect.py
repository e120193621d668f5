"""The format of a source is told by its content."""

from __future__ import annotations

import pytest

from labpress.core.files import SourceFile
from labpress.sources.detect import parse_source

_LISTING = b"junk\n\n97.9AIApr 10\nLearning to WalkAlice Smith, Bob Jones\nWe walk.\n"


def test_a_listing_is_known_by_its_records_whatever_its_name() -> None:
    records, diagnostics = parse_source(SourceFile("papers.bib", _LISTING), as_of=2024)
    assert [(record.title, record.date) for record in records] == [("Learning to Walk", "2024-04-10")]
    assert [one.code for one in diagnostics] == ["not-understood"]


def test_the_fallback_year_reaches_the_listing() -> None:
    assert parse_source(SourceFile("x", _LISTING), fallback_year=2021).value[0].date == "2021-04-10"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty-source"),
        (b"\xef\xbb\xbf \n", "empty-source"),
        (b"Just a few words.\nIn June 2022 we\nwent home.\n", "unknown-format"),
        (b"%PDF-1.7 ...", "not-text"),
    ],
)
def test_a_file_of_no_known_format_gives_one_diagnostic(data: bytes, code: str) -> None:
    records, diagnostics = parse_source(SourceFile("x", data))
    assert records == ()
    assert [one.code for one in diagnostics] == [code]
