"""The documentation: reference pages are what the code says, links lead somewhere, and every command shown works."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from labpress.core.codes import CODES
from labpress.edges.cli import main, parser
from tests.conftest import TESTS
from tests.reference_pages import PAGES, page, tasks_of
from tests.spec_files import UPDATE

ROOT = TESTS.parent
DOCS = sorted([*(ROOT / "docs").rglob("*.md"), ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "ARCHITECTURE.md"])
_FENCE = re.compile(r"^```(\w+)(?: (\w+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NOT_RUN = {"network", "interactive"}
"""Words after the ``sh`` of a block that say why it is not run here."""


def name_of(path):
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("name", PAGES)
def test_a_reference_page_is_what_the_code_says(name):
    """LABPRESS_UPDATE=1 writes it."""
    path = ROOT / "docs" / "reference" / f"{name}.md"
    if UPDATE:
        path.write_text(page(name), encoding="utf-8")

    assert path.read_text(encoding="utf-8") == page(name)


def test_there_is_no_reference_page_that_nothing_makes():
    assert {path.stem for path in (ROOT / "docs" / "reference").iterdir()} == set(PAGES)


def anchors(path):
    """What GitHub makes of the headings of a page."""
    headings = re.findall(
        r"^#+ (.+)$",
        re.sub(r"^```.*?^```$", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL),
        re.MULTILINE,
    )
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("path", DOCS, ids=name_of)
def test_every_link_of_the_documentation_leads_somewhere(path):
    text = _FENCE.sub("", path.read_text(encoding="utf-8"))
    for target in re.findall(r"\]\(([^)\s]+)\)", re.sub(r"`[^`\n]*`", "", text)):
        if not target.startswith(("https://", "http://")):
            file, _hash, anchor = target.partition("#")
            place = (path.parent / file).resolve() if file else path
            assert place.exists(), target
            assert not anchor or anchor in anchors(place), target


@pytest.mark.parametrize("path", DOCS, ids=name_of)
def test_every_page_is_reached_from_the_front_page(path):
    if "docs" in path.parts and path.name != "README.md":
        assert f"]({path.relative_to(ROOT / 'docs').as_posix()})" in (ROOT / "docs" / "README.md").read_text(
            encoding="utf-8"
        )


@pytest.mark.parametrize("path", DOCS, ids=name_of)
def test_every_code_of_a_diagnostic_that_is_named_is_one(path):
    for code in re.findall(r"(?:error|warning|note)\[([\w-]+)\]", path.read_text(encoding="utf-8")):
        assert code in CODES


def test_every_test_that_a_promise_names_is_there():
    named = set(re.findall(r"`([Tt]est\w+)`", (ROOT / "docs/explanation/reliability.md").read_text(encoding="utf-8")))
    tests = "\n".join(path.read_text(encoding="utf-8") for path in TESTS.rglob("test_*.py"))

    assert len(named) > 20
    assert named <= set(re.findall(r"^(?:def |class )?([Tt]est\w+)(?:\(| = )", tests, re.MULTILINE))


def test_the_documentation_is_a_site_made_by_labpress(tmp_path, monkeypatch, capsys):
    """It is built into a folder of the example site, which a later build of that leaves alone."""
    monkeypatch.chdir(ROOT)
    site = [
        "build",
        "--source",
        "tests/lab",
        "--output",
        str(tmp_path / "site"),
        "--cache",
        str(tmp_path / "cache"),
        "--strict",
    ]
    docs = ["--source", "docs", "--strict"]

    assert main(site) == 0
    assert main(["build", *docs, "--output", str(tmp_path / "site" / "docs"), "--no-cache"]) == 0
    assert main(site) == 0
    assert main(["check", *docs]) == 0

    assert "foreign" not in capsys.readouterr().err
    for path in (ROOT / "docs").rglob("*.md"):
        place = path.relative_to(ROOT / "docs").with_suffix("").as_posix().removesuffix("README")
        page = (tmp_path / "site" / "docs" / place / "index.html").read_text(encoding="utf-8")
        assert page.count("<h1") == 1
        assert ".md" not in " ".join(re.findall(r'href="(?!https?:)([^"]*)"', page)), place


# Commands

BIB = """@inproceedings{dinh2022lift,
  title = {{LIFT}: Language-Interfaced Fine-Tuning},
  author = {Dinh, Tuan and Zeng, Yuchen},
  booktitle = {NeurIPS},
  year = {2022},
  abstract = {We fine-tune language models without changing them.},
}
"""


@pytest.fixture
def shell(tmp_path):
    """A function that runs a script as a person would, in a folder with a lab's papers and repositories to push to."""
    (tmp_path / "bin").mkdir()
    shim = tmp_path / "bin" / "labpress"
    shim.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m labpress "$@"\n', encoding="utf-8")
    shim.chmod(0o755)
    home = tmp_path / "home"
    home.mkdir()
    remote = home / "remote.git"
    subprocess.run(["git", "init", "-q", "--bare", str(remote)], check=True)
    rewrite = f'[url "{remote}"]\n\tinsteadOf = https://github.com/small-lab/papers\n'
    (home / "gitconfig").write_text(f"[user]\n\tname = Ada\n\temail = ada@example.org\n{rewrite}", encoding="utf-8")
    place = tmp_path / "place"
    environment = {
        "PATH": os.pathsep.join([str(shim.parent), str(Path(sys.executable).parent), os.environ["PATH"]]),
        "PYTHONPATH": str(ROOT),
        "GIT_CONFIG_GLOBAL": str(home / "gitconfig"),
    }

    def run(script):
        return subprocess.run(
            ["bash", "-e", "-c", script],
            cwd=place,
            env=os.environ | environment,
            text=True,
            capture_output=True,
            check=False,
            stdin=subprocess.DEVNULL,
        )

    place.mkdir()
    return run


