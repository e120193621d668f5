"""Imports by real processes on a real disk: killed at any step, and at any moment.

Every entry is the old one or the new one, and what the next import makes of it is what an import without a kill makes.
"""

from __future__ import annotations

import errno
import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Callable, Iterator
from itertools import count as count_from
from pathlib import Path

import pytest

from labpress.core.diagnostics import has_errors
from labpress.edges import importer, library
from labpress.edges.importer import import_sources
from labpress.edges.library import LOCK_NAME, read_library, write_library
from tests.torture import times

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked and killed here")

PAPER = """@article{{paper{number},
  title = {{A Telling Title, Number {number}}},
  author = {{Bee, Ann and Dee, Cee}},
  journal = {{Journal of Things}}, year = {{2020}}, pages = {{{pages}}},
  abstract = {{First sentence. {sentence}}},
}}
"""


def bibliography(path: Path, papers: int, pages: str = "1--2", sentence: str = "Second sentence.") -> str:
    path.write_text("".join(PAPER.format(number=n, pages=pages, sentence=sentence) for n in range(papers)))
    return str(path)


def files_in(content: Path) -> dict[str, str]:
    return {path.relative_to(content).as_posix(): path.read_text() for path in content.rglob("*") if path.is_file()}


def entries_in(content: Path) -> dict[str, str]:
    return {name: text for name, text in files_in(content).items() if name.endswith(".md")}


def imported(content: Path, *sources: str) -> dict[str, str]:
    _done, faults = import_sources(content, sources, None)
    assert not has_errors(faults)
    return files_in(content)


@pytest.fixture
def lab(tmp_path):
    """Imported once, edited by hand; the source has changed since, and has a new paper."""
    content = tmp_path / "site_src"
    imported(content, bibliography(tmp_path / "a.bib", 4))
    edit(content / "papers/bee2020tellingb.md", "---\n", "---\n# Ours.\naward: Best\n")
    (content / "papers/bee2020tellingd.md").rename(content / "papers/ours.md")
    (content / "papers/bee2020tellingc.md").unlink()
    bibliography(tmp_path / "a.bib", 5, "1--9", "Another sentence.")
    return content


def edit(path: Path, old: str, new: str) -> None:
    path.write_text(path.read_text().replace(old, new, 1))


STEPS = ((Path, "open"), (Path, "replace"), (Path, "unlink"), (Path, "chmod"), (os, "fsync"))
"""What changes the disk."""


class StepLimit:
    """Does ``stop`` before the step of that number towards a changed disk."""

    def __init__(self, steps: int, stop) -> None:
        self.left = steps
        self.stop = stop

    def watched(self, function):
        def step(*args, **options):
            self.left -= 1
            if self.left == -1:
                self.stop()
            return function(*args, **options)

        return step


def killed_at(step: int, content: Path, source: str) -> bool:
    """Import in a process of its own that ends before its ``step``-th step. False when it had fewer steps."""
    child = os.fork()
    if child == 0:
        limit = StepLimit(step, lambda: os._exit(9))
        for owner, name in STEPS:
            setattr(owner, name, limit.watched(getattr(owner, name)))
        import_sources(content, [source], None)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9


def copies(lab: Path, tmp_path: Path, stopped_at: Callable[[int, Path, str], bool]) -> Iterator[Path]:
    """A copy of the lab for each step of an import, stopped before it; the last one is not stopped any more."""
    for step in count_from(0):
        content = tmp_path / f"stopped{step}"
        shutil.copytree(lab, content)
        was_stopped = stopped_at(step, content, str(tmp_path / "a.bib"))
        yield content
        if not was_stopped:
            return


def imported_undisturbed(lab: Path, tmp_path: Path) -> dict[str, str]:
    whole = tmp_path / "whole"
    shutil.copytree(lab, whole)
    return imported(whole, str(tmp_path / "a.bib"))


