"""What one source says of one paper, before anything is decided about it."""

from __future__ import annotations

from msgspec import Struct, field

from labpress.core.diagnostics import Diagnostic


class Record(Struct, frozen=True, kw_only=True):
    """One paper as a source has it. Texts are the source's own (LaTeX stays LaTeX); empty means unsaid."""

    title: str
    authors: tuple[str, ...] = ()
    """Names in order: ``Given Family``, or ``Family, Given`` where the other form would be read wrongly.

    Plain Unicode, except that braces stay around an organisation of several words: ``{Google Inc.}``.
    """
    editors: tuple[str, ...] = ()
    """Of the book or the proceedings, in the form of ``authors``."""
    et_al: bool = False
    """The source names only the first authors."""
    date: str = ""
    """ISO 8601, as far as known: ``2022``, ``2022-06`` or ``2022-06-14``."""
    category: str = ""
    """The arXiv category: ``cs.LG``."""
    score: float | None = None
    has_code: bool = False
    affiliations: tuple[str, ...] = ()
    abstract: str = ""
    links: dict[str, str] = field(default_factory=dict)
    """Kind (``code``, ``pdf``, ``website`` ...) -> URL."""
    id: str = ""
    """The source's own key, such as a BibTeX citation key."""
    type: str = ""
    """One of labpress's entry types (``article``, ``conference``, ``preprint`` ...)."""
    venue: str = ""
    doi: str = ""
    arxiv: str = ""
    tags: tuple[str, ...] = ()
    markup: str = "latex"
    """What title, abstract, venue and the texts in ``fields`` are: ``latex``, ``plain``, or ``markdown`` where they are
    another site's."""
    fields: dict[str, str] = field(default_factory=dict)
    """Other fields that an entry has by this name (``volume``, ``pages``, ``publisher`` ...)."""
    extra: dict[str, str] = field(default_factory=dict)
    """What the source says beyond that, kept under ``extra:``."""
    format: str = ""
    """The name of the source's format: a new file of one format speaks for the old one."""
    path: str = ""
    """The source file, as diagnostics show it."""
    lines: dict[str, int] = field(default_factory=dict)
    """Field -> the line it stands on; ``""`` -> the record's first line."""
    warnings: tuple[Diagnostic, ...] = ()
    """Doubts about this record; they are among the parse's diagnostics too."""
