"""JSON-LD with the vocabulary of schema.org, for search engines and knowledge graphs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import msgspec

from labpress.core.identifiers import doi_url
from labpress.core.patterns import when_needed
from labpress.entries.paper import Author
from labpress.markup.html import Html
from labpress.site.citations.reference import Reference

Node = dict[str, Any]

_TYPES = {
    "thesis": "Thesis",
    "report": "Report",
    "chapter": "Chapter",
    "book": "Book",
    "dataset": "Dataset",
    "software": "SoftwareSourceCode",
    "talk": "PresentationDigitalDocument",
    "poster": "PresentationDigitalDocument",
}
_PAGED = ("ScholarlyArticle", "Chapter")

_DESCRIPTION = 50, 5_000
"""Characters that search engines of data ask of a description, at least and at most."""

_CREATIVE_COMMONS = when_needed(r"CC[- ](BY(?:-NC)?(?:-ND|-SA)?)[- ](\d\.\d)", re.IGNORECASE)
_PUBLIC_DOMAIN = when_needed(r"CC-?0(?:[- ]1\.0)?", re.IGNORECASE)
_SPDX = when_needed(
    r"(?:[AL]?GPL|AFL|Apache|Artistic|BSD|BSL|CC|CDLA|CECILL|ECL|EPL|EUPL|GFDL|LPPL|MPL|OFL|OSL|ODC|ODbL|PDDL)"
    r"-(?=\D*\d)[A-Za-z0-9.-]+|MIT(?:-0)?|ISC|Unlicense|Zlib|0BSD"
)
"""The SPDX ids of the licences that people choose for papers, programs and data."""

_MARKUP = {b"<": b"\\u003c", b">": b"\\u003e", b"&": b"\\u0026"}
"""What may not stand in a script as it is -> the same in JSON."""
_LINE_ENDS = {"\u2028": "\\u2028", "\u2029": "\\u2029"}
"""Likewise."""


def script(node: Node) -> Html:
    """A script element that holds ``node``. No text in it can end the element or begin a comment."""
    data = msgspec.json.encode({"@context": "https://schema.org", **node})
    for character, escape in _MARKUP.items():
        data = data.replace(character, escape)
    # Text is searched for a character several times as fast as bytes are for the three that it has there.
    text = data.decode()
    for end, escaped in _LINE_ENDS.items():
        text = text.replace(end, escaped)
    return Html(f'<script type="application/ld+json">{text}</script>')


def paper_node(ref: Reference) -> Node:
    """The paper as a ScholarlyArticle, or as the more exact type that schema.org has for it."""
    kind = _TYPES.get(ref.type, "ScholarlyArticle")
    node: Node = {"@type": kind, "@id": ref.url} if ref.url else {"@type": kind}
    node.update([pair for pair in _facts(ref) if pair[1]])
    node.update([pair for pair in _kind_facts(ref, kind) if pair[1]])
    return node


def website_node(title: str, url: str, *, description: str = "", language: str = "") -> Node:
    """The whole site, for its home page."""
    node = {
        "@type": "WebSite",
        "@id": url,
        "url": url,
        "name": title,
        "description": description,
        "inLanguage": language,
    }
    return _without_empty(node)


def profile_node(
    name: str,
    url: str,
    *,
    orcid: str = "",
    homepage: str = "",
    description: str = "",
    image: str = "",
    job: str = "",
    organisation: str = "",
    former_organisation: str = "",
    alternate_names: tuple[str, ...] = (),
    papers: tuple[tuple[str, str], ...] = (),
) -> Node:
    """A person's page. ``papers`` are names and absolute addresses, newest first; a site lists the first hundred."""
    person = _without_empty(
        {
            "@type": "Person",
            "@id": orcid_url(orcid) or (url and f"{url}#person"),
            "name": name,
            "alternateName": list(alternate_names),
            "url": homepage or url,
            "sameAs": [address for address in (orcid_url(orcid), homepage) if address],
            "description": description,
            "image": image,
            "jobTitle": job,
            "affiliation": _organisation(organisation),
            "alumniOf": _organisation(former_organisation),
        }
    )
    node: Node = _without_empty({"@type": "ProfilePage", "@id": url, "url": url, "name": name})
    node["mainEntity"] = person
    if papers:
        node["hasPart"] = [_work(title, address) for title, address in papers]
    return node


def collection_node(
    name: str, url: str, papers: tuple[tuple[str, str], ...], *, count: int = 0, description: str = ""
) -> Node:
    """A list of papers in its order. ``papers`` are those of this page, ``count`` is that of the whole list."""
    elements = [
        {"@type": "ListItem", "position": position, "name": title, **({"url": address} if address else {})}
        for position, (title, address) in enumerate(papers, start=1)
    ]
    node = _without_empty({"@type": "CollectionPage", "@id": url, "url": url, "name": name, "description": description})
    node["mainEntity"] = {"@type": "ItemList", "numberOfItems": count or len(papers), "itemListElement": elements}
    return node


def orcid_url(orcid: str) -> str:
    """The address of an ORCID record, "" for no iD."""
    return f"https://orcid.org/{orcid}" if orcid else ""


