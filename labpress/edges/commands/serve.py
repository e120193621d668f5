"""``labpress serve``: the site in the browser, following every save."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from labpress.edges.commands.common import FAULTS, Commands, new_command, print_diagnostics, source_option
from labpress.edges.commands.watch import end_at_once, live_options, polling, run_session

if TYPE_CHECKING:
    from collections.abc import Callable

    from labpress.edges.building import BuildPlace
    from labpress.edges.live.console import Console
    from labpress.edges.live.messages import Report
    from labpress.edges.serve.hub import Hub

PORT = 8000


def add(commands: Commands[argparse.ArgumentParser]) -> None:
    """Add the command to the command line."""
    command = new_command(
        commands,
        "serve",
        "show the site in the browser, following every save",
        "Build the site into a folder of its own, with drafts, show it at the path where it will lie, and let every "
        "page in the browser follow each save. Nothing is written to the folder that is published.",
        "labpress serve --open",
    )
    source_option(command)
    command.add_argument(
        "-o", "--output", default="", metavar="DIR", help="where the preview is built (default: in the cache)"
    )
    command.add_argument(
        "--host",
        default="127.0.0.1",
        help="the address to listen at; 0.0.0.0 lets other machines in (default: 127.0.0.1)",
    )
    command.add_argument("--port", type=port, default=PORT, help=f"the next free one from here on (default: {PORT})")
    command.add_argument("--open", action="store_true", help="open the browser")
    live_options(command)
    command.set_defaults(run=run)


def port(text: str) -> int:
    """The value of an option that is a port."""
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 65_535):
        message = f"expected a port from 1 to 65535, found {text!r}"
        raise argparse.ArgumentTypeError(message)
    return int(text)


def run(options: argparse.Namespace) -> int:
    """Serve until somebody says stop."""
    end_at_once()
    from hashlib import blake2b
    from pathlib import Path

    from labpress.edges.building import CACHE_NAME, BuildPlace, no_content
    from labpress.edges.live.console import Console

    cache = options.cache or CACHE_NAME
    name = blake2b(str(Path(options.source).resolve()).encode("utf-8", "surrogateescape"), digest_size=6).hexdigest()
    place = BuildPlace(
        source=options.source,
        output=options.output or f"{cache}/preview-{name}",
        base_url=options.base_url or "",
        cache=cache,
        workers=options.workers,
        keep_when_faulty=True,
        drafts=True,
    )
    if no_content(place):
        print_diagnostics(no_content(place))
        return FAULTS
    return _serve(place, Console("the preview", quiet=options.quiet), options)


def _serve(place: BuildPlace, console: Console, options: argparse.Namespace) -> int:
    from pathlib import Path

    from labpress.edges.live.places import places_of
    from labpress.edges.live.session import Session
    from labpress.edges.serve.handlers import House
    from labpress.edges.serve.hub import Hub
    from labpress.edges.serve.server import listen, start_server
    from labpress.edges.serve.strangers import LOOPBACK, names_of

    hub = Hub(Path(place.output).resolve())

    def hear(report: Report, seconds: float) -> None:
        hub.hear(report, seconds)  # Browsers first: somebody is looking at them.
        console.hear(report, seconds)

    with Session(place, places_of(place.source, options.seeds, place.output, place.cache), hear) as session:
        listening = listen(options.host, options.port)
        names = names_of(options.host)
        house = House(hub=hub, names=names, numbers=names != LOOPBACK, say=console.say, missed=set())
        hub.on_settings = _announcer(hub, listening.getsockname()[1], console, options)

        async def serve() -> None:
            start_server(house, listening)
            await session.run(poll=options.poll, on_poll=polling(console))

        return run_session(serve())


def _announcer(hub: Hub, number: int, console: Console, options: argparse.Namespace) -> Callable[[], None]:
    """Says where the site is, each time it comes to lie somewhere else; opens the browser the first time."""
    import webbrowser

    from labpress.edges.serve.strangers import EVERYWHERE, LOOPBACK, address_for_others, names_of

    if number != options.port:
        console.say(f"port {options.port} is taken; this is port {number}")
    if names_of(options.host) != LOOPBACK:
        console.say(f"listening at {options.host}: everybody who reaches this machine can read the site, drafts too")
    host = "localhost" if options.host in EVERYWHERE else f"[{options.host}]" if ":" in options.host else options.host
    elsewhere = address_for_others(options.host)
    told: list[str] = []

    def announce() -> None:
        address = f"http://{host}:{number}{hub.base}"
        if told[-1:] == [address]:
            return
        console.say(f"{address}  (Ctrl-C ends it)", always=True)
        if elsewhere:
            console.say(f"http://{elsewhere}:{number}{hub.base}  from other machines", continued=True, always=True)
        if options.open and not told:
            webbrowser.open(address)
        told.append(address)

    return announce
