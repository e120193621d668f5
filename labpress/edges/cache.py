"""The cache folder. Whatever happens to it, a build is only slower."""

from __future__ import annotations

import os
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

_DIGEST = 16


class CacheFolder:
    """Pieces of data in files, each with a digest that says whether it is whole; see ``build.ports.Cache``."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def load(self, name: str) -> bytes:
        try:
            data = (self.root / name).read_bytes()
        except OSError:
            return b""
        digest, content = data[:_DIGEST], data[_DIGEST:]
        return content if blake2b(content, digest_size=_DIGEST).digest() == digest else b""

    def save(self, name: str, data: bytes) -> None:
        temporary = self.root / f"{name}.{os.getpid()}.tmp"
        try:
            self.root.mkdir(parents=True, exist_ok=True)
            with temporary.open("wb") as file:
                file.write(blake2b(data, digest_size=_DIGEST).digest())
                file.write(data)
            temporary.replace(self.root / name)
        except OSError:
            with suppress(OSError):
                temporary.unlink()


class NoCache:
    """For ``--no-cache``: remembers nothing."""

    def load(self, name: str) -> bytes:
        del name
        return b""

    def save(self, name: str, data: bytes) -> None:
        del name, data
