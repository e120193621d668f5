"""The links of an item: what their labels say they lead to, and which of them are no links of a paper."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urljoin

from labpress.core.patterns import when_needed
from labpress.sources.draft import Draft
from labpress.sources.mentions import arxiv_in, link_kind
from labpress.sources.webpage_pieces import Piece

_KINDS = {
    "pdf": """
        pdf|paper|full text|fulltext|full paper|download|download paper|download pdf|download here|view pdf|preprint pdf
        postprint|manuscript""",
    "code": """
        code|source|source code|github|software|implementation|repo|repository|matlab code|python code|code link""",
    "data": "data|dataset|datasets",
    "model": "model|models|weights|hugging face|huggingface",
    "demo": "demo|live demo|colab",
    "slides": "slides|slide|download slides|presentation|talk slides",
    "poster": "poster",
    "video": "video|talk|recording|youtube|talk video",
    "website": "project|project page|website|webpage|page|homepage|project website|site",
    "blog": "blog|blog post|blogpost|post",
    "supplement": "supplement|supplementary|supplemental|supp|suppl|appendix|supplementary material",
    "review": "openreview|reviews|review",
    "html": "html",
    "": """
        arxiv|doi|url|link|publisher|publisher site|journal|acm dl|ieee xplore|springer|pubmed|pmc|acl anthology
        anthology|abs|abstract|bib|bibtex|download bibtex|cite|cite this|citation|ris|endnote|export|details|more
        read more|show more|view|related articles|all versions|show abstract|toggle abstract|press|media|news|share|save
        bookmark|like|copy|other|other formats|listen|search|google scholar|semantic scholar|scholar|altmetric
        dimensions|correct metadata|expand|collapse|show details|hide details""",
}
_LABELS = {
    label.strip(): kind for kind, lines in _KINDS.items() for line in lines.splitlines() for label in line.split("|")
}
_EDGES = when_needed(r"^[\W_]+|[\W_]+$")
_NO_PAPER = when_needed(
    r"\.(?:bib|ris|enw|png|jpe?g|gif|svg|webp)(?:[?#]|$)|scholar\.google\.|/search\?|dblp\.org|/(?:log-?in|sign-?(?:in|up))\b",
    re.IGNORECASE,
)


def label_of(text: str) -> str | None:
    """The kind of link that ``text`` names; "" for one that its address must tell; None for no label."""
    return _LABELS.get(_EDGES.sub("", text.replace("\n", " ")).lower()) if len(text) < 60 else None


def take_labels(draft: Draft, pieces: Iterable[Piece], address: str) -> list[Piece]:
    """The pieces that are no labels of links; the links go to ``draft``. ``address`` is the page's own."""
    kept: list[Piece] = []
    for piece in pieces:
        label = label_of(piece.text) if piece.href or "links" in piece.roles else None
        if piece.href and not piece.roles & {"authors", "affiliation"}:
            _add(draft, label, absolute(address, piece.href), address)
        if label is None:
            kept.append(piece)
    return kept


def _add(draft: Draft, label: str | None, url: str, address: str) -> None:
    if not url or _NO_PAPER.search(url) or url in draft.urls or url in draft.links.values():
        return
    if label and label not in draft.links:
        draft.links[label] = url
    elif label is not None or link_kind(url) != "website" or not _same_host(url, address) or arxiv_in(url):
        draft.urls.append(url)


def _same_host(url: str, address: str) -> bool:
    """Whether a link without a label only leads to another page of the saved site."""
    return url.split("/")[2:3] == address.split("/")[2:3]


def absolute(address: str, href: str) -> str:
    """``href`` as an address of the web; "" when it is none, or is relative and nobody knows to what."""
    try:
        url = urljoin(address, href.strip())
    except ValueError:
        return ""
    if href.lstrip().startswith("#"):
        return ""
    return url if url.lower().startswith(("http://", "https://")) else ""
