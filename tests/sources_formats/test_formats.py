"""The other formats, found by their content alone: every file of the specs is called .txt."""

import json
from pathlib import Path

import pytest
from test_bibtex_files import said

from labpress.core.files import SourceFile
from labpress.sources.detect import parse_source

SPECS = Path(__file__).parents[1] / "specs" / "formats"
CASES = sorted(path.stem for path in SPECS.glob("*.txt"))


@pytest.mark.parametrize("name", CASES)
def test_format(name: str) -> None:
    truth = json.loads((SPECS / f"{name}.json").read_text())
    records, faults = parse_source(SourceFile(f"{name}.txt", (SPECS / f"{name}.txt").read_bytes()))
    assert [said(record, true) for record, true in zip(records, truth["records"], strict=False)] == truth["records"]
    assert [record.title for record in records] == [true["title"] for true in truth["records"]]
    assert [[fault.code, fault.span.line] for fault in faults] == truth["faults"]
    assert {record.format for record in records} <= {truth["format"]}


def test_every_truth_has_its_file() -> None:
    assert {path.stem for path in SPECS.glob("*.json")} == set(CASES)


def test_a_file_of_no_format_is_refused_by_name_of_those_there_are() -> None:
    records, (fault,) = parse_source(SourceFile("x.bib", b"Nothing to see here.\n"))
    assert not records
    assert fault.code == "unknown-format"
    assert "BibTeX" in fault.help
