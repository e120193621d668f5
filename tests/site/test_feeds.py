"""Feeds, sitemaps and the other files for machines: valid, complete, and of the same bytes every time."""

import json
import re
import struct
import zlib
from io import BytesIO
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree as ET

import feedparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from labpress.core.dates import PartialDate
from labpress.core.names import Name
from labpress.entries.config import site_url
from labpress.entries.paper import Author, Paper
from labpress.site.citations.reference import reference_of
from labpress.site.data import DATA_WRITERS
from labpress.site.data_views import (
    BibliographyView,
    OpenSearchView,
    RobotsView,
    ShareImageView,
    SitemapIndexView,
    SitemapView,
)
from labpress.site.feeds import EPOCH, feed_entry, feed_of, permanent_key, tag_base, tag_uri, timestamp
from labpress.site.routes import absolute
from labpress.site.share_image import initials
from labpress.site.sitemaps import sitemap_files
from tests.conftest import build_site

SITE = "https://lab.example.org/pubs/"
ATOM = "{http://www.w3.org/2005/Atom}"


def paper(number: int, **fields) -> Paper:
    facts = {
        "id": f"p{number}",
        "path": f"p{number}.md",
        "title": f"Paper {number}",
        "authors": (Author(Name("Berg", "Jan", "van der")), Author(Name("Dinh", "Tuan"))),
        "date": PartialDate(2020 + number, 6, 14),
        "tags": ("vision",),
    }
    return Paper(**(facts | fields))


def feed(*papers: Paper, site_url: str = SITE, path: str = "tags/vision/feed.xml", **changes):
    base = tag_base("lab.example.org,2024", site_url)
    entries = [
        feed_entry(
            reference_of(one, title=one.title, abstract=f"About {one.title}."),
            base=base,
            key=permanent_key(one),
            url=f"{site_url}papers/{one.id}/",
        )
        for one in papers
    ]
    view = feed_of(
        entries, title="Vision", author="The Lab", base=base, path=path, page_path="tags/vision/", site_url=site_url
    )
    return replace(view, **changes)


def atom(*papers: Paper, **given_values) -> bytes:
    return DATA_WRITERS["atom"](feed(*papers, **given_values))


def parsed(data: bytes):
    """As feedparser reads it, which must find nothing odd."""
    result = feedparser.parse(BytesIO(data))
    assert not result.bozo, result.get("bozo_exception")
    assert result.version == "atom10"
    return result


# ------------------------------------------------------------------ Atom


def test_a_feed_parses_with_all_its_facts():
    result = parsed(atom(paper(1), paper(2, doi="10.1000/x", date=PartialDate(2022))))

    assert result.feed.title == "Vision"
    assert result.feed.link == f"{SITE}tags/vision/"
    assert [link.href for link in result.feed.links if link.rel == "self"] == [f"{SITE}tags/vision/feed.xml"]
    newest, oldest = result.entries
    assert (newest.title, newest.link, newest.published) == ("Paper 2", f"{SITE}papers/p2/", "2022-01-01T12:00:00Z")
    assert (oldest.title, oldest.summary, oldest.updated) == ("Paper 1", "About Paper 1.", "2021-06-14T12:00:00Z")
    assert [author.name for author in oldest.authors] == ["Jan van der Berg", "Tuan Dinh"]
    assert [tag.term for tag in oldest.tags] == ["vision"]
    assert [link.href for link in newest.links if link.rel == "related"] == ["https://doi.org/10.1000/x"]
    assert result.feed.updated == newest.updated


def test_a_feed_has_what_rfc_4287_demands_once_and_before_the_entries():
    root = ET.fromstring(atom(paper(1), paper(2)))
    names = [child.tag.removeprefix(ATOM) for child in root]

    assert [names.count(name) for name in ("id", "title", "updated")] == [1, 1, 1]
    assert names.index("entry") == len(names) - 2
    for entry in root.iter(f"{ATOM}entry"):
        inner = [child.tag.removeprefix(ATOM) for child in entry]
        assert [inner.count(name) for name in ("id", "title", "updated")] == [1, 1, 1]


def test_an_empty_feed_and_an_undated_paper_are_valid():
    assert parsed(atom()).feed.updated == EPOCH
    undated, dated = parsed(atom(paper(1, date=None), paper(2))).entries[::-1]
    assert (undated.title, undated.updated, "published" in undated) == ("Paper 1", EPOCH, False)
    assert dated.title == "Paper 2"


