"""Parts that the texts' forms do not show: languages, references, settings, what is imported when."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from labpress.core.diagnostics import SourceText
from labpress.core.files import SourceFile
from labpress.entries.entry import read_entry
from labpress.markup import mathml
from labpress.markup.html import Html
from labpress.markup.references import resolve_references
from labpress.markup.settings import MarkupSettings
from labpress.markup.text import render_block
from labpress.markup.typography import typographic


def rendered(source, **settings):
    return render_block(source, MarkupSettings(**settings), SourceText("x", source).span)


@pytest.mark.parametrize(
    ("language", "printed"),
    [
        ("en", "“a ‘b’ don’t”"),
        ("en-GB", "“a ‘b’ don’t”"),
        ("de", "„a ‚b‘ don’t“"),
        ("de-CH", "„a ‚b‘ don’t“"),
        ("fr", "«\u202fa “b” don’t\u202f»"),
        ("sv", "”a ’b’ don’t”"),
        ("ja", "“a ‘b’ don’t”"),
    ],
)
def test_quotation_marks_follow_the_language(language, printed):
    assert typographic("\"a 'b' don't\"", language) == printed
    assert rendered("\"a 'b' don't\"", language=language).value.text == printed


def test_typography_leaves_code_and_addresses_alone():
    html = '<code>"a" -- b...</code> <a href="x--y">https://x.org/a--b</a> <pre>\'c\'</pre>'
    assert typographic(html) == html


def test_ids_get_the_prefix_and_so_do_the_links_to_them():
    block, _ = rendered("## One\n\nText[^1] [up](#one) <b id=x>b</b>\n\n[^1]: Note.", id_prefix="abstract-")
    assert 'id="abstract-one"' in block.html.source
    assert 'href="#abstract-one"' in block.html.source
    assert 'id="abstract-fn:1"' in block.html.source
    assert 'href="#abstract-fn:1"' in block.html.source
    assert 'id="abstract-x"' in block.html.source


def resolve(kind, target):
    answers = {
        ("entry", "dinh2022lift"): "../dinh2022lift/",
        ("title", "dinh2022lift"): "LIFT & more",
        ("citation", "dinh2022lift"): "Dinh et al. (2022)",
        ("file", "my talk.pdf"): "files/my%20talk.pdf",
        ("file", "a.png"): "files/a.png",
        ("site", "papers/"): "/pubs/papers/",
    }
    return answers.get((kind, target))


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("[[dinh2022lift]]", '<a href="../dinh2022lift/">LIFT &amp; more</a>'),
        ("[[dinh2022lift|*the* paper]]", '<a href="../dinh2022lift/"><em>the</em> paper</a>'),
        ("[@dinh2022lift, p. 3]", '<span class="citations"><a class="citation" href="../dinh2022lift/">Dinh et al. (2022)</a>, p. 3</span>'),
        ("[[nobody]] [@nobody]", 'nobody <span class="citations">nobody</span>'),
        ("[talk](<my talk.pdf>)", '<a href="files/my%20talk.pdf">talk</a>'),
        ("[talk](<my talk.pdf#page=2>)", '<a href="files/my%20talk.pdf#page=2">talk</a>'),
        ("[talk](lost.pdf) ![A](a.png) ![B](lost.png)", 'talk <img alt="A" src="files/a.png"> B'),
        ("[all](/papers/?a=1&b=2#c)", '<a href="/pubs/papers/?a=1&amp;b=2#c">all</a>'),
        ('`href="entry:x"` and a src="file:y"', '<code>href="entry:x"</code> and a src=“file:y”'),
    ],
)  # fmt: skip
def test_references_are_resolved_where_the_page_is_known(source, html):
    assert resolve_references(rendered(source).value.html, resolve).source == f"<p>{html}</p>"


def test_a_text_without_references_is_passed_on_as_it_is():
    html = Html("<p>x</p>")
    assert resolve_references(html, resolve) is html


def test_a_macro_of_the_site_works_in_every_text_with_or_without_its_backslash():
    for name in ("vv", r"\vv"):
        block, faults = rendered(r"$\vv{x}$", macros={name: r"\mathbf{#1}"})
        assert (block.text, faults) == ("x", ())


def test_every_class_of_math_has_a_rule_in_the_built_in_theme():
    css = (Path(__file__).parents[2] / "themes/base/assets/math.css").read_text(encoding="utf-8")
    assert [name for name in mathml.CLASSES.values() if f".{name}" not in css] == []


def test_no_formula_keeps_an_inline_style():
    for latex in (
        r"\begin{array}{l|cr||}a&b&c\\\hline d&e&f\end{array}",
        r"\textcolor{red}{x}\!\!y",
        r"\cfrac{a}{b}",
        r"\hspace{-3pt}x",
    ):
        assert " style=" not in mathml.convert(latex).html


def imported_by(statement):
    """Which of the slow libraries a statement imports, in a process of its own."""
    code = f"import sys\n{statement}\nprint(*[name for name in ('markdown', 'nh3', 'pygments.lexer') if name in sys.modules])"
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()


RENDER = (
    "from labpress.markup.text import render_block as r; from labpress.markup.settings import MarkupSettings as S; "
)


def test_libraries_are_imported_when_a_text_needs_them():
    modules = sorted(
        path.stem for path in (Path(mathml.__file__).parent).glob("*.py") if path.stem not in ("__init__", "extensions")
    )
    assert imported_by(f"from labpress.markup import {', '.join(modules)}") == []
    assert imported_by(RENDER + "r('An *ordinary* abstract with $x^2$.', S(), None)") == []
    assert imported_by(RENDER + "r('- a list', S(), None)") == ["markdown", "nh3"]
    assert imported_by(RENDER + "r('```python\\nx\\n```', S(), None)") == ["markdown", "nh3", "pygments.lexer"]


def test_footnotes_of_an_abstract_and_of_a_section_do_not_share_an_id():
    text = "---\ntitle: T\n---\n\nA[^1].\n\n[^1]: One.\n\n## More\n\nB[^1].\n\n[^1]: Two.\n"
    entry, _ = read_entry(SourceFile("papers/a2020t.md", text.encode()), MarkupSettings())
    ids = re.findall(r' id="([^"]*)"', entry.abstract.html.source + entry.body.html.source)
    assert len(ids) == len(set(ids)) == 5
