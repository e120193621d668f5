"""BibTeX's name lists: ``Knuth, Donald E. and {Google Inc.} and Charles de la Vallée Poussin and others``.

The rules are BibTeX's: words that begin in lower case are the particle, a group in braces is one word, a name in
braces is an organisation. What breaks them but is common (commas or semicolons between people) is read as meant.
"""

from __future__ import annotations

import re
from itertools import compress
from typing import NamedTuple

from labpress.core.names import CONJUNCTIONS, LEGAL_FORMS, SUFFIXES, Name, parse_name, parts_in_order
from labpress.core.patterns import when_needed
from labpress.core.text import fold
from labpress.sources.latex_texts import plain_line, with_letters
from labpress.sources.vancouver import VANCOUVER, with_commas

_SEPARATOR = when_needed(r"[{}]| and(?= )", re.IGNORECASE)
_COMMA = when_needed(r"[{}]|[,，、]")
_SEMICOLON = when_needed(r"[{}]|;(?= |$)|；")
_WORD = when_needed(r"[{}]|[\s~]+")
_ET_AL = when_needed(r"(?:,\s*)?\b(?:et\.?\s*al\b\.?|and\s+others|u\.\s?a\.|(?<=\s)等)\s*$", re.IGNORECASE)
_OTHERS = frozenset(["others", "{others}", "等"])
_KEY_VALUE = when_needed(
    r"\s*(family|given|prefix|suffix|useprefix|given-i|family-i|prefix-i|suffix-i|id)\s*=\s*", re.IGNORECASE
)
# No longer than marks are: else each of many would be a beginning.
_MARKS = when_needed(r"(?:\$\^\{?[^$]{0,12}\}?\$|[*†‡§¶]){1,30}+$")
_GUARDED_PERSON = when_needed(r"\{[^{},]+,\s*(?:[^\W\d_]\.[ -]?){1,4}\}")
"""A person in braces, ``{Knuth, D. E.}``, which BibTeX itself takes for an organisation."""
_SMALL_WORDS = frozenset("of for on the in at et für der pour des para".split())
_HOMONYM = when_needed(r"(?<=[^\W\d_]) 0\d{3}$")
"""How dblp tells people of one name apart: ``Wei Wang 0017``."""
_EAST_ASIAN_NAME = when_needed(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3]{2,8}|等")
"""Family name and given name are one word; ``等`` says that there are more people."""
_AMPERSAND = when_needed(r"\s+\\?&\s+")


class NameList(NamedTuple):
    """The people of one field."""

    names: tuple[Name, ...]
    et_al: bool = False
    doubt: str = ""
    """How the list was read, where that was not the rules' reading."""


def parse_names(value: str) -> NameList:
    """All names of an ``author`` or ``editor`` field."""
    text = " ".join(with_letters(value).split())
    written = [part.strip() for part in _split(_SEPARATOR, f" {text} ")]
    parts = [f"{{{part.strip(' ,')}}}" if _is_organisation(part) else part.strip(" ,;") for part in written]
    doubt = ""
    if len(parts) == 1 and not text.startswith("{"):
        parts, doubt = _split_otherwise(parts[0])
    elif any(_is_list_of_names(part) for part in written):
        parts, doubt = [name for part in parts for name in _at_commas(part)], "commas"
    people: list[str] = []
    et_al = False
    for part in parts:
        bare = _ET_AL.sub("", part).rstrip(" ,")
        et_al = et_al or bare != part.rstrip(" ,") or part.lower() in _OTHERS
        if bare and bare.lower() not in _OTHERS:
            people.append(bare)
    names = tuple(name for name in map(parse_bibtex_name, with_commas(people)) if any(map(str.isalnum, name.family)))
    return NameList(names, et_al, doubt)


def parse_bibtex_name(text: str) -> Name:
    """One name: ``First von Last``, ``von Last, First``, ``von Last, Jr, First``, ``family=Last, …`` or ``{Team}``."""
    text = _HOMONYM.sub("", _MARKS.sub("", text.strip())).strip()
    if _is_one_group(text):
        if not _GUARDED_PERSON.fullmatch(text):
            return Name(plain_line(text[1:-1]), literal=True)
        text = text[1:-1]
    parts = [part.strip() for part in _split(_COMMA, text)]
    if len(parts) > 1 and _KEY_VALUE.match(parts[0]):
        return _from_keys(parts)
    return _from_parts(parts_in_order([part for part in parts if part]))


def _from_parts(parts: list[str]) -> Name:
    """The name whose parts stand between commas."""
    if not parts:
        return Name("")
    if len(parts) == 1:
        return _first_von_last(*_words(parts[0]))
    if len(parts) == 2 and fold(plain_line(parts[1])) in LEGAL_FORMS:
        return Name(plain_line(", ".join(parts)), literal=True)
    if len(parts) == 2 and _is_suffix(parts[1]):
        name = _first_von_last(*_words(parts[0]))
        return Name(name.family, name.given, name.particle, plain_line(parts[1]))
    particle, family = _von_last(*_words(parts[0]))
    suffix = plain_line(parts[1]) if len(parts) > 2 else ""
    given = plain_line(", ".join(parts[2:] if len(parts) > 2 else parts[1:]))
    return Name(family, given, particle, suffix)


def _is_organisation(text: str) -> bool:
    """``World Health Organization for All,``: with the comma after it, EndNote marks a name that has no parts."""
    return text.endswith(",") and "," not in text[:-1] and any(word in _SMALL_WORDS for word in text.split())


