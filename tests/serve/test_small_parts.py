"""The parts of a preview that are functions: what a change means, when it is time, where a link leads."""

from __future__ import annotations

import io
import socket
from ipaddress import ip_address
from pathlib import Path

import pytest

from labpress.core.diagnostics import Diagnostic, Span
from labpress.edges.disk import builtin_folder
from labpress.edges.live.console import Console
from labpress.edges.live.gathering import AT_ONCE, HALF_WRITTEN, LONGEST, LONGEST_FOR_GIT, MANY, Gathering
from labpress.edges.live.messages import Built, Changed
from labpress.edges.live.places import places_of
from labpress.edges.live.watcher import remote_file_system
from labpress.edges.serve.hub import address_of
from labpress.edges.serve.page import Origin, with_preview
from labpress.edges.serve.server import listen
from labpress.edges.serve.strangers import address_for_others
from labpress.entries.editors import EDITORS, editor_link
from tests.serve.conftest import PORT

# What a change means

NOTHING = None
CHANGES = {
    "lab/src/papers/x.md": Changed(files=("papers/x.md",)),
    "lab/src/papers/sub/x.pdf": Changed(files=("papers/sub/x.pdf",)),
    "lab/src/site.yml": Changed(files=("site.yml",)),
    "lab/src/static/.nojekyll": Changed(files=("static/.nojekyll",)),
    "lab/src": Changed(),
    "lab/src/papers/.x.md.swp": NOTHING,
    "lab/src/papers/x.md~": NOTHING,
    "lab/src/papers/4913": NOTHING,
    "lab/src/papers/#x.md#": NOTHING,
    "lab/src/papers/.#x.md": NOTHING,
    "lab/src/.git/index": NOTHING,
    "lab/src/_out/index.html": NOTHING,
    "lab/src/themes/own/theme.yml": Changed(),
    "lab/src/themes/own/assets/own.css": Changed(styles=True),
    "lab/src/templates/paper.html": Changed(),
    "lab/templates/paper.html": Changed(),
    "lab/themes/own/assets/own.css": Changed(styles=True),
    "lab/themes/own/templates/assets/x.html": Changed(),
    "lab/themes/own/assets/.own.css.swp": NOTHING,
    "lab/_site/index.html": NOTHING,
    "lab/.labpress-cache/x": NOTHING,
    "lab/README.md": NOTHING,
    "lab/src-other/papers/x.md": NOTHING,
    "lab/seeds": NOTHING,
    "lab/seeds/.hidden": NOTHING,
    "lab/seeds/p\udcf6.bib": NOTHING,
    "lab/src/papers/p\udcf6.md": Changed(),
}


