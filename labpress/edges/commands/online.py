"""What the commands that ask services share: their options, and how the asking is set up."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from labpress.core.diagnostics import Diagnostic
    from labpress.edges.fetching.asking import Asker
    from labpress.edges.library import Library


def online_options(command: argparse.ArgumentParser) -> None:
    """``--api``, ``--offline`` and ``--refresh``."""
    command.add_argument(
        "--api",
        action="append",
        type=_mirror,
        default=[],
        metavar="SERVICE=URL",
        help="ask another server that speaks a service's API, such as a mirror",
    )
    kept = command.add_mutually_exclusive_group()
    kept.add_argument("--offline", action="store_true", help="use kept answers only, and ask nobody")
    kept.add_argument("--refresh", action="store_true", help="ask again what has been answered before")


def _mirror(text: str) -> tuple[str, str]:
    from labpress.entries.config import site_url
    from labpress.sources.online.services import SERVICES

    service, _, address = text.partition("=")
    url = site_url(address)
    if service not in SERVICES or url is None:
        message = f"expected SERVICE=URL with one of {', '.join(SERVICES)}, found {text!r}"
        raise argparse.ArgumentTypeError(message)
    return service, url.rstrip("/")


def asker_for(options: argparse.Namespace, library: Library) -> tuple[Asker, tuple[Diagnostic, ...]]:
    """How this command asks; with a note where services would not learn who is asking."""
    from labpress.core.diagnostics import Diagnostic, Span
    from labpress.edges.fetching.answers import Answers
    from labpress.edges.fetching.asking import Asker
    from labpress.edges.fetching.transport import Transport

    contact = library.config.contact
    asker = Asker(
        Answers(library.folder),
        Transport(contact),
        dict(options.api),
        is_offline=options.offline,
        is_fresh=options.refresh,
    )
    if contact or options.offline:
        return asker, ()
    advice = "write  contact: you@example.org  into site.yml; services treat those better whom they could write to"
    place = Span((library.folder / "site.yml").as_posix())
    return asker, (Diagnostic("no-contact", "services are asked without saying who asks", place, advice),)
