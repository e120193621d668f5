"""CSL-JSON, as Zotero and Pandoc write it and as DOIs resolve to it; Crossref's own JSON differs little."""

from __future__ import annotations

import json

from labpress.core.decoding import decode
from labpress.core.diagnostics import Parsed, SourceText, quoted
from labpress.core.files import SourceFile
from labpress.core.names import Name, parse_name
from labpress.core.patterns import when_needed
from labpress.core.text import one_line
from labpress.sources.collect import IGNORED, put
from labpress.sources.draft import Draft, finish_all, guessed_markup, name_text
from labpress.sources.json_items import Json, json_items, json_text
from labpress.sources.kinds import kind_named
from labpress.sources.loose_dates import loose_date
from labpress.sources.notes import PRIVATE
from labpress.sources.record import Record

_TYPES = {
    "article-journal": "article", "journal-article": "article", "article-magazine": "article",
    "article-newspaper": "article", "review": "article", "article": "preprint", "posted-content": "preprint",
    "manuscript": "preprint", "preprint": "preprint", "paper-conference": "conference",
    "proceedings-article": "conference", "chapter": "chapter", "book-chapter": "chapter", "entry": "chapter",
    "entry-encyclopedia": "chapter", "book": "book", "monograph": "book", "edited-book": "book", "thesis": "thesis",
    "dissertation": "thesis", "report": "report", "standard": "report", "dataset": "dataset", "software": "software",
    "patent": "patent", "speech": "talk", "graphic": "poster",
}  # fmt: skip

_MEANINGS = {
    "title": "title", "container-title": "venue", "abstract": "abstract", "DOI": "doi", "URL": "url",
    "volume": "volume", "issue": "issue", "page": "pages", "publisher": "publisher", "publisher-place": "place",
    "collection-title": "series", "collection-number": "issue",
    "edition": "edition", "PMID": "pmid", "language": "language", "note": "note",
    "status": "status", "ISBN": "isbn", "ISSN": "issn", "license": "license", "annote": PRIVATE,
} | dict.fromkeys(
    "id citation-key citation-label type subtitle accessed source title-short container-title-short shortTitle score"
    " journalAbbreviation page-first event event-title system_id _graph prefix member".split(),
    IGNORED,
)  # fmt: skip
_PEOPLE = frozenset(
    "translator container-author collection-editor compiler composer contributor curator director editor-translator"
    " editorial-director guest host illustrator interviewer narrator organizer original-author performer producer"
    " recipient reviewed-author script-writer series-creator".split()
)
"""Who else had a part in it. An entry has no places for them, and keeps them under ``extra``."""
_DATES = ("issued", "published", "published-print", "published-online", "event-date", "submitted", "created")
_CSL_KEY = when_needed(
    r"\"(?:container-title|issued|DOI|citation-key|given|family|literal)\"\s*:|\"type\"\s*:\s*\"[a-z]+-?[a-z]+\""
)
_TAG = when_needed(r"\s*[;,]\s*")


def looks_like_csl_json(text: str) -> bool:
    """Whether ``text`` is JSON that speaks of titles, in CSL's words."""
    head = text[:200_000].lstrip()
    return head[:1] in ("[", "{") and bool(_CSL_KEY.search(head))


def parse_csl_json(file: SourceFile) -> Parsed[tuple[Record, ...]]:
    """One record for each object with a title."""
    source, faults = decode(file)
    items, broken = json_items(source)
    drafts = (_draft_of(item.value, item.line, source) for item in items if not broken or _is_work(item.value))
    return finish_all(drafts, source, (*faults, *broken))


def _is_work(item: Json) -> bool:
    """Whether an object is a paper, and not a name or a date that was left of a broken one."""
    return "title" in item or ("type" in item and ("author" in item or "issued" in item))


def _draft_of(item: Json, line: int, source: SourceText) -> Draft:
    draft = Draft(line=line, id=_key_of(item))
    for key, value in item.items():
        text = json_text(value) if not isinstance(value, list) else "; ".join(filter(None, map(json_text, value)))
        if key in ("title", "container-title"):
            text = json_text(value)
        if key in _MEANINGS:
            put(draft, _MEANINGS[key], text, line)
        elif key in _PEOPLE:
            put(draft, f"extra:{key}", "; ".join(map(name_text, _names(value))), line)
        elif isinstance(value, str) and key not in _SPECIAL:
            put(draft, f"extra:{key}", text, line)
    if subtitle := json_text(item.get("subtitle")):
        draft.title = f"{draft.title}: {one_line(subtitle)}"
    draft.authors = _names(item.get("author"))
    draft.editors = _names(item.get("editor"))
    _take_date(draft, item, source)
    _take_event(draft, item)
    for key in ("keyword", "keywords", "subject", "categories"):
        value = item.get(key)
        draft.tags.extend(map(json_text, value) if isinstance(value, list) else _TAG.split(json_text(value)))
    _take_type(draft, item)
    _take_custom(draft, item.get("custom"))
    draft.markup = guessed_markup(draft.title, draft.abstract)
    return draft


