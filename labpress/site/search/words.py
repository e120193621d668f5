"""From a text to the words that a search compares. ``search-index.js`` of the base theme does the same in the browser.

Both are held to ``tests/specs/search/words.yml``, and to each other for every character of Unicode.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from string import ascii_letters, ascii_lowercase, digits

from labpress.core.patterns import when_needed
from labpress.core.text import blanks_but, composed, fold, words_between

_BEYOND_ASCII = when_needed(r"[^\x00-\x7f]")
_WITHOUT_SPACES = when_needed(
    "[\u3041-\u3096\u30a1-\u30fa\u30fc-\u30ff\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]"
)
"""Kana and Chinese characters: no spaces stand between their words, so that each character is one."""
_BLANKS = blanks_but(ascii_letters + digits)
_COMPOUND = when_needed(r"[^\W_]+(?:[-'][^\W_]+)+")
_JOINTS = str.maketrans("", "", "-'")

SPELT_OUT = str.maketrans({
    "ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ø": "oe", "Ø": "Oe", "å": "aa", "Å": "Aa",
})  # fmt: skip
"""Letters with a second form without accents: somebody called Müller writes Mueller where there is no ü."""
_HAS_SECOND_FORM = when_needed(r"[äöüÄÖÜøØåÅ]")

COMMON = frozenset(
    "about all also an and any are as at be been between both but by can do does for from has have how if in into is "
    "it its more most no not of on or our such than that the their them then there these they this those through to "
    "under using via was we were what when where which while who why will with without".split()
)
"""English words that stand in nearly every abstract: a search does not insist on them."""
_COMMON_OR_SHORT = COMMON.union(ascii_lowercase, digits)


def plain(text: str) -> str:
    """``text`` without accents, marks and case, character by character: "Ångström ℓ₂" gives "angstrom l2"."""
    if text.isascii():
        return text.lower()
    return _BEYOND_ASCII.sub(lambda found: _plain_character(found[0]), composed(text)).lower()


@cache
def _plain_character(character: str) -> str:
    folded = fold(fold(character)).lower()  # Twice: a mathematical ı is first made a plain one.
    return "".join(part for part in folded if not unicodedata.category(part).startswith("M"))


def words_of(text: str) -> list[str]:
    """The words of ``text`` in their order, as ``plain`` has them."""
    if not text.isascii():
        text = _BEYOND_ASCII.sub(lambda found: _between_blanks(found[0]), composed(text))
    return words_between(_BLANKS, text.lower())


@cache
def _between_blanks(character: str) -> str:
    """``plain``, with blanks for what is in no word and around what is one."""
    return "".join([_with_blanks(one) for one in _plain_character(character)])


def _with_blanks(character: str) -> str:
    if _WITHOUT_SPACES.match(character):
        return f" {character} "
    return character if character.isalnum() else " "


def spellings_of(text: str) -> set[str]:
    """Every word under which ``text`` is found: umlauts in both forms, compounds in one word too."""
    found = set(words_of(text))
    found.update(_compounds(plain(text)))
    if not text.isascii():
        text = composed(text)
        if _HAS_SECOND_FORM.search(text):
            found |= spellings_of(text.translate(SPELT_OUT))
    return found


def _compounds(text: str) -> list[str]:
    return [found.translate(_JOINTS) for found in _COMPOUND.findall(text)] if "-" in text or "'" in text else []


def is_common(word: str) -> bool:
    """Whether a search can do without ``word``, as long as it has others."""
    return word in _COMMON_OR_SHORT


def telling_words_of(text: str) -> set[str]:
    """The words of ``text``, each once, without those that a search can do without."""
    return set(words_of(text)) - _COMMON_OR_SHORT
