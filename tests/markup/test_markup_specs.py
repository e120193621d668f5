"""Each construct once, in every form that it has."""

from pathlib import Path

import pytest

from labpress.core.diagnostics import Diagnostic, SourceText
from labpress.markup import mathml
from labpress.markup.latex import latex_to_markdown, latex_to_text
from labpress.markup.settings import MarkupSettings
from labpress.markup.text import Block, render_block, render_inline
from labpress.markup.to_latex import markdown_block_to_latex, markdown_to_latex
from tests.spec_files import Case, cases, check

SPECS = Path(__file__).parent.parent / "specs" / "markup"
SETTINGS = MarkupSettings()
MACROS = (("vv", r"\mathbf{#1}"), ("KL", r"D_{\mathrm{KL}}(#1 \| #2)"))


def specs(name: str) -> pytest.MarkDecorator:
    found = cases(SPECS / name)
    return pytest.mark.parametrize("case", found, ids=[case.title for case in found])


def sections(**named: str) -> str:
    """Named parts, those without text left out."""
    return "\n".join(f"{name.upper()}\n{text.rstrip()}\n" for name, text in named.items() if text)


def shown(faults: tuple[Diagnostic, ...]) -> str:
    lines = []
    for fault in faults:
        place = f"{fault.span.line}:{fault.span.column}+{fault.span.length} " if fault.span else ""
        lines.append(f"{place}{fault.severity}[{fault.code}]: {fault.message}")
    return "\n".join(lines)


def referred(block: Block) -> str:
    headings = [f"heading {heading.level} #{heading.id}: {heading.text}" for heading in block.headings]
    return "\n".join(
        [*(f"file {name}" for name in block.files), *(f"entry {name}" for name in block.entries), *headings]
    )


def given(case: Case) -> str:
    return case.given.removesuffix("\n")


@specs("latex.md")
def test_latex_text(case):
    source = given(case)
    markdown, faults = latex_to_markdown(source, SourceText("x", source).span)
    page = render_block(markdown, SETTINGS, SourceText("x", markdown).span)
    assert page.diagnostics == ()
    check(
        case, sections(markdown=markdown, text=latex_to_text(source), html=page.value.html.source, faults=shown(faults))
    )


@specs("markdown.md")
def test_markdown(case):
    check(case, every_form(given(case)))


@specs("sanitising.md")
def test_sanitising(case):
    check(case, every_form(given(case)))


def every_form(source: str) -> str:
    block, faults = render_block(source, SETTINGS, SourceText("x", source).span)
    return sections(
        html=block.html.source,
        text=block.text,
        latex=markdown_block_to_latex(source),
        refers=referred(block),
        faults=shown(faults),
    )


@specs("titles.md")
def test_titles(case):
    source = given(case)
    title, faults = render_inline(source, SETTINGS, SourceText("x", source).span)
    check(
        case,
        sections(html=title.html.source, text=title.text, latex=markdown_to_latex(source), faults=shown(faults)),
    )


@specs("math.md")
def test_math(case):
    formula = mathml.convert(given(case), macros=MACROS)
    fault = f"at {formula.at}: {formula.fault}" if formula.fault else ""
    check(case, sections(html=formula.html, text=formula.text, fault=fault))
