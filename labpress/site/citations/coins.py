"""COinS: a reference as an OpenURL ContextObject (Z39.88-2004), which Zotero takes from lists with one click.

Never for a paper's own page: Zotero would prefer it to the page's richer tags. The string goes, escaped, into
``<span class="Z3988" title="...">``.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import quote

from labpress.core.patterns import when_needed
from labpress.site.citations.reference import Reference

_FORMATS = {
    "article": "journal",
    "conference": "book",
    "workshop": "book",
    "chapter": "book",
    "book": "book",
    "report": "book",
    "thesis": "dissertation",
    "patent": "patent",
}
_GENRES = {
    "article": "article",
    "conference": "proceeding",
    "workshop": "proceeding",
    "chapter": "bookitem",
    "book": "book",
    "report": "report",
}
# Dublin Core has no fitting types; Zotero reads its own names there.
_ZOTERO_TYPES = {
    "preprint": "preprint",
    "manuscript": "manuscript",
    "software": "computerProgram",
    "dataset": "dataset",
    "poster": "presentation",
    "talk": "presentation",
}
_QUOTED = [quote(bytes([byte]), safe="") for byte in range(256)]
"""Each byte as a URL has it."""
_SAFE = when_needed(r"[A-Za-z0-9_.~%-]*")


def as_coins(ref: Reference) -> str:
    """The ContextObject, URL-encoded and not yet escaped for HTML."""
    return "ctx_ver=Z39.88-2004&" + "&".join([f"{key}={_quoted(value)}" for key, value in _pairs(ref) if value])


@lru_cache(maxsize=20_000)
def _quoted(value: str) -> str:
    """``value`` as a URL has it. Names, venues and days stand in many references."""
    # Most have nothing but these to be quoted.
    quoted = value.replace("%", "%25").replace(" ", "%20").replace(",", "%2C").replace(":", "%3A").replace("/", "%2F")
    if _SAFE.fullmatch(quoted):
        return quoted
    return "".join([_QUOTED[byte] for byte in value.encode()])


def _pairs(ref: Reference) -> Iterator[tuple[str, str]]:
    shape = _FORMATS.get(ref.type, "dc")
    yield "rft_val_fmt", f"info:ofi/fmt:kev:mtx:{shape}"
    yield "rft_id", ref.doi and f"info:doi/{ref.doi}"
    yield "rft_id", ref.url or ref.link
    yield from _titles(ref, shape)
    yield from _authors(ref, shape)
    yield "rft.date", ref.date.iso if ref.date else ""
    yield "rft.volume", ref.volume
    yield "rft.issue", ref.issue
    yield "rft.spage", ref.first_page
    yield "rft.epage", ref.last_page
    yield "rft.series", ref.series
    yield "rft.edition", ref.edition
    yield "rft.isbn", ref.isbn
    yield "rft.issn", ref.issn
    yield "rft.place", ref.place
    yield "rft.language", ref.language


def _titles(ref: Reference, shape: str) -> Iterator[tuple[str, str]]:
    """The title, what it stands in, and who published it, under the names that each format has for them."""
    yield "rft.genre", _GENRES.get(ref.type, "")
    if shape == "journal":
        yield "rft.atitle", ref.title
        yield "rft.jtitle", ref.container
    elif ref.type in ("book", "report"):
        yield "rft.btitle", ref.title
        yield "rft.pub", ref.institution or ref.publisher
    elif shape == "book":
        yield "rft.atitle", ref.title
        yield "rft.btitle", ref.container
        yield "rft.pub", ref.publisher
    elif shape == "dissertation":
        yield "rft.title", ref.title
        yield "rft.inst", ref.institution
        yield "rft.degree", ref.degree
    elif shape == "patent":
        yield "rft.title", ref.title
        yield "rft.number", ref.number
    else:
        yield "rft.type", _ZOTERO_TYPES.get(ref.type, "document")
        yield "rft.title", ref.title
        yield "rft.source", ref.container or ref.event
        yield "rft.publisher", ref.archive or ref.publisher
        yield "rft.identifier", ref.link


def _authors(ref: Reference, shape: str) -> Iterator[tuple[str, str]]:
    """Everybody as ``rft.au``, the first also in parts.

    A first author without given name has no parts: Zotero could not tell that both are one and would list it twice.
    """
    key = "rft.inventor" if shape == "patent" else "rft.au"
    first = True
    for author in ref.authors:
        name = author.name
        if first and name.literal:
            yield "rft.aucorp", name.family
        elif not name.given:
            yield key, name.family_with_particle
        else:
            if first and shape != "patent":
                yield "rft.aulast", name.family_with_particle
                yield "rft.aufirst", name.given
            yield key, f"{name.family_with_particle}, {name.given}"
        first = False
