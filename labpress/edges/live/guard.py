"""The building process: it lets go of a build that was overtaken, and outlives one that breaks down.

A build is done by a child, which knows all that this process knows, since it was forked from it. If the child comes to
its end, it stays and its parent goes: the heir takes the place, with all that it has learnt. If a file changes in the
meantime, the heir is killed and another one begins anew. Builds are made to be killed at any moment; so at ten thousand
papers no save has to wait for the build of the save before, and nothing in memory is ever left half-changed. And if a
file brings down the heir, its parent is still there, with everything as it was.

Where processes cannot be forked, or the system allows no more of them, builds are done here, one after the other.
"""

from __future__ import annotations

import os
import signal
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection, Pipe, wait
from typing import NamedTuple, NoReturn, Protocol

from labpress.edges.live.messages import Changed, Failed, Report, decode_changed, encode

PATIENCE = 10.0
"""Seconds after which a build is let come to its end, however many saves overtake it."""

_DONE = b""
"""An heir's last word; no message is empty."""

_TOLD = 3
"""Exit status of an heir that has said itself what was wrong."""


class Worker(Protocol):
    """Who does what is asked for."""

    def work(self, asked: Changed, tell: Callable[[Report], None]) -> None:
        """Do it, and tell of it."""

    def may_be_overtaken(self, asked: Changed) -> bool:
        """Whether ``asked`` may be left half done for the sake of something newer, and done with it."""

    def forget_told(self) -> None:
        """An heir has been lost that may have told of what nobody here knows: tell everything anew."""


def stand_guard(line: Connection, worker: Worker) -> None:
    """Have everything done that is asked for on the ``line``, until its other end is closed."""
    asked = _receive(line)
    while asked is not None:
        since = time.monotonic()
        rest: Changed | None = asked
        while rest is not None:
            overtakable = worker.may_be_overtaken(rest) and time.monotonic() - since < PATIENCE
            rest = _do(line, worker, rest, overtakable=overtakable)
        asked = _receive(line)


def _do(line: Connection, worker: Worker, asked: Changed, *, overtakable: bool) -> Changed | None:
    """Have one thing done; gives what is to be done after it, if that is known already."""
    ours, theirs = Pipe()
    with ours, theirs:
        pid = _fork()
        if pid is None:
            _attempt(worker, asked, lambda report: line.send_bytes(encode(report)))
            return None
        if pid:
            theirs.close()
            rest = _Guard(line, ours, pid).watch(asked, overtakable=overtakable)
            worker.forget_told()
            return rest
        ours.close()
        return _be_heir(worker, asked, theirs)


def _fork() -> int | None:
    """What ``os.fork`` gives; None where there is none, or the system allows no more."""
    try:
        return os.fork() if hasattr(os, "fork") else None
    except OSError:
        return None


def _receive(line: Connection) -> Changed | None:
    """The next message; None when there will be none any more."""
    try:
        return decode_changed(line.recv_bytes())
    except (EOFError, OSError):
        return None


def _attempt(worker: Worker, asked: Changed, tell: Callable[[Report], None]) -> bool:
    try:
        worker.work(asked, tell)
    except Exception:  # noqa: BLE001  A bug of ours in one build must not end the preview.
        tell(Failed(traceback.format_exc()))
        return False
    return True


# The heir


def _be_heir(worker: Worker, asked: Changed, line: Connection) -> Changed | None:
    """Do the work, and return into the place of the parent, who has gone by then."""
    os.setpgid(0, 0)  # To be killed with all its workers.
    try:
        if not _attempt(worker, asked, lambda report: line.send_bytes(encode(report))):
            os._exit(_TOLD)
        line.send_bytes(_DONE)
    except OSError:
        os._exit(_TOLD)  # Nobody listens any more.
    later = _receive(line)
    _receive(line)  # Ends when the parent has passed on all that was told, and is gone.
    return later


# The parent


class _Ended(NamedTuple):
    """An heir that did not come to its end."""

    status: int

    def __str__(self) -> str:
        code = os.waitstatus_to_exitcode(self.status)
        return f"a build was killed by signal {-code}" if code < 0 else f"a build ended with status {code}"


class _Guard:
    """Passes on what one heir tells, and sees to it that the heir ends when it has to."""

    def __init__(self, line: Connection, heir: Connection, pid: int) -> None:
        self.line, self.heir, self.pid = line, heir, pid
        with suppress(OSError):
            os.setpgid(pid, pid)  # As the heir does itself, whoever comes first.

    def watch(self, asked: Changed, *, overtakable: bool) -> Changed | None:
        """Gives what is to be done instead of ``asked``. Does not return if the heir comes to its end."""
        later: Changed | None = None
        while True:
            if self.heir in wait([self.heir, self.line]):  # First: it may be the last word of an heir that is through.
                if not self.pass_on(later):
                    return later
                continue
            newer = _receive(self.line)
            if newer is None:
                self.end()
            later = later.and_also(newer) if later else newer
            if overtakable:
                self.kill()
                return asked.and_also(later)

    def pass_on(self, later: Changed | None) -> bool:
        """Pass on one message; False when the heir has broken down. Ends this process when the heir is through."""
        try:
            message = self.heir.recv_bytes()
        except (EOFError, OSError):
            _pid, status = os.waitpid(self.pid, 0)
            self.kill()  # Its workers.
            if os.waitstatus_to_exitcode(status) != _TOLD:
                self.tell(encode(Failed(str(_Ended(status)))))
            return False
        if message == _DONE:
            if later:
                self.heir.send_bytes(encode(later))
            os._exit(0)
        self.tell(message)
        return True

    def tell(self, message: bytes) -> None:
        """Send to the other end of the line, if there still is one."""
        try:
            self.line.send_bytes(message)
        except OSError:
            self.end()

    def end(self) -> NoReturn:
        """Nobody asks for anything any more."""
        self.kill()
        os._exit(0)

    def kill(self) -> None:
        """End the heir and its workers. They may take a while to be gone: nobody waits for them."""
        with suppress(OSError):
            os.killpg(self.pid, signal.SIGKILL)
        with suppress(OSError):
            os.waitpid(self.pid, os.WNOHANG)
