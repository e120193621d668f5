"""The first line of a record in a pasted listing: score, category, date and badges, with or without space between.

``97.9AIApr 10`` · ``LGJun 14, 2022Code`` · ``cs.LG, cs.CV 2022-06-14`` · ``quant-ph 14. Juni 2022`` · ``LG2 days ago``
"""

from __future__ import annotations

import re

from msgspec import Struct
from msgspec.structs import replace

from labpress.core.dates import PartialDate, parse_date
from labpress.core.diagnostics import quoted
from labpress.core.patterns import when_needed
from labpress.core.taxonomy import category_id
from labpress.sources.loose_dates import MONTH_NAMES, loose_date, month_number

NO_DATE = PartialDate(0)

_LONGEST = 80
"""Characters: a longer line is never a header, and costs nothing to tell."""

_MONTH = "|".join(
    re.escape(word)
    for word in (
        *MONTH_NAMES,
        *"jan feb mar apr jun jul aug sep sept oct nov dec".split(),
        *"jän mär okt dez janv fév févr avr juil déc ene abr ago dic".split(),
    )
)
_YEAR = r"[12]\d{3}|['’]\d\d"
_BETWEEN = r"[\s·•|,]*"
_CODE = r"(?-i: [A-Z]{2} | [a-z-]{2,9} \. [A-Za-z-]{2,12} )"
_WHEN = rf"""
    (?: (?P<score> \d{{1,4}} (?:[.,]\d{{1,4}})? ) [ ]*%? {_BETWEEN} )?
    (?: (?P<category> [A-Za-z][A-Za-z-]{{0,11}} (?:\.[A-Za-z-]{{2,12}})? )
        (?P<others> (?: (?: [ ]*[,;/·|][ ]* | [ ] ) (?: {_CODE} | \+\d ) ){{0,8}} ) {_BETWEEN} )??
    (?:
        (?P<iso> [12]\d{{3}} (?: [-/] \d{{1,2}} (?: [-/] \d{{1,2}} )? | \.\d{{1,2}}\.\d{{1,2}} ) )
      | (?P<numbers> \d{{1,2}} [/.] \d{{1,2}} [/.] [12]\d{{3}} )
      | (?P<month> {_MONTH} ) \.? (?=[ ]*,?[ ]*['’]?\d)
        (?: [ ]*(?P<day> \d{{1,2}} ) (?:st|nd|rd|th)? (?!\d) )? (?: [ ]*,?[ ]*(?P<year> {_YEAR} ) )?
      | (?P<day_first> \d{{1,2}} ) (?:st|nd|rd|th|er|\.)? [ ]*(?:de[ ])?(?P<month_last> {_MONTH} ) \.?
        (?: [ ]*,?[ ]*(?:de[ ])?(?P<year_last> {_YEAR} ) )?
      | (?P<ago> (?: an? | \d{{1,3}} ) [ ]?(?: min(?:ute)? | h(?:our)? | d(?:ay)? | w(?:eek)? | mo(?:nth)? | y(?:ear)? )
        s?[ ]ago | yesterday | today )
    ) (?!\d)
"""
_COUNTED = r"(?: [★☆⭐] | code ) [ ]?\d[\d.,]{0,6}k? | \(?v\d{1,2}\)? | \d{1,2}[ ]min(?:utes?)?[ ]read"
"""Badges with a number: stars of the code, the version, how long it takes to read."""

_FLAGS = re.VERBOSE | re.ASCII | re.IGNORECASE
_BADGES = rf"[^\d.,:;]{{0,30}} | (?: code | [^\w.,:;] ){{0,6}} (?: {_COUNTED} ) \W{{0,3}}"
_HEADER = when_needed(rf"{_WHEN} {_BETWEEN} (?P<badges> {_BADGES} )", _FLAGS)
_PART = when_needed(_WHEN, _FLAGS)
_CODES = when_needed(_CODE, re.VERBOSE)
_CATEGORY_FIRST = when_needed(rf"({_CODE})(?![a-z])\W*(.+)", re.VERBOSE)
_KNOWN_BADGES = when_needed(
    rf"(?:{_COUNTED}|code|data(?:set)?s?|models?|demo|video|slides|poster|website|project|page|pdf|html|\W)+",
    re.VERBOSE,
)


