"""References read as the manuals of their styles have them."""

from pathlib import Path

import pytest

from labpress.site.citations.formatted import STYLES, format_reference
from labpress.site.citations.styles.parts import (
    chicago_digits,
    edition_text,
    last_two_digits,
    page_range,
    quoted,
    stop,
    title_case,
)
from tests.site.references import reference, shown
from tests.spec_files import cases, check

SPECS = Path(__file__).parent.parent / "specs" / "citations"


@pytest.mark.parametrize("case", cases(SPECS / "styles.md"), ids=lambda case: case.title)
def test_a_reference_follows_the_rules_of_each_style(case):
    ref = reference(case.given)

    check(case, "".join(f"{name}: {shown(format_reference(ref, name).source)}\n" for name in STYLES))


@pytest.mark.parametrize(
    ("pages", "mla", "chicago"),
    [
        ("3–10", "3–10", "3–10"),
        ("71–72", "71–72", "71–72"),
        ("96–117", "96–117", "96–117"),
        ("100–104", "100–04", "100–104"),
        ("1100–1113", "1100–13", "1100–1113"),
        ("101–108", "101–08", "101–8"),
        ("808–833", "808–33", "808–33"),
        ("1103–1104", "1103–04", "1103–4"),
        ("321–328", "321–28", "321–28"),
        ("498–532", "498–532", "498–532"),
        ("1087–1089", "1087–89", "1087–89"),
        ("1496–1500", "1496–500", "1496–500"),
        ("11564–11615", "11564–615", "11564–615"),
        ("12991–13001", "12991–3001", "12991–3001"),
        ("S12–S34", "S12–S34", "S12–S34"),
        ("12–12", "12–12", "12–12"),
        ("e0123", "e0123", "e0123"),
    ],
)
def test_page_ranges_are_shortened_as_each_manual_does(pages, mla, chicago):
    """The examples of The Chicago Manual of Style, 9.63."""
    assert page_range(pages, last_two_digits) == mla
    assert page_range(pages, chicago_digits) == chicago


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("2", "2nd ed."),
        ("2nd", "2nd ed."),
        ("third edition", "third ed."),
        ("11", "11th ed."),
        ("23 ed.", "23rd ed."),
        ("1", ""),
        ("", ""),
    ],
)
def test_editions_are_ordinals_and_the_first_is_not_named(given, expected):
    assert edition_text(given) == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("attention is all you need", "Attention Is All You Need"),
        ("fine-tuning of state-of-the-art models", "Fine-Tuning of State-of-the-Art Models"),
        ("what it is made of", "What It Is Made Of"),
        ("a t-SNE study of follow-up", "A t-SNE Study of Follow-Up"),
        ("LoRA and mRNA in vivo: the end", "LoRA and mRNA in Vivo: The End"),
        (
            "a <em>very</em> <math><mi>x</mi></math> one &amp; only",
            "A <em>Very</em> <math><mi>x</mi></math> One &amp; Only",
        ),
        ("don't 3d-print it", "Don't 3d-print It"),
        ("Low-rank things", "Low-Rank Things"),
        ("Twenty-one ways", "Twenty-One Ways"),
        ("the GPT-based State-of-the-art", "The GPT-Based State-of-the-Art"),
        ("a problem in <math><mi>R</mi></math>", "A Problem in <math><mi>R</mi></math>"),
        ("<math><mi>R</mi></math> in vain", "<math><mi>R</mi></math> in Vain"),
        ("what <code>make test</code> is for", "What <code>make test</code> Is For"),
        ("on <em>Escherichia coli</em> cells", "On <em>Escherichia coli</em> Cells"),
        ("cells <em>in vivo</em>: an <em>In vitro</em> study", "Cells <em>in vivo</em>: An <em>In vitro</em> Study"),
        (
            "the <em>Origin of species</em> and <em>Small Words</em>",
            "The <em>Origin of species</em> and <em>Small Words</em>",
        ),
    ],
)
def test_headline_style_raises_words_and_lowers_none(given, expected):
    assert title_case(given) == expected


@pytest.mark.parametrize(
    ("given", "stopped", "in_quotes"),
    [
        ("Plain", "Plain.", "“Plain,”"),
        ("Why?", "Why?", "“Why?”"),
        ("<em>Why?</em>", "<em>Why?</em>", "“<em>Why?</em>”"),
        ("Not (yet?)", "Not (yet?).", "“Not (yet?),”"),
        ("On “it”", "On “it.”", "“On ‘it,’”"),
        ("“Why?” asked", "“Why?” asked.", "“‘Why?’ asked,”"),
    ],
)
def test_punctuation_is_never_doubled(given, stopped, in_quotes):
    assert stop(given) == stopped
    assert quoted(given, ",") == in_quotes


def test_doi_and_addresses_are_links():
    ref = reference("---\ntitle: T\nauthors: [A B]\ntype: article\nvenue: V\ndoi: 10.1000/<x>\n---\n")

    assert (
        '<a href="https://doi.org/10.1000/%3Cx%3E">https://doi.org/10.1000/%3Cx%3E</a>'
        in format_reference(ref, "apa").source
    )
    assert '<a href="https://doi.org/10.1000/%3Cx%3E">10.1000/&lt;x&gt;</a>' in format_reference(ref, "ieee").source
