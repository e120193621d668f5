"""`labpress init`: a site that builds at once, and no file of anybody's touched."""

import json
import os
import re
import subprocess
import sys

import jsonschema
import pytest
import yaml

from labpress.core.files import SourceFile
from labpress.edges.cli import main
from labpress.entries.config import read_config
from labpress.entries.fields import ENTRY_FIELDS
from labpress.entries.json_schemas import editor_schemas
from labpress.entries.text_page import PAGE_FIELDS
from tests.conftest import TESTS, build_site
from tests.test_lab import broken_links, files_of


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def init(*arguments):
    return main(["init", *arguments])


def test_a_new_site_builds_without_a_word_and_every_link_leads_somewhere(folder):
    assert init("my-lab", "--yes", "--url", "https://lab.example.org/papers/") == 0
    report = build_site(folder / "my-lab" / "site_src", folder / "_site")

    assert report.diagnostics == ()
    assert broken_links(folder / "_site", "/papers/") == []
    assert "My lab" in (folder / "_site" / "index.html").read_text(encoding="utf-8")


def test_init_again_changes_no_byte(folder, capsys):
    init("my-lab", "--yes", "--name", "First")
    before = files_of(folder / "my-lab")
    init("my-lab", "--yes", "--name", "Second")

    assert files_of(folder / "my-lab") == before
    assert "kept  site_src/site.yml" in capsys.readouterr().out


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no names that are no text")
def test_a_folder_whose_name_is_no_text_gives_the_site_no_title(folder, monkeypatch):
    odd = folder / os.fsdecode(b"Lab\xf6r")
    odd.mkdir()
    monkeypatch.chdir(odd)

    assert init("--yes") == 0
    assert 'title: "Our publications"' in (odd / "site_src" / "site.yml").read_text(encoding="utf-8")


def test_a_file_that_is_there_already_stays_and_the_others_are_written(folder):
    (folder / "site_src").mkdir()
    (folder / "site_src" / "site.yml").write_text("title: Mine\n", encoding="utf-8")
    init("--yes")

    assert (folder / "site_src" / "site.yml").read_text(encoding="utf-8") == "title: Mine\n"
    assert (folder / "site_src" / "people.yml").is_file()


@pytest.mark.skipif(sys.platform == "win32", reason="there is no limit to reach there")
def test_an_init_that_finds_no_room_leaves_no_half_written_file_that_the_next_would_keep(folder, capsys):
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))
    try:
        assert init("my-lab", "--yes") == 1
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert "file too large" in capsys.readouterr().err

    assert init("my-lab", "--yes") == 0
    assert "kept" not in capsys.readouterr().out
    assert {path for path, data in files_of(folder / "my-lab").items() if not data} == set()


@pytest.mark.parametrize(
    "name",
    ['A "quoted" lab: #1', "Größe & Form – 実験室", "@version@ and @title@", "- yes", "no", "{a: b}", "back\\slash"],
)
def test_any_name_is_read_back_from_site_yml_as_it_was_given(name, folder):
    init("--yes", "--name", name, "--tagline", name)
    config, faults = read_config(SourceFile("site.yml", (folder / "site_src" / "site.yml").read_bytes()))

    assert faults == ()
    assert (config.title, config.tagline) == (name, name)


@pytest.mark.parametrize(
    ("repository", "page", "url"),
    [
        (
            "git@github.com:Small-Lab/papers.git",
            "https://github.com/Small-Lab/papers",
            "https://small-lab.github.io/papers/",
        ),
        (
            "https://github.com/small/small.github.io",
            "https://github.com/small/small.github.io",
            "https://small.github.io/",
        ),
        ("https://git.example.org/small/papers", "https://git.example.org/small/papers", ""),
        ("../remote.git", "", ""),
    ],
)
def test_the_repository_says_where_the_site_will_be(repository, page, url, folder):
    init("--yes", "--repository", repository)
    config, _faults = read_config(SourceFile("site.yml", (folder / "site_src" / "site.yml").read_bytes()))
    remote = subprocess.run(
        ["git", "remote", "get-url", "origin"], cwd=folder, capture_output=True, text=True, check=True
    )

    assert (config.repository, config.url) == (page, url)
    assert remote.stdout.strip() == repository


def test_a_person_is_asked_for_what_no_option_says(folder, monkeypatch):
    asked = []
    answers = iter(["Lab of Answers", "https://github.com/answers/web", ""])
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("builtins.input", lambda question: asked.append(question) or next(answers))
    init("lab-of-questions")
    text = (folder / "lab-of-questions" / "site_src" / "site.yml").read_text(encoding="utf-8")

    assert asked[0] == "The lab's name [Lab of questions]: "
    assert asked[2] == "The address of the site [https://answers.github.io/web/]: "
    assert 'title: "Lab of Answers"' in text
    assert "url: https://answers.github.io/web/" in text


@pytest.mark.parametrize(
    ("answer", "remote"),
    [
        ("git@github.com:answers/web.git", "git@github.com:answers/web.git"),
        ("answers/web", "https://github.com/answers/web"),
        ("github.com/answers/web", "https://github.com/answers/web"),
    ],
)
def test_the_remote_is_the_one_that_was_answered(answer, remote, folder, monkeypatch):
    """Who pushes by ssh has no password for https."""
    answers = iter(["Lab", answer, ""])
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("builtins.input", lambda _question: next(answers))
    init("lab")
    said = subprocess.run(
        ["git", "remote", "get-url", "origin"], cwd=folder / "lab", capture_output=True, text=True, check=True
    )
    text = (folder / "lab" / "site_src" / "site.yml").read_text(encoding="utf-8")

    assert said.stdout.strip() == remote
    assert "repository: https://github.com/answers/web\n" in text
    assert "url: https://answers.github.io/web/\n" in text


