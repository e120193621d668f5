"""No input raises, and none costs more than its size: whatever the file holds, an import ends."""

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from labpress.core.files import SourceFile
from labpress.sources.arxiv_atom import parse_arxiv_atom
from labpress.sources.arxiv_paste import parse_arxiv_paste
from labpress.sources.bibtex import parse_bibtex
from labpress.sources.csl_json import parse_csl_json
from labpress.sources.detect import parse_source
from labpress.sources.endnote_xml import parse_endnote_xml
from labpress.sources.jsonlines import parse_json_lines, record_as_json
from labpress.sources.medline import parse_medline
from labpress.sources.mhtml import parse_mhtml
from labpress.sources.record import Record
from labpress.sources.refer import parse_refer
from labpress.sources.reference_list import parse_reference_list
from labpress.sources.ris import parse_ris
from labpress.sources.scholar_profile import parse_scholar_profile
from labpress.sources.table import parse_table
from labpress.sources.web_of_science import parse_web_of_science
from labpress.sources.webpage import parse_webpage
from tests.patience import seconds, within

PARSERS = {
    "atom": parse_arxiv_atom, "bibtex": parse_bibtex, "csl": parse_csl_json, "endnote": parse_endnote_xml,
    "jsonl": parse_json_lines, "medline": parse_medline, "refer": parse_refer, "ris": parse_ris, "table": parse_table,
    "page": parse_webpage, "mhtml": parse_mhtml, "references": parse_reference_list,
    "wos": parse_web_of_science, "scholar": parse_scholar_profile, "arxiv": parse_arxiv_paste,
}  # fmt: skip

PIECES = {
    "arxiv": ["1. arXiv:2206.06565 [pdf, other] cs.LG\n", "arXiv:math/0309136 [ps]", "Title: ", "Authors:", "A B, C D", "Abstract: ", "words and words ", "▽ More", "\n", "Submitted 1 May, 2020; v1 submitted 31 February, 2020", "Subjects: (cs.LG); (x)", "DOI: ", "cs.LG stat.ML"],
    "atom": ["<feed xmlns='http://www.w3.org/2005/Atom'>", "<entry>", "</entry>", "<title>", "</title>", "T", "&amp;", "&x;", "<id>http://arxiv.org/abs/2206.06565", "</id>", "<!DOCTYPE", "]]>"],
    "bibtex": ["@article{", "@string{", "@comment", "@misc(", "{", "}", '"', ",", "=", "#", "%", "\n", "key", "title", "author", "crossref", " and ", "others", "jan", r"\'{e}", "$x$", "\\", "&amp;", "<i>", "2020", "é", " ", ")"],
    "csl": ["[", "]", "{", "}", '"', ":", ",", '"title": "T"', '"author": [{"family": "F"}]', '"issued": {"date-parts": [[2020, "x"]]}', "null", "1e999", r"\ud800", "\n", '"type": "book"'],
    "endnote": ["<record>", "</record>", '<ref-type name="Thesis">', "<titles><title>", "</title></titles>", "T", "&lt;", "<style>", "\n", "<isbn>1</isbn>"],
    "jsonl": ['{"title": "T", "authors": ["A B"]}', "{", "}", "\n", '"x"', "5", '"authors"', "[]", "null", r"\ud800"],
    "medline": ["PMID- 1\n", "TI  - T\n", "FAU - Doe, J\n", "DP  - 2020\n", "      more\n", "\n", "PG  - 1-2\n", "LID - 10.1/x [doi]\n", "XX"],
    "references": ["- ", "1. ", "[1] ", "\n", "\n\n", "  ", "# Papers\n", "2020\n", "Doe, J., Lee, B. (2020). ", "A title of things. ", "In ICML, 2020", "**", "*", "_", "[pdf](https://x.org/a.pdf)", "[", "](", "\\*", "| Year | Title |\n|---|---|\n", "| 2020 | [a](https://x.org) |\n", "|", "<u>", "</u>", "<a href=x>", "[[code]](https://x.org/c)", "[![", "“", "”", "et al. "],
    "refer": ["%0 Book\n", "%T T\n", "%A Doe, J\n", "%D 2020\n", "\n", "%", "text\n", "%@ 1\n"],
    "ris": ["TY  - JOUR\n", "TI  - T\n", "AU  - Doe, J\n", "ER  - \n", "PY  - 2020\n", "more\n", "\n", "SN  - x\n", "SP  - 1\n", "TY"],
    "scholar": ["Title\tCited by\tYear\n", "A title of things\n", "J Doe, A Roe, ...\n", "Nature 1 (2), 3-4, 2020\t5\t2020\n", "\t\t2020\n", "\t", "\n", "1*"],
    "table": ["No.\ttitle\tno\n", "1\t", "title,authors,year\n", "T,A B,2020\n", '"', ",", ";", "\n", "\t", "x", '""'],
    "mhtml": ["Content-Type: multipart/related; boundary=x\n", "\n", "--x\n", "Content-Type: text/html\n", "Content-Transfer-Encoding: base64\n", "<li>Jane Doe. T. 2020", "--x--", "charset=nope"],
    "wos": ["PT J\n", "AU Doe, J\n", "   Roe, R\n", "TI T\n", "   more\n", "PY 2020\n", "PD MAY\n", "ER\n", "EF", "\n", "C1 [a] b.\n", "SO A B\n", "DE a;\n", "FN x\n", "AR", "BP 1\n"],
    "page": ["<li>", "</li>", "<ul>", "<div class=title>", "</div>", "<b>", "</b>", "Jane Doe, Bob Lee", ". A title of things. ", "2020", "<a href='https://x.org/a.pdf'>", "pdf", "</a>", "<br>", "LGJun 14, 2022Code", "<h2>2020</h2>", "<p>", "“", "”", "(", ")", "<pre>@article{a, title={T}}", "<script>", "<!--", "<span class=Z3988 title='rft.atitle=T'>", "et al. · x", "<meta name=citation_title content=T>", "&nbsp;", "<", "<td>"],
}  # fmt: skip


