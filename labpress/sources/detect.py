"""Which format a source file has, told by its content, never by its name."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from msgspec.structs import replace

from labpress.core.decoding import decode
from labpress.core.diagnostics import Diagnostic, Parsed, Span
from labpress.core.files import SourceFile
from labpress.sources.listing import looks_like_listing, parse_listing
from labpress.sources.record import Record


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
    return (
        Format("pasted listing", looks_like_listing, listing),
    )  # fmt: skip


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
    expected = ", ".join(form.name for form in known)
    message = f"the file is of no format that labpress reads: {expected}"
    return Parsed((), (*faults, Diagnostic("unknown-format", message, text.line_span(1))))
