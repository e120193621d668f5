"""Lists of people in plain text, as tables and web pages have them, in any of the usual styles.

``Jan Müller, Jane Doe & Al Gore`` · ``Müller, J., Doe, J. K.`` · ``Müller, Jan; Doe, Jane`` · ``Müller J, Doe JK`` ·
``Müller J.; Doe J.K.``
"""

from __future__ import annotations

import re

from labpress.core.names import PARTICLES, SUFFIXES, Name, parse_name
from labpress.core.patterns import when_needed
from labpress.core.text import fold, one_line
from labpress.sources.bibtex_names import NameList
from labpress.sources.vancouver import VANCOUVER, dotted, spaced

_ET_AL = when_needed(
    r"[,;]?\s{0,20}(?:\bet\.?\s?al\b\.?|\band others\b|\bu\.\s?a\.|…|\.\.\.|(?<=[\s,，])等"
    r"|(?:\band|&|\+)\s{0,3}\d{1,5}\s(?:more(?:\s(?:authors?|others?))?|(?:other\s)?authors?|others?))[\s.,;]{0,30}+$",
    re.IGNORECASE,
)
"""``et al.``, ``and 2 more authors``"""
_LEFT_OUT = when_needed(
    r"(?:([,;])\s?(?:\.\s?\.\s?\.|…)|[,;]?\s?\+\d{1,5}\s(?:more\s)?authors?\b)[\s,;]{0,3}(?:&\s|and\s)?(?=[^\W\d_])"
)
"""``S. Rajput, ... & K. Lee``, ``Tuan Dinh, +6 authors, Kangwook Lee``"""
_HARD_SEPARATOR = when_needed(r"(?<!\s)(?:\s*[;|•·\n]\s*|\s+/\s+)")
# "Costa e Silva" and "J. O. y Gasset" are one name: these words part only what stands beside initials, or whole names.
_AND = when_needed(
    r"(?:,\s*|\s)(?:and|And|AND|und|et|och|og|en|&|＆)\s|(?:,\s*|(?:(?<=,\s\w\.)|(?<=,\s\w\.\s\w\.)|(?<=,\s\w\.\w\.))\s"
    r"|\s(?=[ye]\s(?:[^\W\d_]\.|[^\W\d_]{2,20}\s[^\W\d_]{2,20}\s?(?:$|,))))[ye]\s"
)
_LEADING_AND = when_needed(r"\A(?:and|und|&)\s+")
_COMMA = when_needed(r"\s*[,，、]\s*")
# Begun at the first of several spaces, and no longer than marks are: else each of many marks would be a beginning.
_MARK = when_needed(
    r"(?<!\s)(?:\s*[*∗†‡§¶‖⋆★♯✉#¹²³⁰-⁹]|(?<=[^\W\d_])\d(?:,\d)*|\s*\((?:\d|[Ee]qual [Cc]ontribution)\)|\s+="
    r"|\s0\d{3}){1,30}+"  # "Hongyi Wang 0001", as dblp tells people of one name apart.
    r"(?=\s*(?:$|[,;]))"
)
_WORD = when_needed(r"[^\W\d_]+\.?")
_TEAM = when_needed(r"[a-z][A-Z]|-AI\b|\d|\b[Tt]eam\b|[Cc]ollaboration|[Cc]onsortium")
_DEGREE = when_needed(
    r"(?:M\.?D|Ph\.?\s?D|D\.?\s?Phil|M\.?\s?P\.?H|M\.?Sc|B\.?Sc|MBBS|MBChB|MBA|MHS|Dr\.?P\.?H|Pharm\.?D|DVM|DDS|RN"
    r"|FRCS|FRCP|FACS|FACC)\.?"
)
"""What stands behind physicians' names; alone behind a family name it is initials: ``Smith, MD``."""
_LONGEST = 100_000


def parse_people(text: str) -> NameList:
    """Everybody in ``text``, in order. What cannot be told apart by form is read as ``Given Family``."""
    text = text[:_LONGEST].strip()
    bare = _ET_AL.sub("", _LEFT_OUT.sub(lambda left: f"{left[1] or ','} ", text))
    parts = _names_in(_MARK.sub("", bare))
    names = tuple(parse_name(part) if isinstance(part, str) else part for part in parts)
    return NameList(tuple(name for name in names if any(map(str.isalpha, name.display))), bare != text)


