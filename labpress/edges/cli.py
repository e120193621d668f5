"""The command line: every command, and what becomes of a failure."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from io import TextIOWrapper

from labpress import __version__
from labpress.edges.commands.common import BUG, FAULTS, FINE, help_instead
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
    words = sys.argv[1:] if arguments is None else arguments
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # As of standard error: no terminal has every letter.
    options = parser(words[0] if words else "").parse_args(words)
    code = _run(options)
    if arguments is None:
        # Python would free, one by one, all the values of a large build: a tenth of a second for nothing.
        with suppress(BrokenPipeError):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)
    return code


def _run(options: argparse.Namespace) -> int:
    try:
        code: int = options.run(options)
    except (KeyboardInterrupt, EOFError):  # Ctrl-C; Ctrl-D instead of an answer.
        print("\nstopped", file=sys.stderr)
        return 130
    except BrokenPipeError:
        # The reader of a pipe has gone; Python must not complain of it again when it flushes on exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FINE
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        print(f"labpress: {where}{(error.strerror or str(error)).lower()}", file=sys.stderr)
        return FAULTS
    except Exception:  # noqa: BLE001  The last door: a bug of ours, said in words before its traceback.
        import traceback

        print("labpress: this is a fault of labpress, not yours. Please report what follows:\n", file=sys.stderr)
        traceback.print_exc()
        return BUG
    return code


def parser(command: str = "") -> argparse.ArgumentParser:
    """The command line; of ``command`` alone, where it is named, since to make all of them can be felt."""
    whole = Parser(prog="labpress", description=DESCRIPTION, epilog=EPILOG)
    whole.add_argument("--version", action="version", version=f"labpress {__version__}")
    commands = whole.add_subparsers(title="commands", metavar="COMMAND")
    whole.set_defaults(run=help_instead(whole))
    for name in [command] if command in COMMANDS else COMMANDS:
        import_module(f"labpress.edges.commands.{COMMANDS[name]}").add(commands)
    return whole
