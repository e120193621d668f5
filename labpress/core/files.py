"""Files as values: what was read, and what is to be written. Only the edges touch the disk."""

from __future__ import annotations

from hashlib import blake2b

from msgspec import Struct


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
