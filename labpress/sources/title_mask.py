"""A title line as evidence sees it: the same length, but math and LaTeX accents do not look like words or commas."""

from __future__ import annotations

import re
from unicodedata import category

from labpress.core.patterns import when_needed

MATH = "∎"
"""Stands for each character of a formula."""

_FORMULA = when_needed(r"\$[^$]{1,400}\$|\\\([^()]{1,400}\\\)")
_ACCENT = when_needed(
    r"""\{?\\(?:["'`^~=.]\s?|[uvHcdbkrt](?:\s|(?=\{)))\{?\\?([A-Za-z])\}?\}?|\{?\\(ss|ae|oe|AE|OE|o|O|l|L|aa|AA|i|j)\b\s?\}?"""
)
_SPACE = when_needed(r"[^\S\t]")
_MARKS = frozenset(["Mn", "Mc", "Cf"])
_LETTERS = {"ss": "s", "ae": "a", "oe": "o", "AE": "A", "OE": "O", "aa": "a", "AA": "A"}


def masked(text: str) -> str:
    """``text`` with formulas, accent commands, combining marks and odd spaces replaced one for one; tabs stay."""
    if "$" in text or "\\" in text:
        text = _FORMULA.sub(lambda match: MATH * len(match[0]), text)
        text = _ACCENT.sub(_plain_letter, text)
    if not text.isascii():
        text = _SPACE.sub(" ", text)
        if any(category(char) in _MARKS for char in text):
            text = _without_marks(text)
    return text


def is_caseless(char: str) -> bool:
    """Whether ``char`` is a letter of a script that does without capitals."""
    if "\u10d0" <= char <= "\u10ff":
        return True  # Georgian has capitals in Unicode, for headlines, but none in names.
    return char.isalpha() and not (char.isupper() or char.islower()) and category(char) == "Lo"


def _plain_letter(match: re.Match[str]) -> str:
    letter = match[1] or _LETTERS.get(match[2], match[2])
    return letter + letter.lower() * (len(match[0]) - 1)


def _without_marks(text: str) -> str:
    """Marks and joiners as small letters of the letter before, so that they end no word."""
    letters = list(text)
    for index, char in enumerate(letters):
        if index and category(char) in _MARKS:
            letters[index] = letters[index - 1].lower()
    return "".join(letters)
