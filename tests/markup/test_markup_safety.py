"""Attacks, given to every function that makes markup or admits an address."""

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from hypothesis import example, given
from hypothesis import strategies as st

from labpress.core.diagnostics import SourceText
from labpress.markup import mathml, urls
from labpress.markup.html import Html
from labpress.markup.latex import latex_to_markdown
from labpress.markup.markdown import escape_markdown
from labpress.markup.references import resolve_references
from labpress.markup.settings import MarkupSettings
from labpress.markup.text import render_block, render_inline
from labpress.markup.urls import safe_url
from tests.markup.html_check import read_html

SETTINGS = MarkupSettings()

ATTACKS = (Path(__file__).parents[1] / "specs" / "markup" / "attacks.txt").read_text(encoding="utf-8").splitlines()
"""Ways to run a script, one a line."""

ADDRESSES = (
    """
javascript:alert(1)|JaVaScRiPt:alert(1)|javascript&colon;alert(1)|&#106;avascript:alert(1)|&#x6A&#x61vascript:alert(1)
 javascript:alert(1)|\tjavascript:alert(1)|java\tscript:alert(1)|java\x00script:alert(1)|\x01javascript:alert(1)
javascript :alert(1)|\u200bjavascript:alert(1)|java\u00adscript:alert(1)|\ufeffjavascript:alert(1)|vbscript:x|livescript:x
data:text/html,<script>|data:text/html;base64,x|data:image/svg+xml,<svg onload=alert(1)>|data:image/svg+xml;base64,PHN2Zz4=
http:///x|http://[x/|http://x:abc/|https://x:99999/|http://x:0/
data:image/png,<script>|data:,x|DATA:text/html,x|file:///etc/passwd|blob:https://x.org/1|about:blank|view-source:x|ws://x.org
chrome://x|jar:http://x|feed:javascript:alert(1)|view-source:javascript:alert(1)|\\\\evil.example|/\\evil.example|http:\\\\x.org
http:|https://|https:///x|http://#x|https:x.org|\u202ehttps://x.org|https://x.org/\u2028|entry:x|file:x|site:x
""".replace("\n", "|")
    .strip("|")
    .split("|")
)


def assert_harmless(html: str, *, inline: bool) -> None:
    assert read_html(html, inline=inline).faults == []
    soup = BeautifulSoup(f"<div>{html}</div>", "html.parser")
    assert soup.find(["script", "style", "iframe", "svg", "object", "form", "link", "meta", "base"]) is None
    for element in soup.find_all(True):
        assert not [name for name in element.attrs if name.startswith("on") or name == "style"]
        for name in ("href", "src", "poster"):
            assert not re.match(r"\W*(?:javascript|vbscript|data:text)", element.get(name, ""), re.IGNORECASE)


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("around", ["{}", "Words {} words.", "\n\n{}\n\n", "> - {}", "| a |\n|---|\n| {} |", "### {}"])
def test_no_attack_survives_in_an_abstract_or_a_title(attack, around):
    source = around.format(attack)
    block, _ = render_block(source, SETTINGS, SourceText("x", source).span)
    title, _ = render_inline(source, SETTINGS, SourceText("x", source).span)
    assert_harmless(block.html.source, inline=False)
    assert_harmless(title.html.source, inline=True)


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_attack_survives_an_import(attack):
    for markdown in (latex_to_markdown(attack).value, escape_markdown(attack)):
        block, _ = render_block(markdown, SETTINGS, SourceText("x", markdown).span)
        assert_harmless(block.html.source, inline=False)


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_attack_survives_in_a_macro(attack):
    formula = mathml.convert(r"\x + 1", macros=(("x", attack.replace("$", "")),))
    assert_harmless(formula.html, inline=True)


@pytest.mark.parametrize("attack", ATTACKS)
def test_what_a_reference_resolves_to_cannot_be_markup(attack):
    html = Html(
        '<p><a href="entry:a">a</a> <a class="citation" href="entry:b">b</a> <img alt="x" src="file:c.png"></p>'
    )
    resolved = resolve_references(html, lambda kind, _: attack if kind in ("title", "citation") else f"x/{attack}")
    soup = BeautifulSoup(resolved.source, "html.parser")
    assert [element.name for element in soup.find_all(True)] == ["p", "a", "a", "img"]
    assert {name for element in soup.find_all(True) for name in element.attrs} == {"href", "class", "alt", "src"}
    assert soup.a.get_text() == attack


