"""What a page says for machines: Highwire's ``citation_*``, COinS, linked data and microdata of schema.org."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import parse_qs

from labpress.core.names import Name, parse_name
from labpress.core.text import one_line, without_controls
from labpress.sources.collect import put
from labpress.sources.draft import Draft, guessed_markup
from labpress.sources.loose_dates import loose_date
from labpress.sources.webpage_tree import Node, Page, text_of

_HIGHWIRE = {
    "citation_title": "title", "citation_author": "author", "citation_journal_title": "venue",
    "citation_conference_title": "venue", "citation_inbook_title": "venue", "citation_abstract": "abstract",
    "citation_doi": "doi", "citation_arxiv_id": "arxiv", "citation_volume": "volume", "citation_issue": "issue",
    "citation_publisher": "publisher", "citation_issn": "issn", "citation_isbn": "isbn",
    "citation_pdf_url": "link:pdf", "citation_keywords": "tag", "citation_author_institution": "affiliation",
    "citation_technical_report_institution": "institution", "citation_dissertation_institution": "institution",
    "citation_language": "language",
}  # fmt: skip
_COINS = {
    "rft.atitle": "title", "rft.jtitle": "venue", "rft.volume": "volume", "rft.issue": "issue", "rft.pages": "pages",
    "rft.issn": "issn", "rft.isbn": "isbn", "rft.pub": "publisher", "rft.place": "place", "rft.inst": "institution",
    "rft.series": "series", "rft.edition": "edition", "rft.au": "author", "rft.creator": "author",
}  # fmt: skip
_COINS_TYPES = {
    "article": "article", "proceeding": "conference", "conference": "conference", "bookitem": "chapter", "book": "book",
    "preprint": "preprint", "report": "report", "dissertation": "thesis",
}  # fmt: skip
_WORK_TYPES = {
    "Thesis": "thesis", "Report": "report", "Chapter": "chapter", "Book": "book", "Dataset": "dataset",
    "SoftwareSourceCode": "software",
}  # fmt: skip
_SURE_WORKS = frozenset(["ScholarlyArticle", "MedicalScholarlyArticle", "Thesis", "Chapter", "Report", "Book"])
_DEEPEST = 60


def metadata_drafts(page: Page) -> list[Draft]:
    """The papers that ``page`` describes for machines, by the description that has most of them.

    A page with one description only says of a list what its own address is; two and more are a list.
    """
    described = [
        list(_microdata(page.body)),
        [draft for text, line in page.json_ld for draft in _linked_data(text, line)],
        list(_coins(page.body)),
        list(_highwire(page.metas)),
    ]
    best = max(described, key=len)
    return [draft for draft in best if draft.title]


def _highwire(metas: Iterable[tuple[str, str]]) -> Iterator[Draft]:
    values: dict[str, list[str]] = {}
    draft = Draft(line=1)
    for name, content in metas:
        values.setdefault(name.lower(), []).append(content)
        meaning = _HIGHWIRE.get(name.lower())
        if meaning:
            put(draft, meaning, content, 1)
    if not draft.title:
        return
    first = {name: one_line(found[0]) for name, found in values.items()}
    draft.date = loose_date(
        first.get("citation_publication_date") or first.get("citation_date") or first.get("citation_year", "")
    )
    pages = [first.get("citation_firstpage", ""), first.get("citation_lastpage", "")]
    draft.fields["pages"] = "-".join(filter(None, dict.fromkeys(pages)))
    if "citation_conference_title" in values:
        draft.type = "conference"
    elif "citation_dissertation_institution" in values:
        draft.type = "thesis"
    elif "citation_technical_report_institution" in values:
        draft.type = "report"
    elif "citation_journal_title" in values:
        draft.type = "article"
    if "citation_arxiv_id" not in values:
        draft.abstract = draft.abstract or first.get("dc.description", "")
    draft.markup = guessed_markup(draft.title, draft.abstract)
    yield draft


def _coins(body: Node) -> Iterator[Draft]:
    for node in _nodes(body):
        if "Z3988" not in node.classes:
            continue
        values = parse_qs(node.attributes.get("title", "")[:20_000], max_num_fields=300)
        draft = Draft(line=node.line)
        for name, found in values.items():
            for value in found:
                put(draft, _COINS.get(name, "ignored"), without_controls(value), node.line)
        first = {name: one_line(found[0]) for name, found in values.items()}
        genre = first.get("rft.genre", "")
        is_part = bool(draft.title)
        draft.title = draft.title or first.get("rft.btitle") or first.get("rft.title", "")
        if is_part and not draft.venue:
            draft.venue = first.get("rft.btitle") or first.get("rft.title", "")
        if not draft.authors and first.get("rft.aulast"):
            draft.authors.append(Name(first["rft.aulast"], first.get("rft.aufirst", "")))
        draft.date = loose_date(first.get("rft.date", ""))
        pages = [first.get("rft.spage", ""), first.get("rft.epage", "")]
        draft.fields.setdefault("pages", "-".join(filter(None, pages)))
        for identifier in values.get("rft_id", ()):
            if identifier.startswith("info:doi/"):
                draft.doi = identifier.removeprefix("info:doi/")
            elif "://" in identifier:
                draft.urls.append(identifier)
        draft.type = _COINS_TYPES.get(genre, "")
        draft.markup = guessed_markup(draft.title)
        yield draft


def _linked_data(text: str, line: int) -> Iterator[Draft]:
    try:
        value = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return
    waiting: list[tuple[Any, int]] = [(value, 0)]
    while waiting:
        one, depth = waiting.pop()
        if isinstance(one, list):
            waiting.extend((item, depth + 1) for item in reversed(one))
        elif isinstance(one, dict) and depth < _DEEPEST:
            kinds = _strings(one.get("@type"))
            if _SURE_WORKS.intersection(kinds) and (one.get("headline") or one.get("name")):
                yield _of_schema(one, kinds, line)
            else:
                inner = ("@graph", "itemListElement", "item", "mainEntity", "hasPart", "workExample", "publication")
                waiting.extend((one[key], depth + 1) for key in reversed(inner) if key in one)


def _of_schema(work: dict[str, Any], kinds: list[str], line: int) -> Draft:
    draft = Draft(line=line)
    for key, meaning in (("headline", "title"), ("name", "title"), ("abstract", "abstract"), ("pagination", "pages")):
        put(draft, meaning, _string(work.get(key)), line)
    authors = work.get("author") or work.get("creator") or []
    for person in authors if isinstance(authors, list) else [authors]:
        draft.authors.extend(_person(person))
    draft.date = loose_date(_string(work.get("datePublished")) or _string(work.get("dateCreated")))
    part = work.get("isPartOf") or {}
    while isinstance(part, dict) and part:
        for key, meaning in (("issueNumber", "issue"), ("volumeNumber", "volume"), ("issn", "issn"), ("name", "venue")):
            put(draft, meaning, _string(part.get(key)), line)
        part = part.get("isPartOf")
    put(
        draft,
        "publisher",
        _string((work.get("publisher") or {}).get("name") if isinstance(work.get("publisher"), dict) else ""),
        line,
    )
    for identifier in _strings(work.get("sameAs")) + _strings(work.get("identifier")) + _strings(work.get("url")):
        put(draft, "url" if "://" in identifier else "extra:identifier", identifier, line)
    draft.tags.extend(part for text in _strings(work.get("keywords")) for part in text.split(","))
    draft.type = next((_WORK_TYPES[kind] for kind in kinds if kind in _WORK_TYPES), "")
    draft.markup = guessed_markup(draft.title, draft.abstract)
    return draft


def _person(person: object) -> Iterator[Name]:
    if isinstance(person, str):
        yield parse_name(without_controls(person))
    elif isinstance(person, dict):
        family, given, name = (one_line(_string(person.get(key))) for key in ("familyName", "givenName", "name"))
        if family:
            yield Name(family, given)
        elif name:
            yield Name(name, literal=True) if person.get("@type") == "Organization" else parse_name(name)


def _string(value: object) -> str:
    return next(iter(_strings(value)), "")


def _strings(value: object) -> list[str]:
    """The texts in ``value``, which linked data gives as one, as several, or as objects with a value."""
    values = value if isinstance(value, list) else [value]
    texts = [
        one.get("value") or one.get("@value") or one.get("@id") if isinstance(one, dict) else one for one in values
    ]
    return [without_controls(str(text)) for text in texts if isinstance(text, (str, int))]


def _microdata(body: Node) -> Iterator[Draft]:
    for node in _nodes(body):
        kind = node.attributes.get("itemtype", "").rpartition("/")[2]
        if kind not in _SURE_WORKS:
            continue
        draft = Draft(line=node.line)
        # Some give the whole reference as the headline, and the title as the name.
        properties = sorted(_properties(node), key=lambda found: found[0].attributes["itemprop"] == "headline")
        for inner, owner in properties:
            _take_property(draft, inner, owner)
        draft.type = _WORK_TYPES.get(kind, "")
        draft.title = draft.title.removesuffix(".")
        draft.markup = guessed_markup(draft.title)
        yield draft


def _take_property(draft: Draft, node: Node, owner: str) -> None:
    name = node.attributes["itemprop"].split(" ")[0]
    text = one_line(node.attributes.get("content") or node.attributes.get("datetime") or text_of(node))
    if name in ("headline", "name") and not owner:
        put(draft, "title", text, node.line)
    elif (name == "name" and owner in ("author", "creator")) or (
        name in ("author", "creator") and not node.attributes.get("itemtype")
    ):
        draft.authors.append(parse_name(text))
    elif name == "name" and owner == "isPartOf":
        put(draft, "venue", text, node.line)
    elif name == "datePublished":
        draft.date = draft.date or loose_date(text)
    elif name == "pagination":
        put(draft, "pages", text, node.line)
    elif name in ("volumeNumber", "issueNumber"):
        put(draft, name.removesuffix("Number"), text, node.line)
    elif name in ("url", "sameAs") and not owner:
        put(draft, "url", node.attributes.get("href", ""), node.line)


def _properties(work: Node) -> Iterator[tuple[Node, str]]:
    """Every element with an ``itemprop`` inside of ``work``, and the property that it is a part of."""
    waiting: list[tuple[Node, str]] = [(child, "") for child in reversed(work.children) if isinstance(child, Node)]
    while waiting:
        node, owner = waiting.pop()
        name = node.attributes.get("itemprop", "")
        if name:
            yield node, owner
        inner = name.split(" ")[0] if name and node.attributes.get("itemtype") else owner
        waiting.extend((child, inner) for child in reversed(node.children) if isinstance(child, Node))


def _nodes(body: Node) -> Iterator[Node]:
    waiting = [body]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(child for child in reversed(node.children) if isinstance(child, Node))
