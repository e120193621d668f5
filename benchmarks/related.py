"""Time how related papers are found: the words of each text, all papers compared, and one edit of a text.

    python benchmarks/related.py                        # 50, 1,000 and 10,000 papers
    python benchmarks/related.py --sizes 1000 --runs 9

Seconds of CPU, the best of several runs. Words are looked for in new texts alone.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable

from corpus import front_matter, make_lab

from labpress.core.files import SourceFile
from labpress.entries.entry import Entry, read_entry
from labpress.markup.settings import MarkupSettings
from labpress.site.catalog import make_catalog
from labpress.site.related import Words, compare, features_of, listed_in, words_of


def entries_of(size: int) -> list[Entry]:
    """A synthetic lab, read."""
    settings = MarkupSettings()
    files = [SourceFile(f"papers/{paper.id}.md", front_matter(paper).encode()) for paper in make_lab(size)]
    return [entry for file in files if (entry := read_entry(file, settings).value)]


def best(runs: int, work: Callable[[], object]) -> float:
    """The least CPU time of ``work``, in seconds."""
    times = []
    for _ in range(runs):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


def measure(size: int, runs: int) -> str:
    """One line of the report."""
    entries = entries_of(size)
    terms = best(runs, lambda: list(map(words_of, entries)))
    catalog = make_catalog(entries, ()).value
    words = {entry.paper.id: words_of(entry) for entry in entries}
    listed = listed_in(catalog)
    features = features_of(catalog.entries, listed, lambda entry: words[entry.paper.id])
    whole = best(runs, lambda: compare(features))
    known = compare(features)
    paper, own = next(iter(features.items()))
    edited = features | {paper: own.with_words(Words(["sparse", "lanterns", "ablation", "open"]))}
    edit = best(runs, lambda: compare(edited, known))
    return f"{size:>10,}{terms:>12.3f}{whole:>12.3f}{edit:>12.3f}"


def main() -> None:
    parser = argparse.ArgumentParser(description="Time how related papers are found.")
    parser.add_argument("--sizes", default="50,1000,10000", help="papers, with commas between (default: 50,1000,10000)")
    parser.add_argument("--runs", type=int, default=5, help="of which the best counts (default: 5)")
    given = parser.parse_args()
    print(f"{'papers':>10}{'words s':>12}{'compare s':>12}{'one edit s':>12}")
    for size in given.sizes.split(","):
        print(measure(int(size), given.runs), flush=True)


if __name__ == "__main__":
    main()
