"""The command line: every command, and what becomes of a failure."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module

from labpress import __version__
from labpress.edges.commands.common import BUG, FAULTS, help_instead
from labpress.edges.streams import open_streams, speak_utf8, unfit
from labpress.edges.usage import Parser

COMMANDS = {
    "init": "init", "import": "importing", "new": "new", "fetch": "fetch", "enrich": "enrich",
    "duplicates": "duplicates", "build": "build", "serve": "serve", "watch": "watch", "check": "check",
    "publish": "publish", "doctor": "doctor", "override": "override", "theme": "theme", "parse": "parse",
    "explain": "explain", "completion": "completion",
}  # fmt: skip
"""Command -> its module, in the order in which ``--help`` lists them."""

DESCRIPTION = "A lab's papers, from a pasted listing or a BibTeX file to a static publications site."
EPILOG = "Exit codes: 0 all well, 1 errors in the input (the rest was done), 2 wrong use, 3 a fault of labpress itself."


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; without ``arguments``, take those of this process and end it."""
    speak_utf8()
    open_streams()
    words = sys.argv[1:] if arguments is None else arguments
    command = parser(words[0] if words else "")
    if bad := unfit(words):
        command.error(f"expected words in UTF-8, found {bad}")
    code = _run(command.parse_args(words))
    if arguments is None:
        with suppress(OSError):  # Has been told of already.
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)  # Python would free, one by one, all the values of a large build: a tenth of a second.
    return code


def _run(options: argparse.Namespace) -> int:
    try:
        code: int = options.run(options)
        sys.stdout.flush()
    except (KeyboardInterrupt, EOFError):  # Ctrl-C; Ctrl-D instead of an answer.
        print("\nstopped", file=sys.stderr)
        return 130
    except Exception as error:  # noqa: BLE001  The last door: what the system refused; or a bug of ours.
        if said := _of_the_system(error):
            print(f"labpress: {said}", file=sys.stderr)
            return FAULTS
        import traceback

        print("labpress: this is a fault of labpress, not yours. Please report what follows:\n", file=sys.stderr)
        traceback.print_exc()
        return BUG
    return code


def _of_the_system(error: Exception) -> str:
    """What the system would not do; "" where the fault is not its own."""
    if isinstance(error, OSError):
        where = f"{error.filename}: " if error.filename else ""
        return where + (error.strerror or str(error)).lower()
    # So Python says it, whatever the limit is.
    return "the system allows no more threads" if str(error) == "can't start new thread" else ""


def parser(command: str = "") -> argparse.ArgumentParser:
    """The command line; of ``command`` alone, where it is named, since to make all of them can be felt."""
    whole = Parser(prog="labpress", description=DESCRIPTION, epilog=EPILOG)
    whole.add_argument("--version", action="version", version=f"labpress {__version__}")
    commands = whole.add_subparsers(title="commands", metavar="COMMAND")
    whole.set_defaults(run=help_instead(whole))
    for name in [command] if command in COMMANDS else COMMANDS:
        import_module(f"labpress.edges.commands.{COMMANDS[name]}").add(commands)
    return whole