def _split(separator: re.Pattern[str], text: str) -> list[str]:
    """``text`` cut at every match of ``separator`` that is outside of braces."""
    parts: list[str] = []
    depth = start = 0
    for match in separator.finditer(text):
        if match[0] == "{":
            depth += 1
        elif match[0] == "}":
            depth = max(0, depth - 1)
        elif depth == 0:
            parts.append(text[start : match.start()])
            start = match.end()
    return [*parts, text[start:]]


def _is_one_group(text: str) -> bool:
    """Whether one pair of braces encloses all of ``text``."""
    if not (text.startswith("{") and text.endswith("}")):
        return False
    depth = 0
    for match in re.finditer(r"[{}]", text):
        depth += 1 if match[0] == "{" else -1
        if depth == 0:
            return match.end() == len(text)
    return False


def _split_otherwise(text: str) -> tuple[list[str], str]:
    """The names of a list without ``and``, and what stands between them."""
    text = _AMPERSAND.sub("; " if ";" in text else ", ", text)
    by_semicolon = [part.strip() for part in _split(_SEMICOLON, text) if part.strip()]
    if len(by_semicolon) > 1:
        return by_semicolon, "semicolons"
    if _is_list_of_names(text):
        return _at_commas(text), "commas"
    return [text], ""


def _is_list_of_names(text: str) -> bool:
    """Whether commas in ``text`` stand between people, not between the parts of one name.

    ``John Smith, Jane Doe,`` before an ``and`` ends in the comma that lists of three and more have.
    """
    parts = [part.strip() for part in _split(_COMMA, text) if part.strip()]
    if len(parts) == 2 and (all(map(VANCOUVER.fullmatch, parts)) or _are_east_asian(parts, text)):
        return True
    if len(parts) < 3 - text.endswith(",") or _KEY_VALUE.match(parts[0]):
        return False
    if len(parts) == 3 and _is_suffix(parts[1]):
        return False
    return len(parts) > 3 or all(map(_is_whole_name, parts))


def _are_east_asian(parts: list[str], text: str) -> bool:
    """Whether two names are each a whole one: with a plain comma, they can be a family name and a given name."""
    return ("，" in text or "、" in text or parts[1] == "等") and all(map(_EAST_ASIAN_NAME.fullmatch, parts))


def _is_whole_name(part: str) -> bool:
    return " " in part or bool(_EAST_ASIAN_NAME.fullmatch(part))


def _is_suffix(text: str) -> bool:
    return not text.startswith("{") and fold(plain_line(text)) in SUFFIXES


def _at_commas(text: str) -> list[str]:
    """``A. One, B. Two`` as two names; ``One, A., Two, B.`` as pairs, where every second part is initials."""
    parts = [part.strip() for part in _split(_COMMA, text) if part.strip()]
    if len(parts) > 3 and len(parts) % 2 == 0 and all(_is_initials(part) for part in parts[1::2]):
        return [f"{family}, {given}" for family, given in zip(parts[::2], parts[1::2], strict=True)]
    return parts if len(parts) > 3 or all(map(_is_whole_name, parts)) else [text]


def _is_initials(text: str) -> bool:
    return bool(re.fullmatch(r"(?:[^\W\d_]\.?[\s-]?){1,4}", plain_line(text)[:40]))


def _words(text: str) -> tuple[list[str], list[str]]:
    """The words of ``text`` as they are written, and in plain Unicode, without those that print nothing."""
    written = _split(_WORD, text)
    plain = list(map(plain_line, written))
    return list(compress(written, plain)), list(filter(None, plain))


def _first_von_last(words: list[str], plain: list[str]) -> Name:
    lower = [at for at in range(1, len(words) - 1) if _is_lower(words[at], plain[at])]
    if not lower or plain[lower[-1]] in CONJUNCTIONS or _is_lower(words[0], plain[0]):
        if any(word.startswith("{") and " " in word for word in words):
            family, _comma, suffix = plain[-1].partition(", ")
            if fold(suffix) in SUFFIXES:  # IEEE has both in one pair of braces: J. P. {Hespanha, Jr.}
                return Name(family, " ".join(plain[:-1]), suffix=suffix)
            return Name(plain[-1], " ".join(plain[:-1]))
        return parse_name(" ".join(plain))
    given, rest = plain[: lower[0]], plain[lower[-1] + 1 :]
    return Name(" ".join(rest), " ".join(given), " ".join(plain[lower[0] : lower[-1] + 1]))


def _von_last(words: list[str], plain: list[str]) -> tuple[str, str]:
    last = 0
    while last < len(words) - 1 and _is_lower(words[last], plain[last]):
        last += 1
    return " ".join(plain[:last]), " ".join(plain[last:])


def _is_lower(word: str, plain: str) -> bool:
    """Whether BibTeX takes ``word`` for a particle: its first letter is a small one, and no brace guards it."""
    if word.startswith("{") and not word.startswith("{\\"):
        return False
    return next((char.islower() for char in plain if char.isalpha()), False)


def _from_keys(parts: list[str]) -> Name:
    values: dict[str, str] = {}
    for part in parts:
        match = _KEY_VALUE.match(part)
        if match:
            values[match[1].lower()] = plain_line(part[match.end() :].strip('" '))
    return Name(values.get("family", ""), values.get("given", ""), values.get("prefix", ""), values.get("suffix", ""))
