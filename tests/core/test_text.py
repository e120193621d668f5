"""Texts on one line."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from labpress.core.text import one_line

SPACES = " \t\n\r\v\f\x1c\x85\N{NO-BREAK SPACE}\N{EM SPACE}\N{LINE SEPARATOR}\N{IDEOGRAPHIC SPACE}"


@given(st.text(st.sampled_from("ab–é" + SPACES), max_size=12))
def test_every_run_of_white_space_is_one_space_and_none_stands_at_the_ends(text):
    assert one_line(text) == " ".join(text.split())