_SPECIAL = frozenset(_DATES).union(
    "author editor event-place keyword keywords subject categories genre number archive".split()
)


def _key_of(item: Json) -> str:
    """The citation key; ids that are addresses or numbers of a database are none."""
    for key in ("citation-key", "citation-label", "id"):
        text = one_line(json_text(item.get(key)))
        if text and not text.isdigit() and "://" not in text:
            return text
    return ""


def _names(people: object) -> list[Name]:
    names = []
    for person in people if isinstance(people, list) else ():
        if not isinstance(person, dict):
            name = parse_name(json_text(person))
        else:
            part = {key: one_line(json_text(value)) for key, value in person.items()}
            particle = part.get("non-dropping-particle") or part.get("dropping-particle", "")
            literal = part.get("literal") or part.get("name", "")
            if literal and not part.get("family"):
                name = Name(literal, literal=True)
            else:
                name = Name(part.get("family", ""), part.get("given", ""), particle, part.get("suffix", ""))
            if name.given and not name.family:
                name = parse_name(name.given)
        if name.family:
            names.append(name)
    return names


def _date(value: object) -> str:
    if isinstance(value, str):
        return loose_date(value)
    if not isinstance(value, dict):
        return ""
    parts = value.get("date-parts")
    while isinstance(parts, list) and parts and isinstance(parts[0], list):
        parts = parts[0]
    if isinstance(parts, list) and parts:
        return loose_date("-".join(json_text(part).strip() or "0" for part in parts[:3]))
    return loose_date(json_text(value.get("raw")) or json_text(value.get("literal")))


def _take_date(draft: Draft, item: Json, source: SourceText) -> None:
    draft.date = next((date for key in _DATES if (date := _date(item.get(key)))), "")
    if (issued := item.get("issued")) and not draft.date:
        found = quoted(json.dumps(issued, ensure_ascii=False))
        draft.note("odd-date", f"expected a date with a year, found {found}", source.line_span(draft.line))


def _take_event(draft: Draft, item: Json) -> None:
    event = one_line(json_text(item.get("event-title")) or json_text(item.get("event")))
    if event and draft.venue and event != draft.venue:
        draft.fields["booktitle"] = draft.venue
    draft.venue = event or draft.venue
    place = one_line(json_text(item.get("event-place")))
    if place and draft.fields.setdefault("place", place) != place:
        draft.extra["event-place"] = place


def _take_type(draft: Draft, item: Json) -> None:
    kind, genre = json_text(item.get("type")), one_line(json_text(item.get("genre")))
    draft.type = _TYPES.get(kind, "other")
    number = one_line(json_text(item.get("number")))
    if kind == "article" and draft.venue and "preprint" not in genre.lower():
        draft.type = "article"
    if draft.type == "thesis":
        draft.fields["degree"] = genre
        draft.fields["institution"] = draft.fields.pop("publisher", "")
    elif draft.type == "report":
        draft.fields["institution"] = draft.fields.pop("publisher", "")
    elif kind_named(genre):
        draft.type = kind_named(genre)
    elif genre and draft.type != "preprint":
        draft.extra["genre"] = genre
    if number:
        draft.fields["number"] = number
    if draft.type in ("software", "dataset") and "extra:version" in draft.pieces:
        draft.fields["number"] = draft.pieces.pop("extra:version")[0]
    if draft.type == "book":
        draft.venue = ""


def _take_custom(draft: Draft, custom: object) -> None:
    """What labpress says beyond CSL's own variables; other programs have other things here."""
    if not isinstance(custom, dict):
        return
    draft.et_al = draft.et_al or custom.get("et-al") is True
    draft.arxiv = draft.arxiv or json_text(custom.get("arxiv"))
    categories = custom.get("categories")
    draft.category = json_text(categories[0]) if isinstance(categories, list) and categories else ""
    keywords = custom.get("keywords")
    draft.tags = [json_text(keyword) for keyword in keywords] if isinstance(keywords, list) else draft.tags
    for name in ("license", "award"):
        draft.fields.setdefault(name, json_text(custom.get(name)))
    links = custom.get("links")
    for kind, address in links.items() if isinstance(links, dict) else ():
        draft.links.setdefault(kind, json_text(address))
