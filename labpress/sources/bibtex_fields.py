"""The vocabulary of BibTeX, BibLaTeX and of what reference managers add: each name and what it means here."""

from __future__ import annotations

TYPES = {
    "article": "article", "suppperiodical": "article", "review": "article",
    "inproceedings": "conference", "conference": "conference", "paper": "conference",
    "incollection": "chapter", "inbook": "chapter", "bookinbook": "chapter", "suppbook": "chapter",
    "suppcollection": "chapter", "inreference": "chapter",
    "book": "book", "mvbook": "book", "booklet": "book", "collection": "book", "mvcollection": "book",
    "proceedings": "book", "mvproceedings": "book", "reference": "book", "mvreference": "book", "periodical": "book",
    "phdthesis": "thesis", "mastersthesis": "thesis", "thesis": "thesis", "bachelorsthesis": "thesis",
    "mathesis": "thesis", "techreport": "report", "report": "report", "manual": "report", "standard": "report",
    "unpublished": "preprint", "preprint": "preprint",
    "software": "software", "dataset": "dataset", "data": "dataset", "patent": "patent", "poster": "poster",
    "presentation": "talk", "talk": "talk",
}  # fmt: skip
"""Entry type -> labpress's type; any other is ``other``."""

VOLUMES = frozenset("proceedings mvproceedings collection mvcollection periodical reference mvreference".split())
"""Types of whole volumes: without authors, one that only serves as a crossref is no publication of its own."""

NO_PAPERS = frozenset(["xdata", "set", "control", "bstctl", "ieeetranbstctl"])
"""Types that hold data or settings."""

DEGREES = {
    "phdthesis": "PhD", "mastersthesis": "Master", "bachelorsthesis": "Bachelor", "mathesis": "Master",
}  # fmt: skip
"""Entry type -> the degree of a thesis that names none."""

PLAIN_FIELDS = {
    "volume": "volume", "pages": "pages", "edition": "edition", "series": "series",
    "publisher": "publisher", "school": "institution", "institution": "institution", "address": "place",
    "location": "place", "venue": "place", "isbn": "isbn", "issn": "issn", "award": "award",
    "pubstate": "status", "pmid": "pmid", "license": "license", "selected": "selected",
}  # fmt: skip
"""Field -> labpress's field, where nothing but the name differs."""

LINKS = {
    "pdf": "pdf", "code": "code", "github": "code", "website": "website", "project": "website", "webpage": "website",
    "homepage": "website", "slides": "slides", "presentation": "slides", "poster": "poster", "video": "video",
    "talk": "video", "blog": "blog", "supp": "supplement", "supplement": "supplement", "demo": "demo", "data": "data",
    "dataset": "data", "model": "model", "openreview": "review", "review": "review",
    "html": "html",
}  # fmt: skip
"""Fields of site templates that hold an address of a known kind."""

URLS = frozenset(["url", "link", "ee"])
"""Fields with an address of any kind; ``bdsk-url-1`` and its kin are others."""

_PRIVATE = frozenset(
    "file local-url localfile date-added date-modified timestamp owner biburl bibsource groups mendeley-groups"
    " mendeley-tags __markedentry posted-at username interhash intrahash crossref xdata ids key sortkey sortname"
    " creationdate modificationdate"
    " label shorthand options entrysubtype relatedtype bibtex_show altmetric dimensions".split()
)
_PRIVATE_PREFIXES = ("bdsk-file", "citeulike-", "mendeley-")

LINE_NAMES = PLAIN_FIELDS | {
    "author": "authors", "editor": "editors", "journal": "venue", "journaltitle": "venue", "booktitle": "venue",
    "year": "date", "eprint": "arxiv", "keywords": "tags", "number": "issue", "url": "links",
}  # fmt: skip
"""Field -> the name under which a record gives its line, where that is another."""


def is_private(field: str) -> bool:
    """Whether only the author's own program, style file or disk understands ``field``. What else is unknown is kept.

    Emacs marks a field that it offered and nobody filled in by ``OPT`` before its name; BibTeX ignores it.
    """
    return field in _PRIVATE or field.startswith(_PRIVATE_PREFIXES) or (field[:3] == "opt" and field[3:] in LINE_NAMES)


ARCHIVES = frozenset("cs econ eess math nlin physics q-bio q-fin stat".split())
"""Parts of arXiv that some programs give in the place of a category."""

STATUSES = {
    "inpreparation": "in preparation", "submitted": "under review", "forthcoming": "to appear", "inpress": "in press",
    "prepublished": "published online",
}  # fmt: skip
"""BibLaTeX's ``pubstate`` keys in words."""
