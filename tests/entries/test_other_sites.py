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


NEWER_HUGOBLOX = """---
title: Provably Safe
authors: [me, Stefan Mitsch, Jane Roe]
author_notes: ['', Corresponding author]
date: "2024-12-10T00:00:00Z"
publication_types: ["paper-conference"]
publication: {name: "In *Proceedings of Safety*", short_name: PoS}
abstract: |
  We show
  that it is safe.
draft: true
hugoblox:
  ids: {doi: https://doi.org/10.1000/182, arxiv: 2402.10998v2}
links:
  - {type: pdf, url: paper.pdf}
  - {type: code, url: https://github.com/x/y}
  - {type: dataset, url: ""}
  - {type: project, url: https://x.github.io}
  - {type: preprint, provider: arxiv, id: 2402.10998v2}
  - {type: custom, label: Online Appendix, url: https://x.org/appendix}
image: {caption: no matter, alt_text: Two cars}
aliases: [/p/safe, /p/older/]
---
What the lab says of it.
"""


def paper_of(place, system, files):
    """The one entry that a site of these files gives."""
    for path, text in files.items():
        (place / "old" / path).parent.mkdir(parents=True, exist_ok=True)
        (place / "old" / path).write_text(text, encoding="utf-8")
    assert main(["import", "--from", system, "old"]) == 0
    ((key, entry),) = entries_of(place).items()
    assert main(["import", "--from", system, "old"]) == 0
    assert build_site(place / "site_src", place / "_site").diagnostics == ()
    return key, entry


