"""Reading folders: whatever lies in them, one value and one diagnostic for each thing that is left out."""

from __future__ import annotations

import errno
import os
import random
import socket
from pathlib import Path

import pytest

from labpress.core.folder import is_entry, is_junk
from labpress.edges import disk
from labpress.edges.cli import main
from labpress.edges.disk import read_content, read_layers
from labpress.edges.library import read_library, read_source


@pytest.fixture
def content(tmp_path) -> Path:
    for path, text in {
        "site.yml": "title: x",
        "papers/a.md": "a",
        "papers/a.pdf": "pdf",
        "papers/more/b.md": "b",
        "static/readme.md": "published as it is",
        "static/.well-known/security.txt": "contact",
    }.items():
        (tmp_path / "lab" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "lab" / path).write_text(text)
    return tmp_path / "lab"


def test_texts_are_read_and_all_else_is_only_looked_at(content):
    snapshot, faults = read_content(content, "lab")

    assert snapshot.texts == {"papers/a.md": b"a", "papers/more/b.md": b"b", "site.yml": b"title: x"}
    assert list(snapshot.files) == ["papers/a.pdf", "static/.well-known/security.txt", "static/readme.md"]
    assert snapshot.files["papers/a.pdf"].size == 3
    assert faults == ()
    assert snapshot.source("papers/a.md").path == "lab/papers/a.md"


def test_the_order_of_a_directory_listing_does_not_matter(content, monkeypatch):
    for number in range(30):
        (content / "papers" / f"p{number}.md").write_text(str(number))
    whole = read_content(content, "lab")
    real = os.scandir

    class Shuffled:
        def __init__(self, path):
            self.entries = list(real(path))
            random.Random(len(path)).shuffle(self.entries)

        def __enter__(self):
            return iter(self.entries)

        def __exit__(self, *_):
            return None

    monkeypatch.setattr(disk.os, "scandir", Shuffled)

    again = read_content(content, "lab")
    assert again == whole
    assert list(again.value.texts) == list(whole.value.texts)


@pytest.mark.parametrize(
    "name",
    [".#a.md", "a.md~", "#a.md#", ".a.md.swp", "4913", ".DS_Store", "Thumbs.db", ".hidden.md", "a.md.tmp", "a.md.orig"],
)
def test_files_of_editors_and_systems_are_nobodys_business(content, name):
    before = read_content(content, "lab")
    (content / "papers" / name).write_bytes(b"\0")

    assert is_junk(name)
    assert read_content(content, "lab") == before


@pytest.mark.parametrize(
    "name",
    [
        "x.md",
        "2020/x.md",
        ".stversions/x.md",
        "2020/.x.md",
        "#x.md#/y.md",
        "~/x.md",
        "README.md",
        "a/ReadMe.md",
        "x.MD",
    ],
)
def test_an_import_takes_for_an_entry_what_a_build_does(content, name):
    place = content / "papers" / name
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text("---\ntitle: X\n---\n")
    built = [Path(path).stem for path in read_content(content, "lab").value.texts if is_entry(path)]

    assert sorted(read_library(content).value.entries) == sorted(built)


def only_fault(content: Path) -> tuple[str, str]:
    (fault,) = read_content(content, "lab").diagnostics
    return fault.code, fault.span.path


def test_a_pipe_is_left_out_and_does_not_hold_the_build_up(content):
    os.mkfifo(content / "papers" / "x.md")

    assert only_fault(content) == ("odd-file", "lab/papers/x.md")


def test_a_socket_is_left_out(content, monkeypatch):
    monkeypatch.chdir(content / "papers")
    with socket.socket(socket.AF_UNIX) as one:
        one.bind("x.md")
        assert only_fault(content) == ("odd-file", "lab/papers/x.md")


def test_a_folder_that_is_called_like_an_entry_is_left_out(content):
    (content / "papers" / "x.md").mkdir()
    (content / "papers" / "x.md" / "y.md").write_text("y")

    assert only_fault(content) == ("odd-file", "lab/papers/x.md")


