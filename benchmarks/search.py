"""What search costs: making its index, what a visitor fetches for a first answer, and the time of a keystroke.

    python benchmarks/search.py                          # 50, 1,000 and 10,000 papers
    python benchmarks/search.py --sizes 5000 --keys 300

A lab of each size is built without a cache, with search and without, in turns; the median difference in processor time
is what the index costs. (Take TMPDIR=/dev/shm: a disk that has just deleted many files makes these times worthless.)
The site is then served from this machine and searched in Chromium. Bytes are those of gzip, and of all that the search
adds to a list: its scripts, its style and the files of its index. The time of a keystroke runs from the key to the
results on the page, with everything fetched that the key needs.
"""

from __future__ import annotations

import argparse
import gzip
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import NamedTuple
from urllib.parse import urlsplit

from corpus import SyntheticPaper, make_lab, write_lab
from playwright.sync_api import Page, sync_playwright

OTHERS = (
    "venues metadata citations exports list_exports feeds share_image not_found orders related statistics first_pages"
).split()
"""Features that have nothing to do with search."""

ROUNDS = 5

TYPE = """async (text) => {
  const box = document.getElementById("page:search");
  const found = document.querySelector(".found");
  const start = performance.now();
  const done = new Promise((resolve) => {
    const observer = new MutationObserver(() => {
      if (found.classList.contains("waiting")) return;
      observer.disconnect();
      resolve();
    });
    observer.observe(found, {attributeFilter: ["class"]});
  });
  box.value = text;
  box.dispatchEvent(new Event("input"));
  await done;
  document.body.offsetHeight;
  return performance.now() - start;
}"""
"""Writes into the box, and gives the milliseconds until the answer stands on the page, laid out."""


HEADINGS = (
    "papers | files | index, kB | made in, s (more than without) | first answer, kB: median, most, with filters"
    " | keystroke, ms: median, 95 of 100"
)


class Figures(NamedTuple):
    """What search costs at one size."""

    papers: int
    files: int
    weight: int
    """All files below search/, as a host sends them."""
    seconds: float
    """Of the processor, to make them."""
    share: float
    """Of the build without search."""
    first: list[int]
    """Bytes of several first answers, each of a visitor who has fetched nothing before."""
    with_filters: int
    """Bytes of a first answer with the filters open."""
    keys: list[float]
    """Milliseconds."""


class Handler(SimpleHTTPRequestHandler):
    """Serves a site, and says nothing."""

    def log_message(self, *_arguments: object) -> None:
        pass


def build(folder: Path, *, search: bool) -> float:
    """Processor time of a build from nothing."""
    features = ", ".join([*(f"{name}: false" for name in OTHERS), f"search: {str(search).lower()}"])
    (folder / "site.yml").write_text(f"title: A synthetic lab\nfeatures: {{{features}}}\n", encoding="utf-8")
    output = folder.parent / f"{folder.name}-{search}"
    cache = output.with_suffix(".cache")
    for old in (output, cache):
        shutil.rmtree(old, ignore_errors=True)
    command = [sys.executable, "-m", "labpress", "build", "--source", str(folder), "--output", str(output)]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([*command, "--cache", str(cache)], check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def queries(papers: list[SyntheticPaper], dice: random.Random, count: int) -> list[str]:
    """What visitors ask: two words of a title, a name, a topic, one of a kind after the other."""
    found = []
    for number in range(count):
        paper = dice.choice(papers)
        words = [word for word in paper.title.lower().split() if len(word) > 3]
        found.append((" ".join(words[:2]), dice.choice(paper.authors), dice.choice(paper.tags))[number % 3])
    return found


def fetched_by(page: Page) -> set[str]:
    """A set that fills with the paths of whatever ``page`` fetches for the search from now on."""
    paths: set[str] = set()
    page.on("request", lambda request: paths.add(urlsplit(request.url).path))
    return paths


def weight(site: Path, paths: set[str]) -> int:
    """The files of the search among ``paths``, as a host sends them."""
    files = [site / path.lstrip("/") for path in paths if path.startswith(("/search/", "/assets/search"))]
    return sum(len(gzip.compress(file.read_bytes(), 6)) for file in files)


def measure(size: int, keys: int, work: Path) -> Figures:
    papers = make_lab(size)
    folder = work / f"lab-{size}"
    write_lab(papers, folder)
    built = [(build(folder, search=False), build(folder, search=True)) for _ in range(ROUNDS)]
    site = work / f"lab-{size}-True"
    index = [path for path in (site / "search").rglob("*") if path.is_file()]
    dice = random.Random(size)
    first: list[int] = []
    times: list[float] = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(site)))
    Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}/papers/"
    with sync_playwright() as driver:
        program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
        browser = driver.chromium.launch(executable_path=program, args=["--no-sandbox"])
        for text in queries(papers, dice, 9):
            page = browser.new_page()
            paths = fetched_by(page)
            page.goto(address)
            page.evaluate(TYPE, text)
            first.append(weight(site, paths))
            page.close()
        page = browser.new_page()
        paths = fetched_by(page)
        page.goto(address)
        page.click(".narrow")
        page.wait_for_selector(".filters li")
        page.evaluate(TYPE, queries(papers, dice, 1)[0])
        with_filters = weight(site, paths)
        while len(times) < keys:
            text = queries(papers, dice, 3)[len(times) % 3]
            times += [page.evaluate(TYPE, text[:end]) for end in range(1, len(text) + 1)]
        browser.close()
    server.shutdown()
    size_of_all = sum(len(gzip.compress(path.read_bytes(), 6)) for path in index)
    seconds = statistics.median(with_search - without for without, with_search in built)
    share = statistics.median(with_search / without - 1 for without, with_search in built)
    return Figures(size, len(index), size_of_all, seconds, share, first, with_filters, times)


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure search.")
    parser.add_argument("--sizes", type=int, nargs="+", default=[50, 1_000, 10_000], help="how many papers")
    parser.add_argument("--keys", type=int, default=200, help="how many keystrokes (default: 200)")
    options = parser.parse_args()
    print(HEADINGS)
    for size in options.sizes:
        with tempfile.TemporaryDirectory() as work:
            one = measure(size, options.keys, Path(work))
        slow = statistics.quantiles(one.keys, n=20)[-1]
        print(
            f"{one.papers:,} | {one.files:,} | {one.weight / 1e3:,.0f} | {one.seconds:.2f} ({one.share:+.0%})"
            f" | {statistics.median(one.first) / 1e3:.0f}, {max(one.first) / 1e3:.0f}, {one.with_filters / 1e3:.0f}"
            f" | {statistics.median(one.keys):.0f}, {slow:.0f}",
            flush=True,
        )


if __name__ == "__main__":
    main()
