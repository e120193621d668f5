"""Themes are listed, and begun; a new one builds as it is, looks like its parent, and wins over it."""

import shutil

import pytest

from labpress.edges.cli import main
from tests.conftest import TESTS, build_site


@pytest.fixture
def content(tmp_path):
    shutil.copytree(TESTS / "lab", tmp_path / "site_src")
    return tmp_path / "site_src"


def choose(content, theme, **options):
    settings = content / "site.yml"
    chosen = "".join(f"  {name}: {value!r}\n" for name, value in options.items())
    given = f"options:\n{chosen}" if chosen else ""
    settings.write_text(f"{settings.read_text()}\ntheme: {theme}\n{given}", encoding="utf-8")


def test_themes_are_listed_with_what_they_are_for(content, capsys):
    assert main(["theme", "list", "--source", str(content)]) == 0
    lines = capsys.readouterr().out.splitlines()

    assert [line.split()[0] for line in lines if not line.startswith("*")] == ["base", "lab", "plain"]
    assert [line.split()[1] for line in lines if line.startswith("*")] == ["journal"]
    assert all(line.endswith(".") for line in lines)


@pytest.mark.parametrize("parent", ["journal", "lab", "plain", "base"])
def test_a_new_theme_builds_and_has_the_last_word(content, capsys, parent):
    assert main(["theme", "new", "ours", "--parent", parent, "--source", str(content)]) == 0
    assert "theme: ours" in capsys.readouterr().out
    style = content / "themes" / "ours" / "assets" / "ours.css"
    style.write_text(f"{style.read_text()}\nh1 {{ color: rebeccapurple }}\n")
    choose(content, "ours")
    report = build_site(content, content.parent / "_site")

    assert report.diagnostics == ()
    sheets = (content.parent / "_site" / "index.html").read_text().count('rel="stylesheet"')
    assert sheets == (3 if parent == "base" else 4)
    assert any("rebeccapurple" in path.read_text() for path in (content.parent / "_site" / "assets").glob("ours.*.css"))


def test_a_theme_that_is_there_stays(content, capsys):
    for name, code in (("ours", 0), ("ours", 1), ("lab", 1), ("../x", 2), ("", 2)):
        assert main(["theme", "new", name, "--source", str(content)]) == code, name
    assert main(["theme", "new", "other", "--parent", "jurnal", "--source", str(content)]) == 2
    assert "did you mean journal?" in capsys.readouterr().err


def test_files_of_a_theme_that_is_not_seen_stay(content, tmp_path, capsys):
    """Links to folders are not followed when themes are looked up."""
    (tmp_path / "elsewhere/assets").mkdir(parents=True)
    style = tmp_path / "elsewhere/assets/ours.css"
    style.write_text("/* Ours. */")
    (content / "themes").mkdir()
    (content / "themes/ours").symlink_to(tmp_path / "elsewhere")

    assert main(["theme", "new", "ours", "--source", str(content)]) == 0
    assert style.read_text() == "/* Ours. */"
    assert "kept" in capsys.readouterr().out


def test_a_template_is_ejected_beside_its_original(content):
    assert main(["theme", "eject", "card.html", "--source", str(content)]) == 0
    assert (content / "templates" / "card.html").is_file()


@pytest.mark.parametrize(
    ("accent", "note"),
    [
        ("#ffcc00", "1.4:1"),
        ("#fc0", "1.4:1"),
        ("rgb(255, 204, 0)", "1.4:1"),
        ("#808080", "3.6:1"),
        ("#8a1c30", ""),
        ("#000", ""),
        ("oklch(0.9 0.1 90)", ""),
    ],
)
def test_an_accent_that_cannot_be_read_is_noted(content, accent, note):
    choose(content, "journal", accent=accent)
    found = build_site(content, content.parent / "_site").diagnostics

    assert [(one.code, note in one.message) for one in found] == ([("weak-accent", True)] if note else [])
    assert all(one.span.path.endswith("site.yml") and one.span.line for one in found)
