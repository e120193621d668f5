"""The facts of a reference: one value that every export, tag and formatted citation is a function of.

An entry says what its author wrote; a reference says what is to be cited. Where the two differ (the proceedings a
paper stands in, the archive of a preprint, the address to send a reader to), the difference is decided here, once.
"""

from __future__ import annotations

import re
from typing import Any

from msgspec import Struct, field

from labpress.core.dates import PartialDate
from labpress.core.degrees import degree_name
from labpress.core.identifiers import doi_url
from labpress.core.patterns import when_needed
from labpress.core.text import fold, one_line, without_controls
from labpress.entries.paper import Author, Paper
from labpress.markup.definitions import completed
from labpress.markup.html import Html, html_of

_DASH = when_needed(r" ?(?:--|[–—]) ?")
_HYPHEN = when_needed(" ?- ?")
_EDITION = when_needed(r"(\d{1,4})(?:st|nd|rd|th)?(?: ed(?:ition|\.)?)?|(.*?) ed(?:ition|\.)?", re.IGNORECASE)
_ARTICLE_NUMBER = when_needed(r"e\d{2,}|[a-z]{1,4}\d{4,}", re.IGNORECASE)
_DOCTORATE = when_needed(r"\bph\.? ?d|\bd\.? ?phil|doct|\bdr\b|habil|\bd\.? ?sc|\bsc\.? ?d|\bed\.? ?d")
_DEPARTMENT = when_needed(
    r"\b(?:dep(?:t\b|t\.|art)|facult|fakult|school|institut|college|division|laborator|fachbereich)"
)
_FORTHCOMING = ("to appear", "in press", "accepted", "forthcoming", "to be published", "in print")
_IN_PREPARATION = ("in prep", "in progress", "work in progress", "draft")
_UNPUBLISHED = (
    "submitted", "resubmitted", "under review", "under peer review", "under consideration", "under revision",
    "in review", "in revision", "minor revision", "major revision", "revise and resubmit", *_IN_PREPARATION,
)  # fmt: skip
"""How the status of a paper begins that nobody has accepted."""

_VENUE_TYPES = frozenset("article conference workshop chapter book poster talk preprint other".split())
"""Types of what others accept, and whose venue is no fact until then."""

ARCHIVES = {
    fold(name): name
    for name in (
        "arXiv", "bioRxiv", "medRxiv", "ChemRxiv", "EarthArXiv", "engrXiv", "PsyArXiv", "SocArXiv", "EdArXiv",
        "TechRxiv", "EcoEvoRxiv", "SSRN", "HAL", "OSF", "OSF Preprints", "Zenodo", "OpenReview", "Authorea",
        "Preprints.org", "PeerJ Preprints", "Research Square", "ESS Open Archive", "Cryptology ePrint Archive",
    )
}  # fmt: skip
"""Where preprints are, folded name -> name. Another venue says where a preprint went."""

_PUBLISHED = ("publisher", "html")
_PLACES = {"software": ("code", "website"), "dataset": ("data", "website"), "other": (*_PUBLISHED, "website")}
"""Type -> the kinds of links that lead to the work itself, where these are not those of its publisher."""

_LAST_PLACES = ("pdf", "review", *_PUBLISHED, "website")
"""Kinds of links that a reader is sent to where nothing else is known, not even the paper's page."""

_SAME = ("id", "authors", "et_al", "editors", "date", "doi", "arxiv", "categories", "pmid")
_SAME_TEXTS = (
    "status", "series", "volume", "issue", "number", "edition", "place", "isbn", "issn",
    "license", "award", "note",
)  # fmt: skip
"""Fields that mean in a reference what they mean in an entry."""

_OF_THE_VENUE = frozenset(["editors", "series", "volume", "issue", "number", "edition", "place", "isbn", "issn"])
"""Those of them that are facts of where a paper stands, rather than of the paper."""


