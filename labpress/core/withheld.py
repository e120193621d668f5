"""A value that is left out on purpose, and says so to whoever asks for it."""

from __future__ import annotations

from typing import NoReturn


class WithheldError(Exception):
    """A value was used where there must be none: a fault of the code."""


class Withheld:
    """Stands in the place of a value. It can be handed on and compared by identity; any other use is a fault."""

    __slots__ = ("_why",)

    def __init__(self, why: str) -> None:
        self._why = why

    def __getattr__(self, name: str) -> NoReturn:
        message = f"{self._why} (asked for {name})"
        raise WithheldError(message)

    def __str__(self) -> str:
        raise WithheldError(self._why)

    def __format__(self, form: str) -> str:
        raise WithheldError(self._why)

    def __bool__(self) -> bool:
        raise WithheldError(self._why)

    def __repr__(self) -> str:
        return "WITHHELD"
