"""A day of a person, an editor and git, replayed fast: the end is that of a clean build.

A short one belongs to the usual tests; ``make torture`` replays as many events as a day has at one in two seconds.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from tests.serve.conftest import FILES, PAPER, PATIENCE, WATCH, Live, files_of, running, write_files
from tests.serve.test_watching import assert_ends_clean, marked
from tests.torture import times

EVENTS = times(60, whole=50_000)

ROUNDS = 12
"""Times at which memory is looked at."""

PAUSES = (0, 0, 0.005, 0.03, 0.1) if EVENTS < 10_000 else (0, 0, 0, 0.003, 0.012)
"""Seconds between two events."""

TITLES = ("Dust", "Walls $x^2$", "Maps: a *study*", "Δust", "[broken", "")
TAGS = ("[dust]", "[dust, optics]", "[]", "[[")
FOLDERS = ("papers", "papers/2024", "papers/old", "pages", "static")
SETTINGS = ("title: A lab\n", "title: A lab\nper_page: 2\n", "title: [\n", "url: https://lab.example.org/pubs/\n", "")
TEMPLATES = ('{% extends "parent:paper.html" %}{% block head %}<!--own-->{% endblock %}', "{% if %}", "{{ nothing }}")


def random_text(dice: random.Random) -> str:
    title, tags = dice.choice(TITLES), dice.choice(TAGS)
    text = PAPER.format(
        title=title, date=dice.choice(("2022", "2023-05", "2024-02-30")), abstract=f"{dice.random()} $x$."
    )
    return text.replace("[dust]", tags)


def some_file(dice: random.Random, source: Path) -> Path:
    """A file that is there."""
    return dice.choice(sorted(path for path in source.rglob("*") if path.is_file() and path.name != "site.yml"))


def new_name(dice: random.Random, source: Path) -> Path:
    folder = source / dice.choice(FOLDERS)
    ending = "txt" if folder.name == "static" else "md"
    return folder / f"paper{dice.randrange(30)}.{ending}"


def put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def create(dice: random.Random, source: Path) -> None:
    put(new_name(dice, source), random_text(dice))


def edit(dice: random.Random, source: Path) -> None:
    with some_file(dice, source).open("a", encoding="utf-8") as file:
        file.write(f"\nMore {dice.random()}.\n")


def save_by_renaming(dice: random.Random, source: Path) -> None:
    path = some_file(dice, source)
    temporary = path.with_name(dice.choice((f".{path.name}.swp", f"{path.name}.tmp", f"{path.name}~")))
    put(temporary, random_text(dice))
    temporary.replace(path)


def save_slowly(dice: random.Random, source: Path) -> None:
    text = random_text(dice)
    with some_file(dice, source).open("w", encoding="utf-8") as file:
        file.write(text[: len(text) // 2])
        file.flush()
        time.sleep(dice.random() / 20)
        file.write(text[len(text) // 2 :])


def rename(dice: random.Random, source: Path) -> None:
    path = new_name(dice, source)
    path.parent.mkdir(parents=True, exist_ok=True)
    some_file(dice, source).replace(path)


def delete(dice: random.Random, source: Path) -> None:
    path = some_file(dice, source)
    if sum(1 for one in source.rglob("*") if one.is_file()) > 5:
        path.unlink()


def move_a_folder(dice: random.Random, source: Path) -> None:
    folders = [path for path in (source / "papers").iterdir() if path.is_dir()] if (source / "papers").is_dir() else []
    if folders:
        target = source / "papers" / f"folder{dice.randrange(5)}"
        if not target.exists():
            dice.choice(folders).rename(target)


def delete_a_folder(dice: random.Random, source: Path) -> None:
    shutil.rmtree(source / "papers" / f"folder{dice.randrange(5)}", ignore_errors=True)


def change_the_settings(dice: random.Random, source: Path) -> None:
    put(source / "site.yml", dice.choice(SETTINGS))


def change_a_template(dice: random.Random, source: Path) -> None:
    path = source / "templates" / "paper.html"
    if path.exists() and dice.random() < 0.6:
        shutil.rmtree(path.parent)
    else:
        put(path, dice.choice(TEMPLATES))


def change_the_style(dice: random.Random, source: Path) -> None:
    put(source / "themes/journal/assets/journal.css", f"p {{ order: {dice.randrange(9)} }}")


def check_out(dice: random.Random, source: Path) -> None:
    for number in range(20):
        put(source / f"papers/checkout{number}.md", random_text(dice))


EVENT_KINDS: tuple[Callable[[random.Random, Path], None], ...] = (
    create, create, create, edit, edit, edit, edit, save_by_renaming, save_by_renaming, save_slowly, rename, rename,
    delete, delete, move_a_folder, delete_a_folder, change_the_settings, change_a_template, change_the_style, check_out,
)  # fmt: skip


def memory_of(process: int) -> int:
    """Kilobytes that it holds."""
    return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * os.sysconf("SC_PAGESIZE") // 1024


def open_files_of(process: int) -> int:
    return len(list(Path(f"/proc/{process}/fd").iterdir()))


def sum_over_both(of: Callable[[int], int], mark: str) -> int:
    """Of the two processes that a run has while nothing is built."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        processes = marked(mark)
        with suppress(FileNotFoundError):
            found = sum(map(of, processes))
            if len(processes) == 2 and marked(mark) == processes:
                return found
        time.sleep(0.01)
    pytest.fail(f"expected two processes, found {marked(mark)}")


