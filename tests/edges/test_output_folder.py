"""The output folder on a real disk: whole files, nothing of anybody else's touched, no dangerous places."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from labpress.build.ports import UNWRITABLE
from labpress.edges.opening import dangers, open_output
from labpress.edges.output import OutputFolder


def folder(tmp_path: Path) -> OutputFolder:
    (tmp_path / "site").mkdir(exist_ok=True)
    (tmp_path / "content").mkdir(exist_ok=True)
    return OutputFolder(tmp_path / "site", tmp_path / "content")


def tree(root: Path) -> set[str]:
    return {path.relative_to(root).as_posix() for path in root.rglob("*")}


def test_a_written_file_is_surveyed_with_the_stamp_it_was_left_with(tmp_path):
    output = folder(tmp_path)
    stamp = output.write("papers/x/index.html", b"hello")
    output.claim(frozenset(["papers/x/index.html"]))

    survey = output.survey()

    assert survey.files == {"papers/x/index.html": stamp}
    assert stamp.size == 5
    assert survey.marked
    assert survey.inventory == {"papers/x/index.html"}


def test_another_site_below_the_folder_is_nobodys_business_here(tmp_path):
    """A documentation may be built into a folder of the site that it belongs to."""
    output = folder(tmp_path)
    stamp = output.write("index.html", b"hello")
    other = folder(tmp_path / "site")
    other.root = str(tmp_path / "site" / "docs")
    other.write("deep/down.html", b"docs")
    other.claim(frozenset(["deep/down.html"]))
    (tmp_path / "site" / "site").rmdir()
    (tmp_path / "site" / "content").rmdir()

    survey = output.survey()

    assert (survey.files, survey.others, survey.empty) == ({"index.html": stamp}, (), ())
    assert survey.sites == ("docs",)


def test_every_way_to_change_a_file_changes_its_stamp(tmp_path):
    """Even one that puts the old size and time back: the time of the change itself cannot be set."""
    output = folder(tmp_path)
    stamp = output.write("a.html", b"hello")
    path = tmp_path / "site" / "a.html"
    time.sleep(0.02)

    path.write_bytes(b"jello")
    os.utime(path, ns=(stamp.modified, stamp.modified))

    assert output.survey().files["a.html"] != stamp


def test_a_failed_write_leaves_the_old_file_and_no_other(tmp_path, monkeypatch):
    output = folder(tmp_path)
    output.write("a.html", b"old")
    monkeypatch.setattr(os, "write", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left on device")))

    with pytest.raises(OSError, match="No space left"):
        output.write("a.html", b"new")

    assert (tmp_path / "site" / "a.html").read_bytes() == b"old"
    assert tree(tmp_path / "site") == {"a.html"}


def test_what_a_killed_build_leaves_is_found_again(tmp_path):
    output = folder(tmp_path)
    (tmp_path / "site" / "papers").mkdir()
    (tmp_path / "site" / "papers" / ".labpress-123.tmp").write_bytes(b"half")
    (tmp_path / "site" / "tags").mkdir()

    survey = output.survey()

    assert survey.leftovers == ("papers/.labpress-123.tmp",)
    assert survey.empty == ("tags",)
    assert survey.files == {}


def test_a_first_build_is_made_aside_and_nothing_shows_before_all_is_there(tmp_path):
    output = folder(tmp_path)
    output.survey()
    output.claim(frozenset(["index.html", "papers/x/index.html"]))
    stamps = {
        "papers/x/index.html": output.write("papers/x/index.html", b"paper"),
        "index.html": output.write("index.html", b"home"),
    }
    before = {path for path in tree(tmp_path / "site") if not path.startswith(".labpress-")}

    stamps |= output.settle()

    assert before == {".labpress"}
    assert tree(tmp_path / "site") == {".labpress", "index.html", "papers", "papers/x", "papers/x/index.html"}
    assert output.survey().files == stamps


def test_what_was_made_aside_by_a_build_that_was_killed_is_left_over(tmp_path):
    killed = folder(tmp_path)
    killed.survey()
    killed.write("papers/x/index.html", b"paper")
    killed.write("tags/y/index.html", b"")
    killed.remove(next(path for path in tree(tmp_path / "site") if path.endswith("y/index.html")))
    (
        tmp_path / "site" / next(iter(path for path in tree(tmp_path / "site") if path.endswith("papers"))) / "empty"
    ).mkdir()
    output = folder(tmp_path)

    survey = output.survey()
    for path in survey.leftovers:
        output.remove(path)

    assert survey.files == {}
    assert tree(tmp_path / "site") == set()


def test_what_waits_aside_goes_beside_what_came_to_stand_there(tmp_path):
    output = folder(tmp_path)
    output.survey()
    output.write("papers/x/index.html", b"paper")
    output.write("papers/y.html", b"another")
    (tmp_path / "site" / "papers" / "x").mkdir(parents=True)
    (tmp_path / "site" / "papers" / "x" / "note.txt").write_text("a note")

    output.settle()

    found = {"papers", "papers/x", "papers/x/index.html", "papers/x/note.txt", "papers/y.html"}
    assert tree(tmp_path / "site") == found


def test_a_failed_write_aside_leaves_nothing_that_could_be_moved_in(tmp_path, monkeypatch):
    output = folder(tmp_path)
    output.survey()
    with monkeypatch.context() as full:
        full.setattr(os, "write", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left on device")))
        with pytest.raises(OSError, match="No space left"):
            output.write("a/b.html", b"new")

    output.settle()

    assert not [path for path in tree(tmp_path / "site") if path.endswith("b.html")]


def test_removing_a_file_removes_the_folders_that_it_empties_and_no_others(tmp_path):
    output = folder(tmp_path)
    output.write("papers/x/index.html", b"")
    output.write("papers/y/index.html", b"")

    output.remove("papers/x/index.html")
    output.remove("papers/x/index.html")

    assert tree(tmp_path / "site") == {"papers", "papers/y", "papers/y/index.html"}
    output.remove("papers/y/index.html")
    assert tree(tmp_path / "site") == set()


def test_links_are_neither_followed_nor_removed_by_a_survey(tmp_path):
    output = folder(tmp_path)
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "thesis.tex").write_bytes(b"years of work")
    (tmp_path / "site" / "papers").symlink_to(outside)
    os.mkfifo(tmp_path / "site" / "pipe")

    survey = output.survey()

    assert survey.others == ("papers", "pipe")
    assert survey.files == {}


def test_a_repository_in_the_output_folder_is_its_own_business(tmp_path):
    output = folder(tmp_path)
    (tmp_path / "site" / ".git").mkdir()
    (tmp_path / "site" / ".git" / "HEAD").write_bytes(b"ref")
    (tmp_path / "site" / "CNAME").write_bytes(b"lab.example.org")

    assert set(output.survey().files) == {"CNAME"}


@pytest.mark.parametrize("mark", [b"", b"junk", b"# labpress", b"\xff\xfe"])
def test_a_spoilt_mark_is_still_a_mark(tmp_path, mark):
    output = folder(tmp_path)
    (tmp_path / "site" / ".labpress").write_bytes(mark)

    survey = output.survey()

    assert survey.marked
    assert survey.inventory is None


def test_a_mark_with_odd_names_comes_back_as_it_was(tmp_path):
    output = folder(tmp_path)
    names = frozenset(["a b.html", "zürich\u2028x.png", "論文/index.html"])
    output.claim(names)

    assert output.survey().inventory == names


def test_a_mark_may_have_the_line_ends_of_windows(tmp_path):
    output = folder(tmp_path)
    output.claim(frozenset(["index.html"]))
    mark = tmp_path / "site" / ".labpress"
    mark.write_bytes(mark.read_bytes().replace(b"\n", b"\r\n"))

    assert output.survey().inventory == {"index.html"}


def test_a_copy_is_whole_and_its_source_stays(tmp_path):
    output = folder(tmp_path)
    data = os.urandom(3_000_000)
    (tmp_path / "content" / "paper.pdf").write_bytes(data)

    stamp, digest = output.copy("paper.pdf", "papers/x/x.pdf")

    assert output.read("papers/x/x.pdf") == data
    assert digest == output.checksum("papers/x/x.pdf") == output.checksum_of_source("paper.pdf")
    assert output.survey().files == {"papers/x/x.pdf": stamp}


def test_a_large_folder_is_looked_at_by_another_process_with_the_same_result(tmp_path):
    output = folder(tmp_path)
    names = frozenset(f"papers/a-paper-with-a-long-name-{number}/index.html" for number in range(1500))
    output.claim(names)
    output.write("papers/x/index.html", b"x")
    (tmp_path / "site" / "empty").mkdir()
    (tmp_path / "site" / "link").symlink_to("nowhere")
    here = output.survey()

    output.look_ahead()

    assert output.survey() == here
    assert here.others == ("link",)


# Dangerous places


def test_a_folder_for_the_site_alone_is_no_danger(tmp_path):
    (tmp_path / "content").mkdir()

    assert dangers(tmp_path / "_site", tmp_path / "content", "site") == ()
    assert dangers(tmp_path / "content" / "_site", tmp_path / "content", "site") == ()


@pytest.mark.parametrize(
    ("place", "reason"),
    [
        ("/", "the root of the file system"),
        ("~", "the home directory"),
        ("~/..", "a folder that holds the home directory"),
        ("content", "the content folder"),
        (".", "a folder that holds"),
        ("content/papers", "a part of the content folder"),
        ("content/static/site", "a part of the content folder"),
        ("file", "a file"),
        ("repository", "the root of a repository"),
        ("here", "the current directory"),
        ("here/..", "a folder that holds"),
        ("link-to-content", "the content folder"),
    ],
)
def test_dangerous_places_are_refused(tmp_path, monkeypatch, place, reason):
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    for name in ("home", "content", "content/papers", "repository", "repository/.git", "here"):
        (tmp_path / name).mkdir()
    (tmp_path / "file").write_bytes(b"")
    (tmp_path / "link-to-content").symlink_to(tmp_path / "content")
    monkeypatch.chdir(tmp_path / "here")
    root = Path(place).expanduser() if place.startswith(("~", "/")) else tmp_path / place

    with open_output(root, tmp_path / "content", place) as (output, faults):
        assert output is None
        assert [fault.code for fault in faults] == ["dangerous-output"]
        assert reason in faults[0].message


def test_a_repository_with_our_mark_is_a_branch_that_labpress_publishes_to(tmp_path):
    (tmp_path / "content").mkdir()
    (tmp_path / "site" / ".git").mkdir(parents=True)
    (tmp_path / "site" / ".labpress").write_bytes(b"")

    assert dangers(tmp_path / "site", tmp_path / "content", "site") == ()


@pytest.mark.parametrize("number", [errno.EROFS, errno.EACCES, errno.ENOSPC])
def test_a_folder_that_cannot_be_made_is_a_fault(tmp_path, monkeypatch, number):
    def refuse(*_args, **_more):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(Path, "mkdir", refuse)
    with open_output(tmp_path / "site", tmp_path / "content", "site") as (output, faults):
        assert output is None
        assert [fault.code for fault in faults] == [UNWRITABLE]
        assert os.strerror(number).lower() in faults[0].message


@pytest.mark.parametrize("number", [errno.EBADF, errno.ENOLCK])
def test_a_folder_that_takes_no_locks_is_written_to_without(tmp_path, monkeypatch, number):
    """Network folders do not."""

    def refuse(*_args):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(pytest.importorskip("fcntl"), "flock", refuse)
    with open_output(tmp_path / "site", tmp_path / "content", "site") as (output, faults):
        assert faults == ()
        output.write("index.html", b"hello")
    assert (tmp_path / "site" / "index.html").read_bytes() == b"hello"


# Two builds at once


def test_the_second_build_waits_and_says_so(tmp_path):
    program = (
        "import sys\n"
        "from pathlib import Path\n"
        "from labpress.edges.opening import open_output\n"
        f"with open_output(Path({str(tmp_path / 'site')!r}), Path({str(tmp_path)!r}) / 'content', 'site'):\n"
        "    print('open', flush=True)\n"
        "    sys.stdin.read()\n"
    )
    (tmp_path / "content").mkdir()
    first = subprocess.Popen([sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert first.stdout.readline() == b"open\n"
    waited = []

    def on_wait() -> None:
        waited.append(first.poll())
        first.stdin.close()  # Lets the first build end.

    with open_output(tmp_path / "site", tmp_path / "content", "site", on_wait):
        assert waited == [None]
        assert first.wait(60) == 0
    first.stdout.close()
