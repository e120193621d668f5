"""Work over forked processes: the same results, and no process left behind however it ends."""

from __future__ import annotations

import errno
import os
import select
import signal
import time
from itertools import groupby
from pathlib import Path

import pytest

from labpress.build.errands import send
from labpress.build.workers import WorkerDiedError, WorkerFailedError, spread


def squares(items):
    for item in items:
        yield str(item * item).encode()


def name(item: int) -> str:
    return f"item {item}"


STARTED: list[int] = []
"""The processes that a test has forked. A browser of other tests may run beside them."""


@pytest.fixture(autouse=True)
def noted_forks(monkeypatch):
    STARTED.clear()
    fork = os.fork

    def noted() -> int:
        pid = fork()
        if pid:
            STARTED.append(pid)
        return pid

    monkeypatch.setattr(os, "fork", noted)
    # Servers of other tests may have threads in this process. The work here needs none of their locks.
    for module in ("workers", "errands"):
        monkeypatch.setattr(f"labpress.build.{module}.can_fork", lambda: True)


def children() -> list[int]:
    """Those that have not been waited for."""
    return [pid for pid in STARTED if is_child(pid)]


def is_child(pid: int) -> bool:
    try:
        os.waitpid(pid, os.WNOHANG)
    except ChildProcessError:
        return False
    return True


def open_files() -> list[str]:
    return sorted(path.name for path in Path("/proc/self/fd").iterdir())


@pytest.mark.parametrize("workers", [0, 1, 2, 3, 8])
@pytest.mark.parametrize("count", [0, 1, 5, 1000])
def test_every_item_is_done_once(workers, count):
    done = dict(spread(count, squares, bytes, workers, name))

    assert done == {item: str(item * item).encode() for item in range(count)}
    assert not children()


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="no /proc to count open files by")
@pytest.mark.parametrize("allowed", [0, 1, 2])
def test_what_the_system_allows_no_process_for_is_done_by_those_there_are(allowed, monkeypatch):
    fork = os.fork

    def refused_after_a_few() -> int:
        if len(STARTED) >= allowed:
            raise BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable")
        return fork()

    monkeypatch.setattr(os, "fork", refused_after_a_few)
    before = open_files()
    done = dict(spread(100, squares, bytes, 3, name))

    assert done == {item: str(item * item).encode() for item in range(100)}
    assert len(STARTED) == allowed
    assert send(lambda: b"") is None
    assert not children()
    assert open_files() == before


def test_large_results_arrive_whole():
    def large(items):
        for item in items:
            yield bytes([item]) * 3_000_000

    done = dict(spread(8, large, bytes, 2, name))

    assert all(done[item] == bytes([item]) * 3_000_000 for item in range(8))


def test_workers_do_not_wait_for_a_parent_that_has_other_work():
    read, write = os.pipe()
    seen = []

    def large(items):
        for item in items:
            os.write(write, b".")
            yield bytes([item]) * 100_000

    def until_all_is_done():
        while len(seen) < 50 and select.select([read], [], [], 60)[0]:
            seen.extend(os.read(read, 50))

    done = dict(spread(50, large, bytes, 2, name, meanwhile=until_all_is_done))
    os.close(read)
    os.close(write)

    assert len(seen) == 50
    assert all(done[item] == bytes([item]) * 100_000 for item in range(50))


@pytest.mark.parametrize("workers", [2, 3])
def test_chunks_are_taken_from_both_ends(workers):
    """So that those beside each other are mostly done by one worker."""

    def who(items):
        for _item in items:
            time.sleep(0.01)
            yield str(os.getpid()).encode()

    done = dict(spread(40, who, bytes, workers, name, chunks=[range(at, at + 1) for at in range(40)]))

    runs = [pid for pid, _same in groupby(done[item] for item in range(40))]
    assert len(runs) == 2 if workers == 2 else len(set(runs)) == 3
    assert done[0] != done[39]


