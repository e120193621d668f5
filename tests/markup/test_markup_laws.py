"""What holds for any text at all."""

import re
import unicodedata

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from labpress.core.diagnostics import SourceText
from labpress.markup.latex import latex_to_markdown, latex_to_text
from labpress.markup.lists import with_full_steps
from labpress.markup.macros import written_out
from labpress.markup.markdown import escape_markdown
from labpress.markup.mathml import convert
from labpress.markup.reading import read_in_full
from labpress.markup.references import resolve_references
from labpress.markup.settings import MarkupSettings
from labpress.markup.shortcut import shortcut
from labpress.markup.slots import SLOT, with_mathml
from labpress.markup.text import render_block, render_inline
from labpress.markup.to_latex import markdown_block_to_latex, markdown_to_latex, text_to_latex
from tests.markup.html_check import read_html
from tests.torture import examples

pytestmark = pytest.mark.torture

SETTINGS = MarkupSettings(macros={"vv": r"\mathbf{#1}"})

# What ordinary abstracts are made of, and what is next to it and means something else.
ORDINARY = """a|foo |Bar |x|*|**|_|`|$|[|]|(|)|https://a.b/c|http://x.org/a_b|http://x.org/_b_| |  |, |. |.|\n|\n\n|\n\n\n|&| & |
<|>|"|'|-|--|...|1|1.|2)|#|é|“|–|^|~|:|!|?|/|=|+|{|}|\\|@|;|%|$x$|$5|US$5 |*a*|**b**|`c`|`a b`|`*a*`|`$x$`|[t](https://a.b/c)|
[t t](http://x.y/a_b)|$a_1*b$|$a\nb$|don't|中|\xa0|\u3000|\u2028|\u200b|\x85|\x1c|&amp;|snake_case|a_b_|==|---|***|* * *|- |+ |> |(1) |[1] |
10%|C++|R&D|\U0001d4aa|\u0301|\ufeff|½|a*b*c|*a b*|** a**|*a *|(*a*)|"*a*"|*a*.|**a***b*|``a``|www.x.y""".replace(
    "\n|", "|"
).split("|")
NASTY = r"""[[|[[a]]|[[a|b]]|[@a]|[@a; @b]|](|![|{: .a}|{#x}|{: onclick=x}|\||| a | b |||---|---||$$|$\frac{1}{2}$|$\foo$|$a<b$|<b>|
</b>|<script>|</script>|<img src=x onerror=alert(1)>|<a href="javascript:alert(1)">|</a>|<div>|</div>|<p>|<!--|-->|<?|<![CDATA[|]]>|
<style>|<svg>|<math>|</math>|<mtext>|<mglyph>|<table>|<td>|&lt;|&#60;|&#x6A;|&#xE000;|&#xE001|&#57344;|&#1;|&#|&amp;#xE000;|javascript:|data:text/html,x|[^1]|[^1]: x|[a]: http://x|
[x](y z)|<sup>2</sup>|{\it x}|\emph{|\textbf{x}|\cite{x}|\href{a}{b}|\begin{itemize}|\item|\end{itemize}|\"o|\'{\i}|\(|\)|\[|\]|``|''|
\,|\foo|\$|$\,$|CO$_2$|\item[a]|\ref{x}|\newcommand{\R}{x}|<b and c>|<b class=x>|{{ 7*7 }}|title="x"|<b title="|wzxhzdk:0|klzzwxh:0001""".replace(
    "\n", ""
).split("|")
NASTY += [
    "\x00", "\x02", "\x03", "\x0295\x03", "\x02klzzwxh:0001\x03", "\ue000", "\ufdd0", "\ud800", "\u202e", "\t", "    ",
    "\r\n", "\n```python\n", "\n~~~\n", "\n# ", "\n## ", "\n- ", "\n1. ", "\n    ", "\n: ", "\n===\n", "  \n",
]  # fmt: skip
NO_TITLE_MARKUP = """<script>|</script>|<b>|</i>|<sub |</sub|<a href=x>|</a>|<br>|<think>|Map<String, List<Integer>>|<|>|<?php ?>|<p>|</p>|<img src=x>|
<svg/onload=alert(1)>|<style>|<!DOCTYPE html>|<title>|</title>|word | |é|x|=|/|!""".replace("\n", "").split("|")
STYLED = [("f", "f"), ("*f*", "f"), ("**f**", "f"), ("`f`", "f"), ("[f](https://a.b/c)", "f"), ("$x$", "x")]
BRACED = (
    "|{x}|{a, b}|{K-12}|{n=5}|{n = 5}|{2}|{#1}|{.5}|{a.b}|{x: y}|{}|{{x}}|{|}|{:}|{: x}|{#a b}|{.a x}|. {x}| {x}".split(
        "|"
    )
)
LINES = [
    "",
    *(
        " " * indent + text
        for indent in range(13)
        for text in ("a", "a:", "- b", "* b", "1. c", "2. c", "10. c", "- - -")
    ),
]
FOURS = re.compile(r"(?:    )*(?! )")
texts = st.lists(st.sampled_from(ORDINARY), max_size=9).map("".join)
nasty_texts = st.lists(st.sampled_from(ORDINARY + NASTY) | st.text(max_size=3), max_size=12).map("".join)


