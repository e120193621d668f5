"""BibTeX and BibLaTeX files, as found in the wild."""

from __future__ import annotations

import re

from labpress.core.decoding import decode
from labpress.core.degrees import degree_name
from labpress.core.diagnostics import Diagnostic, Note, Parsed, SourceText, quoted
from labpress.core.files import SourceFile
from labpress.core.identifiers import parse_doi
from labpress.core.names import Name
from labpress.core.patterns import when_needed
from labpress.core.text import fold
from labpress.sources import bibtex_fields as vocabulary
from labpress.sources.bibtex_block import RawField
from labpress.sources.bibtex_inherit import with_inherited
from labpress.sources.bibtex_macros import JOURNAL_COMMANDS
from labpress.sources.bibtex_names import parse_names
from labpress.sources.bibtex_scan import RawEntry, scan_entries
from labpress.sources.draft import Draft, finish_all
from labpress.sources.kinds import kind_named
from labpress.sources.latex_texts import plain_address, plain_addresses, plain_line, tidy_line, tidy_lines, tidy_text
from labpress.sources.loose_dates import loose_date, month_and_day
from labpress.sources.mentions import arxiv_in, urls_in
from labpress.sources.notes import PRIVATE
from labpress.sources.published_in import STATUS
from labpress.sources.record import Record

_ENTRY = when_needed(r"^[ \t]*@[ \t]*[A-Za-z]+[ \t]*[{(][^{}\n=]{0,300}(?:,|$)", re.MULTILINE)
_CHAPTER = when_needed(r"(?:chap(?:ter|\.)?\s?)?([A-Z]?\d{1,4}(?:\.\d{1,4})?|[IVXLC]{1,8}|[A-Z])", re.IGNORECASE)
_BETWEEN_TEAMS = when_needed(r"\s*[,;]\s*|\s+(?:and|&)\s+")
_PACKAGE = when_needed(r"\s{0,9}(?:R|Python|Julia) package version\s(\d[\w.+-]{0,30}(?<!\.))", re.IGNORECASE)
_FOR = when_needed(r"^(?:(?:for|on behalf of) )?the ", re.IGNORECASE)
_TEAM = when_needed(r"\s(?:collaborations?|consortium|group|project|team)$", re.IGNORECASE)
_JOURNAL_COMMAND = when_needed(r"\{?\\([a-z]+)\}?\s*")


def looks_like_bibtex(text: str) -> bool:
    """Whether ``text`` has a line that begins a BibTeX entry."""
    return bool(_ENTRY.search(text))


def parse_bibtex(file: SourceFile) -> Parsed[tuple[Record, ...]]:
    """One record for each entry with a title; faults of syntax are reported, and the entries around them survive."""
    source, faults = decode(file)
    scanned = scan_entries(source)
    family = with_inherited(scanned.value, source)
    drafts: list[Draft] = []
    volumes: list[Diagnostic] = []
    for entry in family.value.entries:
        draft = _draft_of(entry, source)
        if entry.offset in family.value.parents and entry.type in vocabulary.VOLUMES and not draft.authors:
            message = f"{quoted(entry.key)} serves the papers that name it in crossref, and is no record itself"
            volumes.append(Diagnostic("parent-entry", message, source.line_span(draft.line)))
        elif entry.type not in vocabulary.NO_PAPERS:
            drafts.append(draft)
    repeated = _repeated_keys(scanned.value, source)
    return finish_all(drafts, source, (*faults, *scanned.diagnostics, *family.diagnostics, *repeated, *volumes))


def _repeated_keys(entries: tuple[RawEntry, ...], source: SourceText) -> list[Diagnostic]:
    first: dict[str, RawEntry] = {}
    faults = []
    for entry in entries:
        known = first.setdefault(entry.key.lower(), entry)
        if known is entry or not entry.key:
            continue
        note = Note("first used here", source.span(known.offset))
        message = f"the key {quoted(entry.key)} was used before; both entries were read"
        faults.append(
            Diagnostic("duplicate-id", message, source.span(entry.offset), "give one of them another", (note,))
        )
    return faults


