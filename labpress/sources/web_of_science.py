"""Web of Science's own export (``savedrecs.txt``): two letters and a value; further values on lines of their own."""

from __future__ import annotations

from collections.abc import Iterator

from labpress.core.decoding import decode
from labpress.core.diagnostics import Diagnostic, Parsed, SourceText
from labpress.core.files import SourceFile
from labpress.core.patterns import when_needed
from labpress.core.text import one_line
from labpress.sources.collect import put
from labpress.sources.draft import Draft, finish_all, guessed_markup
from labpress.sources.loose_dates import loose_date
from labpress.sources.record import Record
from labpress.sources.tagged import Group, Syntax, has_lines, tagged_groups

_SYNTAX = Syntax(when_needed(r"([A-Z][A-Z0-9])(?: (.*)|$)"), frozenset(["PT"]), frozenset(["ER"]))
_MEANINGS = {
    "TI": "title", "AB": "abstract", "SO": "venue", "SE": "series", "VL": "volume", "IS": "issue", "PU": "publisher",
    "CL": "place", "SN": "issn", "EI": "issn", "BN": "isbn", "DI": "doi", "PM": "pmid", "CA": "team", "DE": "tag",
    "UT": "extra:web_of_science", "CT": "extra:conference",
}  # fmt: skip
_PEOPLE = {"AF": "author", "BE": "editor", "ED": "editor"}
"""One person a line. ``AU`` has the same people in short."""
_SHORT_PERSON = when_needed(r"([^,]+), ([A-Z]{1,3})")
_AUTHORS_OF_ADDRESS = when_needed(r"\[[^\[\]]*\]\s*")
_SMALL_WORDS = frozenset("a an and at by de der des di du et for from in la le of on or the to und with".split())
_CAPITALS = frozenset(
    "ACM ACS AIP AMS BMC BMJ CRC DNA EMBO EPJ EPL EU IEEE IET II III IOP IV JAMA MRS NPJ PLOS RNA RSC SIAM SPIE UK"
    " USA".split()
)

looks_like_web_of_science = has_lines(r"^(?:FN (?:Clarivate|Thomson|ISI)\b.*|PT [BCJPS])[ \t]*$")


def parse_web_of_science(file: SourceFile) -> Parsed[tuple[Record, ...]]:
    """One record for each ``PT``; one that lacks its ``ER`` ends where the next begins, and is reported."""
    source, faults = decode(file)
    groups, strays = tagged_groups(source, _SYNTAX)
    papers = [group for group in groups if group.tags[0].name == "PT"]  # Not the lines around them all: FN, VR, EF.
    return finish_all(map(_draft_of, papers), source, (*faults, *strays, *_unended(papers, source)))


def _unended(groups: list[Group], source: SourceText) -> Iterator[Diagnostic]:
    for group in groups:
        if not group.ended:
            message = "expected ER at the end of this record, found none"
            yield Diagnostic("odd-syntax", message, source.line_span(group.line), "end it with a line:  ER")


def _draft_of(group: Group) -> Draft:
    draft = Draft(line=group.line)
    values = {tag.name: tag.value for tag in reversed(group.tags)}
    for tag in group.tags:
        if tag.name in _PEOPLE or (tag.name == "AU" and "AF" not in values):
            for person in tag.value.split("\n"):
                put(draft, _PEOPLE.get(tag.name, "author"), _spelt_person(person), tag.line)
        elif tag.name in _MEANINGS:
            put(draft, _MEANINGS[tag.name], one_line(tag.value), tag.line)
        elif tag.name == "C1":
            for address in tag.value.split("\n"):
                put(draft, "affiliation", _AUTHORS_OF_ADDRESS.sub("", address).rstrip("."), tag.line)
    draft.venue, draft.fields["publisher"] = _spelt(draft.venue), _spelt(draft.fields.get("publisher", ""))
    draft.fields["series"] = _spelt(draft.fields.get("series", ""))
    draft.fields["place"] = _spelt_place(draft.fields.get("place", ""))
    draft.fields["pages"] = "-".join(filter(None, (values.get("BP", ""), values.get("EP", "")))) or values.get("AR", "")
    draft.date = loose_date(f"{values.get('PD', '').title()} {values.get('PY', '')}") or loose_date(
        values.get("PY", "")
    )
    draft.type = _type_of(values.get("PT", ""), values.get("DT", ""))
    language = values.get("LA", "")
    if language.lower() != "english":
        draft.fields["language"] = language
    draft.markup = guessed_markup(draft.title, draft.abstract)
    return draft


def _type_of(kind: str, described: str) -> str:
    """``PT`` says what a paper stands in, ``DT`` what it is; of a paper from a conference in a journal, both."""
    if kind == "J":
        return "article"
    if kind == "P":
        return "patent"
    if "Proceedings Paper" in described or "Meeting" in described:
        return "conference"
    return "book" if described == "Book" else "chapter"


def _spelt(name: str) -> str:
    """``Journal of Machine Learning Research`` for the capitals that all names of journals and publishers are in."""
    if not name.isupper() or " " not in name:
        return name
    first, *others = name.split()
    words = [word.lower() if word.lower() in _SMALL_WORDS else _spelt_word(word) for word in others]
    return " ".join([_spelt_word(first), *words])


def _spelt_word(word: str) -> str:
    if word[0] == "(" or any(map(str.isdigit, word)):
        return word  # (NEURIPS), 3D
    return "-".join([part if part in _CAPITALS else part.title() for part in word.split("-")])


def _spelt_place(place: str) -> str:
    """``Vienna, Austria``: countries alone are in capitals."""
    return " ".join([word.title() if word.isupper() and len(word.rstrip(",")) > 3 else word for word in place.split()])


def _spelt_person(person: str) -> str:
    """``Berg, J. W.`` for ``Berg, JW``."""
    found = _SHORT_PERSON.fullmatch(person)
    return f"{found[1]}, {' '.join([f'{letter}.' for letter in found[2]])}" if found else person
