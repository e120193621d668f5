"""Whole builds by real processes on a real disk: killed, damaged, repeated."""

from __future__ import annotations

import errno
import os
import random
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from labpress.core.files import Stamp
from labpress.edges import disk
from labpress.edges.building import BuildPlace, build_place
from labpress.edges.cache import CacheFolder
from labpress.edges.cli import main
from labpress.edges.output import OutputFolder
from tests.torture import times

PAPERS = 30


def entry(number: int, words: str = "words") -> str:
    return (
        f'---\ntitle: "Paper {number}"\nauthors: [Ann Bee {number % 7}, Cee Dee]\ndate: {2000 + number % 9}\n'
        f"tags: [t{number % 5}]\n---\nAn abstract of {words}.\n"
    )


@pytest.fixture
def lab(tmp_path) -> Path:
    papers = tmp_path / "site_src" / "papers"
    papers.mkdir(parents=True)
    (tmp_path / "site_src" / "static").mkdir()
    (tmp_path / "site_src" / "static" / "photo.jpg").write_bytes(os.urandom(100_000))
    for number in range(PAPERS):
        (papers / f"bee{number}.md").write_text(entry(number))
    return tmp_path


def place(lab: Path, output: str = "_site", **more) -> BuildPlace:
    return BuildPlace(source=str(lab / "site_src"), output=str(lab / output), cache=str(lab / "cache"), **more)


def tree(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def clean(lab: Path) -> dict[str, bytes]:
    """The files of a first build into an empty folder, without a cache."""
    target = lab / "clean"
    shutil.rmtree(target, ignore_errors=True)
    build_place(place(lab, "clean", use_cache=False))
    return tree(target)


PROGRAM = """
import sys, time
from labpress.build import memo, rendering
from labpress.edges.building import BuildPlace, build_place
memo.PARALLEL_FROM = rendering.PARALLEL_FROM = 5
source, output, cache, workers, stops_at = sys.argv[1:]

def progress(done, _all):
    if done == int(stops_at):
        print("stopped", flush=True)
        time.sleep(600)

print("ready", flush=True)
build_place(BuildPlace(source=source, output=output, cache=cache, workers=int(workers)), progress=progress)
"""


def start(lab: Path, workers: int, *, stops_at: int = 0) -> subprocess.Popen[bytes]:
    """A build by another process; one that ``stops_at`` so many pages says so, and goes on ten minutes later."""
    arguments = [str(lab / "site_src"), str(lab / "_site"), str(lab / "cache"), str(workers), str(stops_at)]
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, *arguments], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    assert process.stdout.readline() == b"ready\n"
    return process


def duration(lab: Path, workers: int) -> float:
    """Seconds that a first build takes."""
    with start(lab, workers) as process:
        began = time.monotonic()
        process.wait()
        return time.monotonic() - began


@pytest.mark.torture
@pytest.mark.parametrize("workers", [1, 2])
def test_killed_at_any_moment_the_next_build_mends_the_rest(lab, workers, count):
    """Every file that stands is whole: the old one or the new one."""
    dice = random.Random(workers)
    kills = 0
    usual = duration(lab, workers)
    whole = {path: {data} for path, data in clean(lab).items()}
    for turn in range(times(6, whole=200)):
        number = dice.randrange(PAPERS)
        (lab / "site_src" / "papers" / f"bee{number}.md").write_text(entry(number, f"turn {turn}"))
        if turn % 2:
            (lab / "site_src" / "papers" / f"bee{dice.randrange(PAPERS)}.md").unlink(missing_ok=True)
        for path, data in clean(lab).items():
            whole.setdefault(path, set()).add(data)
        process = start(lab, workers)
        time.sleep(dice.random() * usual)
        kills += process.poll() is None
        process.kill()
        process.wait()
        process.stdout.close()
        standing = tree(lab / "_site") if (lab / "_site").exists() else {}
        torn = [path for path, data in standing.items() if data not in whole.get(path, ())]
        unfinished = [path for path in torn if any(part.startswith(".labpress-") for part in Path(path).parts)]
        assert set(torn) <= {".labpress", *unfinished}

        if turn % 20 == 19:
            build_place(place(lab))
            assert tree(lab / "_site") == clean(lab)
    build_place(place(lab))

    assert tree(lab / "_site") == clean(lab)
    count("kills survived: labpress build", kills)


