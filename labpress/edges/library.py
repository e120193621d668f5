"""The entries of a content folder with the importer's memory of them: read as a whole, changed as a whole."""

from __future__ import annotations

import os
from codecs import BOM_UTF8
from collections.abc import Callable, Collection, Iterator, Mapping
from difflib import unified_diff
from pathlib import Path
from typing import NamedTuple, TypeVar

from labpress.core.decoding import decode
from labpress.core.diagnostics import Diagnostic, Parsed, Span
from labpress.core.files import SourceFile, digest
from labpress.core.folder import is_entry, is_hidden
from labpress.edges.durable import (
    Content,
    bytes_of,
    changed_meanwhile,
    discard,
    left_alone,
    leftovers,
    make_ready,
    move_in,
    waiting_place,
    write_durably,
)
from labpress.edges.locks import held
from labpress.edges.streams import unfit
from labpress.entries.config import SiteConfig, read_config
from labpress.entries.decisions import UNDECIDED, Decisions, read_decisions, with_different
from labpress.entries.existing import Existing
from labpress.entries.lock import (
    Intended,
    LockedEntry,
    entry_mark,
    read_intention,
    read_lock,
    write_intention,
    write_lock,
)
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
    as_read: Content
    """The lock file and the intention as they were read. ``lock`` says more where an entry was renamed."""
    config: SiteConfig
    topics: tuple[Topic, ...]
    decisions: Decisions

    def path_of(self, entry_id: str) -> Path:
        """Where the entry is, or where a new one will be."""
        return _path_of(self.folder, self.entries, entry_id)

    def data_of(self, entry_id: str, text: str) -> bytes:
        """The entry's file with ``text`` in it."""
        return text.encode(self.entries[entry_id].encoding if entry_id in self.entries else "utf-8")

    def data_as_read(self, entry_id: str) -> bytes | None:
        """The entry's file as it was read, of one that labpress writes; None where there was none."""
        return self.data_of(entry_id, self.entries[entry_id].text) if entry_id in self.entries else None


def read_library(folder: Path) -> Parsed[Library]:
    """Read the folder. With an error among the faults nothing may be written: what is whose is not known then."""
    # Their bytes before their content: what changes between the two is noticed when something is to be written.
    as_read = {folder / name: bytes_of(folder / name) for name in (LOCK_NAME, INTENTION_NAME)}
    no_lock: dict[str, LockedEntry] = {}
    lock, lock_faults = _optional(folder / LOCK_NAME, read_lock, no_lock)
    config, _faults = _optional(folder / "site.yml", read_config, SiteConfig())  # Its faults are the build's business.
    no_topics: tuple[Topic, ...] = ()
    topics, topic_faults = _optional(folder / "topics.yml", lambda file: read_topics(file, config.markup), no_topics)
    decisions, decision_faults = _optional(folder / DECISIONS_NAME, read_decisions, UNDECIDED)
    entries, entry_faults = _entries(folder)
    known = _known(lock, _done_before_a_stop(folder, entries, lock), entries)
    library = Library(folder, entries, known, as_read, config, topics, decisions)
    return Parsed(library, (*lock_faults, *topic_faults, *decision_faults, *entry_faults))


def read_source(path: Path) -> Parsed[SourceFile]:
    """One file from the disk; empty, with an error, when it cannot be read."""
    nothing = SourceFile(path.as_posix(), b"")
    if unfit([path.as_posix()]):
        shown = path.as_posix().encode("utf-8", "backslashreplace").decode()
        message, advice = "expected a name in UTF-8, found other bytes in it", "rename it in letters, digits and spaces"
        return Parsed(nothing, (Diagnostic("unreadable-file", message, Span(shown), advice),))
    try:
        with open(path, "rb", opener=_open_without_waiting) as file:
            data = file.read(MAX_SOURCE + 1)
    except OSError as error:
        return Parsed(nothing, (_unreadable(path, error, "a file"),))
    if len(data) > MAX_SOURCE:
        message = f"expected at most {MAX_SOURCE // 1_000_000} MB, found more"
        return Parsed(
            nothing, (Diagnostic("too-large", message, Span(path.as_posix()), "divide it into several files"),)
        )
    return Parsed(SourceFile(path.as_posix(), data))


def _unreadable(path: Path, error: OSError, what: str) -> Diagnostic:
    found = (error.strerror or str(error)).lower()
    message = f"expected {what} that can be read, found: {found}"
    return Diagnostic("unreadable-file", message, Span(path.as_posix()))


