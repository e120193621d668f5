"""``labpress parse``: print what a source says."""

from __future__ import annotations

import argparse
import sys

from labpress.edges.commands.common import (
    Commands,
    as_of_option,
    exit_code,
    format_option,
    new_command,
    print_diagnostics,
)


def add(commands: Commands[argparse.ArgumentParser]) -> None:
    """Add the command to the command line."""
    command = new_command(
        commands,
        "parse",
        "print what a source says, as JSON Lines",
        "Print the records of sources as JSON Lines, one object a paper. Nothing is written.",
        "labpress parse listing.txt | head -1",
    )
    command.add_argument("sources", nargs="+", metavar="FILE", help="a source, or a folder of sources")
    as_of_option(command)
    format_option(command)
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the records on standard output, the faults on standard error."""
    from labpress.edges.importer import read_records
    from labpress.sources.jsonlines import record_as_json

    records, diagnostics = read_records(options.sources, options.as_of)
    for record in records:
        # JSON is UTF-8, whatever the terminal is.
        sys.stdout.buffer.write(f"{record_as_json(record)}\n".encode())
    sys.stdout.flush()
    print_diagnostics(diagnostics, options.format)
    return exit_code(diagnostics)