def test_a_worker_that_is_killed_is_one_error_that_names_its_item():
    def deadly(items):
        for item in items:
            if item == 37:
                os.kill(os.getpid(), signal.SIGKILL)
            yield b""

    with pytest.raises(WorkerDiedError, match="killed by signal 9") as error:
        dict(spread(100, deadly, bytes, 2, name))

    assert error.value.what == "item 37"
    assert not children()


def test_one_that_is_killed_in_a_later_stage_names_the_item_it_was_at_then():
    def deadly(items):
        first = [item * item for item in items]
        for item, _square in zip(items, first, strict=True):
            if item == 37:
                os.kill(os.getpid(), signal.SIGKILL)
            yield b""

    with pytest.raises(WorkerDiedError) as error:
        dict(spread(100, deadly, bytes, 2, name))

    assert error.value.what == "item 37"


@pytest.mark.parametrize("workers", [1, 2])
def test_no_more_than_a_few_items_are_at_one_stage_together(workers):
    def together(items):
        return [str(len(list(items))).encode()] * len(list(items))

    done = dict(spread(1000, together, bytes, workers, name, chunks=[range(10), range(10, 1000)]))

    assert done.keys() == set(range(1000))
    assert max(map(int, done.values())) == 40


def test_an_exception_in_a_worker_comes_out_with_its_traceback():
    def faulty(items):
        for item in items:
            yield str(1 // (item - 20)).encode()

    with pytest.raises(WorkerFailedError, match="ZeroDivisionError"):
        dict(spread(100, faulty, bytes, 2, name))
    assert not children()


def test_whoever_stops_asking_leaves_no_worker_behind():
    def slow(items):
        for item in items:
            time.sleep(0.01)
            yield str(item).encode()

    results = spread(1000, slow, bytes, 2, name)
    next(results)
    results.close()

    assert not children()


def test_ctrl_c_in_a_worker_is_ctrl_c():
    def interrupted(items):
        for _item in items:
            os.kill(os.getpid(), signal.SIGINT)
            time.sleep(5)
            yield b""

    with pytest.raises(KeyboardInterrupt):
        dict(spread(10, interrupted, bytes, 2, name))
    assert not children()


def test_workers_end_when_their_parent_is_killed():
    """They write to a pipe that nobody reads, or see that they have another parent."""
    read, write = os.pipe()
    parent = os.fork()
    if not parent:
        os.close(read)

        def endless(items):
            for item in items:
                time.sleep(0.02)
                yield bytes(100_000) if item else b""

        for _item, _result in spread(1000, endless, bytes, 2, name):
            os.write(write, b".")
        os._exit(0)
    os.close(write)
    assert os.read(read, 1) == b"."
    os.kill(parent, signal.SIGKILL)
    os.waitpid(parent, 0)

    deadline = time.monotonic() + 60
    while os.read(read, 1000):  # Closed when the last process that has the other end is gone.
        assert time.monotonic() < deadline
    os.close(read)


def test_an_errand_brings_its_result_and_a_failed_one_nothing():
    def fail(_ask) -> bytes:
        os._exit(3)

    assert send(lambda _ask: b"x" * 1_000_000).fetch() == b"x" * 1_000_000
    assert send(fail).fetch() == b""
    assert not children()


def test_an_errand_is_told_what_it_asks_for_whenever_that_is():
    def slow(ask) -> bytes:
        time.sleep(0.2)
        return ask()

    busy, waiting = send(slow), send(lambda ask: ask())
    busy.tell(b"x" * 1_000_000)
    time.sleep(0.1)
    waiting.tell(b"")

    assert busy.fetch() == b"x" * 1_000_000
    assert waiting.fetch() == b""
    assert not children()


def test_an_errand_that_can_be_told_nothing_fails_and_one_that_is_dropped_ends():
    assert send(lambda ask: ask() or b"never").fetch() == b""
    too_much = send(lambda ask: ask())
    too_much.tell(bytes((1 << 26) + 1))
    assert too_much.fetch() == b""
    gone = send(lambda _ask: os._exit(3))
    select.select([gone._result], [], [])
    gone.tell(b"x")
    assert gone.fetch() == b""
    dropped = send(lambda _ask: time.sleep(60) or b"late")
    dropped.drop()
    dropped.drop()
    assert not children()
