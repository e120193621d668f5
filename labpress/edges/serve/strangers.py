"""Who may ask. A preview shows drafts, and any page in the same browser could try to read them."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterable
from ipaddress import ip_address

from labpress.core.patterns import when_needed

_HOST = when_needed(r"(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::([0-9]{1,5}))?", re.IGNORECASE)

LOOPBACK = frozenset(["localhost", "127.0.0.1", "[::1]"])

EVERYWHERE = frozenset(["0.0.0.0", "::", ""])  # noqa: S104  Names of it, nothing is bound here.


def names_of(host: str) -> frozenset[str]:
    """The names under which a server that is bound to ``host`` may be called."""
    own = {f"[{host.lower()}]" if ":" in host else host.lower()} - {""}
    if host in EVERYWHERE:
        name = socket.gethostname().lower()
        own |= {name, f"{name}.local"}
    return LOOPBACK | own


def address_for_others(host: str) -> str:
    """The number by which other machines reach a server that is bound to ``host``; "" where there is no network."""
    if host not in EVERYWHERE:
        return ""
    family, somewhere = (socket.AF_INET6, "2001:db8::1") if ":" in host else (socket.AF_INET, "192.0.2.1")
    with socket.socket(family, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect((somewhere, 9))  # Nothing is sent: the system only says which of its addresses it would use.
        except OSError:
            return ""
        number: str = probe.getsockname()[0]
    return f"[{number}]" if ":" in number else number


def is_ours(host: str, names: Iterable[str], *, numbers: bool) -> bool:
    """Whether the ``Host`` header is one of ``names``, with whatever port: ports are forwarded.

    A site of a stranger can make its own name lead here (DNS rebinding), but not one of ours, nor a bare ``number``:
    these are taken too where the server can be reached from other machines.
    """
    found = _HOST.fullmatch(host)
    if not found:
        return False
    name = found[1].lower()
    return name in names or name.endswith(".localhost") or (numbers and _is_number(name))


def _is_number(name: str) -> bool:
    try:
        ip_address(name.strip("[]"))
    except ValueError:
        return False
    return True


def is_foreign(host: str, origin: str | None, fetch_site: str, fetch_mode: str) -> bool:
    """Whether a page of another site asks, by ``Origin`` and by ``Sec-Fetch-Site`` and ``-Mode``.

    Links from elsewhere may lead here; nothing else.
    """
    if origin is not None and origin.lower() not in (f"http://{host.lower()}", f"https://{host.lower()}"):
        return True
    return fetch_site in ("cross-site", "same-site") and fetch_mode != "navigate"
