"""`labpress publish` against a bare repository on this disk: what is pushed, what is refused, what is left alone."""

import os
import random
import signal
import subprocess
import sys
import time
from itertools import count as count_from
from pathlib import Path

import pytest

from labpress.edges.cli import main
from labpress.edges.git import Repository
from labpress.site.checks.sizes import size_faults
from labpress.site.hosting import custom_domain, pages_address, repository_page
from tests.conftest import build_site
from tests.test_lab import files_of
from tests.torture import times

ENTRY = "---\ntitle: A paper\nauthors: [Ada Quist]\ndate: 2020\n---\n\nWhat it says.\n"


def git(folder, *arguments):
    return subprocess.run(["git", *arguments], cwd=folder, capture_output=True, text=True, check=True).stdout


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A lab's folder: a repository with one commit, and a bare repository as its remote."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    for name in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{name}_NAME", "Ada Quist")
        monkeypatch.setenv(f"GIT_{name}_EMAIL", "ada@example.org")
    git(tmp_path, "init", "-q", "--bare", "remote.git")
    lab = tmp_path / "lab"
    (lab / "site_src" / "papers").mkdir(parents=True)
    (lab / "site_src" / "papers" / "quist2020paper.md").write_text(ENTRY, encoding="utf-8")
    (lab / "site_src" / "site.yml").write_text("url: https://papers.example.org/\n", encoding="utf-8")
    (lab / ".gitignore").write_text("/_site/\n/.labpress-cache/\n", encoding="utf-8")
    git(lab, "init", "-q", "-b", "main")
    git(lab, "remote", "add", "origin", "../remote.git")
    git(lab, "add", ".")
    git(lab, "commit", "-q", "-m", "Begin")
    monkeypatch.chdir(lab)
    return lab


@pytest.fixture
def published(tmp_path):
    """A function that gives what stands on the branch: path -> bytes."""

    def look(branch="gh-pages"):
        out = tmp_path / f"checkout-{len(list(tmp_path.iterdir()))}"
        git(tmp_path, "clone", "-q", "-b", branch, "remote.git", out.name)
        return {path: data for path, data in files_of(out).items() if not path.startswith(".git/")}

    return look


def publish(*options):
    return main(["publish", *options])


def commits(branch="gh-pages"):
    return git("../remote.git", "rev-list", "--count", branch).strip()


def test_the_branch_holds_the_site_and_what_the_host_needs(place, published):
    assert publish() == 0
    on_branch = published()
    site = {path: data for path, data in files_of(place / "_site").items() if path != ".labpress"}

    assert on_branch == site | {".nojekyll": b"", "CNAME": b"papers.example.org\n"}
    assert {"404.html", "papers/quist2020paper/index.html"} <= on_branch.keys()


@pytest.mark.parametrize("is_there", [True, False])
def test_the_workflow_that_publishes_in_another_way_is_named(is_there, place, capsys):
    if is_there:
        (place / ".github" / "workflows").mkdir(parents=True)
        text = "jobs: {deploy: {steps: [{uses: actions/deploy-pages@v5}]}}\n"
        (place / ".github" / "workflows" / "pages.yml").write_text(text, encoding="utf-8")
        git(place, "add", ".github")
    publish()
    lines = capsys.readouterr().out.splitlines()

    assert any(line.startswith(".github/workflows/pages.yml publishes in another way") for line in lines) is is_there


@pytest.mark.usefixtures("place")
def test_publishing_again_makes_no_commit(capsys):
    publish()
    assert publish() == 0

    assert commits() == "1"
    assert "nothing to publish" in capsys.readouterr().out


def test_a_change_is_one_commit_more_and_what_is_gone_is_gone(place, published):
    publish()
    (place / "site_src" / "papers" / "quist2020paper.md").rename(place / "site_src" / "papers" / "quist2020other.md")
    publish()
    on_branch = published()

    assert commits() == "2"
    assert "papers/quist2020other/index.html" in on_branch
    assert "papers/quist2020paper/index.html" not in on_branch


def test_squashed_the_branch_has_one_commit(place, published):
    publish()
    (place / "site_src" / "site.yml").write_text("url: https://papers.example.org/\ntitle: New\n", encoding="utf-8")
    publish("--squash")

    assert commits() == "1"
    assert b"New" in published()["index.html"]


