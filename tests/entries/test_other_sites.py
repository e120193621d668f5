"""Papers of sites that other systems have made: what their files say, and the addresses they had."""

import pytest

from labpress.core.files import SourceFile
from labpress.edges.cli import main
from labpress.edges.commands.importing import OTHER_SYSTEMS
from labpress.entries.entry import read_entry
from labpress.entries.other_sites import SYSTEMS
from labpress.markup.settings import MarkupSettings
from tests.conftest import build_site

ACADEMICPAGES = """---
title: "Paper Title: $O(n)$ Number 1"
collection: publications
category: manuscripts
permalink: /publication/2009-10-01-paper-title-number-1
excerpt: 'This paper is about the number 1.'
date: 2009-10-01
venue: 'Journal 1'
slidesurl: 'https://example.org/files/slides1.pdf'
paperurl: 'https://example.org/files/paper1.pdf'
citation: 'Quist, A., &amp; M&uuml;ller, J. (2009). &quot;Paper Title Number 1.&quot; <i>Journal 1</i>. 1(1).'
---
This paper is about the **number** 1.
"""

HUGOBLOX = """---
title: "An example conference paper"
authors:
  - admin
  - Robert Ford
author_notes: ["Equal contribution"]
date: "2013-07-01T00:00:00Z"
doi: "10.1000/182"
publishDate: "2017-01-01T00:00:00Z"
publication_types: ["paper-conference"]
publication: In *Wowchemy Conference*
publication_short: In *ICW*
abstract: Lorem ipsum $x^2$ dolor.
tags: [Source Themes, Large Language Models]
featured: true
url_pdf: https://example.org/paper.pdf
url_code: https://github.com/HugoBlox/hugo-blox-builder
url_slides: ''
links:
  - name: Custom Link
    url: http://example.org
projects: []
---

{{% callout note %}}
Click the *Cite* button above.
{{% /callout %}}
"""

BIB = "@article{quist2019dust,\n  title={Dust},\n  author={Quist, Ada},\n  journal={Motes},\n  year={2019},\n  abbr={M},\n  code={https://example.org/c},\n  selected={true},\n  bibtex_show={true}\n}\n"


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    old = tmp_path / "old"
    for path, text in {
        "_publications/2009-10-01-paper-title-number-1.md": ACADEMICPAGES,
        "_publications/broken.md": "---\ntitle: [\n---\n",
        "content/publication/conference-paper/index.md": HUGOBLOX,
        "content/authors/admin/_index.md": "---\ntitle: José Müller\n---\n",
        "_bibliography/papers.bib": "---\n---\n" + BIB,
    }.items():
        (old / path).parent.mkdir(parents=True, exist_ok=True)
        (old / path).write_text(text, encoding="utf-8")
    return tmp_path


def entries_of(place):
    return {
        path.stem: read_entry(SourceFile(path.name, path.read_bytes()), MarkupSettings()).value
        for path in (place / "site_src" / "papers").glob("*.md")
    }


def test_the_option_names_every_system():
    assert set(OTHER_SYSTEMS) == set(SYSTEMS)


def test_academicpages(place, capsys):
    code = main(["import", "--from", "academicpages", "old"])
    ((_key, entry),) = entries_of(place).items()
    paper = entry.paper

    assert code == 1
    assert "old/_publications/broken.md" in capsys.readouterr().err
    assert [author.name.display for author in paper.authors] == ["A. Quist", "J. Müller"]
    assert (paper.date.iso, paper.type, paper.venue) == ("2009-10-01", "article", "Journal 1")
    assert paper.links == {
        "pdf": "https://example.org/files/paper1.pdf",
        "slides": "https://example.org/files/slides1.pdf",
    }
    assert paper.aliases == ("/publication/2009-10-01-paper-title-number-1",)
    assert entry.abstract.html.source == "<p>This paper is about the <strong>number</strong> 1.</p>"
    assert "<math" in entry.title.html.source


def test_hugoblox(place):
    assert main(["import", "--from", "hugoblox", "old"]) == 0
    ((_key, entry),) = entries_of(place).items()
    paper = entry.paper

    assert [author.name.display for author in paper.authors] == ["José Müller", "Robert Ford"]
    assert (paper.date.iso, paper.type, paper.venue, paper.doi) == (
        "2013-07-01",
        "conference",
        "Wowchemy Conference",
        "10.1000/182",
    )
    assert paper.links["code"] == "https://github.com/HugoBlox/hugo-blox-builder"
    assert "slides" not in paper.links
    assert paper.tags == ("Source Themes", "Large Language Models")
    assert paper.selected
    assert paper.aliases == ("/publication/conference-paper",)
    assert "<math" in entry.abstract.html.source


@pytest.mark.parametrize("system", ["al-folio", "jekyll-scholar"])
def test_a_bibliography_is_read_as_what_it_is(system, place):
    main(["import", "--from", system, "old"])
    ((key, entry),) = entries_of(place).items()

    assert key == "quist2019dust"
    assert (entry.paper.venue, entry.paper.selected, entry.paper.links) == (
        "Motes",
        True,
        {"code": "https://example.org/c"},
    )


