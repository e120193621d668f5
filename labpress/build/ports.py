"""What the build asks of the outside world. ``edges`` has the real ones; tests use folders that live in memory."""

from __future__ import annotations

from typing import Protocol

from msgspec import Struct

from labpress.core.files import Stamp


class Survey(Struct, frozen=True):
    """What is in the output folder at the start of a build."""

    files: dict[str, Stamp]
    """Every plain file, by its path below the folder."""
    others: tuple[str, ...] = ()
    """Symbolic links, pipes and the like."""
    inventory: frozenset[str] | None = None
    """The files that labpress has made there, or was about to make. None: the list is lost."""


class Output(Protocol):
    """The output folder. It is ours, and locked against a second build, as long as this value lives."""

    @property
    def identity(self) -> str:
        """Tells this folder from any other, and from a folder that took its place."""

    def survey(self) -> Survey:
        """Look at every file."""

    def read(self, path: str) -> bytes:
        """The bytes of a file; raises OSError when there is none."""

    def write(self, path: str, data: bytes) -> Stamp:
        """Put a file in place as a whole, its folders too. Raises OSError."""

    def copy(self, source: str, path: str) -> tuple[Stamp, bytes]:
        """Copy a file of the content folder; gives the copy's stamp, and the digest of its bytes. Raises OSError."""

    def remove(self, path: str) -> None:
        """Take a file away, and the folders that this empties. A file that is gone already is no fault."""

    def claim(self, paths: frozenset[str]) -> int:
        """Record, before anything is written, that these files are labpress's. Gives the record's time in ns."""


class Cache(Protocol):
    """Named pieces of data that may be lost at any time, but are never damaged: then they count as lost."""

    def load(self, name: str) -> bytes:
        """The data saved under ``name``, or nothing."""

    def save(self, name: str, data: bytes) -> None:
        """Keep ``data`` for the next build. A failure costs time, and is not reported."""
