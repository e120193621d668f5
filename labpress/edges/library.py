"""The entries of a content folder with the importer's memory of them: read as a whole, changed as a whole."""

from __future__ import annotations

import os
from codecs import BOM_UTF8
from collections.abc import Callable, Iterator, Mapping
from difflib import unified_diff
from pathlib import Path
from typing import NamedTuple, TypeVar

from labpress.core.decoding import decode
from labpress.core.diagnostics import Diagnostic, Parsed, Span
from labpress.core.files import SourceFile
from labpress.core.folder import is_entry, is_hidden
from labpress.edges.durable import bytes_of, changed_meanwhile, leftovers, write_durably
from labpress.entries.config import SiteConfig, read_config
from labpress.entries.decisions import UNDECIDED, Decisions, read_decisions
from labpress.entries.existing import Existing
from labpress.entries.lock import LockedEntry, read_lock, write_lock
from labpress.entries.renames import following_renames
from labpress.entries.topics import Topic, read_topics

T = TypeVar("T")

MAX_SOURCE = 50_000_000
"""Bytes of one source: BibTeX of twenty thousand papers with their abstracts."""

LOCK_NAME = "labpress.lock"
DECISIONS_NAME = "duplicates.yml"
"""Both in the content folder, committed with it."""
INTENTION_NAME = ".labpress.lock.next"
"""Beside the lock file while entries are written, and after that only when labpress was stopped meanwhile."""


class Library(NamedTuple):
    """What an import needs to know of a content folder."""

    folder: Path
    entries: Mapping[str, Existing]
    """The files of papers/ by id."""
    lock: Mapping[str, LockedEntry]
    lock_data: bytes | None
    """The lock file as it was read. ``lock`` says more where entries were renamed, or an import was stopped."""
    config: SiteConfig
    topics: tuple[Topic, ...]
    decisions: Decisions

    def path_of(self, entry_id: str) -> Path:
        """Where the entry is, or where a new one will be."""
        if entry_id in self.entries:
            return Path(self.entries[entry_id].path)
        return self.folder / "papers" / f"{entry_id}.md"

    def data_of(self, entry_id: str, text: str) -> bytes:
        """The entry's file with ``text`` in it."""
        return text.encode(self.entries[entry_id].encoding if entry_id in self.entries else "utf-8")


def read_library(folder: Path) -> Parsed[Library]:
    """Read the folder. With an error among the faults nothing may be written: what is whose is not known then."""
    no_lock: dict[str, LockedEntry] = {}
    lock, lock_faults = _optional(folder / LOCK_NAME, read_lock, no_lock)
    config, _faults = _optional(folder / "site.yml", read_config, SiteConfig())  # Its faults are the build's business.
    no_topics: tuple[Topic, ...] = ()
    topics, topic_faults = _optional(folder / "topics.yml", lambda file: read_topics(file, config.markup), no_topics)
    decisions, decision_faults = _optional(folder / DECISIONS_NAME, read_decisions, UNDECIDED)
    entries = dict(_entries(folder))
    known = following_renames({**lock, **_done_before_a_stop(folder)}, entries)
    library = Library(folder, entries, known, bytes_of(folder / LOCK_NAME), config, topics, decisions)
    return Parsed(library, (*lock_faults, *topic_faults, *decision_faults))


def read_source(path: Path) -> Parsed[SourceFile]:
    """One file from the disk; empty, with an error, when it cannot be read."""
    nothing, place = SourceFile(path.as_posix(), b""), Span(path.as_posix())
    try:
        with open(path, "rb", opener=_open_without_waiting) as file:
            data = file.read(MAX_SOURCE + 1)
    except OSError as error:
        found = (error.strerror or str(error)).lower()
        return Parsed(
            nothing, (Diagnostic("unreadable-file", f"expected a file that can be read, found: {found}", place),)
        )
    if len(data) > MAX_SOURCE:
        message = f"expected at most {MAX_SOURCE // 1_000_000} MB, found more"
        return Parsed(nothing, (Diagnostic("too-large", message, place, "divide it into several files"),))
    return Parsed(SourceFile(path.as_posix(), data))


