"""Python, which makes the index, and the browser, which asks it, see the same words in every text."""

import sys
import unicodedata

import pytest

from labpress.site.search.words import COMMON, plain, spellings_of, words_of
from tests.search.conftest import SPECS

CASES = [
    line.rstrip("\n").partition(" =>")[::2]
    for line in (SPECS / "words.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]
CASES = [(text, unicodedata.normalize("NFKD", words)) for text, words in CASES]
CASES = [
    (text.encode("raw_unicode_escape").decode("unicode_escape") if "\\u" in text else text, words)
    for text, words in CASES
]


@pytest.mark.parametrize(("text", "words"), CASES)
def test_a_text_has_these_words(text, words):
    assert words_of(text) == words.split()


def test_the_browser_finds_the_same_words(engine):
    found = engine.evaluate("(texts) => texts.map(wordsOf)", [text for text, _words in CASES])

    assert found == [words.split() for _text, words in CASES]


def test_every_character_is_the_same_in_both(engine):
    """Of the characters that this Python knows and that belong to words or marks; of the many that are alike, some."""
    alike = {
        *range(0x3401, 0x4DBF),
        *range(0x4E01, 0x9FFF),
        *range(0xAC02, 0xD7A3),
        *range(0x17001, 0x18CD0),
        *range(0x20001, 0x2F800),
    }
    characters = [
        char
        for char in map(chr, range(sys.maxunicode + 1))
        if unicodedata.category(char)[0] in "LMN" and ord(char) not in alike
    ]
    found = engine.evaluate("(characters) => characters.map((one) => wordsOf(`a${one}b`).join(' '))", characters)
    differ = {
        f"U+{ord(char):04X} {char}": (" ".join(words_of(f"a{char}b")), other)
        for char, other in zip(characters, found, strict=True)
        if " ".join(words_of(f"a{char}b")) != other
    }

    assert differ == {}


def test_common_words_are_the_same_in_both(engine):
    assert frozenset(engine.evaluate("[...COMMON]")) == COMMON


@pytest.mark.parametrize(
    ("text", "spellings"),
    [
        ("Müller", {"muller", "mueller"}),
        ("Mu\u0308ller", {"muller", "mueller"}),
        ("Bjørn Håkan", {"bjorn", "bjoern", "hakan", "haakan"}),
        ("O'Brien", {"o", "brien", "obrien"}),
        ("fine‑tuning", {"fine", "tuning", "finetuning"}),
        ("end-to-end", {"end", "to", "endtoend"}),
        ("plain", {"plain"}),
    ],
)
def test_a_text_is_found_under_each_way_to_write_it(text, spellings):
    assert spellings_of(text) == spellings


def test_what_is_plain_stays_as_it_is():
    assert all(plain(plain(text)) == plain(text) for text, _words in CASES)