class _Values(dict[str, RawField]):
    """The fields of one entry by name; of equal names the first counts, as in BibTeX."""

    def take(self, *names: str) -> str:
        """The value of the first of ``names`` that has one; all of them are used up."""
        values = [self.pop(name).value.strip() for name in names if name in self]
        return next(filter(None, values), "")


def _draft_of(entry: RawEntry, source: SourceText) -> Draft:
    draft = Draft(id=entry.key, line=source.line_number(entry.offset), reported=entry.faults)
    values = _Values()
    for one in entry.fields:
        if one.name in values:
            span = source.span(one.offset, one.offset + len(one.name))
            note = Note("the first one", source.span(values[one.name].offset))
            message = f"{one.name} is given twice; the first one counts, found {quoted(one.value)} here"
            draft.faults.append(Diagnostic("duplicate-field", message, span, "delete one of them", (note,)))
        else:
            values[one.name] = one
    for name, one in values.items():
        draft.lines.setdefault(vocabulary.LINE_NAMES.get(name, name), source.line_number(one.offset))
    # Each step uses up the fields that it understands; the last one keeps what is left.
    _take_title(entry.type, values, draft)
    _take_people(values, draft, source)
    _take_date(values, draft, source)
    _take_venue(entry.type, values, draft)
    _take_numbers(entry.type, values, draft)
    _take_identifiers(values, draft)
    _take_addresses(values, draft)
    _take_rest(values, draft)
    return draft


def _take_title(kind: str, values: _Values, draft: Draft) -> None:
    title, subtitle = values.take("title"), values.take("subtitle")
    if not title and kind in vocabulary.VOLUMES:
        title = values["booktitle"].value if "booktitle" in values else ""
    draft.title = tidy_line(f"{title}: {subtitle}" if title and subtitle else title or subtitle)
    _take_chapter(kind, values, draft)
    draft.abstract = tidy_text(values.take("abstract", "abstractnote"))


def _take_chapter(kind: str, values: _Values, draft: Draft) -> None:
    """The number of a chapter is a remark; a name in its place is the title, for ``inbook`` has the book's there."""
    chapter = tidy_line(values.take("chapter"))
    if number := _CHAPTER.fullmatch(chapter):
        draft.pieces["note"] = [f"Chapter {number[1]}"]
    elif chapter and draft.title and kind == "inbook" and "booktitle" not in values:
        values["booktitle"] = RawField("booktitle", draft.title, 0)
        draft.title = chapter
    elif chapter != draft.title:
        draft.extra["chapter"] = chapter


def _take_people(values: _Values, draft: Draft, source: SourceText) -> None:
    for field, people in (("author", draft.authors), ("editor", draft.editors)):
        line = draft.lines.get(vocabulary.LINE_NAMES[field], draft.line)
        names, et_al, doubt = parse_names(values.take(field))
        people.extend(names)
        if doubt:
            message = (
                f"expected  and  between the names of {field}, found {doubt}; they were read as {len(names)} people"
            )
            draft.note("doubtful-authors", message, source.line_span(line), "write  and  between the names")
        if field == "author":
            draft.et_al = et_al
    teams = " ".join([fold(name.family) for name in draft.authors if name.literal])
    for team in filter(None, _BETWEEN_TEAMS.split(plain_line(values.take("collaboration")))):
        name = _FOR.sub("", team)
        bare = _TEAM.sub("", name)
        if fold(bare) not in teams:
            draft.authors.append(Name(name if bare != name else f"{name} Collaboration", literal=True))


def _take_date(values: _Values, draft: Draft, source: SourceText) -> None:
    written = plain_line(values.take("date", "year"))
    month, day = plain_line(values.take("month")), plain_line(values.take("day"))
    draft.date = loose_date(written)
    if len(draft.date) == 4 and month:
        number, in_month = month_and_day(month)
        draft.date = loose_date(f"{draft.date}-{number}-{in_month or (day if day.isdigit() else 0)}") or draft.date
    if draft.date and (status := STATUS.search(written)):
        draft.fields["status"] = status[0].lower()
    elif written and not draft.date:
        draft.fields["status"] = written
        if any(map(str.isdigit, written)):
            message = f"expected a year, found {quoted(written)}"
            draft.note("odd-date", message, source.line_span(draft.lines.get("date", draft.line)), "kept as the status")


