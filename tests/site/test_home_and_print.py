"""News on the home page, and the list of all papers for a CV."""

from bs4 import BeautifulSoup

from tests.conftest import build_site


def page(site, path):
    return BeautifulSoup((site / path).read_text(encoding="utf-8"), "html.parser")


def text(element):
    return " ".join(element.get_text(" ").split())


def test_the_latest_news_stand_on_the_home_page_and_lead_to_their_own(lab):
    news = page(lab, "index.html").select(".news li")

    assert [text(one) for one in news] == [
        "3 February 2026 We have a new microscope",
        "20 November 2025 Ada speaks at RainConf",
    ]
    for one in news:
        assert page(lab, f"{one.a['href']}index.html").h1
    assert not page(lab, "index.html").select('nav a[href*="news/"]')


def test_as_many_news_as_the_site_wants_and_those_without_a_date_last(tmp_path):
    folder = tmp_path / "content" / "pages" / "news"
    folder.mkdir(parents=True)
    for number, date in enumerate(("2024", "2025-01", "", "2024-12-31")):
        (folder / f"n{number}.md").write_text(f"---\ntitle: News {number}\n{date and f'date: {date}'}\n---\n")
    (tmp_path / "content" / "site.yml").write_text("home: {news: 4}\n")
    report = build_site(tmp_path / "content", tmp_path / "_site")
    assert [text(one) for one in page(tmp_path / "_site", "index.html").select(".news a")] == [
        "News 1",
        "News 3",
        "News 0",
        "News 2",
    ]
    assert report.diagnostics == ()

    (tmp_path / "content" / "site.yml").write_text("home: {news: 0}\n")
    build_site(tmp_path / "content", tmp_path / "_site")
    assert not page(tmp_path / "_site", "index.html").select(".news")


def test_every_paper_is_printed_once_by_type(lab):
    printed = page(lab, "print/index.html")
    headings = [text(one) for one in printed.select("section h2")]

    assert headings[0].startswith("Journal article")
    assert len(set(headings)) == len(headings)
    listed = [link["href"] for link in printed.select("section li > a")]
    assert sorted(set(listed)) == sorted(listed)
    assert len(listed) == len(list(lab.glob("papers/*/index.html")))
    assert text(printed.select_one("section li")).startswith("A. Quist . What comes next . Journal of Small Things")


def test_each_sentence_of_a_printed_paper_has_one_end_and_a_capital(tmp_path):
    (tmp_path / "content" / "papers").mkdir(parents=True)
    papers = (
        "title: I sing\nauthors: [Ada Quist]\n",
        "title: Do birds sing?\nvenue: Ibis\n",
        "title: They do\nvenue: Ibis\n",
        "title: We sing\nauthors: [Martin Luther King Jr.]\nvenue: Proc. Natl. Acad. Sci.\nstatus: to appear\n",
        "title: All sing\nauthors: [Ada Quist]\net_al: true\naward: Won!\n",
    )
    for number, facts in enumerate(papers):
        (tmp_path / "content" / "papers" / f"{number}.md").write_text(f"---\n{facts}---\n")
    (tmp_path / "content" / "site.yml").write_text("features: {print: true}\n")
    build_site(tmp_path / "content", tmp_path / "_site")
    listed = page(tmp_path / "_site", "print/index.html").select("section li")

    assert sorted([" ".join(one.get_text().split()) for one in listed]) == [
        "Ada Quist, et al. All sing. Won!",
        "Ada Quist. I sing.",
        "Do birds sing? Ibis.",
        "Martin Luther King Jr. We sing. Proc. Natl. Acad. Sci. To appear.",
        "They do. Ibis.",
    ]


def test_a_teaser_has_its_size_in_lists_and_on_its_page(lab):
    for path in ("index.html", "papers/index.html", "papers/quist2024maps/index.html"):
        image = page(lab, path).select_one("img.thumb, .teaser img")
        assert (image["width"], image["height"]) == ("1200", "1200")
    assert page(lab, "papers/index.html").select_one("img.thumb")["loading"] == "lazy"
