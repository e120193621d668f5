"""``labpress theme``: which looks there are, and the beginning of another one."""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from labpress.edges.commands import override
from labpress.edges.commands.common import FAULTS, FINE, USAGE, Commands, help_instead, new_command, source_option

if TYPE_CHECKING:
    from labpress.render.theme_file import ThemeFile

THEME_YML = """\
name: {name}
description: {label} with changes of our own.

# Whatever this theme has no file for comes from its parent, file by file: templates, assets, options.
parent: {parent}

# Files of assets/, in the order pages load them. The last one has the last word.
stylesheets: [{stylesheets}]

# Options of the parent with other defaults, and options of your own. One of type colour, font or length becomes the
# custom property of its name: text_font is --text-font in stylesheets.
options: {{}}
"""

STYLES = """\
/* What differs from {parent}. The custom properties at the top of its stylesheet change most at once. */

:root {{
}}
"""


def add(commands: Commands[argparse.ArgumentParser]) -> None:
    """Add the command to the command line."""
    command = new_command(
        commands,
        "theme",
        "list themes, or begin one of your own",
        "List the themes there are, begin a new one on another, or copy a template of the site's theme to change it. "
        "A theme of the site's own lies in themes/ of the content folder, and has only what differs from its parent.",
        "labpress theme new ours --parent lab",
    )
    tasks = command.add_subparsers(title="tasks", metavar="TASK")
    command.set_defaults(run=help_instead(command))
    listing = new_command(
        tasks,
        "list",
        "the themes there are; * marks the site's",
        "Name and character of every theme: those of labpress, and the site's own.",
        "labpress theme list",
    )
    listing.set_defaults(run=run_list)
    new = new_command(
        tasks,
        "new",
        "begin a theme in themes/NAME of the content folder",
        "Write a theme that looks like its parent, with an empty stylesheet to say what differs.",
        "labpress theme new ours --parent lab",
    )
    new.add_argument("name", metavar="NAME", help="letters, digits and hyphens")
    new.add_argument("--parent", default="journal", metavar="THEME", help="what it begins from (default: journal)")
    new.set_defaults(run=run_new)
    eject = new_command(
        tasks,
        "eject",
        "copy a template of the site's theme, to change it; the same as override",
        "Copy a template into templates/ of the content folder, where it wins over the theme's.",
        "labpress theme eject card.html",
    )
    eject.add_argument("names", nargs="+", metavar="TEMPLATE", help="a template, such as card.html")
    eject.set_defaults(run=override.run, applied=False)
    for task in (listing, new, eject):
        source_option(task)


def run_list(options: argparse.Namespace) -> int:
    """Print name, origin and description of every theme."""
    from labpress.edges.disk import read_layers
    from labpress.edges.settings import settings_of
    from labpress.render.theme import theme_names

    content = Path(options.source)
    layers = read_layers(content).value
    chosen = settings_of(content).theme
    names = theme_names(layers)
    for name in names:
        mark = "*" if name == chosen else " "
        own = " (your own)" if any(name in layer.themes for layer in layers if not layer.builtin) else ""
        print(f"{mark} {name:{max(map(len, names))}}  {_theme_file(content, name).description}{own}")
    return FINE


def run_new(options: argparse.Namespace) -> int:
    """Write the files of a new theme, where there is none of that name."""
    from labpress.core.text import closest
    from labpress.edges.disk import read_layers
    from labpress.edges.durable import write_new
    from labpress.render.theme import theme_names

    content, name, parent = Path(options.source), options.name, options.parent
    known = theme_names(read_layers(content).value)
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,60}", name):
        print(f"labpress: expected a name of small letters, digits and hyphens, found {name}", file=sys.stderr)
        return USAGE
    if parent not in known:
        meant = closest(parent, known)
        print(f"labpress: there is no theme {parent}{f'; did you mean {meant}?' if meant else ''}", file=sys.stderr)
        return USAGE
    if name in known:
        print(f"labpress: there is a theme {name} already, and it stays", file=sys.stderr)
        return FAULTS
    file = _theme_file(content, parent)
    stylesheets = ", ".join([*(file.stylesheets or ()), f"{name}.css"])
    texts = {
        "theme.yml": THEME_YML.format(name=name, parent=parent, label=file.label or parent, stylesheets=stylesheets),
        f"assets/{name}.css": STYLES.format(parent=parent),
    }
    files = {content / "themes" / name / path: text.encode() for path, text in texts.items()}
    left = write_new(files)
    for path in files:
        print(f"  kept  {path.as_posix()} (it was there already)" if path in left else f"  new   {path.as_posix()}")
    print(f"Write  theme: {name}  into {(content / 'site.yml').as_posix()} to see it.")
    return FINE


def _theme_file(content: Path, name: str) -> ThemeFile:
    from labpress.edges.disk import read_layers
    from labpress.render.theme import find_theme

    return find_theme(read_layers(content).value, name).value.file
