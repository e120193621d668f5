"""Languages by their tags and by the names that files give them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labpress.core.languages import _NAMES, _TAGS, parse_language


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("de", "de"),
        ("pt_br", "pt-BR"),
        ("ZH-hant-tw", "zh-Hant-TW"),
        ("sl-ROZAJ-biske-1994", "sl-rozaj-biske-1994"),
        ("nds", "nds"),
        ("German", "de"),
        ("ngerman", "de"),
        ("eng", "en"),
        ("fre", "fr"),
        ("Français", "fr"),
        ("no", "no"),
        ("Klingon", None),
        ("English and German", None),
        ('en"><b>', None),
        ("", None),
    ],
)
def test_a_language_is_known_by_its_tag_and_by_its_names(text, tag):
    assert parse_language(text) == tag


def test_no_name_means_two_languages():
    assert len(_TAGS) == sum(len(names.split()) for names in _NAMES.values())


@given(st.text(max_size=30))
def test_what_is_read_is_read_again_as_the_same(text):
    tag = parse_language(text)
    assert tag is None or parse_language(tag) == tag
