"""What a reader has collected of one paper, and the finishing that is the same for every format.

A format only says which of its tags is which: the title, an author, an address. What a DOI looks like, that
``arXiv preprint arXiv:2206.06565`` in a journal's place is an id and no journal, that an address leads to
code, is decided here, once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec import Struct, field

from labpress.core.degrees import degree_name
from labpress.core.diagnostics import Diagnostic, Parsed, SourceText, Span, quoted
from labpress.core.identifiers import parse_arxiv, parse_doi, parse_isbn, parse_issn, parse_pmid, without_version
from labpress.core.languages import parse_language
from labpress.core.names import Name, parse_name
from labpress.core.patterns import when_needed
from labpress.core.taxonomy import without_archive
from labpress.core.text import one_line
from labpress.sources.bare_numbers import take_bare_numbers
from labpress.sources.kinds import OPEN_TO_REREADING, take_archive, take_patent, type_of
from labpress.sources.latex_texts import html_as_latex
from labpress.sources.loose_dates import loose_date
from labpress.sources.mentions import arxiv_in, doi_in, link_kind, web_address, without_email
from labpress.sources.notes import PRIVATE, take_note
from labpress.sources.record import Record


class Draft(Struct, kw_only=True):
    """One paper while it is being collected; every text is without the markup of its file format."""

    line: int = 0
    """The record's first line."""
    id: str = ""
    type: str = ""
    """One of labpress's entry types, ``other``, or "" when the format does not say."""
    title: str = ""
    authors: list[Name] = field(default_factory=list)
    editors: list[Name] = field(default_factory=list)
    et_al: bool = False
    date: str = ""
    """ISO 8601."""
    venue: str = ""
    abstract: str = ""
    category: str = ""
    score: float | None = None
    has_code: bool = False
    affiliations: list[str] = field(default_factory=list)
    doi: str = ""
    """As written."""
    arxiv: str = ""
    """As written, where the format says that this is an arXiv id."""
    urls: list[str] = field(default_factory=list)
    """Addresses as written; where they lead is found out."""
    links: dict[str, str] = field(default_factory=dict)
    """Addresses of which the format says the kind."""
    tags: list[str] = field(default_factory=list)
    fields: dict[str, str] = field(default_factory=dict)
    extra: dict[str, str] = field(default_factory=dict)
    pieces: dict[str, list[str]] = field(default_factory=dict)
    """Fields that may be given several times: ``note``, or ``extra:NAME`` for one under ``extra``."""
    lines: dict[str, int] = field(default_factory=dict)
    markup: str = "latex"
    """``latex``, ``plain``, or ``html``, of which the record's texts are made into LaTeX."""
    reported: tuple[Diagnostic, ...] = ()
    """Faults of the record's syntax, which its format has reported."""
    faults: list[Diagnostic] = field(default_factory=list)

    def note(self, code: str, message: str, span: Span | None, advice: str = "") -> None:
        self.faults.append(Diagnostic(code, message, span, advice))


_ARXIV_VENUE = when_needed(
    r"(?:(?:corr|(?:the )?arxiv(?:\.org)?)\b(?:[\s\-,:]+(?:e-?prints?|preprints?|cs|math|physics|stat|abs)\b)*)",
    re.IGNORECASE,
)
_PAGE_DASH = when_needed(r"\s*(?:-{1,3}|[‐‑‒–—−])\s*")
_OTHERS = frozenset(["et al", "others", "and others", "al. et", "al et"])
"""What formats without a word for it have as the last author; some take it apart like a name."""
_WITHOUT_EDITION = frozenset(["article", "conference", "workshop", "preprint"])
_TO_THE_TEXT = frozenset(["pdf", "html", "website", "publisher"])
_HTML_TAG = when_needed(r"</?(?:i|b|em|strong|sub|sup|p|span|br|jats:[a-z-]+)\b[^<>]{0,100}>", re.IGNORECASE)
_LATEX = when_needed(r"\\[A-Za-z]{2,}|\\[\"'`^~%&$_#{}]|\$[^$]+\$")


