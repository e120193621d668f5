"""Answers of services, kept in the content folder and committed with it: asked once, read by everybody."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import msgspec
from msgspec import Struct

from labpress.core.files import digest
from labpress.edges.durable import write_durably

FOLDER = ".fetched"
"""In the content folder. A build does not look at it."""

LASTING = 30
"""Days after which a question is asked again when a person asks it again."""


class Stored(Struct, frozen=True):
    """One answer."""

    url: str
    date: str
    """When it came: ``2026-04-20``."""
    body: str
    """Empty where the service said that there is nothing."""


class Answers:
    """The kept answers of one content folder."""

    def __init__(self, content: Path, today: date | None = None) -> None:
        self.folder = content / FOLDER
        self.today = today or datetime.now(tz=UTC).date()

    def find(self, service: str, url: str, accept: str, *, of_any_age: bool = False) -> Stored | None:
        """The answer to a question, unless it is too old; None for none, and for a file that is damaged."""
        try:
            stored = msgspec.json.decode(self._path(service, url, accept).read_bytes(), type=Stored)
            age = (self.today - date.fromisoformat(stored.date)).days
        except (OSError, ValueError, msgspec.MsgspecError, RecursionError):
            return None
        return stored if of_any_age or age <= LASTING else None

    def keep(self, service: str, url: str, accept: str, body: bytes) -> None:
        """Remember an answer."""
        stored = Stored(url, self.today.isoformat(), body.decode("utf-8", "replace"))
        data = msgspec.json.format(msgspec.json.encode(stored), indent=1) + b"\n"
        write_durably({self._path(service, url, accept): data})

    def _path(self, service: str, url: str, accept: str) -> Path:
        return self.folder / service / f"{digest(f'{accept} {url}'.encode())}.json"