def test_a_link_inside_the_content_folder_is_followed(content):
    (content / "papers" / "x.md").symlink_to("a.md")

    snapshot, faults = read_content(content, "lab")
    assert snapshot.texts["papers/x.md"] == b"a"
    assert faults == ()


def test_a_link_out_of_the_content_folder_is_not(content, tmp_path):
    (tmp_path / "secret.md").write_text("secret")
    (content / "papers" / "x.md").symlink_to(tmp_path / "secret.md")

    assert only_fault(content) == ("outside-link", "lab/papers/x.md")
    assert b"secret" not in read_content(content, "lab").value.texts.values()


@pytest.mark.parametrize("target", [".", "..", "loop", "/nonexistent"])
def test_loops_and_dead_ends_are_left_out(content, target):
    (content / "papers" / "loop").symlink_to(target)

    assert only_fault(content) == ("odd-file", "lab/papers/loop")


def test_a_file_that_is_too_large_is_not_read(content, monkeypatch):
    monkeypatch.setattr(disk, "MAX_TEXT", 1000)
    (content / "papers" / "x.md").write_bytes(b"x" * 1001)

    assert only_fault(content) == ("too-large", "lab/papers/x.md")


def test_a_text_of_any_allowed_size_is_read_whole(content):
    for size in (0, 1, 65_535, 65_536, 65_537, 200_000):
        (content / "papers" / "x.md").write_bytes(os.urandom(size))
        assert read_content(content, "lab").value.texts["papers/x.md"] == (content / "papers" / "x.md").read_bytes()


def test_a_name_that_cannot_be_shown_is_left_out(content):
    (content / "papers" / "a\nb.md").write_text("x")

    assert only_fault(content) == ("odd-file", "lab/papers")


def test_a_name_that_is_no_text_is_left_out(content):
    Path(os.fsdecode(os.fsencode(content) + b"/papers/\xff.md")).write_text("x")

    assert only_fault(content) == ("odd-file", "lab/papers")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_left_out(content):
    (content / "papers" / "a.md").chmod(0)

    assert only_fault(content) == ("unreadable-file", "lab/papers/a.md")


def test_a_file_that_vanishes_while_it_is_read_was_never_there(content, monkeypatch):
    real = disk.read_file

    def vanishing(path: str, limit: int) -> bytes:
        if path.endswith("a.md"):
            raise FileNotFoundError(path)
        return real(path, limit)

    monkeypatch.setattr(disk, "read_file", vanishing)

    snapshot, faults = read_content(content, "lab")
    assert "papers/a.md" not in snapshot.texts
    assert faults == ()


NO_FILES = {
    "a pipe": os.mkfifo,
    "a folder": Path.mkdir,
    "a link to a device": lambda path: path.symlink_to("/dev/zero"),
    "a link to itself": lambda path: path.symlink_to(path.name),
    "a link to nowhere": lambda path: path.symlink_to("nowhere.md"),
}


@pytest.mark.parametrize("path", ["papers/x.md", "topics.yml", "duplicates.yml", "site.yml", "labpress.lock"])
@pytest.mark.parametrize("make", NO_FILES.values(), ids=NO_FILES)
def test_an_import_waits_for_nothing_that_is_no_file(content, path, make):
    """A pipe that nobody writes to would be waited for, a device read for ever."""
    (content / path).unlink(missing_ok=True)
    make(content / path)

    entries = read_library(content).value.entries
    assert [key for key, one in entries.items() if one.writable] == ["a", "b"]
    assert "".join(one.text for one in entries.values() if not one.writable) == ""


def test_a_source_may_come_out_of_a_pipe():
    read, write = os.pipe()
    os.write(write, b"some words")
    os.close(write)

    assert read_source(Path(f"/dev/fd/{read}")).value.data == b"some words"
    os.close(read)


