"""BibTeX: what other parsers read is what was written, whatever stands in an entry."""

import logging
import re
from functools import partial

import bibtexparser
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from pybtex.database import parse_string as pybtex_parse

from labpress.core.dates import PartialDate
from labpress.core.files import SourceFile
from labpress.core.names import SUFFIXES, Name, parse_name
from labpress.core.text import one_line
from labpress.entries.entry import read_entry
from labpress.entries.paper import TYPES, Author, Paper
from labpress.markup.settings import MarkupSettings
from labpress.markup.to_latex import markdown_block_to_latex
from labpress.site.citations.bibtex import _abstract, as_bibtex
from labpress.site.citations.reference import reference_of
from labpress.site.citing import facts_of
from labpress.sources.bibtex import parse_bibtex
from tests.patience import within
from tests.site.references import reference
from tests.site.test_exports import CASES

logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)


def fields_of(text: str) -> dict[str, str]:
    """The one entry's fields as bibtexparser reads them; a damaged entry fails."""
    library = bibtexparser.parse_string(text)
    assert not library.failed_blocks
    (entry,) = library.entries
    return {key: field.value for key, field in entry.fields_dict.items()}


def test_what_the_macros_of_the_site_stand_for_is_written_out():
    text = b"---\ntitle: On $\\R^d$ and $\\vv{x}$\n---\n\nFor $\\hat\\vv x$:\n\n$$\\R$$\n\nIn code, `$\\R$` stays."
    macros = {"\\R": r"\mathbb{R}", "vv": r"\mathbf{#1}"}
    entry, faults = read_entry(SourceFile("papers/x.md", text), MarkupSettings(macros=macros))
    fields = fields_of(as_bibtex(facts_of(entry, site_url="", language="en"), full=True))
    assert faults == ()
    assert fields["title"] == r"On {$\mathbb{R}^d$} and {$\mathbf{x}$}"
    assert fields["abstract"].startswith(
        r"For $\hat{\mathbf{x}}$: $$\mathbb{R}$$ In code, \texttt{\$\textbackslash{}R\$}"
    )


def title(text: str, **fields) -> str:
    """The value that a title gets, without its outer braces."""
    paper = Paper(id="x", path="x.md", title=text, **fields)
    return re.search(r"^  title = \{(.*)\},?$", as_bibtex(reference_of(paper)), re.MULTILINE)[1]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_two_other_parsers_read_the_same_fields(case):
    ref = reference(case.given)
    text = as_bibtex(ref, full=True)

    fields = fields_of(text)
    entry = pybtex_parse(text, "bibtex").entries[ref.id]
    for name, value in fields.items():
        if name == "month":
            assert entry.fields[name].lower().startswith(value)
        elif name not in ("author", "editor"):
            assert entry.fields[name] == value, name
    people = list(entry.persons.get("author", []))
    known = people[:-1] if ref.et_al else people
    assert [" ".join(one.prelast_names + one.last_names).strip("{}") for one in known] == [
        author.name.family_with_particle for author in ref.authors
    ]
    assert [" ".join(one.first_names + one.middle_names) for one in known] == [
        author.name.given for author in ref.authors
    ]
    assert [" ".join(one.lineage_names) for one in known] == [author.name.suffix for author in ref.authors]
    assert not ref.et_al or str(people[-1]) == "others"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("Learning to Rank", "Learning to Rank"),
        ("LIFT: Language-Interfaced Fine-Tuning", "{LIFT}: Language-Interfaced Fine-Tuning"),
        ("Tuning with LoRA and GPT-4", "Tuning with {LoRA} and {GPT}-4"),
        ("A Study of mRNA", "A Study of {mRNA}"),
        ("Vitamin C and I", "Vitamin {C} and {I}"),
        ("On A Test", "On A Test"),
        ("Sampling in 3D for K12", "Sampling in {3D} for {K12}"),
        ("how the Bayesian way in Europe works", "how the {Bayesian} way in {Europe} works"),
        ("Is $O(N)$ Enough?", "Is {$O(N)$} Enough?"),
        ("R&D at 100% #1 for a_b", r"{R}\&{D} at 100\% \#1 for a\_b"),
        ("Äpfel und ÖPNV", "Äpfel und {ÖPNV}"),
    ],
)
def test_braces_guard_what_styles_would_lower(given, expected):
    assert title(given) == expected


def test_titles_in_other_languages_are_guarded_whole():
    assert title("Über die Güte", language="de") == "{Über die Güte}"
    assert title("On Quality", language="en-GB") == "On Quality"


@pytest.mark.parametrize(
    "given", ["a } b", "{ a", "}{", r"$\left\{ x \right.$", "a\\", r"\{ \} }", "{{{", "@article{x,", '"']
)
def test_braces_always_pair(given):
    text = as_bibtex(
        reference_of(Paper(id="x", path="x.md", title=given, venue=given, type="article", abstract=given)), full=True
    )

    assert "title" in fields_of(text)
    assert pybtex_parse(text, "bibtex").entries.keys() == {"x"}