def finish(draft: Draft, source: SourceText) -> Parsed[Record | None]:
    """The record that ``draft`` makes, or None when it has no title; every doubt is reported at the record's place."""
    if draft.markup == "html":
        draft.title, draft.abstract, draft.venue = map(html_as_latex, (draft.title, draft.abstract, draft.venue))
        draft.markup = "latex"
    title = one_line(draft.title)
    if not title:
        names = quoted("; ".join(name.display for name in draft.authors[:3]) or draft.id or "nothing else")
        draft.note("no-title", f"expected a title, found none beside {names}", source.line_span(draft.line), "add one")
        return Parsed(None, tuple(draft.faults))
    _take_notes(draft)
    _take_edition(draft)
    for name, pieces in draft.pieces.items():
        texts = draft.extra if name.startswith("extra:") else draft.fields
        texts.setdefault(name.removeprefix("extra:"), "; ".join(unique(pieces)))
    if draft.authors and draft.authors[-1].display.lower().strip("{}. ") in _OTHERS:
        draft.authors.pop()
        draft.et_al = True
    _take_identifiers(draft, source)
    _take_language(draft, source)
    take_archive(draft)
    take_patent(draft)
    _take_links(draft)
    _take_numbers(draft, source)
    record = Record(
        title=title,
        authors=tuple(map(name_text, draft.authors)),
        editors=tuple(map(name_text, draft.editors)),
        et_al=draft.et_al,
        date=draft.date,
        category=draft.category,
        score=draft.score,
        has_code=draft.has_code,
        affiliations=tuple(unique(map(without_email, draft.affiliations))),
        abstract=draft.abstract.strip(),
        links=draft.links,
        id=draft.id,
        type=type_of(draft),
        venue=one_line(draft.venue),
        doi=draft.doi,
        arxiv=draft.arxiv,
        tags=tuple(unique(without_archive(one_line(tag)) for tag in draft.tags)),
        markup=draft.markup,
        fields={name: one_line(value) for name, value in draft.fields.items() if value.strip()},
        extra={name: value.strip() for name, value in draft.extra.items() if value.strip()},
        path=source.path,
        lines={"": draft.line, **draft.lines},
        warnings=(*draft.reported, *draft.faults),
    )
    return Parsed(record, tuple(draft.faults))


def finish_all(drafts: Iterable[Draft], source: SourceText, faults: Iterable[Diagnostic]) -> Parsed[tuple[Record, ...]]:
    """The records that ``drafts`` make, and ``faults`` with every doubt about them, in the order of the file."""
    found = list(faults)
    records: list[Record] = []
    for draft in drafts:
        record, doubts = finish(draft, source)
        found.extend(doubts)
        if record:
            records.append(record)
    found.sort(key=lambda fault: (fault.span.line, fault.span.column) if fault.span else (0, 0))
    return Parsed(tuple(records), tuple(found))


def name_text(name: Name) -> str:
    """``name`` as a record has it: ``Given Family``, unless ``Family, Given`` is read back as a name closer to it.

    ``{van Gogh}, Vincent`` is none that could be: an entry has a particle there in either order.
    """
    if name.literal:
        return f"{{{name.family}}}" if " " in name.family else name.family
    read_back = parse_name(name.display)
    return name.display if read_back in (name, parse_name(name.sorted_form)) else name.sorted_form


def unique(texts: Iterable[str]) -> list[str]:
    """``texts`` without empty ones and repetitions, in order."""
    return list(dict.fromkeys(text for text in texts if text))


def page_range(text: str) -> str:
    """``12-34`` for ``12--34`` and ``12 – 34``."""
    return _PAGE_DASH.sub("-", text.strip())


def guessed_markup(*texts: str) -> str:
    """What markup texts have whose format does not say: commands or ``$math$`` make LaTeX, tags make HTML."""
    text = " ".join(texts)
    if _HTML_TAG.search(text):
        return "html"
    return "latex" if _LATEX.search(text) else "plain"


def _take_notes(draft: Draft) -> None:
    """Take out of notes, public and private ones, what programs put there: identifiers and fields of the paper."""
    written = {"pmid": draft.fields.get("pmid", ""), "doi": parse_doi(draft.doi) or draft.doi, "arxiv": draft.arxiv}
    known = {scheme: identifier for scheme, identifier in written.items() if identifier}
    told: dict[str, str] = {}
    for name in ("note", PRIVATE):
        if pieces := draft.pieces.get(name):
            draft.pieces[name] = [take_note(piece, known, told) for piece in pieces]
    draft.doi, draft.arxiv = known.pop("doi", ""), known.pop("arxiv", "")
    draft.fields.update({"pmid": known.pop("pmid", "")})
    draft.extra.update(known)
    for name, value in told.items():
        if value != draft.fields.get(name):
            draft.extra[name] = "; ".join(unique(filter(None, (draft.extra.get(name, ""), value))))


def _take_edition(draft: Draft) -> None:
    """EndNote keeps in the place of an edition when an article was first online."""
    if draft.type in _WITHOUT_EDITION and (date := loose_date(draft.fields.get("edition", ""))):
        draft.date = draft.date or date
        del draft.fields["edition"]


def _take_identifiers(draft: Draft, source: SourceText) -> None:
    written = draft.doi.strip()
    if written:
        draft.doi = parse_doi(written) or doi_in(written)
        if not draft.doi:
            _refuse(draft, source, "doi", written, "a DOI like 10.48550/arXiv.2206.06565")
    written = draft.arxiv.strip()
    if written:
        draft.arxiv = parse_arxiv(written) or arxiv_in(written)
        if not draft.arxiv:
            _refuse(draft, source, "arxiv", written, 'an arXiv id like "2206.06565"')
    _reread_arxiv_venue(draft)
    for place in (draft.doi, draft.fields.get("note", ""), draft.fields.get("number", "")):
        if not draft.arxiv:
            draft.arxiv = parse_arxiv(place) or "" if place.startswith("10.48550/") else arxiv_in(place)
    draft.arxiv = without_version(draft.arxiv)
    for name in ("number", "issue"):
        if draft.arxiv and arxiv_in(draft.fields.get(name, "")) == draft.arxiv:
            del draft.fields[name]
    if draft.arxiv and draft.fields.get("publisher", "").lower() in ("arxiv", "arxiv.org"):
        del draft.fields["publisher"]


