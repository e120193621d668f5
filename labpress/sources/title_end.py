"""The places of a line where a title may end and a name begin, and how well a title ends there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple
from unicodedata import category

from labpress.core.names import TEAM_WORDS
from labpress.core.patterns import when_needed
from labpress.core.text import fold
from labpress.sources.name_likeness import Known
from labpress.sources.name_words import CASELESS_GIVEN, EXPERIMENTS, GIVEN, TEAMS
from labpress.sources.title_mask import MATH, is_caseless
from labpress.sources.title_words import CAMEL_WORDS, CASELESS_ENDINGS, FUNCTION_WORDS, PRODUCT_TAILS, TITLE_WORDS

WRITTEN = 2.5
"""The score of a title that ends in a word found elsewhere."""

PUNCTUATION = "()[]{}<>\"“”‘’'«»「」『』?!.,:;…*"
"""What is no part of a word at its ends."""

_WINDOW = 100
"""Characters of the longest first author, teams included."""

_CLOSERS = frozenset('?!)]}”»"」』》）】。！？…%‰°′″†‡★*+#∞™®' + MATH)
_QUOTES = {"'": "'`‘", "’": "‘`"}
"""Closing single quote, which is an apostrophe too -> the quotes that it can close."""

_DASHES = "-–—"
_APOSTROPHES = "'’‘`ʻʼʾʿ"
_WORD_FINALS = frozenset("ةىךםןףץ")
"""Arabic and Hebrew letters that only end words."""

_EAST_ASIAN = "\u2e80"
_ASCII_PLACE = when_needed(
    r"(?<=[^ \t])(?:[A-Z]|['`](?=[A-Z])|[dl](?='[A-Z])|[a-z](?=[A-Z]{2})|(?:the|for the|on behalf of the)(?= [A-Z]))"
    r"|(?:(?<=\t)|(?<=  ))[A-Za-z]"
)
_HUMP = when_needed(r"[^\W\d_A-Z](?=[A-Z])")
_GLUED = when_needed(rf"[A-Z]{{2}}(?!s\b)[a-z]|(?:[?!)\]»”\"…%+{MATH}α-ω]|\.{{3}})[A-Z][a-z]|\d[A-Z][a-z]{{2}}")
"""A first name behind the true end of a title: "NATOKyung", "Bat?Kyung", "IL-6Kyung"."""

_LAST_PIECE = when_needed(r"[A-Z][a-z]+\Z")
_PRODUCT = when_needed(r".*[a-z][A-Z]{2,}s?")


_ARTICLE = when_needed(r"(?:(?:for|on behalf of) )?the (?=\S)")


class Place(NamedTuple):
    """A place where a name may begin."""

    at: int
    score: float
    """How much the letters on both sides speak for it."""


def places(plain: str, start: int, end: int, known: Known) -> Iterator[Place]:
    """Places in ``plain[start:end]`` where the letters themselves mark the end of a title."""
    first = max(start + 1, end - _WINDOW)
    # Most lines are ASCII, and most characters of a line no place: a pattern finds the others ten times as quickly.
    candidates = (match.start() for match in _ASCII_PLACE.finditer(plain, first, end)) if plain.isascii() else None
    for at in candidates or range(first, end):
        here, before = plain[at], plain[at - 1]
        score = 0.0
        if before in " \t":
            score = 2.5 if here.isalpha() and (before == "\t" or plain[at - 2] == " ") else 0.0
        elif here.isupper():
            score = _before_capital(plain, at, known)
        elif here in _APOSTROPHES:
            score = 1.0 if before.islower() and plain[at + 1 : at + 2].isupper() else 0.0
        elif here in "dl" and plain[at + 1 : at + 2] in ("'", "’") and plain[at + 2 : at + 3].isupper():
            score = 2.0
        elif here.islower() and (here in "tfo" or plain[at + 1 : at + 2].isupper()):
            score = _before_a_team(plain, at, end)
        elif is_caseless(here):
            score = _before_caseless(plain, at, end)
        if score:
            yield Place(at, score)


def _before_a_team(plain: str, at: int, end: int) -> float:
    """How much speaks for a team that begins with the small letter at ``at``: "the ATLAS Collaboration", "nEXO"."""
    name = plain[at:end]
    if _ARTICLE.match(name) or fold(name.partition(" ")[0]) in EXPERIMENTS:
        return 3.0 if fold(name.rpartition(" ")[2]) in TEAM_WORDS else 0.0
    return 0.0


def _before_capital(plain: str, at: int, known: Known) -> float:
    """How much speaks for a name that begins with the capital at ``at``; 0: none can."""
    before = plain[at - 1]
    if before.isupper():
        return _between_capitals(plain, at, known)
    if before.isdigit():
        return 1.0 if plain[at + 1 : at + 2].isupper() else 2.5
    if before.isalpha() and before not in _APOSTROPHES:
        return 3.0
    is_symbol = before > "\x7f" and category(before).startswith("S")
    return 3.5 if is_symbol or before in _CLOSERS else _behind_a_mark(plain, at)


def _behind_a_mark(plain: str, at: int) -> float:
    """The same behind a mark that is seldom the last of a title."""
    before, earlier = plain[at - 1], plain[max(0, at - 3) : at - 1]
    if before == ".":
        return _behind_a_dot(earlier, plain[at + 1 : at + 3])
    if before in _QUOTES and not earlier[-1:].isupper():
        opened = any(quote in plain[: at - 1] for quote in _QUOTES[before])
        return 2.5 if opened else 1.5 if earlier[-1:] == "s" else 0.0
    if before in _DASHES:
        return 2.0 if earlier[-1:] in (" ", *_DASHES) else -8.0
    if before == "_":
        return 2.0 if earlier[-1:] == "_" else 0.0
    return -0.5 if before == ":" else 0.0


def _behind_a_dot(earlier: str, after: str) -> float:
    """A word, three dots, U.S. or an acronym may end a title; a single capital with a dot begins a name."""
    if not earlier[-1:].isupper():
        return 2.0
    if earlier[0] == ".":
        return 0.0 if after[:1] == "." and after[1:].isalpha() else 1.0  # "H.E.S.S.David" has no "S.David".
    return 1.0 if earlier.isupper() and after[:1].islower() else 0.0


def _between_capitals(plain: str, at: int, known: Known) -> float:
    after = plain[at + 1 : at + 2]
    if after.islower():
        return 1.5
    if after and after in ".'’":
        return 0.5 if plain[at + 2 : at + 3].isalpha() else 1.0
    if after == " ":
        return 0.3
    is_compound = after == "-" and plain[at + 2 : at + 3].isupper() and not plain[at + 3 : at + 4].isupper()
    if after.isdigit() or is_compound:
        return 0.5  # "T2K Collaboration", "Y-Lan Boureau".
    word = fold(plain[at : _token_end(plain, at)].rstrip(",;"))
    if plain[at - 2 : at - 1].isalnum() and _begins_a_name(word, known):
        return 1.0
    return 0.3 if len(word) == 2 else 0.0


def _begins_a_name(word: str, known: Known) -> bool:
    return word in GIVEN or word in TEAMS or word in EXPERIMENTS or word in known.name_words


def _before_caseless(plain: str, at: int, end: int) -> float:
    """How much speaks for a name that begins with a letter of a script without capitals; 0: none can."""
    before = plain[at - 1]
    if not is_caseless(before):
        return 3.0 if before.isalnum() or before in _CLOSERS or before in _QUOTES or before == "." else 0.0
    if before in _WORD_FINALS:
        return 4.0
    if before >= _EAST_ASIAN:
        if end - at > 8:
            return 0.0  # Names in Chinese, Japanese and Korean are short.
    elif not all(map(is_caseless, _token(plain, at))):
        return 0.0  # The name began where the script changed.
    if plain[max(0, at - 6) : at].endswith(CASELESS_ENDINGS):
        return 2.5
    return 2.0 if plain[at : _token_end(plain, at)] in CASELESS_GIVEN else -0.5


def loose_places(plain: str, start: int, end: int, known: Known, abstract: str) -> Iterator[Place]:
    """Places that need more than their letters: after a space, or a small letter behind a known word."""
    for at in range(max(start + 1, end - _WINDOW), end):
        here, before = plain[at], plain[at - 1]
        if before == " ":
            if here.isupper() or is_caseless(here):
                yield Place(at, -3.5)
        elif here.islower() and before.isalpha():
            word = fold(plain[at : _token_end(plain, at)].rstrip(",;"))
            is_name = word in GIVEN or word in known.name_words
            if is_name or _is_known(_token(plain, at), known, abstract):
                yield Place(at, -1.0)


def title_end(plain: str, at: int, known: Known, abstract: str) -> float:
    """How much the word before ``at`` speaks for a title that ends there."""
    token = _token(plain, at)
    last = _last_part(token)
    if not last:
        return 0.0
    folded = fold(last)
    if folded in FUNCTION_WORDS and plain[at - 1].isalpha() and not (len(last) > 1 and last.isupper()):
        return -4.0
    if is_written(token, abstract):
        return WRITTEN
    is_glued = "?" in token or "!" in token  # "next?Long", of "next?" and "LongCat Team".
    if not is_glued and (folded in TITLE_WORDS or folded in known.title_words):
        return 1.5
    return _odd_end(token, last)


def _odd_end(token: str, last: str) -> float:
    """How much the shape of an unknown last word speaks against it."""
    if len(last) == 1:
        return -2.0 if last.islower() else -1.0 if last.isupper() else 0.0
    if _GLUED.search(token):
        return -3.5
    if last.isalpha() and _HUMP.search(last):
        # "GaussianFace" and "VideoQA" end titles; more often it is "Trees" and a first name such as "DongHyun".
        tail = _LAST_PIECE.search(last)
        return -1.0 if _PRODUCT.fullmatch(last) or (tail and tail[0].lower() in PRODUCT_TAILS) else -2.5
    return -2.0 if len(last) == 2 and last[0].isupper() and last[1].islower() else 0.0


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


def _last_part(token: str) -> str:
    """The letters and digits that ``token`` ends in: "Free" of "Label-Free", nothing of "C++"."""
    start = len(token)
    while start and token[start - 1].isalnum():
        start -= 1
    return token[start:]


def _token_end(plain: str, at: int) -> int:
    end = plain.find(" ", at)
    return len(plain) if end < 0 else end


def token_start(plain: str, at: int) -> int:
    """Where the word before ``at`` begins, or the last part of an endless one."""
    first = max(0, at - _WINDOW)
    return max(plain.rfind(" ", first, at - 1), plain.rfind("\t", first, at - 1), first - 1) + 1
