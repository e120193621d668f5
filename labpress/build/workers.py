"""Pure work spread over forked processes. The results are those of one process, in whatever order they come.

A forked worker has everything that its parent had, so nothing but the numbers of the items goes in, and only results
come out, those of one chunk at once. Where there is no fork, where threads make it unsafe, or where the system allows
no more, the work is done in this process.
"""

from __future__ import annotations

import gc
import mmap
import os
import selectors
import signal
import struct
import threading
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing, suppress
from functools import partial
from typing import Any, NamedTuple, NoReturn, TypeVar

import msgspec

T = TypeVar("T")

Work = Callable[[Iterable[int]], Iterable[T]]
"""Gives the result of each of a few items, in order. It is a value that msgspec can write and read.

The items may be gone through more than once, for work in stages: an interpreter is quicker at one thing for all items
than at everything for one item after the other.
"""

_TICKET = struct.Struct("=i")
_HEADER = struct.Struct("=iq")
_FAILED = -1
_CHUNKS_PER_WORKER = 8
_CHUNK = 40
"""Items at most: the last worker must not be alone with a long list, nor keep the stages of one in memory."""
_MAX_TICKETS = 10_000
"""They must all fit into a pipe that nobody reads yet: 64 kB on Linux."""

_encode = msgspec.msgpack.Encoder().encode


class WorkerDiedError(Exception):
    """A worker ended in the middle of an item; says of which, and how."""

    def __init__(self, ending: str, what: str) -> None:
        super().__init__(f"expected a worker process to come to its end, found that it {ending}")
        self.what = what


class WorkerFailedError(Exception):
    """A worker met an exception that its work does not allow for; carries its traceback as text."""


class _Queue(NamedTuple):
    """Chunks that are taken from both ends. The numbers are of pipes: whoever reads something has it alone."""

    chunks: Sequence[range]
    permits: int
    """One byte for each chunk, so that no chunk is taken from both ends."""
    ends: tuple[int, int]
    """The chunks' numbers from the first to the last, and from the last to the first."""

    def close(self) -> None:
        for pipe in (self.permits, *self.ends):
            os.close(pipe)


class _Worker(NamedTuple):
    pid: int
    results: int
    """Where its results are read from."""


def can_fork() -> bool:
    """Whether this process may be forked: a fork takes over the locks of other threads, but not the threads."""
    return hasattr(os, "fork") and threading.active_count() == 1


def fork() -> tuple[int, int] | None:
    """A child, as ``os.fork`` gives it, and this side's end of a pipe from it; None where the system allows no more."""
    read, write = os.pipe()
    try:
        pid = os.fork()
    except OSError:
        os.close(read)
        os.close(write)
        return None
    os.close(write if pid else read)
    return pid, read if pid else write


def spread(
    count: int,
    work: Work[T],
    kind: type[T],
    workers: int,
    name: Callable[[int], str],
    *,
    meanwhile: Callable[[], None] = lambda: None,
    chunks: Sequence[range] = (),
) -> Generator[tuple[int, T]]:
    """``work`` for all of ``range(count)``, over so many processes; yields the number and the result of each item.

    ``kind`` is the type of the results. ``name`` says what an item is, for the fault of a worker that dies at it.
    ``meanwhile`` is done in this process while the workers are at it. ``chunks``, if given, are what one worker does at
    a stretch. Half of the workers take them from the front and half from the back: chunks that share something best
    stand together.
    """
    workers = min(workers, count)
    if workers < 2 or not can_fork():
        meanwhile()
        yield from _done_here(range(count), work)
        return
    chunks = chunks or pieces(range(count), workers)
    gc.freeze()  # Or the workers' collectors would touch, and so copy, all memory that they share with this process.
    progress = mmap.mmap(-1, _TICKET.size * workers)
    started: list[_Worker] = []
    try:
        with closing(_queue(chunks)) as queue:
            while len(started) < workers and (worker := _start(work, queue, progress, started)):
                started.append(worker)
        meanwhile()
        if started:
            decode = msgspec.msgpack.Decoder(list[kind]).decode  # type: ignore[valid-type]
            for chunk, results in _collect(started, progress, name):
                yield from zip(chunks[chunk], decode(results), strict=True)
        else:
            yield from _done_here(range(count), work)
    finally:
        _stop(started)
        progress.close()
        gc.unfreeze()


