"""The cache folder. Whatever happens to it, a build is only slower."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from zlib import crc32

_SUM = 4


class CacheFolder:
    """Pieces of data in files, each with a checksum that says whether it is whole; see ``build.ports.Cache``.

    A checksum finds damage, and no forger: whoever can write to the cache can write to the site's sources too.
    """

    def __init__(self, root: Path) -> None:
        self.root = root

    def load(self, name: str) -> bytes | memoryview:
        try:
            data = (self.root / name).read_bytes()
        except OSError:
            return b""
        content = memoryview(data)[_SUM:]  # Not a copy: a large lab's memo has fifty megabytes.
        return content if crc32(content).to_bytes(_SUM) == data[:_SUM] else b""

    def save(self, name: str, data: bytes) -> None:
        temporary = self.root / f"{name}.{os.getpid()}.tmp"
        try:
            self.root.mkdir(parents=True, exist_ok=True)
            with temporary.open("wb") as file:
                file.write(crc32(data).to_bytes(_SUM))
                file.write(data)
            temporary.replace(self.root / name)
        except OSError:
            with suppress(OSError):
                temporary.unlink()

    def clear(self) -> None:
        """Forget everything."""
        with suppress(OSError):
            for path in tuple(self.root.iterdir()):
                path.unlink()


class NoCache:
    """For ``--no-cache``: remembers nothing."""

    def load(self, name: str) -> bytes:
        del name
        return b""

    def save(self, name: str, data: bytes) -> None:
        del name, data

    def clear(self) -> None:
        pass
