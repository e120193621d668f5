"""Identifiers and addresses inside other text, and what an address leads to."""

from __future__ import annotations

import re

from labpress.core.identifiers import parse_arxiv, parse_doi, without_stray_bracket
from labpress.core.patterns import when_needed
from labpress.core.text import one_line
from labpress.markup.urls import parts_of, safe_url
from labpress.sources.code_links import code_link

_URL = when_needed(r"(?:https?://|\bwww\.)[^\s<>\"{}|\\^`]{3,2000}", re.IGNORECASE)
_URL_TAIL = ".,;:!?'*"
_DOI = when_needed(r"\b10\.\d{4,9}/[^\s\"<>⟨⟩{}|\\^`]{1,300}")
_ARXIV = when_needed(
    r"(?:\barxiv[ :.]{0,3}(?:(?:e-?print|preprint)s?[ :,]{1,2})?|\barxiv\.org/[a-z-]{2,6}/|\babs/"
    r"|\bhuggingface\.co/papers/)\s?"
    r"([a-z-]{2,9}(?:\.[a-z]{2})?/\d{7}|\d{4}\.\d{4,5})(v\d{1,2})?(?!\d)",
    re.IGNORECASE,
)

_EMAIL = when_needed(
    r"(?:\b(?:electronic address(?:es)?|e-?mails?(?: address(?:es)?)?|correspondence(?: to)?)\s?:?\s?)?"
    r"(?<![^\s,;:()<>])<?(?:\{[^{}@]{1,200}\}|[^\s@,;:()<>{}]{1,100})@[^\s@,;:()<>]{1,200}?(?=\.?(?:[\s,;:()<>]|$))>?",
    re.IGNORECASE,
)
_LEFT_OVER = when_needed(r"\s?\([\s,;]{0,20}\)|[,;.]?\s(?=[,;.])")
"""Punctuation around what is not there any more."""

_KINDS_OF_HOSTS = {
    "code": "colab.research.google.com",
    "data": """
        zenodo.org figshare.com datadryad.org kaggle.com dataverse.harvard.edu osf.io openneuro.org
    """,
    "video": "youtube.com youtu.be vimeo.com slideslive.com videolectures.net bilibili.com",
    "slides": "slideshare.net speakerdeck.com docs.google.com",
    "blog": "medium.com substack.com blogspot.com",
    "review": "openreview.net",
    "html": "pmc.ncbi.nlm.nih.gov europepmc.org",
    "publisher": """
        academic.oup.com acm.org aclanthology.org aclweb.org biorxiv.org cambridge.org cell.com ceur-ws.org computer.org
        degruyter.com direct.mit.edu drops.dagstuhl.de elifesciences.org epubs.siam.org eprint.iacr.org frontiersin.org
        hal.archives-ouvertes.fr hal.science hindawi.com ieeexplore.ieee.org ijcai.org iopscience.iop.org
        isca-archive.org jmlr.org journals.aps.org journals.plos.org journals.sagepub.com jstor.org link.aps.org
        mdpi.com medrxiv.org nature.com ojs.aaai.org openaccess.thecvf.com papers.nips.cc pnas.org
        proceedings.mlr.press proceedings.neurips.cc pubs.acs.org pubs.rsc.org royalsocietypublishing.org science.org
        sciencedirect.com springer.com ssrn.com tandfonline.com usenix.org wiley.com
    """,
}
_PDF = when_needed(r"\.pdf$|^/doi/(?:e?pdf|pdfdirect|pdfplus)/|/pdf$")
"""In the path of an address, in small letters."""
_HOSTS = {host: kind for kind, hosts in _KINDS_OF_HOSTS.items() for host in hosts.split()}


def web_address(text: str) -> str:
    """``text`` as an address of the web, ``https://`` put before ``www.``; "" when it is none."""
    text = text.strip()
    if text[:4].lower() == "www.":
        text = "https://" + text
    return safe_url(text) if re.match(r"https?://", text, re.IGNORECASE) else ""


def urls_in(text: str) -> list[str]:
    """The web addresses in ``text``, without the punctuation of the sentence around them."""
    found = []
    for match in _URL.finditer(text):
        url = match[0].rstrip(_URL_TAIL)
        if url.endswith(")") and "(" not in url:
            url = url.rstrip(")").rstrip(_URL_TAIL)
        address = web_address(url)
        if address:
            found.append(address)
    return found


def doi_in(text: str) -> str:
    """The first DOI in ``text``, bare; or ""."""
    match = _DOI.search(text)
    if not match:
        return ""
    return parse_doi(without_stray_bracket(match[0]).rstrip(_URL_TAIL)) or ""


def arxiv_in(text: str) -> str:
    """The first arXiv id that ``text`` calls one (``arXiv:…``, an address of a page about it), bare; or ""."""
    match = _ARXIV.search(text)
    return (parse_arxiv("".join(part for part in match.groups() if part)) or "") if match else ""


def without_email(text: str) -> str:
    """``text``, an affiliation, on one line and without the addresses of people in it."""
    if "@" not in text:
        return one_line(text)
    kept = _LEFT_OVER.sub("", one_line(_EMAIL.sub("", text))).strip(" ,;:")
    return one_line(kept) if any(map(str.isalnum, kept)) else ""


def link_kind(url: str) -> str:
    """A kind of link of ``LINK_KINDS`` by where ``url`` leads: its host, and whether it is that of a PDF."""
    if code_link(url):
        return "code"
    parts = parts_of(url)
    host = (parts.hostname or "").removeprefix("www.")
    path = parts.path.lower()
    if _PDF.search(path) or (host in ("openreview.net", "arxiv.org") and path.startswith("/pdf")):
        return "pdf"
    if host == "ncbi.nlm.nih.gov" and path.startswith("/pmc/"):
        return "html"
    if host == "huggingface.co":
        first, _, name = path[1:].partition("/")
        return {"datasets": "data", "spaces": "demo", "papers": "website"}.get(first, "model" if name else "website")
    return "website" if host.endswith((".github.io", ".gitlab.io")) else _kind_of_host(host)


def _kind_of_host(host: str) -> str:
    while host.count("."):
        if host in _HOSTS:
            return _HOSTS[host]
        host = host.split(".", 1)[1]
    return "website"
