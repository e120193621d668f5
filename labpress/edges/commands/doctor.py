"""``labpress doctor``: what around a site is out of date."""

from __future__ import annotations

import argparse
from pathlib import Path

from labpress.edges.commands.common import FAULTS, FINE, Commands, new_command, source_option


def add(commands: Commands[argparse.ArgumentParser]) -> None:
    """Add the command to the command line."""
    command = new_command(
        commands,
        "doctor",
        "say what around the site is out of date",
        "Versions, the repository, limits of the system, editor settings, the workflow, and the site's own templates "
        "whose originals have changed, with the change to apply to them. What is wrong in the content is for labpress "
        "check to say.",
        "labpress doctor",
    )
    source_option(command)
    command.add_argument("--fix", action="store_true", help="write the schemas and snippets for editors anew")
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print every finding; those that ask for something first say so in their mark."""
    from labpress.edges.disk import read_layers
    from labpress.edges.doctor import findings, outdated_editor_files
    from labpress.edges.durable import write_durably
    from labpress.edges.overrides import changes_to_apply
    from labpress.edges.settings import settings_of

    content = Path(options.source)
    if options.fix:
        files = outdated_editor_files(content.parent)
        write_durably({content.parent / path: data for path, data in files.items()})
        for path in files:
            print(f"  new   {path}")
    settings = settings_of(content)
    found = list(findings(content, settings))
    for one in found:
        print(f"{'  ok  ' if one.fine else '  look'}  {one.what}" + (f"\n          {one.advice}" if one.advice else ""))
    stale = list(changes_to_apply(read_layers(content).value, settings.theme))
    for path, change in stale:
        print(f"  look  {path}: its original has changed since it was copied:\n{change}", end="")
    return FINE if all(one.fine for one in found) and not stale else FAULTS
