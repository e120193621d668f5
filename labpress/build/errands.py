"""One piece of work done by a forked process while this one goes on with another."""

from __future__ import annotations

import mmap
import os
import signal
import struct
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import NoReturn

from labpress.build.workers import can_fork, fork, write_all

_LENGTH = struct.Struct("=q")
_SLATE = 1 << 26
"""Bytes that an errand may be told. Memory is taken for those alone that are."""


class Errand:
    """A piece of work under way in a process of its own."""

    def __init__(self, pid: int, result: int, bell: int, slate: mmap.mmap) -> None:
        self._pid = pid
        self._result = result
        self._bell = bell
        self._slate = slate

    def tell(self, data: bytes) -> None:
        """Say what the work asks for, which fails if that is too much. Nobody waits until it listens."""
        if len(data) <= _SLATE:
            self._slate[: len(data)] = data
            with suppress(BrokenPipeError):  # It has failed already.
                os.write(self._bell, _LENGTH.pack(len(data)))
        self._hang_up()

    def fetch(self) -> bytes:
        """The result, when it is there; nothing if the work failed."""
        self._hang_up()
        parts = []
        while part := os.read(self._result, 1 << 20):
            parts.append(part)
        return b"" if self._end() else b"".join(parts)

    def drop(self) -> None:
        """End the work, unless its result was fetched."""
        if self._pid:
            self._hang_up()
            os.kill(self._pid, signal.SIGKILL)
            self._end()

    def _hang_up(self) -> None:
        if self._bell >= 0:
            os.close(self._bell)
            self._bell = -1

    def _end(self) -> int:
        """What the process ended with."""
        os.close(self._result)
        self._slate.close()
        pid, self._pid = self._pid, 0
        return os.waitpid(pid, 0)[1]


def send(work: Callable[[Callable[[], bytes]], bytes]) -> Errand | None:
    """Begin ``work`` in another process; None where there is none to be had.

    It is given a function, with which it can ask for what was not known when it began, and is told later.
    """
    if not can_fork():
        return None
    try:
        slate = mmap.mmap(-1, _SLATE)
    except OSError:
        return None
    heard, bell = os.pipe()
    forked = fork()
    if forked is None:
        os.close(heard)
        os.close(bell)
        slate.close()
        return None
    pid, end = forked
    if not pid:
        os.close(bell)
        _run_errand(partial(work, partial(_ask, heard, slate)), end)
    os.close(heard)
    return Errand(pid, end, bell, slate)


def _ask(heard: int, slate: mmap.mmap) -> bytes:
    (length,) = _LENGTH.unpack(os.read(heard, _LENGTH.size))  # Fails where nothing will ever be told.
    return slate[:length]


def _run_errand(work: Callable[[], bytes], result: int) -> NoReturn:
    status = 1
    try:
        write_all(result, work())
        status = 0
    finally:
        os._exit(status)