def test_an_answer_that_cannot_be_right_is_asked_again(folder, monkeypatch, capsys):
    answers = iter(["Lab", "nonsense", "", "papers.example.org", "https://papers.example.org"])
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("builtins.input", lambda _question: next(answers))
    init("lab")
    said = capsys.readouterr().out

    assert "expected a repository such as lab/papers or git@github.com:lab/papers.git, found 'nonsense'" in said
    assert "expected an address such as https://lab.github.io/papers/, found 'papers.example.org'" in said
    assert "url: https://papers.example.org/\n" in (folder / "lab" / "site_src" / "site.yml").read_text(
        encoding="utf-8"
    )


@pytest.mark.parametrize("branch", ["main", "master", "on"])
def test_the_workflow_publishes_the_branch_that_is_worked_on(branch, folder):
    subprocess.run(["git", "init", "-q", f"--initial-branch={branch}", "."], cwd=folder, check=True)
    init("--yes")
    workflow = yaml.safe_load((folder / ".github" / "workflows" / "pages.yml").read_text(encoding="utf-8"))
    config, faults = read_config(SourceFile("site.yml", (folder / "site_src" / "site.yml").read_bytes()))

    assert workflow[True]["push"]["branches"] == [branch]
    assert (config.branch, faults) == (branch, ())


def test_the_remote_says_which_branch_is_the_main_one(folder):
    def git(*arguments):
        subprocess.run(["git", "-c", "user.name=A", "-c", "user.email=a@b.org", *arguments], cwd=folder, check=True)

    git("init", "-q", "--initial-branch=trunk", "other")
    git("-C", "other", "commit", "-q", "--allow-empty", "-m", "Begin")
    git("clone", "-q", "other", "mine")
    git("-C", "mine", "switch", "-q", "-c", "add-a-site")
    init("mine", "--yes")

    assert 'branches: ["trunk"]' in (folder / "mine" / ".github" / "workflows" / "pages.yml").read_text(
        encoding="utf-8"
    )


def test_the_example_is_never_published(folder):
    init("--yes")
    build_site(folder / "site_src", folder / "_site")

    assert not [path for path, data in files_of(folder / "_site").items() if b"Example Paper" in data]


def test_an_address_that_is_none_is_refused(folder):
    with pytest.raises(SystemExit, match="2"):
        init("--yes", "--url", "lab.example.org")
    assert list(folder.iterdir()) == []


def test_the_editor_settings_name_schemas_and_files_that_are_there(folder):
    init("--yes")
    settings = json.loads((folder / ".vscode" / "settings.json").read_text(encoding="utf-8"))

    for schema, file in settings["yaml.schemas"].items():
        json.loads((folder / schema).read_text(encoding="utf-8"))
        assert (folder / file.lstrip("/")).is_file()


def test_snippets_write_every_key_of_front_matter(folder):
    init("--yes")
    snippets = json.loads((folder / ".vscode" / "labpress.code-snippets").read_text(encoding="utf-8"))
    for key, snippet in snippets.items():
        chosen = re.sub(r"\$\{1\|([^,|]+)[^}]*\}", r"\1", "\n".join(snippet["body"]))
        assert list(yaml.safe_load(chosen.replace("$0", "x"))) == [snippet["prefix"]] == [key]
        assert "$" in chosen or complaints("entry", f"title: x\n{chosen}") == [] or key in PAGE_FIELDS
        assert snippet["description"]

    assert snippets.keys() == ENTRY_FIELDS.keys() | PAGE_FIELDS.keys()


@pytest.mark.parametrize("name", sorted(editor_schemas()))
def test_schemas_are_schemas(name):
    jsonschema.Draft7Validator.check_schema(editor_schemas()[name])


def complaints(name, text):
    """What an editor underlines: YAML as editors read it, where a date and a yes are text."""
    return [
        error.message
        for error in jsonschema.Draft7Validator(editor_schemas()[name]).iter_errors(yaml.load(text, _Core))
    ]


class _Core(yaml.SafeLoader):
    """YAML 1.2: dates are text, and only true and false are truth values."""


_Core.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in found if not tag.endswith(":timestamp")]
    for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


@pytest.mark.parametrize("name", ["site", "people", "topics"])
@pytest.mark.parametrize("content", [TESTS / "lab", TESTS.parent / "site_src"], ids=["fabricated", "example"])
def test_what_builds_without_a_word_has_no_red_underline(name, content):
    assert complaints(name, (content / f"{name}.yml").read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", sorted((TESTS / "lab" / "papers").glob("*.md")), ids=lambda path: path.stem)
def test_front_matter_that_builds_without_a_word_has_no_red_underline(path):
    assert complaints("entry", path.read_text(encoding="utf-8").split("---\n")[1]) == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("site", "titel: My lab\n"),
        ("site", "per_page: many\n"),
        ("site", "citation_style: harvard\n"),
        ("people", "ada: {nmae: Ada}\n"),
        ("topics", "dust: {wrds: [dust]}\n"),
        ("entry", "title: x\ndate: June\n"),
        ("entry", "authors: [Ada]\n"),
        ("page", "order: first\n"),
    ],
)
def test_a_fault_is_underlined_while_it_is_typed(name, text):
    assert complaints(name, text)