def _names_in(text: str) -> list[str | Name]:
    chunks = [_LEADING_AND.sub("", one_line(chunk).strip(", ")) for chunk in _HARD_SEPARATOR.split(text)]
    chunks = [chunk for chunk in chunks if chunk]
    if len(chunks) > 1 and not all(map(VANCOUVER.fullmatch, chunks)):
        return [name for chunk in chunks for name in ([chunk] if _is_inverted(chunk) else _between_commas(chunk))]
    return _between_commas(", ".join(chunks)) if chunks else []


def _is_inverted(text: str) -> bool:
    """Whether ``text`` is one ``Family, Given``."""
    return text.count(",") == 1 and not _AND.search(text) and len(_without_degrees(_COMMA.split(text))) > 1


def _between_commas(text: str) -> list[str | Name]:
    parts = [part for part in _COMMA.split(_AND.sub(", ", f" {text} ").strip()) if part]
    parts = _with_suffixes(_without_degrees([_LEADING_AND.sub("", part) for part in parts]))
    if len(parts) > 1 and parts[-1].endswith(" Collaborations"):  # "CMS and TOTEM Collaborations"
        return [part if " " in part else f"{part} Collaboration" for part in (*parts[:-1], parts[-1][:-1])]
    if len(parts) > 1 and _are_pairs(parts):
        return [f"{family}, {spaced(given)}" for family, given in zip(parts[::2], parts[1::2], strict=True)]
    if len(parts) > 1 and VANCOUVER.fullmatch(parts[0]):
        parts[-1] = re.sub(
            r"(?:(?<=[A-Z]{2}|[ ][A-Z])|(?<=[A-Z]-[A-Z]))\.\Z", "", parts[-1]
        )  # The end of the list: "Doe J, Roe RA."
    short = [found for part in parts if (found := VANCOUVER.fullmatch(part))]
    # One word and three capitals are a name only among others: "Permutation-Based SGD" is none, nor is "Mistral AI".
    if len(short) == len(parts) and (
        len(parts) > 1 or (parts and len(short[0][2]) < 3 and short[0][2] != "AI" and "." not in short[0][2])
    ):
        return [Name(found[1], dotted(found[2]), "", found[3] or "") for found in short]
    if len(parts) > 2 and _is_one_word(parts[0]) and _is_given(parts[1]) and all(" " in part for part in parts[2:]):
        return [f"{parts[0]}, {parts[1]}", *parts[2:]]  # MLA: only the first name is inverted.
    return list(parts)


def _without_degrees(parts: list[str]) -> list[str]:
    """``parts`` without the degrees among them, if what else there is are whole names."""
    names = [part for part in parts if not _DEGREE.fullmatch(part)]
    return names if all(" " in name for name in names) else parts


def _with_suffixes(parts: list[str]) -> list[str]:
    joined: list[str] = []
    for part in parts:
        if joined and fold(part) in SUFFIXES:
            joined[-1] += f", {part}" if " " in joined[-1] else ""
        else:
            joined.append(part)
    return joined


def _are_pairs(parts: list[str]) -> bool:
    """Whether every second part is the given name of the one before: initials, or all single words."""
    if len(parts) % 2:
        return False
    if all(map(_are_initials, parts[1::2])):
        return True
    if any(part >= "\u2e80" for part in parts):
        return False  # East Asian names have no spaces.
    if len(parts) == 2:
        return _is_one_word(parts[0]) and not _TEAM.search(parts[0])
    return all(map(_is_one_word, parts[::2])) and all(map(_is_given, parts[1::2]))


def _are_initials(part: str) -> bool:
    """``J. K.``, ``JK``, ``Yu.``"""
    words = _WORD.findall(part)
    return 0 < len(words) <= 4 and all(
        len(word.rstrip(".")) == 1 or (len(word) < 4 and (word[-1] == "." or word.isupper())) for word in words
    )


def _is_one_word(part: str) -> bool:
    return len([word for word in part.split() if word not in PARTICLES]) == 1


def _is_given(part: str) -> bool:
    """``Jan``, ``Matt J.``"""
    first, _, initials = part.partition(" ")
    return _is_one_word(first) and (not initials or _are_initials(initials))
