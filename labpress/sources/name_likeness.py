"""How much a piece of text reads like a personal name rather than like a piece of a title.

Scores are log odds in rough units: 0 says nothing, 3 is strong evidence for a name, -3 strong evidence against it.
They add up, so that the scores of the names of a list, of the place where the title ends, and of the number of
authors can be weighed against each other.
"""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from functools import lru_cache
from typing import Literal

from msgspec import Struct, field

from labpress.core.names import PARTICLES, SUFFIXES, TEAM_WORDS
from labpress.core.patterns import when_needed
from labpress.core.text import fold
from labpress.sources.name_words import (
    CASELESS_GIVEN,
    EXPERIMENTS,
    GIVEN,
    HAN_COMPOUND_FAMILY,
    HAN_FAMILY,
    HANGUL_FAMILY,
    JAPANESE_FAMILY,
    TEAMS,
)
from labpress.sources.title_mask import is_caseless
from labpress.sources.title_words import FUNCTION_WORDS, PRODUCT_TAILS, TITLE_PREFIXES, TITLE_WORDS

_CERTAIN = 6.0
_HYPHENS = when_needed(r"[-‐‑'’ʼ`´]")
_INITIAL = when_needed(r"(?:[^\W\d_][^\W\d_A-Z]?\.-?)+(?:[^\W\d_]\.?)?")
_GLUED_INITIAL = when_needed(r"(?:(?<=\b[^\W\d_])|(?<=\b[^\W\d_]{2}))\.(?=[^\W\d_]{2})")
_ARTICLES = ("on behalf of the".split(), ["for", "the"], ["the"])
_CAMEL_TEAM = when_needed(r"[A-Z][a-z]{2,}[A-Z][a-z]{2,}")
"""The first word of a team, such as JetBrains and MemTensor."""

_ACRONYM = when_needed(r"[A-Z]{1,5}\d{1,3}[A-Z]?")
_GLUED_TO_A_NUMBER = when_needed(r"[^\W\d_]{3}\d|\d[^\W\d_]+\d")
"""Words and numbers that stand in no name of a team: "Report01.", "NA62NA62"."""

_NOUN_ENDINGS = tuple("tion tions ment ments ness ity ities ology ologies graphy ism isms ware wares ing als".split())
_CAMEL_PIECE = when_needed(r"[A-Z][a-z]+")
_CAMEL_PREFIX = when_needed(
    r"(?:Mc|Mac|De|Del|Della|Dell|Di|Da|Du|Des|La|Le|Lo|Los|Van|Von|Vander|Vanden|Fitz|St|San|Santa|Al|El|Ben|Bin|Ten|Ter"
    r"|Jo|Mary|Ann|Anna|Ha|Bar|Te|Ka|Ni|Ab|Abd|Abdel|Abdul|Abu|Lee|La’|De’|Ra|Sha)(?=[A-Z])"
)
_PINYIN = when_needed(
    r"(?:(?:[bpmfdtnlgkhjqxryzcsw]|zh|ch|sh)?(?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|ai|an|ao|ei|en|er|ia|ie|in|iu"
    r"|ou|ua|ue|ui|un|uo|ve|a|e|i|o|u|v)){1,3}"
)
_SYLLABLE = when_needed(
    r"(?:[bcdfghjklmnpqrstvwxyz]|ch|sh|zh|ts|ph|th|kh|ng|nh|gi|qu|ky|my|hy)?y?[aeiouwy]{1,3}(?:ng|nh|ch|[nlkmptr])?"
)
"""A syllable of a Chinese, Korean or Vietnamese name."""

_HAN = when_needed(r"[\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")
_KANA = when_needed(r"[\u3040-\u30ff]")
_HANGUL = when_needed(r"[\uac00-\ud7a3]+")


class Known(Struct, frozen=True):
    """What the sure lines of a listing teach about the doubtful ones."""

    names: AbstractSet[str] = frozenset()
    """Whole names, as written."""
    name_words: AbstractSet[str] = frozenset()
    """Their words, folded."""
    title_words: AbstractSet[str] = frozenset()
    """Words of titles, folded, that no name has."""
    counts: Mapping[bool, Mapping[int, int]] = field(default_factory=dict)
    """Does the line end in "et al."? -> number of authors -> how many lines."""


Shape = Literal[
    "capitalised", "initial", "camel", "upper", "lower", "particle", "suffix", "function", "caseless", "odd"
]


class _Word(Struct, frozen=True):
    shape: Shape
    folded: str
    score: float


