"""All papers by title and by venue: every paper once, under the right heading, on pages that lead to each other."""

import pytest
from bs4 import BeautifulSoup

from tests.conftest import build_site

PAPERS = {
    "a": "title: zebras\nvenue: NeurIPS 2022\ndate: 2022",
    "b": "title: Ärzte und Apfel\nvenue: Journal of Dust\ndate: 2020",
    "c": "title: '3 mice'\nvenue: NeurIPS 2019\ndate: 2019",
    "d": "title: '«Ants»'\ntype: thesis\ndate: 2021",
    "e": "title: 雨\ndate: 2018",
    "f": "title: '…'\nvenue: journal of dust\ndate: 2024",
}


@pytest.fixture
def built(tmp_path):
    def build(papers=PAPERS, settings=""):
        folder = tmp_path / "content"
        for name, said in papers.items():
            (folder / "papers").mkdir(parents=True, exist_ok=True)
            (folder / "papers" / f"{name}.md").write_text(f"---\n{said}\n---\n", encoding="utf-8")
        (folder / "site.yml").write_text(settings)
        assert build_site(folder, tmp_path / "_site").diagnostics == ()
        return tmp_path / "_site"

    return build


def read(page):
    return BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")


def groups(page):
    """Heading with its count -> titles below it."""
    return {
        " ".join(group.h2.get_text(" ").split()): [title.get_text() for title in group.select("h3")]
        for group in read(page).select("section.group")
    }


def orders(page):
    """Label -> whether it is the current one."""
    return {link.get_text(): link.has_attr("aria-current") for link in read(page).select(".tools nav a")}


def test_by_title_figures_and_signs_come_together_and_no_letter_twice(built):
    assert groups(built() / "by-title/index.html") == {
        "# 2 papers": ["…", "3 mice"],
        "A 2 papers": ["«Ants»", "Ärzte und Apfel"],
        "Y 1 paper": ["雨"],
        "Z 1 paper": ["zebras"],
    }


def test_by_venue_years_do_not_count_and_papers_without_one_come_last(built):
    assert groups(built() / "by-venue/index.html") == {
        "Journal of Dust 2 papers": ["…", "Ärzte und Apfel"],
        "NeurIPS 2 papers": ["zebras", "3 mice"],
        "Other 1 paper": ["雨"],
        "Thesis 1 paper": ["«Ants»"],
    }


def test_each_order_leads_to_the_others(built):
    site = built()

    assert orders(site / "papers/index.html") == {"Date": True, "Title": False, "Venues": False}
    assert orders(site / "by-title/index.html") == {"Date": False, "Title": True, "Venues": False}


def test_long_lists_have_pages_in_every_order_and_count_whole_groups(built):
    site = built(settings="per_page: 3\n")
    first, second = (groups(site / "by-title" / page / "index.html") for page in ("", "page/2"))

    assert [sum(map(len, page.values())) for page in (first, second)] == [3, 3]
    assert list(first) == ["# 2 papers", "A 2 papers"]
    assert list(second) == ["A 2 papers", "Y 1 paper", "Z 1 paper"]


@pytest.mark.parametrize(
    ("settings", "expected"),
    [("features: {orders: false}", {}), ("features: {venues: false}", {"Date": True, "Title": False})],
)
def test_a_site_has_the_orders_that_it_wants(built, settings, expected):
    site = built(settings=f"{settings}\n")

    assert orders(site / "papers/index.html") == expected
    assert (site / "by-title").exists() == bool(expected)
    assert not (site / "by-venue").exists()


def test_one_paper_needs_no_order(built):
    site = built({"a": "title: Alone"})

    assert orders(site / "papers/index.html") == {}
    assert not (site / "by-title").exists()


def test_the_list_for_paper_is_one_of_the_orders_and_has_a_title_of_its_own(built):
    site = built(settings="features: {print: true, orders: false}")

    assert orders(site / "papers/index.html") == {"Date": True, "Type": False}
    pages = [read(site / name / "index.html") for name in ("papers", "print")]
    assert len({page.title.string for page in pages}) == 2


def test_every_letter_of_the_index_of_authors_comes_once_and_each_script_has_its_own(built):
    names = [
        "Zoe Zwick",
        "王小明",
        "Αριστοτέλης Ωνάσης",
        "Άννα Ωρίων",
        "Иван Плотников",
        "سلمان خان",
        "Ann Wei",
        "Al 3rd",
    ]
    tree = read(built({"a": f"title: All\nauthors: {names}"}) / "authors/index.html")

    letters = [link.get_text() for link in tree.select(".letters a")]
    assert letters == ["#", "W", "Z", "Ω", "П", "خ"]
    assert [
        tree.select_one(link["href"].replace(":", r"\:")).get_text() for link in tree.select(".letters a")
    ] == letters
    assert [len(group.select(".index a")) for group in tree.select(".group")] == [1, 2, 1, 2, 1, 1]


def test_the_list_for_paper_is_in_the_menu_where_it_is_the_only_one(built):
    site = built(settings="features: {print: true, papers: false}")

    links = [(link.get_text(), link["href"]) for link in read(site / "index.html").select(".masthead li a")]
    assert links[0] == ("Papers", "./print/")


@pytest.mark.parametrize("path", ["papers", "by-title", "by-venue", "authors/ada-quist"])
def test_each_page_of_a_list_has_a_description_of_its_own(built, path):
    papers = {name: f"{said}\nauthors: [Ada Quist]" for name, said in PAPERS.items()}
    site = built(papers, "per_page: 3\n")
    pages = [read(site / path / page / "index.html") for page in ("", "page/2")]
    first, second = [page.select_one('meta[name="description"]')["content"] for page in pages]

    assert second == first.replace(" · Publications", " · page 2 of 2 · Publications")
    assert "page 2 of 2" in second
