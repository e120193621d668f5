"""RIS, the form that every reference manager reads.

Lines are ``TAG``, two spaces, a hyphen, a space and the value, and end with CR LF; ``TY`` comes first and ``ER`` last.
RIS has no type for preprints: like Zotero, labpress writes ``GEN`` and says "Preprint" in ``M3``.
"""

from __future__ import annotations

from collections.abc import Iterator

from labpress.site.citations.reference import Reference
from labpress.sources.notes import PUBLIC_NOTE

_TYPES = {
    "article": "JOUR",
    "conference": "CPAPER",
    "workshop": "CPAPER",
    "chapter": "CHAP",
    "book": "BOOK",
    "thesis": "THES",
    "report": "RPRT",
    "manuscript": "UNPB",
    "software": "COMP",
    "dataset": "DATA",
    "patent": "PAT",
    "poster": "SLIDE",
    "talk": "SLIDE",
}
_END = "ER  - \r\n"
_WORK_TYPES = {"preprint": "Preprint", "poster": "Poster", "talk": "Talk"}


def as_ris(ref: Reference, *, full: bool = False) -> str:
    """One record, with its line ends; ``full`` adds the abstract."""
    record = "".join([f"{tag}  - {value}\r\n" for tag, value in _fields(ref) if value]) + _END
    return with_abstract(record.encode(), ref).decode() if full else record


def with_abstract(record: bytes, ref: Reference) -> bytes:
    """The record of ``ref``, in full and in UTF-8."""
    end = _END.encode()
    return b"%bAB  - %b\r\n%b" % (record.removesuffix(end), ref.abstract.encode(), end) if ref.abstract else record


def _fields(ref: Reference) -> Iterator[tuple[str, str]]:
    kind, link = ref.type, ref.link
    yield "TY", _TYPES.get(kind, "GEN")
    yield "ID", ref.id
    yield "TI", ref.title
    for author in ref.authors:
        yield "AU", _name(author.name.family_with_particle, author.name.given, author.name.suffix)
    for editor in ref.editors:
        yield "A2", _name(editor.name.family_with_particle, editor.name.given, editor.name.suffix)
    if ref.date:
        yield "PY", f"{ref.date.year:04}"
        # The form has four fields, the last for a season; unknown ones stay empty.
        yield "DA", "/".join([*f"{ref.date.iso}--".split("-")[:3], ""])
    yield "T2", ref.event or ref.container
    if kind in ("conference", "workshop"):
        yield "C3", ref.container
    yield "T3", ref.series
    yield "M3", ref.degree or _WORK_TYPES.get(kind, "")
    yield "VL", ref.volume
    yield "IS", ref.issue or ("" if kind == "preprint" else ref.number)
    is_one_range = ref.pages in (ref.first_page, f"{ref.first_page}–{ref.last_page}")
    yield "SP", ref.first_page if is_one_range else ref.pages.replace("–", "-")
    yield "EP", ref.last_page if is_one_range else ""
    yield "ET", ref.edition
    yield "PB", ref.institution or ref.archive or ref.publisher
    yield "CY", ref.place
    yield "SN", ref.isbn or ref.issn
    yield "DO", ref.doi
    yield "AN", ref.archive_number or (ref.pmid and f"PMID:{ref.pmid}")
    yield "UR", link
    yield "UR", "" if ref.arxiv_url == link else ref.arxiv_url
    yield "L1", ref.pdf_url
    yield "LA", ref.language
    for keyword in ref.keywords:
        yield "KW", keyword
    note = ref.note and f"{PUBLIC_NOTE}{ref.note}"
    yield "N1", "; ".join(part for part in (ref.status, ref.award, ref.et_al and "et al.", note) if part)


def _name(family: str, given: str, suffix: str) -> str:
    """``Family, Given, Suffix``; a name of one part stands alone."""
    if suffix:
        return f"{family}, {given}, {suffix}"
    return f"{family}, {given}" if given else family
