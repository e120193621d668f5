"""What the build asks of the outside world. ``edges`` has the real ones; tests use folders that live in memory."""

from __future__ import annotations

from typing import Protocol

from msgspec import Struct

from labpress.core.diagnostics import Diagnostic, Span
from labpress.core.files import Stamp

UNWRITABLE = "unwritable-output"
"""The fault of a folder that takes no file: nothing is removed then, since old files are better than none."""


class UnreadableSourceError(OSError):
    """A file of the content folder, whose ``filename`` this is, cannot be read or is gone by now."""


def unwritable(error: OSError, folder: str) -> Diagnostic:
    """The fault of an output folder that cannot be used at all."""
    message = f"expected an output folder that can be written to: {(error.strerror or str(error)).lower()}"
    return Diagnostic(UNWRITABLE, message, Span(folder))


class Survey(Struct, frozen=True):
    """What is in the output folder at the start of a build."""

    files: dict[str, Stamp]
    """Every plain file, by its path below the folder."""
    marked: bool
    """Whether the mark is there that labpress leaves in a folder of its own."""
    inventory: frozenset[str] | None
    """The files that labpress has made, or was about to make. None: that list is lost."""
    leftovers: tuple[str, ...] = ()
    """Unfinished files of a build that was killed."""
    others: tuple[str, ...] = ()
    """Symbolic links, pipes and the like, and folders that may not be read."""
    empty: tuple[str, ...] = ()
    """Folders with nothing in them."""
    sites: tuple[str, ...] = ()
    """Folders that are the output of another site, which was not looked into."""


class Output(Protocol):
    """The output folder, locked against a second build as long as this value lives. All methods may raise OSError."""

    @property
    def identity(self) -> str:
        """Tells this folder from any other, and from a folder that took its place."""

    def survey(self) -> Survey:
        """Look at every file."""

    def read(self, path: str) -> bytes:
        """The bytes of a file; none of one that may not be read: it is not as it was left, and can be replaced."""

    def write(self, path: str, data: bytes) -> Stamp:
        """Put a file in place as a whole, and its folders too. What is written to an empty folder may wait aside."""

    def copy(self, source: str, path: str) -> tuple[Stamp, bytes]:
        """Copy a file of the content folder as a whole, likewise; gives the digest of what was copied, too.

        The source may have been another file a moment before. Raises ``UnreadableSourceError`` where it cannot be read.
        """

    def settle(self) -> dict[str, Stamp]:
        """Move what waits aside to its place; gives the stamps of files that have others since."""

    def scaled(self, source: str, width: int) -> bytes:
        """A picture of the content folder, or page one of a PDF, as WebP of ``width``; nothing if it is damaged.

        Raises ``UnreadableSourceError`` where it cannot be read.
        """

    def checksum(self, path: str) -> bytes:
        """``checksum`` of a file, however large; nothing likewise."""

    def checksum_of_source(self, source: str) -> bytes:
        """``checksum`` of a file of the content folder, however large. Raises ``UnreadableSourceError`` likewise."""

    def remove(self, path: str) -> None:
        """Take a file or an empty folder away, and the folders that this empties. What is gone already is no fault."""

    def claim(self, paths: frozenset[str]) -> None:
        """Record, before anything is written, that these files and no others are labpress's."""

    def seal(self) -> int:
        """The time in ns by the clock of the folder's file system, later than that of every file written so far."""


class Cache(Protocol):
    """Named pieces of data that may be lost at any time, but are never damaged: then they count as lost."""

    def load(self, name: str) -> bytes | memoryview:
        """The data saved under ``name``, or nothing."""

    def save(self, name: str, data: bytes) -> None:
        """Keep ``data`` for the next build. A failure costs time, and is not reported."""
