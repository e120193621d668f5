"""Patterns that are costly to make."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache


def when_needed(pattern: str) -> Callable[[], re.Pattern[str]]:
    """``pattern``, compiled at its first use: a set of thousands of characters takes milliseconds, and few need it."""
    return cache(lambda: re.compile(pattern))