def test_entries_are_newest_first_and_keep_the_lists_order_within_a_day():
    papers = [paper(1), paper(3), paper(2), paper(4, date=PartialDate(2023, 6, 14))]
    assert [entry.title for entry in parsed(atom(*papers)).entries] == ["Paper 3", "Paper 4", "Paper 2", "Paper 1"]


def test_ids_survive_a_new_domain_title_date_and_file_name():
    before = parsed(atom(paper(1)))
    moved = parsed(atom(paper(1), site_url="https://elsewhere.example/"))
    renamed = paper(1, id="new", aliases=("p1",), title="Another title", date=PartialDate(2030), tags=())
    after = parsed(atom(renamed, site_url="https://elsewhere.example/"))

    assert before.entries[0].id == moved.entries[0].id == after.entries[0].id == "tag:lab.example.org,2024:papers/p1"
    assert before.feed.id == moved.feed.id == "tag:lab.example.org,2024:feeds/tags/vision/"


@pytest.mark.parametrize(
    ("aliases", "key"),
    [
        (("/publication/old",), "papers/p1"),
        (("/publication/old", "first", "second"), "papers/first"),
        (("first", "/publication/old"), "papers/first"),
    ],
)
def test_a_former_address_changes_no_id(aliases, key):
    assert permanent_key(paper(1, aliases=aliases)) == key


@pytest.mark.parametrize(
    ("feed_id", "site_url", "expected"),
    [
        ("lab.example.org,2024", "", "tag:lab.example.org,2024:"),
        ("tag:lab.example.org,2024:pubs/", SITE, "tag:lab.example.org,2024:pubs/"),
        ("", SITE, "tag:lab.example.org,2025:pubs/"),
        ("", "https://bücher.example:8080/", "tag:xn--bcher-kva.example,2025:"),
        ("", "", "tag:localhost,2025:"),
    ],
)
def test_the_authority_of_ids_is_the_labs_choice_or_its_address(feed_id, site_url, expected):
    assert tag_base(feed_id, site_url) == expected


@pytest.mark.parametrize("address", ["https://bücher.example/", "http://[::1]:8000/", "https://lab.example.org./x/"])
def test_ids_begin_with_any_address_that_a_site_may_have(address):
    assert site_url(address) == address
    assert tag_base("", address).startswith("tag:")


def test_ids_are_uris_whatever_a_paper_is_called():
    assert tag_uri("tag:x,2024:", "papers/été <2>") == "tag:x,2024:papers/%C3%A9t%C3%A9%20%3C2%3E"


def test_without_an_address_links_lead_from_the_feed_to_the_pages():
    root = ET.fromstring(atom(paper(1), site_url=""))
    base = root.get("{http://www.w3.org/XML/1998/namespace}base")
    hrefs = [link.get("href") for link in root.iter(f"{ATOM}link")]

    assert base == "../../"
    assert hrefs == ["tags/vision/", "papers/p1/"]
    assert 'rel="self"' not in atom(paper(1), site_url="").decode()


HOSTILE = '</title><script>alert(1)</script> & "x" ]]> \x00\x1b\ufffe'


@settings(max_examples=80, deadline=None)
@given(st.sampled_from([HOSTILE]) | st.text(max_size=30))
def test_no_text_breaks_a_feed_or_runs_in_it(text):
    data = atom(
        paper(1, title=text or "T", tags=(text,), authors=(Author(Name(text or "A", literal=True)),)), title=text
    )

    root = ET.fromstring(data)
    assert len(root.findall(f"{ATOM}entry")) == 1
    assert b"<script" not in data
    json.loads(DATA_WRITERS["jsonfeed"](feed(paper(1, title=text or "T"))))


def test_moments_are_the_same_day_nearly_everywhere():
    assert timestamp(PartialDate(2022, 6, 14)) == "2022-06-14T12:00:00Z"
    assert timestamp(PartialDate(2022, 6)) == "2022-06-01T12:00:00Z"
    assert timestamp(PartialDate(987)) == "0987-01-01T12:00:00Z"
    assert timestamp(None) == EPOCH


# ------------------------------------------------------------------ JSON Feed


