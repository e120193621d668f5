"""A validated entry: what one Markdown file says of one paper."""

from __future__ import annotations

from msgspec import Struct, field

from labpress.core.dates import PartialDate
from labpress.core.names import Name
from labpress.markup.html import Html
from labpress.markup.text import Block

EMPTY_BLOCK = Block(Html(), "")
"""The text of what says nothing."""

TYPES: dict[str, str] = {
    "article": "Journal article",
    "conference": "Conference paper",
    "workshop": "Workshop paper",
    "chapter": "Book chapter",
    "book": "Book",
    "thesis": "Thesis",
    "report": "Technical report",
    "preprint": "Preprint",
    "software": "Software",
    "dataset": "Dataset",
    "poster": "Poster",
    "talk": "Talk",
    "patent": "Patent",
    "other": "Other",
}
"""Entry type -> the name a reader sees."""

LINK_KINDS: dict[str, str] = {
    "pdf": "PDF",
    "arxiv": "arXiv",
    "doi": "DOI",
    "code": "Code",
    "data": "Data",
    "model": "Model",
    "demo": "Demo",
    "slides": "Slides",
    "poster": "Poster",
    "video": "Video",
    "website": "Website",
    "blog": "Blog post",
    "supplement": "Supplement",
    "publisher": "Publisher",
    "html": "HTML",
    "preprint": "Preprint",
    "review": "Reviews",
}
"""Link kind -> label, in the order readers look for them."""


class Author(Struct, frozen=True, omit_defaults=True):
    """One author as this paper names them."""

    name: Name
    orcid: str = ""
    affiliation: str = ""
    equal: bool = False
    """Contributed equally."""
    corresponding: bool = False
    person: str = ""
    """A key of people.yml that says which of two namesakes this is."""


class Paper(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One paper of the lab. Texts are Markdown with LaTeX math, as the entry has them."""

    id: str
    """The file's name without ``.md``: the last part of the URL and the citation key."""
    path: str
    """The file, as diagnostics show it."""
    title: str
    """As it is written; where the site has macros, its formulas do without them."""
    authors: tuple[Author, ...] = ()
    editors: tuple[Author, ...] = ()
    et_al: bool = False
    date: PartialDate | None = None
    type: str = "other"
    """A key of ``TYPES``."""
    status: str = ""
    """Not yet out: ``to appear``, ``accepted``, ``under review`` ..."""
    venue: str = ""
    """Journal, conference, publisher's series ... as a reader calls it."""
    booktitle: str = ""
    """The proceedings or the book, when it has a fuller name than the venue."""
    series: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    """``12-34``, ``e0123`` or ``7``."""
    number: str = ""
    """Of a report or patent."""
    edition: str = ""
    publisher: str = ""
    place: str = ""
    institution: str = ""
    """Where a thesis or a report was made."""
    degree: str = ""
    """Of a thesis: ``PhD``, ``Master`` ..."""
    isbn: str = ""
    issn: str = ""
    doi: str = ""
    """Bare: ``10.48550/arXiv.2206.06565``."""
    arxiv: str = ""
    """Bare: ``2206.06565`` or ``hep-th/9901001``, with ``v2`` only where the entry insists."""
    pmid: str = ""
    language: str = ""
    """BCP 47, when it is not the site's."""
    license: str = ""
    categories: tuple[str, ...] = ()
    """arXiv categories."""
    tags: tuple[str, ...] = ()
    affiliations: tuple[str, ...] = ()
    links: dict[str, str] = field(default_factory=dict)
    """Kind -> URL or the name of a file beside the entry."""
    has_code: bool = False
    """There is code, even where no link leads to it."""
    image: str = ""
    """A teaser picture: a file beside the entry or under static/."""
    image_alt: str = ""
    award: str = ""
    note: str = ""
    selected: bool = False
    draft: bool = False
    score: float | None = None
    aliases: tuple[str, ...] = ()
    """Former ids: each leaves a page that sends the visitor on."""
    abstract: str = ""
    """The body up to its first heading; its formulas are as those of the title."""
    body: str = ""
    """The rest of the body."""
    extra: dict[str, str] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    """Field -> the line it stands on, for diagnostics of later stages; ``abstract`` and ``body`` too."""