def _refuse(draft: Draft, source: SourceText, name: str, written: str, expected: str) -> None:
    span = source.line_span(draft.lines.get(name, draft.line))
    draft.note("odd-identifier", f"expected {expected}, found {quoted(written)}", span, "kept under extra:")
    draft.extra.setdefault(name, written)


def _reread_arxiv_venue(draft: Draft) -> None:
    """A venue such as ``arXiv preprint arXiv:2206.06565`` or ``CoRR abs/2206.06565`` is an id and no venue."""
    head = _ARXIV_VENUE.match(draft.venue.strip())
    if not head:
        return
    volume = draft.fields.get("volume", "")
    mentioned = (
        arxiv_in(draft.venue)
        or arxiv_in(volume)
        or arxiv_in(f"abs/{volume}")
        or arxiv_in(draft.fields.get("pages", ""))
    )
    draft.arxiv = draft.arxiv or mentioned
    if not draft.arxiv and head.end() < len(draft.venue.strip()):
        return
    draft.venue = ""
    if draft.type in OPEN_TO_REREADING:
        draft.type = "preprint"
    for name in ("volume", "pages"):
        if arxiv_in(f"abs/{draft.fields.get(name, '').removeprefix('abs/')}"):
            del draft.fields[name]


def _take_links(draft: Draft) -> None:
    for kind in list(draft.links):
        address = web_address(draft.links[kind])
        if not address:
            draft.extra.setdefault(kind, draft.links[kind])
            del draft.links[kind]
            continue
        draft.links[kind] = address
    for written in unique(url.strip() for url in draft.urls):
        address = web_address(written)
        if not address:
            draft.extra.setdefault("url", written)
        elif not _is_identifier(draft, address):
            _add_link(draft, address)
    for kind in _TO_THE_TEXT & draft.links.keys():
        if _says_no_more(draft, draft.links[kind]):
            del draft.links[kind]


def _says_no_more(draft: Draft, url: str) -> bool:
    """Whether ``url`` follows from the paper's DOI or arXiv id, as the address of arXiv's PDF does."""
    doi, arxiv = parse_doi(url) or "", parse_arxiv(url) or ""
    return doi.lower() == draft.doi.lower() if doi else arxiv != "" and without_version(arxiv) == draft.arxiv


def _is_identifier(draft: Draft, url: str) -> bool:
    """Whether ``url`` says no more than the paper's DOI, arXiv id or PubMed id, which is then taken from it."""
    if doi := parse_doi(url):
        draft.doi = draft.doi or doi
        return draft.doi.lower() == doi.lower()
    if arxiv := parse_arxiv(url):
        draft.arxiv = draft.arxiv or without_version(arxiv)
        return draft.arxiv == without_version(arxiv)
    if "pubmed" in url and (pmid := parse_pmid(url)):
        return draft.fields.setdefault("pmid", pmid) == pmid
    return False


def _add_link(draft: Draft, url: str) -> None:
    if url in draft.links.values():
        return
    kind = link_kind(url)
    if kind not in draft.links:
        draft.links[kind] = url
    else:
        draft.extra["url"] = f"{draft.extra['url']} {url}" if "url" in draft.extra else url


def _take_numbers(draft: Draft, source: SourceText) -> None:
    fields = draft.fields
    take_bare_numbers(fields)
    if draft.type == "thesis":
        fields["degree"] = degree_name(fields.get("degree", ""))
        fields.setdefault("number", fields.pop("issue", ""))
    _take_number_in_series(draft)
    if "pages" in fields:
        fields["pages"] = page_range(fields["pages"])
    if fields.get("issue", "")[:1].isdecimal():
        fields["issue"] = page_range(fields["issue"])
    for name, parse in (("isbn", parse_isbn), ("issn", parse_issn)):
        written = fields.pop(name, "").strip()
        if not written:
            continue
        # Files often name the print and the online number in one field.
        number = next((found for part in re.split(r"[,;/\s]+", written) if (found := parse(part))), parse(written))
        if number:
            fields[name] = number
        else:
            _refuse(draft, source, name, written, f"an {name.upper()} whose check digit is right")


def _take_number_in_series(draft: Draft) -> None:
    """The number of a book in its series, which formats have where an article has its issue."""
    fields = draft.fields
    number, series, volume = (fields.get(name, "") for name in ("issue", "series", "volume"))
    is_book = draft.type in ("book", "chapter")
    if not number or not (is_book or (draft.type in ("conference", "workshop") and series and not volume)):
        return
    del fields["issue"]
    if not series:
        fields.setdefault("number", number)
    elif volume in ("", number):
        fields["volume"] = number
    else:
        fields["series"] = f"{series} {number}"


def _take_language(draft: Draft, source: SourceText) -> None:
    written = draft.fields.pop("language", "").strip()
    if not written:
        return
    tag = parse_language(written)
    if tag:
        draft.fields["language"] = tag
    else:
        _refuse(draft, source, "language", written, "a language")
