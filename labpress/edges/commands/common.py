"""What several commands share: exit codes, options, and how faults are printed."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from labpress.core.diagnostics import Diagnostic

FINE, FAULTS, USAGE, BUG = 0, 1, 2, 3
"""Exit codes: all well; errors in the input, all else was done; wrong use; labpress itself failed."""

Commands = argparse._SubParsersAction  # noqa: SLF001  The type of what ``add_subparsers`` gives has no public name.
"""Where a command adds itself."""


def new_command(
    commands: Commands[argparse.ArgumentParser], name: str, help_line: str, description: str, example: str
) -> argparse.ArgumentParser:
    """A command with its line in the list of commands, what it does in a few sentences, and an example of its use."""
    return commands.add_parser(
        name,
        help=help_line,
        description=description,
        epilog=f"example:\n  {example}",
        formatter_class=_Formatter,
    )


def help_instead(command: argparse.ArgumentParser) -> Callable[[argparse.Namespace], int]:
    """What a command does that needs another word after it, where there is none."""

    def run(_options: argparse.Namespace) -> int:
        command.print_help(sys.stderr)
        return USAGE

    return run


class _Formatter(argparse.RawDescriptionHelpFormatter):
    """Wraps the description, and leaves the examples as they are."""

    def add_text(self, text: str | None) -> None:
        if text and not text.startswith("example"):
            width = self._width - self._current_indent
            text = "\n".join(self._split_lines(" ".join(text.split()), width))
        super().add_text(text)


def source_option(command: argparse.ArgumentParser) -> None:
    """``--source``: the content folder."""
    command.add_argument(
        "-s",
        "--source",
        type=content_folder,
        default="site_src",
        metavar="DIR",
        help="the content folder (default: site_src)",
    )


def content_folder(text: str) -> str:
    """The value of ``--source``, which may be a folder to be made.

    Not so where a folder above has the site: a command that was given in the wrong place would begin a second one.
    """
    from pathlib import Path

    if not Path(text).is_absolute() and not Path(text).exists():
        for above in Path.cwd().parents:
            if (above / text / "site.yml").is_file() or (above / text / "papers").is_dir():
                message = f"expected {text} here, found it in {os.path.relpath(above)}: run labpress there"
                raise argparse.ArgumentTypeError(message)
    return text


def output_option(command: argparse.ArgumentParser) -> None:
    """``--output``: the folder of the built site."""
    command.add_argument(
        "-o", "--output", default="_site", metavar="DIR", help="where the site is written (default: _site)"
    )


def as_of_option(command: argparse.ArgumentParser) -> None:
    """``--as-of``: the year of dates without one."""
    command.add_argument(
        "--as-of", type=year, metavar="YEAR", help="the year of dates that a listing prints without one"
    )


def format_option(command: argparse.ArgumentParser) -> None:
    """``--format``: how faults are printed."""
    command.add_argument(
        "--format",
        choices=("text", "json", "github"),
        default="text",
        help="how faults are printed: for people, as JSON Lines, or as GitHub annotations (default: text)",
    )


def year(text: str) -> int:
    """The value of an option that is a year."""
    if not (text.isascii() and text.isdigit() and 1000 <= int(text) <= 9999):
        message = f"expected a year such as 2026, found {text!r}"
        raise argparse.ArgumentTypeError(message)
    return int(text)


def entry_field(text: str) -> str:
    """The value of an option that is a field of an entry, or its abstract."""
    from labpress.core.text import closest
    from labpress.entries.fields import ENTRY_FIELDS

    known = ["abstract", *ENTRY_FIELDS]
    if text not in known:
        meant = closest(text, known)
        message = f"expected a field of an entry such as venue, found {text!r}"
        raise argparse.ArgumentTypeError(message + (f"; did you mean {meant}?" if meant else ""))
    return text


def count(text: str) -> int:
    """The value of an option that is a number of things, one at least."""
    if not (text.isascii() and text.isdigit() and int(text) >= 1):
        message = f"expected a number from 1 on, found {text!r}"
        raise argparse.ArgumentTypeError(message)
    return int(text)


def address(text: str) -> str:
    """The value of an option that is the address of a site."""
    from labpress.entries.config import site_url

    url = site_url(text)
    if url is None:
        message = f"expected an address such as https://lab.github.io/papers/, found {text!r}"
        raise argparse.ArgumentTypeError(message)
    return url


def print_diagnostics(diagnostics: Iterable[Diagnostic], form: str = "text") -> None:
    """All faults on standard error, in the order of their places, and their number."""
    from labpress.edges.report import as_github, as_json, as_text, in_order, tally

    ordered = in_order(diagnostics)
    colour = form == "text" and sys.stderr.isatty() and "NO_COLOR" not in os.environ
    for one in ordered:
        line = as_json(one) if form == "json" else as_github(one) if form == "github" else as_text(one, colour=colour)
        print(line, file=sys.stderr)
    counted = tally(ordered)
    if counted and form == "text":
        print(counted, file=sys.stderr)


def confirmed(*, yes: bool) -> bool:
    """Whether a person wants written what was shown, or has said so with an option; otherwise told that it was not."""
    somebody = sys.stdin.isatty()
    if yes or (somebody and input("Write this? [y/N] ").strip().lower() in ("y", "yes")):
        return True
    print("nothing was written" if somebody else "nothing was written: give --yes to write it")
    return False


def exit_code(diagnostics: Iterable[Diagnostic], *, strict: bool = False) -> int:
    """``FAULTS`` where there are errors; with ``strict``, also where there are warnings."""
    bad = ("error", "warning") if strict else ("error",)
    return FAULTS if any(one.severity in bad for one in diagnostics) else FINE