class Reference(Struct, frozen=True, kw_only=True):
    """What a citation can say of one paper. Texts are plain Unicode on one line; empty means unknown."""

    id: str
    type: str
    """A key of ``labpress.entries.paper.TYPES``, or ``manuscript``: nobody has accepted it, and no archive has it."""
    title: str
    title_markdown: str
    """The title in Markdown, for LaTeX."""
    title_html: Html
    authors: tuple[Author, ...] = ()
    et_al: bool = False
    """Only the first authors are known."""
    editors: tuple[Author, ...] = ()
    date: PartialDate | None = None
    status: str = ""
    """Not yet out: ``to appear``, ``under review`` ..."""
    container: str = ""
    """The journal, the proceedings or the book that this is a part of."""
    event: str = ""
    """The conference, where it is not the container's own name."""
    archive: str = ""
    """Where a preprint is: ``arXiv``."""
    series: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    """``12–34``, ``e0123`` or ``7``."""
    first_page: str = ""
    last_page: str = ""
    number: str = ""
    """Of a report or patent; the version of software or data."""
    edition: str = ""
    publisher: str = ""
    place: str = ""
    institution: str = ""
    """Where a thesis or report was made."""
    department: str = ""
    """The part of the institution where a thesis was made, if its entry names it as the venue."""
    degree: str = ""
    isbn: str = ""
    issn: str = ""
    doi: str = ""
    arxiv: str = ""
    categories: tuple[str, ...] = ()
    """arXiv categories, the primary one first."""
    pmid: str = ""
    language: str = ""
    """BCP 47."""
    license: str = ""
    award: str = ""
    note: str = ""
    keywords: tuple[str, ...] = ()
    abstract: str = ""
    abstract_markdown: str = ""
    """The abstract in Markdown, for LaTeX."""
    url: str = ""
    """The paper's page on this site; empty while the site's address is not known."""
    pdf_url: str = ""
    image_url: str = ""
    links: dict[str, str] = field(default_factory=dict)
    """Kind -> absolute address."""

    @property
    def is_forthcoming(self) -> bool:
        """Accepted, but not out: styles print "in press" for the year."""
        return bool(self.status) and fold(self.status).startswith(_FORTHCOMING)

    @property
    def is_in_preparation(self) -> bool:
        """Whether a manuscript has not been submitted either."""
        return bool(self.status) and fold(self.status).startswith(_IN_PREPARATION)

    @property
    def is_article_number(self) -> bool:
        """Whether ``pages`` is the number of an article without pages."""
        return bool(_ARTICLE_NUMBER.fullmatch(self.pages))

    @property
    def issues(self) -> str:
        """``issue``, a range with an en dash: ``4–5``."""
        return issue_range(self.issue)

    @property
    def is_doctoral(self) -> bool:
        """Whether a thesis is one for a doctorate, which an unnamed degree is taken for."""
        return not self.degree or bool(_DOCTORATE.search(fold(self.degree)))

    @property
    def archive_number(self) -> str:
        """What the archive calls a preprint: ``arXiv:2206.06565``."""
        return f"arXiv:{self.arxiv}" if self.arxiv and self.archive == "arXiv" else self.number if self.archive else ""

    @property
    def arxiv_url(self) -> str:
        return f"https://arxiv.org/abs/{self.arxiv}" if self.arxiv else ""

    @property
    def link(self) -> str:
        """The address to send a reader to: the permanent one if there is one, the paper's page if there is no other."""
        if self.doi:
            return doi_url(self.doi)
        if self.type == "preprint" and self.arxiv:
            return self.arxiv_url
        own = self._first_link(_PLACES.get(self.type, _PUBLISHED))
        arxiv = "" if self.type in ("software", "dataset") else self.arxiv_url
        return own or arxiv or self.url or self._first_link(_LAST_PLACES)

    def _first_link(self, kinds: tuple[str, ...]) -> str:
        return next((self.links[kind] for kind in kinds if kind in self.links), "")


def reference_of(
    paper: Paper,
    *,
    title: str = "",
    title_html: Html | None = None,
    abstract: str = "",
    language: str = "",
    url: str = "",
    pdf_url: str = "",
    image_url: str = "",
) -> Reference:
    """The facts of ``paper``.

    ``title`` and ``abstract`` are its texts as plain Unicode and ``title_html`` is the title as lists show it.
    ``language`` is the site's, for papers that name none. The addresses are absolute, or empty when not known.
    """
    kind = _type_of(paper)
    is_unpublished = _is_unpublished(paper)
    container, event = ("", "") if is_unpublished else _container_of(paper, kind)
    stands_nowhere = is_unpublished and kind != paper.type
    pages = "" if stands_nowhere else page_ranges(paper.pages)
    first, last = _page_ends(pages)
    title = _line(title or paper.title)
    same: dict[str, Any] = {name: getattr(paper, name) for name in _SAME}
    same.update([(name, _line(text)) for name in _SAME_TEXTS if (text := getattr(paper, name))])
    if stands_nowhere:
        same = {name: value for name, value in same.items() if name not in _OF_THE_VENUE}
    return Reference(
        type=kind,
        title=title,
        title_markdown=paper.title,
        title_html=title_html or html_of(title),
        container=_line(container),
        event=_line(event),
        archive=_archive_of(paper) if kind == "preprint" else "",
        pages=pages,
        first_page=first,
        last_page=last,
        publisher="" if stands_nowhere else _line(_publisher_of(paper, kind)),
        institution=_line(_institution_of(paper, kind)),
        degree=degree_name(paper.degree),
        department=_line(paper.venue) if kind == "thesis" and _is_department(paper) else "",
        language=paper.language or language,
        keywords=tuple(map(_line, paper.tags)),
        abstract=_line(abstract),
        abstract_markdown=completed(paper.abstract, paper.body).text,
        url=url,
        pdf_url=pdf_url,
        image_url=image_url,
        links={kind: link for kind, link in paper.links.items() if link.startswith(("https://", "http://"))},
        **same,
    )


