"""Writing files that hold a person's work: whatever happens, either the old file is there or the new one.

The order is: the new bytes in files beside the old ones, and on the disk; the new names moved over the old ones; the
directories on the disk. A power cut before the move leaves the old files, one after it the new ones.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path

from labpress.core.diagnostics import Diagnostic, Span

SUFFIX = ".labpress-new"
"""Of a file that is not in its place yet. One that a crash has left is taken away by the next import."""

MANY = 64
"""Files from which one ``sync`` of the whole disk is quicker than one of each file."""


def write_durably(files: Mapping[Path, bytes], when_ready: Callable[[], None] = lambda: None) -> None:
    """Replace every file by its new content; permissions of old files are kept. Raises OSError.

    ``when_ready`` is called when all new bytes are on the disk and no name has been moved yet.
    """
    waiting: dict[Path, Path] = {}
    try:
        for path, data in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            waiting[path] = path.with_name(f".{path.name}{SUFFIX}")
            _write(waiting[path], data, sync=len(files) < MANY)
            if path.exists():
                waiting[path].chmod(path.stat().st_mode & 0o7777)
        if len(files) >= MANY:
            os.sync()
        when_ready()
        for path, new in waiting.items():
            new.replace(path)
    finally:
        for new in waiting.values():
            new.unlink(missing_ok=True)
    for folder in {path.parent for path in files}:
        _sync_directory(folder)


def changed_meanwhile(files: Mapping[Path, bytes | None]) -> tuple[Diagnostic, ...]:
    """A fault for each file that has not the bytes any more with which it was read; None: where there was none."""
    message = "expected the file as it was a moment ago, found it changed; nothing was written"
    advice = "somebody else is at work on it; run the command again"
    changed = [path for path, data in files.items() if bytes_of(path) != data]
    return tuple(Diagnostic("changed-meanwhile", message, Span(path.as_posix()), advice) for path in changed)


def bytes_of(path: Path) -> bytes | None:
    """The content of a file; none where something else stands, None where nothing does."""
    return path.read_bytes() if path.is_file() else b"" if path.exists() else None


def leftovers(folder: Path) -> dict[Path, Path]:
    """What a crash has left in ``folder`` and below: file -> the one that should have taken its place."""
    return {path.with_name(path.name[1 : -len(SUFFIX)]): path for path in folder.glob(f"**/.*{SUFFIX}")}


def _write(path: Path, data: bytes, *, sync: bool) -> None:
    try:
        with path.open("wb") as file:
            file.write(data)
            if sync:
                file.flush()
                os.fsync(file.fileno())
    except OSError as error:
        error.filename = error.filename or str(path)  # Of a full disk, the system does not say it.
        raise


def _sync_directory(path: Path) -> None:
    """Put a directory's names on the disk, where the platform can."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    directory = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)