def pieces(items: range, workers: int) -> list[range]:
    """``items`` as chunks for so many workers."""
    count = len(items)
    size = max(1, min(_CHUNK, count // (workers * _CHUNKS_PER_WORKER)), count // _MAX_TICKETS)
    return _cut(items, size)


def _queue(chunks: Sequence[range]) -> _Queue:
    numbers = range(len(chunks))
    ends = [_filled(b"".join(map(_TICKET.pack, order))) for order in (numbers, reversed(numbers))]
    return _Queue(chunks, _filled(bytes(len(chunks))), (ends[0], ends[1]))


def _filled(data: bytes) -> int:
    """A pipe to read ``data`` from."""
    read, write = os.pipe()
    os.set_blocking(write, False)
    write_all(write, data)  # Raises BlockingIOError if it does not fit.
    os.close(write)
    return read


def _start(work: Work[Any], queue: _Queue, progress: mmap.mmap, others: list[_Worker]) -> _Worker | None:
    """One worker more than the ``others``; None where the system allows no more."""
    forked = fork()
    if forked is None:
        return None
    pid, end = forked
    if not pid:
        for one in others:
            os.close(one.results)
        _be_worker(len(others), work, queue, progress, end)
    return _Worker(pid, end)


def _be_worker(number: int, work: Work[Any], queue: _Queue, progress: mmap.mmap, results: int) -> NoReturn:
    """Do chunk after chunk until there is none left. Never returns into the code of the parent."""
    status = 1
    parent = os.getppid()
    outbox = _Outbox(results)
    try:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        own_end = queue.ends[number % 2]
        while os.read(queue.permits, 1) and os.getppid() == parent:
            (chunk,) = _TICKET.unpack(os.read(own_end, _TICKET.size))
            outbox.send(_packed(chunk, _encode(_do_chunk(queue.chunks[chunk], work, progress, number))))
        outbox.close()
        status = 0
    except BrokenPipeError:
        pass  # The parent is gone, and with it the wish for results.
    except BaseException:  # noqa: BLE001  Told to the parent, which raises it again.
        import traceback  # Not before something fails: it takes 3 ms.

        outbox.send(_packed(_FAILED, traceback.format_exc().encode("utf-8", "replace")))
        outbox.close()
    finally:
        os._exit(status)


class _Outbox:
    """Sends results to the parent, and does not wait for it: it may be busy with other work."""

    def __init__(self, pipe: int) -> None:
        self._pipe = pipe
        self._unsent = bytearray()
        os.set_blocking(pipe, False)

    def send(self, message: bytes) -> None:
        """Send as much as the pipe takes."""
        self._unsent += message
        with suppress(BlockingIOError):
            while self._unsent:
                del self._unsent[: os.write(self._pipe, self._unsent)]

    def close(self) -> None:
        """Send the rest."""
        os.set_blocking(self._pipe, True)
        write_all(self._pipe, self._unsent)


def _done_here(items: range, work: Work[T]) -> Iterator[tuple[int, T]]:
    for few in _cut(items, _CHUNK):
        yield from zip(few, work(few), strict=True)


def _do_chunk(items: range, work: Work[Any], progress: mmap.mmap, number: int) -> list[Any]:
    """The results of ``items``. What is being done is noted where the parent sees it."""
    note = partial(_TICKET.pack_into, progress, number * _TICKET.size)
    return [result for few in _cut(items, _CHUNK) for result in work(_Noted(few, note))]


def _cut(items: range, size: int) -> list[range]:
    return [items[start : start + size] for start in range(0, len(items), size)]


class _Noted:
    """Items, each of which is noted when somebody comes to it."""

    def __init__(self, items: range, note: Callable[[int], None]) -> None:
        self._items = items
        self._note = note

    def __iter__(self) -> Iterator[int]:
        for item in self._items:
            self._note(item)
            yield item


def _packed(chunk: int, results: bytes) -> bytes:
    return _HEADER.pack(chunk, len(results)) + results


def write_all(handle: int, data: bytes | bytearray) -> None:
    """Write ``data`` to a pipe or a file, however little the system takes at once."""
    view = memoryview(data)
    while view:
        view = view[os.write(handle, view) :]


def _collect(workers: list[_Worker], progress: mmap.mmap, name: Callable[[int], str]) -> Iterator[tuple[int, bytes]]:
    """The number and the results of each chunk as they come, until every worker has come to its end."""
    buffers = {worker.results: bytearray() for worker in workers}
    with selectors.DefaultSelector() as selector:
        for number, worker in enumerate(workers):
            selector.register(worker.results, selectors.EVENT_READ, number)
        while selector.get_map():
            for key, _events in selector.select():
                data = os.read(key.fd, 1 << 20)
                if data:
                    buffers[key.fd] += data
                    yield from _whole_messages(buffers[key.fd])
                else:
                    selector.unregister(key.fd)
                    ending = _ending(workers, key.data)
                    if ending:
                        (item,) = _TICKET.unpack_from(progress, key.data * _TICKET.size)
                        raise WorkerDiedError(ending, name(item))


def _whole_messages(buffer: bytearray) -> Iterator[tuple[int, bytes]]:
    """Take all complete messages out of ``buffer``: numbers and results of chunks."""
    at = 0
    while len(buffer) - at >= _HEADER.size:
        chunk, length = _HEADER.unpack_from(buffer, at)
        end = at + _HEADER.size + length
        if len(buffer) < end:
            break
        results = bytes(buffer[at + _HEADER.size : end])
        if chunk == _FAILED:
            raise WorkerFailedError(results.decode("utf-8", "replace"))
        yield chunk, results
        at = end
    del buffer[:at]


def _ending(workers: list[_Worker], number: int) -> str:
    """How a worker that sends no more has ended; "" if all is well."""
    pid, results = workers[number]
    _pid, status = os.waitpid(pid, 0)
    os.close(results)
    workers[number] = _Worker(0, results)
    code = os.waitstatus_to_exitcode(status)
    if code == -signal.SIGINT:
        raise KeyboardInterrupt  # Sent to all at once; the worker was merely quicker.
    return "" if code == 0 else f"was killed by signal {-code}" if code < 0 else f"ended with status {code}"


def _stop(workers: list[_Worker]) -> None:
    """Leave no process behind, however this ended."""
    for worker in workers:
        if worker.pid:
            os.kill(worker.pid, signal.SIGKILL)
            os.waitpid(worker.pid, 0)
            os.close(worker.results)
