"""Bounds of processor time that hold on machines which are busy with other work."""

from __future__ import annotations

import sys
import time
from functools import _lru_cache_wrapper

import pytest

from labpress.core.remembered import forget_everything

TRIES = 3
"""Other work may slow one try down; what is slow by itself is so in all of them."""


def seconds(work, *arguments) -> tuple[float, object]:
    """The processor time that ``work`` takes with nothing remembered from before, and its result."""
    forget()
    began = time.process_time()
    result = work(*arguments)
    return time.process_time() - began, result


def within(limit: float, work, *arguments):
    """The result of ``work``, which takes no more than ``limit`` seconds of processor time."""
    taken = []
    while len(taken) < TRIES:
        cost, result = seconds(work, *arguments)
        if cost < limit:
            return result
        taken.append(cost)
    pytest.fail(f"expected at most {limit} s, took {', '.join(f'{cost:.2f}' for cost in taken)}")


def forget() -> None:
    """Empty what functions of labpress remember, or a second try would measure nothing."""
    forget_everything()
    for name, module in list(sys.modules.items()):
        if name.startswith("labpress."):
            for thing in vars(module).values():
                if isinstance(thing, _lru_cache_wrapper):
                    thing.cache_clear()
