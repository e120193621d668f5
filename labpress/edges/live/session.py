"""The watching process: events in, changes to the builder, reports to whoever listens."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Self

from labpress.edges.building import BuildPlace
from labpress.edges.live.gathering import Gathering
from labpress.edges.live.messages import Changed, Report, decode_report, encode
from labpress.edges.live.places import Places
from labpress.edges.live.watcher import Watcher

Hear = Callable[[Report, float], None]
"""Called with each report, and the seconds since the change that it follows from."""

GIT_TICK = 0.05
"""Seconds after which to look again whether git is still at work."""


ENDS = (signal.SIGINT, signal.SIGTERM)
"""What a person or the system ends a session by."""


class Session:
    """One run of ``labpress serve`` or ``labpress watch``."""

    def __init__(self, place: BuildPlace, places: Places, hear: Hear) -> None:
        """Start the building process. This forks, and so comes before anything that has threads."""
        self.places = places
        self.hear = hear
        self._line = _start_builder(place)
        self._gathering = Gathering()
        self._timer: asyncio.TimerHandle | None = None
        self._since = time.monotonic()
        self._git = _git_lock(places.source)
        self._watcher: Watcher | None = None
        self._on_poll: Callable[[str], None] = lambda _reason: None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_why: object) -> None:
        """Let the builder go: it ends when its line does."""
        self._line.close()

    async def run(self, *, poll: bool, on_poll: Callable[[str], None]) -> None:
        """Watch and have built, until this task is cancelled or the builder is gone.

        ``on_poll`` is told why files have to be looked at once a second, if that is so.
        """
        loop = asyncio.get_running_loop()
        task = asyncio.current_task()
        with suppress(NotImplementedError):  # Windows: they go on ending the process at once.
            for number in ENDS:
                loop.add_signal_handler(number, lambda: task and task.cancel())
        gone = loop.create_future()
        threading.Thread(target=self._read, args=(loop, gone), daemon=True).start()

        def report(change: Changed, whole: bool) -> None:  # noqa: FBT001  The watcher's signature.
            with suppress(RuntimeError):  # The loop has ended.
                loop.call_soon_threadsafe(self._notice, change, whole)

        watcher = self._watcher = Watcher(self.places, report)
        self._on_poll = on_poll
        try:
            reason = watcher.start(poll=poll)
            if reason:
                on_poll(reason)
            self._send(Changed())
            await asyncio.wait([gone])
        finally:
            watcher.stop()

    def _read(self, loop: asyncio.AbstractEventLoop, gone: asyncio.Future[None]) -> None:
        """Hand every report to the loop; runs on a thread of its own."""
        with suppress(RuntimeError):  # The loop has ended.
            with suppress(EOFError, OSError):
                while True:
                    loop.call_soon_threadsafe(self._pass_on, decode_report(self._line.recv_bytes()))
            loop.call_soon_threadsafe(gone.cancel)

    def _pass_on(self, report: Report) -> None:
        self.hear(report, time.monotonic() - self._since)

    def _notice(self, change: Changed, whole: bool) -> None:  # noqa: FBT001
        self._gathering.add(change, time.monotonic(), whole=whole)
        self._wait()

    def _wait(self) -> None:
        """Come back when it is time to tell the builder, or tell it."""
        if self._timer:
            self._timer.cancel()
        git_at_work = self._git is not None and self._git.exists()
        delay = self._gathering.wait(time.monotonic(), git_at_work=git_at_work)
        if delay > 0:
            loop = asyncio.get_running_loop()
            self._timer = loop.call_later(min(delay, GIT_TICK) if git_at_work else delay, self._wait)
            return
        self._timer = None
        late = self._watcher.catch_up() if self._watcher else Changed()
        if self._watcher and self._watcher.why_deaf:
            self._on_poll(self._watcher.look_instead())
        self._since = self._gathering.began or time.monotonic()
        self._send(self._gathering.take().and_also(late))

    def _send(self, change: Changed) -> None:
        with suppress(OSError):  # It has gone; the reading thread notices.
            self._line.send_bytes(encode(change))


def _start_builder(place: BuildPlace) -> Connection:
    """Start the building process, and give this process's end of the line to it."""
    from labpress.edges.live.builder import run_builder

    forks = hasattr(os, "fork")  # Quicker, and safe as long as there are no threads.
    context = multiprocessing.get_context("fork") if forks else multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    context.Process(target=run_builder, args=(theirs, ours, place)).start()
    theirs.close()
    return ours


def _git_lock(place: Path) -> Path | None:
    """The file that is there while git works on the files around ``place``."""
    folders = (folder / ".git" for folder in (place, *place.parents))
    return next((folder / "index.lock" for folder in folders if folder.is_dir()), None)
