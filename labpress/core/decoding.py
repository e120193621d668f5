"""From the bytes of a file to its text: encodings, line ends, control characters.

Line numbers stay those an editor shows: CRLF, CR and LF end a line, and nothing is removed that ends one.
"""

from __future__ import annotations

import codecs
import re

from labpress.core.diagnostics import Diagnostic, Parsed, SourceText, Span
from labpress.core.files import SourceFile
from labpress.core.patterns import when_needed
from labpress.core.text import CONTROL

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # Before UTF-16: its mark begins with that of UTF-16.
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROL_BYTES = bytes(byte for byte in range(0x20) if byte not in b"\t\n\r") + b"\x7f"
_LATIN_1 = {byte: chr(byte) for byte in range(0x80, 0x100)}
_WESTERN = _LATIN_1 | {ord(char.encode("cp1252")): char for char in "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"}
"""Byte -> character as Windows-1252 has it, and as Latin-1 has it for the five bytes that Windows-1252 leaves out."""

_DECLARED = when_needed(
    rb"(?:coding|charset)\s?[:=]\s?[\"']?(iso[-_ ]?8859[-_]\d{1,2}|(?:cp|windows[-_])\d{3,4}|koi8[-_][ru]|gbk|gb2312"
    rb"|gb18030|big5|euc[-_](?:jp|kr)|s(?:hift)?[-_]?jis|(?:x-)?mac[-_]?roman|latin[-_]?\d{1,2})\b",
    re.IGNORECASE,
)
"""What a file says of its own encoding: ``% Encoding: ISO8859_2`` of JabRef, ``coding: cp1250``, a page's charset."""
_AS_BROWSERS_DO = dict.fromkeys(["iso-8859-1", "iso8859-1", "latin1"], "cp1252")
"""Who says Latin-1 writes Windows-1252."""
_HEAD = 1_000
"""Bytes in which a file says so."""

_SAMPLE = 1 << 16
"""Bytes looked at to tell UTF-16 and binary files from text."""


def decode(file: SourceFile) -> Parsed[SourceText]:
    r"""The text of ``file`` with ``\n`` line ends and without control characters.

    UTF-8, UTF-16 and UTF-32 with a byte order mark, and UTF-16 without one, are read as such; what is not UTF-8, in
    the encoding that the file itself names. In anything else, each byte that is not UTF-8 is read as Windows-1252:
    that reads a Western file right, and keeps the rest of a UTF-8 file with a few foreign bytes in it. A binary file
    gives an error and an empty text.
    """
    diagnostics: list[Diagnostic] = []
    text = _decoded(file, diagnostics)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.isascii() or len(file.data.translate(None, _CONTROL_BYTES)) != len(file.data):
        text = _cleaned(file.path, text, diagnostics)
    return Parsed(SourceText(file.path, text), tuple(diagnostics))


def _decoded(file: SourceFile, diagnostics: list[Diagnostic]) -> str:
    data = file.data
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _strict_or_replaced(file, data[len(mark) :], encoding, diagnostics)
    encoding = _utf16_without_mark(data[:_SAMPLE])
    if encoding:
        return _strict_or_replaced(file, data, encoding, diagnostics)
    if _is_binary(data[:_SAMPLE]):
        message = "expected a text file, found binary data"
        diagnostics.append(Diagnostic("not-text", message, Span(file.path), help="save it as plain text in UTF-8"))
        return ""
    return _strict_or_replaced(file, data, "utf-8", diagnostics)


def _strict_or_replaced(file: SourceFile, data: bytes, encoding: str, diagnostics: list[Diagnostic]) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        declared = _in_declared_encoding(data) if encoding == "utf-8" else None
        if declared is not None:
            return declared
        before, bad = data[: error.start].decode(encoding), data[error.start : error.start + 1]
    errors = "labpress-western" if encoding == "utf-8" else "replace"
    read_as = "Windows-1252" if encoding == "utf-8" else "�"
    lines = before.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    diagnostics.append(
        Diagnostic(
            "odd-encoding",
            f"expected {encoding.upper()}, found the byte 0x{bad.hex().upper()}; such bytes were read as {read_as}",
            Span(file.path, len(lines), len(lines[-1]) + 1, 1),
            help="save the file as UTF-8",
        )
    )
    return data.decode(encoding, errors)


def _in_declared_encoding(data: bytes) -> str | None:
    """``data`` in the encoding that its first lines name; None where they name none, or where bytes do not fit it.

    Whoever converted the file may have left its first lines as they were: then most of it is UTF-8.
    """
    declared = _DECLARED.search(data, 0, _HEAD)
    if declared is None:
        return None
    in_utf8 = data.decode(errors="replace")
    odd = in_utf8.count("\ufffd")
    if len(in_utf8) - len(in_utf8.encode("ascii", "ignore")) > 2 * odd:
        return None
    name = re.sub(r"[-_ ]+", "-", declared[1].decode().lower()).removeprefix("x-").replace("latin-", "latin")
    try:
        return data.decode(_AS_BROWSERS_DO.get(name, name))
    except (UnicodeDecodeError, LookupError):
        return None


def _western(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    bad = error.object[error.start : error.end]
    return "".join(_WESTERN[byte] for byte in bad), error.end


codecs.register_error("labpress-western", _western)


def _utf16_without_mark(sample: bytes) -> str:
    """The byte order of a text in which nearly every second byte is zero or that is no UTF-8; otherwise "".

    ASCII characters have a zero byte on one side only, in every language at least the spaces and line ends.
    """
    if b"\0" not in sample:
        return ""
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    zeros, others = max(even, odd), min(even, odd)
    half = len(sample) // 2
    if half < 2 or zeros * 50 < half or others * 4 > zeros:
        return ""
    if zeros * 3 < half and _is_utf8(sample):
        return ""  # UTF-8 with stray zero bytes.
    encoding = "utf-16-be" if even > odd else "utf-16-le"
    text = sample[: half * 2].decode(encoding, "ignore")
    return encoding if "\ufffe" not in text and _printable(text) else ""


def _printable(text: str) -> bool:
    strange = sum(not (char.isprintable() or char.isspace()) for char in text)
    return strange * 20 <= len(text)


def _is_utf8(sample: bytes) -> bool:
    # The sample may end in the middle of a character: three bytes of doubt.
    try:
        sample.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start >= len(sample) - 3
    return True


def _is_binary(sample: bytes) -> bool:
    """Whether more than a tenth of the bytes are ones that no text has, or a twentieth of a file that is no UTF-8."""
    strange = len(sample) - len(sample.translate(None, _CONTROL_BYTES))
    many = strange > 0 and strange * (10 if _is_utf8(sample) else 20) > len(sample)
    return many or sample.startswith(b"%PDF-")


def _cleaned(path: str, text: str, diagnostics: list[Diagnostic]) -> str:
    first = CONTROL.search(text)
    if not first:
        return text
    at = first.start()
    clean, removed = CONTROL.subn("", text)
    what = "a control character" if removed == 1 else f"{removed} control characters"
    diagnostics.append(
        Diagnostic(
            "control-character",
            f"took out {what}, the first one U+{ord(text[at]):04X}",
            Span(path, text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at), 1),
            help="delete it in the source" if removed == 1 else "delete them in the source",
        )
    )
    return clean
