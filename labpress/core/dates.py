"""Dates as publications have them: a year, perhaps a month, perhaps a day."""

from __future__ import annotations

import re
from calendar import monthrange

from msgspec import Struct

from labpress.core.patterns import when_needed

_ISO = when_needed(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", re.ASCII)

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


class PartialDate(Struct, frozen=True, order=True, omit_defaults=True):
    """A date that may stop at the month or the year. Month and day are 0 when unknown."""

    year: int
    month: int = 0
    day: int = 0

    @property
    def iso(self) -> str:
        """``2022``, ``2022-06`` or ``2022-06-14``."""
        if not self.month:
            return f"{self.year:04}"
        if not self.day:
            return f"{self.year:04}-{self.month:02}"
        return f"{self.year:04}-{self.month:02}-{self.day:02}"


def parse_date(text: str) -> PartialDate | str:
    """Read ``2022``, ``2022-06`` or ``2022-06-14``; otherwise return what is wrong with it, for a person."""
    match = _ISO.fullmatch(text.strip())
    if not match:
        return ""
    year, month, day = (int(part) if part else 0 for part in match.groups())
    if year < 1:
        return "there is no year 0"
    if match.group(2) and not 1 <= month <= 12:
        return f"there is no month {month}"
    if match.group(3):
        days = monthrange(year, month)[1]
        if not 1 <= day <= days:
            return f"{MONTHS[month - 1]} {year} has {days} days"
    return PartialDate(year, month, day)
