"""Path segments of authors, topics and venues."""

import pytest

from labpress.core.names import parse_name
from labpress.entries.entry import Entry
from labpress.entries.paper import Author, Paper
from labpress.entries.people import Person
from labpress.site.catalog import LONGEST_SLUG, assign_slugs, make_catalog

MEMBER, STRANGER = "0000-0002-1825-0097", "0000-0001-5109-3700"


def test_no_segment_is_too_long_for_a_file_system_and_all_are_distinct():
    name = "Proceedings of the Annual Conference " * 20
    slugs = assign_slugs({"a": name, "b": f"{name} II", "c": f"{name} III"})

    assert len(set(slugs.values())) == 3
    assert all(LONGEST_SLUG / 2 < len(slug) < LONGEST_SLUG + 5 for slug in slugs.values())
    assert not any(slug.endswith("-") for slug in slugs.values())


@pytest.mark.parametrize(
    ("listed", "papers", "expected"),
    [
        pytest.param(
            {"wei-wang": "Wei Wang"},
            [Author(parse_name("Wei Wang"), orcid=STRANGER), Author(parse_name("Wei Wang"), orcid=MEMBER)],
            {"wei-wang": MEMBER, "wei-wang-2": STRANGER},
            id="a namesake",
        ),
        pytest.param(
            {"kim": "Minji Kim"},
            [Author(parse_name("Kim"), orcid=STRANGER), Author(parse_name("Minji Kim"), orcid=MEMBER)],
            {"kim": MEMBER, "kim-2": STRANGER},
            id="whose name is another's key",
        ),
        pytest.param(
            {"kim": "Minji Kim"},
            [Author(parse_name("Kim"), orcid=STRANGER)],
            {"kim-2": STRANGER},
            id="before the first paper of who is listed",
        ),
    ],
)
def test_nobody_else_takes_the_address_of_who_is_in_people_yml(listed, papers, expected):
    people = tuple(Person(key=key, name=parse_name(name), orcid=MEMBER) for key, name in listed.items())
    entries = [Entry(Paper(id=f"p{place}", path="x.md", title="x", authors=(one,))) for place, one in enumerate(papers)]

    catalog = make_catalog(entries, people).value
    assert {term.slug: catalog.people[key].orcid for key, term in catalog.authors.items()} == expected
