"""The keys of an entry's front matter: the reader, the reference page and the editors' schema come from this table."""

from __future__ import annotations

from labpress.core.diagnostics import has_errors
from labpress.core.identifiers import parse_arxiv, parse_doi, parse_isbn, parse_issn
from labpress.core.names import PARTICLES, SUFFIXES, Name, parse_name, parts_in_order
from labpress.core.patterns import when_needed
from labpress.core.text import fold, one_line
from labpress.entries.aliases import ALIASES
from labpress.entries.paper import LINK_KINDS, TYPES, Author
from labpress.entries.schema import (
    ANYTHING,
    DATE,
    FLAG,
    LANGUAGE,
    NUMBER,
    ORCID,
    TEXT,
    URL,
    Field,
    Kind,
    Reader,
    checked,
    choice,
    describe,
    many,
    mapping_of,
    object_schema,
    read_mapping,
)
from labpress.entries.yaml_nodes import MappingNode, Node, ScalarNode
from labpress.markup.urls import safe_url

TYPE_SYNONYMS = {
    "journal": "article",
    "journal article": "article",
    "paper": "article",
    "inproceedings": "conference",
    "proceedings": "conference",
    "conference paper": "conference",
    "incollection": "chapter",
    "inbook": "chapter",
    "phdthesis": "thesis",
    "mastersthesis": "thesis",
    "dissertation": "thesis",
    "techreport": "report",
    "technical report": "report",
    "arxiv": "preprint",
    "unpublished": "preprint",
    "misc": "other",
    "code": "software",
    "data": "dataset",
}
"""What other tools call labpress's types."""

AUTHOR_FIELDS: dict[str, Field] = {
    "name": Field(TEXT, "The name as printed: `Jan van der Berg` or `van der Berg, Jan`."),
    "family": Field(TEXT, "The family name, where `name` would be split wrongly."),
    "given": Field(TEXT, "The given name, beside `family`."),
    "organisation": Field(
        TEXT,
        "A team or an institution instead of a person. A `name` that ends in Collaboration, Group, Lab or the like is"
        " one anyway.",
    ),
    "orcid": Field(ORCID, "The author's ORCID iD."),
    "affiliation": Field(TEXT, "Where the author worked when this was written."),
    "equal": Field(FLAG, "Contributed equally."),
    "corresponding": Field(FLAG, "The corresponding author."),
    "person": Field(TEXT, "A key of people.yml, where two people share a name."),
}

AUTHOR_HINTS = {"organization": "did you mean organisation?", "email": "labpress publishes no e-mail addresses"}

_MARKS = " *∗†‡§¶‖#^"

_BETWEEN_NAMES = when_needed(r";|\s(?:&|and)\s")


def _read_author(reader: Reader, node: Node) -> Author | None:
    if isinstance(node, ScalarNode):
        return _author_of_line(reader, node, TEXT.read(reader, node))
    if not isinstance(node, MappingNode):
        reader.expected("an author's name", node)
        return None
    faults_before = len(reader.diagnostics)
    values, _lines = read_mapping(reader, node, AUTHOR_FIELDS, AUTHOR_HINTS)
    name = _name_of(values.pop("name", ""), values)
    if name is None:
        if not has_errors(reader.diagnostics[faults_before:]):  # One fault, one diagnostic.
            advice = "write  name: Given Family"
            reader.report("missing-name", node, "expected an author with a name, found none", advice)
        return None
    return Author(name=name, **values)


def _name_of(printed: str, values: dict[str, str]) -> Name | None:
    """Take the name's keys out of ``values``; the explicit parts win over the printed name."""
    family, given, organisation = (values.pop(key, "") for key in ("family", "given", "organisation"))
    if organisation:
        return Name(organisation, literal=True)
    if family:
        return parse_name(f"{family}, {given}") if given else Name(family)
    return parse_name(printed) if printed else None


def _author_of_line(reader: Reader, node: Node, text: str) -> Author | None:
    bare = text.rstrip(_MARKS)
    if bare != text and bare:
        marks = text[len(bare) :].strip()
        reader.report(
            "mark-in-name",
            node,
            f"expected a name, found {describe(node)}",
            f"say what {marks} means as data:  - name: {bare}  with  equal: true  or  corresponding: true  below it",
        )
    if not (bare[:1].isalnum() or any(map(str.isalnum, bare))):
        reader.expected("an author's name", node)
        return None
    name = parse_name(bare)
    if not name.literal and _BETWEEN_NAMES.search(bare):
        advice = "begin a new item for each person; a team is  - organisation: Name"
        reader.report("list-in-one-line", node, f"expected one author, found {describe(node)}", advice)
    return Author(name)


def _are_people(text: str) -> bool:
    """Whether commas part full names in ``text``, not the parts of one as in ``King, Martin Luther, Jr.``"""
    first, *others = (part.split() for part in parts_in_order([part.strip() for part in text.split(",")]))
    if not others or _BETWEEN_NAMES.search(text):  # That is told of the name itself.
        return False
    if len(others) > 1:
        return not any(fold(" ".join(part)) in SUFFIXES for part in others)
    return len(first) > 1 and len(others[0]) > 1 and first[0] not in PARTICLES


def _are_tags(text: str) -> bool:
    return "," in text or ";" in text


AUTHOR = Kind(_read_author, {"anyOf": [{"type": "string"}, object_schema(AUTHOR_FIELDS)]})

_ARXIV_ADVICE = 'arXiv ids look like "2206.06565" or "hep-th/9901001"'

