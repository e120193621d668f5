"""What the head of a page tells machines: Highwire tags, JSON-LD, Open Graph."""

import json
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from labpress.core.dates import PartialDate
from labpress.core.names import Name
from labpress.entries.paper import TYPES, Author, Paper
from labpress.site.citations.reference import Reference, reference_of
from labpress.site.metadata.highwire import author_tag, highwire
from labpress.site.metadata.json_ld import collection_node, paper_node, profile_node, script, website_node
from labpress.site.metadata.opengraph import ShareImage, open_graph

PAGE = "https://lab.example.org/pubs/papers/x/"
TYPE_TAGS = {
    "citation_journal_title": "article",
    "citation_conference_title": "conference",
    "citation_inbook_title": "chapter",
    "citation_dissertation_institution": "thesis",
    "citation_technical_report_institution": "report",
}


def ref(**fields) -> Reference:
    facts = {"id": "x", "path": "papers/x.md", "title": "A title"} | fields
    return reference_of(Paper(**facts), abstract="An abstract.", language="en", url=PAGE)


def tags(**fields) -> list[tuple[str, str]]:
    return [(meta.key, meta.content) for meta in highwire(ref(**fields))]


def authors(*names: Name) -> tuple[Author, ...]:
    return tuple(map(Author, names))


# ------------------------------------------------------------------ Highwire

BERG = Name("Berg", "Jan Willem", "van der")


def test_an_author_alone_is_not_two_people_to_zotero():
    """Zotero splits a single author at the comma if there is a common space on both sides of it."""
    ((_, alone),) = [pair for pair in tags(authors=authors(BERG)) if pair[0] == "citation_author"]
    family, given_name = alone.split(", ")

    assert " " in family
    assert " " not in given_name
    assert " ".join(given_name.split()) == "Jan Willem"
    assert ";" not in alone


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (Name("Dinh", "Tuan"), "Dinh, Tuan"),
        (Name("Berg", "Jan", "van der"), "van der Berg, Jan"),
        (Name("Dinh", "Tuan Minh"), "Dinh, Tuan Minh"),
        (Name("King", "Martin", suffix="Jr."), "King Jr., Martin"),
        (Name("OpenAI", literal=True), "OpenAI"),
        (Name("Plato"), "Plato"),
        (Name("李", "伟"), "李, 伟"),
    ],
)
def test_a_name_is_family_then_given(name, expected):
    assert author_tag(name, is_alone=True) == expected


def test_authors_come_one_by_one_in_order_and_editors_are_none():
    people = authors(BERG, Name("Dinh", "Tuan"), BERG)
    found = [
        content
        for key, content in tags(authors=people, editors=authors(Name("Lund", "Eva")))
        if key == "citation_author"
    ]
    assert found == ["van der Berg, Jan Willem", "Dinh, Tuan", "van der Berg, Jan Willem"]


@pytest.mark.parametrize(
    ("date", "expected"),
    [(PartialDate(2024, 5, 7), "2024/05/07"), (PartialDate(2024, 5), "2024"), (PartialDate(2024), "2024")],
)
def test_dates_have_the_two_forms_that_scholar_asks_for(date, expected):
    assert ("citation_publication_date", expected) in tags(date=date)


def test_the_proceedings_come_before_the_conference():
    keys = [key for key, _ in tags(type="conference", venue="ICML 2022", booktitle="Proceedings of ICML")]
    assert keys.index("citation_inbook_title") < keys.index("citation_conference_title")


def test_a_venue_is_a_journal_or_a_conference_never_both():
    for kind in TYPES:
        found = {key for key, _ in tags(type=kind, venue="V", booktitle="B", institution="I", publisher="P")}
        assert len(found & {"citation_journal_title", "citation_conference_title"}) < 2
        assert len(found & set(TYPE_TAGS) - {"citation_inbook_title"}) < 2