def test_an_import_killed_before_any_of_its_steps_is_finished_by_the_next(lab, tmp_path, count):
    before, after = entries_in(lab), imported_undisturbed(lab, tmp_path)
    steps = -1  # The last copy is not stopped.
    for content in copies(lab, tmp_path, killed_at):
        steps += 1
        for name, text in entries_in(content).items():
            assert text in (before.get(name), after.get(name))
        assert set(before) <= set(entries_in(content)) <= set(after)
        assert imported(content, str(tmp_path / "a.bib")) == after
    count("kills survived: labpress import", steps)
    assert steps > 20


def interrupted_at(step: int, content: Path, source: str) -> bool:
    """Import until somebody presses Ctrl-C before its ``step``-th step. False when it had fewer steps."""

    def stop():
        raise KeyboardInterrupt

    limit = StepLimit(step, stop)
    with pytest.MonkeyPatch.context() as patch:
        for owner, name in STEPS:
            patch.setattr(owner, name, limit.watched(getattr(owner, name)))
        try:
            import_sources(content, [source], None)
        except KeyboardInterrupt:
            return True
    return False


def test_an_import_interrupted_before_any_of_its_steps_is_finished_by_the_next(lab, tmp_path):
    """Unlike one that is killed, it can still do something, and must not take away what the next one needs."""
    after = imported_undisturbed(lab, tmp_path)
    steps = -1  # The last copy is not stopped.
    for content in copies(lab, tmp_path, interrupted_at):
        steps += 1
        assert imported(content, str(tmp_path / "a.bib")) == after
    assert steps > 20


def test_a_killed_import_says_nothing_of_another_branch_that_is_checked_out_then(lab, tmp_path):
    """What it had written went with its branch; only what git does not know stays: its intention, and waiting texts."""
    branch, source = tmp_path / "branch", tmp_path / "a.bib"
    shutil.copytree(lab, branch)
    imported(branch, bibliography(source, 4, "1--5", "A sentence of this branch."))
    bibliography(source, 5, "1--9", "Another sentence.")
    after = imported_undisturbed(branch, tmp_path)
    for content in copies(lab, tmp_path, killed_at):
        for path in content.glob("papers/*.md"):
            path.unlink()
        shutil.copytree(branch, content, dirs_exist_ok=True)
        assert imported(content, str(source)) == after


@pytest.mark.parametrize("step", range(0, 48, 4))
def test_edits_between_a_killed_import_and_the_next_stay(lab, tmp_path, step):
    killed_at(step, lab, str(tmp_path / "a.bib"))
    for path in (lab / "papers").glob("*.md"):
        edit(path, "venue: Journal of Things\n", "publisher: Ours\n")
    edit(lab / "papers/bee2020telling.md", "pages", "pages: ours\n# pages")
    bibliography(tmp_path / "a.bib", 5, "1--10", "A third sentence.")
    imported(lab, str(tmp_path / "a.bib"))

    for name, text in entries_in(lab).items():
        has_been_there = "publisher" in text
        assert ("venue" not in text) == has_been_there
        assert "A third sentence." in text
        assert ("pages: ours\n" if name == "papers/bee2020telling.md" else 'pages: "1-10"\n') in text


def test_a_new_entry_of_a_killed_import_is_known_under_another_name(lab, tmp_path):
    (name,) = {one for one in imported_undisturbed(lab, tmp_path) if one.endswith(".md")} - entries_in(lab).keys()
    met = 0
    for content in copies(lab, tmp_path, killed_at):
        if (content / name).exists():
            edit(content / name, "venue: Journal of Things\n", "")
            (content / name).rename(content / "papers/renamed.md")
            files = imported(content, str(tmp_path / "a.bib"))
            assert "venue" not in files["papers/renamed.md"]
            assert name not in files
            met += 1
    assert met > 3


