"""Importing a file again: what a lab does to its files, its folders and its versions in between."""

from __future__ import annotations

from pathlib import Path

import pytest

from labpress.edges.importer import import_sources
from labpress.edges.library import LOCK_NAME

PAPER = """@article{key, title={Gadgets in the Open Field}, author={Bo Ek and Cy Dole}, year=2022, journal={JB},
  doi={10.1234/gg}}
"""
CORRECTED = PAPER.replace("{JB}", "{JC}").replace("doi={10.1234/gg}", "note={ours}")


@pytest.fixture
def lab(tmp_path, monkeypatch) -> Path:
    """A folder with seeds/p.bib, imported once from there."""
    monkeypatch.chdir(tmp_path)
    Path("seeds").mkdir()
    Path("seeds/p.bib").write_text(PAPER)
    imported("seeds/p.bib")
    return tmp_path


OTHERS = "".join(
    f"@article{{o{number}, title={{{title}}}, author={{Bo Ek}}, year=2020}}\n"
    for number, title in enumerate(["Apples of the North", "Bears in the Snow"])
)


def imported(*sources: str, content: str = "site_src") -> str:
    """Imports, and gives the only entry."""
    _done, faults = import_sources(Path(content), sources, None)
    assert faults == ()
    (entry,) = Path(content, "papers").glob("*.md")
    return entry.read_text()


def test_a_file_is_one_source_however_it_is_named(lab, monkeypatch):
    lock = Path("site_src", LOCK_NAME).read_bytes()
    imported(f"{lab}/seeds/p.bib")
    monkeypatch.chdir("seeds")
    imported("p.bib", content="../site_src")
    monkeypatch.chdir(lab)
    assert Path("site_src", LOCK_NAME).read_bytes() == lock

    Path("seeds/p.bib").write_text(CORRECTED)
    entry = imported(f"{lab}/seeds/../seeds/p.bib")
    assert "venue: JC\n" in entry
    assert "doi:" not in entry


@pytest.mark.usefixtures("lab")
def test_a_correction_comes_in_though_another_file_has_been_imported_since():
    Path("once.bib").write_text(PAPER)
    imported("once.bib")
    Path("seeds/p.bib").write_text(CORRECTED)

    assert "venue: JC\n" in imported("seeds/p.bib")
    assert "venue: JC\n" in imported("once.bib")


@pytest.mark.usefixtures("lab")
def test_a_lock_file_with_the_line_ends_of_windows_is_left_as_it_is():
    lock = Path("site_src", LOCK_NAME)
    data = lock.read_bytes().replace(b"\n", b"\r\n")
    lock.write_bytes(data)
    imported("seeds/p.bib")

    assert lock.read_bytes() == data


@pytest.mark.parametrize("moved", [True, False])
def test_a_file_that_was_moved_is_the_same_source(lab, moved):
    Path("seeds/p.bib").write_text(PAPER + OTHERS)
    import_sources(Path("site_src"), ["seeds/p.bib"], None)
    Path("papers.bib").write_text(CORRECTED + OTHERS)
    if moved:
        Path("seeds/p.bib").unlink()
    _done, faults = import_sources(Path("site_src"), ["papers.bib"], None)
    entry = (lab / "site_src/papers/ek2022gadgets.md").read_text()

    assert faults == ()
    assert "venue: JC\n" in entry
    assert ("doi:" in entry) is not moved
    assert (b"seeds/p.bib" in Path("site_src", LOCK_NAME).read_bytes()) is not moved


def test_another_file_of_the_same_papers_is_another_source(lab):
    Path("seeds/p.bib").unlink()
    Path("papers.bib").write_text(CORRECTED)
    entry = imported("papers.bib")

    assert "doi:" in entry
    assert lab.joinpath("site_src", LOCK_NAME).read_bytes().count(b".bib") == 2


EXPORTED = {
    "bib": """@article{ek2022gadgets, title={Gadgets in the Open Field}, author={Ek, Bo and Dole, Cy}, year=2022, journal={JB},
  eprint={2201.00001}, archivePrefix={arXiv}, url={https://lab.example.org/papers/ek2022gadgets/}, language={en},
  pdf={https://arxiv.org/pdf/2201.00001}, website={https://gadgets.example.org/}}""",
    "ris": """TY  - JOUR
TI  - Gadgets in the Open Field
AU  - Ek, Bo
AU  - Dole, Cy
PY  - 2022
T2  - JB
UR  - https://lab.example.org/papers/ek2022gadgets/
UR  - https://arxiv.org/abs/2201.00001
L1  - https://arxiv.org/pdf/2201.00001
LA  - en
ER  -
""",
    "json": """[{"type": "article-journal", "title": "Gadgets in the Open Field", "container-title": "JB", "language": "en",
  "author": [{"family": "Ek", "given": "Bo"}, {"family": "Dole", "given": "Cy"}], "issued": {"date-parts": [[2022]]},
  "URL": "https://lab.example.org/papers/ek2022gadgets/", "custom": {"arxiv": "2201.00001", "links": {
  "website": "https://gadgets.example.org/", "pdf": "https://lab.example.org/papers/ek2022gadgets/ek2022gadgets.pdf"}}}]""",
}


@pytest.mark.parametrize("form", EXPORTED)
def test_what_the_site_itself_adds_to_an_export_does_not_come_back(lab, form):
    Path("site_src/site.yml").write_text("title: Lab\nurl: https://lab.example.org/\n")
    entry = lab / "site_src/papers/ek2022gadgets.md"
    links = "arxiv: '2201.00001'\nlinks:\n  website: https://gadgets.example.org/\n---\n"
    entry.write_text("---\n".join(entry.read_text().replace("doi: 10.1234/gg\n", "").split("---\n")[:2]) + links)
    before = entry.read_text()
    Path(f"export.{form}").write_text(EXPORTED[form])

    assert imported(f"export.{form}") == before


@pytest.mark.usefixtures("lab")
def test_the_address_of_a_page_that_the_site_does_not_have_stays():
    Path("site_src/site.yml").write_text("title: Lab\nurl: https://lab.example.org/\nlanguage: de\n")
    old = "url={https://lab.example.org/papers/2022-gadgets.pdf}, language={english}}"
    Path("seeds/p.bib").write_text(PAPER.replace("doi={10.1234/gg}}", old))

    entry = imported("seeds/p.bib")
    assert "pdf: https://lab.example.org/papers/2022-gadgets.pdf\n" in entry
    assert "language: en\n" in entry
