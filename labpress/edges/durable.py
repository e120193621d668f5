"""Writing files that hold a person's work: whatever happens, either the old file is there or the new one.

The order is: the new bytes in files beside the old ones, and on the disk; the new names moved over the old ones; the
directories on the disk. A power cut before the move leaves the old files, one after it the new ones.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType

from labpress.core.diagnostics import Diagnostic, Span
from labpress.core.files import digest

SUFFIX = ".labpress-new"
"""Of a file that is not in its place yet. One that a crash has left is taken away by the next import."""

MANY = 64
"""Files from which one ``sync`` of the whole disk is quicker than one of each file."""

LONGEST_NAME = 255
"""Bytes of a file's name on every file system in use."""

Content = Mapping[Path, bytes | None]
"""Files with their bytes as they were read; None: where there was none."""

_UNREAD: Content = MappingProxyType({})


def write_durably(files: Mapping[Path, bytes], as_read: Content = _UNREAD) -> tuple[Path, ...]:
    """Replace every file by its new content; permissions of old files are kept. Raises OSError.

    A file that is not as it was read any more when its turn comes stays as it is. Gives those that were left so.
    """
    waiting = make_ready(files)
    try:
        return move_in(waiting, as_read)
    finally:
        discard(waiting.values())


def write_new(files: Mapping[Path, bytes]) -> tuple[Path, ...]:
    """Write those files in whose place there is nothing yet: whole, or, if one cannot be written, none. Raises OSError.

    Gives those that were left as they are.
    """
    there = {path for path in files if os.path.lexists(path)}
    new = {path: data for path, data in files.items() if path not in there}
    left = there.union(write_durably(new, dict.fromkeys(new)))
    return tuple(path for path in files if path in left)


def make_ready(files: Mapping[Path, bytes]) -> dict[Path, Path]:
    """Put the new bytes on the disk and move no name yet: file -> the one that waits to take its place."""
    waiting: dict[Path, Path] = {}
    try:
        for path, data in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            waiting[path] = waiting_place(path)
            _write(waiting[path], data, sync=len(files) < MANY)
            if path.exists():
                waiting[path].chmod(path.stat().st_mode & 0o7777)
        if len(files) >= MANY:
            os.sync()
    except BaseException:
        discard(waiting.values())
        raise
    return waiting


def move_in(waiting: Mapping[Path, Path], as_read: Content = _UNREAD) -> tuple[Path, ...]:
    """Let what ``make_ready`` has made take its place, but for files that are not as they were read any more.

    Stopped in the middle, this leaves what was not moved where it waits. Gives the files that were left as they are.
    """
    left = []
    for path, new in waiting.items():
        if path in as_read and bytes_of(path) != as_read[path]:
            left.append(path)
        else:
            new.replace(_followed(path))
    for folder in {new.parent for new in waiting.values()}:
        _sync_directory(folder)
    return tuple(left)


def discard(files: Iterable[Path]) -> None:
    """Take away files that wait for a place they will not get; those that have taken it are not there any more."""
    for new in files:
        new.unlink(missing_ok=True)


def waiting_place(path: Path) -> Path:
    """Where the new content of ``path`` waits: beside it, hidden."""
    place = _followed(path)
    name = f".{place.name}{SUFFIX}"
    if len(os.fsencode(name)) > LONGEST_NAME:
        name = f".{digest(os.fsencode(place.name))}{SUFFIX}"
    return place.with_name(name)


def _followed(path: Path) -> Path:
    """The file that ``path`` leads to: a link to a file stays a link."""
    return Path(os.path.realpath(path)) if path.is_symlink() and path.is_file() else path


def changed_meanwhile(files: Content) -> tuple[Diagnostic, ...]:
    """A fault for each file that is not as it was read any more, so that nothing is to be written."""
    return left_alone((path for path, data in files.items() if bytes_of(path) != data), "nothing was written")


def left_alone(files: Iterable[Path], outcome: str = "it stays as it is") -> tuple[Diagnostic, ...]:
    """A fault for each of ``files``, which somebody changed while labpress was at work."""
    message = f"expected the file as it was a moment ago, found it changed; {outcome}"
    advice = "somebody else is at work on it; run the command again"
    return tuple(Diagnostic("changed-meanwhile", message, Span(path.as_posix()), advice) for path in files)


def bytes_of(path: Path) -> bytes | None:
    """The content of a file; none where something else stands, such as a link to nowhere, None where nothing does."""
    return path.read_bytes() if path.is_file() else b"" if os.path.lexists(path) else None


def leftovers(folder: Path) -> tuple[Path, ...]:
    """What was left waiting in ``folder`` and below when labpress was stopped."""
    return tuple(folder.glob(f"**/.*{SUFFIX}"))


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
