"""The two programs that are compared: how each is given the papers, what changes, and how it is run."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from corpus import SyntheticPaper, front_matter, write_lab

HERE = Path(__file__).resolve().parent


class Contestant(NamedTuple):
    """One program."""

    name: str
    write: Callable[[list[SyntheticPaper], Path], None]
    """Writes all sources below a folder."""
    papers: str
    """Where, below it, the papers are."""
    template: str
    """A template that every page has."""
    command: Callable[[Path, Path, Path], list[str]]
    """Of the folders for sources, output and cache."""


def _write_lean(papers: list[SyntheticPaper], folder: Path) -> None:
    shutil.copytree(HERE / "lean", folder)
    write_lab(papers, folder)


def _write_full(papers: list[SyntheticPaper], folder: Path) -> None:
    folder.mkdir(parents=True)
    (folder / "site.yml").write_text("title: A synthetic lab\nurl: https://lab.example.org/\n", encoding="utf-8")
    write_lab(papers, folder)


def _write_hugo(papers: list[SyntheticPaper], folder: Path) -> None:
    shutil.copytree(HERE / "hugo", folder)
    content = folder / "content" / "papers"
    content.mkdir(parents=True)
    for paper in papers:
        text = front_matter(paper, years=f'["{paper.date.year}"]')
        (content / f"{paper.id}.md").write_text(text, encoding="utf-8")


def _labpress(source: Path, output: Path, cache: Path) -> list[str]:
    options = ["--source", str(source), "--output", str(output), "--cache", str(cache)]
    return [str(Path(sys.executable).with_name("labpress")), "build", *options]


def _hugo(source: Path, output: Path, cache: Path) -> list[str]:
    return [hugo_program(), "--quiet", "--source", str(source), "--destination", str(output), "--cacheDir", str(cache)]


def hugo_program() -> str:
    """The binary of the package ``hugo``, without the Python script that starts it; or the one on the path; or ""."""
    binaries = Path(sys.prefix).glob("lib/python*/site-packages/hugo/binaries/hugo*")
    found = next((str(path) for path in sorted(binaries) if os.access(path, os.X_OK)), None)
    return found or shutil.which("hugo") or ""


HUGO = Contestant("hugo", _write_hugo, "content/papers", "layouts/baseof.html", _hugo)
LEAN = Contestant("labpress", _write_lean, "papers", "themes/lean/templates/base.html", _labpress)
FULL = Contestant("labpress, all on", _write_full, "papers", "", _labpress)


# What is changed between two builds


def edit_abstract(paper: Path, turn: int) -> None:
    """One more sentence in one abstract."""
    with paper.open("a", encoding="utf-8") as file:
        file.write(f"This is sentence number {turn}.\n")


def edit_title(paper: Path, turn: int) -> None:
    """Another title, which stands in lists too."""
    text = paper.read_text(encoding="utf-8")
    first, title, rest = text.split("\n", 2)
    paper.write_text("\n".join([first, title[:-1] + f" {turn}" + '"', rest]), encoding="utf-8")


def add_tag(paper: Path, turn: int) -> None:
    """A new tag on one paper: a page more, and another index of tags."""
    text = paper.read_text(encoding="utf-8")
    paper.write_text(text.replace("\ntags:\n", f"\ntags:\n  - new tag {turn}\n", 1), encoding="utf-8")


def edit_template(template: Path, turn: int) -> None:
    """A change of what every page shows."""
    text = template.read_text(encoding="utf-8")
    template.write_text(text.replace("</footer>", f" {turn}</footer>", 1), encoding="utf-8")
