"""Identifiers of papers and people: ``parse_…`` reads any usual spelling and returns the bare, checked form, or None.

"https://doi.org/10.1000/x", "doi:10.1000/x" and "10.1000/x" are one DOI. Where a scheme has a check digit it is
computed, so that a mistyped digit is found when it is typed and not by a reader who follows the link.
"""

from __future__ import annotations

import re
from urllib.parse import quote, unquote

from labpress.core.patterns import when_needed

_URL_HEAD = when_needed(r"https?://(?:www\.)?", re.IGNORECASE)
_DASHES = str.maketrans("‐‑‒–−", "-----")  # What word processors put for a hyphen.

_DOI_PREFIX = when_needed(r"(?:doi:\s*|doi\s+)?(?:(?:dx\.)?doi\.org/)?(?:doi:\s*)?", re.IGNORECASE)
_DOI = when_needed(r"10\.\d{4,9}(?:\.\d{1,9})*/[^\s\x00-\x1f\x7f⟨⟩]+", re.ASCII)
_BRACKETS = {")": "(", "]": "["}
_BRACKET = when_needed(r"[()\[\]]")
_DOI_URL_SAFE = "/:;()._-+,@!$*'~=&"

_ARXIV_PREFIX = when_needed(
    r"(?:(?:[a-z]+\.)?arxiv\.org/(?:abs|pdf|html|format|ps|e-print)/|alphaxiv\.org/(?:abs|overview)/"
    r"|huggingface\.co/papers/|arxiv\s*:?\s*|10\.48550/arxiv\.)?",
    re.IGNORECASE,
)
_ARXIV_NEW = when_needed(r"(\d\d)(0[1-9]|1[0-2])\.(\d{4,5})(v[1-9]\d?)?", re.ASCII)
_ARXIV_OLD = when_needed(r"([a-z]{2,8}(?:-[a-z]{2,4})?)(\.[A-Z]{2})?/(\d\d)(0[1-9]|1[0-2])\d{3}(v[1-9]\d?)?", re.ASCII)
_ARXIV_CATEGORY = when_needed(r"\[[A-Za-z.-]{2,20}\]$")

_ORCID_PREFIX = when_needed(r"(?:orcid\.org/|orcid(?:\s+id)?\s*:?\s*)?", re.IGNORECASE)
_ORCID = when_needed(r"(\d{4})-?(\d{4})-?(\d{4})-?(\d{3}[\dX])", re.ASCII)

_ISBN_PREFIX = when_needed(r"(?:urn:)?(?:isbn(?:-1[03])?\s*:?\s*)?", re.IGNORECASE)
_ISBN = when_needed(r"97[89]\d{10}|\d{9}[\dX]", re.ASCII)
_ISSN_PREFIX = when_needed(r"(?:urn:)?(?:e-?|p-?)?(?:issn(?:-l)?\s*:?\s*)?", re.IGNORECASE)
_ISSN = when_needed(r"(\d{4})-?(\d{3}[\dX])", re.ASCII)

_PMID_PREFIX = when_needed(
    r"(?:pubmed\.ncbi\.nlm\.nih\.gov/|ncbi\.nlm\.nih\.gov/pubmed/|(?:pmid|pubmed)\s*:?\s*)?", re.IGNORECASE
)
_PMID = when_needed(r"[1-9]\d{0,8}", re.ASCII)


def parse_doi(text: str) -> str | None:
    """The bare DOI, case as written: ``10.48550/arXiv.2206.06565``.

    Full stops, commas and semicolons at the end belong to the sentence that the DOI was copied from; so does a bracket
    that nothing in the DOI opens.
    """
    bare, is_url = _without_url_head(text)
    bare = bare[_end_of_prefix(_DOI_PREFIX, bare) :]
    if is_url:
        bare = unquote(re.split(r"[?#]", bare, maxsplit=1)[0])
    bare = bare.rstrip(".,;")
    cut = without_stray_bracket(bare)
    if not bare[len(cut) :].strip(")].,;"):
        bare = cut.rstrip(".,;")
    return bare if _DOI.fullmatch(bare) else None


def without_stray_bracket(text: str) -> str:
    """``text`` up to the first bracket that closes what it does not open."""
    opened: list[str] = []
    for bracket in _BRACKET.finditer(text):
        if bracket[0] not in _BRACKETS:
            opened.append(bracket[0])
        elif not opened or opened.pop() != _BRACKETS[bracket[0]]:
            return text[: bracket.start()]
    return text


