"""`labpress override` and `labpress doctor`: templates of one's own, and what around a site is out of date."""

import json

import pytest

from labpress import __version__
from labpress.edges import overrides
from labpress.edges.cli import main
from labpress.edges.disk import builtin_folder
from tests.conftest import build_site


@pytest.fixture
def site(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    main(["init", "--yes", "--repository", "https://github.com/lab/papers"])
    return tmp_path


def said(capsys, *command):
    capsys.readouterr()
    code = main(list(command))
    return code, capsys.readouterr()


@pytest.mark.usefixtures("site")
def test_a_new_site_is_in_good_health(capsys):
    code, (out, _err) = said(capsys, "doctor")

    assert code == 0
    assert "look" not in out
    assert "published at https://lab.github.io/papers/" in out


def test_without_a_repository_and_an_address_it_says_what_is_missing(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    main(["init", "--yes"])
    code, (out, _err) = said(capsys, "doctor")

    assert code == 1
    assert "  look  no git repository" in out
    assert "  look  the address of the site is not known" in out


@pytest.mark.usefixtures("site")
def test_the_templates_that_can_be_replaced_are_listed(capsys):
    _code, (out, _err) = said(capsys, "override")
    names = {path.name for path in (builtin_folder() / "templates").iterdir()}

    assert names <= set(out.split())


def test_a_copied_template_changes_nothing_until_it_is_edited(site, tmp_path):
    build_site(site / "site_src", tmp_path / "before")
    assert main(["override", "card.html", "page.html"]) == 0
    build_site(site / "site_src", tmp_path / "after")

    before, after = ((tmp_path / name / "index.html").read_bytes() for name in ("before", "after"))
    assert before == after
    assert main(["check", "--strict"]) == 0


def test_a_template_of_ones_own_is_never_written_over(site, capsys):
    (site / "site_src" / "templates").mkdir()
    (site / "site_src" / "templates" / "card.html").write_text("mine", encoding="utf-8")
    code, (_out, err) = said(capsys, "override", "card.html")

    assert code == 1
    assert "is there already" in err
    assert (site / "site_src" / "templates" / "card.html").read_text(encoding="utf-8") == "mine"
    assert not (site / "site_src" / "templates" / ".originals" / "card.html").exists()


@pytest.mark.usefixtures("site")
def test_a_misspelt_template_is_recognised(capsys):
    code, (_out, err) = said(capsys, "override", "crad.html")

    assert code == 2
    assert "did you mean card.html?" in err


def test_when_an_original_has_changed_check_warns_and_doctor_shows_the_change(site, capsys):
    main(["override", "card.html"])
    original = site / "site_src" / "templates" / ".originals" / "card.html"
    original.write_text("<!-- what it was -->\n" + original.read_text(encoding="utf-8"), encoding="utf-8")
    code, (_out, err) = said(capsys, "check", "--strict")
    assert code == 1
    assert "site_src/templates/card.html: warning[stale-override]" in err

    code, (out, _err) = said(capsys, "doctor")
    assert code == 1
    assert "-<!-- what it was -->\n" in out

    mine = (site / "site_src" / "templates" / "card.html").read_bytes()
    assert main(["override", "--applied", "card.html"]) == 0
    assert (site / "site_src" / "templates" / "card.html").read_bytes() == mine
    assert said(capsys, "doctor")[0] == 0
    assert main(["override", "--applied", "paper.html"]) == 2
    assert "copy it first" in capsys.readouterr().err
    assert said(capsys, "override", "--applied") == (
        2,
        ("", "labpress: expected the name of a template after --applied, found none\n"),
    )


def test_schemas_of_another_version_are_written_anew_only_when_told_to(site, capsys):
    schema = site / ".vscode" / "labpress" / "site.json"
    schema.write_text("{}", encoding="utf-8")
    code, (out, _err) = said(capsys, "doctor")
    assert code == 1
    assert "is from another version" in out
    assert schema.read_text(encoding="utf-8") == "{}"

    assert main(["doctor", "--fix"]) == 0
    assert json.loads(schema.read_text(encoding="utf-8"))["title"] == "site.yml"


def test_snippets_of_a_person_s_own_stay_among_those_of_labpress(site):
    snippets = site / ".vscode" / "labpress.code-snippets"
    ours = json.loads(snippets.read_text(encoding="utf-8"))
    mine = {"ours": {"prefix": "ours", "body": "venue: Our Seminar"}}
    snippets.write_text(json.dumps({**mine, "title": {}}), encoding="utf-8")

    assert main(["doctor", "--fix"]) == 0
    assert json.loads(snippets.read_text(encoding="utf-8")) == mine | ours


FORMS = {
    "with a comment": lambda data: b"// Mine, too.\n" + data,
    "formatted by an editor": lambda data: data.replace(b"\n ", b"\n    "),
    "in another encoding": lambda _data: '{"für uns": {"body": "venue: Unser Seminar"}}'.encode("latin-1"),
    "with the line ends of Windows": lambda data: data.replace(b"\n", b"\r\n"),
}


@pytest.mark.parametrize("form", FORMS)
def test_snippets_in_another_form_are_left_as_they_are(site, form):
    snippets = site / ".vscode" / "labpress.code-snippets"
    data = FORMS[form](snippets.read_bytes())
    snippets.write_bytes(data)

    assert main(["doctor", "--fix"]) == 0
    assert snippets.read_bytes() == data


@pytest.mark.parametrize("extras", ["", "[images]", "[images, other]"])
def test_a_workflow_with_another_version_is_named(extras, site, capsys):
    install(site, f"labpress{extras}==9.0")
    code, (out, _err) = said(capsys, "doctor")

    assert code == 1
    assert "pages.yml installs labpress 9.0" in out
    assert f"write  labpress{extras}=={__version__}  there" in out


@pytest.mark.parametrize(
    ("extras", "pictures", "libraries", "named"),
    [
        ("", "wide", True, True),
        ("", "first pages", True, True),
        ("", "narrow", True, False),
        ("", "wide", False, False),
        ("[images]", "wide", True, False),
    ],
)
def test_a_workflow_that_draws_less_than_a_person_sees_at_home_is_named(
    extras, pictures, libraries, named, site, monkeypatch, capsys
):
    if pictures == "first pages":
        with (site / "site_src" / "site.yml").open("a", encoding="utf-8") as file:
            file.write("features: {first_pages: true}\n")
    else:
        (site / "site_src" / "papers" / "x.png").write_bytes(png(900 if pictures == "wide" else 90))
    monkeypatch.setattr("labpress.edges.doctor.can_draw", lambda: libraries)
    install(site, f"labpress{extras}=={__version__}")
    code, (out, _err) = said(capsys, "doctor")

    assert (f'write  "labpress[images]=={__version__}"  there' in out) == named
    assert code == int(named)


def install(site, what):
    workflow = site / ".github" / "workflows" / "pages.yml"
    text = workflow.read_text(encoding="utf-8")
    workflow.write_text(text.replace(f"labpress=={__version__}", what), encoding="utf-8")


def png(width):
    """The first bytes of a picture so many pixels wide."""
    return b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR" + width.to_bytes(4, "big") + (60).to_bytes(4, "big")


def test_a_theme_of_the_sites_own_is_measured_against_the_shared_templates(site):
    from labpress.edges.disk import read_layers

    layers = read_layers(site / "site_src").value
    assert (
        overrides.builtin_templates(layers, "no-such-theme").keys()
        <= overrides.builtin_templates(layers, "journal").keys()
    )


@pytest.mark.usefixtures("site")
@pytest.mark.parametrize(("name", "meant"), [("card", "card.html"), ("papers.html", "paper.html"), ("nope.html", "")])
def test_a_template_that_is_none_may_be_a_slip(capsys, name, meant):
    assert main(["override", name]) == 2
    asked = f"; did you mean {meant}?" if meant else ""
    assert capsys.readouterr().err == f"labpress: there is no template {name}{asked}\n"
