"""The first words of a text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labpress.site.summary import summary_of


@pytest.mark.parametrize(
    ("text", "limit", "summary"),
    [
        ("", 9, ""),
        ("a word", 9, "a word"),
        ("a word or two", 13, "a word or two"),
        ("a word or two", 12, "a word or…"),
        ("a word, or two", 8, "a word…"),
        ("  a\n\n word ", 9, "a word"),
        ("a\N{NO-BREAK SPACE}word", 9, "a word"),
        ("incomprehensibilities", 9, "incompre…"),
    ],
)
def test_a_text_is_cut_between_words(text, limit, summary):
    assert summary_of(text, limit) == summary


@given(st.text(st.sampled_from("ab ,\n\N{NO-BREAK SPACE}–"), max_size=60), st.integers(2, 30))
def test_it_is_on_one_line_and_no_longer_than_it_may_be(text, limit):
    """However the text is spaced: white space counts as one space, and none stands at the ends."""
    summary = summary_of(text, limit)

    assert len(summary) <= limit
    assert summary == summary_of(" ".join(text[: limit * 4].split()), limit)
    assert "  " not in summary
    assert summary == summary.strip()
