"""``labpress build``: make the site."""

from __future__ import annotations

import argparse
import time

from labpress.core.collecting import without_collecting
from labpress.edges.commands.common import (
    FAULTS,
    Commands,
    address,
    count,
    exit_code,
    format_option,
    new_command,
    output_option,
    print_diagnostics,
    source_option,
)


def add(commands: Commands[argparse.ArgumentParser]) -> None:
    """Add the command to the command line."""
    command = new_command(
        commands,
        "build",
        "make the site",
        "Read the content folder and write the site. Only what has changed is made anew; the result is the same as "
        "that of a clean build.",
        "labpress build --base-url https://lab.github.io/papers/",
    )
    source_option(command)
    output_option(command)
    command.add_argument("--base-url", type=address, metavar="URL", help="the site's address, over site.yml's")
    command.add_argument("--cache", default="", metavar="DIR", help="where builds remember (default: .labpress-cache)")
    command.add_argument("--clean", action="store_true", help="forget earlier builds: every file is made anew")
    command.add_argument("--no-cache", action="store_true", help="remember nothing, and use nothing remembered")
    command.add_argument("--explain", action="store_true", help="say why each file was made anew")
    command.add_argument("--strict", action="store_true", help="let warnings fail the build like errors")
    command.add_argument("--workers", type=count, default=0, metavar="N", help="processes (default: one per processor)")
    command.add_argument("-q", "--quiet", action="store_true", help="print faults only")
    format_option(command)
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Build, and say what was done."""
    with without_collecting():
        return _run(options)


def _run(options: argparse.Namespace) -> int:
    from labpress.edges.building import CACHE_NAME, BuildPlace, build_place
    from labpress.edges.terminal import closing_line, progress_bar

    started = time.perf_counter()
    place = BuildPlace(
        source=options.source,
        output=options.output,
        base_url=options.base_url or "",
        cache=options.cache or CACHE_NAME,
        use_cache=not options.no_cache,
        clean=options.clean,
        workers=options.workers,
    )
    with progress_bar(enabled=not options.quiet) as progress:
        report = build_place(place, progress=progress)
    print_diagnostics(report.diagnostics, options.format)
    if options.explain:
        for path, reasons in report.reasons.items():
            print(f"{path}: {'; '.join(reasons)}")
    if not options.quiet:
        print(closing_line(report, time.perf_counter() - started, options.output))
    return exit_code(report.diagnostics, strict=options.strict) if report.finished else FAULTS
