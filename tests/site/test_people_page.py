"""The page of the lab's people."""

import json
import re

import pytest
from bs4 import BeautifulSoup

from tests.conftest import build_site

PEOPLE = """\
ada: {name: Ada Quist, role: Professor, from: 2015, photo: ada.png, links: {github: "https://example.org/a"}}
bo: {name: Bo Lind, role: PhD student, from: 2016, to: 2019-06}
cy: {name: Cy Young, to: 2021}
di: {name: Di Zorn, from: 2020, bio: "Likes *trees*."}
ed: {name: Ed Outer, member: false}
"""
PAPER = "---\ntitle: On trees\nauthors: [A. Quist, Ed Outer]\ndate: 2020\n---\n"


@pytest.fixture
def site(tmp_path):
    (tmp_path / "in" / "papers").mkdir(parents=True)
    (tmp_path / "in" / "pages").mkdir()
    (tmp_path / "in" / "static").mkdir()
    (tmp_path / "in" / "papers" / "quist2020trees.md").write_text(PAPER)
    (tmp_path / "in" / "people.yml").write_text(PEOPLE)
    (tmp_path / "in" / "static" / "ada.png").write_bytes(b"\x89PNG")
    return tmp_path


def built(site):
    report = build_site(site / "in", site / "out")
    page = site / "out" / "people" / "index.html"
    return page.read_text() if page.exists() else "", report.diagnostics


def text_of(html):
    main = html.split("<main", 1)[1].split("</main", 1)[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main.split(">", 1)[1]).split())


def test_members_stand_in_the_order_of_people_yml_and_alumni_by_when_they_left(site):
    html, faults = built(site)

    assert faults == ()
    assert text_of(html) == (
        "People Members Ada Quist Professor since 2015 1 paper GitHub DZ Di Zorn since 2020 Likes trees ."
        " Alumni Cy Young until 2021 Bo Lind PhD student 2016–2019"
    )


def test_a_member_leads_to_the_papers_and_the_photo_is_shown(site):
    html, _ = built(site)

    assert '<h3><a href="../authors/ada/">Ada Quist</a></h3>' in html
    assert "<h3>Di Zorn</h3>" in html
    assert 'src="../ada.png"' in html


def test_the_menu_has_people_before_authors(site):
    html, _ = built(site)

    assert re.findall(r"<li><a[^>]*>([^<]+)</a></li>", html.split("</nav>")[0]) == [
        "Papers",
        "Years",
        "People",
        "Authors",
    ]


def test_a_page_of_the_labs_own_introduces_the_people(site):
    (site / "in" / "pages" / "people.md").write_text("---\ntitle: Our team\n---\nCome and join us.\n")
    html, faults = built(site)

    assert faults == ()
    assert "<h1>Our team</h1>" in html
    assert "<p>Come and join us.</p>" in html
    assert html.count('href="../people/"') + html.count('aria-current="page"') == 2


def test_without_members_there_is_no_such_page_and_a_menu_that_names_it_waits_for_them(site):
    (site / "in" / "people.yml").write_text("ed: {name: Ed Outer, member: false}\n")
    (site / "in" / "site.yml").write_text("menu: [papers, people]\n")
    html, faults = built(site)

    assert html == ""
    assert faults == ()
    assert 'href="people/"' not in (site / "out" / "index.html").read_text()


def test_a_photo_that_is_not_there_is_reported_at_its_person(site):
    (site / "in" / "static" / "ada.png").unlink()
    _, faults = built(site)

    assert [(fault.code, fault.span.line) for fault in faults] == [("missing-file", 1)]


def test_the_page_of_an_author_tells_who_belongs_to_the_lab_from_who_did(site):
    papers = site / "in" / "papers"
    (papers / "lind2018trees.md").write_text(
        "---\ntitle: On trees\nauthors: [Bo Lind, Cy Young, Di Zorn, Ed Outer]\n---\n"
    )
    build_site(site / "in", site / "out")

    def author(key):
        page = BeautifulSoup((site / "out" / "authors" / key / "index.html").read_text(), "html.parser")
        person = json.loads(page.find("script", type="application/ld+json").string)["mainEntity"]
        shown = [one.get_text() for one in page.select("p.role")]
        return shown, {key: person[key] for key in ("affiliation", "alumniOf", "jobTitle") if key in person}

    lab = {"@type": "Organization", "name": "Publications"}
    assert author("ada") == (["Professor"], {"affiliation": lab, "jobTitle": "Professor"})
    assert author("bo") == (["PhD student", "Alumni 2016–2019"], {"alumniOf": lab})
    assert author("cy") == (["Alumni until 2021"], {"alumniOf": lab})
    assert author("di") == (["Member of Publications"], {"affiliation": lab})
    assert author("ed") == ([], {})