@pytest.mark.parametrize("kind", TYPES)
def test_zotero_learns_every_type(kind):
    """From the tag of its venue, or from a tag of Zotero's own where there is none."""
    with_venue = dict(
        tags(type=kind, venue="V", booktitle="V", institution="I", arxiv="2206.06565" if kind == "preprint" else "")
    )
    bare = dict(tags(type=kind))

    assert set(with_venue) & set(TYPE_TAGS) or "z:itemType" in with_venue
    assert not (set(with_venue) & set(TYPE_TAGS) and "z:itemType" in with_venue)
    assert "z:itemType" in bare


def test_a_preprint_is_one_and_no_report():
    found = dict(tags(type="preprint", arxiv="2206.06565", institution="MIT"))
    assert found["z:itemType"] == "preprint"
    assert found["citation_publisher"] == "arXiv"
    assert found["citation_technical_report_number"] == "arXiv:2206.06565"
    assert "citation_technical_report_institution" not in found


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"arxiv": "2206.06565"}, "preprint"),
        ({"categories": ("cs.LG",)}, "preprint"),
        ({"categories": ("cs.LG",), "venue": "ICML 2022"}, "document"),
        ({}, "document"),
    ],
)
def test_an_untyped_paper_of_arxiv_is_a_preprint(fields, kind):
    found = dict(tags(**fields))
    assert found["z:itemType"] == kind
    assert found.get("citation_publisher", "") == ("arXiv" if kind == "preprint" else fields.get("venue", ""))


def test_nothing_is_empty_and_nothing_has_control_characters():
    found = tags(
        title="A\x00\x1btitle\nof  two", type="article", venue="V\x07", note="\x85", tags=("a\x08b",), publisher=""
    )
    assert ("citation_title", "Atitle of two") in found
    for key, content in found:
        assert content, key
        assert not re.search(r"[\x00-\x1f\x7f-\x9f]", content), key


def test_addresses_are_left_out_while_the_site_has_none():
    paper = Paper(id="x", path="x.md", title="T")
    keys = {meta.key for meta in highwire(reference_of(paper))}
    assert not {key for key in keys if key.endswith("_url")}
    assert "@id" not in paper_node(reference_of(paper))


# ------------------------------------------------------------------ JSON-LD

HOSTILE = "</script><script>alert(1)</script><!-- \u2028 & \"quoted\" 'x' ]]>"


class Scripts(HTMLParser):
    """The scripts of a page as an HTML parser finds them."""

    def __init__(self):
        super().__init__()
        self.found: list[str] = []
        self.inside = False

    def handle_starttag(self, tag, _attrs):
        self.inside = tag == "script"
        if self.inside:
            self.found.append("")

    def handle_endtag(self, tag):
        self.inside = self.inside and tag != "script"

    def handle_data(self, data):
        if self.inside:
            self.found[-1] += data


def scripts(markup: str) -> list[str]:
    parser = Scripts()
    parser.feed(markup)
    parser.close()
    return parser.found


