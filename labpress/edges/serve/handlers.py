"""Requests and their answers."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct
from tornado.web import RequestHandler, StaticFileHandler
from tornado.websocket import WebSocketClosedError, WebSocketHandler

from labpress.edges.report import printable
from labpress.edges.serve.addresses import Answer, File, Missing, Outside, Redirect, Unfit, media_type
from labpress.edges.serve.hub import Hub, Message
from labpress.edges.serve.page import Origin, with_preview
from labpress.edges.serve.strangers import is_foreign, is_ours
from labpress.site.routes import NOT_FOUND

WAITING = (
    b"<!doctype html><html lang=en><head><title>Building</title></head>"
    b"<body><p>The site is being built. This page follows as soon as it stands.</p></body></html>"
)

GONE = (
    b"<!doctype html><html lang=en><head><title>Not found</title></head>"
    b"<body><p>There is no such page.</p></body></html>"
)

ASSETS = ("preview.js", "preview.css")


class House(Struct, frozen=True):
    """What every handler knows."""

    hub: Hub
    names: frozenset[str]
    """Names of hosts that this server answers to."""
    numbers: bool
    """Whether it answers to any address in numbers too."""
    say: Callable[[str], None]
    """Tells the person at the terminal."""
    missed: set[str]
    """Addresses that were asked for in vain, so that each is told of once."""


class _Guarded(RequestHandler):
    """Answers nobody but the person's own browser, showing this site."""

    house: House

    def initialize(self, house: House, **_more: Any) -> None:  # noqa: ANN401  Tornado's signature.
        self.house = house

    def prepare(self) -> None:
        """Send strangers away before anything is looked at."""
        headers = self.request.headers
        host = headers.get("Host", "")
        if not is_ours(host, self.house.names, numbers=self.house.numbers):
            self.refuse(421, f"This is not the host {printable(host[:100])}.")
        elif is_foreign(
            host, headers.get("Origin"), headers.get("Sec-Fetch-Site", ""), headers.get("Sec-Fetch-Mode", "")
        ):
            self.refuse(403, "Pages of other sites get nothing from this one.")

    def refuse(self, status: int, words: str) -> None:
        """End the request with a line of plain text."""
        self.set_status(status)
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish(f"{words}\n")

    def set_default_headers(self) -> None:
        """Headers of every answer: browsers ask again for what they have, and show nothing of it to other sites."""
        self.set_header("Cache-Control", "no-cache")
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Cross-Origin-Resource-Policy", "same-origin")
        self.clear_header("Server")

    def write_error(self, status_code: int, **_more: Any) -> None:  # noqa: ANN401  Tornado's signature.
        """In place of tornado's page."""
        self.refuse(status_code, self._reason)


class SiteHandler(_Guarded, StaticFileHandler):
    """The files of the site. Tornado sends them, with ranges and conditions; what is sent for what is decided here."""

    def initialize(self, house: House) -> None:  # type: ignore[override]
        _Guarded.initialize(self, house)
        StaticFileHandler.initialize(self, path=str(house.hub.root))

    async def head(self) -> None:  # type: ignore[override]
        """The headers of what ``get`` sends."""
        await self.get(include_body=False)

    async def get(self, *, include_body: bool = True) -> None:  # type: ignore[override]
        """Send what lies at the address."""
        hub = self.house.hub
        answer = hub.find(self.request.path) if hub.base else Missing("")
        if isinstance(answer, File):
            if answer.path.endswith(".html"):
                self.send_page(answer, answer.place)
            else:
                self.version = hub.version(answer)
                tag = self.compute_etag()
                if self.request.headers.get("If-Range", tag) != tag:  # Parts of two files make none.
                    self.request.headers.pop("Range", None)
                await StaticFileHandler.get(self, answer.place, include_body)
        elif isinstance(answer, Redirect):
            self.redirect(f"{answer.to}?{self.request.query}" if self.request.query else answer.to, permanent=True)
        elif isinstance(answer, Unfit):
            self.refuse(400, "No browser asks so.")
        elif isinstance(answer, Outside):
            self.say_missing()
            self.refuse(404, f"There is nothing here: the site lies at {hub.base}")
        else:
            self.send_missing(answer)

    def send_page(self, answer: Answer, place: str) -> None:
        """One HTML file, with the script of the preview."""
        origin = self.house.hub.origin(answer)  # Before the file is read: it may only become newer.
        try:
            page = Path(place).read_bytes()
        except OSError:  # Gone since it was found.
            self.set_status(404)
            page = GONE
        self.send_html(page, origin)

    def send_html(self, page: bytes, origin: Origin) -> None:
        """A page with the script of the preview."""
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.set_header("Labpress-Version", origin.version)
        self.finish(with_preview(page, self.house.hub.base or "/", origin))

    def send_missing(self, answer: Missing) -> None:
        """The site's own page for addresses that lead nowhere, as GitHub Pages does."""
        hub = self.house.hub
        if not hub.is_built:
            self.set_status(503)
            self.send_html(WAITING, hub.origin(answer))
            return
        self.say_missing()
        self.set_status(404)
        self.send_page(answer, str(Path(hub.root, NOT_FOUND)))

    def say_missing(self) -> None:
        """Tell the person at the terminal what was asked for, once."""
        asked = printable(self.request.path[:200])
        if asked not in self.house.missed and len(self.house.missed) < 1000:
            self.house.missed.add(asked)
            page = printable(self.request.headers.get("Referer", "")[:200])
            self.house.say(f"nothing at {asked}" + (f", which {page} links to" if page else ""))

    # What StaticFileHandler asks its heirs

    @classmethod
    def get_absolute_path(cls, root: str, path: str) -> str:
        del root
        return path

    def parse_url_path(self, url_path: str) -> str:
        return url_path

    def validate_absolute_path(self, root: str, absolute_path: str) -> str:
        del root  # ``find`` has seen to it.
        return absolute_path

    def get_content_type(self) -> str:
        return media_type(self.absolute_path or "")

    def compute_etag(self) -> str | None:
        version = getattr(self, "version", "")
        return f'"{version}"' if version else None


class AssetHandler(_Guarded):
    """The script and the style sheet of the preview itself."""

    def get(self, name: str) -> None:
        """Send one of the two."""
        self.set_header("Content-Type", media_type(name))
        self.finish(files("labpress.edges.serve").joinpath("assets", name).read_bytes())


class Greeting(Struct):
    """What a tab says first."""

    address: str
    version: str


_read_greeting = msgspec.json.Decoder(Greeting).decode
_write = msgspec.json.Encoder().encode


class TabHandler(_Guarded, WebSocketHandler):
    """An open page. A WebSocket, since browsers allow six other connections to a host, and a person has more tabs."""

    path = ""
    files: frozenset[str] = frozenset()

    def check_origin(self, origin: str) -> bool:
        """Again what ``prepare`` has checked; tornado asks."""
        return not is_foreign(self.request.headers.get("Host", ""), origin, "", "")

    def on_message(self, message: str | bytes) -> None:
        """A tab says what it shows."""
        try:
            greeting = _read_greeting(message)
        except (msgspec.MsgspecError, RecursionError):
            self.close(1008, "expected an address and a version")
            return
        self.house.hub.welcome(self, greeting.address, greeting.version)

    def on_close(self) -> None:
        """The tab has gone."""
        self.house.hub.tabs.discard(self)

    def send(self, message: Message) -> None:
        """See ``hub.Tab``."""
        try:
            self.write_message(_write(message).decode())
        except WebSocketClosedError:
            self.house.hub.tabs.discard(self)
