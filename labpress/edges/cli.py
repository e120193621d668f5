"""The command line. Each command's own modules are imported when it runs, so that ``--help`` is quick."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from labpress import __version__

if TYPE_CHECKING:
    from labpress.core.diagnostics import Diagnostic

FINE, FAULTS, USAGE, BUG = 0, 1, 2, 3
"""Exit codes: all well; errors in the input, all else was done; wrong use; labpress itself failed."""

DESCRIPTION = "A lab's papers, from a pasted listing or a BibTeX file to a static publications site."
EPILOG = "Exit codes: 0 all well, 1 errors in the input (the rest was done), 2 wrong use, 3 a fault of labpress itself."


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    options = parser().parse_args(arguments)
    try:
        code: int = options.run(options)
    except KeyboardInterrupt:
        print("stopped", file=sys.stderr)
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


def parser() -> argparse.ArgumentParser:
    """All commands and their options."""
    whole = argparse.ArgumentParser(prog="labpress", description=DESCRIPTION, epilog=EPILOG)
    whole.add_argument("--version", action="version", version=f"labpress {__version__}")
    commands = whole.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _add_build(commands)
    _add_import(commands)
    _add_parse(commands)
    return whole


def _add_build(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = commands.add_parser(
        "build",
        help="make the site",
        description="Read the content folder and write the site. Only what has changed is made anew; the result is the "
        "same as that of a clean build.",
        epilog="Example: labpress build --base-url https://lab.github.io/papers/",
    )
    _source_option(command)
    command.add_argument(
        "-o", "--output", default="_site", metavar="DIR", help="where the site is written (default: _site)"
    )
    command.add_argument("--base-url", type=_url, metavar="URL", help="the site's address, over site.yml's")
    command.add_argument("--cache", default="", metavar="DIR", help="where builds remember (default: .labpress-cache)")
    command.add_argument("--no-cache", action="store_true", help="remember nothing, and use nothing remembered")
    command.add_argument("--clean", action="store_true", help="make every file anew")
    command.add_argument("--explain", action="store_true", help="say why each file was made anew")
    command.add_argument("--strict", action="store_true", help="let warnings fail the build like errors")
    command.add_argument("--workers", type=int, default=0, metavar="N", help="processes (default: one per processor)")
    command.add_argument("-q", "--quiet", action="store_true", help="print faults only")
    _format_option(command)
    command.set_defaults(run=_build)


def _add_import(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = commands.add_parser(
        "import",
        help="turn sources into entries, one Markdown file a paper",
        description="Read sources (a pasted listing, BibTeX, ...) and write one Markdown file a paper. The format is "
        "told by the content. What a person has edited since stays; what the source changed since is brought in.",
        epilog="Example: labpress import seeds/listing.txt",
    )
    command.add_argument("sources", nargs="+", metavar="FILE", help="a source, or a folder of sources")
    _source_option(command)
    _as_of_option(command)
    command.add_argument("--dry-run", action="store_true", help="print what would change as a diff, and write nothing")
    command.add_argument(
        "--theirs", action="append", default=[], metavar="FIELD", help="take the source's FIELD over a hand edit"
    )
    _format_option(command)
    command.set_defaults(run=_import)


def _add_parse(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = commands.add_parser(
        "parse",
        help="print what a source says, as JSON Lines",
        description="Print the records of sources as JSON Lines, one object a paper. Nothing is written.",
        epilog="Example: labpress parse seeds/listing.txt | head -1",
    )
    command.add_argument("sources", nargs="+", metavar="FILE", help="a source, or a folder of sources")
    _as_of_option(command)
    _format_option(command)
    command.set_defaults(run=_parse)


def _source_option(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "-s", "--source", default="site_src", metavar="DIR", help="the content folder (default: site_src)"
    )


def _as_of_option(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--as-of", type=_year, metavar="YEAR", help="the year of dates that a listing prints without one"
    )


def _format_option(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--format",
        choices=("text", "json", "github"),
        default="text",
        help="how faults are printed: for people, as JSON Lines, or as GitHub annotations (default: text)",
    )


def _year(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1000 <= int(text) <= 9999):
        message = f"expected a year such as 2026, found {text!r}"
        raise argparse.ArgumentTypeError(message)
    return int(text)


def _url(text: str) -> str:
    from labpress.entries.config import site_url

    url = site_url(text)
    if url is None:
        message = f"expected an address such as https://lab.github.io/papers/, found {text!r}"
        raise argparse.ArgumentTypeError(message)
    return url


def _build(options: argparse.Namespace) -> int:
    from labpress.edges.building import CACHE_NAME, BuildPlace, build_place
    from labpress.edges.terminal import closing_line, progress_bar

    started = time.perf_counter()
    place = BuildPlace(
        source=options.source,
        output=options.output,
        base_url=options.base_url or "",
        cache=options.cache or CACHE_NAME,
        use_cache=not options.no_cache,
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
    strict = options.strict and any(one.severity == "warning" for one in report.diagnostics)
    return FAULTS if strict or not report.finished else _code(report.diagnostics)


def _import(options: argparse.Namespace) -> int:
    from pathlib import Path

    from labpress.edges.importer import import_sources, summary

    content = Path(options.source)
    (plan, diff), diagnostics = import_sources(
        content, options.sources, options.as_of, insist=options.theirs, dry_run=options.dry_run
    )
    print_diagnostics(diagnostics, options.format)
    print(diff, end="")
    print(f"{summary(plan)} ({'nothing was written' if options.dry_run else f'{content.as_posix()}/papers/'})")
    return _code(diagnostics)


def _parse(options: argparse.Namespace) -> int:
    from labpress.edges.importer import read_records
    from labpress.sources.jsonlines import record_as_json

    records, diagnostics = read_records(options.sources, options.as_of)
    for record in records:
        # JSON is UTF-8, whatever the terminal is.
        sys.stdout.buffer.write(f"{record_as_json(record)}\n".encode())
    sys.stdout.flush()
    print_diagnostics(diagnostics, options.format)
    return _code(diagnostics)


def print_diagnostics(diagnostics: Iterable[Diagnostic], form: str) -> None:
    """All faults on standard error, in the order of their places, and their number."""
    from labpress.edges.report import as_github, as_json, as_text, in_order, tally

    ordered = in_order(diagnostics)
    colour = form == "text" and sys.stderr.isatty() and "NO_COLOR" not in os.environ
    for one in ordered:
        line = as_json(one) if form == "json" else as_github(one) if form == "github" else as_text(one, colour=colour)
        print(line, file=sys.stderr)
    counted = tally(ordered)
    if counted and form == "text":
        print(counted, file=sys.stderr)


def _code(diagnostics: Iterable[Diagnostic]) -> int:
    return FAULTS if any(one.is_error for one in diagnostics) else FINE
