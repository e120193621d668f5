"""Whether pages of other sites are still there: asked politely, one at a time for each host, and remembered."""

from __future__ import annotations

import json
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from http.client import HTTPException
from pathlib import Path

from labpress import __version__
from labpress.core.diagnostics import Diagnostic, Span
from labpress.edges.building import CACHE_NAME
from labpress.markup.urls import parts_of

REMEMBERED = 7 * 24 * 3600
"""Seconds for which an answer counts."""
PAUSE = 1.0
"""Seconds between two questions to one host."""
TIMEOUT = 10.0
HOSTS_AT_ONCE = 8
GONE = frozenset([404, 410])
"""Answers that say that there is no such page; all others may be the mood of the day, and are no fault of the link."""
UNSURE = GONE | {403, 405, 501}
"""Answers of servers that may only not like to be asked for the head alone: they are asked once more."""
NOT_ASKED = frozenset(["doi.org", "arxiv.org", "orcid.org"])
"""Hosts of identifiers, whose form is checked: asking them for every paper would be a burden to them."""


def dead_external_links(
    links: Mapping[str, Span], *, memory: Path = Path(CACHE_NAME) / "external.json", pause: float = PAUSE
) -> tuple[Diagnostic, ...]:
    """A warning for each address whose host says that nothing is there, or that has no such host."""
    known = _remembered(memory)
    by_host: dict[str, list[str]] = {}
    for url in links:
        parts = parts_of(url)
        host = parts.hostname or ""
        if parts.scheme in ("http", "https") and host.removeprefix("www.") not in NOT_ASKED and url not in known:
            by_host.setdefault(host, []).append(url)
    with ThreadPoolExecutor(HOSTS_AT_ONCE) as pool:
        for answers in pool.map(lambda urls: list(_ask_all(urls, pause)), by_host.values()):
            known |= {url: (status, time.time()) for url, status in answers}
    with suppress(OSError):  # Where nothing can be written, all is asked again the next time.
        memory.parent.mkdir(parents=True, exist_ok=True)
        memory.write_text(json.dumps(known, indent=1), encoding="utf-8")
    return tuple(_fault(url, known[url][0], span) for url, span in links.items() if known.get(url, ("", 0.0))[0])


def _remembered(memory: Path) -> dict[str, tuple[str, float]]:
    try:
        said = json.loads(memory.read_text(encoding="utf-8"))
        return {url: (fault, when) for url, (fault, when) in said.items() if time.time() - when < REMEMBERED}
    except (OSError, ValueError, TypeError, AttributeError, RecursionError):
        return {}


def _ask_all(urls: list[str], pause: float) -> Iterator[tuple[str, str]]:
    for number, url in enumerate(urls):
        if number:
            time.sleep(pause)
        yield url, _ask(url)


def _ask(url: str, method: str = "HEAD") -> str:
    """What is wrong with an address; "" for all that is no fault of the link."""
    agent = f"labpress/{__version__} (link check)"
    request = urllib.request.Request(url, method=method, headers={"User-Agent": agent})  # noqa: S310  Only http and https.
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT):  # noqa: S310
            return ""
    except urllib.error.HTTPError as error:
        error.close()
        if method == "HEAD" and error.code in UNSURE:
            return _ask(url, "GET")
        return f"the answer {error.code}" if error.code in GONE else ""
    except urllib.error.URLError as error:
        unknown = isinstance(error.reason, socket.gaierror) and error.reason.errno == socket.EAI_NONAME
        return "no such host" if unknown else ""
    except (HTTPException, OSError, ValueError):
        return ""


def _fault(url: str, found: str, span: Span) -> Diagnostic:
    return Diagnostic("dead-external-link", f"expected a page at {url}, found {found}", span, "mend or remove the link")