def name_likeness(name: str, known: Known) -> float:
    """How much ``name`` reads like the name of a person or a team."""
    if name in known.names:
        return _CERTAIN
    words = _GLUED_INITIAL.sub(". ", name).split() if "." in name else name.split()
    if "'t" in words or "’t" in words:
        words = [word for word in words if word not in ("in", "aan", "'t", "’t")]  # Dorine in 't Veld.
    if not words:
        return -_CERTAIN
    if team := _team_likeness(words):
        return team
    if _word(words[0]).shape == "caseless":
        return _caseless_likeness(words, known)
    score = _by_length(len(words), len(name)) + _by_case(name, words[0])
    for position, text in enumerate(words):
        word = _word(text)
        score += word.score
        if word.folded in known.name_words:
            score += 2.0 if word.score < 1.0 else 1.0
        elif word.folded in known.title_words and word.score > -1.0:
            score -= 1.0
        if word.shape in ("particle", "suffix"):
            score += _by_place(word.shape, position, len(words))
    return score


def is_suffix(text: str) -> bool:
    """Whether ``text`` is a "Jr." or "III" that belongs to the name before it."""
    return text[:1].isupper() and text.rstrip(".").lower() in SUFFIXES


def _by_length(words: int, characters: int) -> float:
    by_words = {1: -2.5, 2: 1.5, 3: 1.0, 4: 0.0, 5: -1.0}.get(words, 4.0 - 1.5 * words)
    return by_words - max(0, characters - 40) * 0.1


def _by_case(name: str, first: str) -> float:
    """A list may print every name in capitals, or in small letters; and initials without dots."""
    if name.isupper():
        return 1.0 + name.count(" ")
    if name.islower():
        return 1.5 + 1.5 * name.count(" ")
    return 0.8 if len(first) in (2, 3) and first.isupper() and first.isalpha() else 0.0


def _by_place(shape: Shape, position: int, count: int) -> float:
    """Particles stand before the last word, suffixes are it."""
    if shape == "suffix":
        return 1.0 if 1 < position == count - 1 else -2.0
    if position == count - 1:
        return -3.0
    return 0.0 if position else -0.5


def _team_likeness(words: list[str]) -> float:
    """How much ``words`` read like the name of an organisation; 0: they do not."""
    if len(words) > 2 and words[-1].startswith("(") and words[-1].endswith(")"):
        words = words[:-1]  # Its short name.
    words, has_article = _without_article(words)
    whole = " ".join(words).lower()
    if whole in TEAMS or whole.removeprefix("team ").removeprefix("the ") in TEAMS:
        return 3.0
    if _word(words[-1]).folded not in TEAM_WORDS or not 1 < len(words) <= 10:
        return 0.0
    first = _word(words[0])
    if first.folded in TEAMS or first.folded in EXPERIMENTS:
        return 3.5
    return 3.5 if has_article and words[0][0].isupper() else _unknown_team_likeness(words, first)


def _without_article(words: list[str]) -> tuple[list[str], bool]:
    """``words`` without "the", "for the" or "on behalf of the", and whether there was one."""
    for article in _ARTICLES:
        if words[: len(article)] == article and len(words) > len(article):
            return words[len(article) :], True
    return words, False


def _unknown_team_likeness(words: list[str], first: _Word) -> float:
    """The same for words that end in "Team" and the like."""
    if words[-1][0].islower() or any(map(_GLUED_TO_A_NUMBER.search, words[:-1])):
        return 0.0
    if len(words[0]) == 1:
        return -1.0  # The rest of an acronym: "T2|K Collaboration".
    if first.shape == "camel" and _CAMEL_TEAM.fullmatch(words[0]):
        return 2.0
    if first.score <= -3.0 and not _ACRONYM.fullmatch(words[0]):
        return 0.0  # Rather glued to the end of a title.
    return 3.0 if words[0] == "The" else 2.5


@lru_cache(maxsize=1 << 16)
def _word(text: str) -> _Word:
    """One word by itself: its shape, and what it says."""
    folded = fold(text.strip('()[]{}"“”„,‘’'))
    shape = _shape(text, folded)
    match shape:
        case "capitalised":
            score = _capitalised_score(text, folded)
        case "initial":
            score = 2.0 if "." in text else 0.3
        case "camel":
            score = _camel_score(text)
        case "upper":
            score = 1.0 if folded in GIVEN else -1.0 if len(folded) > 2 else -0.5
        case "lower":
            score = -0.5 if folded in GIVEN else -5.0 if folded in TITLE_WORDS else -3.0
        case "particle" | "suffix":
            score = 1.0
        case "caseless":
            score = 0.5
        case _:  # A function word, or signs and digits that no name has.
            score = -12.0
    return _Word(shape, folded, score)


