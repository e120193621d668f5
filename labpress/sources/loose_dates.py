"""Dates as bibliographies write them: ``Jun. 14, 2022``, ``14 juin 2022``, ``2022/06/14/``, ``2022 Jan-Feb``."""

from __future__ import annotations

import re

from labpress.core.dates import PartialDate, parse_date
from labpress.core.patterns import when_needed

_WORDS = when_needed(r"[^\W\d_]{3,12}|\d{1,8}")
_YEAR_FIRST = when_needed(r"(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?(?!\d)")
_YEAR_LAST = when_needed(r"(?<!\d)(\d{1,2})[/.](\d{1,2})[/.](\d{4})(?!\d)")
_RANGE = when_needed(r"\d\s?(?:-|–|--|/|to|and|&)\s?\d")
_NAMES = """
january januar janvier enero gennaio janeiro januari
february februar février fevrier febrero febbraio fevereiro februari
march märz maerz mrz mars marzo março maart
april avril abril aprile
may mai mayo maggio maio mei maj
june juni juin junio giugno junho
july juli juillet julio luglio julho
august août aout agosto augustus augusti
september sept septembre septiembre settembre setembro
october oktober octobre octubre ottobre outubro
november novembre noviembre novembro
december dezember décembre decembre diciembre dicembre dezembro
"""
"""One line a month: its names in English, German, French, Spanish, Italian, Portuguese, Dutch and Swedish."""

MONTH_NAMES = tuple(_NAMES.split())


def _month_words() -> dict[str, int]:
    """Every name and every abbreviation of three letters or more that means one month only."""
    meanings: dict[str, set[int]] = {}
    for number, names in enumerate(_NAMES.strip().splitlines(), start=1):
        for name in names.split():
            for length in range(3, len(name) + 1):
                meanings.setdefault(name[:length], set()).add(number)
    return {word: months.pop() for word, months in meanings.items() if len(months) == 1}


_MONTHS = _month_words()
_LONGEST = 200


def loose_date(text: str) -> str:
    """The date in ``text`` as ISO 8601, as far as it is certain; "" when there is no year.

    Of a range, the beginning counts, without its day. ``3/4/2022`` may be March or April: only its year is sure.
    """
    text = text[:_LONGEST].strip()
    if first := _YEAR_FIRST.search(text):
        return _checked(*(int(part or 0) for part in first.groups()))
    if last := _YEAR_LAST.search(text):
        return _day_or_month_first(*(int(part) for part in last.groups()))
    if re.fullmatch(r"(?:1[5-9]|20)\d{6}", text):
        return _checked(int(text[:4]), int(text[4:6]), int(text[6:]))
    words = _WORDS.findall(text.lower())
    years = [int(word) for word in words if len(word) == 4 and word.isdigit() and 1400 <= int(word) <= 2199]
    if not years:
        return ""
    return _checked(years[0], *month_and_day(text))


def month_and_day(text: str) -> tuple[int, int]:
    """The month and the day in ``text``, where a month is named or is the only number; 0 for what is not said."""
    words = _WORDS.findall(text[:_LONGEST].lower())
    months = [number for word in words if (number := month_number(word))]
    days = [int(word) for word in words if word.isdigit() and len(word) <= 2]
    if months:
        day = days[0] if len(days) == 1 and not _RANGE.search(text) and 1 <= days[0] <= 31 else 0
        return months[0], day if len(set(months)) == 1 else 0
    if len(words) == 1 and days and 1 <= days[0] <= 12:
        return days[0], 0
    return 0, 0


def month_number(word: str) -> int:
    """1 to 12 for a month's name or its abbreviation, 0 for another word."""
    return _MONTHS.get(word.lower(), 0)


def _day_or_month_first(first: int, second: int, year: int) -> str:
    if first > 12:
        return _checked(year, second, first)
    if second > 12 or first == second:
        return _checked(year, first, second)
    return _checked(year, 0, 0)


def _checked(year: int, month: int = 0, day: int = 0) -> str:
    """The date without the parts that cannot be: seasons are written as months 21 to 24, unknown days as 0."""
    for parts in ((year, month, day), (year, month, 0), (year, 0, 0)):
        date = parse_date(PartialDate(*parts).iso)
        if isinstance(date, PartialDate):
            return date.iso
    return ""