def _take_venue(kind: str, values: _Values, draft: Draft) -> None:
    draft.type = vocabulary.TYPES.get(kind, "other")
    _take_package(kind, values, draft)
    journal = values.take("journaltitle", "journal", "shortjournal")
    command = _JOURNAL_COMMAND.fullmatch(journal)
    journal = JOURNAL_COMMANDS.get(command[1], journal) if command else journal
    # A volume of several has a title of its own; the parts of both are one name, from the whole to the part.
    whole = ("maintitle", "mainsubtitle") if draft.type != "book" else ()
    booktitle = ": ".join(filter(None, map(values.take, (*whole, "booktitle", "booksubtitle"))))
    event = values.take("eventtitle", "conference")
    if event and kind == "unpublished":
        draft.type = kind_named(plain_line(values.take("type"))) or "talk"  # As Zotero writes a presentation.
    if not (journal or booktitle or event):
        event = values.take("venue")
    first, *others = (journal, booktitle) if draft.type == "article" else (event, booktitle, journal)
    draft.venue = tidy_line(next(filter(None, (first, *others)), ""))
    if draft.type == "book":
        draft.venue = ""
    if event and booktitle:
        draft.fields["booktitle"] = tidy_line(booktitle)


def _take_package(kind: str, values: _Values, draft: Draft) -> None:
    """R has its packages cited as manuals, with the version, and often an address, in the note."""
    package = _PACKAGE.match(values["note"].value) if kind in ("manual", "misc") and "note" in values else None
    if package:
        draft.type = "software"
        draft.fields["number"] = package[1]
        draft.urls.extend(urls_in(plain_address(values.take("note")[package.end() :])))


def _take_numbers(kind: str, values: _Values, draft: Draft) -> None:
    number, issue = values.take("number"), values.take("issue")
    if draft.type in ("software", "dataset"):
        draft.fields.setdefault("number", plain_line(values.take("version") or number or issue))
    elif draft.type in ("report", "patent", "thesis"):
        draft.fields["number"] = plain_line(number or issue)
    else:
        draft.fields["issue"] = plain_line(number or issue)
    if number and issue not in ("", number):
        draft.extra["issue"] = plain_line(issue)
    article = plain_line(values.take("eid", "articleno", "article-number"))
    if parse_doi(article):  # ADS numbers software by its DOI.
        draft.doi = article
    elif "pages" not in values:
        draft.fields["pages"] = article
    elif article and plain_line(values["pages"].value) != article:
        draft.extra["eid"] = article
    if draft.type in ("thesis", "report"):
        draft.fields["institution"] = tidy_line(values.take("school", "institution", "organization"))
    elif "publisher" not in values:
        draft.fields["publisher"] = tidy_line(values.take("organization"))
    if draft.type == "thesis":
        written = degree_name(plain_line(values.take("type")))
        draft.fields["degree"] = written or vocabulary.DEGREES.get(kind, "")


_SEPARATOR = when_needed(r"[,;\s]+")


def _take_identifiers(values: _Values, draft: Draft) -> None:
    draft.doi = plain_address(values.take("doi")) or draft.doi
    draft.arxiv = plain_address(values.take("arxiv", "arxivid"))
    archive = plain_line(values.take("archiveprefix", "eprinttype")).lower()
    subject = plain_line(values.take("primaryclass", "eprintclass", "arxivclass"))
    subjects = [part for part in _SEPARATOR.split(subject) if part and part not in vocabulary.ARCHIVES]
    subject, others = next(iter(subjects), ""), ", ".join(subjects[1:])
    if others:
        draft.extra["categories"] = others
    eprint = plain_address(values.take("eprint"))
    if archive == "arxiv" or draft.arxiv:
        draft.category = subject
    if not eprint:
        return
    if archive in ("pubmed", "pmid"):
        draft.fields["pmid"] = eprint
    elif archive == "arxiv" or (not archive and arxiv_in(f"arXiv:{eprint}")):
        draft.arxiv, draft.category = draft.arxiv or eprint, subject
    elif urls_in(eprint):
        draft.urls.append(eprint)
    else:
        draft.extra["eprint"] = f"{archive}:{eprint}" if archive else eprint


