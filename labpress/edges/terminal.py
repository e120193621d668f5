"""What a build says on a terminal while it runs, and when it ends."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from labpress.build.site import BuildReport
from labpress.edges.report import tally

QUIET_SECONDS = 1.0
"""A build that ends sooner shows no progress."""

WIDTH = 30


@contextmanager
def progress_bar(*, enabled: bool) -> Iterator[Callable[[int, int], None]]:
    """A bar on the terminal for long builds; nothing where output is no terminal."""
    if not (enabled and sys.stderr.isatty()):
        yield lambda _done, _all: None
        return
    started = shown = time.monotonic()
    drawn = False

    def show(done: int, whole: int) -> None:
        nonlocal shown, drawn
        now = time.monotonic()
        if now - started < QUIET_SECONDS or now - shown < 0.1:
            return
        shown, drawn = now, True
        filled = WIDTH * done // max(whole, 1)
        bar = "█" * filled + "░" * (WIDTH - filled)
        print(f"\r{bar} {done:,} of {whole:,} files", end="", file=sys.stderr, flush=True)

    try:
        yield show
    finally:
        if drawn:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)


def closing_line(report: BuildReport, seconds: float, output: str) -> str:
    """``188 files in _site: 3 written, 185 kept, 0 removed (0.21 s)``."""
    faults = tally(report.diagnostics)
    counts = f"{len(report.written):,} written, {report.kept:,} kept, {len(report.removed):,} removed"
    ending = f"; {faults}" if faults else ""
    return f"{report.total:,} files in {output}: {counts} ({seconds:.2f} s){ending}"
