"""Which format a source file has, told by its content, never by its name."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from msgspec.structs import replace

from labpress.core.decoding import decode
from labpress.core.diagnostics import Diagnostic, Parsed, Span
from labpress.core.files import SourceFile
from labpress.sources.arxiv_atom import looks_like_atom, parse_arxiv_atom
from labpress.sources.arxiv_paste import looks_like_arxiv_paste, parse_arxiv_paste
from labpress.sources.bibtex import looks_like_bibtex, parse_bibtex
from labpress.sources.csl_json import looks_like_csl_json, parse_csl_json
from labpress.sources.endnote_xml import looks_like_endnote_xml, parse_endnote_xml
from labpress.sources.jsonlines import looks_like_json_lines, parse_json_lines
from labpress.sources.listing import looks_like_listing, parse_listing
from labpress.sources.medline import looks_like_medline, parse_medline
from labpress.sources.mhtml import looks_like_mhtml, parse_mhtml
from labpress.sources.pasted_page import looks_like_pasted_page, parse_pasted_page
from labpress.sources.record import Record
from labpress.sources.refer import looks_like_refer, parse_refer
from labpress.sources.reference_list import looks_like_reference_list, parse_reference_list
from labpress.sources.ris import looks_like_ris, parse_ris
from labpress.sources.scholar_profile import looks_like_scholar_profile, parse_scholar_profile
from labpress.sources.table import looks_like_table, parse_table
from labpress.sources.web_of_science import looks_like_web_of_science, parse_web_of_science
from labpress.sources.webpage import looks_like_html, parse_webpage


class Format(NamedTuple):
    """One kind of source that labpress reads."""

    name: str
    """As messages call it."""
    sniff: Callable[[str], bool]
    """Whether the text of a file is of this kind. Formats are asked in order; the first that says yes reads it."""
    parse: Callable[[SourceFile], Parsed[tuple[Record, ...]]]


def formats(as_of: int | None = None, fallback_year: int | None = None) -> tuple[Format, ...]:
    """Every format, the strictest sniffers first. ``as_of`` and ``fallback_year``: see ``parse_listing``."""
    listing = partial(parse_listing, as_of=as_of, fallback_year=fallback_year)
    single = partial(parse_mhtml, as_of=as_of, fallback_year=fallback_year)
    page = partial(parse_webpage, as_of=as_of, fallback_year=fallback_year)
    return (
        Format("JSON Lines of labpress", looks_like_json_lines, parse_json_lines),
        Format("CSL-JSON", looks_like_csl_json, parse_csl_json),
        Format("EndNote XML", looks_like_endnote_xml, parse_endnote_xml),
        Format("arXiv Atom", looks_like_atom, parse_arxiv_atom),
        Format("web page", looks_like_html, page),
        Format("web page in a single file (MHTML)", looks_like_mhtml, single),
        Format("RIS", looks_like_ris, parse_ris),
        Format("PubMed (MEDLINE)", looks_like_medline, parse_medline),
        Format("Web of Science", looks_like_web_of_science, parse_web_of_science),
        Format("EndNote (Refer)", looks_like_refer, parse_refer),
        Format("BibTeX", looks_like_bibtex, parse_bibtex),
        Format("arXiv, pasted", looks_like_arxiv_paste, parse_arxiv_paste),
        Format("Google Scholar profile", looks_like_scholar_profile, parse_scholar_profile),
        Format("table (CSV, TSV)", looks_like_table, parse_table),
        Format("pasted listing", looks_like_listing, listing),
        Format("page of papers, pasted", looks_like_pasted_page, parse_pasted_page),
        Format("list of references", looks_like_reference_list, parse_reference_list),
    )


def parse_source(
    file: SourceFile, as_of: int | None = None, fallback_year: int | None = None
) -> Parsed[tuple[Record, ...]]:
    """The records of ``file``, whatever its format.

    An empty file gives no record and a warning, a file of no known format an error that names those there are.
    """
    text, faults = decode(file)
    if any(fault.is_error for fault in faults):
        return Parsed((), faults)
    if not text.text.strip():
        return Parsed((), (*faults, Diagnostic("empty-source", "the file is empty", Span(file.path))))
    known = formats(as_of, fallback_year)
    for form in known:
        if form.sniff(text.text):
            records, found = form.parse(file)
            return Parsed(tuple(replace(record, format=form.name) for record in records), found)
    message = "expected papers in a format that labpress reads, found none of them"
    advice = f"the formats are {', '.join(form.name for form in known)}"
    return Parsed((), (*faults, Diagnostic("unknown-format", message, text.line_span(1), advice)))