def doi_url(doi: str) -> str:
    """The address that resolves ``doi``; characters that a URL may not carry are escaped."""
    return "https://doi.org/" + quote(doi, safe=_DOI_URL_SAFE)


def parse_arxiv(text: str) -> str | None:
    """The arXiv id, with its version if one is given: ``2206.06565v2``, ``hep-th/9901001``.

    Ids have four digits after the dot until 2014 and five from 2015; the old form ended in March 2007.
    """
    bare, is_url = _without_url_head(text)
    bare = bare[_end_of_prefix(_ARXIV_PREFIX, bare) :]
    if is_url:
        bare = re.split(r"[?#]", bare, maxsplit=1)[0].rstrip("/").removesuffix(".pdf")
    bare = _ARXIV_CATEGORY.sub("", bare).rstrip()
    if new := _ARXIV_NEW.fullmatch(bare):
        year, month, number, _ = new.groups()
        long = year >= "15"
        return bare if year + month >= "0704" and len(number) == (5 if long else 4) else None
    if old := _ARXIV_OLD.fullmatch(bare):
        since = old[3] + old[4]
        return bare if since >= "9107" or since <= "0703" else None
    return None


def without_version(arxiv: str) -> str:
    """``2206.06565`` for ``2206.06565v2``."""
    return re.sub(r"v\d+$", "", arxiv)


def parse_orcid(text: str) -> str | None:
    """The ORCID iD as ``0000-0002-1825-0097``; the last character checks the others (ISO 7064 mod 11-2)."""
    bare, _ = _without_url_head(text)
    bare = bare[_end_of_prefix(_ORCID_PREFIX, bare) :].translate(_DASHES).rstrip("/").upper()
    match = _ORCID.fullmatch(bare)
    if not match:
        return None
    digits = "".join(match.groups())
    total = 0
    for digit in digits[:15]:
        total = (total + int(digit)) * 2
    return "-".join(match.groups()) if digits[15] == _mod_11_digit(12 - total % 11) else None


def parse_isbn(text: str) -> str | None:
    """The ISBN, of 10 or 13 digits, without hyphens; the last digit checks the others."""
    bare = text.strip()
    bare = bare[_end_of_prefix(_ISBN_PREFIX, bare) :].translate(_DASHES).replace("-", "").replace(" ", "").upper()
    if not _ISBN.fullmatch(bare):
        return None
    if len(bare) == 10:
        return bare if _weighted_sum(bare) % 11 == 0 else None
    return bare if sum(int(digit) * (3 if at % 2 else 1) for at, digit in enumerate(bare)) % 10 == 0 else None


def parse_issn(text: str) -> str | None:
    """The ISSN as ``2049-3630``; the last character checks the others."""
    bare = text.strip()
    bare = bare[_end_of_prefix(_ISSN_PREFIX, bare) :].translate(_DASHES).upper()
    match = _ISSN.fullmatch(bare)
    if not match or _weighted_sum("".join(match.groups())) % 11:
        return None
    return "-".join(match.groups())


def parse_pmid(text: str) -> str | None:
    """The PubMed id: up to nine digits, no zero in front."""
    bare, is_url = _without_url_head(text)
    bare = bare[_end_of_prefix(_PMID_PREFIX, bare) :]
    if is_url:
        bare = bare.rstrip("/")
    return bare if _PMID.fullmatch(bare) else None


def _without_url_head(text: str) -> tuple[str, bool]:
    """``text`` without ``https://``, and whether it was there: only addresses have queries and escapes."""
    text = text.strip()
    end = _end_of_prefix(_URL_HEAD, text)
    return text[end:], end > 0


def _end_of_prefix(prefix: re.Pattern[str], text: str) -> int:
    match = prefix.match(text)
    return match.end() if match else 0


def _weighted_sum(digits: str) -> int:
    """The sum that ISBN-10 and ISSN check: the last digit counts once, the one before it twice, and so on."""
    return sum((10 if digit == "X" else int(digit)) * weight for weight, digit in enumerate(reversed(digits), start=1))


def _mod_11_digit(value: int) -> str:
    """``value`` modulo 11 as one character: ten is written X."""
    value %= 11
    return "X" if value == 10 else str(value)
