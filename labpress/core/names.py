"""Personal names: the parts that sorting, citing and matching need.

The order of parts follows BibTeX and CSL: given name, particle ("van der"), family name, suffix ("Jr.").
"""

from __future__ import annotations

from functools import lru_cache

from msgspec import Struct

from labpress.core.patterns import when_needed
from labpress.core.text import fold

PARTICLES = frozenset(
    "af al ap aus am an auf av ben bin bint da dal dalla das de degli dei del dela della delle den der des di do dos du"
    " e el i ibn im la las le les lo los op 't ten ter thor to tot und v. van vande vander vom von y"
    " z zu zum zur".split()
)
"""Lower-case words that stand before a family name and belong to it."""

SUFFIXES = frozenset(["jr", "jr.", "sr", "sr.", "ii", "iii", "iv", "junior", "filho", "neto"])
"""Words after a family name that belong to the person, not to the family."""

CONJUNCTIONS = frozenset("e i y".split())
"""Particles that join two family names: ``Ramón y Cajal``, ``Costa e Silva``, ``Gaudí i Cornet``."""

TEAM_WORDS = frozenset(
    """
    team teams collaboration collaborations consortium group lab labs laboratory laboratories institute initiative
    project network center centre committee council foundation society association agency working taskforce
    community alliance partnership university inc inc. ltd llc gmbh corp corp. research ai hackathon investigators
    program programme developers contributors authors workshop organization organisation
    """.split()
)
"""A name that ends in one of these, or begins with "Team", is an organisation's."""

_TEAM_ENDINGS = frozenset(
    form for word in TEAM_WORDS for form in (word, word.capitalize(), word.upper()) if form != "Ai"
) | {"GmbH"}
"""The same as they are written, so that a name is looked at once. Ai is a family name, too."""


LEGAL_FORMS = frozenset("inc inc. incorporated ltd ltd. limited llc l.l.c. gmbh plc corp.".split())
"""What stands behind a comma in the name of a company: ``Google, Inc.``"""


def _spellings(degrees: str) -> frozenset[str]:
    """``PhD``, ``Ph.D``, ``Ph.D.`` and ``Ph. D.`` for ``Ph-D``."""
    parts = [degree.split("-") for degree in degrees.split()]
    return frozenset(
        form for one in parts for form in ("".join(one), ".".join(one), f"{'.'.join(one)}.", f"{'. '.join(one)}.")
    )


DEGREES = _spellings(
    "Ph-D D-Phil M-Phil M-Sc B-Sc D-Sc Sc-D Sc-M M-Eng B-Eng D-Eng Eng-D Ed-D Ed-M Psy-D Pharm-D Dr-PH Th-D"
)
"""Degrees that are no part of a name."""

_CAPITAL_DEGREES = _spellings("M-D M-A B-A M-S B-S M-P-H M-B-A D-D-S D-V-M J-D L-L-M M-F-A R-N")
"""Degrees that can be initials as well: ``García López, M.D.`` has these, ``Jane Doe, M.D., Ph.D.`` two degrees."""


_CJK = when_needed(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3]")
"""A Chinese, Japanese or Korean letter."""

_CALLED = when_needed(r'\([^()]*\)|"[^"]*"|“[^“”]*”|\[[^\[\]]*\]')
"""What a person is called: ``Katherine (Kate)``."""


def _are_cjk(*words: str) -> bool:
    return all(map(_CJK.match, words))


@lru_cache(maxsize=20_000)
def _initials(given: str) -> str:
    """Of the words of a given name. What a person is called stands in brackets; a particle at the end stays whole."""
    if not given.isalpha():
        given = _CALLED.sub(" ", given)
    words = given.replace(".-", "-").replace(".", " ").split()
    end = len(words)
    while end > 1 and words[end - 1] in PARTICLES and len(words[end - 1]) > 1:
        end -= 1
    initials = ["-".join([f"{part[0].upper()}." for part in word.split("-") if part]) for word in words[:end]]
    return " ".join([*initials, *words[end:]])