@pytest.fixture
def places(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return places_of("lab/src", "", "lab/_site", "lab/src/_out", "lab/.labpress-cache")


@pytest.mark.parametrize(("path", "meaning"), CHANGES.items(), ids=map(ascii, CHANGES))
def test_a_change_means_what_its_place_says(places, tmp_path, path, meaning):
    assert places.change_of(str(tmp_path / path)) == meaning


def test_a_seed_is_named_as_a_person_would_type_it(places, tmp_path):
    assert places.change_of(str(tmp_path / "lab/seeds/list.bib")) == Changed(seeds=("lab/seeds/list.bib",))


def test_the_themes_that_labpress_brings_are_watched_too(places):
    style = builtin_folder() / "themes/journal/assets/journal.css"

    assert places.change_of(str(style)) == Changed(styles=True)
    assert builtin_folder() / "themes" in places.roots


def test_changes_come_together_the_newest_files_first():
    first, second = Changed(("a", "b"), ("s",)), Changed(("b", "c"), ("t",), styles=True)

    assert first.and_also(second) == Changed(("b", "c", "a"), ("s", "t"), styles=True)


# When it is time


def gathered(*events: tuple[float, bool], files: int = 1) -> Gathering:
    """A gathering after events at these times, each whole or not, of so many files."""
    gathering = Gathering()
    for number, (now, whole) in enumerate(events):
        gathering.add(Changed((f"papers/{number % files}.md",)), now, whole=whole)
    return gathering


def test_a_whole_file_is_built_at_once():
    assert gathered((1.0, False), (1.0, True)).wait(1.0) == pytest.approx(AT_ONCE)


def test_a_file_that_is_not_closed_yet_is_waited_for():
    assert gathered((1.0, False)).wait(1.0) == pytest.approx(HALF_WRITTEN)


def test_the_wait_ends():
    gathering = gathered((1.0, True))

    assert gathering.wait(1.0 + AT_ONCE) == 0
    assert gathering.take() == Changed(("papers/0.md",))
    assert gathering.began is None


def test_what_never_ends_is_built_all_the_same():
    gathering = gathered(*((1 + step / 100, False) for step in range(300)))

    assert gathering.wait(1.0 + LONGEST) == 0


def test_many_files_are_waited_for_longer():
    gathering = gathered(*((1.0, True) for _step in range(20)), files=20)

    assert gathering.wait(1.0) == pytest.approx(MANY)


def test_while_git_is_at_work_on_many_files_nothing_is_built():
    gathering = gathered(*((1.0 + step / 10, True) for step in range(20)), files=20)

    assert gathering.wait(3.1, git_at_work=True) > 0
    assert gathering.wait(3.1) == 0
    assert gathering.wait(1.0 + LONGEST_FOR_GIT, git_at_work=True) == 0


def test_ten_thousand_changes_are_gathered_without_delay():
    gathering = gathered(*((1.0, True) for _step in range(20_000)), files=10_000)

    assert len(gathering.take().files) == 10_000


# The terminal


class _Closed(io.StringIO):
    """A pipe whose reader has gone."""

    def write(self, _text):
        raise BrokenPipeError


def test_a_preview_goes_on_when_nobody_reads_what_it_says(monkeypatch):
    monkeypatch.setattr("sys.stdout", _Closed())
    monkeypatch.setattr("sys.stderr", _Closed())
    fault = Diagnostic("bad-date", "expected a date", Span("src/papers/x.md", 3, 7, 4, "date: soon"), "write 2024")

    Console("the preview").hear(Built((fault,), 1), 0.1)


def test_a_server_for_everybody_names_the_number_that_others_use():
    number = address_for_others("0.0.0.0")

    if number:  # Without a network there is none.
        assert not ip_address(number).is_unspecified
        with listen("0.0.0.0", PORT) as listening, socket.create_connection((number, listening.getsockname()[1])):
            pass
    assert address_for_others("127.0.0.1") == ""


# Links


def test_every_editor_gets_the_path_escaped_and_the_line():
    for editor, pattern in EDITORS.items():
        link = editor_link(editor, "/home/a b/x&y#é.md", 4, 7)

        assert "/home/a%20b/x%26y%23%C3%A9.md" in link
        assert "{" not in link
        assert "line=4" in link or ":4" in link or "{line}" not in pattern


@pytest.mark.parametrize(
    ("editor", "path", "link"),
    [
        ("vscode", "/x.md", "vscode://file/x.md:1:1"),
        (" VSCode ", "/x.md", "vscode://file/x.md:1:1"),
        ("vscode", "C:\\lab\\x.md", "vscode://file/C%3A/lab/x.md:1:1"),
        ("my-editor://open{path}?at={line}", "/x.md", "my-editor://open/x.md?at=1"),
        ("my-editor://open{path}", "/{line}.md", "my-editor://open/%7Bline%7D.md"),
        ("https://code.example.org/?file={path}", "/x.md", "https://code.example.org/?file=/x.md"),
        ("", "/x.md", ""),
        ("ed", "/x.md", ""),
        ("my-editor://open", "/x.md", ""),
        ("javascript:alert('{path}')", "/x.md", ""),
        ("JavaScript:alert({path})", "/x.md", ""),
        ("data:text/html,{path}", "/x.md", ""),
        ("//evil.example/{path}", "/x.md", ""),
        ('x:"><script>{path}', "/x.md", ""),
    ],
)
def test_an_editor_is_a_known_word_or_an_address_that_runs_nothing(editor, path, link):
    assert editor_link(editor, path) == link


@pytest.mark.parametrize(
    ("path", "address"),
    [("index.html", ""), ("papers/x/index.html", "papers/x/"), ("404.html", "404.html"), ("a.html", "a.html")],
)
def test_a_page_has_the_address_that_visitors_see(path, address):
    assert address_of(path) == address


@pytest.mark.parametrize(
    ("page", "before"),
    [
        (b"<html><head><title>x", b"<html><head>"),
        (b'<HTML><HEAD lang="en">x', b'<HTML><HEAD lang="en">'),
        (b"<!DOCTYPE html>\n<title>x", b"<!DOCTYPE html>"),
        (b"<header>x", b""),
        (b"", b""),
        (b"<head" + b" " * 50_000, b""),
    ],
)
def test_the_script_stands_where_it_runs_first_and_harms_nothing(page, before):
    served = with_preview(page, "/pubs/", Origin("1"))

    assert served.startswith(before + b'<script src="/pubs/.labpress/preview.js"')
    assert served.replace(served[len(before) : served.index(b"</script>") + 9], b"") == page


def test_what_stands_in_a_page_is_escaped():
    origin = Origin('"1', '"><img src=x>', 'vscode://file/a"b&c', draft=True)

    served = with_preview(b"<head>", '/"/', origin)

    assert b'"><' not in served
    assert b"&quot;&gt;&lt;img" in served


def test_files_on_this_machine_need_no_polling(tmp_path):
    assert remote_file_system(tmp_path) == ""


def test_files_of_another_machine_are_told_by_their_file_system(monkeypatch):
    mounts = "/dev/sda / ext4 rw 0 0\nserver:/home /home nfs4 rw 0 0\nx /home/with\\040space ext4 rw 0 0\nbroken\n"
    monkeypatch.setattr(Path, "read_text", lambda *_args, **_more: mounts)

    assert "nfs4" in remote_file_system(Path("/home/ada/lab"))
    assert remote_file_system(Path("/srv/lab")) == ""
    assert remote_file_system(Path("/home/with space/lab")) == ""
