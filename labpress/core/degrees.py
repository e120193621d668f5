"""What a thesis was written for, however a source words it: ``Ph.D. Dissertation``, ``Thèse de doctorat``."""

from __future__ import annotations

import re

from labpress.core.patterns import when_needed
from labpress.core.text import fold, one_line

_DEGREES = {
    "Habilitation": when_needed(r"habilita|\bhdr\b"),
    "PhD": when_needed(r"\bph\.? ?d|docto|dokto|dottorat|doutor|tohtori"),
    "Master": when_needed(r"\bmaster|\bm\.? ?sc\b|\bmathesis\b|\bmaitrise|\bmagistral|\bmestrado|\bmaestria"),
    "Bachelor": when_needed(r"\bbachelor|\bb\.? ?sc\b|\bbathesis\b"),
    "Diploma": when_needed(r"\bdiplom"),
    "Candidate": when_needed(r"\bcandthesis\b"),
}
"""Degree -> its name in folded words; the first that is there counts. The form of a doctorate is told by whoever cares:
``Dr. rer. nat.`` stays what it is."""
_THESIS = when_needed(
    r"(?:inaugural-?)?(?:thes[ei]s|these|dissertations?|tes[ie]s?|proefschrift|avhandling|afhandling)"
)
"""A thesis of any kind."""
_LAST_WORD = when_needed(r"\s(?:thes[ei]s|dissertations?)$", re.IGNORECASE)


def degree_name(written: str) -> str:
    """The degree that ``written`` names, "" where it says no more than that this is a thesis."""
    if not written:
        return ""
    written = one_line(written)
    words = fold(written)
    known = next((name for name, pattern in _DEGREES.items() if pattern.search(words)), "")
    return known or ("" if _THESIS.fullmatch(words) else _LAST_WORD.sub("", written))
