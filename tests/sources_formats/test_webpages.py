"""Saved pages of the usual kinds of publication lists; their truth was read off the page."""

import json
import quopri
from pathlib import Path

import pytest
from test_bibtex_files import said

from labpress.core.files import SourceFile
from labpress.sources.detect import parse_source
from labpress.sources.record import Record

SPECS = Path(__file__).parents[1] / "specs" / "webpages"
PAGES = sorted(path.stem for path in SPECS.glob("*.html"))


def named_fields(record: Record, truth: dict[str, object]) -> dict[str, object]:
    """Like ``said``; of ``fields``, only those that the truth names."""
    found = said(record, truth)
    if "fields" in truth:
        found["fields"] = {name: record.fields.get(name) for name in truth["fields"]}
    return found


@pytest.mark.parametrize("name", PAGES)
def test_page(name: str) -> None:
    truth = json.loads((SPECS / f"{name}.json").read_text())
    records, _faults = parse_source(SourceFile(f"{name}.html", (SPECS / f"{name}.html").read_bytes()))
    assert [named_fields(record, true) for record, true in zip(records, truth, strict=False)] == truth
    assert [record.title for record in records] == [true["title"] for true in truth]


def test_what_stands_among_papers_and_is_none_is_reported_with_its_line() -> None:
    _records, faults = parse_source(SourceFile("p.html", (SPECS / "paragraphs.html").read_bytes()))
    assert [(fault.code, fault.span.line) for fault in faults] == [("not-understood", 13)]


def test_what_could_be_a_paper_and_is_like_the_papers_is_reported_wherever_it_stands() -> None:
    paper = "<section><div class='pub'><b>{}</b><br>{}<br><i>ICML 2024</i></div></section>"
    read = paper.format("Learning to Walk on Two Legs", "Alice Smith, Bob Jones")
    page = f"<html><body><main>{read}\n{paper.format('Seeing in the Dark', '(authors to follow)')}</main></body></html>"
    records, faults = parse_source(SourceFile("p.html", page.encode()))
    assert [record.title for record in records] == ["Learning to Walk on Two Legs"]
    assert [(fault.code, fault.span.line) for fault in faults] == [("not-understood", 2)]


def test_what_stands_where_papers_stand_is_reported_though_nothing_else_is_like_them() -> None:
    item = "<li><div class='row'><div id='{}'><div class='title'>{}</div><div class='author'>{}</div><div>2024</div></div></div></li>"
    read = item.format("a", "Learning to Walk on Two Legs", "Alice Smith, Bob Jones")
    unread = item.format("b", "Seeing in the Dark", "(to follow)")
    records, faults = parse_source(
        SourceFile("p.html", f"<html><body><ol>{read}\n{unread}</ol></body></html>".encode())
    )
    assert [record.title for record in records] == ["Learning to Walk on Two Legs"]
    assert [(fault.code, fault.span.line) for fault in faults] == [("not-understood", 2)]


def test_navigation_scripts_and_footers_are_not_reported() -> None:
    for name in ("al-folio", "hugoblox", "academicpages", "acl-anthology"):
        _records, faults = parse_source(SourceFile("p.html", (SPECS / f"{name}.html").read_bytes()))
        assert faults == ()


def test_a_page_without_papers_says_so() -> None:
    page = b"<!DOCTYPE html><html><body><h1>Home</h1><p>Welcome to the lab of things.</p></body></html>"
    records, (fault,) = parse_source(SourceFile("p.html", page))
    assert not records
    assert fault.code == "not-understood"


@pytest.mark.parametrize("charset", ["", "; charset=nope", "; charset=idna", "; charset=undefined", "; charset=hex"])
def test_a_page_saved_as_a_single_file_is_read_like_the_page(charset: str) -> None:
    html = (SPECS / "paragraphs.html").read_bytes()
    head = b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://lab.example.org/\r\nMIME-Version: 1.0\r\n"
    head += b'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="xyz"\r\n\r\n--xyz\r\n'
    head += f"Content-Type: text/html{charset}\r\n".encode()
    head += b"Content-Transfer-Encoding: quoted-printable\r\nContent-Location: https://lab.example.org/\r\n\r\n"
    single = head + quopri.encodestring(html) + b"\r\n--xyz\r\nContent-Type: image/png\r\n\r\nnothing\r\n--xyz--\r\n"
    records, _faults = parse_source(SourceFile("page.mhtml", single))
    others, _same = parse_source(SourceFile("page.html", html))
    assert [(one.title, one.authors, one.links) for one in records] == [
        (one.title, one.authors, one.links) for one in others
    ]
    assert len(records) == 3


def test_the_further_categories_of_a_card_are_kept() -> None:
    card = "<div class='card'><div><span>{}</span><span>May {}, 2024</span></div><h3>{}</h3><p>{}</p><p>{}</p></div>"
    cards = card.format("LG, CV", 9, "Learning to Walk on Two Legs", "Alice Smith, Bob Jones", "We walk. " * 30)
    cards += card.format("AI", 8, "Seeing in the Dark", "Carol Wu, Dan Roe", "We see. " * 30)
    records, _faults = parse_source(SourceFile("p.html", f"<html><body><main>{cards}</main></body></html>".encode()))
    assert [(record.category, record.extra) for record in records] == [
        ("cs.LG", {"categories": "cs.CV"}),
        ("cs.AI", {}),
    ]
