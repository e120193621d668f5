"""Pages of the lab's own: where each stands, what it is called, and how pages lead to each other."""

from __future__ import annotations

import re

import pytest
from worlds import Lab, builtin_layer, paper

FILES = {
    "pages/index.md": "Welcome. [Dust](papers/quist.md)\n\n![A map](map.svg)\n",
    "pages/about.md": "---\ntitle: About us\n---\nSee [how to get here](visit/way.md#by-train), or [[quist]].\n",
    "pages/visit/index.md": "# Visit us\n\nBy [train](way.md).\n",
    "pages/visit/way.md": "\n# The *way*  ##\n\n## By train\n\n[Us](../about.md), [a paper](../../papers/2024/quist.md).\n",
    "pages/visit/stay.md": "No heading.\n\n# Not a title\n",
    "pages/README.md": "For those who edit.\n",
    "papers/2024/quist.md": paper("Dust", abstract="[We](../../pages/about.md)."),
}
PICTURE = b'<svg xmlns="http://www.w3.org/2000/svg"/>'


def built(files, statics=None):
    lab = Lab(dict(files), builtin_layer())
    lab.statics.update(statics or {})
    report = lab.build()
    pages = {path: data.decode() for path, data in lab.site().items() if path.endswith(".html")}
    return pages, [fault.code for fault in report.diagnostics]


@pytest.fixture(scope="module")
def site():
    return built(FILES | {"pages/index.md": "Welcome.\n\n![A map](map.svg)\n"}, {"pages/map.svg": PICTURE})


HEADINGS = {
    "about/index.html": "About us",
    "visit/index.html": "Visit us",
    "visit/way/index.html": "The <em>way</em>",
    "visit/stay/index.html": "Stay",
}
LINKS = {
    "about/index.html": {"../visit/way/#by-train", "../papers/quist/"},
    "visit/index.html": {"../visit/way/"},
    "visit/way/index.html": {"../../about/", "../../papers/quist/"},
    "papers/quist/index.html": {"../../about/"},
}


@pytest.mark.parametrize(("page", "heading"), HEADINGS.items())
def test_a_page_stands_where_its_file_does_and_has_one_heading(site, page, heading):
    """The title of the front matter, or the heading that the text begins with, or the file's name."""
    found = re.findall(r"<h1[^>]*>(.*?)</h1>", site[0][page])

    assert found[0] == heading


@pytest.mark.parametrize(("page", "links"), LINKS.items())
def test_a_link_to_a_markdown_file_leads_to_its_page(site, page, links):
    main = site[0][page].partition("<main")[2].partition("</main>")[0]

    assert set(re.findall(r'href="([^"]*)"', main)) >= links


def test_nothing_is_wrong_and_a_readme_is_no_page(site):
    pages, faults = site

    assert faults == []
    assert "README/index.html" not in pages


def test_a_picture_of_the_home_page_stands_where_the_page_looks_for_it(site):
    assert 'src="./map.svg"' in site[0]["index.html"]


def test_the_pages_of_a_folder_name_each_other_and_the_menu_the_first_of_all(site):
    pages, _faults = site
    below = pages["visit/way/index.html"].partition('<h2 id="page:folder">')[2].partition("</nav>")[0]
    menu = pages["index.html"].partition('<nav aria-label="Main')[2].partition("</nav>")[0]

    assert below.startswith("Visit us</h2>")
    assert re.findall(r'href="([^"]*)"', below) == ["../../visit/", "../../visit/stay/", "../../visit/way/"]
    assert 'aria-current="page">The way</a>' in below
    assert "page:folder" not in pages["about/index.html"]
    assert re.findall(r">([^<]+)</a>", menu)[-2:] == ["About us", "Visit us"]


NEWS = {
    f"pages/news/n{number}.md": f"---\ntitle: News {number}\ndate: 2024-0{number}-01\n---\n" for number in range(1, 9)
}