def test_json_feed():
    data = json.loads(DATA_WRITERS["jsonfeed"](feed(paper(1), paper(2, date=None))))

    assert data["version"] == "https://jsonfeed.org/version/1.1"
    assert data["feed_url"] == f"{SITE}tags/vision/feed.xml"
    first, second = data["items"]
    assert (first["id"], first["url"], first["title"]) == (
        "tag:lab.example.org,2024:papers/p1",
        f"{SITE}papers/p1/",
        "Paper 1",
    )
    assert first["content_text"] == "About Paper 1."
    assert first["authors"] == [{"name": "Jan van der Berg"}, {"name": "Tuan Dinh"}]
    assert "date_published" not in second


def test_json_feed_has_no_addresses_while_the_site_has_none():
    data = json.loads(DATA_WRITERS["jsonfeed"](feed(paper(1), site_url="")))
    assert not {"feed_url", "home_page_url"} & set(data)
    assert "url" not in data["items"][0]


# ------------------------------------------------------------------ Bibliographies


def test_a_bibliography_is_its_references_in_order():
    references = tuple(reference_of(paper(number), abstract="Abs.") for number in (2, 1))
    bibtex, ris, csl = (DATA_WRITERS[name](BibliographyView(references)).decode() for name in ("bibtex", "ris", "csl"))

    assert bibtex.index("{p2,") < bibtex.index("{p1,")
    assert ris.count("TY  - ") == ris.count("ER  - \r\n") == 2
    assert [item["id"] for item in json.loads(csl)] == ["p2", "p1"]
    assert "abstract" not in csl
    assert json.loads(DATA_WRITERS["csl"](BibliographyView(references, full=True)))[0]["abstract"] == "Abs."


def test_an_empty_bibliography_is_valid():
    assert DATA_WRITERS["bibtex"](BibliographyView(())) == b""
    assert DATA_WRITERS["ris"](BibliographyView(())) == b""
    assert json.loads(DATA_WRITERS["csl"](BibliographyView(()))) == []


def test_a_changed_paper_is_written_anew():
    one, two = (reference_of(paper(1, title=title)) for title in ("One", "Two"))
    assert b"One" in DATA_WRITERS["bibtex"](BibliographyView((one,)))
    assert b"Two" in DATA_WRITERS["bibtex"](BibliographyView((two,)))


# ------------------------------------------------------------------ Sitemap, robots.txt, OpenSearch


def locations(data: bytes) -> list[str]:
    return [loc.text for loc in ET.fromstring(data).iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]


def test_a_small_site_has_one_sitemap():
    urls = [SITE, f"{SITE}a/?x&y"]
    ((path, view),) = sitemap_files(urls, SITE)
    data = DATA_WRITERS["sitemap"](view)

    assert path == "sitemap.xml"
    assert locations(data) == urls
    assert b"<lastmod>" not in data, "a date is that of a paper, not that of a change of its page"


@pytest.mark.parametrize("limits", [{"max_urls": 2}, {"max_bytes": 1_300}])
def test_a_large_site_has_an_index_of_sitemaps_within_the_limits(limits):
    urls = [f"{SITE}papers/{number}/" for number in range(1, 6)]
    (index_path, index), *parts = sitemap_files(urls, SITE, **limits)

    assert (index_path, type(index)) == ("sitemap.xml", SitemapIndexView)
    assert locations(DATA_WRITERS["sitemap_index"](index)) == [f"{SITE}{path}" for path, _ in parts]
    written = [DATA_WRITERS["sitemap"](view) for _, view in parts]
    assert [url for data in written for url in locations(data)] == urls
    assert all(len(locations(data)) <= limits.get("max_urls", 9) for data in written)
    assert all(len(data) <= limits.get("max_bytes", 99_999) for data in written)


def test_there_is_no_sitemap_without_an_address():
    assert sitemap_files(["papers/1/"], "") == ()
    assert sitemap_files([], SITE) == (("sitemap.xml", SitemapView(())),)


def test_addresses_are_escaped_once():
    assert absolute(SITE, "tags/été/") == f"{SITE}tags/%C3%A9t%C3%A9/"
    assert absolute(SITE, "papers/x/") == f"{SITE}papers/x/"