def _open_without_waiting(path: str, flags: int) -> int:
    """Open a file, or a pipe that somebody writes to; one that nobody writes to is empty."""
    without_waiting = getattr(os, "O_NONBLOCK", 0)
    handle = os.open(path, flags | without_waiting)
    if without_waiting:
        os.set_blocking(handle, True)
    return handle


def write_library(
    library: Library, writes: Mapping[str, str], lock: Mapping[str, LockedEntry], removes: Collection[str] = ()
) -> Parsed[frozenset[str]]:
    """Write entries by id, then the lock file, and then take entries away. Gives what was written.

    What somebody has changed since the library was read is an error, and nothing is written at all. What is changed
    while new texts are put on the disk stays as it is, is an error too, and the lock file keeps what it says of it.
    Killed at any moment, ``read_library`` knows what had been done. Others who would write here meanwhile wait.
    """
    if not (writes or library.folder.is_dir()):
        return Parsed(frozenset())
    library.folder.mkdir(parents=True, exist_ok=True)
    with held(library.folder):
        as_read = {library.path_of(key): library.data_as_read(key) for key in (*writes, *removes)}
        meanwhile = changed_meanwhile({**as_read, **library.as_read})
        if meanwhile:
            return Parsed(frozenset(), meanwhile)
        _settle(library, about_to_write=bool(writes))
        left = _write_entries(library, writes, lock, as_read)
        left_places = [library.path_of(key) for key in left]
        if not left:
            left_places += _take_away([library.path_of(key) for key in removes], as_read)
    return Parsed(frozenset(writes) - left, left_alone(left_places))


def remember_different(library: Library, one: str, other: str) -> tuple[Diagnostic, ...]:
    """Write into duplicates.yml that two entries are different works."""
    path = library.folder / DECISIONS_NAME
    with held(library.folder):
        data = bytes_of(path)
        text = with_different((data or b"").decode("utf-8-sig", "replace"), one, other)
        if text is None:
            message = "expected lists that can be edited, found something else; nothing was written"
            advice = f"add  - [{one}, {other}]  under different: by hand"
            return (Diagnostic("wrong-value", message, Span(path.as_posix()), advice),)
        mark = BOM_UTF8 if data and data.startswith(BOM_UTF8) else b""
        return left_alone(write_durably({path: mark + text.encode()}, {path: data}))


def _settle(library: Library, *, about_to_write: bool) -> None:
    """Put down what is known of renamed entries and of an import that was stopped, and take away its leftovers."""
    intention = library.folder / INTENTION_NAME
    if about_to_write or intention.exists():
        _write_lock(library.folder / LOCK_NAME, library.lock)
        intention.unlink(missing_ok=True)
    discard(leftovers(library.folder / "papers"))


def _write_entries(
    library: Library, writes: Mapping[str, str], lock: Mapping[str, LockedEntry], as_read: Content
) -> frozenset[str]:
    """Write entries and the lock file. Gives the entries that were changed at the last moment, and are left alone."""
    paths = {key: library.path_of(key) for key in writes}
    waiting = make_ready({paths[key]: library.data_of(key, text) for key, text in writes.items()})
    intention = library.folder / INTENTION_NAME
    try:
        if writes:
            intended = {
                key: Intended(_file_mark(as_read[paths[key]]), entry_mark(library.lock.get(key)), lock[key])
                for key in writes
                if key in lock
            }
            write_durably({intention: write_intention(intended)})
    except BaseException:
        intention.unlink(missing_ok=True)  # Before what it speaks of: that it does not wait would mean that it is done.
        discard(waiting.values())
        raise
    places = move_in(waiting, as_read)
    left = frozenset(key for key, path in paths.items() if path in places)
    as_before = {key: library.lock[key] for key in left if key in library.lock}
    _write_lock(library.folder / LOCK_NAME, {key: lock[key] for key in lock if key not in left} | as_before)
    intention.unlink(missing_ok=True)
    discard(waiting.values())
    return left


def _take_away(paths: Collection[Path], as_read: Content) -> list[Path]:
    """Remove files, but for those that are not as they were read any more, which are given."""
    changed = [path for path in paths if bytes_of(path) != as_read[path]]
    discard(path for path in paths if path not in changed)
    return changed


