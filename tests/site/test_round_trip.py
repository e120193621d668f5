"""What labpress exports it imports again as the same entry, in each format, for each type of publication."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labpress.core.files import SourceFile
from labpress.entries.entry import read_entry
from labpress.entries.from_record import draft_of
from labpress.entries.writing import write_entry
from labpress.markup.settings import MarkupSettings
from labpress.site.citations.bibtex import as_bibtex
from labpress.site.citations.csl import as_csl
from labpress.site.citations.reference import reference_of
from labpress.site.citations.ris import as_ris
from labpress.sources.bibtex import parse_bibtex
from labpress.sources.csl_json import parse_csl_json
from labpress.sources.ris import parse_ris
from tests.torture import examples

COMMON = {
    "title": "LoRA and $x^2$: *deep* learning of 3D & more",
    "authors": ["Jan van der Berg", "Ada Quist", "{Team Dust of Labs}"],
    "date": "2022-06-14",
    "doi": "10.1000/xyz.7",
    "language": "de",
    "tags": ["dust", "walls & floors"],
    "links": {"code": "https://github.com/lab/dust", "video": "https://youtu.be/dust"},
}
ARXIV = {"arxiv": "2206.06565", "categories": ["cs.LG"], "tags": ["Machine Learning", "dust"]}
ENTRIES = {
    "article": {"venue": "Journal of Dust", "volume": "12", "issue": "3", "pages": "12-34", "issn": "1234-5679"},
    "article in press": {"type": "article", "venue": "Journal of Dust", "status": "to appear", "note": "One line."},
    "article of a double issue": {"type": "article", "venue": "Journal of Dust", "volume": "12", "issue": "4-5"},
    "article of several parts": {"type": "article", "venue": "Journal of Dust", "pages": "12-34, 40, 42-45"},
    "conference": {
        "venue": "DustConf 2022", "booktitle": "Proceedings of the Tenth DustConf", "pages": "1-9", "series": "LNCS",
        "volume": "7", "editors": ["Eve Ed"], "publisher": "Springer", "place": "Rome", "isbn": "9780306406157", **ARXIV,
    },
    "conference of one name": {"type": "conference", "venue": "DustConf 2022", "award": "Best paper"},
    "workshop": {"venue": "Workshop on Dust", "pages": "1-4"},
    "chapter": {"venue": "The Book of Dust", "pages": "10-20", "editors": ["Eve Ed"], "publisher": "Press", "edition": "2"},
    "chapter of one's own book": {"type": "chapter", "pages": "10-20", "publisher": "Press", "note": "Chapter 3"},
    "book": {"publisher": "Press", "place": "Rome", "isbn": "9780306406157", "edition": "2"},
    "thesis": {"institution": "University of Dust", "degree": "PhD", "number": "2019DUST1"},
    "master's thesis": {"type": "thesis", "institution": "University of Dust", "degree": "Master"},
    "report": {"institution": "Institute of Dust", "number": "TR-7"},
    "preprint": {"doi": "10.48550/arXiv.2206.06565", **ARXIV},
    "preprint elsewhere": {"type": "preprint", "venue": "bioRxiv"},
    "software": {"number": "1.2.3", "publisher": "Zenodo"},
    "dataset": {"number": "2", "publisher": "Zenodo"},
    "patent": {"number": "US 1234567"},
    "poster": {"venue": "DustConf 2022"},
    "talk": {"venue": "DustConf 2022", "place": "Rome"},
    "other": {"venue": "Dust Letters"},
    "of a keyword with commas": {"type": "article", "tags": ["Distributed, Parallel, and Cluster Computing"]},
    "of keywords with and without": {"type": "article", "tags": ["dust", "Sand, and $5 {of} it", "walls"]},
    "page of the web": {"type": "other", "doi": "", "links": {"website": "https://dust.example.org/"}},
    "paper known by its reviews": {
        "type": "conference", "venue": "DustConf", "doi": "", "links": {"review": "https://openreview.net/forum?id=dust"},
    },
    "of many authors": {"type": "article", "venue": "Journal of Dust", "et_al": True},
}  # fmt: skip
LOST = {
    "bib": frozenset(),
    "ascii.bib": frozenset(),
    "ris": frozenset(["title", "links", "categories"]),
    "json": frozenset(["title"]),
}
"""Format -> what it has no place for. Titles and texts are plain there, without the entry's markup."""
FORMATS = {
    "bib": (lambda ref: as_bibtex(ref, full=True), parse_bibtex),
    "ascii.bib": (lambda ref: as_bibtex(ref, full=True, ascii=True), parse_bibtex),
    "ris": (lambda ref: as_ris(ref, full=True), parse_ris),
    "json": (lambda ref: json.dumps([as_csl(ref, full=True)]), parse_csl_json),
}


def values_of(name):
    return {key: value for key, value in {"type": name, **COMMON, **ENTRIES[name]}.items() if value}


def comes_back(values, form):
    """Write an entry of these values, export it, import that: the same values, but for what the format has not."""
    written = {**values}
    written["authors"] = [{"organisation": one[1:-1]} if one[0] == "{" else one for one in values["authors"]]
    text = write_entry(written, "We study $x$ & dust. It is *fine*.")
    entry, faults = read_entry(SourceFile("papers/berg2022lora.md", text.encode()), MarkupSettings())
    assert faults == ()
    ref = reference_of(
        entry.paper, title=entry.title.text, title_html=entry.title.html, abstract=entry.abstract.text, language="en"
    )
    write, parse = FORMATS[form]
    (record,), faults = parse(SourceFile(f"x.{form}", write(ref).encode()))
    said = draft_of(record).value.values
    assert faults == ()
    assert {key: value for key, value in said.items() if key not in LOST[form]} == {
        key: value for key, value in values.items() if key not in LOST[form]
    }


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("name", ENTRIES)
def test_what_is_exported_is_imported_as_the_same_entry(name, form):
    comes_back(values_of(name), form)


@given(st.sampled_from(sorted(ENTRIES)), st.sampled_from(sorted(FORMATS)), st.data())
@examples(100)
def test_so_is_an_entry_that_says_less(name, form, data):
    values = values_of(name)
    told = {"type", "title", "authors", "venue", "language", "arxiv", "categories", "tags", "date", "degree"}
    dropped = data.draw(st.sets(st.sampled_from(sorted(values.keys() - told)))) if values.keys() - told else set()
    comes_back({key: value for key, value in values.items() if key not in dropped}, form)


@pytest.mark.parametrize("form", ["ris", "json"])
def test_a_plain_title_comes_back_as_it_was(form):
    entry, _ = read_entry(SourceFile("papers/x.md", write_entry(values_of("article"), "").encode()), MarkupSettings())
    write, parse = FORMATS[form]
    (record,), _ = parse(
        SourceFile("x", write(reference_of(entry.paper, title="Dust: 100 % of $5 & more_so")).encode())
    )

    assert draft_of(record).value.values["title"] == r"Dust: 100 % of \$5 & more_so"
