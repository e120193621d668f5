"""What a thesis was written for, however a source words it: ``Ph.D. Dissertation``, ``Thèse de doctorat``."""

from __future__ import annotations

import re

from labpress.core.text import fold, one_line

_DEGREES = {
    "Habilitation": re.compile(r"habilita|\bhdr\b"),
    "PhD": re.compile(r"\bph\.? ?d|docto|dokto|dottorat|doutor|tohtori"),
    "Master": re.compile(r"\bmaster|\bm\.? ?sc\b|\bmathesis\b|\bmaitrise|\bmagistral|\bmestrado|\bmaestria"),
    "Bachelor": re.compile(r"\bbachelor|\bb\.? ?sc\b|\bbathesis\b"),
    "Diploma": re.compile(r"\bdiplom"),
    "Candidate": re.compile(r"\bcandthesis\b"),
}
"""Degree -> its name in folded words; the first that is there counts. The form of a doctorate is told by whoever cares:
``Dr. rer. nat.`` stays what it is."""
_THESIS = re.compile(r"(?:inaugural-?)?(?:thes[ei]s|these|dissertations?|tes[ie]s?|proefschrift|avhandling|afhandling)")
"""A thesis of any kind."""
_LAST_WORD = re.compile(r"\s(?:thes[ei]s|dissertations?)$", re.IGNORECASE)


def degree_name(written: str) -> str:
    """The degree that ``written`` names, "" where it says no more than that this is a thesis."""
    if not written:
        return ""
    written = one_line(written)
    words = fold(written)
    known = next((name for name, pattern in _DEGREES.items() if pattern.search(words)), "")
    return known or ("" if _THESIS.fullmatch(words) else _LAST_WORD.sub("", written))
