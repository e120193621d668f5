"""``labpress watch``: make the site again whenever a file changes."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING

from labpress.edges.commands.common import (
    BUG,
    FAULTS,
    FINE,
    Commands,
    address,
    count,
    new_command,
    output_option,
    print_diagnostics,
    source_option,
)

if TYPE_CHECKING:
    from labpress.edges.live.console import Console


def add(commands: Commands[argparse.ArgumentParser]) -> None:
    """Add the command to the command line."""
    command = new_command(
        commands,
        "watch",
        "make the site again whenever a file changes",
        "Build the site, and build it again whenever entries, settings, pages, templates, themes or sources change. "
        "The result is always that of a clean build.",
        "labpress watch --output public",
    )
    source_option(command)
    output_option(command)
    live_options(command)
    command.set_defaults(run=run)


def live_options(command: argparse.ArgumentParser) -> None:
    """What ``watch`` and ``serve`` have in common."""
    command.add_argument("--base-url", type=address, metavar="URL", help="the site's address, over site.yml's")
    command.add_argument("--cache", default="", metavar="DIR", help="where builds remember (default: .labpress-cache)")
    command.add_argument(
        "--seeds",
        default="",
        metavar="DIR",
        help="sources to import when they change (default: seeds/ beside --source)",
    )
    command.add_argument(
        "--poll", action="store_true", help="look at every file once a second instead of waiting for file events"
    )
    command.add_argument("--workers", type=count, default=0, metavar="N", help="processes (default: one per processor)")
    command.add_argument("-q", "--quiet", action="store_true", help="print faults only")


def run(options: argparse.Namespace) -> int:
    """Watch until somebody says stop."""
    end_at_once()
    from labpress.edges.building import CACHE_NAME, BuildPlace, no_content
    from labpress.edges.live.console import Console
    from labpress.edges.live.places import places_of
    from labpress.edges.live.session import Session

    cache = options.cache or CACHE_NAME
    place = BuildPlace(
        source=options.source,
        output=options.output,
        base_url=options.base_url or "",
        cache=cache,
        workers=options.workers,
    )
    if no_content(place):
        print_diagnostics(no_content(place))
        return FAULTS
    console = Console(place.output, quiet=options.quiet)
    with Session(place, places_of(place.source, options.seeds, place.output, cache), console.hear) as session:
        console.say(f"watching {place.shown_source}  (Ctrl-C ends it)")
        return run_session(session.run(poll=options.poll, on_poll=polling(console)))


def end_at_once() -> None:
    """Let Ctrl-C end the process as it is: until a session runs, there is nothing that wants an orderly end."""
    import os
    import signal

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_details: os._exit(130))


def polling(console: Console) -> Callable[[str], None]:
    """Says why file events are not to be had."""

    def say(reason: str) -> None:
        console.say(f"without file events, every file is looked at once a second: {reason}")

    return say


def run_session(session: Coroutine[None, None, None]) -> int:
    """Run to the end that a person or the system makes, or to one that should not have come."""
    import asyncio

    try:
        asyncio.run(session)
    except asyncio.CancelledError:
        return FINE
    return BUG
