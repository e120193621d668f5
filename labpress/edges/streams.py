"""What a process is given by the system: three streams, words, and an encoding of file names. All may be unfit."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterable
from io import BufferedWriter, FileIO, TextIOWrapper
from typing import TYPE_CHECKING, TextIO

from labpress.core.patterns import when_needed

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

_NOBODY_READS = frozenset([errno.EPIPE, errno.EIO, errno.EINVAL])
"""What a write says when the reader of a pipe has gone, when a terminal has, and the first of them on Windows."""

_NO_TEXT = when_needed(r"[\ud800-\udfff]")
"""What Python makes of bytes that are none in the encoding of the system."""


def speak_utf8() -> None:
    """Begin this process anew where Python would read names of files in another encoding than UTF-8.

    A folder ``müller`` would be linked to as something else, and dead in every browser.
    """
    if sys.getfilesystemencoding() != "utf-8" and "utf8" not in sys._xoptions:  # noqa: SLF001  Documented.
        os.execv(sys.executable, [sys.executable, "-X", "utf8", *sys.orig_argv[1:]])  # noqa: S606  The same words.


def open_streams() -> None:
    """Make the three streams fit to be used whatever becomes of their other ends.

    A closed one would leave its number to the next file that is opened, which then gets what is printed.
    """
    sys.stdin = sys.stdin or open(os.devnull, encoding="utf-8")  # noqa: PTH123, SIM115  Open to the end.
    sys.stdout, sys.stderr = _unheard(sys.stdout), _unheard(sys.stderr)


def unfit(words: Iterable[str]) -> str:
    """The first of the words that is no text, as it can be shown; "" if all are."""
    return next((ascii(word) for word in words if _NO_TEXT.search(word)), "")


class _Unheard(FileIO):
    """A stream that goes on when its reader has gone: a build is not for those who watch it."""

    def write(self, data: ReadableBuffer, /) -> int:
        """Write, or do as if."""
        try:
            return super().write(data)
        except OSError as error:
            if error.errno not in _NOBODY_READS:
                raise
            return memoryview(data).nbytes


def _unheard(stream: TextIO | None) -> TextIO:
    """The same stream, which does not mind whether somebody reads."""
    if stream is None:
        return open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123
    if not isinstance(stream, TextIOWrapper):
        return stream
    # As of standard error: no terminal has every letter.
    stream.reconfigure(errors="backslashreplace")
    if type(getattr(stream.buffer, "raw", stream.buffer)) is not FileIO:
        return stream
    stream.flush()
    return TextIOWrapper(
        BufferedWriter(_Unheard(stream.fileno(), "w", closefd=False)),
        encoding=stream.encoding,
        errors=stream.errors,
        line_buffering=stream.line_buffering or stream.write_through,
    )