@pytest.mark.usefixtures("place")
def test_what_is_squashed_already_is_not_pushed_again(capsys):
    publish()
    publish("--squash")
    before = git("../remote.git", "rev-parse", "gh-pages")
    capsys.readouterr()

    assert publish("--squash") == 0
    assert git("../remote.git", "rev-parse", "gh-pages") == before
    assert "nothing to publish" in capsys.readouterr().out


@pytest.mark.usefixtures("place")
def test_a_dry_run_says_what_would_change_and_pushes_nothing(capsys):
    assert publish("--dry-run") == 0
    said = capsys.readouterr().out

    assert "  + 404.html\n" in said
    assert "more\n" in said
    assert "(nothing was published)" in said
    assert git("../remote.git", "for-each-ref") == ""


def test_index_checkout_and_branches_stay_as_they_were(place):
    (place / "site_src" / "notes.txt").write_text("staged", encoding="utf-8")
    git(place, "add", "site_src/notes.txt")
    (place / "site_src" / "papers" / "quist2020paper.md").write_text(ENTRY + "\nMore.\n", encoding="utf-8")

    def state():
        return [
            git(place, "status", "--porcelain"),
            git(place, "stash", "list"),
            git(place, "for-each-ref", "refs/heads"),
            git(place, "symbolic-ref", "HEAD"),
            (place / ".git" / "index").read_bytes(),
        ]

    git(place, "status")  # Git refreshes its index here, and not between the two looks.
    before = state()
    publish()

    assert state() == before


def test_bytes_are_published_as_they_are_whatever_the_repository_says_of_line_ends(place, published):
    git(place, "config", "core.autocrlf", "true")
    (place / ".gitattributes").write_text("* text eol=crlf\n", encoding="utf-8")
    (place / "site_src" / "static").mkdir()
    (place / "site_src" / "static" / "odd name ü.txt").write_bytes(b"one\r\ntwo\n")
    publish()

    assert published()["odd name ü.txt"] == b"one\r\ntwo\n"


def test_nothing_is_published_while_there_are_errors(place, capsys):
    (place / "site_src" / "papers" / "broken.md").write_text("---\ntitel: x\n---\n", encoding="utf-8")

    assert publish() == 1
    assert "nothing was published" in capsys.readouterr().out
    assert git("../remote.git", "for-each-ref") == ""


def test_a_half_finished_import_is_not_published(place, capsys):
    (place / "site_src" / "papers" / ".new2024paper.md.labpress-new").write_text("half", encoding="utf-8")

    assert publish() == 1
    assert "error[unfinished-import]" in capsys.readouterr().err


def test_a_branch_of_somebody_else_is_published_over_only_when_told_to(place, published, capsys):
    git(place, "push", "-q", "origin", "main:gh-pages")

    assert publish() == 1
    assert "error[foreign-branch]" in capsys.readouterr().err
    assert publish("--replace") == 0
    assert "index.html" in published()
    assert commits() == "2"


def test_the_branch_of_the_sources_is_never_published_over(place, capsys):
    git(place, "push", "-q", "origin", "main")
    before = git("../remote.git", "rev-parse", "main")

    assert publish("--branch", "main", "--replace") == 1
    assert "the one you work on\n  help: publish to another --branch\n" in capsys.readouterr().err
    assert git("../remote.git", "rev-parse", "main") == before


def test_a_branch_of_its_name_in_the_repository_of_something_else_is_when_told_to(place, published):
    commit = git(place, "commit-tree", "-m", "Something else", git(place, "write-tree").strip()).strip()
    git(place, "push", "-q", "origin", f"{commit}:refs/heads/main")

    assert publish("--branch", "main", "--replace") == 0
    assert "index.html" in published("main")


def test_without_a_repository_or_an_address_it_says_what_to_do(place, monkeypatch, tmp_path, capsys):
    (place / "site_src" / "site.yml").write_text("title: No address\n", encoding="utf-8")
    assert publish() == 1
    assert "error[no-address]" in capsys.readouterr().err

    git(place, "remote", "remove", "origin")
    assert publish() == 1
    assert "a repository without the remote origin" in capsys.readouterr().err

    (tmp_path / "elsewhere" / "site_src" / "papers").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert publish() == 1
    assert "found no repository" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("PATH", "/nowhere", "git is not installed"),
        ("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1", "safe.directory"),
    ],
)
@pytest.mark.usefixtures("place")
def test_a_git_that_is_missing_or_refuses_is_not_taken_for_no_repository(name, value, words, monkeypatch, capsys):
    monkeypatch.setenv(name, value)
    assert publish() == 1
    assert words in (said := capsys.readouterr().err)
    assert "error[git-failed]" in said

    assert main(["doctor"]) == 1
    assert words in (said := capsys.readouterr().out)
    assert "no git repository" not in said

    assert main(["init", "--yes"]) == 0
    assert words in capsys.readouterr().err


