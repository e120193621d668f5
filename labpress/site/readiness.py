"""Whether Google Scholar and its like will find a paper: what ``labpress check`` says beyond what is plainly wrong.

From Google Scholar's inclusion guidelines: title, an author and a date or the page does not count; the author's whole
abstract on the page; a PDF of at most 5 MB in the page's own directory.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from labpress.core.diagnostics import Diagnostic, Span
from labpress.entries.paper import Paper

MAX_PDF = 5 * 1024 * 1024
"""Bytes; Google Scholar leaves out larger files."""

FIRST_YEAR = 1500
"""Scholarly papers are younger; an earlier year is a slip of the pen."""


class PdfFile(Struct, frozen=True):
    """A PDF as it will be published."""

    path: str
    """In the site: ``papers/dinh2022lift/dinh2022lift.pdf``."""
    size: int
    """Bytes."""


def readiness(paper: Paper, *, pdf: PdfFile | None = None, this_year: int = 0) -> tuple[Diagnostic, ...]:
    """What keeps ``paper`` from being found. ``this_year``, when known, shows dates that lie in the future."""
    return (*_missing(paper), *_odd_date(paper, this_year), *_pdf_faults(paper, pdf))


def _missing(paper: Paper) -> Iterator[Diagnostic]:
    if not paper.authors:
        advice = "add  authors:  to the front matter; a page without one is not indexed"
        yield _diagnostic("no-author", "expected an author, found none", paper, "", advice)
    if not paper.date:
        advice = "add  date: 2022  or  2022-06-14; a page without one is not indexed"
        yield _diagnostic("no-date", "expected a date, found none", paper, "", advice)
    if not paper.abstract.strip() and paper.body.strip():
        advice = "the abstract ends at the first heading: take away the one that stands above it"
        yield _diagnostic("no-abstract", "expected an abstract, found a heading", paper, "body", advice)
    elif not paper.abstract.strip():
        advice = "put the abstract below the front matter: search engines want the authors' own"
        yield _diagnostic("no-abstract", "expected an abstract, found none", paper, "", advice)


def _odd_date(paper: Paper, this_year: int) -> Iterator[Diagnostic]:
    year = paper.date.year if paper.date else 0
    if year and year < FIRST_YEAR:
        message = f"expected a year of publication, found {year}"
        yield _diagnostic("odd-year", message, paper, "date", "papers are younger: is a digit missing?")
    elif this_year and year > this_year + 1:
        message = f"expected a year up to {this_year + 1}, found {year}"
        yield _diagnostic("odd-year", message, paper, "date", "for a paper that is not out, write  status: to appear")


def _pdf_faults(paper: Paper, pdf: PdfFile | None) -> Iterator[Diagnostic]:
    if pdf is None:
        link = paper.links.get("pdf", "")
        where = "on another site" if link or paper.arxiv else "nowhere"
        advice = f"put {paper.id}.pdf beside the entry: only a PDF in the page's own directory is indexed with it"
        yield _diagnostic("distant-pdf", f"expected a PDF beside the page, found it {where}", paper, "links", advice)
        return
    if pdf.size > MAX_PDF:
        message = f"expected a PDF of at most 5 MB, found {pdf.size / 1024 / 1024:.1f} MB"
        yield _diagnostic(
            "large-pdf", message, paper, "links", "make its pictures smaller: larger files are not indexed"
        )
    folder = f"papers/{paper.id}/"
    if not (pdf.path.startswith(folder) and "/" not in pdf.path[len(folder) :] and pdf.path.endswith(".pdf")):
        message = f"expected the PDF in {folder}, found {pdf.path}"
        advice = f"put {paper.id}.pdf beside the entry: only a PDF in the page's own directory is indexed with it"
        yield _diagnostic("distant-pdf", message, paper, "links", advice)


def _diagnostic(code: str, message: str, paper: Paper, field: str, advice: str) -> Diagnostic:
    return Diagnostic(code, message, Span(paper.path, paper.lines.get(field, 1)), advice)