def sound(record: Record) -> None:
    """What every record holds to, whatever it was read from."""
    assert record.title == " ".join(record.title.split())
    assert record.title
    assert all(author.strip() for author in record.authors)
    assert all(url.startswith(("http://", "https://")) for url in record.links.values())
    assert record.markup in ("latex", "plain")
    record_as_json(record).encode()


@pytest.mark.parametrize("name", PARSERS)
@given(data=st.data())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_order_of_pieces_raises(name: str, data: st.DataObject) -> None:
    text = "".join(data.draw(st.lists(st.sampled_from(PIECES[name]), max_size=40)))
    records, faults = PARSERS[name](SourceFile("x", text.encode("utf-8", "replace")))
    if name != "jsonl":
        for record in records:
            sound(record)
    assert all(fault.span is None or fault.span.line <= text.count("\n") + 1 for fault in faults)


@given(
    st.one_of(st.binary(max_size=300), st.text(max_size=300).map(lambda text: text.encode("utf-8", "surrogatepass")))
)
@settings(max_examples=60, deadline=None)
def test_no_bytes_raise(data: bytes) -> None:
    for parse in (parse_source, *PARSERS.values()):
        parse(SourceFile("x", data))


def bibliography(count: int) -> str:
    return "\n".join(
        f'@inproceedings{{key{number},\n  author = {{M{{\\"u}}ller, Jan{number} and Doe, Jane and others}},\n'
        f"  title = {{{{BERT}} number {number} of $O(n^{{2}})$ things}},\n  booktitle = {{Conference {number}}},\n"
        f"  pages = {{1--9}}, year = {{{1990 + number % 30}}}, month = jun,\n"
        f"  abstract = {{{'Lorem ipsum dolor sit amet. ' * 20}}}\n"
        + ("}\n" if number % 1000 != 500 else "")  # Ten of them have no end.
        for number in range(count)
    )


def test_ten_thousand_entries_are_read_in_seconds_and_the_broken_ones_are_listed() -> None:
    text = bibliography(10_000)
    records, faults = within(12, parse_bibtex, SourceFile("big.bib", text.encode()))
    assert len(records) == 10_000
    assert [fault.code for fault in faults] == ["broken-entry"] * 10
    lines = text.split("\n")
    assert all(lines[fault.span.line - 1].startswith("@inproceedings{key") for fault in faults)
    assert [record.id for record in records] == [f"key{number}" for number in range(10_000)]


