"""BibTeX as found in the wild: one file for each construct, its truth beside it, checked by hand."""

import json
from pathlib import Path

import pytest

from labpress.core.decoding import decode
from labpress.core.files import SourceFile
from labpress.sources.bibtex import looks_like_bibtex, parse_bibtex
from labpress.sources.record import Record

SPECS = Path(__file__).parents[1] / "specs" / "bibtex"
CASES = sorted(path.stem for path in SPECS.glob("*.bib"))


def said(record: Record, truth: dict[str, object]) -> dict[str, object]:
    """What ``record`` says of the keys that the truth names; of ``lines``, only the fields named there."""
    found = {}
    for key, value in truth.items():
        actual = getattr(record, key)
        if isinstance(actual, tuple):
            actual = list(actual)
        if key == "lines" and isinstance(value, dict):
            actual = {name: actual.get(name) for name in value}
        found[key] = actual
    return found


@pytest.mark.parametrize("name", CASES)
def test_bibtex(name: str) -> None:
    truth = json.loads((SPECS / f"{name}.json").read_text())
    records, faults = parse_bibtex(SourceFile(f"{name}.bib", (SPECS / f"{name}.bib").read_bytes()))
    assert [said(record, true) for record, true in zip(records, truth["records"], strict=False)] == truth["records"]
    assert [record.title for record in records] == [true["title"] for true in truth["records"]]
    assert [[fault.code, fault.span.line] for fault in faults] == truth["faults"]
    for record in records:
        assert set(record.warnings) <= set(faults)


def test_every_truth_has_its_file_and_there_are_more_than_sixty_entries() -> None:
    assert {path.stem for path in SPECS.glob("*.json")} == set(CASES)
    assert sum(len(json.loads((SPECS / f"{name}.json").read_text())["records"]) for name in CASES) > 60
    for name in CASES:
        file = SourceFile(name, (SPECS / f"{name}.bib").read_bytes())
        assert looks_like_bibtex(decode(file).value.text)