def test_ctrl_c_leaves_nothing_running(lab):
    process = start(lab, 2, stops_at=10)
    assert process.stdout.readline() == b"stopped\n"

    process.send_signal(signal.SIGINT)

    assert process.wait(60) != 0
    process.stdout.close()  # Held open by any worker that was left.
    build_place(place(lab))  # Waits for ever if a worker still holds the folder.
    assert tree(lab / "_site") == clean(lab)


def test_a_second_build_reads_no_template_and_writes_nothing(lab):
    build_place(place(lab))
    before = {path: (lab / "_site" / path).stat().st_mtime_ns for path in tree(lab / "_site") if path != ".labpress"}

    report = build_place(place(lab))

    assert report.reasons == {}
    assert {path: (lab / "_site" / path).stat().st_mtime_ns for path in before} == before


@pytest.mark.parametrize("name", ["manifest", "memo", "memo-changes", "templates"])
def test_a_flipped_bit_in_the_cache_is_noticed(lab, name):
    build_place(place(lab))
    (lab / "site_src" / "papers" / "bee3.md").write_text(entry(3, "other words"))
    build_place(place(lab))
    (file,) = (lab / "cache").glob(f"*/{name}")
    data = bytearray(file.read_bytes())
    for at in range(5, len(data), max(1, len(data) // 50)):
        data[at] ^= 0x10
        file.write_bytes(data)
        data[at] ^= 0x10
        assert CacheFolder(file.parent).load(name) == b""
    file.write_bytes(data[:-1])
    (lab / "site_src" / "papers" / "bee4.md").write_text(entry(4, "other words"))

    build_place(place(lab))

    assert tree(lab / "_site") == clean(lab)


def test_damaged_outputs_are_mended_even_when_they_look_untouched(lab):
    build_place(place(lab))
    for path in ("index.html", "papers/bee3/index.html", "photo.jpg"):
        file = lab / "_site" / path
        status = file.stat()
        data = file.read_bytes()
        file.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
        os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))

    report = build_place(place(lab))

    assert set(report.written) == {"index.html", "papers/bee3/index.html", "photo.jpg"}
    assert tree(lab / "_site") == clean(lab)