def test_any_line_of_a_bibliography_may_be_lost() -> None:
    """Whichever line is deleted, no other entry than its own is harmed."""
    text = bibliography(5).replace("Lorem ipsum dolor sit amet. ", "")
    whole = {record.id: (record.title, record.authors) for record in parse_bibtex(SourceFile("x", text.encode())).value}
    lines = text.split("\n")
    for number in range(len(lines)):
        owner = max(at for at in range(number + 1) if lines[at].startswith("@") or at == 0)
        hurt = lines[owner].partition("{")[2].rstrip(",")
        damaged = "\n".join(lines[:number] + lines[number + 1 :])
        found = {
            record.id: (record.title, record.authors)
            for record in parse_bibtex(SourceFile("x", damaged.encode())).value
        }
        neighbour = f"key{int(hurt[3:]) - 1}"
        for key, said in whole.items():
            if key not in (hurt, neighbour):
                assert found[key] == said, (number, lines[number])


def test_any_character_of_a_bibliography_may_be_lost() -> None:
    text = bibliography(6).replace("Lorem ipsum dolor sit amet. ", "")
    whole = {record.id for record in parse_bibtex(SourceFile("x", text.encode())).value}
    random_places = random.Random(7)
    for at in random_places.sample(range(len(text)), 150):
        damaged = text[:at] + text[at + 1 :]
        found = {record.id for record in parse_bibtex(SourceFile("x", damaged.encode())).value}
        assert len(whole - found) <= 1, text[max(0, at - 20) : at + 20]


HOSTILE = {
    "bibtex": ["{", "@", "@a{", "@a{b,t={", "@a{b,t={\n", '@a{b,t="\n', 'é="a" x,\nb=,\n', "@a{b,x\n", "@string{a=a#a}\n", "a # ", "@a{b,author={x and ", "\\'", "$", "@a{b,c=d},", "%\n", ",\n"],
    "ris": ["TY  - JOUR\n", "AU  - a\n", "x\n", "ER  - \n", "N1  - a\n"],
    "medline": ["PMID- 1\n", "FAU - a\n", " a\n"],
    "wos": ["PT J\n", "AF a\n", "   a\n", "C1 [", "[a", "SO A\n"],
    "refer": ["%T a\n", "%A a\n", "a\n"],
    "references": ["- a\n", "- A. B, ", "\n\n", "**a", "[a](", "*", "1. ", " ", "\\", "2020\n", "A. B, C. D. T u. 2020\n"],
    "csl": ["[", '{"a":', '{"title":"x"},', "\n{", '"'],
    "jsonl": ['{"title":"x"}\n', "[", "{\n"],
    "scholar": ["Title\tCited by\tYear\n", "A title of things\n", "J Doe, A Roe, ...\n", "Nature 1 (2), 3-4, 2020\t5\t2020\n", "\t\t2020\n", "\t", "\n", "1*"],
    "table": ["No.\ttitle\tno\n", "1\t", "title,year\n", '"\n', '"a\n', ",", '"'],
    "endnote": ["<record>", "<a>", "&amp;", "<", "<record></record>"],
    "atom": ["<entry>", "<entry></entry>", "xmlns='a' "],
    "page": ["<div>", "<div>x", "<a ", "<!--", "<", '<a "', "<p>x", "<li>a", "<br>", "“", "a. ", "A. B, ", "<td>97.9</td><td>AI</td><td>Apr 10</td>", "<script>", "<b>a b c</b>"],
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_growth_is_linear(name: str) -> None:
    """Sixteen times the input may cost about sixteen times the time: were it quadratic, it would be 256 times."""
    head = {"endnote": "<xml><records>", "table": "title,authors,year\n", "page": "<!DOCTYPE html><body>"}.get(name, "")
    for piece in HOSTILE[name]:
        short, long = ((head + piece * (size // len(piece))).encode() for size in (2_000, 32_000))
        cost, _records = seconds(PARSERS[name], SourceFile("x", short))
        within(0.4 + cost * 50, PARSERS[name], SourceFile("x", long))