@pytest.mark.parametrize(
    ("path", "code"),
    [("pipe", None), ("/dev/zero", "too-large"), ("folder", "unreadable-file"), ("loop", "unreadable-file")],
)
def test_a_source_that_is_no_file_is_not_waited_for(tmp_path, path, code):
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    (tmp_path / "loop").symlink_to("loop")
    file, faults = read_source(tmp_path / path)

    assert file.data == b""
    assert [fault.code for fault in faults] == ([code] if code else [])


def test_a_source_whose_name_is_no_text_is_named_and_the_others_are_imported(content, monkeypatch, capsys):
    monkeypatch.chdir(content.parent)
    Path("seeds").mkdir()
    for name in (b"a.bib", b"p\xf6.bib"):
        Path("seeds", os.fsdecode(name)).write_text(f"@misc{{x, title={{On {name!a}}}, author={{Quist, Ada}}}}")

    assert main(["import", "seeds", "--source", content.name]) == 1
    said, told = capsys.readouterr()
    assert "1 paper: 1 created" in said
    assert r"seeds/p\udcf6.bib: error[unreadable-file]: expected a name in UTF-8" in told


def test_an_output_folder_inside_is_no_content(content):
    (content / "_site").mkdir()
    (content / "_site" / ".labpress").write_text("")
    (content / "_site" / "index.md").write_text("x")

    assert "_site/index.md" not in read_content(content, "lab").value.texts


def test_an_old_site_that_is_kept_in_static_is_published_without_its_mark(content):
    old = content / "static" / "2019"
    old.mkdir(parents=True)
    (old / ".labpress").write_text("")
    (old / "index.html").write_text("as it was")

    files = read_content(content, "lab").value.files
    assert [path for path in files if path.startswith("static/2019/")] == ["static/2019/index.html"]


def test_the_sites_own_templates_come_before_the_built_in_ones(content):
    (content / "templates").mkdir()
    (content / "templates" / "card.html").write_text("mine")
    (content.parent / "themes" / "ours" / "assets").mkdir(parents=True)
    (content.parent / "themes" / "ours" / "assets" / "a.css").write_text("p {}")

    inside, beside, builtin = read_layers(content).value

    assert inside.templates == {"card.html": b"mine"}
    assert beside.themes == {"ours": {"assets/a.css": b"p {}"}}
    assert "journal" in builtin.themes
    assert [layer.builtin for layer in (inside, beside, builtin)] == [False, False, True]


def test_what_cannot_be_read_of_templates_is_told_of(content, monkeypatch):
    """Or the site would be made with other templates than the lab's, without a word."""
    templates = content / "templates"
    (templates / "closed").mkdir(parents=True)
    (templates / "card.html").symlink_to("nowhere.html")
    (templates / "parts").symlink_to(content / "papers")
    listed = os.scandir

    def refuse(path):
        if str(path).endswith("closed"):
            raise PermissionError(errno.EACCES, "Permission denied", path)
        return listed(path)

    monkeypatch.setattr("os.scandir", refuse)
    faults = read_layers(content).diagnostics

    assert [(fault.code, fault.span.path.rpartition("templates/")[2]) for fault in faults] == [
        ("odd-file", "card.html"), ("odd-file", "parts"), ("unreadable-file", "closed"),
    ]  # fmt: skip


def test_a_link_out_of_a_theme_is_not_followed_and_one_within_it_is(content, tmp_path):
    assets = content / "themes" / "ours" / "assets"
    assets.mkdir(parents=True)
    (assets / "a.css").write_text("p {}")
    (tmp_path / "secret").write_text("s")
    (assets / "same.css").symlink_to("a.css")
    (assets / "host.txt").symlink_to(tmp_path / "secret")
    (inside, *_others), faults = read_layers(content)

    assert inside.themes == {"ours": {"assets/a.css": b"p {}", "assets/same.css": b"p {}"}}
    assert [(fault.code, fault.span.path.endswith("ours/assets/host.txt")) for fault in faults] == [
        ("outside-link", True)
    ]
