"""The server: where it listens, how much it takes from one request, how long it waits for it."""

from __future__ import annotations

import errno
import logging
import socket

from tornado.httpserver import HTTPServer
from tornado.web import Application

from labpress.edges.serve.handlers import ASSETS, AssetHandler, House, SiteHandler, TabHandler
from labpress.edges.serve.page import PREVIEW

PORTS = 100
"""Ports that are tried, one after the other."""

MAX_HEADER = 16_384
MAX_BODY = 1024
"""Bytes. Nobody has anything to send."""

PATIENCE = 10.0
"""Seconds for a request to arrive as a whole, and for a connection to do nothing."""

HEARTBEAT = 20.0
"""Seconds after which a tab that does not answer counts as gone."""


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens at ``port``, or at the next one that is free. Raises OSError if none is."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        socket.getaddrinfo(host, port, family)
    except (socket.gaierror, UnicodeError) as error:
        message = f"expected an address of this machine such as 127.0.0.1 for --host, found {host}"
        raise OSError(errno.EADDRNOTAVAIL, message) from error
    for number in range(port, min(port + PORTS, 65_536)):
        try:
            listening = socket.create_server((host, number), family=family, backlog=128)
        except OSError as error:
            if error.errno not in (errno.EADDRINUSE, errno.EACCES):
                raise
        else:
            listening.setblocking(False)
            return listening
    raise OSError(errno.EADDRINUSE, f"expected a free port from {port} on, found none")


def start_server(house: House, listening: socket.socket, *, patience: float = PATIENCE) -> HTTPServer:
    """Serve on the loop that is running."""
    logging.getLogger("tornado").addHandler(logging.NullHandler())  # Strangers' requests are not worth a line.
    logging.getLogger("tornado").propagate = False
    known = {"house": house}
    preview = rf"(?:/.*)?/{PREVIEW.replace('.', '[.]')}"
    application = Application(
        [
            (rf"{preview}({'|'.join(name.replace('.', '[.]') for name in ASSETS)})", AssetHandler, known),
            (rf"{preview}socket", TabHandler, known),
            (r".*", SiteHandler, known),
        ],
        websocket_ping_interval=HEARTBEAT,
        websocket_max_message_size=4096,
    )
    server = HTTPServer(
        application,
        max_header_size=MAX_HEADER,
        max_body_size=MAX_BODY,
        max_buffer_size=1 << 17,
        idle_connection_timeout=patience,
        body_timeout=patience,
    )
    server.add_socket(listening)
    return server
