"""No stage costs more than the size of what it is given: texts on which a careless pattern or search would stand still."""

from __future__ import annotations

from functools import partial

import pytest

from labpress.core.files import SourceFile
from labpress.core.text import FreeNames
from labpress.entries.other_sites import SYSTEMS, parse_site_entry
from labpress.entries.text_page import read_text_page
from labpress.markup.anchors import with_anchors
from labpress.markup.settings import MarkupSettings
from labpress.site.catalog import assign_slugs, venue_name
from labpress.site.checks.links import page_facts
from tests.patience import within


def page(text: str) -> None:
    read_text_page(SourceFile("pages/about.md", text.encode()), MarkupSettings())


def moved(text: str) -> None:
    file = SourceFile("_publications/a.md", f"---\ntitle: A\n---\n{text}".encode())
    parse_site_entry(file, SYSTEMS["academicpages"], {})


def twins(names: list[str]) -> None:
    free = FreeNames([])
    for name in names:
        free.give(name)


@pytest.mark.parametrize(
    ("work", "given"),
    [
        pytest.param(page, "# a" + " #" * 20_000 + "x", id="a heading that seems to end again and again"),
        pytest.param(page, "\n" * 100_000 + "x", id="a page that begins with empty lines"),
        pytest.param(moved, "<a \n" * 50_000, id="links of another system that never end"),
        pytest.param(venue_name, "a" + "," * 100_000 + "b", id="a venue of commas"),
        pytest.param(venue_name, "a" + " 2022" * 50_000 + "b", id="a venue of years"),
        pytest.param(twins, ["a"] * 20_000, id="names that are all alike"),
        pytest.param(partial(with_anchors, slots=[], prefix=""), "<h2>a</h2>" * 20_000, id="headings all alike"),
        pytest.param(assign_slugs, {str(key): "A" for key in range(20_000)}, id="topics with one name"),
        pytest.param(page_facts, '<a href="x' * 20_000, id="attributes that never end"),
        pytest.param(page_facts, "<a '" * 50_000, id="quotations that never end"),
        pytest.param(page_facts, "<" * 200_000, id="tags that never begin"),
        pytest.param(page_facts, '<a href=""' + " " * 200_000, id="tags that never end"),
    ],
)
def test_no_text_costs_more_than_its_length(work, given):
    within(1, work, given)
