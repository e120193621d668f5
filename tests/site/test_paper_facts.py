"""What a paper's page says of where the paper is."""

import pytest
from bs4 import BeautifulSoup

from labpress.entries.paper import Paper
from labpress.site.kinds.papers import published_in
from labpress.site.words import ENGLISH
from tests.conftest import build_site


@pytest.mark.parametrize(
    ("facts", "shown"),
    [
        ({"edition": "3"}, "3rd edition"),
        ({"edition": "1"}, "1st edition"),
        ({"edition": "12th"}, "12th edition"),
        ({"edition": "Second edition"}, "Second edition"),
        ({"volume": "3", "issue": "4-5", "pages": "6--7"}, "Volume 3, issue 4–5, pages 6–7"),
        ({"issue": "4–5"}, "Issue 4–5"),
        ({"issue": "Suppl-1"}, "Issue Suppl-1"),
        ({"pages": "S12-S14"}, "Pages S12–S14"),
    ],
)
def test_numbers_stand_as_they_do_in_references(facts, shown):
    assert published_in(Paper(id="x", path="x.md", title="T", **facts), ENGLISH) == shown


@pytest.mark.parametrize(
    ("doi", "address"),
    [
        ("10.1000/456#789", "https://doi.org/10.1000/456%23789"),
        ("10.1073/pnas.0<9>", "https://doi.org/10.1073/pnas.0%3C9%3E"),
        ("10.1002/(sici)1-2;3", "https://doi.org/10.1002/(sici)1-2;3"),
    ],
)
def test_a_doi_is_linked_by_an_address_that_resolves_it(tmp_path, doi, address):
    (tmp_path / "content" / "papers").mkdir(parents=True)
    (tmp_path / "content" / "papers" / "one.md").write_text(f'---\ntitle: One\ndoi: "{doi}"\n---\n')
    build_site(tmp_path / "content", tmp_path / "_site")
    shown = BeautifulSoup((tmp_path / "_site" / "papers" / "one" / "index.html").read_text(), "html.parser")

    linked = [one["href"] for one in shown.select("main a[href]") if "doi.org" in one["href"]]
    assert set(linked) == {address}
    assert len(linked) > 1


def test_a_title_says_its_language_wherever_it_stands_if_it_is_not_the_sites(tmp_path):
    """Lists, related papers, neighbours and the list to be printed: each has the words of the site around it."""
    (tmp_path / "content" / "papers").mkdir(parents=True)
    (tmp_path / "content" / "site.yml").write_text("features: {print: true}\n")
    tags = "tags: [dust of the walls, walls of the dust]\nauthors: [Ada Quist, Bo Lind]"
    for year, title, language in ((2020, "Dust", "en"), (2021, "Staub", "de"), (2022, "Sand", "")):
        text = f"---\ntitle: {title}\nlanguage: {language}\ndate: {year}\n{tags}\n---\n\nStaub und Sand.\n"
        (tmp_path / "content" / "papers" / f"{title.lower()}.md").write_text(text)
    build_site(tmp_path / "content", tmp_path / "_site")

    def marked(path):
        shown = BeautifulSoup((tmp_path / "_site" / path / "index.html").read_text(), "html.parser")
        return [(one["lang"], one.get_text()) for one in shown.select("main [lang]")]

    assert marked("papers") == marked("print") == [("de", "Staub")]
    assert marked("papers/sand") == [("de", "Staub"), ("de", "Staub")], "related, and older"
    own = [("en", "Dust"), ("en", "Staub und Sand.")]
    assert marked("papers/dust") == [*own, ("de", "Staub"), ("de", "Staub")], "related, and newer"
