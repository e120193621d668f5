"""Checks on a site that builds: each finds its fault, and is silent about what is well."""

import pytest

from labpress.core.dates import PartialDate
from labpress.core.files import SourceFile
from labpress.entries.config import SiteConfig
from labpress.entries.entry import read_entry
from labpress.entries.people import read_people
from labpress.entries.text_page import read_text_page
from labpress.entries.topics import read_topics
from labpress.markup.settings import MarkupSettings
from labpress.site.checks.entries import entry_faults
from labpress.site.checks.links import dead_links, page_facts
from labpress.site.checks.overrides import change_of, stale_overrides
from labpress.site.checks.unused import unused_faults
from labpress.site.files import ContentFiles
from labpress.site.plan import Content

PAGE = '<h1 id="top-of-it">x</h1><a name="old">y</a>'
FILES = frozenset(
    ["index.html", "about/index.html", "papers/lift/index.html", "papers/lift/lift.pdf", "Logo.svg", "404.html"]
)


def found(text, page="papers/lift/index.html", base="/"):
    pages = {name: page_facts(PAGE) for name in FILES if name.endswith(".html")} | {page: page_facts(text)}
    return [fault.code for fault in dead_links(pages, FILES, base)]


@pytest.mark.parametrize(
    "address",
    [
        "../../",
        "../../index.html",
        "../../about/",
        "../../about",
        "../../about/#top-of-it",
        "../../about/#old",
        "../../about/?print=1",
        "./",
        "",
        "#here",
        "#top",
        "lift.pdf",
        "lift.pdf#page=3",
        "../../papers/l%69ft/",
        "/about/",
        "https://example.org/nowhere",
        "//example.org/nowhere",
        "mailto:ada@example.org",
        "data:image/png;base64,AAAA",
    ],
)
def test_a_link_that_leads_somewhere_is_no_fault(address):
    assert found(f'<p id="here"><a href="{address}">x</a>') == []


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("../../abuot/", "dead-link"),
        ("lift.PDF", "dead-link"),
        ("../../../outside.html", "dead-link"),
        ("/repo/about/", "dead-link"),
        ("../../about/#nowhere", "dead-anchor"),
        ("#nowhere", "dead-anchor"),
        ("%00", "dead-link"),
        ("?&amp;#x", "dead-anchor"),
    ],
)
def test_a_link_that_leads_nowhere_is_a_fault(address, code):
    assert found(f"<p><a class=x href='{address}'>x</a>") == [code]


def test_pictures_and_sources_are_links_too():
    assert (
        found('<img src="a.png" alt=">"><img srcset="b.png 1x, ../../Logo.svg 2x"><video poster=c.png>')
        == ["dead-link"] * 3
    )


def test_below_a_base_path_absolute_links_begin_with_it():
    assert found('<a href="/repo/about/">x</a><a href="/about/">y</a>', "404.html", "/repo/") == ["dead-link"]


def test_what_is_dead_on_every_page_is_one_fault():
    pages = {f"{number}/index.html": page_facts('<a href="../gone/">x</a>') for number in range(9)}
    (fault,) = dead_links(pages, frozenset(pages))

    assert fault.notes[-1].message == "and on 6 other pages"


def test_a_difference_in_case_is_said():
    (fault,) = dead_links({"index.html": page_facts('<img src="logo.svg">')}, FILES | {"index.html"})

    assert fault.help == "did you mean Logo.svg? Hosts tell case apart"


# Entries, people, topics


def content_of(entry="", people="", topics="", page=""):
    settings = MarkupSettings()
    entries = [read_entry(SourceFile("papers/lift.md", f"---\n{entry}\n".encode()), settings).value] if entry else []
    pages = [read_text_page(SourceFile("pages/about.md", page.encode()), settings).value] if page else []
    return Content(
        config=SiteConfig(),
        entries=tuple(entries),
        files=ContentFiles("", frozenset(["papers/dust.svg", "papers/lift.pdf"])),
        people=read_people(SourceFile("people.yml", people.encode()), settings).value,
        topics=read_topics(SourceFile("topics.yml", topics.encode()), settings).value,
        texts=tuple(pages),
    )


COMPLETE = "title: LIFT\nauthors: [Ada Quist]\ndate: {date}\n{more}---\n\nAn abstract.{body}"


def said_of(date="2022", more="", body="", page="", pdf_size=1):
    content = content_of(COMPLETE.format(date=date, more=more, body=body), page=page)
    faults = entry_faults(content, {"papers/lift.pdf": pdf_size}, PartialDate(2026, 5, 17))
    return [(fault.code, fault.span.line) for fault in faults]


def test_a_complete_paper_is_no_fault():
    assert said_of() == []


@pytest.mark.parametrize("date", ["2026-05-18", "2026-06", "2027"])
def test_a_date_to_come_is_noted(date):
    assert said_of(date) == [("future-date", 4)]


@pytest.mark.parametrize("date", ["2026-05-17", "2026-05", "2026"])
def test_today_is_not_to_come(date):
    assert said_of(date) == []


def test_a_paper_that_says_it_is_not_out_may_have_a_date_to_come():
    assert said_of("2027", "status: to appear\n") == []


def test_a_picture_without_words_is_named_at_its_line():
    assert said_of(body="\n\nText.\n\n![](dust.svg)\n") == [("missing-alt", 11)]
    assert said_of(body="\n\n![Two grains](dust.svg)\n") == []
    assert said_of(page="Words.\n\n![](../papers/dust.svg)\n") == [("missing-alt", 3)]


def test_a_teaser_picture_needs_words_too():
    assert said_of(more="image: dust.svg\n") == [("missing-alt", 5)]
    assert said_of(more="image: dust.svg\nimage_alt: Dust\n") == []


def test_a_large_pdf_is_not_indexed():
    assert said_of(pdf_size=6_000_000)[0][0] == "large-pdf"


def test_people_and_topics_without_a_paper_are_noted():
    people = "ada: {name: Ada Quist}\nbob: {name: Bob Nobody}\n"
    topics = "dust: [powder]\nWater: [drop]\n"
    content = content_of("title: x\nauthors: [Ada Quist]\ntags: [water]\n---\n", people, topics)

    assert [(fault.code, fault.message) for fault in unused_faults(content)] == [
        ("unused-person", 'no paper names "Bob Nobody"'),
        ("unused-topic", 'no paper has the tag "dust"'),
    ]


def test_a_template_whose_original_has_changed_is_stale():
    own = {"same.html": b"mine", "changed.html": b"mine", "gone.html": b"mine", "new.html": b"mine"}
    originals = {"same.html": b"1", "changed.html": b"one\n", "gone.html": b"1"}
    builtin = {"same.html": b"1", "changed.html": b"two\n", "new.html": b"2"}

    faults = list(stale_overrides(own, originals, builtin, "templates"))
    assert [(fault.code, fault.span.path) for fault in faults] == [
        ("stale-override", "templates/changed.html"),
        ("stale-override", "templates/gone.html"),
    ]
    assert change_of("changed.html", b"one\n", b"two\n").endswith("-one\n+two\n")