def kill(process: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(process, signal.SIGKILL)


def play(live: Live, dice: random.Random, events: int) -> None:
    for _event in range(events):
        dice.choice(EVENT_KINDS)(dice, live.folder / "src")
        time.sleep(dice.choice(PAUSES))


@pytest.mark.torture
@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="no /proc to look at processes in")
def test_a_day_of_events_ends_in_a_clean_build(lab, monkeypatch, count):
    seed = random.randrange(2**32)
    print(f"seed {seed}")  # noqa: T201  Shown where the test fails.
    dice = random.Random(seed)
    mark = f"LABPRESS_TEST=torture-{seed}"
    monkeypatch.setenv(*mark.split("="))
    memory, open_files = [], []
    with running(lab, *WATCH) as live:
        live.says("files in out")
        for _round in range(ROUNDS):
            play(live, dice, max(1, EVENTS // ROUNDS))
            assert_ends_clean(live)
            memory.append(sum_over_both(memory_of, mark))
            open_files.append(sum_over_both(open_files_of, mark))
        write_files(lab, FILES)
        assert_ends_clean(live)
    count("file events replayed to labpress watch", EVENTS)
    print(f"memory in kB: {memory}")  # noqa: T201
    assert max(open_files) <= open_files[0], open_files
    if EVENTS >= 1000:
        warm = memory[ROUNDS // 4 :]
        assert max(warm) <= 1.1 * warm[0], memory


def torn_files(folder: Path) -> list[str]:
    """Pages that break off; a file that is not in its place yet says so by its name.

    A template that was written over by other text makes pages of that text, which have neither beginning nor end.
    """
    pages = {path: data for path, data in files_of(folder).items() if path.endswith(".html")}
    return [
        path
        for path, data in pages.items()
        if b"<!doctype".startswith(data[:9]) and not data.rstrip().endswith(b"</html>")
    ]


@pytest.mark.torture
@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="no /proc to look for processes in")
def test_killed_at_any_moment_the_next_watch_ends_in_a_clean_build(lab, monkeypatch, count):
    """One of its processes or all of them, in the middle of whatever they do."""
    dice = random.Random()
    mark = f"LABPRESS_TEST=killed-{time.time_ns()}"
    monkeypatch.setenv(*mark.split("="))
    kills = times(2, whole=200)
    for _kill in range(kills):
        with running(lab, *WATCH) as live:
            if dice.random() < 0.7:
                live.says("files in out")
            play(live, dice, 3)
            time.sleep(dice.random() * 0.3)
            for process in dice.sample(alive := marked(mark), dice.choice((1, len(alive)))):
                kill(process)
            assert torn_files(lab / "out") == []
    with running(lab, *WATCH) as live:
        live.says("files in out")
        assert_ends_clean(live)
    count("kills survived: labpress watch", kills)
