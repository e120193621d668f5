"""Names in Vancouver order: the family name, then initials, as in ``van der Berg JW`` and ``King ML Jr``.

A family name that is short or in capitals looks like initials, too: in ``Wei LI`` and ``Weinan E`` it stands last.
"""

from __future__ import annotations

import re

from labpress.core.names import parse_name
from labpress.core.patterns import when_needed
from labpress.core.text import fold
from labpress.sources.name_words import GIVEN

VANCOUVER = when_needed(
    r"([^\W\d_][^,]{1,40}?) ((?:[A-Z] ){0,3}[A-Z](?:-?[A-Z]){0,2}|(?:[A-Z]\.-?){1,4})(?: (Jr|Sr|II|III|2nd|3rd)\.?)?"
)
"""The family name, the initials, and the suffix."""
_VOWELS = frozenset("AEIOUY")
_OF_ONE_LETTER = _VOWELS | {"X"}
_NO_INITIALS = frozenset(
    """
    BA BAI BI BO BU CAI CAO CHU COX CUI DAI DAO DAY DO DOE DU FAN FU FOX GAO GE GU GUO HA HAN HE HO HOU HU HUA JI JIA
    JIN KAY KIM KO KU LAI LAM LE LEE LEI LI LIN LIU LO LU LUO LY MA MAI MAO MEI MI MO MU NA NG NGO NI NIE OH PAN PEI PU
    QI QIN QIU QU RAO RAY REN ROE ROY SHI SO SU SUN TAI TAN TAO TO TU VO VU WAN WEI WEN WU XIE XU XUE YAN YAO YE YI YIN
    YOU YU YUE YUN ZHU ZOU
    AB AG AI AS ASA BV EU KG LLC NV OY PLC SA SE SPA UK US USA
    """.split()
)
"""Short family names, and what names of companies and countries end in."""
_SPACE_AFTER_STOP = when_needed(r"(?<=\.) (?=[A-Z]\.)")


def dotted(initials: str) -> str:
    """``J. K.`` for ``JK``, for ``J K`` and for ``J.K.``"""
    if "." in initials:
        return spaced(initials)
    return "-".join(" ".join(f"{letter}." for letter in part if letter != " ") for part in initials.split("-"))


def spaced(given: str) -> str:
    """``J. K.`` for ``J.K.``"""
    return re.sub(r"\.(?=[^\W\d_])", ". ", given)


def with_commas(names: list[str]) -> list[str]:
    """``Smith, J.`` and ``Jones, A. B.`` for ``Smith J`` and ``Jones AB``, where ``names`` are surely so written."""
    found = [VANCOUVER.fullmatch(_SPACE_AFTER_STOP.sub("", name)) for name in names]
    short = [one for one in found if one and "{" not in one[0] and not parse_name(one[0]).literal]
    if len(short) < len(names) or not any(_ends_in_initials(one, alone=len(names) == 1) for one in short):
        return names
    return [", ".join(filter(None, (one[1], one[3], dotted(one[2])))) for one in short]


def _ends_in_initials(name: re.Match[str], *, alone: bool) -> bool:
    """Whether the last word of ``name`` can hardly be a family name."""
    family, initials = name[1], name[2]
    if "." in initials:
        return "." not in family
    if len(initials) == 1:
        return not (alone and initials in _OF_ONE_LETTER)
    if family.isupper() or initials in _NO_INITIALS:
        return False
    return _VOWELS.isdisjoint(initials) or fold(family.split()[0]) not in GIVEN
