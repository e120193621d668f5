"""The building process: builds that are overtaken, builds that break down, and ends."""

from __future__ import annotations

import errno
import multiprocessing
import os
import signal
import time
from contextlib import contextmanager

import pytest

from labpress.edges.live.guard import stand_guard
from labpress.edges.live.messages import Changed, Failed, Imported, Report, decode_report, encode
from tests.serve.conftest import PATIENCE

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")


class Slow:
    """Tells of each file and of all that it remembers; ``crash`` and ``fail`` are what they say.

    ``wait`` takes longer than any test, and nothing else is overtaken by what comes later.
    """

    def __init__(self) -> None:
        self.done: list[str] = []

    def may_be_overtaken(self, asked: Changed) -> bool:
        return "wait" in asked.files

    def forget_told(self) -> None:
        pass

    def work(self, asked: Changed, tell) -> None:
        tell(Imported(asked.files, "begun"))
        for name in asked.files:
            if name == "wait":
                time.sleep(10 * PATIENCE)
            elif name == "crash":
                os.kill(os.getpid(), signal.SIGKILL)
            elif name == "fail":
                raise ValueError(name)
            self.done.append(name)
        tell(Imported(tuple(self.done), f"by {os.getpid()}"))


class Line:
    """Our end of the line to a guard."""

    def __init__(self, line) -> None:
        self.line = line

    def ask(self, *files: str) -> None:
        self.line.send_bytes(encode(Changed(files)))

    def hear(self) -> Report:
        assert self.line.poll(PATIENCE), "nothing comes"
        return decode_report(self.line.recv_bytes())


def _run(line, other, worker) -> None:
    other.close()
    stand_guard(line, worker)


@contextmanager
def guard(worker=None):
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe()
    process = context.Process(target=_run, args=(theirs, ours, worker or Slow()))
    process.start()
    theirs.close()
    try:
        yield Line(ours)
    finally:
        ours.close()
        process.join(PATIENCE)
        assert process.exitcode == 0


def test_what_is_learnt_is_handed_on_from_heir_to_heir():
    with guard() as line:
        pids = set()
        for number, known in (("1", ("1",)), ("2", ("1", "2")), ("3", ("1", "2", "3"))):
            line.ask(number)
            assert line.hear() == Imported((number,), "begun")
            told = line.hear()
            assert told.paths == known
            pids.add(told.summary)
    assert len(pids) == 3, "each was done by an heir of its own"


def test_where_the_system_allows_no_process_a_build_is_done_without(monkeypatch):
    def refused() -> int:
        raise BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable")

    class Crowded(Slow):
        """Is asked this in the building process, before it forks."""

        def may_be_overtaken(self, asked: Changed) -> bool:
            monkeypatch.setattr(os, "fork", refused)
            return super().may_be_overtaken(asked)

    with guard(Crowded()) as line:
        for number, known in (("1", ("1",)), ("2", ("1", "2"))):
            line.ask(number)
            assert line.hear() == Imported((number,), "begun")
            assert line.hear().paths == known


def test_a_newer_change_overtakes_a_build_and_nothing_is_forgotten():
    with guard() as line:
        line.ask("first", "wait")
        assert line.hear().summary == "begun"
        line.ask("second", "third")

        # What the overtaken build was about is done again, after what is new: here, it waits anew.
        assert line.hear().paths == ("second", "third", "first", "wait")


class Herald(Slow):
    """Tells of the first file if it is another one than the time before."""

    told = ""

    def forget_told(self) -> None:
        self.told = ""

    def work(self, asked: Changed, tell) -> None:
        news = asked.files[0]
        if news != self.told:
            self.told = news
            tell(Imported((news,), "news"))
        super().work(asked, tell)


@pytest.mark.parametrize("end", ["wait", "crash"])
def test_what_a_lost_build_has_told_is_put_right(end):
    """Who listens believes what was told last; the process that goes on does not know what that was."""
    with guard(Herald()) as line:
        line.ask("here")
        assert line.hear() == Imported(("here",), "news")
        line.ask("there", end)
        while line.hear() != Imported(("there",), "news"):
            pass
        line.ask("here")
        while line.hear() != Imported(("here",), "news"):
            pass


def test_what_must_not_be_broken_off_is_waited_for():
    with guard() as line:
        line.ask("first")
        line.ask("later")
        line.ask("latest")

        assert line.hear() == Imported(("first",), "begun")
        assert line.hear().paths == ("first",)
        done: tuple[str, ...] = ()
        while len(done) < 3:  # In one go, if both were there by then.
            assert "first" not in line.hear().paths
            done = line.hear().paths
        assert set(done) == {"first", "later", "latest"}


def test_a_build_that_crashes_leaves_everything_as_it_was():
    with guard() as line:
        line.ask("good")
        line.hear()
        assert line.hear().paths == ("good",)
        line.ask("crash")
        line.hear()
        assert line.hear() == Failed("a build was killed by signal 9")
        line.ask("better")
        line.hear()

        assert line.hear().paths == ("good", "better")


def test_a_build_that_fails_says_how_and_the_next_one_is_done():
    with guard() as line:
        line.ask("fail")
        line.hear()
        assert "ValueError: fail" in line.hear().text
        line.ask("better")
        line.hear()

        assert line.hear().paths == ("better",)


@pytest.mark.parametrize("asked", [(), ("wait",), ("first", "wait")])
def test_when_the_line_ends_everybody_ends(asked):
    """As ``guard`` sees, in far less time than ``wait`` would take."""
    with guard() as line:
        if asked:
            line.ask(*asked)
            line.hear()
