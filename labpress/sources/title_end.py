"""The places of a line where a title may end and a name begin, and how well a title ends there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from labpress.core.text import fold
from labpress.sources.name_likeness import Known
from labpress.sources.name_words import CASELESS_GIVEN, GIVEN, TEAMS
from labpress.sources.title_mask import MATH
from labpress.sources.title_words import CAMEL_WORDS, CASELESS_ENDINGS, FUNCTION_WORDS, TITLE_WORDS

_WINDOW = 100
"""Characters of the longest first author, teams included."""

WRITTEN = 2.5
"""The score of a title that ends in a word found elsewhere."""

_CLOSERS = frozenset('?!)]}”’"»」』》）】。！？…%‰°′″†‡★*+#∞™®' + MATH)
_WORD_FINALS = frozenset("ةىךםןףץ")
"""Arabic and Hebrew letters that only end words."""

PUNCTUATION = "()[]{}<>\"“”‘’'«»「」『』?!.,:;…*"


class Place(NamedTuple):
    """A place where a name may begin."""

    at: int
    score: float
    """How much the letters on both sides speak for it."""


def places(plain: str, start: int, end: int, known: Known) -> Iterator[Place]:
    """Places in ``plain[start:end]`` where nothing but the letters themselves marks the end of a title."""
    for at in range(max(start + 1, end - _WINDOW), end):
        here, before = plain[at], plain[at - 1]
        if before in " \t":
            if here.isalpha() and (before == "\t" or plain[at - 2 : at] == "  "):
                yield Place(at, 2.5)
        elif here.isupper():
            score = _before_capital(plain, at, before, known)
            if score:
                yield Place(at, score)
        elif here.isalpha() and not here.islower():
            score = _before_caseless(plain, at, before, end)
            if score is not None:
                yield Place(at, score)


def _before_capital(plain: str, at: int, before: str, known: Known) -> float:
    """Positive where a name that begins with the capital at ``at`` may follow ``before``; otherwise 0."""
    if before.islower():
        return 3.0
    if before.isupper():
        return _between_capitals(plain, at, known)
    if before in _CLOSERS:
        return 3.5 if before != "’" or plain[at - 3 : at - 1].isalpha() else 0.0
    if before.isdigit():
        return 2.5
    if before == ".":
        # "J.Smith" is one name; "et al.Smith" and "vs.Smith" are not.
        return 2.0 if plain[at - 3 : at - 1].isalpha() or plain[at - 2] == "." else 0.5
    if before == "'":
        return 1.5 if plain.find("'", 0, at - 1) >= 0 else 0.0
    return 3.0 if before.isalpha() else 0.0


def _between_capitals(plain: str, at: int, known: Known) -> float:
    after = plain[at + 1 : at + 2]
    if after.islower():
        return 1.5
    if after in (".", "'", "’", " ") and after:
        return 1.0 if after != " " else 0.3
    word = fold(plain[at : _token_end(plain, at)].rstrip(",;"))
    return 1.0 if word in GIVEN or word in TEAMS or word in known.name_words else 0.0


def _before_caseless(plain: str, at: int, before: str, end: int) -> float | None:
    """How much speaks for a name that begins inside or before letters without capitals; None: nothing does."""
    if before.isalpha() and not (before.islower() or before.isupper()):
        if before in _WORD_FINALS:
            return 4.0
        if ord(before) >= 0x2E80 and end - at > 8:
            return None
        ending = plain[max(0, at - 6) : at].endswith(CASELESS_ENDINGS)
        return 2.5 if ending else 2.0 if plain[at : _token_end(plain, at)] in CASELESS_GIVEN else -0.5
    return 3.0 if before.isalnum() or before in _CLOSERS or before == "." else None


def loose_places(plain: str, start: int, end: int, known: Known, abstract: str) -> Iterator[Place]:
    """Places that need more than their letters: after a space, or before a small letter where a word is known to end."""
    for at in range(max(start + 1, end - _WINDOW), end):
        here, before = plain[at], plain[at - 1]
        if before == " ":
            if here.isupper() or (here.isalpha() and not here.islower()):
                yield Place(at, -3.5)
        elif here.islower() and before.isalpha() and _is_known(_token(plain, at), known, abstract):
            yield Place(at, -1.5)


def title_end(plain: str, at: int, known: Known, abstract: str) -> float:
    """How much the word before ``at`` speaks for a title that ends there."""
    token = _token(plain, at)
    if not token:
        return 0.0
    last = token.rpartition("-")[2]
    folded = fold(last)
    if folded in FUNCTION_WORDS and not (len(last) > 1 and last.isupper()):
        return -4.0
    if is_written(token, abstract):
        return WRITTEN
    if folded in TITLE_WORDS or folded in known.title_words:
        return 1.5
    if len(last) == 1:
        return -2.0 if last.islower() else -0.5 if last.isupper() else 0.0
    if last[0].isupper() and last[1:].islower():
        return -2.0 if len(last) == 2 else 0.0
    has_hump = any(one.islower() and two.isupper() for one, two in zip(last, last[1:], strict=False))
    return -1.5 if has_hump else 0.0


def is_written(token: str, abstract: str) -> bool:
    """Whether ``token`` is a word of its own in the abstract, or a known word with capitals inside."""
    return len(token) > 1 and (token in CAMEL_WORDS or _has_word(abstract, token) or _has_word(abstract, token.lower()))


def _is_known(token: str, known: Known, abstract: str) -> bool:
    folded = fold(token)
    return len(token) > 2 and (folded in TITLE_WORDS or folded in known.title_words or is_written(token, abstract))


def _has_word(text: str, word: str) -> bool:
    at = text.find(word)
    while at >= 0:
        end = at + len(word)
        if not (at and text[at - 1].isalnum()) and not text[end : end + 1].isalnum():
            return True
        at = text.find(word, at + 1)
    return False


def _token(plain: str, at: int) -> str:
    """The word before ``at``, without quotes and closing punctuation."""
    return plain[token_start(plain, at) : at].rstrip().strip(PUNCTUATION)


def _token_end(plain: str, at: int) -> int:
    end = plain.find(" ", at)
    return len(plain) if end < 0 else end


def token_start(plain: str, at: int) -> int:
    """Where the word that ``at`` stands in begins."""
    return max(plain.rfind(" ", 0, at - 1), plain.rfind("\t", 0, at - 1)) + 1