@pytest.mark.parametrize("step", range(0, 48, 4))
def test_an_entry_that_is_moved_after_a_kill_loses_no_change_of_the_source(lab, tmp_path, step):
    killed_at(step, lab, str(tmp_path / "a.bib"))
    moved = lab / "papers/more/bee2020telling.md"
    moved.parent.mkdir()
    (lab / "papers/bee2020telling.md").rename(moved)
    edit(moved, "---\n", "---\n# Ours, too.\n")
    imported(lab, str(tmp_path / "a.bib"))

    assert "# Ours, too." in moved.read_text()
    assert "Another sentence." in moved.read_text()


def killed_after(seconds: float, content: Path, source: str) -> bool:
    """Import in a process of its own that is killed after a while. False when it was through by then."""
    child = os.fork()
    if child == 0:
        import_sources(content, [source], None)
        os._exit(0)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != 0


@pytest.mark.torture
def test_imports_killed_at_random_moments_lose_nothing(tmp_path, count):
    seed = random.randrange(2**32)
    print(f"seed {seed}")  # noqa: T201  Shown where the test fails.
    dice = random.Random(seed)
    content, whole, source = tmp_path / "site_src", tmp_path / "whole", tmp_path / "a.bib"
    imported(content, bibliography(source, 40))
    edit(content / "papers/bee2020telling.md", "---\n", "---\n# Ours.\n")
    kills = 0
    for number in range(times(6, whole=250)):
        bibliography(source, 40 + number % 7, f"1--{number + 3}", f"Sentence {number}.")
        before = entries_in(content)
        shutil.rmtree(whole, ignore_errors=True)
        shutil.copytree(content, whole)
        began = time.monotonic()
        after = imported(whole, str(source))
        kills += killed_after(dice.random() * 1.2 * (time.monotonic() - began), content, str(source))
        for name, text in entries_in(content).items():
            assert text in (before.get(name), after.get(name))
        assert imported(content, str(source)) == after
        assert "# Ours.\n" in after["papers/bee2020telling.md"]
    count("kills survived: labpress import", kills)


def test_what_was_edited_while_an_import_was_at_work_is_not_written_over(lab):
    shelf = read_library(lab).value
    entry = lab / "papers/bee2020tellingb.md"
    edit(entry, "award: Best", "award: Better")
    before = files_in(lab)
    (fault,) = write_library(shelf, {"bee2020tellingb": "mine", "bee2020telling": "mine"}, shelf.lock).diagnostics

    assert (fault.code, fault.span.path) == ("changed-meanwhile", entry.as_posix())
    assert files_in(lab) == before


def at_the_move_of(name, monkeypatch, doing):
    """Do something once, at the moment before the entry of that name is moved into place."""
    replace, left = Path.replace, [doing]

    def move(path, target):
        if target.name == name and left:
            left.pop()()
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", move)


def test_what_is_saved_while_an_import_writes_stays_and_is_merged_by_the_next(lab, tmp_path, monkeypatch):
    entry = lab / "papers/bee2020tellingb.md"
    at_the_move_of("bee2020telling.md", monkeypatch, lambda: edit(entry, "award: Best", "award: Better"))
    done, faults = import_sources(lab, [str(tmp_path / "a.bib")], None)
    assert [(one.code, one.span.path) for one in faults if one.is_error] == [("changed-meanwhile", entry.as_posix())]
    assert "bee2020tellingb" not in done.plan.outcomes
    assert "award: Better" in entry.read_text()
    assert '"1-9"' not in entry.read_text()

    files = imported(lab, str(tmp_path / "a.bib"))
    assert not any("labpress-new" in name for name in files)
    assert "award: Better" in entry.read_text()
    assert 'pages: "1-9"\n' in entry.read_text()


def test_killed_after_it_left_a_changed_file_alone_the_next_import_merges_it(lab, tmp_path, monkeypatch):
    entry = lab / "papers/bee2020tellingb.md"

    def edit_and_stop_before_the_lock():
        edit(entry, "award: Best", "award: Better")
        at_the_move_of(LOCK_NAME, monkeypatch, sys.exit)

    at_the_move_of("bee2020telling.md", monkeypatch, edit_and_stop_before_the_lock)
    with pytest.raises(SystemExit):
        import_sources(lab, [str(tmp_path / "a.bib")], None)
    imported(lab, str(tmp_path / "a.bib"))
    assert 'pages: "1-9"\n' in entry.read_text()