def test_a_repository_that_is_broken_is_not_taken_for_none(place, capsys):
    (place / "site_src" / ".git").write_text("gitdir: /nowhere\n", encoding="utf-8")

    assert publish() == 1
    assert "not a git repository: /nowhere" in capsys.readouterr().err


def test_what_git_says_is_passed_on(place, capsys):
    git(place, "remote", "set-url", "origin", "../nowhere.git")

    assert publish() == 1
    assert "error[git-failed]" in capsys.readouterr().err


@pytest.mark.usefixtures("place")
def test_a_branch_elsewhere_whose_name_ends_alike_is_not_taken_for_the_branch(published):
    git(".", "push", "-q", "origin", "HEAD:refs/kept/refs/heads/gh-pages")

    assert publish() == 0
    assert "index.html" in published()


def test_a_token_in_the_address_of_the_remote_is_not_shown(place, capsys):
    (place / "site_src" / "site.yml").write_text("title: Papers\n", encoding="utf-8")
    git(place, "remote", "set-url", "origin", "https://ada:s3cr3t@git.example.org/lab/papers.git")

    assert publish() == 1
    said = capsys.readouterr().err
    assert "nor a GitHub repository at https://git.example.org/lab/papers.git" in said
    assert "s3cr3t" not in said


@pytest.mark.parametrize(
    ("remote", "shown"),
    [
        ("https://s3cr3t@github.com/lab/papers", "https://github.com/lab/papers"),
        ("https://ada:s3cr@3t@example.org/@lab/papers", "https://example.org/@lab/papers"),
        ("https://git:s3cr3t@example.org/lab", "https://example.org/lab"),
        ("ssh://git@github.com/lab/papers.git", "ssh://git@github.com/lab/papers.git"),
        ("git@github.com:lab/papers.git", "git@github.com:lab/papers.git"),
        ("../papers@home.git", "../papers@home.git"),
    ],
)
def test_the_address_of_a_remote_is_fit_to_be_shown(place, remote, shown):
    git(place, "remote", "set-url", "origin", remote)

    assert Repository(place).remote_address() == shown


def test_a_file_of_somebody_else_in_the_output_folder_is_not_published(place, published):
    publish()
    (place / "_site" / "secret.txt").write_text("mine", encoding="utf-8")
    publish()

    assert "secret.txt" not in published()


@pytest.mark.parametrize(
    ("remote", "page", "address"),
    [
        ("git@github.com:Lab/papers.git", "https://github.com/Lab/papers", "https://lab.github.io/papers/"),
        ("https://github.com/lab/Papers", "https://github.com/lab/Papers", "https://lab.github.io/Papers/"),
        ("https://token@github.com/lab/papers.git", "https://github.com/lab/papers", "https://lab.github.io/papers/"),
        ("ssh://git@github.com/lab/x.y.git", "https://github.com/lab/x.y", "https://lab.github.io/x.y/"),
        ("git@github.com:Lab/Lab.github.io.git", "https://github.com/Lab/Lab.github.io", "https://lab.github.io/"),
        ("https://gitlab.com/lab/papers.git", "", ""),
        ("https://github.com.evil.org/lab/papers", "", ""),
        (f"git@github.com:{'a' * 40}/papers.git", "", ""),
        ("../remote.git", "", ""),
        ("", "", ""),
    ],
)
def test_a_remote_says_where_github_publishes(remote, page, address):
    assert (repository_page(remote), pages_address(remote)) == (page, address)


@pytest.mark.parametrize(
    ("url", "domain"),
    [
        ("https://papers.example.org/", "papers.example.org"),
        ("https://example.org/papers/", ""),
        ("https://lab.github.io/", ""),
        ("https://lab.github.io/papers/", ""),
        ("http://localhost:8000/", ""),
        ("", ""),
    ],
)
def test_a_domain_of_its_own_stands_at_its_root(url, domain):
    assert custom_domain(url) == domain


def test_what_the_host_does_not_take_is_named():
    sizes = {"index.html": 3_000_000, "a.pdf": 60_000_000, "b.mp4": 200_000_000, "c.bin": 900_000_000}

    assert [fault.code for fault in size_faults(sizes, "_site")] == [
        "site-too-large",
        "large-file",
        "file-too-large",
        "file-too-large",
        "large-page",
    ]
    assert [*size_faults({"index.html": 2_000_000, "a.pdf": 50 * 1024 * 1024}, "_site")] == []


