"""Wrong use of the command line: one clear line that says what was meant, and nothing done."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from labpress.edges.cli import main
from tests.conftest import TESTS


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    (tmp_path / "site_src").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("pubish", "labpress: error: argument COMMAND: unknown: pubish; did you mean publish?"),
        ("build --sorce x", "labpress build: error: unknown: --sorce; did you mean --source?"),
        ("build --outptu=x", "labpress build: error: unknown: --outptu=x; did you mean --output?"),
        ("build site_src", "labpress build: error: unknown: site_src"),
        ("theme ejct x", "labpress theme: error: argument TASK: unknown: ejct; did you mean eject?"),
        ("import --from alfolio x", "--from: unknown: alfolio; did you mean al-folio?"),
        ("import --theirs veneu x", "--theirs: expected a field of an entry such as venue, found 'veneu'"),
        ("fetch doi 10.1/x --theirs veneu", "did you mean venue?"),
        ("build --workers 0", "--workers: expected a number from 1 on, found '0'"),
        ("build --workers -3", "--workers: expected a number from 1 on, found '-3'"),
        ("watch --workers many", "--workers: expected a number from 1 on, found 'many'"),
        ("publish --branch --x", "--branch"),
        ("publish --branch=a..b", "--branch: expected the name of a branch, found 'a..b'"),
        ("publish --branch=x.lock", "--branch: expected the name of a branch, found 'x.lock'"),
        ("init --repository nonsense", "--repository: expected a repository such as lab/papers"),
        ("fetch arxiv 2206.06565 --api arxiv=http://[x", "--api: expected SERVICE=URL with one of"),
        ("init --url lab.example.org", "--url: expected an address such as https://lab.github.io/papers/"),
        ("serve --port 99999", "--port: expected a port from 1 to 65535, found '99999'"),
    ],
)
def test_wrong_use_is_explained_by_the_command_that_was_meant(words, said, folder, capsys):
    with pytest.raises(SystemExit, match="2"):
        main(words.split())
    written = capsys.readouterr().err

    assert said in written
    assert written.startswith("usage: labpress")
    assert [path.name for path in folder.rglob("*")] == ["site_src"]


@pytest.mark.parametrize("words", ["", "theme"])
def test_without_a_command_there_is_help(words, capsys):
    assert main(words.split()) == 2
    assert "publish" in (said := capsys.readouterr().err) or "eject" in said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            "--same quist2020papr quist2021more",
            "expected the id of an entry, found 'quist2020papr'; did you mean quist2020paper?",
        ),
        ("--different quist2021more quist2021more", "expected two entries, found one named twice"),
    ],
)
def test_a_decision_about_what_are_not_two_entries_is_wrong_use(words, said, folder, capsys):
    (folder / "site_src" / "papers").mkdir()
    for name in ("quist2020paper", "quist2021more"):
        (folder / "site_src" / "papers" / f"{name}.md").write_text("---\ntitle: Dust\n---\n", encoding="utf-8")

    assert main(["duplicates", *words.split()]) == 2
    assert capsys.readouterr() == ("", f"labpress: {said}\n")


@pytest.mark.parametrize("branch", ["gh-pages", "sites/papers", "v1.0", "ünder"])
def test_a_branch_may_have_any_name_that_git_takes(branch, capsys):
    assert main(["publish", "--branch", branch]) == 1
    assert "no-repository" in capsys.readouterr().err


@pytest.mark.parametrize("host", ["300.1.1.1", "a..b", "a" * 64])
def test_an_address_of_another_machine_cannot_be_listened_at(host, capsys):
    assert main(["serve", "--host", host]) == 1
    assert f"expected an address of this machine such as 127.0.0.1 for --host, found {host}" in capsys.readouterr().err


def test_what_a_terminal_has_no_letters_for_is_written_in_ascii():
    Path("a.bib").write_text("@article{a, title={On 中}, author={Quist, Ada}, year={2020}}", encoding="utf-8")
    command = [sys.executable, "-m", "labpress", "import", "a.bib", "--dry-run"]
    environment = os.environ | {"PYTHONIOENCODING": "latin-1", "PYTHONPATH": str(TESTS.parent)}
    done = subprocess.run(command, env=environment, capture_output=True, check=True)

    assert b"On \\u4e2d" in done.stdout


@pytest.mark.parametrize(("end", "command"), [(EOFError, "init"), (KeyboardInterrupt, "init"), (EOFError, "new")])
def test_an_answer_that_does_not_come_ends_the_command_and_nothing_is_written(
    end, command, folder, monkeypatch, capsys
):
    def no_answer(_question):
        raise end

    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("builtins.input", no_answer)

    assert main([command]) == 130
    assert capsys.readouterr().err == "\nstopped\n"
    assert [path.name for path in folder.rglob("*")] == ["site_src"]


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (RuntimeError("can't start new thread"), "labpress: the system allows no more threads\n"),
        (BlockingIOError(11, "Resource temporarily unavailable"), "labpress: resource temporarily unavailable\n"),
        (PermissionError(13, "Permission denied", "a.bib"), "labpress: a.bib: permission denied\n"),
    ],
)
def test_what_the_system_refuses_is_no_fault_of_labpress(error, said, monkeypatch, capsys):
    def refused(_options):
        raise error

    monkeypatch.setattr("labpress.edges.commands.watch.run", refused)

    assert main(["watch"]) == 1
    assert capsys.readouterr().err == said


def test_an_import_where_no_site_is_says_so(folder, capsys):
    (folder / "papers.bib").write_text(
        "@article{a, title={On Trees}, author={Quist, Ada}, year={2020}}", encoding="utf-8"
    )
    main(["import", "papers.bib", "--source", "lab", "--dry-run"])
    assert "is new" not in capsys.readouterr().out
    main(["import", "papers.bib", "--source", "lab"])
    assert "lab/ is new; what else a site begins with is written by  labpress init" in capsys.readouterr().out
    main(["import", "papers.bib", "--source", "lab"])
    assert "is new" not in capsys.readouterr().out


@pytest.mark.parametrize("command", ["build", "serve", "watch", "check", "publish"])
def test_without_a_content_folder_each_command_says_how_to_begin_one(command, capsys):
    assert main([command, "--source", "nowhere"]) == 1
    said = capsys.readouterr().err
    assert "nowhere: error[no-content]: expected a content folder, found none" in said
    assert "begin a site with labpress init" in said


@pytest.mark.parametrize("words", ["new --title Lost", "import x.bib", "build", "override card.html"])
@pytest.mark.parametrize(("inside", "above"), [("", ".."), ("papers", "../.."), ("static/pictures", "../../..")])
def test_within_a_site_no_second_one_is_begun(words, inside, above, folder, monkeypatch, capsys):
    content = folder / "site_src"
    (content / "papers").mkdir()
    (content / inside).mkdir(parents=True, exist_ok=True)
    monkeypatch.chdir(content / inside)
    before = sorted(folder.rglob("*"))

    with pytest.raises(SystemExit, match="2"):
        main(words.split())
    assert f"expected site_src here, found it in {above}: run labpress there" in capsys.readouterr().err
    assert sorted(folder.rglob("*")) == before