class Header(Struct, frozen=True):
    """What a header line says."""

    category: str
    """As printed: ``LG``, ``cs.LG``, ``quant-ph``; "" if there is none."""
    date: PartialDate
    """Year 0: the line names no year."""
    others: tuple[str, ...] = ()
    """Further categories, as printed."""
    problem: str = ""
    """What is wrong with the date, for a person; the date is then cut where it still holds."""
    score: float | None = None
    has_code: bool = False
    badge: str = ""
    """What stands behind the date and is no badge that we know."""
    is_rough: bool = False
    """The line is none that we know, but stands where a header has to: parts of it were read."""

    @property
    def is_typical(self) -> bool:
        """Whether nothing about it is odd: prose such as "In June 2022 we" can look like the rest."""
        return not self.badge and bool(category_id(self.category))


NO_HEADER = Header("", NO_DATE)
"""Of a record that has none."""


def parse_header(line: str) -> Header | None:
    """Read ``line`` as the first line of a record; None if it cannot be one."""
    if len(line) > _LONGEST:
        return None
    match = _HEADER.fullmatch(" ".join(line.split()))
    if not match:
        return None
    badges = match["badges"].strip()
    header = _read(match)
    return replace(
        header,
        has_code="code" in badges.lower(),
        badge="" if _KNOWN_BADGES.fullmatch(badges.lower()) else badges,
    )


def rough_header(line: str) -> Header:
    """What ``line`` says where a record's first line has to be: a date and a category if they are anywhere in it."""
    text = " ".join(line.split())[:_LONGEST]
    if match := _PART.search(text):
        header = _read(match)
        score = None if match.start() else header.score
        return replace(header, score=score, has_code="code" in text[match.end() :].lower(), is_rough=True)
    first = _CATEGORY_FIRST.match(text)
    date = parse_date(loose_date(first[2] if first else text))
    return Header(first[1] if first else "", date if isinstance(date, PartialDate) else NO_DATE, is_rough=True)


def _read(match: re.Match[str]) -> Header:
    date, problem = _date(match)
    return Header(
        category=match["category"] or "",
        date=date,
        others=tuple(_CODES.findall(match["others"] or "")),
        problem=problem,
        score=float(match["score"].replace(",", ".")) if match["score"] else None,
    )


def _date(match: re.Match[str]) -> tuple[PartialDate, str]:
    if match["ago"]:
        return NO_DATE, f"{quoted(match['ago'])} names no day"
    if match["iso"]:
        return _checked(re.sub("[/.]", "-", match["iso"]))
    if match["numbers"]:
        date, _ = _checked(loose_date(match["numbers"]))
        return date, "" if date.day else f"{match['numbers']} can be read as two dates"
    month = month_number(match["month"] or match["month_last"])
    day = int(match["day"] or match["day_first"] or 0)
    year = (match["year"] or match["year_last"] or "").replace("’", "'").replace("'", "20")
    if not year:
        return PartialDate(0, month, day), ""
    return _checked(PartialDate(int(year), month, day).iso)


def with_year(date: PartialDate, year: int) -> tuple[PartialDate, str]:
    """``date`` in ``year`` if it names none itself, and what is wrong with it: 2023 has no 29 February."""
    return (date, "") if date.year or not date.month else _checked(PartialDate(year, date.month, date.day).iso)


def _checked(iso: str) -> tuple[PartialDate, str]:
    date = parse_date(iso)
    if isinstance(date, PartialDate):
        return date, ""
    shorter = iso.rpartition("-")[0]
    return (_checked(shorter)[0] if shorter else PartialDate(0)), date
