"""Every usual spelling of an identifier gives its bare form; a wrong digit gives nothing."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from labpress.core import identifiers
from labpress.core.identifiers import doi_url, parse_arxiv, parse_doi, parse_orcid, without_version

VALID = {
    "doi": {
        "10.48550/arXiv.2206.06565": "10.48550/arXiv.2206.06565",
        "https://doi.org/10.1145/3442188.3445922": "10.1145/3442188.3445922",
        "http://dx.doi.org/10.1145/3442188.3445922": "10.1145/3442188.3445922",
        "https://www.doi.org/10.1000/182": "10.1000/182",
        "doi:10.1038/nature14539": "10.1038/nature14539",
        "DOI: 10.1038/nature14539.": "10.1038/nature14539",
        "doi.org/10.1000/182": "10.1000/182",
        "10.1000/ab(c)": "10.1000/ab(c)",
        "10.1000/182).": "10.1000/182",
        "doi:10.1000/182]]": "10.1000/182",
        "https://doi.org/10.1002%2Fasi.1097": "10.1002/asi.1097",
        "https://doi.org/10.1000/182?nosfx=y": "10.1000/182",
        "10.1002/(SICI)1097-4571(199806)49:8<693::AID-ASI4>3.0.CO;2-O":
            "10.1002/(SICI)1097-4571(199806)49:8<693::AID-ASI4>3.0.CO;2-O",
        "10.1000.10/123": "10.1000.10/123",
        "  10.1000/ünïcode ": "10.1000/ünïcode",
    },
    "arxiv": {
        "2206.06565": "2206.06565",
        "arXiv:2206.06565v2": "2206.06565v2",
        "arXiv:2206.06565 [cs.LG]": "2206.06565",
        "https://arxiv.org/abs/2206.06565": "2206.06565",
        "http://www.arxiv.org/pdf/2206.06565v3.pdf": "2206.06565v3",
        "https://export.arxiv.org/abs/1412.6980": "1412.6980",
        "https://arxiv.org/html/2206.06565v1#S1": "2206.06565v1",
        "10.48550/arXiv.2206.06565": "2206.06565",
        "hep-th/9901001": "hep-th/9901001",
        "math.GT/0309136v1": "math.GT/0309136v1",
        "arXiv:cs/0703001": "cs/0703001",
    },
    "orcid": {
        "0000-0002-1825-0097": "0000-0002-1825-0097",
        "https://orcid.org/0000-0002-1694-233X": "0000-0002-1694-233X",
        "0000000218250097": "0000-0002-1825-0097",
        "orcid: 0000-0002-1694-233x": "0000-0002-1694-233X",
        "0000–0002–1825–0097": "0000-0002-1825-0097",
    },
    "isbn": {
        "978-3-16-148410-0": "9783161484100",
        "ISBN-13: 978 3 16 148410 0": "9783161484100",
        "0-306-40615-2": "0306406152",
        "ISBN 0-8044-2957-X": "080442957X",
        "080442957x": "080442957X",
    },
    "issn": {
        "2049-3630": "2049-3630",
        "ISSN: 2434-561X": "2434-561X",
        "eISSN 20493630": "2049-3630",
        "2434-561x": "2434-561X",
    },
    "pmid": {
        "31452104": "31452104",
        "PMID: 31452104": "31452104",
        "https://pubmed.ncbi.nlm.nih.gov/31452104/": "31452104",
        "https://www.ncbi.nlm.nih.gov/pubmed/31452104": "31452104",
    },
}  # fmt: skip

INVALID = {
    "doi": ["", "10.1/x", "11.1000/x", "10.1000/", "10.1000/a b", "10.1000/⟩", "10.1000/)", "https://example.org/10.1000/x", "doi:"],
    "arxiv": ["", "2206.6565", "1412.69801", "2213.00001", "0703.0001", "hep-th/0704001", "quant/12", "2206.06565v0",
              "https://example.org/abs/2206.06565", "２２０６.06565"],
    "orcid": ["", "0000-0002-1825-0098", "0000-0002-1825-009", "0000-0002-1694-2330", "https://orcid.org/"],
    "isbn": ["", "978-3-16-148410-1", "0-306-40615-3", "977-3-16-148410-0", "12345"],
    "issn": ["", "2049-3631", "2049-363", "X049-3630"],
    "pmid": ["", "0123", "1234567890", "PMC123"],
}  # fmt: skip


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, cases in VALID.items() for text in cases])
def test_a_usual_spelling_gives_the_bare_identifier(kind, text):
    parse = getattr(identifiers, f"parse_{kind}")
    assert parse(text) == VALID[kind][text]
    assert parse(VALID[kind][text]) == VALID[kind][text]


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, cases in INVALID.items() for text in cases])
def test_what_is_no_identifier_gives_none(kind, text):
    assert getattr(identifiers, f"parse_{kind}")(text) is None


def test_each_wrong_digit_of_an_orcid_is_found():
    right = "0000-0002-1825-0097"
    for at, char in enumerate(right):
        if char != "-":
            wrong = right[:at] + str((int(char) + 1) % 10) + right[at + 1 :]
            assert parse_orcid(wrong) is None, wrong


def test_the_address_of_a_doi_escapes_what_a_url_may_not_carry_and_reads_back():
    doi = '10.1002/(SICI)1097-4571(199806)49:8<693::AID-ASI4>3.0.CO;2-O#a"%?b'
    url = doi_url(doi)
    assert not set(url) & set('<>"#? ')
    assert parse_doi(url) == doi


def test_the_version_of_an_arxiv_id_can_be_left_out():
    assert without_version("2206.06565v12") == without_version("2206.06565") == "2206.06565"


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(sorted(VALID)), st.text(max_size=60))
def test_any_text_is_read_without_an_exception(kind, text):
    parse = getattr(identifiers, f"parse_{kind}")
    found = parse(text)
    assert found is None or parse(found) == found


def test_an_id_within_other_words_is_not_taken():
    assert parse_arxiv("see 2206.06565 for more") is None