MAX_TAGS = 200
"""Of one paper. Each has a page that lists the tags of its papers, so a thousand would cost a million."""

_ADDRESS = when_needed(r"[A-Za-z][A-Za-z0-9+.-]*:\S|[/\\]")


def _parse_license(text: str) -> str | None:
    """A name, or an address that is safe to follow: exports and metadata hand it on as one."""
    text = one_line(text)
    return (safe_url(text) or None) if _ADDRESS.match(text) else text


ENTRY_FIELDS: dict[str, Field] = {
    "title": Field(TEXT, "The title, with Markdown emphasis and $math$."),
    "authors": Field(
        many(AUTHOR, "authors", is_several=_are_people), "The authors in order, each a name or a mapping.", "author"
    ),
    "et_al": Field(FLAG, "Only the first authors are named."),
    "date": Field(DATE, "When it came out: 2022-06-14, 2022-06 or 2022."),
    "type": Field(choice(TYPES, TYPE_SYNONYMS), "What kind of publication it is."),
    "status": Field(
        TEXT,
        "What it still waits for: to appear, accepted, under review. Citations and exports name the venue once it is"
        " accepted.",
    ),
    "venue": Field(TEXT, "Journal, conference or series, as people call it: NeurIPS 2022."),
    "booktitle": Field(TEXT, "The full name of the proceedings or the book."),
    "series": Field(TEXT, "The series it is part of."),
    "volume": Field(TEXT, "Volume of the journal or series."),
    "issue": Field(TEXT, "Issue of the journal."),
    "pages": Field(TEXT, "12-34, 7 or e0123."),
    "number": Field(TEXT, "Number of a report or patent."),
    "edition": Field(TEXT, "Edition of a book."),
    "editors": Field(
        many(AUTHOR, "editors", is_several=_are_people), "Editors of the book or the proceedings.", "editor"
    ),
    "publisher": Field(TEXT, "Publisher."),
    "place": Field(TEXT, "Where the conference was, or the publisher is."),
    "institution": Field(TEXT, "Where a thesis or a report was made."),
    "degree": Field(TEXT, "Of a thesis: PhD, Master."),
    "isbn": Field(checked("an ISBN", parse_isbn, "its last digit is a check digit"), "ISBN of the book."),
    "issn": Field(
        checked("an ISSN like 1234-5679", parse_issn, "its last digit is a check digit"), "ISSN of the journal."
    ),
    "doi": Field(
        checked("a DOI like 10.48550/arXiv.2206.06565", parse_doi), "The DOI, with or without https://doi.org/."
    ),
    "arxiv": Field(checked("an arXiv id", parse_arxiv, _ARXIV_ADVICE), "The arXiv id, in quotes."),
    "pmid": Field(TEXT, "PubMed id."),
    "language": Field(LANGUAGE, "BCP 47 tag such as de, when it is not the site's language."),
    "license": Field(
        checked("a licence's name or address", _parse_license, "CC-BY-4.0, or an address with https://", "bad-url"),
        "CC-BY-4.0, or the licence's address.",
    ),
    "categories": Field(many(TEXT, "categories"), "arXiv categories such as cs.LG.", "category"),
    "tags": Field(many(TEXT, "tags", MAX_TAGS, _are_tags), "Topics; each has a page.", "tag"),
    "affiliations": Field(many(TEXT, "affiliations"), "Institutions, as the source names them.", "affiliation"),
    "links": Field(
        mapping_of(URL, "links", LINK_KINDS), f"Kind and address: {', '.join(LINK_KINDS)}, or a name of your own."
    ),
    "has_code": Field(FLAG, "There is code, even where no address is known."),
    "image": Field(URL, "A teaser picture: a file beside the entry, or under static/."),
    "image_alt": Field(TEXT, "What the picture shows, for those who cannot see it."),
    "award": Field(TEXT, "Best paper award."),
    "note": Field(TEXT, "One line shown under the title."),
    "selected": Field(FLAG, "Show it among the selected papers."),
    "draft": Field(FLAG, "Leave it out of the site."),
    "score": Field(NUMBER, "The listing's score."),
    "aliases": Field(ALIASES, "Former ids of this entry, or former addresses: /publication/lift/. Each leads here."),
    "extra": Field(mapping_of(ANYTHING, "facts of your own"), "Anything; labpress keeps it and does not look at it."),
}
"""Front matter key -> how it is read and what it means, in the order labpress writes them."""

ENTRY_HINTS = {
    "journal": "did you mean venue?",
    "conference": "did you mean venue?",
    "journaltitle": "did you mean venue?",
    "keywords": "did you mean tags?",
    "topics": "did you mean tags?",
    "year": "did you mean date?",
    "published": "did you mean date?",
    "publication": "did you mean venue?",
    "url": "write  links: {website: https://...}",
    "pdf": "write  links: {pdf: https://...}",
    "code": "write  links: {code: https://...}",
    "github": "write  links: {code: https://...}",
    "slides": "write  links: {slides: https://...}",
    "video": "write  links: {video: https://...}",
    "website": "write  links: {website: https://...}",
    "abstract": "the abstract is the text below the front matter",
    "featured": "did you mean selected?",
    "id": "the id is the file's name",
    "slug": "the address is the file's name",
    "lang": "did you mean language?",
    "school": "did you mean institution?",
    "address": "did you mean place?",
    "location": "did you mean place?",
    "booktitle_full": "did you mean booktitle?",
    "eprint": "did you mean arxiv?",
}
"""Words that people bring from elsewhere -> what to write instead."""
