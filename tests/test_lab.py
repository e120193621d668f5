"""The fabricated lab, built: every link leads somewhere, every file is what it was."""

import json
import posixpath
import re
import shutil
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup

from benchmarks.corpus import make_lab, write_lab
from labpress.core.diagnostics import has_errors
from labpress.render.compiling import FastCode
from labpress.render.environment import Renderer
from tests.conftest import TESTS, build_site
from tests.spec_files import UPDATE

GOLDEN = TESTS / "golden" / "lab"
TEXT = (".html", ".xml", ".json", ".bib", ".ris", ".txt")


def files_of(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def test_the_lab_looks_as_it_did(lab):
    """Golden files: LABPRESS_UPDATE=1 writes them, git shows what has changed, and a file without a page fails."""
    actual = {path: data for path, data in files_of(lab).items() if path.endswith(TEXT)}
    if UPDATE:
        shutil.rmtree(GOLDEN, ignore_errors=True)
        for path, data in actual.items():
            (GOLDEN / path).parent.mkdir(parents=True, exist_ok=True)
            (GOLDEN / path).write_bytes(data)
    expected = files_of(GOLDEN)

    assert sorted(actual) == sorted(expected)
    for path, data in actual.items():
        assert data.decode() == expected[path].decode(), path


def test_two_builds_give_the_same_bytes(lab, tmp_path):
    build_site(TESTS / "lab", tmp_path / "_site")

    assert files_of(tmp_path / "_site") == files_of(lab)


@pytest.mark.parametrize("theme", ["journal", "lab", "plain"])
def test_built_in_templates_ask_views_for_nothing_but_attributes(theme, tmp_path, monkeypatch):
    """Or every page would be made twice, the second time with care."""
    shutil.copytree(TESTS / "lab", tmp_path / "lab")
    settings = tmp_path / "lab" / "site.yml"
    settings.write_text(settings.read_text(encoding="utf-8") + f"\ntheme: {theme}\n", encoding="utf-8")
    made = Renderer.environment_of

    def without_care(renderer, code):
        assert code is FastCode
        return made(renderer, code)

    monkeypatch.setattr(Renderer, "environment_of", without_care)

    assert not has_errors(build_site(tmp_path / "lab", tmp_path / "_site").diagnostics)


def addresses(html: str) -> list[str]:
    """Every address that a page links to or loads."""
    soup = BeautifulSoup(html, "html.parser")
    found = []
    for attribute in ("href", "src", "poster", "data"):
        found += [element[attribute] for element in soup.find_all(attrs={attribute: True})]
    for element in soup.find_all(attrs={"srcset": True}):
        found += [part.split()[0] for part in element["srcset"].split(",")]
    return found


def ids(html: str) -> set[str]:
    return {element["id"] for element in BeautifulSoup(html, "html.parser").find_all(id=True)}


def broken_links(site: Path, base: str) -> list[str]:
    """Links of every page that lead to no file when the site is served at ``base``."""
    broken = []
    anchors: dict[Path, set[str]] = {}
    for page in sorted(site.rglob("*.html")):
        here = base + page.relative_to(site).as_posix().removesuffix("index.html")
        for address in addresses(page.read_text(encoding="utf-8")):
            target = urlsplit(urljoin(f"http://site{here}", address))
            if target.scheme not in ("http", "https") or target.hostname != "site":
                continue
            file = site / unquote(target.path).removeprefix(base)
            file = file / "index.html" if target.path.endswith("/") else file
            if not unquote(target.path).startswith(base) or not file.is_file():
                broken.append(f"{here}: {address}")
            elif target.fragment:
                if file not in anchors:
                    anchors[file] = ids(file.read_text(encoding="utf-8"))
                if unquote(target.fragment) not in anchors[file]:
                    broken.append(f"{here}: {address}")
    return broken


def broken_relative_links(site: Path) -> list[str]:
    """The same for thousands of pages of labpress's own making: every link is relative, so no base path can break it."""
    files = set(files_of(site))
    broken = []
    for page in sorted(site.rglob("*/index.html")):
        folder = page.parent.relative_to(site).as_posix()
        for address in set(re.findall(r' (?:href|src)="([^"#]+)', page.read_text(encoding="utf-8"))):
            if not address.startswith(("https://", "http://")):
                path = posixpath.normpath(posixpath.join(folder, address))
                target = posixpath.normpath(f"{path}/index.html") if address.endswith("/") else path
                if target not in files:
                    broken.append(f"{folder}: {address}")
    return broken


@pytest.mark.parametrize("base", ["/", "/repo/", "/a/b/"])
def test_every_link_of_the_lab_leads_somewhere(tmp_path, base):
    build_site(TESTS / "lab", tmp_path / "_site", base_url=f"https://lab.example.org{base}")

    assert broken_links(tmp_path / "_site", base) == []


def test_a_thousand_papers_build_without_a_word_and_every_link_leads_somewhere(tmp_path):
    write_lab(make_lab(1000), tmp_path / "content")
    report = build_site(tmp_path / "content", tmp_path / "_site", base_url="https://lab.example.org/repo/")

    assert report.diagnostics == ()
    assert len(list((tmp_path / "_site" / "papers").glob("*/index.html"))) >= 1000
    assert broken_relative_links(tmp_path / "_site") == []


def test_a_folder_with_nothing_but_papers_builds_with_defaults(tmp_path):
    papers = tmp_path / "content" / "papers"
    papers.mkdir(parents=True)
    (papers / "lift.md").write_text("---\ntitle: LIFT\n---\n", encoding="utf-8")
    report = build_site(tmp_path / "content", tmp_path / "_site")

    assert report.diagnostics == ()
    assert "LIFT" in (tmp_path / "_site" / "index.html").read_text(encoding="utf-8")
    assert broken_links(tmp_path / "_site", "/") == []


def test_a_folder_without_papers_builds(tmp_path):
    (tmp_path / "content").mkdir()
    report = build_site(tmp_path / "content", tmp_path / "_site")

    assert report.diagnostics == ()
    assert broken_links(tmp_path / "_site", "/") == []


def test_drafts_are_nowhere(lab):
    assert not [
        path for path, data in files_of(lab).items() if b"Not for your eyes" in data or "quist2021draft" in path
    ]


def test_a_paper_that_is_not_out_yet_comes_first(lab):
    text = (lab / "papers" / "index.html").read_text(encoding="utf-8")

    assert text.index("What comes next") < text.index("Droplets at scale") < text.index("A paper without much")


def test_an_orcid_id_that_only_people_yml_knows_is_in_the_json_ld_of_the_paper(lab):
    page = BeautifulSoup((lab / "papers/mueller2023rain/index.html").read_bytes(), "html.parser")
    node = json.loads(page.find("script", type="application/ld+json").string)

    assert [author.get("@id") for author in node["author"]] == [None, "https://orcid.org/0000-0002-1825-0097"]