_LONGEST_PLACE = 120
_HOW = when_needed(
    r"\b(?:accessed|available|online|retrieved|visited|website|web ?page|manuscript|repository|unpublished|e-?mail"
    r"|communication|self-published|press release|code)\b",
    re.IGNORECASE,
)


def _take_addresses(values: _Values, draft: Draft) -> None:
    for field in list(values):
        if field in vocabulary.URLS or field.startswith("bdsk-url"):
            draft.urls.extend(_addresses_of(plain_address(values.take(field))))
        elif field in vocabulary.LINKS:
            draft.links.setdefault(vocabulary.LINKS[field], plain_address(values.take(field)))
    published = values["howpublished"].value if "howpublished" in values else ""
    addresses = urls_in(plain_addresses(published))
    if addresses:
        draft.urls.extend(addresses)
        del values["howpublished"]
    elif arxiv := arxiv_in(published):
        draft.arxiv = draft.arxiv or arxiv
        del values["howpublished"]
    elif draft.type == "other" and _is_place(published):
        first, _comma, rest = tidy_line(values.take("howpublished")).partition(", ")
        kind = kind_named(first)
        draft.type = kind or draft.type
        draft.venue = draft.venue or (rest if kind else f"{first}{_comma}{rest}")


def _addresses_of(written: str) -> list[str]:
    """Every address of a field, and last what else stands there."""
    words = written.split()
    if len(words) < 2:
        return words
    addresses = urls_in(written)
    others = [word for word in words if not urls_in(word)]
    return [*addresses, " ".join(others)] if others else addresses


def _is_place(published: str) -> bool:
    """Whether ``howpublished`` says where, as styles print it for a venue, and not how a text can be had."""
    return published[:1].isupper() and len(published) < _LONGEST_PLACE and not _HOW.search(published)


_KEYWORD_PIECE = when_needed(r"\\.|&#?\w{1,10};|[{};,\n]|[^\\&{};,\n]+|.", re.DOTALL)


def _keywords(value: str) -> list[str]:
    """The parts of ``value`` between its semicolons if it has some, else between commas and ends of lines.

    What stands in braces is not taken apart, but for braces around everything.
    """
    depth, pieces = 0, []
    for piece in _KEYWORD_PIECE.findall(value):
        depth += (piece == "{") - (piece == "}")
        pieces.append((piece, depth))
    # Many programs write a pair of braces around the whole value.
    outside = 1 if pieces and depth == 0 and all(inner > 0 for _, inner in pieces[:-1]) else 0
    separators = ";" if any(piece == ";" and inner <= outside for piece, inner in pieces) else ",\n"
    parts: list[list[str]] = [[]]
    for piece, inner in pieces:
        if piece in separators and inner <= outside:
            parts.append([])
        else:
            parts[-1].append(piece)
    return ["".join(part) for part in parts]


def _take_rest(values: _Values, draft: Draft) -> None:
    keywords, own = values.take("keywords", "keyword"), values.take("author_keywords")
    if own and keywords:
        draft.extra["index_keywords"] = tidy_line(keywords)  # Scopus says what it files a paper under, too.
    draft.tags.extend(map(plain_line, _keywords(own or keywords)))
    draft.fields["language"] = plain_line(values.take("langid", "language", "hyphenation"))
    note, private = tidy_lines(values.take("note")), tidy_lines(values.take("annote", "annotation"))
    for field, one in values.items():
        text, meaning = tidy_line(one.value), vocabulary.PLAIN_FIELDS.get(field)
        if meaning and draft.fields.setdefault(meaning, text) in ("", text):
            draft.fields[meaning] = text
        elif not vocabulary.is_private(field):
            draft.extra[field] = text
    status = draft.fields.get("status", "")
    draft.fields["status"] = vocabulary.STATUSES.get(status, status)
    if not (status and note.lower() == status.lower()):  # BibTeX's own styles know no pubstate: files say it twice.
        draft.pieces.setdefault("note", []).append(note)
    draft.pieces[PRIVATE] = [private]
    if status == "prepublished" and draft.arxiv:
        del draft.fields["status"]  # Programs say so of every preprint.