@pytest.mark.usefixtures("place")
def test_the_output_may_stand_anywhere(published, tmp_path):
    assert publish("--output", str(tmp_path / "out")) == 0
    assert not Path("_site").exists()
    assert "index.html" in published()


def test_a_dead_link_is_not_published(place, capsys):
    entry = place / "site_src" / "papers" / "quist2020paper.md"
    entry.write_text(f"{ENTRY}\n[Nowhere](/nowhere/)\n", encoding="utf-8")

    assert publish() == 1
    assert "quist2020paper.md:9" in capsys.readouterr().err
    assert git("../remote.git", "for-each-ref") == ""


@pytest.mark.usefixtures("place")
def test_what_somebody_else_published_meanwhile_is_not_written_over(monkeypatch):
    """The branch is looked at first; between that and the push, it may have moved on."""
    assert publish() == 0
    real = Repository.run
    theirs = []

    def run(self, *arguments, **more):
        if arguments[0] == "push":
            tree = git("../remote.git", "rev-parse", "gh-pages^{tree}").strip()
            theirs.append(git("../remote.git", "commit-tree", tree, "-p", "gh-pages", "-m", "Theirs").strip())
            git("../remote.git", "update-ref", "refs/heads/gh-pages", theirs[0])
        return real(self, *arguments, **more)

    edit(Path(), "Ours.")
    with monkeypatch.context() as patch:
        patch.setattr(Repository, "run", run)
        assert publish() == 1
    assert git("../remote.git", "rev-parse", "gh-pages").split() == theirs


# Killed

PUBLISH = [sys.executable, "-m", "labpress", "publish"]


def killed_after(seconds):
    """A run of ``labpress publish``, killed with everything that it has started; False if it was through by then."""
    process = subprocess.Popen(PUBLISH, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return True
    return False


def tree_of(branch="gh-pages"):
    return git("../remote.git", "rev-parse", f"{branch}^{{tree}}").strip()


class Killed(BaseException):
    """The process is gone."""


def edit(place, words):
    (place / "site_src" / "papers" / "quist2020paper.md").write_text(f"{ENTRY}\n{words}\n", encoding="utf-8")


@pytest.mark.torture
def test_killed_before_any_call_of_git_the_next_run_publishes(place, count, monkeypatch):
    assert publish() == 0
    real, calls = Repository.run, 0

    def run(self, *arguments, **more):
        nonlocal calls
        if calls == 0:
            raise Killed
        calls -= 1
        return real(self, *arguments, **more)

    for step in count_from(1):
        edit(place, f"Step {step}.")
        before, calls = tree_of(), step
        with monkeypatch.context() as patch:
            patch.setattr(Repository, "run", run)
            try:
                publish()
            except Killed:
                assert tree_of() == before
            else:
                break
        assert publish() == 0
        assert tree_of() != before
    count("kills survived: labpress publish", step - 1)
    assert step > 5


@pytest.mark.torture
def test_killed_at_any_moment_the_branch_has_the_old_site_or_the_new_one(place, published, count):
    assert main(["publish"]) == 0
    began = time.monotonic()
    assert subprocess.run(PUBLISH, check=False, capture_output=True).returncode == 0
    usual = time.monotonic() - began
    dice = random.Random()
    kills = 0
    for turn in range(times(2, whole=240)):
        before = tree_of()
        edit(place, f"Turn {turn}.")
        kills += killed_after(dice.random() * usual * 1.5)
        after = tree_of()
        if turn % 3 == 0:
            assert main(["publish"]) == 0
            assert after in (before, tree_of()), "half a site"
    assert main(["publish"]) == 0

    said = subprocess.run(
        ["git", "fsck", "--full", "--no-dangling"], cwd="../remote.git", capture_output=True, text=True, check=False
    )
    clean = place.parent / "clean"
    build_site(place / "site_src", clean)
    standing = published()
    count("kills survived: labpress publish", kills)
    assert said.returncode == 0, said.stderr
    assert {path: data for path, data in files_of(clean).items() if path != ".labpress"} == {
        path: data for path, data in standing.items() if path not in (".nojekyll", "CNAME")
    }
    assert git(place, "status", "--porcelain", "--untracked-files=no").split() == [
        "M",
        "site_src/papers/quist2020paper.md",
    ]
