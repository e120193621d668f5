"""What ``labpress serve`` and ``labpress watch`` say on the terminal: what was made, why, and how fast."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import suppress

from labpress.core.diagnostics import Diagnostic
from labpress.edges.commands.common import print_diagnostics
from labpress.edges.live.messages import Built, Failed, Imported, Report, Restyled, Revised
from labpress.edges.report import in_order, printable, tally

REASONS = 4
"""Reasons that are told one by one."""


class Console:
    """Prints reports as they come. Faults are printed when they are not those of the time before.

    What it prints to may end before the preview does: a pager, a terminal. That is no reason to stop.
    """

    def __init__(self, output: str, *, quiet: bool = False) -> None:
        self.output = output
        self.quiet = quiet
        self._faults: list[Diagnostic] = []

    def hear(self, report: Report, seconds: float) -> None:
        """Print what one report is about; ``seconds`` is how long ago the change was that it follows from."""
        if isinstance(report, Built):
            self.say(_built(report, self.output, seconds))
            for line in _why(report):
                self.say(line, continued=True)
            self._show(in_order(report.diagnostics))
        elif isinstance(report, Revised) and report.paths:
            self.say(f"{printable(report.source)}: page made anew ({_time(seconds)})")
        elif isinstance(report, Restyled) and report.renamed:
            self.say(f"style sheets written ({_time(seconds)})")
        elif isinstance(report, Imported):
            self.say(f"imported {printable(', '.join(report.paths))}: {report.summary}")
        elif isinstance(report, Failed):
            self.say("this is a fault of labpress, not yours; the preview goes on. Please report what follows:")
            self.say(report.text.rstrip(), continued=True)

    def say(self, text: str, *, continued: bool = False, always: bool = False) -> None:
        """Print a line with the time of day before it, or below the one that has it; ``always``: even when quiet."""
        if always or not self.quiet:
            with suppress(OSError):
                print(f"{' ' * 8 if continued else time.strftime('%H:%M:%S')}  {text}", flush=True)

    def _show(self, faults: list[Diagnostic]) -> None:
        if faults == self._faults:
            return
        mended = tally(self._faults) and not tally(faults)
        self._faults = faults
        with suppress(OSError):
            print_diagnostics(faults)
        if mended:
            self.say("everything is mended")


def _built(report: Built, output: str, seconds: float) -> str:
    if not report.finished:
        return f"the build of {output} has stopped ({_time(seconds)})"
    if not report.made_count and not report.removed:
        return f"{report.total:,} files in {output}: nothing to do ({_time(seconds)})"
    counts = f"{report.made_count:,} made anew, {report.written:,} of them changed, {len(report.removed):,} removed"
    return f"{report.total:,} files in {output}: {counts} ({_time(seconds)})"


def _why(report: Built) -> Iterator[str]:
    """The reasons, with one file for each; where everything is new, there is nothing to be told."""
    if report.made_count == report.total:
        return
    for reason, paths in list(report.made.items())[:REASONS]:
        yield f"{printable(paths[0])}{' and others' if len(paths) > 1 else ''}: {reason}"
    if len(report.made) > REASONS:
        yield f"and {len(report.made) - REASONS} other reasons"


def _time(seconds: float) -> str:
    return f"{seconds * 1000:,.0f} ms" if seconds < 10 else f"{seconds:.1f} s"