def _facts(ref: Reference) -> Iterator[tuple[str, Any]]:
    """What every type has."""
    yield "headline", ref.title
    yield "name", ref.title
    yield "url", ref.url
    yield "mainEntityOfPage", ref.url
    yield "author", [_agent(author) for author in ref.authors]
    yield "editor", [_agent(editor) for editor in ref.editors]
    yield "datePublished", ref.date.iso if ref.date else ""
    yield "abstract", ref.abstract
    yield "keywords", list(ref.keywords)
    yield "about", [_category(code) for code in ref.categories]
    yield "inLanguage", ref.language
    yield "isPartOf", _container(ref)
    yield "publisher", _organisation(ref.archive or ref.publisher)
    yield "locationCreated", {"@type": "Place", "name": ref.place} if ref.place else ""
    yield "identifier", list(_identifiers(ref))
    yield "sameAs", [address for address in (ref.doi and doi_url(ref.doi), ref.arxiv_url) if address]
    yield "encoding", _encoding(ref)
    yield "image", ref.image_url
    yield "license", _license(ref.license)
    yield "award", ref.award
    yield "creativeWorkStatus", ref.status[:1].upper() + ref.status[1:] if ref.status else _status(ref)
    yield "releasedEvent", _event(ref)


def _kind_facts(ref: Reference, kind: str) -> Iterator[tuple[str, Any]]:
    """What only some types have a property for."""
    if kind in _PAGED:
        yield "pageStart", ref.first_page
        yield "pageEnd", ref.last_page
        if not ref.last_page and ref.pages != ref.first_page:
            yield "pagination", ref.pages
    if kind == "Book":
        yield "isbn", ref.isbn
        yield "bookEdition", ref.edition
    elif kind == "Thesis":
        yield "inSupportOf", ref.degree
    elif kind == "Report":
        yield "reportNumber", ref.number
    elif kind in ("SoftwareSourceCode", "Dataset"):
        yield "version", ref.number or ref.edition
        if kind == "SoftwareSourceCode":
            yield "codeRepository", ref.links.get("code", "")
        else:
            yield "description", _description(ref)
    if ref.institution:
        yield "sourceOrganization", _organisation(ref.institution)


def _license(license_: str) -> Node | str:
    """A licence by its address, or else by name: text would be taken for an address relative to the page."""
    if not license_ or license_.startswith(("https://", "http://")):
        return license_
    if named := _CREATIVE_COMMONS.fullmatch(license_):
        return f"https://creativecommons.org/licenses/{named[1].lower()}/{named[2]}/"
    if _PUBLIC_DOMAIN.fullmatch(license_):
        return "https://creativecommons.org/publicdomain/zero/1.0/"
    if _SPDX.fullmatch(license_):
        return f"https://spdx.org/licenses/{license_}"
    return {"@type": "CreativeWork", "name": license_}


def _description(ref: Reference) -> str:
    """What a dataset is: its abstract; where that is too short, with what else tells it from others."""
    least, most = _DESCRIPTION
    if len(ref.abstract) >= least:
        return ref.abstract[:most]
    authors = ", ".join(author.name.display for author in ref.authors)
    return " · ".join(filter(None, (ref.title, ref.abstract, authors, ref.publisher, ref.link)))[:most]


@lru_cache(maxsize=20_000)
def _agent(author: Author) -> Node:
    """A person or an organisation. Most people write several papers."""
    name = author.name
    if name.literal:
        return {"@type": "Organization", "name": name.family}
    node: Node = {"@type": "Person", "name": name.display}
    if name.given:
        node["givenName"] = name.given
        node["familyName"] = name.family_with_particle
    if author.orcid:
        node["@id"] = node["sameAs"] = orcid_url(author.orcid)
    if author.affiliation:
        node["affiliation"] = _organisation(author.affiliation)
    return node


def _container(ref: Reference) -> Node | str:
    """The issue of a volume of a journal, or the book or proceedings."""
    if not ref.container:
        return {"@type": "CreativeWorkSeries", "name": ref.series} if ref.series else ""
    if ref.type != "article":
        book = {"@type": "Book", "name": ref.container, "isbn": ref.isbn if ref.type != "other" else ""}
        if ref.series:
            series = _without_empty({"@type": "BookSeries", "name": ref.series, "issn": ref.issn})
            book["isPartOf"] = series  # type: ignore[assignment]
        return _without_empty(book)
    node: Node = _without_empty({"@type": "Periodical", "name": ref.container, "issn": ref.issn})
    if ref.volume:
        node = {"@type": "PublicationVolume", "volumeNumber": ref.volume, "isPartOf": node}
    if ref.issue:
        node = {"@type": "PublicationIssue", "issueNumber": ref.issue, "isPartOf": node}
    return node


def _identifiers(ref: Reference) -> Iterator[Node]:
    for scheme, value in (("DOI", ref.doi), ("arXiv", ref.arxiv), ("PMID", ref.pmid)):
        if value:
            yield {"@type": "PropertyValue", "propertyID": scheme, "value": value}
    if ref.type == "patent" and ref.number:
        yield {"@type": "PropertyValue", "propertyID": "Patent", "value": ref.number}


def _encoding(ref: Reference) -> Node | str:
    if not ref.pdf_url:
        return ""
    return {"@type": "MediaObject", "contentUrl": ref.pdf_url, "encodingFormat": "application/pdf"}


def _category(code: str) -> Node:
    return {"@type": "DefinedTerm", "termCode": code, "inDefinedTermSet": "https://arxiv.org/category_taxonomy"}


def _event(ref: Reference) -> Node | str:
    return {"@type": "PublicationEvent", "name": ref.event} if ref.event else ""


def _status(ref: Reference) -> str:
    return "Preprint" if ref.type == "preprint" else ""


def _organisation(name: str) -> Node | str:
    return {"@type": "Organization", "name": name} if name else ""


def _work(title: str, address: str) -> Node:
    node = {"@type": "ScholarlyArticle", "@id": address, "url": address, "name": title}
    return node if title and address else _without_empty(node)


def _without_empty(node: Node) -> Node:
    return {key: value for key, value in node.items() if value}
