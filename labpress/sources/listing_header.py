"""The first line of a record in a pasted listing: score, category, date and badges, with or without space between.

``97.9AIApr 10`` · ``LGJun 14, 2022Code`` · ``cs.LG 2022-06-14`` · ``quant-ph 14 June 2022``
"""

from __future__ import annotations

import re

from msgspec import Struct

from labpress.core.dates import MONTHS, PartialDate, parse_date
from labpress.core.taxonomy import category_id

_LONGEST = 80
"""Characters: a longer line is never a header, and costs nothing to tell."""

_MONTH = "|".join("Sep(?:t(?:ember)?)?" if m == "September" else f"{m[:3]}(?:{m[3:]})?" for m in MONTHS)
_BETWEEN = r"[\s·•|,]*"
_HEADER = re.compile(
    rf"""
    (?: (?P<score> \d{{1,4}} (?:[.,]\d{{1,4}})? ) [ ]*%? {_BETWEEN} )?
    (?: (?P<category> [A-Za-z][A-Za-z-]{{0,11}} (?:\.[A-Za-z-]{{2,12}})? ) {_BETWEEN} )??
    (?:
        (?P<iso> [12]\d{{3}} [-/] \d{{1,2}} (?: [-/] \d{{1,2}} )? )
      | (?P<month> {_MONTH} ) \.? (?=[ ]*,?[ ]*\d)
        (?: [ ]*(?P<day> \d{{1,2}} ) (?!\d) )? (?: [ ]*,?[ ]*(?P<year> [12]\d{{3}} ) )?
      | (?P<day_first> \d{{1,2}} ) [ ]*(?P<month_last> {_MONTH} ) \.? (?: [ ]*,?[ ]*(?P<year_last> [12]\d{{3}} ) )?
    ) (?!\d)
    {_BETWEEN} (?P<badges> [^\d.,:;]{{0,30}} )
    """,
    re.VERBOSE | re.ASCII | re.IGNORECASE,
)
_KNOWN_BADGES = re.compile(
    r"(?:code|data(?:set)?s?|models?|demo|video|slides|poster|website|project|page|pdf|html|\W)+"
)


class Header(Struct, frozen=True):
    """What a header line says."""

    category: str
    """As printed: ``LG``, ``cs.LG``, ``quant-ph``; "" if there is none."""
    date: PartialDate
    """Year 0: the line names no year."""
    problem: str = ""
    """What is wrong with the date, for a person; the date is then cut where it still holds."""
    score: float | None = None
    has_code: bool = False
    badge: str = ""
    """What stands behind the date and is no badge that we know."""

    @property
    def is_typical(self) -> bool:
        """Whether nothing about it is odd: prose such as "In June 2022 we" can look like the rest."""
        return not self.badge and bool(category_id(self.category))


def parse_header(line: str) -> Header | None:
    """Read ``line`` as the first line of a record; None if it cannot be one."""
    if len(line) > _LONGEST:
        return None
    match = _HEADER.fullmatch(" ".join(line.split()))
    if not match:
        return None
    score = match["score"]
    badges = match["badges"].strip()
    date, problem = _date(match)
    return Header(
        category=match["category"] or "",
        date=date,
        problem=problem,
        score=float(score.replace(",", ".")) if score else None,
        has_code="code" in badges.lower(),
        badge="" if _KNOWN_BADGES.fullmatch(badges.lower()) else badges,
    )


def _date(match: re.Match[str]) -> tuple[PartialDate, str]:
    if match["iso"]:
        return _checked(match["iso"].replace("/", "-"))
    month = _month_number(match["month"] or match["month_last"])
    day = int(match["day"] or match["day_first"] or 0)
    year = int(match["year"] or match["year_last"] or 0)
    if not year:
        return PartialDate(0, month, day), ""
    return _checked(PartialDate(year, month, day).iso)


def _month_number(text: str) -> int:
    return next(number for number, month in enumerate(MONTHS, 1) if month.lower().startswith(text.lower()[:3]))


def with_year(date: PartialDate, year: int) -> tuple[PartialDate, str]:
    """``date`` in ``year`` if it names none itself, and what is wrong with it: 2023 has no 29 February."""
    return (date, "") if date.year else _checked(PartialDate(year, date.month, date.day).iso)


def _checked(iso: str) -> tuple[PartialDate, str]:
    date = parse_date(iso)
    if isinstance(date, PartialDate):
        return date, ""
    shorter = iso.rpartition("-")[0]
    return (_checked(shorter)[0] if shorter else PartialDate(0)), date