@pytest.fixture
def empty(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_newer_form_of_hugoblox(empty):
    folder = "content/publications/safe"
    key, entry = paper_of(
        empty,
        "hugoblox",
        {
            f"{folder}/index.md": NEWER_HUGOBLOX,
            f"{folder}/paper.pdf": "%PDF",
            f"{folder}/featured.png": "png",
            "data/authors/me.yaml": "name: {display: Sivan Han, given: Sivan}\naffiliations: [{name: Uni}]\n",
        },
    )
    paper = entry.paper

    assert key == "han2024provably"
    assert [author.name.display for author in paper.authors] == ["Sivan Han", "Stefan Mitsch", "Jane Roe"]
    assert (paper.venue, paper.doi, paper.arxiv) == ("Proceedings of Safety", "10.1000/182", "2402.10998")
    assert paper.links == {
        "code": "https://github.com/x/y",
        "website": "https://x.github.io",
        "Online Appendix": "https://x.org/appendix",
        "pdf": "/publications/safe/paper.pdf",
    }
    assert (paper.image, paper.image_alt) == ("/publications/safe/featured.png", "Two cars")
    assert paper.aliases == ("/p/safe", "/p/older")
    assert paper.extra == {"author_notes": "Stefan Mitsch: Corresponding author"}
    assert paper.draft  # What was hidden stays hidden.
    assert entry.abstract.html.source == "<p>We show that it is safe.</p>"
    assert "What the lab says of it." in (empty / "site_src" / "papers" / f"{key}.md").read_text().split("## Notes")[1]


def test_a_paper_of_hugoblox_without_an_address_of_its_own_had_that_of_its_folder(empty):
    _key, entry = paper_of(empty, "hugoblox", {"content/publications/x/index.md": "---\ntitle: T\ndate: 2020\n---\n"})

    assert entry.paper.aliases == ("/publications/x",)


def test_toml_is_told_how_to_become_yaml(empty, capsys):
    (empty / "old" / "content" / "publication" / "x").mkdir(parents=True)
    (empty / "old" / "content" / "publication" / "x" / "index.md").write_text('+++\ntitle = "T"\n+++\n')

    assert main(["import", "--from", "hugoblox", "old"]) == 1
    assert "expected front matter in YAML, found TOML" in (said := capsys.readouterr().err)
    assert "hugo convert toYAML" in said


def test_what_academicpages_writes_below_an_abstract_is_no_part_of_it(empty):
    text = ACADEMICPAGES.replace("category: manuscripts\n", "redirect_from: [/old/one, /old/two]\n") + (
        "\n[Download paper here](http://x.org/p.pdf)\n\nRecommended citation: Quist, A. (2009). <i>J</i>.\n"
    )
    _key, entry = paper_of(
        empty, "academicpages", {"_publications/x.md": text.replace("Journal 1'", "Journal of Dust'")}
    )

    assert entry.abstract.html.source == "<p>This paper is about the <strong>number</strong> 1.</p>"
    assert entry.paper.type == "article"
    assert set(entry.paper.aliases) == {"/publication/2009-10-01-paper-title-number-1", "/old/one", "/old/two"}


def test_without_a_text_the_excerpt_is_the_abstract(empty):
    text = ACADEMICPAGES.partition("This paper is about the **")[0]
    _key, entry = paper_of(empty, "academicpages", {"_publications/x.md": text})

    assert entry.abstract.html.source == "<p>This paper is about the number 1.</p>"


def test_pictures_of_al_folio_move_along(empty):
    bib = BIB.replace("abbr={M}", "preview={dust.gif}")
    _key, entry = paper_of(
        empty,
        "al-folio",
        {"_bibliography/papers.bib": bib, "assets/img/publication_preview/dust.gif": "GIF89a\x01\0\x01\0\0\0\0;"},
    )

    assert entry.paper.image == "/assets/img/publication_preview/dust.gif"
    assert entry.paper.extra == {}


def test_jekyll_scholar_says_where_its_bibliography_and_its_papers_are(empty):
    settings = "url: https://x.org\nscholar:\n  style: apa\n  source: ./bib/\n  repository: pdfs\n"
    files = {"_config.yml": settings, "bib/references.bib": BIB, "pdfs/quist2019dust.pdf": "%PDF"}
    _key, entry = paper_of(empty, "jekyll-scholar", files)

    assert entry.paper.links["pdf"] == "/pdfs/quist2019dust.pdf"


@pytest.mark.parametrize("source", ["../secret", "/", ".", "''", "[a, b]"])
def test_a_bibliography_is_looked_for_in_the_site_only(source, empty, capsys):
    (empty / "secret").mkdir()
    (empty / "secret" / "x.bib").write_text(BIB)
    (empty / "old").mkdir()
    (empty / "old" / "_config.yml").write_text(f"scholar:\n  source: {source}\n")

    assert main(["import", "--from", "jekyll-scholar", "old"]) == 1
    assert "found nothing at " in capsys.readouterr().err
    assert not (empty / "site_src" / "papers").exists()


@pytest.mark.parametrize("name", ["**x", "[a]", "a?", "{bibliography}", "x y"])
def test_a_bibliography_may_lie_in_a_folder_of_any_name(name, empty):
    settings = f'scholar:\n  source: "{name}"\n'

    assert paper_of(empty, "al-folio", {"_config.yml": settings, f"{name}/a.bib": BIB})


@pytest.mark.parametrize("linked", ["_bibliography/other.bib", "_bibliography/deep", "_config.yml"])
def test_a_link_that_leads_out_of_the_site_is_told_of_and_not_read(linked, empty, capsys):
    (empty / "secret").mkdir()
    (empty / "secret" / "x.bib").write_text(BIB.replace("Dust", "Secrets"), encoding="utf-8")
    (empty / "old" / "_bibliography").mkdir(parents=True)
    (empty / "old" / "_bibliography" / "papers.bib").write_text(BIB, encoding="utf-8")
    target = empty / "secret" if linked.endswith("deep") else empty / "secret" / "x.bib"
    (empty / "old" / linked).symlink_to(target)

    assert main(["import", "--from", "al-folio", "old"]) == 0
    assert list(entries_of(empty)) == ["quist2019dust"]
    assert ("outside-link" in capsys.readouterr().err) == (target.name == "x.bib")


@pytest.mark.parametrize("name", ["x" * 300, "loop"])
def test_a_file_that_cannot_be_is_no_file_of_a_paper(name, empty):
    (empty / "old").mkdir()
    (empty / "old" / "loop").symlink_to("loop")
    _key, entry = paper_of(empty, "al-folio", {"_bibliography/a.bib": BIB.replace("abbr={M}", f"pdf={{{name}}}")})

    assert "pdf" not in entry.paper.links


def test_addresses_that_nobody_can_read_are_addresses_of_no_file(empty):
    files = {
        "_config.yml": "url: 'http://[x'\n",
        "_bibliography/papers.bib": BIB.replace("abbr={M}", "url={http://[y/z.pdf}, pdf={http://[z.pdf}"),
    }
    _key, entry = paper_of(empty, "al-folio", files)

    assert entry.paper.links == {"code": "https://example.org/c"}


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
