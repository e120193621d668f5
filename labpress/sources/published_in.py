"""The tail of a reference: venue, volume, issue, pages, date and status in one line of text."""

from __future__ import annotations

import re

from labpress.core.patterns import when_needed
from labpress.core.text import one_line
from labpress.sources.draft import Draft
from labpress.sources.loose_dates import loose_date
from labpress.sources.mentions import arxiv_in, doi_in

_MONTH = r"(?:[A-Z][a-zäéû]{2,8}\.?|[a-zäéûç]{4,10})"
"""``Mar.``, ``mars``: short words in small letters are months seldom enough."""
_DATE = when_needed(
    rf"(?:\b(?:\d{{1,2}}\s+)?{_MONTH}\s+(?:de\s+)?(?:\d{{1,2}}(?:st|nd|rd|th)?,?\s+)?)?"
    r"\b(?:19|20)\d\d\b(?:-\d\d(?:-\d\d)?\b)?"
)
_NUMBERS = when_needed(
    r"""
    (?<![\w/–-])(?<!\d[.,])                          # not in the middle of a number, nor the end of a range
    (?!(?:19|20)\d\d(?!\d|\s?\())                    # a year is no volume, unless an issue follows
    (?!\d{4}\.\d{4,5})                               # nor is an arXiv id
    (?P<volume>\d{1,5})
    (?:\s?\((?!(?:19|20)\d\d\))(?P<issue>\d[\w–-]{0,8})\)
      |\.(?P<after_dot>\d{1,4})(?=:|\s?\((?:19|20)\d\d\))
      |,\s(?P<after_comma>\d{1,3})(?=(?:\s\([^()]{4,20}\))?,\s(?:Article\b|\d{1,5}\s?[–-])))?
    (?P<date>[,\s]{0,5}\((?:[A-Z][a-z]{2,8}\.?,?\s?)?(?:(?:19|20)\d\d)?\))?
    (?:(?:\s?:\s?|,\s+|(?<=\)),)
      (?:(?:pp?\.\s?|[Aa]rt(?:icle|\.)\s)?(?!(?:19|20)\d\d\b(?!\s?[–-]))(?P<pages>[A-Za-z]?\d{1,9}(?:\s?[–-]+\s?[A-Z]?\d{1,9})?)(?![\w(]|\s?pages)
        |(?P<labelled>§)))?
    """,
    re.VERBOSE,
)
"""``521(7553), 436-444`` · ``521.7553 (2015): 436`` · ``12, 345 (2021)`` · ``35 (2022): 1-9`` · ``39, 4, Article 73``.

Pages that are called so have been replaced by a §."""
_RANGE = when_needed(
    r"(?:\b(?:19|20)\d\d:\s?|,\s|\s(?=\S{1,20}\s\())(\d{1,7}\s?[–-]{1,3}\s?\d{1,7})(?=[.,]?\s*(?:\(?(?:19|20)\d\d\b|\Z))"
)
"""Pages where no volume is: ``ICML 2023: 1-10``, ``In ICML, 1-10, 2023``."""
_YEAR = when_needed(r"(?:19|20)\d\d")
_VOLUME_AT_END = when_needed(r",\s*\d{1,5}(?:\s?\(\d{1,4}\))?\Z")
_VOLUME = when_needed(r"\b[Vv]ol(?:ume|\.)?\s?(\d{1,6})\b")
_ISSUE = when_needed(r"\b(?:[Nn]o\.?|[Ii]ssue|Nr\.|[Nn][úu]m\.|n[°º])\s?(\d{1,4})\b")
_PAGES = when_needed(r"\b(?:[Pp]p\.?|[Pp]ages?|[Pp]\.|S\.)\s?([A-Z]?\d{1,7}(?:\s?[-–]+\s?[A-Z]?\d{1,7})?)")
_ADDRESS = when_needed(r"(?:https?://|doi:\s?|doi\.org/|arxiv:\s?|\b10\.\d{4,9}/)\S*", re.IGNORECASE)
_HEAD = when_needed(
    r"^(?:(?:published|presented|appeared|appears|accepted|to appear|forthcoming|submitted)\s+)?"
    r"(?:(?:in|at|to|by|en|dans|em)\s*:?\s+)?(?:the\s+)?(?=\S)",
    re.IGNORECASE,
)
_VENUE_TYPES = (
    ("thesis", r"\b(?:ph\.?\s?d\.?|doctoral|master'?s?|bachelor)\b.{0,20}\b(?:thesis|dissertation)|dissertation"),
    ("preprint", r"\b(?:arxiv|biorxiv|medrxiv|preprint)\b"),
    (
        "conference",
        r"\b(?:proceedings|conference|symposium|neurips|nips|icml|iclr|cvpr|iccv|eccv|acl|emnlp|naacl|aaai|ijcai)\b",
    ),
    ("article", r"\b(?:journal|transactions|letters|review|annals|bulletin)\b"),
)
STATUS = when_needed(
    r"\b(to appear|forthcoming|in press|under review|submitted(?! by)|accepted|in preparation)\b", re.IGNORECASE
)
"""What a paper still waits for."""
KIND = when_needed(r"\s?[\[［]([A-Z]{1,2})(?:/(?:OL|CD|MT|DK))?[\]］](?:\s?(//)|(?=\s?(?:[.,．，]|\Z)))")
"""The sign behind a title that the Chinese standard GB/T 7714 has for its kind: ``[J]``, ``[C]//``, ``[EB/OL]``."""
_KINDS = {
    "J": "article", "N": "article", "C": "conference", "C//": "conference", "D": "thesis", "M": "book",
    "M//": "chapter", "R": "report", "P": "patent", "DB": "dataset", "DS": "dataset", "CP": "software",
}  # fmt: skip
_FULL_WIDTH = str.maketrans({"．": ". ", "，": ", ", "：": ": ", "；": "; ", "（": " (", "）": ") "})
_EDITORS = when_needed(r"^[^()]{3,200}\((?:Eds?|Hrsg)\.?\),?\s*", re.IGNORECASE)
_END = when_needed(
    r"[,;]\s+(?=[\d(]|[Vv]ol|[Nn]o\.|pp|[Pp]ages|[Aa]rt)|(?:(?<=[a-z]{5})|(?<=[A-Z]{2})|(?<=\d{4}))\.\s+(?=[A-Z(\[])|\.\s+(?=\d)"
    r"|\s\((?:\d|pp?\.)|\s(?!(?:19|20)\d\d\b)\d{1,4}(?:\.\d{1,4})?\s?(?=[(,:]|$)|\s\d{1,7}[–-]{1,2}\d{1,7}\s?(?=\(|$)|\s?[:;]\s?\d|\s\["
    r"|\s(?:19|20)\d\d(?:[;,]\s?\d{1,5}\s?[,:(]\s?\w|\.\d\d\.\d\d\.\d{6,8}\b)|(?<=[\u2e80-\uffef])\.\s"
)
_ABBREVIATED = when_needed(
    r"(?:(?!Vol|No\b|Epub|Proc)[A-Z][a-z]{1,9}\.\s){1,5}(?!Vol|No\b|Pp)[A-Z][a-z]{1,9}\.(?=[\s,])"
)
"""``Electron. Commun. Probab.``, whose stops end no venue."""
AWARD = when_needed(
    r"\s*[(\[]?\b((?:best|outstanding|distinguished)\s(?:student\s)?(?:paper|poster)"
    r"(?:\s(?:award|honou?rable mention|runner-up|finalist|candidate))?)\b[)\]]?",
    re.IGNORECASE,
)
"""An award, with the brackets around it."""