FILES = {
    "academicpages": (
        "_publications/x.md",
        (
            "---\ntitle: T\nauthors: A B\ndate: 2020\npaperurl: '/files/p%20q.pdf'\nslidesurl: 'http://old.example.org/files/s.pdf'\n"
            "videourl: 'http://old.example.org/files/none.mp4'\ncodeurl: '/../secret.pdf'\n---\n"
        ),
        {"files/p q.pdf", "files/s.pdf"},
        {"pdf": "/files/p%20q.pdf", "slides": "/files/s.pdf", "video": "http://old.example.org/files/none.mp4"},
        {"code": "/../secret.pdf"},
    ),
    "al-folio": (
        "_bibliography/papers.bib",
        "@article{a2020b, title={T}, author={B, A}, year={2020}, pdf={t.pdf}, poster={/assets/p.pdf}, slides={none.pdf}}",
        {"assets/pdf/t.pdf", "assets/p.pdf"},
        {"pdf": "/assets/pdf/t.pdf", "poster": "/assets/p.pdf"},
        {"slides": "none.pdf"},
    ),
    "hugoblox": (
        "content/publication/np/index.md",
        "---\ntitle: T\nauthors: [A B]\ndate: 2020-01-01\nurl_slides: s.pdf\nurl_poster: uploads/p.pdf\n---\n",
        {"content/publication/np/np.pdf", "content/publication/np/s.pdf", "static/uploads/p.pdf"},
        {"pdf": "/publication/np/np.pdf", "slides": "/publication/np/s.pdf", "poster": "/uploads/p.pdf"},
        {},
    ),
}
"""System -> an entry of the old site, the files beside it, the links and the extra of the new entry."""


@pytest.mark.parametrize("system", FILES)
def test_files_move_along_and_keep_their_addresses(system, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    name, text, files, links, extra = FILES[system]
    (tmp_path / "secret.pdf").write_bytes(b"secret")
    old = {name: text, "_config.yml": 'title: x\nurl: "http://old.example.org"\n'} | dict.fromkeys(files, "%PDF")
    for path, data in old.items():
        (tmp_path / "old" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "old" / path).write_text(data, encoding="utf-8")

    assert main(["import", "--from", system, "old", "--dry-run"]) == 0
    assert not (tmp_path / "site_src").exists()
    assert main(["import", "--from", system, "old"]) == 0
    assert f"{len(files)} files copied to site_src/static/" in capsys.readouterr().out
    ((_key, entry),) = entries_of(tmp_path).items()
    assert entry.paper.links == links
    assert entry.paper.extra == extra
    report = build_site(tmp_path / "site_src", tmp_path / "_site")
    assert report.diagnostics == ()
    for address in (one for one in links.values() if one.startswith("/")):
        assert (tmp_path / "_site" / address.replace("%20", " ")[1:]).read_text() == "%PDF"
    (tmp_path / "site_src" / "static" / next(iter(links.values())).replace("%20", " ")[1:]).write_text("mine")
    assert main(["import", "--from", system, "old"]) == 0
    assert "mine" in {path.read_text() for path in (tmp_path / "site_src" / "static").rglob("*") if path.is_file()}


def test_a_featured_picture_moves_along(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    bundle = tmp_path / "old" / "content" / "publication" / "np"
    bundle.mkdir(parents=True)
    (bundle / "index.md").write_text("---\ntitle: T\nauthors: [A B]\ndate: 2020\n---\n", encoding="utf-8")
    (bundle / "featured.jpg").write_bytes(b"jpg")

    assert main(["import", "--from", "hugoblox", "old"]) == 0

    ((_key, entry),) = entries_of(tmp_path).items()
    assert entry.paper.image == "/publication/np/featured.jpg"
    assert (tmp_path / "site_src" / "static" / entry.paper.image[1:]).read_bytes() == b"jpg"


def test_moving_again_changes_no_byte_and_old_addresses_lead_on(place):
    main(["import", "--from", "hugoblox", "old"])
    before = {path: path.read_bytes() for path in (place / "site_src").rglob("*") if path.is_file()}
    main(["import", "--from", "hugoblox", "old"])
    report = build_site(place / "site_src", place / "_site")

    assert {path: path.read_bytes() for path in (place / "site_src").rglob("*") if path.is_file()} == before
    assert report.diagnostics == ()
    assert "refresh" in (place / "_site" / "publication" / "conference-paper" / "index.html").read_text(
        encoding="utf-8"
    )


@pytest.mark.usefixtures("place")
def test_a_folder_that_is_no_such_site_is_said_to_be_none(capsys):
    assert main(["import", "--from", "hugoblox", "site_src"]) == 1
    assert "expected a site of hugoblox" in capsys.readouterr().err
