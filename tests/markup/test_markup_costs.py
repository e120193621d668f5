"""Hostile texts end soon, as escaped text and a warning where they must."""

import pytest

from labpress.core.diagnostics import SourceText
from labpress.markup import mathml
from labpress.markup.latex import latex_to_markdown
from labpress.markup.markdown import escape_markdown
from labpress.markup.settings import MarkupSettings
from labpress.markup.text import render_block, render_inline
from labpress.markup.to_latex import markdown_block_to_latex, text_to_latex
from tests.markup.html_check import read_html
from tests.patience import within

SETTINGS = MarkupSettings()
SIZE = 100_000

UNITS = r"""[|![|[[|[[a|[a](|[a][|[@a|[^1]|(|*|**|_|__|*a|*a*|_a_ |**a *b |`|``a`|``|```|<|<b|<b |<x |</|<!--|<!|<?|<![CDATA[|<div>|<b>|<p>|&|&#|&amp;|
$|$x|$$x|$x$ |\\|\*|{|}|\emph{|\textbf{|{\it |\it |\cite{|\cite{a} |\begin{equation}|\begin{itemize}|\item |\(|\[|\href{|\url{|\verb+|\"|\'{|\foo|
\foo{|``|''|`x|~|--|---|...|"|'|"'|>|> |- |1. |+ |# |=|-|: |a |é|http://|http://a_b |http://a_|[a]: b |{: .a}|{.a}|{{|^|@;| |    |a&b |
\frac{1|\sqrt|^^|wzxhzdk:0""".replace("\n", "").split("|")
UNITS += ["a\n", "a\n\n", "\n", " \n", "# a\n", "#\n", "-\n", "- a\n", "=\n", "a\n=\n", "> a\n", "~~~a\n", "~~~\n", "    - a\n", "  - a\n", "a:\n- a\n", "a\n: b\n", "a\n: b\n\n"]  # fmt: skip
UNITS += ["| a | b |\n", "|-|-|\n", "|\n", "[^1]: a\n\n", "[a]: b\n", "{.a}\n", "<div>a</div>\n\n", "a[^1] ", "```\na\n```\n", "\x00", "\ue000", "\t"]  # fmt: skip


def place(source):
    return SourceText("x", source).span


@pytest.mark.parametrize("unit", UNITS)
def test_thirty_thousand_characters_of_anything_end_within_a_second(unit):
    source = (unit * 30_000)[:30_000]
    block = within(1, render_block, source, SETTINGS, place(source))
    assert read_html(block.value.html.source).faults == []
    within(1, render_inline, source, SETTINGS, place(source))
    within(1, latex_to_markdown, source)
    within(1, text_to_latex, source)
    within(1, escape_markdown, source)


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("[" * SIZE, id="unclosed brackets"),
        pytest.param("*" * SIZE, id="stars"),
        pytest.param("*a " * SIZE, id="unclosed emphasis"),
        pytest.param("`a" * SIZE, id="unclosed code"),
        pytest.param("<x " * SIZE, id="unclosed elements"),
        pytest.param("https://x.example/a" + ")" * SIZE, id="an address and brackets that close nothing"),
        pytest.param("https://x.example/ <a id='x'> " * 5_000, id="addresses and unclosed links"),
        pytest.param(">" * 10_000 + " x", id="ten thousand nested quotations"),
        pytest.param("".join(">" * (n % 200) + " x\n" for n in range(10_000))[:SIZE], id="ten thousand lines of nested quotations"),
        pytest.param("".join(" " * 4 * n + "- x\n" for n in range(200)), id="a list nested a thousand deep"),
        pytest.param("".join(" " * 2 * n + "- x\n" for n in range(49)) * 50, id="lists nested forty-nine deep by two spaces"),
        pytest.param("- " * 1_000 + "x", id="lists in one line"),
        pytest.param("1. " * 1_000 + "x", id="numbered lists in one line"),
        pytest.param("{" * 5_000 + "x" + "}" * 5_000, id="five thousand nested braces"),
        pytest.param(r"\emph{" * 5_000 + "x" + "}" * 5_000, id="five thousand nested emphases"),
        pytest.param("$" + "{" * 5_000 + "x" + "}" * 5_000 + "$", id="five thousand braces in math"),
        pytest.param("$" + r"\frac{" * 3_000 + "$", id="fractions nested three thousand deep"),
        pytest.param("$" + r"\sqrt" * 700 + " x$", id="roots without braces"),
        pytest.param("$x$ " * 7_000, id="seven thousand formulas"),
        pytest.param("word " * 2_000_000, id="ten megabytes"),
        pytest.param("<div>" * 20_000, id="twenty thousand elements inside each other"),
        pytest.param("<b " + " ".join(f"a{n}=1" for n in range(14_000)) + ">x</b>", id="an element with many attributes"),
        pytest.param("a\n: b\n" * 300, id="three hundred definitions"),
        pytest.param("".join(f"``` {n}\n" + "a\n" * 215 + "\n" for n in range(900)), id="fences that never end"),
        pytest.param("".join("~" * n + "\na\n" for n in range(3, 880)), id="fences each longer than the one before"),
        pytest.param("".join(f"~~~ {n}\n" + "a" * 3_990 + "\n" for n in range(99)), id="a hundred fences that never end"),
        pytest.param("```python\n" + "'" * SIZE + "\n```", id="a long line of code"),
    ],
)  # fmt: skip
def test_deep_and_large_texts_end_within_two_seconds(source):
    block = within(2, render_block, source, SETTINGS, place(source)).value
    assert read_html(block.html.source).faults == []
    within(2, latex_to_markdown, source[:SIZE])
    within(2, markdown_block_to_latex, source[:SIZE])


@pytest.mark.parametrize("source", ["[" * 20_000, "<x " * 20_000, "- " * 1_000, "word " * 100_000])
def test_a_text_that_is_too_much_is_shown_as_it_is_written(source):
    block, faults = render_block(source, SETTINGS, place(source))
    assert [fault.code for fault in faults] == ["too-much-markup"]
    assert read_html(block.html.source).text.strip() == source.strip()
    assert block.text == source.strip()


def test_a_self_expanding_macro_is_refused_and_the_others_work():
    usable, faults = mathml.usable_macros(
        (("a", r"\b"), ("b", r"\a"), ("c", "x"), ("d", r"\e{1}"), ("2", "y"), ("f", "{"))
    )
    assert dict(usable) == {"c": "x"}
    assert set(dict(faults)) == {"a", "b", "d", "2", "f"}
    assert mathml.convert(r"\c", macros=(("a", r"\a"), ("c", "x"))).text == "x"
