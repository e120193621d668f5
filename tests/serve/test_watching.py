"""``labpress watch`` and ``serve`` survive what editors, git and people do to files."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import threading
import time
import warnings
from contextlib import suppress
from pathlib import Path

import pytest

from labpress.edges.live.messages import Changed
from labpress.edges.live.places import places_of
from labpress.edges.live.watcher import Watcher
from tests.conftest import build_site
from tests.serve.conftest import FILES, PAPER, PATIENCE, SERVE, WATCH, Live, eventually, files_of, running, write_files

MAPS = "src/papers/quist2024maps.md"


def settle(live: Live, quiet: float = 0.5) -> None:
    """Wait until it has had nothing to say for a while."""
    told = -1
    while told < len(live.output):
        told = len(live.output)
        time.sleep(quiet)


def assert_ends_clean(live: Live) -> None:
    """When nothing changes any more, the output comes to be that of a clean build, byte for byte, and stays so."""
    clean = live.folder / "clean"
    shutil.rmtree(clean, ignore_errors=True)
    build_site(live.folder / "src", clean)
    settle(live)
    with suppress(AssertionError):
        eventually(lambda: files_of(live.folder / "out") == files_of(clean))
    assert files_of(live.folder / "out") == files_of(clean)
    assert "Traceback" not in live.output


def page(live: Live, name: str = "quist2024maps") -> str:
    try:
        return (live.folder / "out/papers" / name / "index.html").read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""


def test_a_day_in_an_editor(watching):
    """Every way of saving shows, and the end is that of a clean build."""
    folder = watching.folder
    text = (folder / MAPS).read_text()

    def shows(words: str) -> None:
        eventually(lambda: words in page(watching))

    (folder / MAPS).write_text(text.replace("About maps.", "Written in place."))
    shows("Written in place.")
    watching.write(MAPS, text.replace("About maps.", "Moved over the old file."))
    shows("Moved over the old file.")
    # vim: the old file is moved away, a new one is written, the backup is deleted.
    (folder / "src/papers/4913").write_text("")
    (folder / "src/papers/4913").unlink()
    (folder / MAPS).rename(f"{folder / MAPS}~")
    (folder / MAPS).write_text(text.replace("About maps.", "Written by vim."))
    Path(f"{folder / MAPS}~").unlink()
    (folder / "src/papers/.quist2024maps.md.swp").write_bytes(b"b0VIM")
    shows("Written by vim.")
    with (folder / MAPS).open("w") as file:
        file.write(text[:40])
        file.flush()
        time.sleep(0.03)
        file.write(text[40:].replace("About maps.", "Written in two halves."))
    shows("Written in two halves.")
    for number in range(20):
        watching.write(MAPS, text.replace("About maps.", f"Saved {number} times."))
    shows("Saved 19 times.")
    (folder / "src/papers/.quist2024maps.md.swp").unlink()

    assert_ends_clean(watching)


def test_folders_that_move_come_and_go(watching):
    folder = watching.folder
    (folder / "src/papers/old").mkdir()
    (folder / MAPS).rename(folder / "src/papers/old/quist2024maps.md")
    write_files(folder, {"src/papers/2025/sub/quist2025new.md": PAPER.format(title="N", date="2025", abstract="New.")})
    eventually(lambda: "New." in page(watching, "quist2025new"))
    (folder / "src/papers/2025").rename(folder / "src/papers/later")
    watching.write(
        "src/papers/later/sub/quist2025new.md", PAPER.format(title="N", date="2025", abstract="In a moved folder.")
    )
    eventually(lambda: "In a moved folder." in page(watching, "quist2025new"))
    shutil.move(folder / "src/papers/later", folder / "elsewhere")
    eventually(lambda: not page(watching, "quist2025new"))
    shutil.rmtree(folder / "src/papers/old")
    eventually(lambda: not page(watching))

    assert_ends_clean(watching)


def test_settings_themes_and_templates_need_no_restart(watching):
    folder = watching.folder
    watching.edit("src/site.yml", "title: The lab", "title: Our lab")
    eventually(lambda: "Our lab" in page(watching))
    write_files(
        folder, {"src/templates/paper.html": '{% extends "parent:paper.html" %}{% block head %}<!--1-->{% endblock %}'}
    )
    eventually(lambda: "<!--1-->" in page(watching))
    shutil.rmtree(folder / "src/templates")
    eventually(lambda: "<!--1-->" not in page(watching))
    # Beside the content folder, where there were none when the watching began.
    write_files(
        folder, {"templates/paper.html": '{% extends "parent:paper.html" %}{% block head %}<!--2-->{% endblock %}'}
    )
    eventually(lambda: "<!--2-->" in page(watching))
    watching.write("templates/paper.html", '{% extends "parent:paper.html" %}{% block head %}<!--3-->{% endblock %}')
    eventually(lambda: "<!--3-->" in page(watching))
    shutil.rmtree(folder / "templates")
    eventually(lambda: "<!--3-->" not in page(watching))
    write_files(folder, {"src/themes/journal/assets/journal.css": "p { color: red }"})
    eventually(lambda: any(b"color: red" in css for css in files_of(folder / "out/assets").values()))

    assert_ends_clean(watching)


def test_a_fault_is_told_and_told_to_be_mended(watching):
    watching.edit(MAPS, "title: Maps", "title: [Maps")
    watching.says(r"quist2024maps.md:3:8: error\[bad-yaml\]")
    watching.edit(MAPS, "title: [Maps", "title: Maps")
    watching.says("everything is mended")

    assert_ends_clean(watching)


def test_the_terminal_says_what_was_made_why_and_how_fast(watching):
    watching.edit(MAPS, "About maps.", "About other maps.")

    watching.says(r"\d\d:\d\d:\d\d  src/papers/quist2024maps.md: page made anew \(\d+ ms\)")
    watching.says(r"\d+ files in out: \d+ made anew, \d+ of them changed, 0 removed \([\d,]+ ms\)")
    watching.says(r"papers/quist2024maps/index.html.*: what it shows has changed: entry\n")


def test_a_checkout_of_many_files_is_one_build(lab):
    """Not one for each file."""

    def git(*arguments: str) -> None:
        author = {
            "GIT_AUTHOR_NAME": "a",
            "GIT_AUTHOR_EMAIL": "a@b",
            "GIT_COMMITTER_NAME": "a",
            "GIT_COMMITTER_EMAIL": "a@b",
        }
        subprocess.run(("git", *arguments), cwd=lab, env=os.environ | author, check=True, capture_output=True)

    git("init", "-q", "-b", "main")
    (lab / ".gitignore").write_text("out\ncache\nclean\n")
    git("add", ".")
    git("commit", "-q", "-m", "few")
    git("checkout", "-q", "-b", "many")
    write_files(
        lab, {f"src/papers/a2020x{n}.md": PAPER.format(title=f"X {n}", date="2020", abstract="X.") for n in range(300)}
    )
    git("add", ".")
    git("commit", "-q", "-m", "many")
    git("checkout", "-q", "main")
    with running(lab, *WATCH) as live:
        live.says("files in out")
        settle(live, 0.3)
        told = len(live.output)
        git("checkout", "-q", "many")
        live.says("files in out", after=told)
        assert_ends_clean(live)

        assert len(re.findall("files in out: .* made anew", live.output[told:])) == 1
        assert page(live, "a2020x299")


SEED = """@article{{quist2022, title={{{title}}}, author={{Quist, Ada}}, year=2022, doi={{10.1000/182}}, journal={{Dust}}, volume={volume}}}"""


def test_a_changed_source_is_imported_and_never_over_a_hand_edit(watching):
    folder = watching.folder
    write_files(folder, {"seeds/list.bib": SEED.format(title="Seas of dust", volume=1)})
    watching.says(r"imported seeds/list.bib: 1 paper: 1 created")
    (entry,) = (path for path in (folder / "src/papers").glob("*.md") if "Seas of dust" in path.read_text())
    eventually(lambda: "Seas of dust" in page(watching, entry.stem))
    watching.edit(entry.relative_to(folder).as_posix(), "Seas of dust", "Oceans of dust")
    eventually(lambda: "Oceans of dust" in page(watching, entry.stem))

    watching.write("seeds/list.bib", SEED.format(title="Lakes of dust", volume=2))

    watching.says("import-conflict")
    assert "Oceans of dust" in entry.read_text()
    eventually(lambda: "volume 2" in page(watching, entry.stem).lower())


def marked(mark: str) -> list[int]:
    """Processes that have ``mark`` in their environment: those of one run, whoever their parents are."""
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            if mark.encode() in (place / "environ").read_bytes():
                found.append(int(place.name))
        except OSError:
            continue
    return found


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="no /proc to look for processes in")
@pytest.mark.parametrize(
    ("command", "when", "how"),
    [
        (SERVE, "building", signal.SIGINT),
        (SERVE, "after a save", signal.SIGINT),
        (SERVE, "after a save", signal.SIGKILL),
        (WATCH, "idle", signal.SIGINT),
        (WATCH, "after a save", signal.SIGTERM),
        (WATCH, "building", signal.SIGKILL),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else getattr(value, "name", value),
)
def test_the_end_comes_at_once_and_leaves_no_process(lab, monkeypatch, command, when, how):
    mark = f"LABPRESS_TEST={lab.name}-{command[0]}-{time.time_ns()}"
    monkeypatch.setenv(*mark.split("="))
    with running(lab, *command) as live:
        if when == "building":
            eventually(lambda: len(marked(mark)) > 1)
        else:
            live.says("files in")
        if when == "after a save":
            live.edit(MAPS, "About maps.", "About other maps.")
            live.says("page made anew")
        live.process.send_signal(how)
        code = live.process.wait(PATIENCE)
        eventually(lambda: not marked(mark))

        if how == signal.SIGKILL or when == "building":  # It may not have come to the point where it is asked to end.
            assert code in (0, 130, -how)
        else:
            assert code == 0
        assert "Traceback" not in live.output


def test_a_taken_port_gives_way_and_says_so(preview, tmp_path):
    write_files(tmp_path, FILES)
    with running(tmp_path, *SERVE[:-1], str(preview.port)) as live:
        live.says(rf"port {preview.port} is taken; this is port \d+")

        assert live.port > preview.port


def test_without_file_events_files_are_looked_at(lab):
    with running(lab, *WATCH, "--poll") as live:
        live.says("without file events, every file is looked at once a second: as asked for")
        live.says("files in out")
        live.edit(MAPS, "About maps.", "Seen by looking.")
        eventually(lambda: "Seen by looking." in page(live))
        assert live.stop() == 0


def test_where_the_system_watches_no_more_folders_it_is_said_in_plain_words(lab, monkeypatch):
    from watchdog.observers.inotify import InotifyObserver

    def full(*_args, **_more):
        raise OSError(28, "inotify watch limit reached")

    monkeypatch.setattr(threading, "excepthook", threading.excepthook)  # Put back in the end.
    monkeypatch.setattr(InotifyObserver, "schedule", full)
    watcher = Watcher(places_of(str(lab / "src"), ""), lambda _change, _whole: None)
    reason = watcher.start()
    watcher.stop()

    assert reason == "the system watches no more folders (its limit is fs.inotify.max_user_watches)"


def test_when_the_system_watches_no_more_folders_later_on_files_are_looked_at(lab, monkeypatch):
    """Of a folder that comes later, watchdog does not say that it is not watched."""
    from watchdog.observers.inotify_c import InotifyFD

    def full(*_args, **_more):
        raise OSError(28, "inotify watch limit reached")

    monkeypatch.setattr(threading, "excepthook", threading.excepthook)  # Put back in the end.
    heard = []
    watcher = Watcher(places_of(str(lab / "src"), ""), lambda change, _whole: heard.append(change))
    assert watcher.start() == ""
    (lab / "src/static/first").mkdir()
    eventually(lambda: Changed(("static/first",)) in heard)
    watcher.catch_up()
    assert watcher.why_deaf == "", "there is room for more"
    monkeypatch.setattr(InotifyFD, "add_callback", full)
    (lab / "src/static/second").mkdir()
    eventually(lambda: Changed(("static/second",)) in heard)
    watcher.catch_up()
    reason = "the system watches no more folders (its limit is fs.inotify.max_user_watches)"
    assert (watcher.why_deaf, watcher.look_instead(), watcher.why_deaf) == (reason, reason, "")
    (lab / "src/static/second/note.txt").write_text("Seen by looking.")
    eventually(lambda: Changed(("static/second/note.txt",)) in heard)
    (lab / "src/static/third").mkdir()
    eventually(lambda: Changed(("static/third",)) in heard)
    watcher.catch_up()
    assert watcher.why_deaf == "", "who looks at files has no limit"
    watcher.stop()


def test_what_watchdog_warns_of_is_not_shown(lab, monkeypatch):
    """Where folders move fast, it prints all it knows, many lines that say nothing to a person."""
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)  # Put back in the end.
    watcher = Watcher(places_of(str(lab / "src"), ""), lambda _change, _whole: None)
    with warnings.catch_warnings(record=True) as shown:
        warnings.simplefilter("always")
        watcher.start()
        watcher.stop()
        for module in ("watchdog.observers.inotify", "labpress.edges"):
            warnings.warn_explicit("Callback with id '1' already exists", RuntimeWarning, module, 1, module)

    assert [warning.filename for warning in shown] == ["labpress.edges"]


def test_when_the_events_break_off_files_are_looked_at(lab, monkeypatch):
    """A thread of watchdog's that ends by an exception ends silently, and a preview would never hear of a save again."""
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)  # Put back in the end.
    heard = []

    def report(change, _whole):
        heard.append(change)
        if len(heard) == 1:
            raise KeyError

    watcher = Watcher(places_of(str(lab / "src"), ""), report)
    assert watcher.start() == ""
    (lab / MAPS).write_text("An event.")
    eventually(lambda: watcher.why_deaf)
    assert heard[1:] == [Changed()], "whatever was missed is to be built"
    assert watcher.look_instead() == "the system's events have broken off"
    (lab / MAPS).write_text("Seen by looking.")
    eventually(lambda: Changed(("papers/quist2024maps.md",)) in heard[2:])
    watcher.stop()


@pytest.mark.parametrize("command", ["serve", "watch"])
def test_without_a_content_folder_nothing_is_begun(tmp_path, command):
    with running(tmp_path, command, "-s", "nowhere") as live:
        live.says(r"nowhere: error\[no-content\]")
        assert live.process.wait(PATIENCE) == 1