def place(source):
    return SourceText("x", source).span


def words(text):
    """A text without what typography, line breaks and the composition of accents change."""
    text = unicodedata.normalize("NFC", text)
    return re.sub(r"—|–|---?|−", "-", text.replace("…", "...").replace("’", "'")).split()


@examples(1500)
@given(texts, st.booleans())
@example("p_correct is *good*, $x_1$ & `c`.\n\nSee the [page](https://a.b/c_d).", False)
def test_the_short_way_gives_the_bytes_of_the_full_way(source, inline):
    short = shortcut(source, (("vv", r"\mathbf{#1}"),), inline=inline)
    if short is None:
        return
    full = read_in_full(source, SETTINGS, place(source), inline=inline)
    assert with_mathml(short.text, short.slots) == with_mathml(full.html, full.slots)
    assert [slot.formula for slot in short.slots] == [slot.formula for slot in full.slots]
    assert full.diagnostics == ()


@pytest.mark.parametrize(
    "source",
    [
        "We study “sparse” trees, i.e. (1) trees: see https://example.org/a_b.",
        "A rate of $\\mathcal{O}(1/T^2)$, ${\\sim}2.5\\times$ faster; *no* change, **consistent**, `trees.py`.",
        "See the [project page](https://example.org/trees) & more.\n\nA second paragraph\nover two lines, 10% better.",
        'Étude d\'une p_correct -- "quoted" --- text...',
    ],
)
def test_ordinary_abstracts_take_the_short_way(source):
    assert shortcut(source, (), inline=False) is not None


@examples(600)
@given(nasty_texts)
def test_every_output_of_any_text_is_whole_and_harmless(source):
    block = render_block(source, SETTINGS, place(source)).value
    title = render_inline(source, SETTINGS, place(source)).value
    assert read_html(block.html.source).faults == []
    assert read_html(title.html.source, inline=True).faults == []
    imported = latex_to_markdown(source, place(source)).value
    page, faults = render_block(imported, SETTINGS, place(imported))
    assert read_html(page.html.source).faults == []
    assert [fault for fault in faults if fault.code == "foreign-latex"] == []
    outputs = [
        block.text,
        title.text,
        latex_to_text(source),
        markdown_to_latex(source),
        markdown_block_to_latex(source),
    ]
    assert not any(SLOT.search(text) for text in [*outputs, block.html.source, title.html.source])


FORMULAS = r"""\vv{x}|\vv x|\vv\alpha|\vv{\R}|\KL{p}{q}|\KL pq|\KL{\vv{p}}\R|\R|\set x|\set{y_1}z|\hat\R|\hat\vv x|\frac\R2|x^\R|x_\R|
\sum_{\R}|^2|_i|=|2|x|a |{\R}|\alpha|\alpha |\,|\left(\R\right)|\{| """.replace("\n", "").split("|")
MACROS = (
    ("vv", r"\mathbf{#1}"),
    ("KL", r"D_{\mathrm{KL}}(#1 \| #2)"),
    ("R", r"\mathbb{R}"),
    ("set", r"\vv#1\cup\R\alpha"),
)


@examples(1000)
@given(st.lists(st.sampled_from(FORMULAS), max_size=8).map("".join))
def test_a_formula_is_the_same_with_its_macros_written_out(latex):
    formula = convert(latex, macros=MACROS)
    assume(not formula.fault)
    assert convert(written_out(latex, MACROS)).text == formula.text