def test_an_address_is_written_the_same_way_wherever_the_site_names_it(tmp_path):
    papers = tmp_path / "in" / "papers"
    papers.mkdir(parents=True)
    (tmp_path / "in" / "site.yml").write_text(f"url: {SITE}\n")
    (papers / "été.md").write_text("---\ntitle: Été\nauthors: [李伟]\ndate: 2024\ntags: [été]\n---\n\nTrès chaud.\n")
    (papers / "été.pdf").write_bytes(b"%PDF-1.4\n")
    build_site(tmp_path / "in", tmp_path / "out")
    files = {
        path: path.read_text() for path in (tmp_path / "out").rglob("*.*") if path.suffix in (".html", ".xml", ".json")
    }
    named = [address for text in files.values() for address in re.findall(rf"{SITE}[^\s\"'<>]*", text)]

    assert named.count(f"{SITE}papers/%C3%A9t%C3%A9/") > 5
    assert [address for address in named if not address.isascii()] == []


def test_robots_txt_is_open_and_names_the_sitemap():
    text = DATA_WRITERS["robots"](RobotsView(f"{SITE}sitemap.xml")).decode()
    parser = RobotFileParser()
    parser.parse(text.splitlines())

    assert parser.can_fetch("Googlebot", f"{SITE}papers/x/")
    assert parser.site_maps() == [f"{SITE}sitemap.xml"]
    assert "Sitemap" not in DATA_WRITERS["robots"](RobotsView()).decode()


def test_opensearch_keeps_its_limits():
    view = OpenSearchView(
        title="A & very long title of a lab", search_url=f"{SITE}search/?q={{searchTerms}}&x=1", description="d" * 2000
    )
    root = ET.fromstring(DATA_WRITERS["opensearch"](view))
    space = "{http://a9.com/-/spec/opensearch/1.1/}"

    assert len(root.findtext(f"{space}ShortName")) <= 16
    assert len(root.findtext(f"{space}Description")) <= 1024
    assert root.find(f"{space}Url").get("template") == f"{SITE}search/?q={{searchTerms}}&x=1"


# ------------------------------------------------------------------ The picture


def pixels(data: bytes) -> tuple[int, int, bytes]:
    """Width, height and filtered rows of a PNG, each chunk checked."""
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    at, chunks = 8, {}
    while at < len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        kind, body = data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        assert zlib.crc32(kind + body) == struct.unpack(">I", data[at + 8 + length : at + 12 + length])[0]
        chunks[kind] = body
        at += 12 + length
    width, height = struct.unpack(">II", chunks[b"IHDR"][:8])
    return width, height, zlib.decompress(chunks[b"IDAT"])


@pytest.mark.parametrize("title", ["The Vision and Language Lab", "光学", "", "Quantum Wisdom & Machine Groups"])
def test_the_share_image_is_a_small_png_and_always_the_same(title):
    view = ShareImageView(title, "#2b5fab")
    data = DATA_WRITERS["share_image"](view)
    width, height, rows = pixels(data)

    assert (width, height, len(rows)) == (1200, 630, 630 * (1 + 3 * 1200))
    assert len(data) < 30_000
    assert data == DATA_WRITERS["share_image"](view)
    assert rows[1:4] == bytes([43, 95, 171])


@pytest.mark.parametrize("accent", ["#8a1c30", "#8A1C30FF", "rgb(138, 28, 48)", "rgba(138 28 48 / 1)"])
def test_the_ground_is_the_accent_however_it_is_written(accent):
    assert pixels(DATA_WRITERS["share_image"](ShareImageView("A", accent)))[2][1:4] == bytes([138, 28, 48])


@pytest.mark.parametrize("accent", ["#ffff00", "#fff", "red", ""])
def test_the_ground_is_dark_enough_for_white_letters(accent):
    red, green, blue = pixels(DATA_WRITERS["share_image"](ShareImageView("A", accent)))[2][1:4]
    channels = [
        (part / 255 / 12.92) if part < 11 else ((part / 255 + 0.055) / 1.055) ** 2.4 for part in (red, green, blue)
    ]
    luminance = 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2]
    assert 1.05 / (luminance + 0.05) >= 4.5


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("The Vision and Language Lab", "VL"),
        ("Lee Lab", "L"),
        ("MIT", "MIT"),
        ("Ångström Group", "A"),
        ("the lab", "TL"),
        ("123", ""),
        ("One Two Three Four", "OTT"),
    ],
)
def test_initials_are_of_the_telling_words(title, expected):
    assert initials(title) == expected
