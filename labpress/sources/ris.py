"""RIS, as EndNote, Zotero, Mendeley, publishers and databases export it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from labpress.core.decoding import decode
from labpress.core.diagnostics import Diagnostic, Parsed, SourceText, quoted
from labpress.core.files import SourceFile
from labpress.core.identifiers import parse_doi
from labpress.core.names import Name
from labpress.core.patterns import when_needed
from labpress.core.text import one_line
from labpress.sources.collect import IGNORED, merged_date, put
from labpress.sources.draft import Draft, finish_all, guessed_markup
from labpress.sources.kinds import kind_named
from labpress.sources.mentions import arxiv_in
from labpress.sources.notes import PRIVATE, PUBLIC_NOTE
from labpress.sources.published_in import AWARD, STATUS
from labpress.sources.record import Record
from labpress.sources.tagged import Group, Syntax, has_lines, tagged_groups

_SYNTAX = Syntax(
    when_needed(r"[ \t]{0,3}([A-Z][A-Z0-9])[ \t]{1,3}-(?:[ \t](.*))?$"), frozenset(["TY"]), frozenset(["ER"])
)

_TYPES = {
    "JOUR": "article", "JFULL": "article", "EJOUR": "article", "MGZN": "article", "NEWS": "article", "INPR": "article",
    "ABST": "article", "CONF": "conference", "CPAPER": "conference", "CHAP": "chapter", "ECHAP": "chapter",
    "ENCYC": "chapter", "DICT": "chapter", "BOOK": "book", "EBOOK": "book", "EDBOOK": "book", "SER": "book",
    "THES": "thesis", "RPRT": "report", "GOVDOC": "report", "STAND": "report", "UNPB": "preprint",
    "MANSCPT": "preprint", "DATA": "dataset", "DBASE": "dataset", "AGGR": "dataset", "COMP": "software",
    "PAT": "patent", "SLIDE": "talk",
}  # fmt: skip

_MEANINGS = {
    "TI": "title", "T1": "title", "CT": "title", "AU": "author", "A1": "author", "A2": "editor", "ED": "editor",
    "AB": "abstract", "N2": "abstract", "N1": PRIVATE, "VL": "volume", "IS": "issue", "DO": "doi", "UR": "url",
    "LK": "url", "L1": "link:pdf", "L2": "url", "KW": "tag", "PB": "publisher", "CY": "place", "PP": "place",
    "ET": "edition", "LA": "language", "ID": "id", "AD": "affiliation", "T3": "series", "ST": IGNORED, "TT": "extra:tt",
    "Y2": IGNORED, "DP": IGNORED, "DB": IGNORED, "AN": "extra:accession", "RP": IGNORED, "L3": IGNORED, "L4": IGNORED,
}  # fmt: skip
_VENUES = ("JF", "T2", "BT", "C3", "JO", "JA", "J2", "J1")
"""Where the journal, the proceedings or the book stands, fullest name first."""

looks_like_ris = has_lines(r"^[ \t]{0,3}TY[ \t]{1,3}-[ \t]+[A-Z]{3,8}[ \t]*$")


def parse_ris(file: SourceFile) -> Parsed[tuple[Record, ...]]:
    """One record for each ``TY``; one that lacks its ``ER`` ends where the next begins, and is reported."""
    source, faults = decode(file)
    groups, strays = tagged_groups(source, _SYNTAX)
    drafts = (_draft_of(group, source) for group in groups)
    return finish_all(drafts, source, (*faults, *strays, *_frame_faults(groups, source)))


def _frame_faults(groups: Iterable[Group], source: SourceText) -> Iterator[Diagnostic]:
    """Records whose first or last tag is not what RIS asks for."""
    for group in groups:
        span = source.line_span(group.line)
        if group.tags[0].name != "TY":
            message = f"expected TY at the start of a record, found {group.tags[0].name}"
            yield Diagnostic("odd-syntax", message, span, "each record begins with TY")
        if not group.ended:
            message = "expected ER at the end of this record, found none"
            yield Diagnostic("odd-syntax", message, span, "end it with:  ER  - ")


def _draft_of(group: Group, source: SourceText) -> Draft:
    draft = Draft(line=group.line)
    rest: dict[str, str] = {}
    for tag in group.tags:
        meaning = _MEANINGS.get(tag.name)
        if meaning:
            put(draft, meaning, tag.value, tag.line)
        elif tag.value:
            rest.setdefault(tag.name, " ".join(tag.value.split()))
            draft.lines.setdefault(_LINE_NAMES.get(tag.name, tag.name.lower()), tag.line)
    kind = rest.pop("TY", "").upper()
    draft.type = _TYPES.get(kind, "other")
    if kind == "INPR":
        draft.fields["status"] = "in press"
    _take_venue(draft, rest)
    _take_date(draft, rest, source)
    _take_numbers(draft, rest)
    _take_words(draft, rest)
    _take_organisations(draft, group)
    draft.doi = draft.doi or parse_doi(draft.id) or ""  # Springer has the DOI of a chapter only as its key.
    draft.extra.update({name.lower(): value for name, value in rest.items()})
    draft.markup = guessed_markup(draft.title, draft.abstract)
    return draft


def _take_venue(draft: Draft, rest: dict[str, str]) -> None:
    event, proceedings = rest.get("T2", ""), rest.get("C3", "")
    names = [rest.pop(tag) for tag in _VENUES if tag in rest]
    if draft.type == "book" and not draft.title:
        draft.title, *names = names or [""]
    draft.venue = names[0] if names and draft.type != "book" else ""
    if draft.type == "conference" and event and proceedings not in ("", event):
        draft.fields["booktitle"] = proceedings
    if draft.type == "thesis":
        draft.fields["institution"] = draft.fields.pop("publisher", "")
        draft.fields["degree"] = rest.pop("M3", "")


def _take_date(draft: Draft, rest: dict[str, str], source: SourceText) -> None:
    dates: dict[str, str] = {tag: rest.pop(tag) for tag in ("PY", "Y1", "DA") if tag in rest}
    draft.date = merged_date(dates, "PY", "Y1", "DA")
    if dates and not draft.date:
        message = f"expected a date like 2022/06/14, found {quoted(next(iter(dates.values())))}"
        draft.note("odd-date", message, source.line_span(draft.lines.get("date", draft.line)))


def _take_numbers(draft: Draft, rest: dict[str, str]) -> None:
    start, end = rest.pop("SP", ""), rest.pop("EP", "")
    # Some exporters put the whole range in SP, and some repeat the first page in EP.
    draft.fields["pages"] = f"{start}-{end}" if start and end and start != end and "-" not in start else start or end
    if "SN" in rest:
        number = rest.pop("SN")
        draft.fields["isbn" if draft.type in ("book", "chapter") or len(number) > 12 else "issn"] = number
    if draft.type in ("report", "patent", "software", "dataset"):
        draft.fields["number"] = rest.pop("M1", "") or draft.fields.pop("issue", "")
    if draft.type == "report":
        draft.fields["institution"] = draft.fields.pop("publisher", "")


def _take_words(draft: Draft, rest: dict[str, str]) -> None:
    """What RIS has no tag for, and programs say in words."""
    if kind := kind_named(rest.get("M3", "")):
        draft.type = kind
        del rest["M3"]
    accession = draft.pieces.pop("extra:accession", [])
    for piece in accession:
        if arxiv := arxiv_in(piece):
            draft.arxiv = draft.arxiv or arxiv
        elif piece.startswith("PMID:"):
            draft.fields["pmid"] = piece.removeprefix("PMID:").strip()
        else:
            draft.pieces.setdefault("extra:accession", []).append(piece)
    for note in draft.pieces.pop(PRIVATE, []):
        remarks, mark, public = note.partition(PUBLIC_NOTE)
        if mark:
            draft.pieces.setdefault("note", []).append(public)
        parts = [part for part in remarks.split("; ") if part and not _is_told(part, draft)]
        if parts:
            draft.pieces.setdefault(PRIVATE, []).append("; ".join(parts))


def _is_told(remark: str, draft: Draft) -> bool:
    """Whether ``remark`` is one of those that stand among the notes since RIS has no tag for them."""
    if remark == "et al.":
        draft.et_al = True
    elif STATUS.fullmatch(remark):
        draft.fields.setdefault("status", remark)
    elif AWARD.fullmatch(remark):
        draft.fields.setdefault("award", remark)
    else:
        return False
    return True


def _take_organisations(draft: Draft, group: Group) -> None:
    """Among ``Family, Given`` a name of several words without a comma has no parts: it is no person's."""
    written = {one_line(tag.value) for tag in group.tags if _MEANINGS.get(tag.name) in ("author", "editor")}
    if not any("," in name for name in written):
        return
    for people in (draft.authors, draft.editors):
        people[:] = [Name(name.display, literal=True) if name.display in written else name for name in people]


_LINE_NAMES = dict.fromkeys(_VENUES, "venue") | {"PY": "date", "Y1": "date", "DA": "date", "SP": "pages"}