def named_below(pages, path):
    """The labels of the links at the foot of a page."""
    return re.findall(r">([^<]+)</a>", pages[path].partition('<h2 id="page:folder">')[2].partition("</nav>")[0])


def test_news_lead_to_those_before_and_after_them_so_that_the_oldest_can_be_reached():
    pages, faults = built(NEWS)

    assert faults == []
    assert named_below(pages, "news/n8/index.html") == ["News 8", "News 7", "News 6"]
    assert named_below(pages, "news/n4/index.html") == ["News 6", "News 5", "News 4", "News 3", "News 2"]
    assert named_below(pages, "news/n1/index.html") == ["News 3", "News 2", "News 1"]


def test_many_pages_of_one_folder_lead_to_those_around_them_and_its_own_page_to_all():
    parts = {f"pages/guide/p{number:03}.md": f"# Part {number}\n" for number in range(100)}
    pages, faults = built(parts | {"pages/guide.md": "# The guide\n"})

    assert faults == []
    assert named_below(pages, "guide/index.html") == ["The guide", *(f"Part {number}" for number in range(100))]
    assert named_below(pages, "guide/p050/index.html") == ["The guide", *(f"Part {number}" for number in range(40, 61))]
    assert named_below(pages, "guide/p000/index.html") == ["The guide", *(f"Part {number}" for number in range(11))]


def test_a_page_of_the_lab_s_own_above_the_news_lists_them_all_and_all_lead_to_it():
    pages, faults = built(NEWS | {"pages/news.md": "# What is new\n"})

    assert faults == []
    assert named_below(pages, "news/index.html") == ["What is new", *(f"News {number}" for number in range(8, 0, -1))]
    assert named_below(pages, "news/n8/index.html") == ["What is new", "News 8", "News 7", "News 6"]
    assert named_below(pages, "news/n1/index.html") == ["What is new", "News 3", "News 2", "News 1"]


def test_a_link_to_a_file_that_is_no_page_is_a_fault():
    pages, faults = built({"pages/about.md": "[this](none.md), [that](../site.yml), [there](../../out.md)\n"})

    assert faults == ["missing-file"] * 3
    assert "<a href" not in pages["about/index.html"].partition('class="prose"')[2].partition("</div>")[0]


def test_every_markdown_file_can_be_a_page():
    pages, faults = built(
        {
            "site.yml": "pages: all\n",
            "README.md": "# The handbook\n\n[Begin](begin/first.md), then [on](begin/README.md).\n",
            "begin/README.md": "# Beginning\n",
            "begin/first.md": "# First\n\n[Back](../README.md)\n",
            "papers/README.md": "No paper.\n",
        }
    )

    assert faults == []
    assert {"index.html", "begin/index.html", "begin/first/index.html"} <= pages.keys()
    assert 'href="./begin/first/"' in pages["index.html"]
    assert 'href="../../">Back' in pages["begin/first/index.html"]


@pytest.mark.parametrize(
    ("files", "codes"),
    {
        ("pages/a b/x.md",): ["bad-id"],
        ("pages/.../x.md",): ["bad-id"],
        ("pages/con/x.md",): ["bad-id"],
        ("pages/tags/x.md",): ["reserved-name"],
        ("pages/x.md", "pages/x/index.md"): ["path-collision"],
    }.items(),
)
def test_a_folder_that_cannot_be_an_address_is_a_fault(files, codes):
    _pages, faults = built({"pages/fine.md": "Fine.\n"} | dict.fromkeys(files, "Text.\n"))

    assert faults == codes


def test_title_and_text_of_a_page_in_another_language_say_which():
    pages, _ = built({"pages/about.md": "---\ntitle: Über uns\nlanguage: de\n---\nWir sind wenige.\n"})
    page = pages["about/index.html"]

    assert '<html lang="de">' in page
    assert '<body class="is-page" lang="en">' in page
    assert '<h1 dir="auto" lang="de">Über uns</h1>' in page
    assert '<div class="prose" dir="auto" lang="de">\n<p>Wir sind wenige.</p>' in page