class Name(Struct, frozen=True, omit_defaults=True):
    """One spelling of a person's name, or the literal name of an organisation."""

    family: str
    """The family name; the whole name where a person has one name, or for an organisation."""
    given: str = ""
    particle: str = ""
    suffix: str = ""
    literal: bool = False
    """An organisation or team: never split, never abbreviated."""

    @property
    def is_family_first(self) -> bool:
        """Whether the name is written family name first, without a space, as Chinese, Japanese and Korean ones are."""
        return not self.family.isascii() and bool(self.given) and _are_cjk(self.family, self.given)

    @property
    def display(self) -> str:
        """``Jan van der Berg Jr.``"""
        if self.is_family_first:
            return self.family + self.given
        if not (self.particle or self.suffix):
            return f"{self.given} {self.family}" if self.given else self.family
        return " ".join([part for part in (self.given, self.particle, self.family, self.suffix) if part])

    @property
    def family_with_particle(self) -> str:
        return f"{self.particle} {self.family}" if self.particle else self.family

    @property
    def sorted_form(self) -> str:
        """``van der Berg, Jan, Jr.``: BibTeX's comma form, particles with the family."""
        return (
            ", ".join(part for part in (self.family_with_particle, self.suffix, self.given) if part)
            if (self.given or self.suffix)
            else self.family_with_particle
        )

    @property
    def sort_key(self) -> tuple[str, str, str]:
        """By family name without its particle, then given name, accents and case ignored."""
        return fold(self.family), fold(self.given), self.display

    @property
    def initials(self) -> str:
        """``J.-Y. M.`` for ``Jy-yong Mark`` and for ``J.-Y.M.``"""
        return _initials(self.given)


@lru_cache(maxsize=20_000)
def parse_name(text: str) -> Name:
    """Split a name as written: ``Given particle Family Suffix`` or ``particle Family, Suffix, Given``.

    In Chinese, Japanese and Korean letters the family name comes first with or without a comma: ``山田 太郎``.
    Braces around the whole (BibTeX's habit) make it literal. Most people write several papers.
    """
    words = text.split()
    text = " ".join(words)
    if text.startswith("{") and text.endswith("}"):
        return Name(text[1:-1].strip(), literal=True)
    if "," not in text:
        return Name(text, literal=True) if _are_of_team(words) else _from_words(words)
    parts = [part.strip() for part in text.split(",")]
    if len(parts) > 2 or parts[1] in DEGREES:
        parts = parts_in_order(parts)
    if len(parts) == 1:
        return _from_words(parts[0].split())
    if len(parts) == 2 and fold(parts[1]) in LEGAL_FORMS:
        return Name(text, literal=True)
    if len(parts) == 2 and fold(parts[1]) in SUFFIXES:
        return _with_suffix(_from_words(parts[0].split()), parts[1])
    particle, family = _split_particle(parts[0].split())
    suffix, given = (parts[1], ", ".join(parts[2:])) if len(parts) > 2 else ("", parts[1])
    return Name(family, given, particle, suffix) if family else _from_words(words)


def parts_in_order(parts: list[str]) -> list[str]:
    """The parts of a name between commas, as BibTeX orders them: ``Last, Suffix, First``.

    A suffix may have been written last: ``Gates, William H., III``. Degrees are left out.
    """
    rest = parts[1:]
    if not DEGREES.isdisjoint(rest):
        rest = [part for part in rest if part not in DEGREES and part not in _CAPITAL_DEGREES]
    if len(rest) > 1 and fold(rest[-1]) in SUFFIXES and fold(rest[0]) not in SUFFIXES:
        rest = [rest[-1], *rest[:-1]]
    return [*parts[:1], *rest]


def _are_of_team(words: list[str]) -> bool:
    return len(words) > 1 and (words[-1] in _TEAM_ENDINGS or words[0] == "Team")


def _with_suffix(name: Name, suffix: str) -> Name:
    return Name(name.family, name.given, name.particle, suffix)


def _from_words(words: list[str]) -> Name:
    suffix = ""
    if len(words) > 2 and fold(words[-1].rstrip(",")) in SUFFIXES:
        suffix = words[-1]
        words = [*words[:-2], words[-2].rstrip(",")]
    if len(words) < 2:
        return Name(" ".join(words), suffix=suffix)
    if len(words) == 2 and not words[0].isascii() and _are_cjk(*words):
        return Name(words[0], words[1])
    # The particle is the run of lower-case particle words before the family name, never the first word of all. That
    # name is the last word, or two that a conjunction joins.
    start = family = len(words) - 1
    while start > 1 and words[start - 1] in PARTICLES:
        start -= 1
        if start > 1 and words[start] in CONJUNCTIONS:
            start = family = start - 1
    if words[0] in PARTICLES and start == 1:
        return Name(" ".join(words[family:]), "", " ".join(words[:family]), suffix)
    return Name(" ".join(words[family:]), " ".join(words[:start]), " ".join(words[start:family]), suffix)


def _split_particle(words: list[str]) -> tuple[str, str]:
    start = 0
    while start < len(words) - 1 and words[start] in PARTICLES:
        start += 1
    return " ".join(words[:start]), " ".join(words[start:])
