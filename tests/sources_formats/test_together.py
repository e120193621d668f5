"""The same fifty papers in any two formats are fifty entries, whichever comes first, and nothing flips back."""

from itertools import permutations

import fifty
import pytest

from labpress.core.files import SourceFile
from labpress.entries.existing import Existing
from labpress.entries.importing import plan_import
from labpress.sources.detect import parse_source

PAPERS = fifty.papers()
LISTING = next(path for path in sorted((fifty.ROOT / "seeds").iterdir()) if path.suffix == ".txt").read_text("utf-8")
WRITTEN = {
    "listing": LISTING,
    "bibtex": fifty.as_bibtex(PAPERS),
    "ris": fifty.as_ris(PAPERS),
    "csl": fifty.as_csl_json(PAPERS),
    "page": fifty.as_cards(PAPERS, next(iter(fifty.CARDS))),
}
RECORDS = {form: parse_source(SourceFile(f"papers.{form}", text.encode())).value for form, text in WRITTEN.items()}


def imported(form, files, lock):
    plan, faults = plan_import(RECORDS[form], files, lock, ())
    texts = {**{key: file.text for key, file in files.items()}, **plan.writes}
    entries = {key: Existing(f"papers/{key}.md", text) for key, text in texts.items()}
    return entries, plan, [fault for fault in faults if fault.code != "citation-left-out"]


@pytest.mark.parametrize(("first", "second"), list(permutations(WRITTEN, 2)), ids="-".join)
def test_two_formats_together_give_fifty_entries_once(first, second):
    alone, plan, faults = imported(first, {}, {})
    both, joint, more = imported(second, alone, plan.lock)

    assert (len(alone), faults, more) == (50, [], [])
    assert sorted(both) == sorted(alone)
    for form in (first, second):
        again, unchanged, _ = imported(form, both, joint.lock)
        assert (again, unchanged.writes, unchanged.lock) == (both, {}, joint.lock)