_LONGEST = 3_000


def take_published_in(draft: Draft, text: str, emphasis: str = "") -> None:
    """Read ``text`` into ``draft``; what it has already stays. ``emphasis`` is a part in italics: the venue."""
    text = one_line(text[:_LONGEST].translate(_FULL_WIDTH))
    if kind := KIND.match(text):
        draft.type = draft.type or _KINDS.get(kind[1] + (kind[2] or ""), "")
        text = text[kind.end() :]
    draft.doi = draft.doi or doi_in(text)
    draft.arxiv = draft.arxiv or arxiv_in(text)
    text = _ADDRESS.sub(" ", text)
    _take_numbers(draft, text)
    if award := AWARD.search(text):
        draft.fields.setdefault("award", award[1])
        text = text[: award.start()] + text[award.end() :]
    if status := STATUS.search(text):
        draft.fields.setdefault("status", status[1].lower())
    dates = [date for found in _DATE.finditer(text) if (date := loose_date(found[0]))]
    # The last year of a reference is its own: names of conferences have years too.
    draft.date = draft.date or max((date for date in dates if date[:4] == dates[-1][:4]), key=len, default="")
    draft.venue = draft.venue or _venue(text, emphasis)


def _take_numbers(draft: Draft, text: str) -> None:
    """Volume, issue and pages: first what is called so, then by where numbers stand."""
    for name, pattern, sign in (("volume", _VOLUME, " "), ("issue", _ISSUE, " "), ("pages", _PAGES, "§")):
        if labelled := pattern.search(text):
            draft.fields.setdefault(name, labelled[1])
            text = pattern.sub(sign, text)
    for numbers in _NUMBERS.finditer(text):
        found = {name: value for name, value in numbers.groupdict().items() if value}
        # "2024 (2)" is a year and how many papers it has; a volume that is called by its year has pages.
        if len(found) > 1 and (not _YEAR.fullmatch(found["volume"]) or "pages" in found or "labelled" in found):
            issue = found.get("issue") or found.get("after_dot") or found.get("after_comma")
            for name, value in (("volume", found["volume"]), ("issue", issue), ("pages", found.get("pages"))):
                if value:
                    draft.fields.setdefault(name, value)
            return
    if pages := _RANGE.search(text):
        draft.fields.setdefault("pages", pages[1])