@settings(max_examples=100, deadline=None)
@given(st.sampled_from([HOSTILE]) | st.text(st.characters(codec="utf-8"), max_size=40))
def test_no_text_ends_a_json_ld_script(text):
    node = {"@type": "Thing", "name": text}
    (inner,) = scripts(script(node).source)

    assert json.loads(inner) == {"@context": "https://schema.org", **node}
    assert not set(inner) & set("<>&\u2028\u2029")


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("article", "ScholarlyArticle"),
        ("conference", "ScholarlyArticle"),
        ("preprint", "ScholarlyArticle"),
        ("thesis", "Thesis"),
        ("report", "Report"),
        ("chapter", "Chapter"),
        ("book", "Book"),
        ("dataset", "Dataset"),
        ("software", "SoftwareSourceCode"),
        ("other", "ScholarlyArticle"),
    ],
)
def test_json_ld_types(kind, expected):
    assert paper_node(ref(type=kind))["@type"] == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("https://example.org/licence", "https://example.org/licence"),
        ("CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/"),
        ("cc by-nc-sa 3.0", "https://creativecommons.org/licenses/by-nc-sa/3.0/"),
        ("CC0-1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
        ("CC0", "https://creativecommons.org/publicdomain/zero/1.0/"),
        ("CC-BY-3.0-IGO", "https://spdx.org/licenses/CC-BY-3.0-IGO"),
        ("MIT", "https://spdx.org/licenses/MIT"),
        ("Apache-2.0", "https://spdx.org/licenses/Apache-2.0"),
        ("BSD-3-Clause", "https://spdx.org/licenses/BSD-3-Clause"),
        ("GPL-3.0-or-later", "https://spdx.org/licenses/GPL-3.0-or-later"),
        ("CC-BY", {"@type": "CreativeWork", "name": "CC-BY"}),
        ("Ask us: https://example.org", {"@type": "CreativeWork", "name": "Ask us: https://example.org"}),
    ],
)
def test_json_ld_has_a_licence_by_its_address_or_as_a_work_with_a_name(given, expected):
    assert paper_node(ref(license=given))["license"] == expected


def test_json_ld_describes_a_dataset_in_fifty_characters_or_more():
    dataset = Paper(id="x", path="x.md", title="Drops", type="dataset", authors=authors(BERG), doi="10.5281/zenodo.12")
    abstract = "The size of every drop of rain that fell on the roof of our laboratory in one year."

    assert paper_node(reference_of(dataset, abstract=abstract))["description"] == abstract
    assert paper_node(reference_of(dataset, abstract="Rain."))["description"] == (
        "Drops · Rain. · Jan Willem van der Berg · https://doi.org/10.5281/zenodo.12"
    )
    assert len(paper_node(reference_of(dataset, abstract="Rain. " * 1_000))["description"]) == 5_000


def test_json_ld_has_every_fact_of_an_entry():
    """Each value of a full entry is somewhere in the node, whatever its type."""
    for kind in TYPES:
        node = json.dumps(
            paper_node(
                reference_of(
                    Paper(
                        id="x",
                        path="x.md",
                        title="A title",
                        type=kind,
                        authors=(
                            Author(Name("Dinh", "Tuan"), orcid="0000-0002-1825-0097", affiliation="An affiliation"),
                        ),
                        date=PartialDate(2022, 6, 14),
                        status="a status",
                        venue="A venue",
                        publisher="A publisher",
                        place="A place",
                        doi="10.1000/x",
                        arxiv="2206.06565",
                        pmid="12345",
                        license="A licence",
                        award="An award",
                        tags=("a tag",),
                        categories=("cs.LG",),
                    ),
                    abstract="An abstract.",
                    language="pt-BR",
                    url=PAGE,
                    pdf_url=f"{PAGE}x.pdf",
                    image_url="https://lab.example.org/i.png",
                )
            )
        )
        facts = [
            "A title",
            "Tuan Dinh",
            "0000-0002-1825-0097",
            "An affiliation",
            "2022-06-14",
            "A status",
            "A place",
            "10.1000/x",
        ]
        facts += [
            "2206.06565",
            "12345",
            "A licence",
            "An award",
            "a tag",
            "cs.LG",
            "An abstract.",
            "pt-BR",
            PAGE,
            f"{PAGE}x.pdf",
            "i.png",
        ]
        facts += (
            [] if kind in ("book", "software", "dataset", "patent", "preprint", "thesis", "report") else ["A venue"]
        )
        facts += [] if kind == "preprint" else ["A publisher"]
        assert not [fact for fact in facts if fact not in node], kind


