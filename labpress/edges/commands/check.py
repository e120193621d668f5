"""``labpress check``: what to mend before the world sees it."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from labpress.edges.commands.common import (
    Commands,
    address,
    confirmed,
    exit_code,
    format_option,
    new_command,
    print_diagnostics,
    source_option,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from labpress.core.diagnostics import Diagnostic, Parsed
    from labpress.edges.checking import Checked

MANY = 3
"""Notes of one kind that are shown one by one."""


def add(commands: Commands[argparse.ArgumentParser]) -> None:
    """Add the command to the command line."""
    command = new_command(
        commands,
        "check",
        "say what to mend before the world sees it",
        "Everything that a build says, and more: dead links and anchors, pictures without words, papers that search "
        "engines will not find, people and topics that no paper mentions, files larger than a host takes. Writes "
        "nothing; with --fix, what has one right answer is mended, after it was shown as a diff.",
        "labpress check --strict",
    )
    source_option(command)
    command.add_argument("--base-url", type=address, metavar="URL", help="the site's address, over site.yml's")
    command.add_argument("--strict", action="store_true", help="let warnings fail the check like errors")
    command.add_argument("--fix", action="store_true", help="mend misspelt keys, forms of dates, separate accents")
    command.add_argument("-y", "--yes", action="store_true", help="with --fix: do not ask")
    command.add_argument("--external", action="store_true", help="ask other sites whether the pages linked are there")
    format_option(command)
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Check, fix if told to, and check again what was fixed."""
    checked = _check(options)
    diagnostics = checked.diagnostics
    if options.fix:
        checked, meanwhile = _fixed(options, checked)
        diagnostics = (*meanwhile, *checked.diagnostics)
    if options.external:
        from labpress.edges.external import dead_external_links

        diagnostics = (*diagnostics, *dead_external_links(checked.external))
    print_diagnostics(_condensed(diagnostics) if options.format == "text" else diagnostics, options.format)
    if not diagnostics:
        print("nothing to mend")
    return exit_code(diagnostics, strict=options.strict)


def _check(options: argparse.Namespace) -> Checked:
    from labpress.edges.building import BuildPlace
    from labpress.edges.checking import check_place

    return check_place(BuildPlace(source=options.source, base_url=options.base_url or ""))


def _fixed(options: argparse.Namespace, checked: Checked) -> Parsed[Checked]:
    """Show what would be fixed, ask, write it and check again. What was edited meanwhile is not written over."""
    from labpress.core.diagnostics import Parsed
    from labpress.edges.durable import left_alone, write_durably
    from labpress.edges.fixing import diff_of, fixes_of

    fixes = fixes_of(checked)
    for path, (old, new) in fixes.items():
        print(diff_of(path, old, new), end="")
    if not (fixes and confirmed(yes=options.yes)):
        return Parsed(checked)
    as_read = {Path(path): old for path, (old, _new) in fixes.items()}
    left = write_durably({Path(path): new for path, (_old, new) in fixes.items()}, as_read)
    return Parsed(_check(options), left_alone(left))


def _condensed(diagnostics: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """The first few notes of each kind, and how many more there are: fifty papers often lack the same thing."""
    from labpress.core.diagnostics import Diagnostic
    from labpress.edges.report import in_order

    counts: dict[str, int] = {}
    for one in in_order(diagnostics):
        if one.severity == "note":
            counts[one.code] = counts.get(one.code, 0) + 1
            if counts[one.code] > MANY:
                continue
        yield one
    for code, count in counts.items():
        if count > MANY:
            more = f"{count - MANY:,} more note{'' if count == MANY + 1 else 's'}"
            yield Diagnostic(code, f"and {more} of this kind; --format json lists all")
