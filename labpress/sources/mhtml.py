"""A web page that the browser saved as a single file (MHTML): the page inside is read, the pictures are not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from labpress.core.diagnostics import Diagnostic, Parsed, Span
from labpress.core.files import SourceFile
from labpress.sources.record import Record
from labpress.sources.tagged import has_lines
from labpress.sources.webpage import parse_webpage

if TYPE_CHECKING:
    from email.message import Message

looks_like_mhtml = has_lines(r"\A(?:[A-Za-z-]{2,40}:[^\n]*\n|[ \t]+[^\n]*\n){0,20}?Content-Type:\s*multipart/related")


def parse_mhtml(
    file: SourceFile, as_of: int | None = None, fallback_year: int | None = None
) -> Parsed[tuple[Record, ...]]:
    """The papers of the page in ``file``. Lines are those of the page, not of the file around it."""
    from email import message_from_bytes  # Slow to import, and only for such files.
    from email.errors import MessageError

    try:
        parts = list(message_from_bytes(file.data).walk())
    except (MessageError, ValueError, RecursionError):
        parts = []
    page = next((part for part in parts if part.get_content_type() == "text/html"), None)
    if page is None:
        message = "expected a page inside of this MHTML file, found none"
        return Parsed((), (Diagnostic("not-understood", message, Span(file.path)),))
    return parse_webpage(SourceFile(file.path, _html_of(page)), as_of, fallback_year)


def _html_of(page: Message) -> bytes:
    """The page as UTF-8, with where it came from in the form that other saved pages have."""
    payload = page.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    try:
        text = data.decode(page.get_content_charset("utf-8"), "replace")
    except (LookupError, ValueError):  # There is no such encoding, or it takes no errors, as idna does.
        text = data.decode("utf-8", "replace")
    address = "".join(str(page.get("Content-Location", "")).split())
    return f"<!-- saved from url=({len(address):04}){address} -->{text}".encode("utf-8", "replace")