def fill(place, *, started):
    """The files that the examples name."""
    listing = next((ROOT / "seeds").glob("*.txt")).read_bytes()
    for name, data in (("papers.bib", BIB.encode()), ("publications.bib", BIB.encode()), ("listing.txt", listing)):
        (place / name).write_bytes(data)
    (place / "old-site" / "_bibliography").mkdir(parents=True)
    (place / "old-site" / "_bibliography" / "papers.bib").write_text(BIB, encoding="utf-8")
    if started:
        main(["init", str(place), "--yes", "--name", "Small lab", "--url", "https://small-lab.github.io/papers/"])
        subprocess.run(["git", "init", "-q", str(place)], check=True)
        remote = ["git", "remote", "add", "origin", "https://github.com/small-lab/papers"]
        subprocess.run(remote, cwd=place, check=True)


def script_of(path):
    """The commands of a page, in their order."""
    blocks = [match.groups() for match in _FENCE.finditer(path.read_text(encoding="utf-8")) if match[1] == "sh"]
    assert {reason for _kind, reason, _text in blocks if reason} <= NOT_RUN
    return "".join(text for _kind, reason, text in blocks if not reason)


WITH_COMMANDS = [path for path in DOCS if script_of(path)]


@pytest.mark.parametrize("path", WITH_COMMANDS, ids=name_of)
def test_the_commands_of_a_page_work_one_after_the_other(path, shell, tmp_path):
    fill(tmp_path / "place", started=path.name != "tutorial.md")
    done = shell(script_of(path))

    assert done.returncode == 0, done.stdout + done.stderr
    assert "fault of labpress" not in done.stderr


BY_HAND = (
    "make",
    "python3 -m venv",
    ".venv/bin/python -m pip",
    ".venv/bin/python -m pytest",
    "labpress serve",
    "pip install",
)
"""Commands of the README that set up a machine, open a browser or need the network; the first two are continuous integration."""


def readme_scripts():
    """The commands of each block of the README, indented lines that begin with a program's name, without their comments."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    command = re.compile(r"^    ((?:\.venv/bin/|make|python|pip|labpress|cd )[^#\n]*)", re.MULTILINE)
    for block in re.findall(r"(?:^(?:    .*)?\n)+", text, re.MULTILINE):
        yield [line.strip() for line in command.findall(block) if not line.startswith(BY_HAND)]


def test_the_commands_of_the_readme_work(shell, tmp_path):
    """Each block by itself, in the folder of a lab."""
    fill(tmp_path / "place", started=True)
    (tmp_path / "place" / "seeds").symlink_to(ROOT / "seeds")
    scripts = [lines for lines in readme_scripts() if lines]
    script = "".join("(set -e\n" + "\n".join(lines) + "\n)\n" for lines in scripts).replace(".venv/bin/", "")
    answered = "labpress init my-lab --url https://small-lab.github.io/papers/"  # Nobody is there to be asked.
    done = shell(script.replace("labpress init my-lab", answered))

    assert sum(map(len, scripts)) >= 10
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", DOCS, ids=name_of)
def test_every_command_and_option_that_is_named_is_one(path):
    text = path.read_text(encoding="utf-8")
    for line in re.findall(r"`labpress ([^`\n]+)`", text) + re.findall(r"^    labpress (.+)$", text, re.MULTILINE):
        command = parser()
        for word in line.partition("#")[0].partition("|")[0].split():
            if word.startswith("-"):
                assert word.partition("=")[0] in command._option_string_actions, line
            elif tasks_of(command):
                assert word.strip(".,;") in tasks_of(command), line
                command = tasks_of(command)[word.strip(".,;")]