@examples(300)
@given(nasty_texts)
def test_the_plain_form_is_the_text_of_the_page(source):
    assume("$" not in source and "<su" not in source and "[^" not in source)
    block = render_block(source, SETTINGS, place(source)).value
    title = render_inline(source, SETTINGS, place(source)).value
    assert "".join(block.text.split()) == "".join(read_html(block.html.source).text.split())
    assert title.text.split() == read_html(title.html.source).text.split()


@examples(300)
@given(nasty_texts, st.sampled_from([None, "../x/", 'x"><script>']))
def test_resolved_references_leave_a_harmless_page(source, answer):
    html = resolve_references(render_block(source, SETTINGS, place(source)).value.html, lambda _kind, _target: answer)
    faults = read_html(html.source).faults
    assert [fault for fault in faults if answer is None or "=" not in fault] == []
    assert not re.search(r'<[^<>]*="(?:entry|file|site):', html.source)


@examples(600)
@given(nasty_texts)
def test_escaped_text_shows_as_itself(source):
    source = "".join(char for char in source if char.isprintable() or char == "\n")
    assume("'" not in source and '"' not in source)
    markdown = escape_markdown(source)
    for render in (render_block, render_inline):
        shown, faults = render(markdown, SETTINGS, place(markdown))
        assert words(shown.text) == words(source)
        assert [fault for fault in faults if fault.code == "foreign-latex"] == []


@examples(300)
@given(st.lists(st.sampled_from(NO_TITLE_MARKUP), max_size=8).map("".join))
def test_a_title_loses_no_word_in_angle_brackets(source):
    title = render_inline(source, SETTINGS, place(source)).value
    assert words(title.text) == words(source)
    assert words(read_html(title.html.source, inline=True).text) == words(source)
    assert words(latex_to_text(markdown_to_latex(source))) == words(source)


@examples(300)
@given(
    st.sampled_from(["", "## ", "- ", "> "]),
    st.lists(st.tuples(*map(st.sampled_from, (STYLED, BRACED, [" ", "\n"]))), min_size=1),
)
def test_no_word_in_braces_is_lost_or_moved(start, pieces):
    source = start + "".join(styled + braced + gap for (styled, _), braced, gap in pieces)
    text = render_block(source, SETTINGS, place(source)).value.text
    assert "".join(text.split()) == "".join((shown + braced).replace(" ", "") for (_, shown), braced, _ in pieces)


@examples(500)
@given(st.lists(st.sampled_from(LINES), max_size=9))
def test_lines_of_lists_keep_their_words_and_are_given_steps_once(lines):
    once = with_full_steps(lines)
    assert [line.strip() for line in once if line] == [line.strip() for line in lines if line]
    assert with_full_steps(once) == once


@examples(500)
@given(st.lists(st.sampled_from([line for line in LINES if FOURS.match(line)]), max_size=9))
def test_lines_with_steps_of_four_stay_as_they_are(lines):
    kept = [line for line in with_full_steps(lines) if line]
    assert kept == [line for line in lines if line]


@examples(500)
@given(nasty_texts, st.booleans())
@example(source="=http://x.org/_b_", only_ascii=False)
@example(source="–––", only_ascii=True)
def test_text_comes_back_from_latex(source, only_ascii):
    source = "".join(char for char in source if char.isprintable() or char == "\n")
    assume(not re.search("['’”]{2}|'", source))  # TeX has no way to tell these runs apart.
    assert words(latex_to_text(text_to_latex(source, ascii=only_ascii))) == words(source)
    markdown = escape_markdown(source)
    assert words(latex_to_text(markdown_to_latex(markdown, ascii=only_ascii))) == words(source)


@examples(500)
@given(nasty_texts)
@example("$5\\,$\\frac{1}{2}$")
@example("$5\\foo$\\frac{1}{2}$")
def test_latex_shows_on_the_page_what_its_plain_form_says(source):
    source = source.replace("\\item", "")  # The page draws the mark of an item.
    assume("'" not in source and '"' not in source)
    markdown = latex_to_markdown(source).value
    text = render_block(markdown, SETTINGS, place(markdown)).value.text
    assert words(text) == words(latex_to_text(source))


@given(st.text(st.characters(min_codepoint=32, max_codepoint=0x24F, exclude_characters="\\\\{}$~`'-&")))
def test_latex_without_markup_is_its_own_text(source):
    assume(source.isprintable())
    assert latex_to_text(source) == " ".join(source.split())