def test_people_and_organisations_differ():
    node = paper_node(ref(authors=authors(BERG, Name("OpenAI", literal=True), Name("Plato"))))
    assert [author["@type"] for author in node["author"]] == ["Person", "Organization", "Person"]
    assert [author["name"] for author in node["author"]] == ["Jan Willem van der Berg", "OpenAI", "Plato"]
    assert node["author"][0]["familyName"] == "van der Berg"


def test_a_journal_article_is_part_of_an_issue_of_a_volume_of_a_journal():
    node = paper_node(ref(type="article", venue="J", volume="12", issue="3", issn="2049-3630"))
    issue = node["isPartOf"]
    assert (issue["@type"], issue["issueNumber"]) == ("PublicationIssue", "3")
    assert (issue["isPartOf"]["@type"], issue["isPartOf"]["volumeNumber"]) == ("PublicationVolume", "12")
    assert issue["isPartOf"]["isPartOf"] == {"@type": "Periodical", "name": "J", "issn": "2049-3630"}


def test_pages_of_lists_people_and_the_site():
    papers = (("One", f"{PAGE}1/"), ("Two", ""))
    listing = collection_node("Vision", "https://x.org/tags/vision/", papers, count=7)
    assert listing["mainEntity"]["numberOfItems"] == 7
    assert [item["position"] for item in listing["mainEntity"]["itemListElement"]] == [1, 2]
    person = profile_node("Ada Lovelace", "https://x.org/authors/ada/", orcid="0000-0002-1825-0097", papers=papers)
    assert person["mainEntity"]["@id"] == "https://orcid.org/0000-0002-1825-0097"
    assert "description" not in person["mainEntity"]
    assert website_node("Lab", "https://x.org/")["url"] == "https://x.org/"
    assert profile_node("Ada", "")["mainEntity"] == {"@type": "Person", "name": "Ada"}


# ------------------------------------------------------------------ Open Graph


def properties(**given_values) -> dict[str, str]:
    values = {"title": "T", "site_title": "Lab"} | given_values
    return {meta.key: meta.content for meta in open_graph(**values)}


def test_a_papers_page_is_an_article_with_its_facts():
    metas = open_graph(
        title="T",
        site_title="Lab",
        url=PAGE,
        image=ShareImage("https://x.org/share.png", "Lab", 1200, 630),
        paper=ref(authors=authors(BERG, Name("Dinh", "Tuan")), tags=("a", "b"), date=PartialDate(2022, 6, 14)),
    )
    pairs = [(meta.key, meta.content) for meta in metas]
    assert ("og:type", "article") in pairs
    assert ("article:published_time", "2022-06-14") in pairs
    assert [content for key, content in pairs if key == "article:author"] == ["Jan Willem van der Berg", "Tuan Dinh"]
    assert [content for key, content in pairs if key == "article:tag"] == ["a", "b"]
    assert ("twitter:card", "summary_large_image") in pairs
    assert {meta.attribute for meta in metas if meta.key.startswith(("og:", "article:"))} == {"property"}
    assert {meta.attribute for meta in metas if meta.key.startswith("twitter:")} == {"name"}


def test_other_pages_are_websites_and_have_no_empty_properties():
    found = properties()
    assert found == {
        "og:type": "website",
        "og:title": "T",
        "og:site_name": "Lab",
        "twitter:card": "summary",
        "twitter:title": "T",
    }


def test_descriptions_are_short_and_end_between_words():
    found = properties(description="word " * 100, title="word " * 50)
    assert len(found["og:description"]) <= 200
    assert found["og:description"].endswith("word…")
    assert len(found["twitter:title"]) <= 70
    assert properties(description=f"{'word ' * 38}end. {'longer' * 9}")["og:description"].endswith("end…")


@pytest.mark.parametrize(
    ("language", "expected"), [("en-GB", "en_GB"), ("pt-br", "pt_BR"), ("en", ""), ("zh-Hans", ""), ("", "")]
)
def test_locales_name_a_country_or_are_left_out(language, expected):
    assert properties(language=language).get("og:locale", "") == expected