@pytest.mark.parametrize("address", ADDRESSES)
def test_dangerous_and_malformed_addresses_are_refused(address):
    assert safe_url(address) == ""


@pytest.mark.parametrize(
    ("address", "admitted"),
    [
        ("https://example.org/a?b=c&d#e", "https://example.org/a?b=c&d#e"),
        ("HTTP://EXAMPLE.ORG", "HTTP://EXAMPLE.ORG"),
        ("  https://example.org/ ", "https://example.org/"),
        ("https://example.org/a b", "https://example.org/a%20b"),
        ('https://example.org/"x"<y>', "https://example.org/%22x%22%3Cy%3E"),
        ("https://münchen.example/ü", "https://münchen.example/ü"),
        ("http://[::1]:8000/", "http://[::1]:8000/"),
        ("//example.org/x", "//example.org/x"),
        ("mailto:me@example.org", "mailto:me@example.org"),
        ("tel:+1-23", "tel:+1-23"),
        ("ftp://example.org/x", "ftp://example.org/x"),
        ("paper.pdf", "paper.pdf"),
        ("/static/a.png", "/static/a.png"),
        ("../a.png", "../a.png"),
        ("#top", "#top"),
        ("?q=javascript:alert(1)", "?q=javascript:alert(1)"),
        ("data:image/png;base64,iVBORw0KGgo=", "data:image/png;base64,iVBORw0KGgo="),
        ("", ""),
    ],
)
def test_addresses_of_the_web_and_of_files_are_admitted(address, admitted):
    assert safe_url(address) == admitted


@example("https://example.org/a?b")
@example("http://example.org:99999/")
@example("https://user@example.org/")
@example("https://example.org/\n")
@example("https://example..org/")
@example("http://x:a.b/")
@example("https://a.b/\\c")
@given(st.builds("{}{}".format, st.sampled_from(["https://", "http://x.", "//", ""]), st.text("az.-/:@?#%&;[]\\é\n ")))
def test_an_address_that_is_admitted_at_a_glance_is_so_when_its_parts_are_looked_at(address):
    at_a_glance = safe_url(address)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(urls, "_PLAIN", re.compile("(?!)"))
        assert safe_url(address) == at_a_glance


def test_characters_that_no_page_may_carry_are_shown_as_replaced():
    source = "a\x00b\x1bc\ud800d\ue000e\ufdd0f"
    block, _ = render_block(source, SETTINGS, SourceText("x", source).span)
    assert block.html.source == "<p>a\ufffdb\ufffdc\ufffdd\ufffde\ufffdf</p>"


def test_windows_line_ends_are_line_ends():
    source = "a\r\n\r\nb $x$\r\n"
    assert render_block(source, SETTINGS, SourceText("x", source).span).value.text == "a\nb x"


def test_a_lab_that_trusts_its_authors_gets_its_html_as_it_is():
    source = '<iframe src="https://example.org/x" onload="f()"></iframe>\n\n<img src="a.png"> [p](b.pdf) [e](entry:c)\n'
    block, faults = render_block(source, MarkupSettings(trusted_html=True), SourceText("x", source).span)
    assert '<iframe src="https://example.org/x" onload="f()"></iframe>' in block.html.source
    assert '<img src="file:a.png">' in block.html.source
    assert (block.files, block.entries, faults) == (("a.png", "b.pdf"), ("c",), ())


def test_even_a_trusted_title_shows_a_script_as_text():
    source = "A <script>alert(1)</script>"
    title, _ = render_inline(source, MarkupSettings(trusted_html=True), SourceText("x", source).span)
    assert title.html.source == "A &lt;script&gt;alert(1)&lt;/script&gt;"


def test_a_lab_that_trusts_its_authors_may_use_elements_of_any_name():
    source = "A <widget>x</widget> of <my-widget>y</my-widget>."
    block, _ = render_block(source, MarkupSettings(trusted_html=True), SourceText("x", source).span)
    assert block.html.source == f"<p>{source}</p>"
