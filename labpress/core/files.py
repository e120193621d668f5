"""Files as values: what was read, and what is to be written. Only the edges touch the disk."""

from __future__ import annotations

from hashlib import blake2b

from msgspec import Struct

FINE_TICK = 50_000_000
COARSE_TICK = 2_500_000_000
"""Of a file system that knows whole seconds only, or every second one."""


class SourceFile(Struct, frozen=True):
    """One file as it was read."""

    path: str
    """As diagnostics show it, with forward slashes."""
    data: bytes


class Artifact(Struct, frozen=True):
    """One file as it is to be written."""

    path: str
    """Relative to the output folder, with forward slashes."""
    data: bytes


def digest(data: bytes) -> str:
    """A short content digest (blake2b, 128 bit, hexadecimal): equal digests mean equal bytes."""
    return blake2b(data, digest_size=16).hexdigest()


class Stamp(Struct, frozen=True, array_like=True):
    """What the file system says of a file. Times are nanoseconds; ``changed`` is the one that nobody can set."""

    size: int
    modified: int
    changed: int
    inode: int
    content: bytes = b""
    """The digest of a file of the content folder for which all this would not prove that it is the same later."""

    @property
    def tick(self) -> int:
        """The nanoseconds within which a file may be changed again and keep its stamp: those of the system's clock."""
        return FINE_TICK if self.changed % 1_000_000_000 else COARSE_TICK


class Snapshot(Struct, frozen=True):
    """A content folder as it was at one moment. Paths are relative to it, with forward slashes, in sorted order."""

    root: str
    """The folder as a person would type it; diagnostics put it before the path."""
    texts: dict[str, bytes] = {}
    """The files that labpress reads: Markdown, YAML, BibTeX, topic and people lists. Never those under static/."""
    files: dict[str, Stamp] = {}
    """All others, such as PDFs and pictures, and everything under static/. They are copied without being read."""

    def shown(self, path: str) -> str:
        """``papers/x.md`` as diagnostics show it: ``site_src/papers/x.md``."""
        return f"{self.root}/{path}" if self.root not in ("", ".") else path

    def source(self, path: str) -> SourceFile:
        """One of ``texts`` as a source file."""
        return SourceFile(self.shown(path), self.texts[path])