@pytest.mark.parametrize("changed", ["bee2020telling", "ours"])
def test_an_entry_that_is_joined_goes_only_as_it_was_read(lab, monkeypatch, changed):
    """Nor does it go when the one that is to say it all was changed, and so left as it was."""
    shelf = read_library(lab).value
    place = lab / f"papers/{changed}.md"
    at_the_move_of(library.INTENTION_NAME, monkeypatch, lambda: edit(place, "---\n", "---\n# Mine.\n"))
    texts = {"bee2020telling": "all", "bee2020tellingb": "more"}
    written, faults = write_library(shelf, texts, shelf.lock, removes=("ours",))

    assert [(one.code, one.span.path) for one in faults] == [("changed-meanwhile", place.as_posix())]
    assert written == texts.keys() - {changed}
    assert (lab / "papers/ours.md").exists()
    assert "# Mine.\n" in place.read_text()


def test_an_import_begins_anew_when_somebody_was_quicker(lab, tmp_path, monkeypatch):
    plan = importer.plan_import
    other = tmp_path / "b.bib"
    other.write_text(PAPER.format(number=99, pages="5", sentence="").replace("Bee", "Wasp"))

    def late(*args, **options):
        monkeypatch.setattr(importer, "plan_import", plan)
        edit(lab / "papers/bee2020tellingb.md", "award: Best", "award: Better")
        imported(lab, str(other))
        return plan(*args, **options)

    monkeypatch.setattr(importer, "plan_import", late)
    files = imported(lab, str(tmp_path / "a.bib"))
    entry = files["papers/bee2020tellingb.md"]
    assert ("award: Better" in entry, 'pages: "1-9"' in entry) == (True, True)
    assert "papers/wasp2020telling.md" in files


def test_an_import_holds_the_folder_while_it_writes(lab, tmp_path, monkeypatch):
    fcntl = pytest.importorskip("fcntl")
    seen = []

    def try_to_lock():
        folder = os.open(lab, os.O_RDONLY)
        with pytest.raises(BlockingIOError):
            fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        os.close(folder)
        seen.append("held")

    at_the_move_of("bee2020telling.md", monkeypatch, try_to_lock)
    imported(lab, str(tmp_path / "a.bib"))
    assert seen == ["held"]


@pytest.mark.parametrize("is_announced", [False, True])
def test_two_imports_at_once_lose_nothing_where_there_are_no_locks(lab, tmp_path, monkeypatch, is_announced):
    """The one takes away what the other is about to move: it is not done, and not deleted by a person."""

    def refuse(*_args):
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(pytest.importorskip("fcntl"), "flock", refuse)
    source, other = str(tmp_path / "a.bib"), tmp_path / "b.bib"
    other.write_text(PAPER.format(number=99, pages="5", sentence="").replace("Bee", "Wasp"))
    if is_announced:
        at_the_move_of("bee2020telling.md", monkeypatch, lambda: imported(lab, str(other)))
    else:
        announce = library.write_intention

        def late(intended):
            monkeypatch.setattr(library, "write_intention", announce)
            imported(lab, str(other))
            return announce(intended)

        monkeypatch.setattr(library, "write_intention", late)
    with pytest.raises(FileNotFoundError):
        import_sources(lab, [source], None)
    entries = imported(lab, source)
    assert sum("Another sentence." in text for name, text in entries.items() if name.endswith(".md")) == 4
    assert "papers/wasp2020telling.md" in entries


def test_two_imports_at_once_do_not_write_over_each_other(lab, tmp_path):
    shelf = read_library(lab).value
    after = imported(lab, str(tmp_path / "a.bib"))
    faults = write_library(shelf, {"new": "mine"}, shelf.lock).diagnostics

    assert [Path(fault.span.path).name for fault in faults] == [LOCK_NAME]
    assert files_in(lab) == after


