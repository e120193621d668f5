"""argparse with words that help: whoever misspells a command, an option or a value hears which one was meant."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from typing import Any


class Parser(argparse.ArgumentParser):
    """A command. What it does not know is its own fault to report, with its own usage."""

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:  # noqa: ANN401  argparse has overloads.
        """Nothing unknown is passed up to the whole command line, which could name no command's options."""
        known, unknown = super().parse_known_args(args, namespace)
        if unknown:
            self.error(_unknown(unknown[0], self._option_string_actions))
        return known, unknown

    def _check_value(self, action: argparse.Action, value: Any) -> None:  # noqa: ANN401  Whatever the type of a choice.
        """Argparse's own check, with the likeliest of the words there are."""
        if action.choices is not None and value not in action.choices:
            words = [str(word) for word in action.choices]
            raise argparse.ArgumentError(action, _unknown(str(value), words) + f" (there is {', '.join(words)})")


def _unknown(word: str, known: Iterable[str]) -> str:
    from labpress.core.text import closest

    meant = closest(word.partition("=")[0], known)
    return f"unknown: {word}" + (f"; did you mean {meant}?" if meant else "")