def _known(
    lock: Mapping[str, LockedEntry], done: Mapping[str, LockedEntry], entries: Mapping[str, Existing]
) -> dict[str, LockedEntry]:
    """The lock file with what had been done before a stop, by the present names of the entries.

    A new entry of which there is no file now may have been renamed since; if not, it may never have been written.
    """
    unsure = done.keys() - lock.keys() - entries.keys()
    known = following_renames({**lock, **done}, entries)
    return {key: locked for key, locked in known.items() if key not in unsure}


def _done_before_a_stop(
    folder: Path, entries: Mapping[str, Existing], lock: Mapping[str, LockedEntry]
) -> Mapping[str, LockedEntry]:
    """What is to be remembered of the entries that an import had written before it was stopped.

    When it put its intention on the disk, the new text of every entry was waiting. One that waits no more has taken its
    place, and whatever a person has done to it since was an edit. But a file that is still as it was has not been
    written: somebody has taken the waiting text away. Of a new entry without a file, either may be true. Where the lock
    file says something else of an entry than it said then, both files are another branch's, which the import never saw.
    """
    intention = folder / INTENTION_NAME
    if not intention.is_file():
        return {}
    intended = read_intention(read_source(intention).value)
    paths = {key: _path_of(folder, entries, key) for key in intended}
    places = {key: waiting_place(path) for key, path in paths.items()}
    waiting = {place.name for place in (*leftovers(folder / "papers"), *filter(Path.exists, places.values()))}
    return {
        key: one.locked
        for key, one in intended.items()
        if places[key].name not in waiting
        and not (one.was and _file_mark(bytes_of(paths[key])) == one.was)
        and entry_mark(lock.get(key)) == one.known
    }


def _file_mark(data: bytes | None) -> str:
    """What tells whether a file is the same later; "" where there is none."""
    return "" if data is None else digest(data)


def _path_of(folder: Path, entries: Mapping[str, Existing], entry_id: str) -> Path:
    return Path(entries[entry_id].path) if entry_id in entries else folder / "papers" / f"{entry_id}.md"


def _write_lock(path: Path, lock: Mapping[str, LockedEntry]) -> None:
    data = write_lock(lock)
    known = (bytes_of(path) or b"").replace(b"\r\n", b"\n")  # As git may write it on Windows.
    if data != known and (lock or path.exists()):
        write_durably({path: data})


def library_diff(library: Library, writes: Mapping[str, str]) -> str:
    """What ``writes`` would change, as a unified diff."""
    return "".join(_diff(library, entry_id, text) for entry_id, text in writes.items())


def _entries(folder: Path) -> Parsed[dict[str, Existing]]:
    """The files of papers/ by id. One that is no UTF-8, or lies elsewhere, is known, and never written.

    So is what is no file, such as a folder, or a link to a disk that is away: its name is taken, and it is not deleted.
    What cannot be read is an error: it would look like an entry that a person has deleted.
    """
    entries: dict[str, Existing] = {}
    faults: list[Diagnostic] = []
    for path in sorted(_names_below(folder / "papers", faults)):
        name = path.relative_to(folder).as_posix()
        if is_hidden(name) or not is_entry(name):
            continue
        if not path.is_file():
            entries[path.stem] = Existing(path.as_posix(), "", writable=False)
            continue
        file, file_faults = read_source(path)
        faults += file_faults
        leads_out = path.is_symlink() and not path.resolve().is_relative_to(folder.resolve())
        entries[path.stem] = _existing(file, writable=not leads_out)
    return Parsed(entries, tuple(faults))


def _names_below(folder: Path, faults: list[Diagnostic]) -> Iterator[Path]:
    """All that ``folder`` has; links to folders are not followed, and ``faults`` gets those that cannot be listed."""
    errors: list[OSError] = []
    for place, folders, names in os.walk(folder, onerror=errors.append):
        yield from (Path(place, name) for name in (*folders, *names))
    faults += (
        _unreadable(Path(one.filename), one, "a folder") for one in errors if not isinstance(one, FileNotFoundError)
    )


def _existing(file: SourceFile, *, writable: bool) -> Existing:
    try:
        encoding = "utf-8-sig" if file.data.startswith(BOM_UTF8) else "utf-8"
        return Existing(file.path, file.data.decode(encoding), encoding, writable)
    except UnicodeDecodeError:
        return Existing(file.path, decode(file).value.text, writable=False)


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
