"""Every parser takes any text at all, and the time it takes grows no faster than the text."""

from __future__ import annotations

import json
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labpress.entries.json_schemas import editor_schemas
from tests.attacks.parsers import parsers
from tests.attacks.planting import ATTACKS
from tests.patience import seconds, within
from tests.samples import samples
from tests.torture import SCALE, examples, times

PARSERS = parsers()
EXAMPLES = 15

FRONT = "---\ntitle: LIFT\nauthors: [Tuan Dinh, {name: Yuchen Zeng, equal: true}]\ndate: 2022-06-14\nlinks: {pdf: lift.pdf}\n---\n\nWords $x$.\n"
SETTINGS = "title: Our lab\nurl: https://lab.example.org/\nmenu: [papers, {Here: /here/}]\nada:\n  name: Ada\n  words: [dust]\n"
TEXTS = (*(text[:1500] for some in samples().values() for text in some), FRONT, SETTINGS)
PIECES = (
    *ATTACKS, *"{}[]()<>\"'`$\\|&;:,.-_*#%@=~^!?/\n\r\t\0 ", "---\n", "@article{a,", "TY  - JOUR\n", "ER  - \n", "title = {", "&a ", "*a",
    "!!x ", "\x85", "\u2028", "\ufeff", "\ud800", "\U0001f680", "١٤", "é", "e\u0301", "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]>",
    "&b;", "<![CDATA[", "]]>", "\n\n", "    ", "999999999999999999999", "1e999", "NaN", "null", "2022-02-30", "and others",
)  # fmt: skip


@st.composite
def damaged(draw) -> str:
    """A sample, cut at some places, each with a piece put in, doubled or left out."""
    text = draw(st.sampled_from(TEXTS))
    for _ in range(draw(st.integers(0, 5))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 40)))
        middle = draw(
            st.sampled_from([text[start:end] * 2, "", *PIECES[:1]]) | st.sampled_from(PIECES) | st.text(max_size=5)
        )
        text = text[:start] + middle + text[end:]
    return text


@pytest.mark.torture
@pytest.mark.parametrize("name", PARSERS)
def test_a_parser_takes_any_text(name, count):
    @examples(EXAMPLES)
    @given(damaged() | st.text(max_size=60))
    def never_raises(text):
        PARSERS[name](text)

    never_raises()
    count("texts given to parsers", times(EXAMPLES))


UNITS = [
    *"[](){}<>\"'`$\\|&*_-#~=:;,.@%^!/ \n\ta1é", "a ", "a\n", "a\n\n", "A. B, ", "A. B and ", "((", "[[", "<a ", "<a>", "</a>", "<!--", "<p><b>", "&amp;",
    "{\\", "\\a{", '\\"{', "$x$", "@a{", "@a{b,", "a = {", 'a = "', "TY  - ", "\nAU  - A", "\n%A ", "---\n", "- ", "a: ", "a:\n ", "? ", "\n- a", "\n  ",
    "1. ", "2022 ", "Jan 1, 2022", "http://a.b/", "http://", "10.1/", "10.1000/a.", "a@b.", "et al. ", ", et al", "a, b. ", '"a": ', '{"a":[', "[{", "a,b\n", '"a",',
    "a\tb\n", "=20", "=\n", "--b\n", "Content-Type: ", "<td>", "<li>a", "“a” ", "A B 2020. ", "pp. 1-2, ", "vol. 1 ", "(2020). ", "In: ", "arXiv:", "x" * 50 + " ", "\x00", "\u200b",
]  # fmt: skip
FORMS = (str, "a {}\x01b".format, "a\n\nb {}\x01c".format)
SIZE = 24_000
SOON, SOON_WITH_LIMITS = 0.4, 1.5
"""Seconds of processor time in which nobody asks how the time has grown. Markdown is read up to limits of its work, which are
reached in a second (``markup/limits.py``)."""
GROWTH = 9
"""Times the time that a text four times as long may take: linear is 4, quadratic 16."""


@pytest.mark.torture
@pytest.mark.parametrize("name", PARSERS)
def test_time_grows_no_faster_than_the_text(name, count):
    dice = random.Random(name)
    units = UNITS if SCALE > 1 else dice.sample(UNITS, 8)
    parser = PARSERS[name]
    soon = SOON_WITH_LIMITS if name.startswith(("markup.", "entries.")) else SOON
    for unit in units:
        for form in FORMS:
            assert_no_faster(parser, form, unit, soon)
    count("texts of growing length given to parsers", len(FORMS) * len(units))


def assert_no_faster(parser, form, unit: str, soon: float) -> None:
    """The time for ``unit`` said over and over, in some ``form``, grows no faster than the text."""
    many = (unit * SIZE)[:SIZE]
    taken, _value = seconds(parser, form(many))
    if taken > soon:
        shorter, _value = seconds(parser, form(many[: SIZE // 4]))
        within(GROWTH * max(shorter, soon / GROWTH), parser, form(many))


MARKS = ["*", "a*", " *", "[a.", "v1", "0"]
"""What single values may end in or look like."""


@pytest.mark.torture
@pytest.mark.parametrize("key", editor_schemas()["entry"]["properties"])
def test_time_grows_no_faster_than_the_value_of_a_field(key, count):
    dice = random.Random(key)
    units = [*MARKS, *(UNITS if SCALE > 1 else dice.sample(UNITS, 4))]
    title = "" if key == "title" else "title: T\n"

    def one(text: str) -> str:
        return f"---\n{title}{key}: {json.dumps(f'a {text} b', ensure_ascii=False)}\n---\n"

    def several(text: str) -> str:
        return f"---\n{title}{key}: [{json.dumps(f'a {text} b', ensure_ascii=False)}]\n---\n"

    for unit in units:
        assert_no_faster(PARSERS["entries.entry.read_entry"], one, unit, SOON)
        assert_no_faster(PARSERS["entries.entry.read_entry"], several, unit, SOON)
    count("texts of growing length given to parsers", 2 * len(units))
