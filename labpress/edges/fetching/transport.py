"""One polite way to ask: who is asking, how often, how long to wait, how much to read."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http.client import HTTPException, HTTPResponse, InvalidURL
from typing import NamedTuple
from urllib.error import HTTPError
from urllib.request import Request as UrlRequest
from urllib.request import urlopen

from labpress import __version__
from labpress.markup.urls import parts_of

TRIES = 4
TIMEOUT = 30.0
"""Seconds without a byte."""
LARGEST = 32 << 20
"""Bytes of an answer."""
LONGEST_WAIT = 90.0
"""Seconds that a service may ask us to wait; one that asks for more is told of and left alone."""
_AGAIN = frozenset([408, 425, 429, 500, 502, 503, 504])
_UNKNOWN = frozenset([404, 410])


class Answer(NamedTuple):
    """What came of a question: a body, or what went wrong in words."""

    body: bytes = b""
    problem: str = ""
    is_unknown: bool = False
    """The service answers, and does not know what was asked for."""


class _Failure(NamedTuple):
    """No answer this time."""

    problem: str
    wait: float | None = None
    """Seconds that the service asks for."""
    is_final: bool = False
    """Asking again will not help."""


def user_agent(contact: str) -> str:
    """``labpress/1.0 (mailto:lab@example.org)``"""
    known = f"mailto:{contact}" if "@" in contact and not contact.startswith(("mailto:", "http")) else contact
    # A header is one line of ASCII.
    safe = "".join(char for char in known if " " < char < "\x7f" and char not in "()")
    return f"labpress/{__version__}" + (f" ({safe})" if safe else "")


class Transport:
    """Asks over HTTP. ``sleep`` and ``clock`` are the world's, but for tests."""

    def __init__(
        self,
        contact: str = "",
        *,
        timeout: float = TIMEOUT,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.agent = user_agent(contact)
        self.timeout = timeout
        self.sleep = sleep
        self.clock = clock
        self.last: dict[str, float] = {}
        """Host -> when it was asked last."""

    def get(self, url: str, accept: str, pause: float) -> Answer:
        """Ask ``url``, at least ``pause`` seconds after the last question to its host, up to four times."""
        host = parts_of(url).hostname or ""
        problem = ""
        for attempt in range(TRIES):
            self._keep_distance(host, pause)
            answer = self._once(url, accept)
            if isinstance(answer, Answer):
                return answer
            problem = answer.problem
            wait = answer.wait if answer.wait is not None else 2.0**attempt
            if wait > LONGEST_WAIT:
                problem += f" and asks to wait {wait:.0f} seconds"
            if answer.is_final or wait > LONGEST_WAIT:
                break
            if attempt < TRIES - 1:
                self.sleep(wait)
        return Answer(problem=problem)

    def _keep_distance(self, host: str, pause: float) -> None:
        if host in self.last:
            rest = pause - (self.clock() - self.last[host])
            if rest > 0:
                self.sleep(rest)
        self.last[host] = self.clock()

    def _once(self, url: str, accept: str) -> Answer | _Failure:
        if parts_of(url).scheme not in ("http", "https"):
            return _Failure("is not an address of the web", is_final=True)
        request = UrlRequest(url, headers={"User-Agent": self.agent, "Accept": accept})  # noqa: S310  Checked above.
        try:
            with urlopen(request, timeout=self.timeout) as response:  # noqa: S310
                return self._read(response)
        except HTTPError as error:
            with error:
                return _refusal(error)
        except (HTTPException, OSError, ValueError) as error:
            reason = getattr(error, "reason", error)
            if isinstance(reason, TimeoutError):
                return _Failure(f"gave no answer in {self.timeout:.0f} seconds")
            is_final = isinstance(error, (InvalidURL, ValueError))  # An address that nobody can ask, here or led to.
            return _Failure(f"cannot be reached: {str(reason).lower()}", is_final=is_final)

    def _read(self, response: HTTPResponse) -> Answer | _Failure:
        """The whole body. Half of one is a failure, and so is one that drips for ever."""
        body = bytearray()
        started = self.clock()
        while piece := response.read1(1 << 16):
            body += piece
            if len(body) > LARGEST:
                return _Failure(f"answered with more than {LARGEST >> 20} MB", is_final=True)
            if self.clock() - started > 4 * self.timeout:
                return _Failure(f"did not finish its answer in {4 * self.timeout:.0f} seconds")
        promised = response.headers.get("Content-Length", "")
        if promised.isdigit() and len(body) < int(promised):
            return _Failure("stopped half-way through its answer")
        return Answer(bytes(body)) if body else _Failure("answered with nothing")


def _refusal(error: HTTPError) -> Answer | _Failure:
    if error.code in _UNKNOWN:
        return Answer(problem="does not know it", is_unknown=True)
    wait = retry_after(error.headers.get("Retry-After", ""), datetime.now(tz=UTC))
    return _Failure(f"answered {error.code} {error.reason}".rstrip(), wait, is_final=error.code not in _AGAIN)


def retry_after(text: str, now: datetime) -> float | None:
    """Seconds that a ``Retry-After`` asks for, given as seconds or as a date; None without a sensible one."""
    text = text.strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        then = parsedate_to_datetime(text)
        if then.tzinfo is None:
            then = then.replace(tzinfo=UTC)
        return max(0.0, (then - now).total_seconds())
    except (TypeError, ValueError, OverflowError):
        return None