def _open_without_waiting(path: str, flags: int) -> int:
    """Open a file, or a pipe that somebody writes to; one that nobody writes to is empty."""
    without_waiting = getattr(os, "O_NONBLOCK", 0)
    handle = os.open(path, flags | without_waiting)
    if without_waiting:
        os.set_blocking(handle, True)
    return handle


def write_library(
    library: Library, writes: Mapping[str, str], lock: Mapping[str, LockedEntry]
) -> tuple[Diagnostic, ...]:
    """Write entries by id, then the lock file. Killed at any moment, ``read_library`` knows what had been done.

    What somebody has changed since the library was read is not written over: each such file is an error, and nothing is
    written at all.
    """
    lock_path, intended = library.folder / LOCK_NAME, library.folder / INTENTION_NAME
    old = {key: library.data_of(key, library.entries[key].text) for key in writes if key in library.entries}
    as_read = {library.path_of(key): old.get(key) for key in writes}
    meanwhile = changed_meanwhile({**as_read, lock_path: library.lock_data})
    if meanwhile:
        return meanwhile
    if writes or intended.exists():
        _write_lock(lock_path, library.lock)
        intended.unlink(missing_ok=True)
    for leftover in leftovers(library.folder / "papers").values():
        leftover.unlink()
    data = write_lock({key: lock[key] for key in writes if key in lock})
    texts = {library.path_of(key): library.data_of(key, text) for key, text in writes.items()}
    write_durably(texts, when_ready=lambda: write_durably({intended: data}) if texts else None)
    _write_lock(lock_path, lock)
    intended.unlink(missing_ok=True)
    return ()


def _done_before_a_stop(folder: Path) -> Mapping[str, LockedEntry]:
    """What is to be remembered of the entries that an import had written before it was stopped.

    When it put its intention on the disk, the new text of every entry was there under another name. A text that is not
    there any more has taken its place; whatever a person has done to it since was an edit.
    """
    intended = folder / INTENTION_NAME
    if not intended.is_file():
        return {}
    waiting = {path.stem for path in leftovers(folder / "papers")}
    return {key: locked for key, locked in read_lock(read_source(intended).value).value.items() if key not in waiting}


def _write_lock(path: Path, lock: Mapping[str, LockedEntry]) -> None:
    data = write_lock(lock)
    if data != bytes_of(path) and (lock or path.exists()):
        write_durably({path: data})


def library_diff(library: Library, writes: Mapping[str, str]) -> str:
    """What ``writes`` would change, as a unified diff."""
    return "".join(_diff(library, entry_id, text) for entry_id, text in writes.items())


def _entries(folder: Path) -> Iterator[tuple[str, Existing]]:
    """The files of papers/ by id. A file that is no UTF-8 is known, and never written."""
    for path in sorted(folder.glob("papers/**/*.md")):
        name = path.relative_to(folder).as_posix()
        if is_hidden(name) or not is_entry(name) or not path.is_file():
            continue  # No entry, or a pipe, a folder, a link that leads nowhere; the build tells of it.
        file, faults = read_source(path)
        if faults:
            continue
        try:
            encoding = "utf-8-sig" if file.data.startswith(BOM_UTF8) else "utf-8"
            yield path.stem, Existing(file.path, file.data.decode(encoding), encoding)
        except UnicodeDecodeError:
            yield path.stem, Existing(file.path, decode(file).value.text, writable=False)


def _diff(library: Library, entry_id: str, text: str) -> str:
    path = library.path_of(entry_id).as_posix()
    old = library.entries[entry_id].text if entry_id in library.entries else ""
    lines = unified_diff(
        old.splitlines(keepends=True), text.splitlines(keepends=True), path if old else "/dev/null", path, n=2
    )
    return "".join(line if line.endswith("\n") else f"{line}\n" for line in lines)


def _optional(path: Path, read: Callable[[SourceFile], Parsed[T]], empty: T) -> Parsed[T]:
    """What ``read`` makes of the file, or ``empty`` where there is none."""
    if not path.exists():
        return Parsed(empty)
    file, faults = read_source(path)
    return Parsed(empty, faults) if faults else read(file)
