"""What is done does not depend on who reads what is said of it, nor on how the process was begun."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import TESTS

TWO_FAULTS = {"site.yml": b"title: M\xfcller\n", "papers/a.md": b"---\ntitle: On Trees\n"}

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="streams are closed otherwise there")


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    for path, data in TWO_FAULTS.items():
        place = tmp_path / "site_src" / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def labpress(*words, **options):
    environment = os.environ | {"PYTHONPATH": str(TESTS.parent)} | options.pop("environment", {})
    return subprocess.run([sys.executable, "-m", "labpress", *words], env=environment, check=False, **options)


def nobody():
    """The end of a pipe that nobody reads from."""
    read, write = os.pipe()
    os.close(read)
    return write


@pytest.mark.parametrize("deaf", [("stdout",), ("stderr",), ("stdout", "stderr")])
def test_a_reader_who_has_gone_does_not_stop_the_work(deaf):
    done = labpress("build", **{one: nobody() for one in deaf})

    assert done.returncode == 1
    assert Path("_site/index.html").is_file()


@POSIX
@pytest.mark.parametrize(
    ("words", "closed", "code"),
    [
        (["build"], [1], 1),
        (["build"], [1, 2], 1),
        (["build"], [0, 1, 2], 1),
        (["parse", "site_src/papers"], [1], 1),
        (["init", "new"], [0], 0),
        (["new"], [0], 2),
        (["--help"], [1], 0),
    ],
)
def test_a_stream_that_is_closed_is_none_that_anything_waits_for(words, closed, code):
    def close():
        for number in closed:
            os.close(number)

    done = labpress(*words, preexec_fn=close, stderr=subprocess.PIPE)

    assert done.returncode == code
    assert b"Traceback" not in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no disk that is always full")
def test_what_could_not_be_said_for_want_of_room_is_a_fault():
    Path("a.bib").write_text("@article{a, title={On Trees}, author={Quist, Ada}, year={2020}}", encoding="utf-8")
    with Path("/dev/full").open("w") as full:
        done = labpress("parse", "a.bib", stdout=full, stderr=subprocess.PIPE)

    assert done.returncode == 1
    assert done.stderr.startswith(b"labpress: no space left on device\n")


@POSIX
@pytest.mark.parametrize(
    "words", [["import", b"p\xf6.bib"], ["new", "--title", b"T\xf6r"], ["build", "-s", b"f\xf6/site_src"]]
)
def test_a_word_that_is_no_text_is_wrong_use(words, folder):
    before = sorted(folder.rglob("*"))
    done = labpress(*words, stderr=subprocess.PIPE)

    assert done.returncode == 2
    assert b"error: expected words in UTF-8, found " in done.stderr
    assert sorted(folder.rglob("*")) == before


@POSIX
def test_names_of_files_are_utf_8_whatever_the_locale_is():
    Path("site_src/papers/a.md").rename("site_src/papers/müller.md")
    Path("site_src/papers/müller.md").write_text("---\ntitle: On Trees\n---\n", encoding="utf-8")
    labpress("build", environment={"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"})

    assert Path("_site/papers/müller/index.html").is_file()
    assert "papers/müller/" in Path("_site/index.html").read_text(encoding="utf-8")
