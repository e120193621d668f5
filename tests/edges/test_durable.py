"""The order in which files that hold a person's work are written: what a power cut leaves depends on it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from labpress.edges import durable
from labpress.edges.durable import write_durably


@pytest.fixture
def steps(tmp_path, monkeypatch):
    """What is done, in order: every sync of a file or folder, every sync of all, every name that is moved."""
    done = []
    fsync, replace = os.fsync, Path.replace

    def note_sync(handle):
        done.append(f"sync {Path(f'/proc/self/fd/{handle}').readlink().relative_to(tmp_path)}")
        fsync(handle)

    def note_move(path, target):
        done.append(f"move {target.relative_to(tmp_path)}")
        return replace(path, target)

    monkeypatch.setattr(os, "fsync", note_sync)
    monkeypatch.setattr(os, "sync", lambda: done.append("sync all"))
    monkeypatch.setattr(Path, "replace", note_move)
    return done


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="no /proc to tell files by")
def test_new_bytes_are_on_the_disk_before_any_name_leads_to_them(tmp_path, steps):
    write_durably({tmp_path / "papers" / name: b"text" for name in ("a.md", "b.md")})

    assert steps == [
        "sync papers/.a.md.labpress-new",
        "sync papers/.b.md.labpress-new",
        "move papers/a.md",
        "move papers/b.md",
        "sync papers",
    ]


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="no /proc to tell files by")
def test_of_many_files_the_whole_disk_is_synced_once(tmp_path, steps):
    write_durably({tmp_path / f"{number}.md": b"text" for number in range(durable.MANY)})

    assert steps[0] == "sync all"
    assert [step.split()[0] for step in steps[1:]] == ["move"] * durable.MANY + ["sync"]


def test_permissions_stay_and_a_failure_leaves_the_old_files_alone(tmp_path, monkeypatch):
    old = tmp_path / "a.md"
    old.write_bytes(b"old")
    old.chmod(0o640)
    write_durably({old: b"new"})
    assert (old.read_bytes(), old.stat().st_mode & 0o777) == (b"new", 0o640)

    def full(_handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space") as error:
        write_durably({old: b"newer"})
    assert error.value.filename.endswith("a.md.labpress-new")
    assert [path.name for path in tmp_path.iterdir()] == ["a.md"]
    assert old.read_bytes() == b"new"


def test_a_file_that_is_changed_while_others_are_written_stays(tmp_path, monkeypatch):
    one, other = tmp_path / "a.md", tmp_path / "b.md"
    one.write_bytes(b"old")
    replace = Path.replace

    def move(path, target):
        other.write_bytes(b"by hand")
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", move)
    assert write_durably({one: b"new", other: b"new"}, {one: b"old", other: None}) == (other,)
    assert (one.read_bytes(), other.read_bytes()) == (b"new", b"by hand")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.md", "b.md"]


def test_a_link_to_a_file_stays_a_link(tmp_path):
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared" / "a.md").write_bytes(b"old")
    (tmp_path / "a.md").symlink_to("shared/a.md")
    (tmp_path / "b.md").symlink_to("nowhere.md")
    write_durably({tmp_path / "a.md": b"new", tmp_path / "b.md": b"new"})

    assert (tmp_path / "a.md").readlink() == Path("shared/a.md")
    assert (tmp_path / "shared" / "a.md").read_bytes() == b"new"
    assert not (tmp_path / "b.md").is_symlink()
    assert [path.name for path in (tmp_path / "shared").iterdir()] == ["a.md"]


def test_a_link_to_nowhere_is_something_that_stands_there(tmp_path):
    link = tmp_path / "a.pdf"
    link.symlink_to("nowhere.pdf")

    assert write_durably({link: b"new"}, {link: None}) == (link,)
    assert link.readlink() == Path("nowhere.pdf")


def test_a_name_may_be_as_long_as_any(tmp_path):
    path = tmp_path / ("é" * 126 + ".md")
    path.write_bytes(b"old")
    write_durably({path: b"new"})

    assert path.read_bytes() == b"new"
    assert len(list(tmp_path.iterdir())) == 1