def _venue(text: str, emphasis: str) -> str:
    emphasised = emphasis.strip(" .,;:()")
    if len(emphasised) > 1 and emphasised in text and not STATUS.fullmatch(emphasised):
        return _trimmed(_VOLUME_AT_END.sub("", emphasised))
    if _DATE.fullmatch(text.strip(" .,;:()")):
        return ""
    text = _EDITORS.sub("", _HEAD.sub("", text.lstrip(" .,;:-–|(")))
    abbreviated = _ABBREVIATED.match(text)
    end = _END.search(text, abbreviated.end() - 1 if abbreviated else 0)
    return _trimmed(text[: end.start()] if end else text)


def _trimmed(venue: str) -> str:
    """``venue`` without a date at its end, except a conference's year: ``NeurIPS 2022``."""
    venue = re.sub(r"^(?:in|In)[: ]\s*", "", venue).strip(" .,;:()[]|-–")
    if "," in venue:
        venue = re.sub(
            rf"(?:,?\s*\(?(?:[A-Z][a-z]{{2,8}}\.?\s)?|,\s{_MONTH}\s(?:de\s)?)\(?(?:19|20)\d\d\)?$", "", venue
        )
    if re.fullmatch(r"[\d\s.,():/–-]*k?", venue) or len(venue) > 250 or _DATE.fullmatch(venue):
        return ""
    venue = venue.strip(" .,;:") + ")" * (venue.count("(") > venue.count(")"))
    return "" if STATUS.fullmatch(venue) else venue


def type_by_venue(venue: str) -> str:
    """The type of a paper that a venue shows; "" where it shows none."""
    return next((kind for kind, words in _VENUE_TYPES if re.search(words, venue, re.IGNORECASE)), "")
