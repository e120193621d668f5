"""``labpress explain``: why the next build would make a file anew."""

from __future__ import annotations

import argparse
import sys

from labpress.edges.commands.common import (
    FAULTS,
    FINE,
    Commands,
    new_command,
    output_option,
    print_diagnostics,
    source_option,
)


def add(commands: Commands[argparse.ArgumentParser]) -> None:
    """Add the command to the command line."""
    command = new_command(
        commands,
        "explain",
        "say why the next build would make a page anew, or would keep it",
        "Says of one file of the site what has changed since it was made. Nothing is written.",
        "labpress explain papers/dinh2022lift",
    )
    command.add_argument("path", metavar="PATH", help="a page of the site, or the file of an entry")
    source_option(command)
    output_option(command)
    command.add_argument("--cache", default="", metavar="DIR", help="where builds remember (default: .labpress-cache)")
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Compare, and say what was found."""
    from labpress.edges.building import CACHE_NAME, BuildPlace, explain

    place = BuildPlace(source=options.source, output=options.output, cache=options.cache or CACHE_NAME)
    reasons, faults = explain(place, options.path)
    print_diagnostics(faults)
    if faults:
        return FAULTS
    if reasons is None:
        print(f"{options.path}: the site has no such page", file=sys.stderr)
        return FAULTS
    print(f"{options.path}: {'; '.join(reasons) or 'kept, for nothing that it is made from has changed'}")
    return FINE
