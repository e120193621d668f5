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


_CJK = when_needed(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3]")
"""A Chinese, Japanese or Korean letter."""


def _are_cjk(*words: str) -> bool:
    return not words[0].isascii() and all(map(_CJK().match, words))


@lru_cache(maxsize=20_000)
def _initials(given: str) -> str:
    words = given.replace(".-", "-").replace(".", " ").split()
    return " ".join(["-".join([f"{part[0].upper()}." for part in word.split("-") if part]) for word in words])


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
        return bool(self.given) and _are_cjk(self.family, self.given)

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


def parse_name(text: str) -> Name:
    """Split a name as written: ``Given particle Family Suffix`` or ``particle Family, Suffix, Given``.

    In Chinese, Japanese and Korean letters the family name comes first with or without a comma: ``山田 太郎``.
    Braces around the whole (BibTeX's habit) make it literal.
    """
    text = " ".join(text.split())
    if text.startswith("{") and text.endswith("}"):
        return Name(text[1:-1].strip(), literal=True)
    parts = [part.strip() for part in text.split(",")]
    if len(parts) == 2 and fold(parts[1]) in SUFFIXES:
        return _with_suffix(_from_words(parts[0].split()), parts[1])
    if len(parts) >= 2:
        particle, family = _split_particle(parts[0].split())
        suffix, given = (parts[1], ", ".join(parts[2:])) if len(parts) > 2 else ("", parts[1])
        if family:
            return Name(family, given, particle, suffix)
    return _from_words(text.split())


def _with_suffix(name: Name, suffix: str) -> Name:
    return Name(name.family, name.given, name.particle, suffix)


def _from_words(words: list[str]) -> Name:
    suffix = ""
    if len(words) > 2 and fold(words[-1].rstrip(",")) in SUFFIXES:
        suffix = words[-1]
        words = [*words[:-2], words[-2].rstrip(",")]
    if len(words) < 2:
        return Name(" ".join(words), suffix=suffix)
    if len(words) == 2 and _are_cjk(*words):
        return Name(words[0], words[1])
    # The particle is the run of lower-case particle words before the last word, never the first word of all.
    start = len(words) - 1
    while start > 1 and words[start - 1] in PARTICLES:
        start -= 1
    if words[0] in PARTICLES and start == 1:
        return Name(words[-1], "", " ".join(words[:-1]), suffix)
    return Name(words[-1], " ".join(words[:start]), " ".join(words[start:-1]), suffix)


def _split_particle(words: list[str]) -> tuple[str, str]:
    start = 0
    while start < len(words) - 1 and words[start] in PARTICLES:
        start += 1
    return " ".join(words[:start]), " ".join(words[start:])
