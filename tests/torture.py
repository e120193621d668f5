"""The long run: how much longer some tests are, and what they count.

``make torture`` runs the tests marked with ``torture`` alone, ``LABPRESS_TORTURE`` times as long as ``make test`` does,
and prints in the end what was counted.
"""

from __future__ import annotations

import os
from collections import Counter

from hypothesis import HealthCheck, settings

SCALE = int(os.environ.get("LABPRESS_TORTURE", "1"))
"""1 for the short form, which belongs to the usual tests."""

WHOLE = 30
"""The scale of ``make torture``."""

_COUNTED = "counted"


def times(usual: int, whole: int = 0) -> int:
    """How often something is done of which a usual run does ``usual``, and `make torture` ``whole``.

    Without ``whole``, that is as many times as often as its scale says.
    """
    return usual if SCALE == 1 else max(usual, (whole or usual * WHOLE) * SCALE // WHOLE)


def count_as_property(what: str, number: int) -> tuple[str, tuple[str, int]]:
    """A count as pytest carries it from a test to the summary, from whichever process."""
    return _COUNTED, (what, number)


def total(properties: list[tuple[str, object]]) -> Counter[str]:
    """The sums of all counts among the ``properties`` of tests."""
    counts: Counter[str] = Counter()
    for name, value in properties:
        if name == _COUNTED:
            what, number = value
            counts[what] += number
    return counts


def examples(usual: int) -> settings:
    """Hypothesis tries ``usual`` examples in a usual run, however long one of them takes."""
    slow = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
    return settings(max_examples=times(usual), deadline=None, suppress_health_check=slow)
