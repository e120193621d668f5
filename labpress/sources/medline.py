"""MEDLINE, as PubMed exports it in ``.nbib`` files."""

from __future__ import annotations

from collections import defaultdict

from labpress.core.decoding import decode
from labpress.core.diagnostics import Parsed
from labpress.core.files import SourceFile
from labpress.core.patterns import when_needed
from labpress.core.text import one_line
from labpress.sources.collect import put
from labpress.sources.draft import Draft, finish_all, guessed_markup, unique
from labpress.sources.loose_dates import loose_date
from labpress.sources.people import parse_people
from labpress.sources.record import Record
from labpress.sources.tagged import Group, Syntax, has_lines, tagged_groups

_SYNTAX = Syntax(when_needed(r"([A-Z][A-Z0-9]{1,3}) {0,2}- ?(.*)$"), frozenset(["PMID"]))
_MEANINGS = {
    "TI": "title", "CTI": "extra:collection", "AB": "abstract", "FAU": "author", "CN": "team",
    "FED": "editor", "JT": "venue", "VI": "volume", "IP": "issue", "PG": "pages", "OT": "tag", "PMID": "pmid",
    "PB": "publisher", "PL": "place", "ISBN": "isbn", "IS": "issn", "CI": "extra:copyright", "PMC": "extra:pmc",
    "GR": "extra:grants", "COIS": "extra:conflicts", "CON": "extra:comment_on", "CIN": "extra:comment_in",
}  # fmt: skip
"""What PubMed says beyond that (indexing terms, history, agencies) is about its own database."""

_IDENTIFIER = when_needed(r"(\S+) \[(doi|pii)\]")
_SUFFIX = when_needed(r"([^,]+), ([^,]+) (Jr|Sr|2nd|3rd|4th|II|III|IV)")
_TRANSLATED = when_needed(r"\[([^\[\]]+)\]")
"""A title in brackets was translated by PubMed."""
_NOTE_IN_PARENTHESES = when_needed(r"\s*\([A-Za-z ]+\)$")

looks_like_medline = has_lines(r"^PMID- ?\d")


def parse_medline(file: SourceFile) -> Parsed[tuple[Record, ...]]:
    """One record for each ``PMID``."""
    source, faults = decode(file)
    groups, strays = tagged_groups(source, _SYNTAX)
    return finish_all(map(_draft_of, groups), source, (*faults, *strays))


def _draft_of(group: Group) -> Draft:
    draft = Draft(line=group.line)
    values: defaultdict[str, list[str]] = defaultdict(list)
    for tag in group.tags:
        values[tag.name].append(tag.value)
        meaning = _MEANINGS.get(tag.name)
        if meaning:
            put(draft, meaning, _tidied(meaning, tag.value), tag.line)
    book = one_line(values["BTI"][0]).removesuffix(".") if values["BTI"] else ""
    is_part = bool(book and draft.title)
    draft.title, draft.venue = draft.title or book, draft.venue or (book if is_part else "")
    title = draft.title.removesuffix(".")
    translated = _TRANSLATED.fullmatch(title)
    draft.title = translated[1].removesuffix(".") if translated else title
    if not draft.authors:
        draft.authors.extend(parse_people(", ".join(values["AU"])).names)  # ``Doe JK`` is all that old records have.
    draft.date = next((date for tag in ("DP", "DEP", "PHST") if (date := loose_date(" ".join(values[tag])))), "")
    for name in ("LID", "AID", "SO"):
        for value in values[name]:
            found = _IDENTIFIER.search(value)
            if found and found[2] == "doi" and not draft.doi:
                draft.doi = found[1]
    draft.fields["pages"] = _full_range(draft.fields.get("pages", ""))
    draft.type = "chapter" if is_part else _type_of(" ".join(values["PT"]))
    language = " ".join(values["LA"])[:3]
    if language not in ("", "eng"):
        draft.fields["language"] = language
    draft.affiliations.extend(unique(values["AD"]))
    if not draft.venue:
        draft.venue = " ".join(values["TA"])
    draft.markup = guessed_markup(draft.title, draft.abstract)
    return draft


def _tidied(meaning: str, value: str) -> str:
    if meaning in ("isbn", "issn"):
        return _NOTE_IN_PARENTHESES.sub("", value)
    if meaning in ("author", "editor") and (found := _SUFFIX.fullmatch(value)):
        return f"{found[1]}, {found[2]}, {found[3]}"
    return value


def _full_range(pages: str) -> str:
    """``1234-1238`` for ``1234-8``."""
    start, dash, end = pages.partition("-")
    if start.isdigit() and end.isdigit() and len(end) < len(start):
        end = start[: -len(end)] + end
    return start + dash + end


def _type_of(kinds: str) -> str:
    if "Preprint" in kinds:
        return "preprint"
    if "Book" in kinds:
        return "chapter" if "Chapter" in kinds else "book"
    return "dataset" if "Dataset" in kinds else "article"