@pytest.mark.parametrize("kind", ["Vidéo", "journal", "abstract", "note", "crossref", "Code", "my link", "title"])
def test_a_kind_of_link_of_the_labs_own_is_no_field(kind):
    links = {kind: "https://example.org/own", "code": "https://example.org/code"}
    paper = Paper(id="x", path="x.md", title="On Dust", type="article", venue="Dust", abstract="We.", links=links)
    text = as_bibtex(reference_of(paper), full=True)

    fields = {"title": "On Dust", "journal": "Dust", "code": "https://example.org/code", "abstract": "We."}
    assert fields_of(text) == fields
    assert dict(pybtex_parse(text, "bibtex").entries["x"].fields) == fields


@pytest.mark.parametrize(
    ("keywords", "expected"),
    [
        (["dust", "R&D"], r"dust, R\&D"),
        (
            ["Distributed, Parallel, and Cluster Computing", "dust"],
            "{Distributed, Parallel, and Cluster Computing}, dust",
        ),
        (["dust", "sand; stone"], "dust, {sand; stone}"),
        (["Distributed, Parallel"], "{Distributed, Parallel},"),
        (["a {b, c", "d }"], r"{a \textbraceleft{}b, c}, d \textbraceright{}"),
    ],
)
def test_a_keyword_with_a_comma_stays_one(keywords, expected):
    text = as_bibtex(reference_of(Paper(id="x", path="x.md", title="On Dust", tags=tuple(keywords))))
    (record,), _ = parse_bibtex(SourceFile("x.bib", text.encode()))

    assert fields_of(text)["keywords"] == expected
    assert list(record.tags) == keywords


def test_braces_around_all_keywords_hold_none_of_them_together():
    text = b"@article{x, title = {On Dust}, keywords = {{dust; sand, and stone}}}\n"
    (record,), _ = parse_bibtex(SourceFile("x.bib", text))

    assert record.tags == ("dust", "sand, and stone")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (Name("Dinh", "Tuan"), "Dinh, Tuan"),
        (Name("Berg", "Jan", "van der"), "van der Berg, Jan"),
        (Name("King", "Martin Luther", suffix="Jr."), "King, Jr., Martin Luther"),
        (Name("OpenAI", literal=True), "{OpenAI}"),
        (Name("Barnes and Noble, Inc.", literal=True), "{Barnes and Noble, Inc.}"),
        (Name("Smith", "Jr"), "Smith, {Jr}"),
        (Name("Smith", "PhD"), "Smith, {PhD}"),
        (Name("Plato"), "Plato"),
        (Name("Kim Minsu"), "{Kim Minsu}"),
        (Name("García Márquez", "Gabriel"), "García Márquez, Gabriel"),
        (Name("Band and Sons", "A"), "{Band and Sons}, A"),
        (Name("Müller & Co", "A"), r"Müller \& Co, A"),
        (Name("Ramón y Cajal", "Santiago"), "{Ramón y Cajal}, Santiago"),
        (Name("Cruz y Ortega", "María", "de la"), "de la {Cruz y Ortega}, María"),
        (Name("Gómez van 't Hof", "A"), "{Gómez van 't Hof}, A"),
    ],
)
def test_names_stay_one_name(name, expected):
    paper = Paper(id="x", path="x.md", title="T", authors=(Author(name), Author(Name("Last", "A"))))
    assert f"  author = {{{expected} and Last, A}}" in as_bibtex(reference_of(paper))


@pytest.mark.parametrize(
    "name", [Name("Ramón y Cajal", "Santiago"), Name("Cruz y Ortega", "María", "de la"), Name("Berg", "Jan", "van den")]
)
def test_other_programs_find_the_particle_where_it_is(name):
    paper = Paper(id="x", path="x.md", title="T", authors=(Author(name),))
    (person,) = pybtex_parse(as_bibtex(reference_of(paper)), "bibtex").entries["x"].persons["author"]

    assert " ".join(person.prelast_names) == name.particle
    assert " ".join(person.last_names).strip("{}") == name.family


def test_each_type_of_entry_gives_one_that_parses():
    for kind in TYPES:
        paper = Paper(id="x", path="x.md", title="T", type=kind, date=PartialDate(2022, 6), venue="V")
        assert fields_of(as_bibtex(reference_of(paper)))["month"] == "jun"


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=30)
WORDS = st.text("abcXYZ é&%$#_{}\\~^<>@,", min_size=1, max_size=20).filter(str.strip)


@settings(max_examples=150, deadline=None)
@given(TEXT, TEXT, TEXT)
def test_no_text_breaks_an_entry(one, two, three):
    authors = (Author(Name(one or "A", two)), Author(Name(three or "B", literal=True)))
    paper = Paper(
        id="x", path="x.md", title=one or "T", authors=authors, venue=two, note=three, type="article", abstract=one
    )

    text = as_bibtex(reference_of(paper, abstract=one), full=True)
    assert pybtex_parse(text, "bibtex").entries.keys() == {"x"}
    assert text.count("{") == text.count("}")