def test_a_file_that_changes_twice_within_a_second_is_not_stale_on_a_disk_that_counts_seconds(lab, monkeypatch):
    second = 1_800_000_000 * 10**9
    monkeypatch.setattr(disk, "stamp_of", lambda status: Stamp(status.st_size, second, second, status.st_ino))
    monkeypatch.setattr("time.time_ns", lambda: second + 10**9 // 2)
    for text in ("one", "two", "six"):
        (lab / "site_src" / "static" / "data.csv").write_text(text)
        build_place(place(lab))
        assert (lab / "_site" / "data.csv").read_text() == text

    monkeypatch.setattr("time.time_ns", lambda: second + 3 * 10**9)
    assert build_place(place(lab)).written == ()
    assert build_place(place(lab)).reasons == {}


@pytest.mark.parametrize("name", ["photo.jpg", "new.pdf"])
def test_a_file_that_cannot_be_read_is_left_out_and_keeps_no_withdrawn_paper_on_the_site(lab, name, monkeypatch):
    build_place(place(lab))
    file = lab / "site_src" / "static" / name
    file.write_bytes(b"new")
    (lab / "site_src" / "papers" / "bee3.md").unlink()
    opened, opened_by_name = os.open, open

    def refuse(path, flags, *mode, **more):
        if str(path) == str(file):
            raise PermissionError(errno.EACCES, "Permission denied", path)
        return opened(path, flags, *mode, **more)

    def read(path, *more, **kinds):
        return opened_by_name(path, *more, opener=refuse, **kinds)

    monkeypatch.setattr("os.open", refuse)
    monkeypatch.setattr("builtins.open", read)

    for _twice in range(2):
        (fault,) = build_place(place(lab)).diagnostics
        assert (fault.code, fault.span.path) == ("unreadable-file", str(file))
    assert not (lab / "_site" / name).exists()
    assert not (lab / "_site" / "papers" / "bee3").exists()

    monkeypatch.undo()
    assert build_place(place(lab)).diagnostics == ()
    assert tree(lab / "_site") == clean(lab)


def test_what_may_not_be_read_in_the_output_stops_no_build(lab, monkeypatch):
    """A folder of a web server's statistics, say; and a file of the site, which is replaced."""
    build_place(place(lab))
    closed, page = lab / "_site" / "stats", lab / "_site" / "index.html"
    closed.mkdir()
    page.touch()
    (lab / "site_src" / "papers" / "bee3.md").unlink()
    scan, open_it = os.scandir, open

    def scandir(path):
        if Path(path) == closed:
            raise PermissionError(errno.EACCES, "Permission denied", path)
        return scan(path)

    def opened(path, *more, **kinds):
        if str(path) == str(page):
            raise PermissionError(errno.EACCES, "Permission denied", path)
        return open_it(path, *more, **kinds)

    monkeypatch.setattr("os.scandir", scandir)
    monkeypatch.setattr("builtins.open", opened)
    (fault,) = build_place(place(lab)).diagnostics
    monkeypatch.undo()

    assert (fault.code, fault.span.path) == ("foreign-file", str(closed))
    closed.rmdir()
    assert tree(lab / "_site") == clean(lab)


def test_a_file_and_a_folder_take_each_others_place(lab):
    spot = lab / "site_src" / "static" / "data"
    for _twice in range(2):
        spot.mkdir()
        (spot / "a.csv").write_text("a")
        assert build_place(place(lab)).diagnostics == ()
        assert tree(lab / "_site") == clean(lab)
        shutil.rmtree(spot)
        spot.write_text("data")
        assert build_place(place(lab)).diagnostics == ()
        assert tree(lab / "_site") == clean(lab)
        spot.unlink()


def test_a_page_is_not_written_into_another_site(lab):
    """A documentation may be built into a folder of the site that it belongs to."""
    build_place(place(lab))
    build_place(place(lab, "_site/docs"))
    docs = tree(lab / "_site" / "docs")
    (lab / "site_src" / "static" / "docs").mkdir()
    (lab / "site_src" / "static" / "docs" / "index.html").write_text("a page")

    report = build_place(place(lab))

    (fault,) = (one for one in report.diagnostics if one.is_error)
    assert (fault.code, fault.span.path) == ("file-in-the-way", str(lab / "_site" / "docs"))
    assert tree(lab / "_site" / "docs") == docs


@pytest.mark.parametrize("stranger", ["papers/bee4", "photo.jpg/notes.txt"])
def test_what_is_in_the_way_of_a_file_keeps_no_withdrawn_paper_on_the_site(lab, stranger):
    build_place(place(lab))
    spot = lab / "_site" / stranger
    shutil.rmtree(spot, ignore_errors=True)
    (lab / "_site" / "photo.jpg").unlink()
    spot.parent.mkdir(exist_ok=True)
    spot.write_text("mine")
    (lab / "site_src" / "papers" / "bee3.md").unlink()

    for _twice in range(2):
        report = build_place(place(lab))
        assert [one.code for one in report.diagnostics if one.is_error] == ["file-in-the-way"]
    assert not (lab / "_site" / "papers" / "bee3").exists()
    assert spot.read_text() == "mine"


def test_foreign_files_stay_and_are_reported(lab):
    build_place(place(lab))
    (lab / "_site" / "CNAME").write_text("lab.example.org")
    (lab / "_site" / ".git").mkdir()
    (lab / "_site" / ".git" / "HEAD").write_text("ref")
    (lab / "_site" / "papers" / "bee3" / "notes.txt").write_text("mine")
    (lab / "site_src" / "papers" / "bee3.md").unlink()

    report = build_place(place(lab))

    assert sorted(fault.span.path.partition("_site/")[2] for fault in report.diagnostics) == [
        "CNAME", "papers/bee3/notes.txt",
    ]  # fmt: skip
    assert (lab / "_site" / "papers" / "bee3" / "notes.txt").read_text() == "mine"
    assert (lab / "_site" / ".git" / "HEAD").exists()
    assert not (lab / "_site" / "papers" / "bee3" / "index.html").exists()


def test_a_folder_of_somebody_else_is_left_alone(lab):
    (lab / "_site").mkdir()
    (lab / "_site" / "thesis.pdf").write_bytes(b"years")

    report = build_place(place(lab))

    assert [fault.code for fault in report.diagnostics] == ["foreign-folder"]
    assert not report.finished
    assert tree(lab / "_site") == {"thesis.pdf": b"years"}


def test_a_lost_mark_is_put_back(lab):
    build_place(place(lab))
    (lab / "_site" / ".labpress").unlink()

    assert build_place(place(lab)).finished
    assert tree(lab / "_site") == clean(lab)


def test_a_full_disk_is_one_fault_and_a_later_build_goes_on(lab, monkeypatch):
    real = os.write

    def full(handle: int, data: bytes) -> int:
        if len(data) > 3000 and stat.S_ISREG(os.fstat(handle).st_mode):
            raise OSError(28, "No space left on device")
        return real(handle, data)

    build_place(place(lab))
    standing = tree(lab / "_site").keys()
    (lab / "site_src" / "site.yml").write_text("tagline: On every page\n")
    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        report = build_place(place(lab))
    assert tree(lab / "_site").keys() >= standing
    assert [fault.code for fault in report.diagnostics] == ["unwritable-output"]
    assert "no space left" in report.diagnostics[0].message

    build_place(place(lab))
    assert tree(lab / "_site") == clean(lab)


@pytest.mark.parametrize(
    ("number", "words"),
    {
        errno.EROFS: "read-only file system",
        errno.EDQUOT: "disk quota exceeded",
        errno.EIO: "input/output error",
    }.items(),
)
def test_a_folder_that_takes_no_file_is_one_fault(lab, monkeypatch, number, words):
    build_place(place(lab))
    before = tree(lab / "_site")
    (lab / "site_src" / "papers" / "bee3.md").write_text(entry(3, "other words"))
    real = os.open

    def refuse(path, flags, *more, **options):
        if "_site" in str(path) and flags & os.O_WRONLY:
            raise OSError(number, os.strerror(number))
        return real(path, flags, *more, **options)

    with monkeypatch.context() as patch:
        patch.setattr(os, "open", refuse)
        report = build_place(place(lab))

    assert [fault.code for fault in report.diagnostics] == ["unwritable-output"]
    assert words in report.diagnostics[0].message
    assert tree(lab / "_site") == before
    build_place(place(lab))
    assert tree(lab / "_site") == clean(lab)


@pytest.mark.skipif(
    not os.access("/dev/shm", os.W_OK) or Path("/dev/shm").stat().st_dev == Path(__file__).stat().st_dev,
    reason="there is no second file system",
)
def test_the_output_may_lie_on_another_file_system(lab):
    """Files are made beside their place, so that putting them there never has to cross over."""
    with tempfile.TemporaryDirectory(dir="/dev/shm") as there:
        build_place(place(lab, f"{there}/site"))

        assert tree(Path(there, "site")) == clean(lab)


def test_sources_that_change_during_a_build_are_caught_up_with_by_the_next(lab):
    """Whatever moment each file was read at, it was read as a whole."""
    sources, turns = lab / "site_src", iter(range(1000))

    def change(_done, _whole):
        turn = next(turns)
        (sources / "papers" / f"bee{turn % PAPERS}.md").write_text(entry(turn % PAPERS, f"turn {turn}"))
        (sources / "papers" / f"new{turn}.md").write_text(entry(turn))
        (sources / "papers" / f"bee{(turn + 7) % PAPERS}.md").unlink(missing_ok=True)
        (sources / "static" / "photo.jpg").write_bytes(os.urandom(50_000 + turn))

    report = build_place(place(lab, workers=1), progress=change)
    pages = list((lab / "_site").rglob("*.html"))

    assert report.finished
    assert all(path.read_bytes().rstrip().endswith(b"</html>") for path in pages)
    assert next(turns) > PAPERS
    build_place(place(lab))
    assert tree(lab / "_site") == clean(lab)


def test_two_builds_at_once_follow_each_other(lab):
    """The second waits until it has the folder for itself, and finds nothing to do."""
    both = [start(lab, 1), start(lab, 2)]
    for process in both:
        assert process.wait(60) == 0
        process.stdout.close()

    assert tree(lab / "_site") == clean(lab)


def test_there_is_no_content_folder(tmp_path):
    report = build_place(BuildPlace(source=str(tmp_path / "nowhere"), output=str(tmp_path / "_site")))

    assert [fault.code for fault in report.diagnostics] == ["no-content"]
    assert not (tmp_path / "_site").exists()


def test_a_build_that_has_nothing_to_do_imports_neither_jinja_nor_yaml_nor_markdown(lab):
    build_place(place(lab))
    program = (
        "import sys\n"
        "from labpress.edges.building import BuildPlace, build_place\n"
        f"report = build_place(BuildPlace(source={str(lab / 'site_src')!r}, output={str(lab / '_site')!r}, "
        f"cache={str(lab / 'cache')!r}))\n"
        "assert not report.reasons\n"
        "print(*sorted({'jinja2', 'yaml', 'markdown', 'nh3', 'math_core', 'bs4', 'watchdog'} & set(sys.modules)))\n"
    )

    printed = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout

    assert printed.split() == []


def test_a_clean_build_makes_every_file_anew_and_takes_away_what_is_no_longer_part(lab):
    build_place(place(lab))
    (lab / "site_src" / "papers" / "bee0.md").unlink()
    (lab / "_site" / "mine.txt").write_text("not from labpress")

    report = build_place(place(lab, clean=True))

    assert len(report.reasons) == report.total
    assert tree(lab / "_site").pop("mine.txt") == b"not from labpress"
    assert not (lab / "_site" / "papers" / "bee0").exists()
    assert build_place(place(lab)).written == ()


@pytest.mark.parametrize(
    "path", ["papers/bee0", "papers/bee0/index.html", "_site/papers/bee0/", "./papers/bee0", "site_src/papers/bee0.md"]
)
def test_a_page_is_explained_by_any_of_its_names(lab, path, monkeypatch, capsys):
    def explained(name: str = path) -> str:
        code = main(["explain", name])
        said = capsys.readouterr()
        return said.out if code == 0 else said.err

    monkeypatch.chdir(lab)
    before = tree(lab)
    assert "has not been written yet" in explained()
    assert tree(lab) == before
    assert not (lab / "_site").exists()
    assert main(["build", "--quiet"]) == 0
    before = tree(lab / "_site")
    assert "kept" in explained()
    (lab / "site_src" / "papers" / "bee0.md").write_text(entry(0) + "\nMore.\n")
    (lab / "site_src" / "static" / ".nojekyll").touch()
    assert "has changed" in explained()
    assert tree(lab / "_site") == before
    assert "has not been written yet" in explained("_site/.nojekyll")
    assert explained("papers/nobody") == "papers/nobody: the site has no such page\n"


def test_an_older_mark_put_back_by_git_makes_no_page_foreign(lab):
    build_place(place(lab))
    mark = lab / "_site" / ".labpress"
    older = mark.read_bytes()
    new = lab / "site_src" / "papers" / "new.md"
    new.write_text(entry(99))
    build_place(place(lab))
    mark.write_bytes(older)

    assert build_place(place(lab)).diagnostics == ()
    mark.write_bytes(older)
    new.unlink()
    assert build_place(place(lab)).diagnostics == ()
    assert tree(lab / "_site") == clean(lab)


def test_a_file_that_is_another_one_while_it_is_copied_is_copied_again(lab, monkeypatch):
    photo = lab / "site_src" / "static" / "photo.jpg"
    first, second = photo.read_bytes(), os.urandom(100_000)
    copy = OutputFolder.copy

    def changing(self, source, path):
        photo.write_bytes(second)
        try:
            return copy(self, source, path)
        finally:
            photo.write_bytes(first)

    with monkeypatch.context() as patch:
        patch.setattr(OutputFolder, "copy", changing)
        build_place(place(lab))
    assert (lab / "_site" / "photo.jpg").read_bytes() == second
    build_place(place(lab))

    assert (lab / "_site" / "photo.jpg").read_bytes() == first
