"""``labpress override``: a built-in template, to be changed."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from labpress.edges.commands.common import FAULTS, FINE, USAGE, Commands, new_command, source_option


def add(commands: Commands[argparse.ArgumentParser]) -> None:
    """Add the command to the command line."""
    command = new_command(
        commands,
        "override",
        "copy a built-in template, to change it",
        "Copy a built-in template into templates/ of the content folder, where it wins over the built-in one. Its "
        "original is kept beside it, so that labpress check can tell when it has changed, and labpress doctor what. "
        "Without a name, the templates that there are.",
        "labpress override card.html",
    )
    command.add_argument("names", nargs="*", metavar="NAME", help="a template, such as card.html")
    command.add_argument(
        "--applied", action="store_true", help="the change of its original, which doctor shows, is made in your copy"
    )
    source_option(command)
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """List the templates, or copy those that are named."""
    from labpress.core.text import closest
    from labpress.edges.disk import read_layers
    from labpress.edges.overrides import builtin_templates, copy_template, keep_original
    from labpress.edges.settings import settings_of

    if options.applied and not options.names:
        print("labpress: expected the name of a template after --applied, found none", file=sys.stderr)
        return USAGE
    content = Path(options.source)
    templates = builtin_templates(read_layers(content).value, settings_of(content).theme)
    for name in options.names or sorted(templates):
        if not options.names:
            print(name)
        elif name not in templates:
            stems = {known.removesuffix(".html"): known for known in templates}
            meant = stems.get(closest(name.removesuffix(".html"), stems), "")
            print(
                f"labpress: there is no template {name}{f'; did you mean {meant}?' if meant else ''}", file=sys.stderr
            )
            return USAGE
        elif options.applied:
            if not keep_original(content / "templates", name, templates[name]):
                print(f"labpress: {content}/templates/{name} is not there; copy it first", file=sys.stderr)
                return USAGE
            print(f"  kept  {(content / 'templates' / name).as_posix()}, with its original of today")
        elif not copy_template(content / "templates", name, templates[name]):
            print(f"labpress: {content}/templates/{name} is there already, and stays", file=sys.stderr)
            return FAULTS
        else:
            print(f"  new   {(content / 'templates' / name).as_posix()}")
    return FINE