def test_a_folder_without_files_is_told_of(tmp_path):
    (tmp_path / "sources" / "deeper").mkdir(parents=True)
    done, faults = import_sources(tmp_path / "site_src", [str(tmp_path / "sources")], None)

    assert not done.plan.writes
    assert [fault.code for fault in faults] == ["empty-source"]


@pytest.mark.parametrize("folder", [False, True])
def test_what_cannot_be_read_is_not_taken_for_deleted(lab, tmp_path, monkeypatch, folder):
    """A copy of it would take over what the sources said of it, and a source's change would not come back."""
    (lab / "papers/more").mkdir()
    hidden = lab / "papers/more/bee2020tellingb.md"
    (lab / "papers/bee2020tellingb.md").rename(hidden)
    before, refused = files_in(lab), str(hidden.parent if folder else hidden)

    def refusing(whole):
        def refuse(path, *args, **options):
            if str(path) == refused:
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), refused)
            return whole(path, *args, **options)

        return refuse

    for name in ("open", "scandir"):
        monkeypatch.setattr(os, name, refusing(getattr(os, name)))
    _done, faults = import_sources(lab, [str(tmp_path / "a.bib")], None)
    assert [(one.code, one.span.path) for one in faults if one.is_error] == [("unreadable-file", refused)]
    monkeypatch.undo()
    assert files_in(lab) == before


def test_front_matter_that_is_broken_for_a_while_loses_no_change_of_the_source(lab, tmp_path):
    entry = lab / "papers/bee2020tellingb.md"
    whole = entry.read_text()
    entry.write_text(whole.replace("venue:", "<<<<<<< ours\nvenue:"))
    _done, faults = import_sources(lab, [str(tmp_path / "a.bib")], None)
    assert [(one.code, one.span.path) for one in faults] == [("import-conflict", entry.as_posix())]
    entry.write_text(whole)
    imported(lab, str(tmp_path / "a.bib"))
    assert 'pages: "1-9"\n' in entry.read_text()
    assert "award: Best" in entry.read_text()


@pytest.mark.parametrize(("target", "is_written"), [("site_src/drafts.txt", True), ("elsewhere.md", False)])
def test_an_entry_that_is_a_link_stays_one(lab, tmp_path, target, is_written):
    """It is written where it lies, if that is in the content folder: a build follows no other link."""
    entry, place = lab / "papers/bee2020tellingb.md", tmp_path / target
    entry.rename(place)
    entry.symlink_to(place)
    before = place.read_text()
    _done, faults = import_sources(lab, [str(tmp_path / "a.bib")], None)

    assert entry.readlink() == place
    assert (place.read_text() != before) == is_written == ('pages: "1-9"' in place.read_text())
    assert [fault.code for fault in faults if not is_written] == ([] if is_written else ["import-conflict"])


@pytest.mark.parametrize("make", [Path.mkdir, lambda path: path.symlink_to("/nowhere/else.md")], ids=["folder", "link"])
def test_the_name_of_what_is_no_file_is_taken(lab, tmp_path, make):
    (name,) = {one for one in imported_undisturbed(lab, tmp_path) if one.endswith(".md")} - entries_in(lab).keys()
    make(lab / name)
    imported(lab, str(tmp_path / "a.bib"))

    assert lab.joinpath(name).is_symlink() or lab.joinpath(name).is_dir()
    assert len(entries_in(lab)) == 4


def test_an_entry_that_is_a_link_to_a_disk_that_is_away_is_not_taken_for_deleted(lab, tmp_path):
    entry = lab / "papers/bee2020tellingb.md"
    entry.unlink()
    entry.symlink_to("/nowhere/else.md")
    done, faults = import_sources(lab, [str(tmp_path / "a.bib")], None)

    assert "bee2020tellingb" not in done.plan.outcomes
    assert [(one.code, one.span.path) for one in faults] == [("import-conflict", entry.as_posix())]
