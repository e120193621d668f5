"""What is worth saying of each paper and page: found by search engines, dated in the future, pictures without words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import unescape

from labpress.core.dates import PartialDate
from labpress.core.diagnostics import Diagnostic, Span, quoted
from labpress.core.patterns import when_needed
from labpress.entries.paper import Paper
from labpress.markup.html import Html
from labpress.site.files import ContentFiles
from labpress.site.pictures import own_pdf, pdf_path
from labpress.site.plan import Content
from labpress.site.readiness import PdfFile, readiness

_PICTURE = when_needed(r"<img\b([^>]*)>")
_ALT = when_needed(r"""\balt=(?:"([^"]*)"|'([^']*)')""")
_SRC = when_needed(r"""\bsrc=(?:"([^"]*)"|'([^']*)')""")


def entry_faults(content: Content, sizes: Mapping[str, int], today: PartialDate) -> Iterator[Diagnostic]:
    """Faults of the published papers and pages. ``sizes``: path in the content folder -> bytes."""
    for entry in content.entries:
        paper = entry.paper
        if paper.draft:
            continue
        yield from readiness(paper, pdf=_pdf(paper, content.files, sizes), this_year=today.year)
        yield from _future(paper, today)
        if paper.image and not paper.image_alt:
            advice = "write  image_alt: what the picture shows, for those who cannot see it"
            span = Span(paper.path, paper.lines.get("image", 0))
            yield Diagnostic("missing-alt", f"expected words for the picture {quoted(paper.image)}", span, advice)
        yield from _pictures(entry.abstract.html, paper.path, paper.abstract, paper.lines.get("abstract", 0))
        yield from _pictures(entry.body.html, paper.path, paper.body, paper.lines.get("body", 0))
    for page in content.texts:
        if not page.draft:
            yield from _pictures(page.content.html, page.path, page.source, page.first_line)


def _pdf(paper: Paper, files: ContentFiles, sizes: Mapping[str, int]) -> PdfFile | None:
    """The PDF that is published with the paper; None when there is none on this site."""
    found = own_pdf(paper, files)
    return PdfFile(pdf_path(paper, found), sizes.get(found, 0)) if found else None


def _future(paper: Paper, today: PartialDate) -> Iterator[Diagnostic]:
    date = paper.date
    if date is None or paper.status:
        return
    known = (date.year, date.month or 1, date.day or 1)
    if known > (today.year, today.month, today.day):
        message = f"the date {date.iso} is in the future; the paper is shown all the same"
        advice = "write  status: to appear  for a paper that is not out"
        yield Diagnostic("future-date", message, Span(paper.path, paper.lines.get("date", 0)), advice)


def _pictures(html: Html, path: str, source: str, first_line: int) -> Iterator[Diagnostic]:
    """Pictures of a text that say nothing to those who cannot see them."""
    for picture in _PICTURE.findall(html.source):
        alt, src = _ALT.search(picture), _SRC.search(picture)
        if alt and "".join(filter(None, alt.groups())).strip():
            continue
        name = unescape("".join(filter(None, src.groups()))) if src else ""
        name = name.rpartition("/")[2].rpartition(":")[2]
        at = source.find(name) if name else -1
        line = first_line + source.count("\n", 0, at) if at >= 0 else 0
        advice = "write what it shows between the brackets: ![Two grains of dust](dust.svg)"
        yield Diagnostic("missing-alt", f"expected words for the picture {quoted(name)}", Span(path, line), advice)
