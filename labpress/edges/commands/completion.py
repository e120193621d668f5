"""``labpress completion``: what a shell needs to complete commands and options."""

from __future__ import annotations

import argparse

from labpress.edges.commands.common import FINE, Commands, new_command


def add(commands: Commands[argparse.ArgumentParser]) -> None:
    """Add the command to the command line."""
    command = new_command(
        commands,
        "completion",
        "print a script that completes commands in a shell",
        "Print a script for a shell. With it, Tab completes commands, options and their values.",
        "source <(labpress completion bash)",
    )
    command.add_argument("shell", choices=("bash", "zsh", "fish"), help="the shell")
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the script."""
    from labpress.edges.cli import parser
    from labpress.edges.completion import SHELLS, completed

    print(SHELLS[options.shell](completed(parser())), end="")
    return FINE
