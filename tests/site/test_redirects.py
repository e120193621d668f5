"""Former addresses lead to where the page is now, and are no pages of their own."""

import pytest

from labpress.entries.aliases import parse_alias
from tests.conftest import build_site
from tests.test_lab import broken_links

ENTRY = (
    "---\ntitle: Grains & Dust\naliases: [quist2019dust, /publication/2019-grains/, /old/grains.html]\n---\n\nText.\n"
)


@pytest.fixture
def content(tmp_path):
    (tmp_path / "papers").mkdir()
    (tmp_path / "pages").mkdir()
    (tmp_path / "papers" / "quist2020grains.md").write_text(ENTRY, encoding="utf-8")
    (tmp_path / "pages" / "about.md").write_text("---\naliases: contact\n---\nWe.\n", encoding="utf-8")
    return tmp_path


FORMER = {
    "papers/quist2019dust/index.html": "../../papers/quist2020grains/",
    "publication/2019-grains/index.html": "../../papers/quist2020grains/",
    "old/grains.html": "../papers/quist2020grains/",
    "contact/index.html": "../about/",
}


@pytest.mark.parametrize(("former", "target"), FORMER.items())
def test_a_former_address_sends_visitors_and_search_engines_on(former, target, content, tmp_path):
    build_site(content, tmp_path / "_site", base_url="https://lab.example.org/repo/")
    page = (tmp_path / "_site" / former).read_text(encoding="utf-8")

    assert f'<meta http-equiv="refresh" content="0; url={target}">' in page
    assert f'<link rel="canonical" href="https://lab.example.org/repo/{target.replace("../", "")}">' in page
    assert f'<a href="{target}">' in page
    assert "Grains & Dust" not in page


def test_former_addresses_are_in_no_sitemap_and_lead_somewhere(content, tmp_path):
    report = build_site(content, tmp_path / "_site", base_url="https://lab.example.org/repo/")
    sitemap = (tmp_path / "_site" / "sitemap.xml").read_text(encoding="utf-8")

    assert report.diagnostics == ()
    assert "quist2020grains" in sitemap
    assert not [former for former in FORMER if former.removesuffix("index.html") in sitemap]
    assert broken_links(tmp_path / "_site", "/repo/") == []


def test_a_former_address_that_is_taken_is_a_fault_of_its_entry(content, tmp_path):
    (content / "papers" / "quist2019dust.md").write_text("---\ntitle: Dust\n---\n", encoding="utf-8")
    (fault,) = build_site(content, tmp_path / "_site").diagnostics

    assert fault.code == "path-collision"
    assert "<h1" in (tmp_path / "_site" / "papers" / "quist2019dust" / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "alias"),
    [
        ("dinh2022lift", "dinh2022lift"),
        (" 2019-x.y_z/ ", "2019-x.y_z"),
        ("/publication/2019/", "/publication/2019"),
        ("/a/b.html", "/a/b.html"),
        ("Mu\u0308ller", "Müller"),
    ],
)
def test_an_alias_is_an_id_or_an_address(text, alias):
    assert parse_alias(text) == alias


@pytest.mark.parametrize(
    "text", ["", "/", "..", "/a/../b", "a/b", "//evil.org", "a b", "/a?b", "x\n", ".git", "/a//b", "a" * 400, "C:\\x"]
)
def test_anything_else_is_no_alias(text):
    assert parse_alias(text) in (None, "x")


def test_an_alias_that_is_no_address_is_a_fault_at_its_line(content, tmp_path):
    (content / "papers" / "x.md").write_text("---\ntitle: X\naliases: [../../etc]\n---\n", encoding="utf-8")
    (fault,) = build_site(content, tmp_path / "_site").diagnostics

    assert (fault.code, fault.span.line) == ("bad-id", 3)