def _line(text: str) -> str:
    """``text`` on one line, without the characters that XML cannot carry."""
    return text if text.isprintable() and "  " not in text else one_line(without_controls(text))


def _type_of(paper: Paper) -> str:
    """An untyped paper that arXiv has, and that names no venue, is a preprint. Only arXiv's papers have categories.

    So is one that an archive has and nobody has accepted; without an archive, that is a manuscript.
    """
    is_on_arxiv = paper.arxiv or paper.categories
    if _is_unpublished(paper):
        is_public = is_on_arxiv or _archive_of(paper) or (paper.type == "preprint" and paper.doi)
        return "preprint" if is_public else "manuscript"
    return "preprint" if paper.type == "other" and is_on_arxiv and not (paper.venue or paper.booktitle) else paper.type


def _is_unpublished(paper: Paper) -> bool:
    """Whether nobody has accepted the paper, so that its venue is a hope and no fact."""
    is_waiting = bool(paper.status) and fold(paper.status).startswith(_UNPUBLISHED)
    return is_waiting and paper.type in _VENUE_TYPES


def _container_of(paper: Paper, kind: str) -> tuple[str, str]:
    """What the paper is a part of, and the event, when it has a name of its own."""
    if kind in ("conference", "workshop"):
        container = paper.booktitle or paper.venue
        return container, "" if paper.venue == container else paper.venue
    if kind in ("poster", "talk"):
        return "", paper.venue or paper.booktitle
    if kind == "chapter":
        return paper.booktitle or paper.venue, ""
    if kind in ("article", "other"):
        return paper.venue or paper.booktitle, ""
    if kind == "preprint" and fold(paper.venue) not in ARCHIVES and _archive_of(paper) != paper.venue:
        return "", paper.venue
    return "", ""


def _archive_of(paper: Paper) -> str:
    venue = fold(paper.venue)
    if paper.arxiv or venue.startswith("arxiv") or venue == "corr":
        return "arXiv"
    if venue in ARCHIVES or paper.categories:
        return ARCHIVES.get(venue, "arXiv")
    if _is_unpublished(paper):
        return _line(paper.publisher) if paper.type == "preprint" else ""
    return _line(paper.publisher or paper.venue)


def _publisher_of(paper: Paper, kind: str) -> str:
    """Where there is neither journal nor conference, the venue is who published it."""
    is_whole = kind in ("book", "software", "dataset", "patent")
    return paper.publisher or (paper.venue if is_whole else "")


def _institution_of(paper: Paper, kind: str) -> str:
    if kind in ("thesis", "report"):
        return paper.institution or paper.publisher or paper.venue
    return paper.institution


def _is_department(paper: Paper) -> bool:
    """Whether the venue is a part of the institution, which is named beside it."""
    is_beside = bool(paper.institution or paper.publisher) and paper.venue not in paper.institution
    return is_beside and bool(_DEPARTMENT.search(fold(paper.venue)))


def edition_name(edition: str) -> str:
    """``2`` for 2, 2nd and 2nd edition; ``Revised`` for Revised ed."""
    match = _EDITION.fullmatch(edition.strip())
    return (match[1] or match[2] or "") if match else edition.strip()


def issue_range(text: str) -> str:
    """A range of issues as one of pages is written. Others than numbers have hyphens of their own: ``Suppl-1``."""
    return page_ranges(text) if text[:1].isdecimal() else text


def page_ranges(text: str) -> str:
    """Ranges with an en dash: ``12–34``, ``12–34, 40``. A hyphen is one unless the text has longer dashes too."""
    text = _line(text)
    return (_DASH if _DASH.search(text) else _HYPHEN).sub("–", text)


def _page_ends(pages: str) -> tuple[str, str]:
    """First and last page; a list of several ranges runs from its first to its last page."""
    if not pages:
        return "", ""
    parts = [part for part in re.split(r"[–,;\s]+", pages) if part]
    return (parts[0], parts[-1]) if len(parts) > 1 else (pages.rstrip("+"), "")
