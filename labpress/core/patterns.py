"""Patterns that cost nothing until they are used.

A build after an edit uses a fifth of the patterns that its modules have. To compile the others as well took it 17 of
240 ms, and those of the libraries that it imports another 11.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, AnyStr, cast

_compile = re.compile


def when_needed(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """``re.compile``, put off until the pattern is first used. Then it costs what a compiled one does."""
    return cast("re.Pattern[AnyStr]", _Pattern(pattern, flags))


@contextmanager
def patterns_put_off() -> Iterator[None]:
    """Put off the patterns of a library that is imported in here, too.

    For libraries that ask their patterns to search and do not give them to ``re``. What another thread compiles in the
    meantime is put off as well.
    """
    re.compile = when_needed  # type: ignore[assignment]
    try:
        yield
    finally:
        re.compile = _compile


class _Pattern:
    """Has every attribute of the compiled pattern from the moment that it is asked for."""

    def __init__(self, pattern: str | bytes, flags: int) -> None:
        self.pattern = pattern
        self._flags = flags

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  Whatever a pattern has.
        found = getattr(_compile(self.pattern, self._flags), name)  # Which ``re`` keeps, for the next attribute.
        setattr(self, name, found)
        return found
