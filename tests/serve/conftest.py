"""A small lab, and ``labpress serve`` or ``labpress watch`` on it, as a person starts them.

Nothing here goes by the time that something takes: what must come is waited for, far longer than it takes on a machine
that is busy with other work.
"""

import os
import re
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

PAPER = """---
title: {title}
authors: [Ada Quist, Tom Bell]
date: {date}
tags: [dust]
---
{abstract}
"""
LONG = "\n\n".join(f"Paragraph {number} of many, so that the page can be scrolled." for number in range(60))
FILES = {
    "src/site.yml": "title: The lab\nurl: https://lab.example.org/pubs/\neditor: vscode\n",
    "src/pages/join.md": "---\ntitle: Join us\n---\nWrite to us.\n",
    "src/papers/quist2023walls.md": PAPER.format(title="Walls", date="2023-05-01", abstract="About walls."),
    "src/papers/quist2024maps.md": PAPER.format(title="Maps", date="2024-05-01", abstract=f"About maps.\n\n{LONG}"),
    "src/static/note.txt": "A note.\n",
}


PATIENCE = 60.0
"""Seconds after which what has not come will not come."""

PORT = 10_000 + os.getpid() % 1_000 * 20
"""Where previews of this process of tests are. Those of other processes lie elsewhere, and take none that comes free."""


class Live:
    """A running command, and the folder it works in."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        self.folder = folder
        self.started = time.monotonic()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "labpress", *arguments],
            cwd=folder,
            env=os.environ | {"PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.output = ""
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        for line in self.process.stdout:
            self.output += line

    def says(self, pattern: str, *, after: int = 0, within: float = PATIENCE) -> re.Match:
        """Wait until what it has said after ``after`` characters matches ``pattern``."""
        deadline = time.monotonic() + within
        while True:
            is_last_look = not self._reader.is_alive() or time.monotonic() > deadline
            if found := re.search(pattern, self.output[after:]):
                return found
            assert not is_last_look, f"no {pattern!r} in:\n{self.output[after:]}"
            time.sleep(0.01)

    @property
    def url(self) -> str:
        return self.says(r"http://[^ ]+/")[0]

    @property
    def port(self) -> int:
        return int(re.search(r":(\d+)/", self.url)[1])

    def write(self, path: str, text: str) -> None:
        """As most editors save: a new file moved over the old one."""
        place = self.folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        new = place.with_name(f".{place.name}.new")
        new.write_text(text, encoding="utf-8")
        new.replace(place)

    def edit(self, path: str, old: str, new: str) -> None:
        text = (self.folder / path).read_text(encoding="utf-8")
        assert old in text
        self.write(path, text.replace(old, new))

    def stop(self) -> int:
        """Ctrl-C, if it has not ended by itself; gives the exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        try:
            return self.process.wait(PATIENCE)
        finally:
            self.process.kill()
            self.process.wait()
            self._reader.join(5)
            self.process.stdout.close()


def write_files(folder: Path, files: dict[str, str]) -> None:
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")


@contextmanager
def running(folder: Path, *arguments: str):
    live = Live(folder, *arguments)
    try:
        yield live
    finally:
        if not live.process.stdout.closed:
            live.stop()


SERVE = ("serve", "-s", "src", "--cache", "cache", "-o", "out", "--port", str(PORT))
WATCH = ("watch", "-s", "src", "--cache", "cache", "-o", "out")


def eventually(true, within: float = PATIENCE) -> None:
    """Wait until it is."""
    deadline = time.monotonic() + within
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def files_of(folder: Path) -> dict[str, bytes]:
    """Every file of a folder in which others may be at work."""
    files = {}
    for place, _folders, names in os.walk(folder):
        for path in (Path(place, name) for name in names):
            with suppress(FileNotFoundError, NotADirectoryError):
                files[path.relative_to(folder).as_posix()] = path.read_bytes()
    return files


def restore(live: Live, built: dict[str, bytes]) -> None:
    """The small lab as it was at first, and what was ``built`` of it."""
    told = len(live.output)
    for path in sorted((live.folder / "src").rglob("*"), reverse=True):
        if path.is_dir() and not any(path.iterdir()):
            path.rmdir()
        elif path.is_file() and path.relative_to(live.folder).as_posix() not in FILES:
            path.unlink()
    for path, text in FILES.items():
        live.write(path, text)
    live.says("files in", after=told)
    eventually(lambda: files_of(live.folder / "out") == built)
    eventually(lambda: is_answered(live.url))  # A build may have read the settings again that it told of before.


def is_answered(address: str) -> bool:
    try:
        urlopen(address).close()
    except HTTPError:  # The site lies elsewhere.
        return False
    return True


@pytest.fixture
def lab(tmp_path):
    """The folder of a small lab: ``src/``."""
    write_files(tmp_path, FILES)
    return tmp_path


@pytest.fixture(scope="module")
def shared_preview(tmp_path_factory):
    """``labpress serve`` on a small lab, for all tests of a module."""
    folder = tmp_path_factory.mktemp("preview")
    write_files(folder, FILES)
    with running(folder, *SERVE) as live:
        live.says("files in the preview")
        yield live, files_of(folder / "out")


@pytest.fixture
def preview(shared_preview):
    """The shared preview, with the lab as it was at first."""
    live, built = shared_preview
    yield live
    restore(live, built)


@pytest.fixture
def watching(lab):
    """``labpress watch`` on the small lab, built and ready."""
    with running(lab, *WATCH) as live:
        live.says("files in out")
        yield live
