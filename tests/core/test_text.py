"""Texts on one line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labpress.core.text import CONTROL, composed, letter_of, one_line, without_controls

SPACES = " \t\n\r\v\f\x1c\x85\N{NO-BREAK SPACE}\N{EM SPACE}\N{LINE SEPARATOR}\N{IDEOGRAPHIC SPACE}"


@given(st.text(st.sampled_from("ab–é" + SPACES), max_size=12))
def test_every_run_of_white_space_is_one_space_and_none_stands_at_the_ends(text):
    assert one_line(text) == " ".join(text.split())


def test_control_characters_are_taken_out_wherever_they_stand_and_nothing_else_is():
    controls = [*map(chr, range(0x20)), *map(chr, range(0x7F, 0xA0)), "\ud800", "\udfff", "\ufffe", "\uffff"]
    for control in set(controls) - set("\t\n\r"):
        assert CONTROL.fullmatch(control)
        assert without_controls(f"{control}a\nb{control}") == "a\nb"
    for kept in ("a\tb\r\n", "\xa0\u2028\u200d\ufeff\n", "\N{EM SPACE}", "\U0001f600\U000e0001"):
        assert without_controls(kept) == kept


@pytest.mark.parametrize(
    ("letter", "texts"),
    [
        ("A", ["ant", "Ärzte", "Åse", "æon"]),
        ("W", ["wei", "王"]),
        ("Α", ["Αριστοτέλης", "άλφα"]),
        ("П", ["Плотников", "плёнка"]),
        ("И", ["Йорк"]),
        ("ا", ["آدم", "العربي"]),
        ("ד", ["דוד"]),
        ("გ", ["გია"]),
        ("\N{HANGUL CHOSEONG KIYEOK}", ["김", "권"]),
        ("#", ["", "3M", "'t Hooft", "…", "①"]),
    ],
)
def test_a_text_stands_under_a_letter_of_its_own_script(letter, texts):
    assert {text: letter_of(text) for text in texts} == dict.fromkeys(texts, letter)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Garci\u0301a", "Garc\u00eda"),
        ("Garc\u0131\u0301a", "Garc\u00eda"),
        ("na\u0131\u0308ve \u0237\u030c", "na\u00efve \u01f0"),
        ("Yıldız", "Yıldız"),
    ],
)
def test_an_accented_letter_is_one_character_whatever_it_was_put_together_from(written, expected):
    assert composed(written) == expected