PLAIN = st.from_regex(r"[A-HJ-Z][a-zéü]{1,8}(-[A-Z][a-z]{2,5})?( [A-HJ-R][a-z]{2,8})?", fullmatch=True)
DATES = st.builds(PartialDate, st.integers(1900, 2030), st.just(6), st.sampled_from([0, 14])) | st.builds(
    PartialDate, st.integers(1900, 2030)
)


@settings(max_examples=100, deadline=None)
@given(
    kind=st.sampled_from(
        ["article", "conference", "chapter", "book", "thesis", "report", "software", "dataset", "patent"]
    ),
    family=PLAIN,
    given_name=PLAIN,
    date=DATES,
    venue=PLAIN,
    status=st.sampled_from(["", "to appear"]),
    et_al=st.booleans(),
)
@example(kind="article", family="Aa", given_name="Jr", date=PartialDate(1900), venue="Aa", status="", et_al=False)
def test_what_is_written_is_imported_as_it_was(kind, family, given_name, date, venue, status, et_al):
    """The law of the round trip, for the facts that a reference is made of."""
    # A record has no form for them: ``Aa Bb, Jr`` is a junior, and ``Jr Aa Bb`` has two given names.
    assume(not (" " in family.strip() and given_name.strip().lower() in SUFFIXES))
    in_venue = kind in ("article", "conference", "chapter")
    paper = Paper(
        id="berg2022paper",
        path="x.md",
        title="Learning with LoRA in $O(n)$ at 100% & more",
        authors=(Author(Name(" ".join(family.split()), " ".join(given_name.split()))),),
        et_al=et_al,
        date=date,
        type=kind,
        venue=" ".join(venue.split()) if in_venue else "",
        volume="12" if in_venue else "",
        pages="3-14" if in_venue else "",
        institution="Bell Labs" if kind in ("thesis", "report") else "",
        number="7" if kind in ("report", "patent") else "",
        status=status,
        doi="10.1000/a_b",
        tags=("one tag", "another"),
        abstract="In $n$ words.",
        links={"code": "https://code.example.org/x_y"},
    )

    read = parse_bibtex(SourceFile("x.bib", as_bibtex(reference_of(paper, abstract="In n words."), full=True).encode()))
    (record,) = read.value
    assert not read.diagnostics
    assert (record.id, record.type, record.doi, record.tags) == (paper.id, kind, paper.doi, paper.tags)
    assert record.title == r"Learning with LoRA in $O(n)$ at 100\% \& more"
    assert ([parse_name(name) for name in record.authors], record.et_al) == ([paper.authors[0].name], et_al)
    assert (record.date, record.venue, record.abstract) == (date.iso, paper.venue, paper.abstract)
    assert record.links == paper.links
    for name in ("volume", "pages", "institution", "number", "status"):
        assert record.fields.get(name, "") == getattr(paper, name), name


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.text("ab Z9.,;:!?()'\"/+=-–é\n$", max_size=40)
        | st.sampled_from(
            ["$x$", "$O(n \\log n)$", "$\\frac{1}{2}$", "$5$", "$$y$$", "$\\$$", "$`$", "$*a*$", "$\\x{$"]
        )
        | st.sampled_from(["*a*", "*a b*", "**no**", " *a-b*, ", " **a b** ", "*", "**", "*a", "b*", " *a * ", "_a_"]),
        max_size=6,
    ).map("".join),
    st.booleans(),
)
def test_an_abstract_of_words_math_and_emphasis_is_what_it_is_read_as(text, to_ascii):
    """The short way gives what the long one gives."""
    assert one_line(_abstract(text, to_ascii=to_ascii)) == one_line(markdown_block_to_latex(text, ascii=to_ascii))


@pytest.mark.parametrize("unit", ["\\$", "$a ", "$1", "\\\\", "{", "}", "a ", "$x$ ", "*", "*a ", " *a*", " **a b"])
def test_abstracts_of_any_kind_take_time_in_proportion(unit):
    within(1, partial(_abstract, to_ascii=False), "$" + unit * 15_000)


def test_on_request_every_letter_is_ascii_and_reads_back():
    author = Author(Name("Müller", "Zoë", "von"))
    paper = Paper(
        id="x",
        path="x.md",
        title="Über “Güte” – naïve?",
        authors=(author,),
        type="article",
        venue="Zeitschrift für Ästhetik",
    )
    text = as_bibtex(reference_of(paper), ascii=True)
    (record,) = parse_bibtex(SourceFile("x.bib", text.encode())).value

    assert text.isascii()
    assert r"author = {von M{\"u}ller, Zo{\"e}}" in text
    assert record.authors == ("Zoë von Müller",)


def test_ranges_have_the_dash_that_latex_wants():
    paper = Paper(id="x", path="x.md", title="T", type="article", issue="4-5", pages="12–34")
    assert "  number = {4--5},\n  pages = {12--34}" in as_bibtex(reference_of(paper))


def test_a_chapter_that_names_no_book_is_one_of_the_book_of_its_title():
    alone, inside = (Paper(id="x", path="x.md", title="Dust", type="chapter", venue=book) for book in ("", "A Book"))

    assert as_bibtex(reference_of(alone)).startswith("@inbook{x,")
    assert as_bibtex(reference_of(inside)).startswith("@incollection{x,")