def _shape(text: str, folded: str) -> Shape:
    if is_suffix(text):
        return "suffix"
    if text in PARTICLES or (
        (text[:2] in ("d'", "d’", "l'", "l’") or text[:3] in ("al-", "el-", "ul-")) and text[-1].isalpha()
    ):
        return "particle" if text in PARTICLES else "capitalised"
    if text[:1].isupper() and (len(text) == 1 or _INITIAL.fullmatch(text)):
        return "initial"
    if folded in FUNCTION_WORDS and text[:1].islower():
        return "function"
    parts = [part for part in _HYPHENS.split(text.strip('().„“”"‘')) if part]
    if not parts or not all(_is_wordlike(part) for part in parts):
        return "odd"
    return _shape_of_parts(parts)


def _is_wordlike(part: str) -> bool:
    return part.isalpha() or all(char.isalpha() or char in "·." for char in part)


def _shape_of_parts(parts: list[str]) -> Shape:
    first = parts[0]
    if is_caseless(first[0]):
        return "caseless"
    if first[0].islower():
        return "capitalised" if len(first) <= 2 and len(parts) > 1 and parts[1][0].isupper() else "lower"
    joined = "".join(parts)
    if not joined.isascii() and any(map(is_caseless, joined)):
        return "odd"
    if joined.isupper() and len(joined) > 1:
        return "upper" if len(first) > 1 or len(parts) == 1 else "capitalised"
    if all(part[1:].islower() or len(part) == 1 for part in parts):
        return "capitalised"
    return "camel"


def _capitalised_score(text: str, folded: str) -> float:
    parts = [part for part in _HYPHENS.split(folded) if part]
    if len(parts) > 1 and "-" in text:
        if parts[0] in TITLE_PREFIXES or parts[-1] in TITLE_WORDS:
            return -2.5
        return 2.0 if parts[0] in GIVEN else 1.0
    if folded in FUNCTION_WORDS:
        # Hoai An Le Thi, In So Kweon, Burcu Can.
        return 1.5 if folded in GIVEN else 0.8 if folded in PARTICLES else -0.5 if len(folded) < 4 else -3.0
    is_given, is_title = folded in GIVEN, folded in TITLE_WORDS
    if is_given:
        return 0.8 if is_title else 2.3
    if is_title or (len(folded) > 7 and folded.endswith(_NOUN_ENDINGS)):
        return -2.5 if is_title else -1.5
    return 1.0 if _PINYIN.fullmatch(folded) else 0.8


def _camel_score(text: str) -> float:
    """A capital inside a word: McMahan, DeVries, XiaoMing, DongHyun. Others are rather two words glued together."""
    parts = [part for part in _HYPHENS.split(text) if len(part) > 1 and not part[1:].islower()]
    return min(map(_camel_part_score, parts), default=-3.5)


def _camel_part_score(text: str) -> float:
    prefix = _CAMEL_PREFIX.match(text)
    if prefix and text[prefix.end() + 1 :].islower():
        return 0.3
    pieces = _CAMEL_PIECE.findall(text)
    if len(pieces) != 2 or "".join(pieces) != text:
        return -6.0 if text.isascii() else -3.5
    first, second = (piece.lower() for piece in pieces)
    if first in PRODUCT_TAILS:
        return -4.0
    if _SYLLABLE.fullmatch(first) and _SYLLABLE.fullmatch(second):
        return 1.0
    return 1.5 if first in GIVEN and second in GIVEN else -0.5 if first in GIVEN else -3.5


def _caseless_likeness(words: list[str], known: Known) -> float:
    """A name in a script without capitals: by its length, and its family name where that comes first."""
    compact = "".join(words).replace("·", "").replace("・", "")
    size = len(compact)
    if _HANGUL.fullmatch(compact):
        has_family = compact[0] in HANGUL_FAMILY or compact[:2] in HANGUL_FAMILY
        return (2.5 if has_family else 0.0) + {2: -0.5, 3: 1.0, 4: -0.5}.get(size, 1.0 - size)
    if _HAN.match(compact) or _KANA.match(compact):
        return _han_likeness(compact, size)
    score = _by_length(len(words), sum(map(len, words))) + 0.5
    return score + sum(2.0 for word in words if word in CASELESS_GIVEN or fold(word) in known.name_words)


def _han_likeness(name: str, size: int) -> float:
    if size > 7 and not _KANA.match(name):
        return 1.0 - size
    if any(name.startswith(family) for family in JAPANESE_FAMILY if len(family) > 1) and 3 <= size <= 6:
        return 3.0 + (0.5 if size == 4 else 0.0)
    if name[:2] in HAN_COMPOUND_FAMILY and 3 <= size <= 4:
        return 3.0
    if name[0] in HAN_FAMILY and 2 <= size <= 3:
        return 2.5 + (0.5 if size == 3 else 0.0)
    return {2: 0.0, 3: 0.5, 4: 0.0}.get(size, -0.5 * abs(size - 4)) if not _KANA.match(name) else 0.5
