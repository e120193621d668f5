"""The fifty papers of the listing in seeds/: from LaTeX over Markdown to the page, no word lost and no LaTeX left over."""

import re
from pathlib import Path

import pytest

from labpress.core.diagnostics import SourceText
from labpress.core.files import SourceFile
from labpress.markup.latex import latex_to_markdown, latex_to_text
from labpress.markup.reading import read_in_full
from labpress.markup.settings import MarkupSettings
from labpress.markup.shortcut import shortcut
from labpress.markup.slots import with_mathml
from labpress.markup.text import render_block, render_inline
from labpress.markup.to_latex import markdown_block_to_latex
from labpress.sources.listing import parse_listing
from tests.markup.html_check import read_html

SEEDS = Path(__file__).parents[2] / "seeds" / "000_d0af2d76587f0280.txt"
RECORDS = parse_listing(SourceFile(SEEDS.name, SEEDS.read_bytes())).value
TEXTS = [record.abstract for record in RECORDS] + [record.title for record in RECORDS]
SETTINGS = MarkupSettings()
MATH = re.compile(r"\$[^$]+\$")


def place(source):
    return SourceText("x", source).span


def words_of_latex(source):
    """The words outside of math, found by nothing cleverer than deleting commands and citations."""
    source = re.sub(r"\\cite\{[^}]*\}|\\[a-z]+|\\,", " ", MATH.sub(" ", source))
    return re.findall(r"[^\W_]+", source)


def words_of_page(html):
    return re.findall(r"[^\W_]+", read_html(re.sub(r"<math.*?</math>", " ", html, flags=re.DOTALL)).text)


def test_there_are_fifty_papers():
    assert len(RECORDS) == 50


@pytest.mark.parametrize("source", TEXTS, ids=lambda source: source[:40])
def test_no_word_is_lost_and_no_latex_left_over(source):
    markdown, faults = latex_to_markdown(source, place(source))
    assert {fault.code for fault in faults} <= {"citation-left-out"}
    for render in (render_block, render_inline):
        page, faults = render(markdown, SETTINGS, place(markdown))
        assert faults == ()
        assert words_of_page(page.html.source) == words_of_latex(source)
        outside = re.sub(r"<math.*?</math>", "", page.html.source, flags=re.DOTALL)
        assert not re.search(r"\\|\$|[{}]|``|''|--", outside)
        assert page.html.source.count("<math") == len(MATH.findall(source))
        assert not re.search(r"\\|\$|[{}<>]", page.text.replace("e^{", "").replace("{±1}", ""))


@pytest.mark.parametrize("source", TEXTS, ids=lambda source: source[:40])
def test_the_plain_form_of_the_source_is_that_of_the_page(source):
    markdown = latex_to_markdown(source).value
    page = render_block(markdown, SETTINGS, place(markdown)).value
    plain = re.sub('[“”"]', '"', page.text.replace("’", "'").replace("…", "..."))
    assert plain == re.sub("[“”]", '"', latex_to_text(source)).replace("’", "'")


@pytest.mark.parametrize("source", TEXTS, ids=lambda source: source[:40])
def test_an_entry_goes_to_latex_and_back(source):
    markdown = latex_to_markdown(source).value
    for only_ascii in (False, True):
        assert latex_to_markdown(markdown_block_to_latex(markdown, ascii=only_ascii)).value == markdown


def test_abstracts_take_the_short_way_to_the_same_bytes():
    for record in RECORDS:
        markdown = latex_to_markdown(record.abstract).value
        short = shortcut(markdown, (), inline=False)
        assert short is not None
        full = read_in_full(markdown, SETTINGS, place(markdown), inline=False)
        assert with_mathml(short.text, short.slots) == with_mathml(full.html, full.slots)
