"""The output folder: files put in place as a whole, and nothing touched that is not labpress's.

A file among others is written beside its place and renamed into it. A site that is built for the first time is made
aside, and moved in at the end: that takes half the time, and no page stands before the rest does.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

import msgspec
from xxhash import xxh3_128

from labpress.build.errands import Errand, send
from labpress.build.ports import Survey, UnreadableSourceError
from labpress.build.workers import write_all
from labpress.core.files import Stamp
from labpress.edges.disk import MARK, checksum_of_file, stamp_of

_HEADER = (
    "# labpress made the files below, and no others in this folder. It replaces and removes only these.\n"
    "# Without this file it writes nothing here.\n"
)
_TEMPORARY = (".labpress-", ".tmp")
_CREATE = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
_CREATE_ASIDE = _CREATE | os.O_EXCL
_BLOCK = 1 << 20
_LARGE_MARK = 60_000
"""Bytes of a mark that lists a thousand files or more."""


class OutputFolder:
    """One output folder on the disk; see ``build.ports.Output``. Paths have forward slashes."""

    def __init__(self, root: Path, content: Path) -> None:
        self.root = str(root)
        self.content = str(content)
        self._mark = b""
        """What the mark is known to hold."""
        self._claimed: frozenset[str] = frozenset()
        """The files that it lists, if it was written here."""
        self._aside = ""
        """Where files are made until they are moved in, if the survey has found none."""
        self._made_aside: set[str] = set()
        """Folders there."""
        self._looking: Errand | None = None

    @property
    def identity(self) -> str:
        """Of a folder that is not there, "": no build has written to it."""
        with suppress(FileNotFoundError):
            status = Path(self.root).stat()
            return f"{status.st_dev}:{status.st_ino}"
        return ""

    def look_ahead(self) -> None:
        """Begin the survey of a large folder now, in another process, so that it is done when it is asked for."""
        with suppress(OSError):
            if os.lstat(f"{self.root}/{MARK}").st_size > _LARGE_MARK:
                self._looking = send(lambda _ask: _encode(_look(self.root)))

    def survey(self) -> Survey:
        seen = self._looking.fetch() if self._looking else b""
        self._looking = None
        files, others, empty, sites = _decode(seen) if seen else _look(self.root)
        leftovers = [path for path in files if _is_leftover(path)]
        for path in leftovers:
            del files[path]
        leftovers += filter(_is_leftover, empty)
        marked = files.pop(MARK, None) is not None
        self._mark, self._claimed = self.read(MARK) if marked else b"", frozenset()
        if not files:
            self._aside = f"{self.root}/{_TEMPORARY[0]}{os.getpid()}-{time.time_ns()}{_TEMPORARY[1]}"
        links = tuple(sorted(others))
        return Survey(files, marked, _inventory(self._mark), tuple(leftovers), links, tuple(empty), tuple(sites))

    def read(self, path: str) -> bytes:
        try:
            return Path(self.root, path).read_bytes()
        except PermissionError:
            return b""

    def write(self, path: str, data: bytes) -> Stamp:
        return self._place_aside(path, (data,)) if self._aside else self._place(path, (data,))

    def copy(self, source: str, path: str) -> tuple[Stamp, bytes]:
        whole = xxh3_128()
        blocks = _passed_on(self._blocks(source), whole.update)
        stamp = self._place_aside(path, blocks) if self._aside else self._place(path, blocks)
        return stamp, whole.digest()

    def _blocks(self, source: str) -> Iterator[bytes]:
        """The bytes of a file of the content folder."""
        with _told_as_unreadable(source):
            handle = os.open(f"{self.content}/{source}", os.O_RDONLY | getattr(os, "O_BINARY", 0))
            try:
                while block := os.read(handle, _BLOCK):
                    yield block
            finally:
                os.close(handle)

    def _place(self, path: str, blocks: Iterable[bytes]) -> Stamp:
        """Write a new file and move it to ``path``.

        Killed in the middle, this leaves the old file whole, and beside it one whose name says what it is.
        """
        place = f"{self.root}/{path}"
        folder = place.rpartition("/")[0]
        temporary = f"{folder}/{_TEMPORARY[0]}{os.getpid()}{_TEMPORARY[1]}"
        try:
            handle = os.open(temporary, _CREATE, 0o666)
        except FileNotFoundError:
            _make_folder(folder)
            handle = os.open(temporary, _CREATE, 0o666)
        try:
            try:
                for block in blocks:
                    write_all(handle, block)
            finally:
                os.close(handle)
            os.replace(temporary, place)  # noqa: PTH105  A Path for each of ten thousand files can be felt.
        except BaseException:
            with suppress(OSError):
                Path(temporary).unlink()
            raise
        return stamp_of(os.lstat(place))

    def _place_aside(self, path: str, blocks: Iterable[bytes]) -> Stamp:
        """Write a new file where nobody looks for it. Killed in the middle, it is never moved in."""
        place = f"{self._aside}/{path}"
        folder = place.rpartition("/")[0]
        if folder not in self._made_aside:
            _make_folder(folder)
            self._made_aside.add(folder)
        handle = os.open(place, _CREATE_ASIDE, 0o666)
        try:
            try:
                for block in blocks:
                    write_all(handle, block)
                return stamp_of(os.fstat(handle))
            finally:
                os.close(handle)
        except BaseException:
            with suppress(OSError):
                Path(place).unlink()
            raise

    def settle(self) -> dict[str, Stamp]:
        aside, self._aside = self._aside, ""
        if not aside or not Path(aside).is_dir():
            return {}
        moved = [*_move_in(aside, self.root)]
        return {place.removeprefix(f"{self.root}/"): stamp_of(os.lstat(place)) for place in moved}

    def stamps(self, paths: Iterable[str]) -> dict[str, Stamp]:
        """What stands there of a few files."""
        found = {}
        for path in paths:
            with suppress(OSError):
                found[path] = stamp_of(os.lstat(f"{self.root}/{path}"))
        return found

    def scaled(self, source: str, width: int) -> bytes:
        from labpress.edges.pictures import scaled  # Imports libraries that may not be there.

        with _told_as_unreadable(source):
            return scaled(Path(self.content, source), width)

    def checksum(self, path: str) -> bytes:
        try:
            return checksum_of_file(f"{self.root}/{path}")
        except PermissionError:
            return b""

    def checksum_of_source(self, source: str) -> bytes:
        with _told_as_unreadable(source):
            return checksum_of_file(f"{self.content}/{source}")

    def remove(self, path: str) -> None:
        place = Path(self.root, path)
        try:
            if place.is_dir() and not place.is_symlink():
                place.rmdir()
            else:
                place.unlink(missing_ok=True)
        except FileNotFoundError:
            pass
        for folder in list(place.parents)[: path.count("/")]:
            try:
                folder.rmdir()
            except OSError:
                break  # Not empty: the usual end.

    def claim(self, paths: frozenset[str]) -> None:
        if paths and paths == self._claimed:
            return  # To sort what is there already takes longest of all.
        mark = (_HEADER + "".join(f"{path}\n" for path in sorted(paths))).encode()
        if mark != self._mark:
            self._place(MARK, (mark,))
            self._mark = mark
        self._claimed = paths

    def has_claimed(self, path: str) -> bool:
        """Whether the mark lists the file now. A build that was killed may have taken it off."""
        try:
            return f"\n{path}\n".encode() in self.read(MARK)
        except FileNotFoundError:
            return False

    def claim_more(self, paths: frozenset[str]) -> bool:
        """Record that these files are labpress's too. False where the record is lost: the next build restores it."""
        self._mark, self._claimed = self.read(MARK), frozenset()
        known = _inventory(self._mark)
        if known is None:
            return False
        self.claim(known | paths)
        return True

    def seal(self) -> int:
        mark = f"{self.root}/{MARK}"
        os.utime(mark)
        return os.lstat(mark).st_ctime_ns


class _Seen(NamedTuple):
    files: dict[str, Stamp]
    others: list[str]
    empty: list[str]
    sites: list[str]


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(_Seen).decode


def _look(root: str) -> _Seen:
    """Everything under ``root``. Symbolic links are not followed, and a folder that may not be read is somebody else's.

    A repository's .git is its own business, and so is a folder that is the output of another site: it has a mark too.
    """
    seen = _Seen({}, [], [], [])
    folders = [""] if Path(root).exists() else []
    while folders:
        folder = folders.pop()
        try:
            with os.scandir(f"{root}/{folder}") as found:
                entries = list(found)
        except PermissionError:
            if not folder:
                raise
            seen.others.append(folder[:-1])
            continue
        if folder and any(entry.name == MARK for entry in entries):
            seen.sites.append(folder[:-1])
            continue
        for entry in entries:
            path = folder + entry.name
            if entry.is_file(follow_symlinks=False):
                seen.files[path] = stamp_of(entry.stat(follow_symlinks=False))
            elif not entry.is_dir(follow_symlinks=False):
                seen.others.append(path)
            elif path != ".git":
                folders.append(f"{path}/")
        if folder and not entries:
            seen.empty.append(folder[:-1])
    return seen


def _is_leftover(path: str) -> bool:
    """Whether a build that was killed has left this: an unfinished file, or one that was not moved in."""
    return _is_temporary(path.rpartition("/")[2]) or _is_temporary(path.partition("/")[0])


def _is_temporary(name: str) -> bool:
    return name.startswith(_TEMPORARY[0]) and name.endswith(_TEMPORARY[1])


def _inventory(mark: bytes) -> frozenset[str] | None:
    text = mark.decode("utf-8", "replace").replace("\r\n", "\n")  # As git may check it out.
    if not text.startswith(_HEADER) or not text.endswith("\n"):
        return None
    return frozenset(text[len(_HEADER) :].split("\n")[:-1])


def _passed_on(blocks: Iterable[bytes], look: Callable[[bytes], None]) -> Iterator[bytes]:
    """``blocks``, each looked at as it passes."""
    for block in blocks:
        look(block)
        yield block


@contextmanager
def _told_as_unreadable(source: str) -> Iterator[None]:
    """What fails in here is the reading of ``source``, and no fault of the output folder."""
    try:
        yield
    except OSError as error:
        raise UnreadableSourceError(error.errno, error.strerror, source) from error


def _make_folder(folder: str) -> None:
    try:
        os.mkdir(folder)  # noqa: PTH102  As above.
    except FileNotFoundError:
        Path(folder).mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        pass  # Another worker was quicker.


def _move_in(made: str, folder: str) -> Iterator[str]:
    """Move what is in ``made`` into ``folder``, whose own files stay; yields the places of files moved one by one.

    Folders come first, and the home page when all that it leads to is there.
    """
    for entry in sorted(os.scandir(made), key=lambda entry: (entry.is_file(), entry.name)):
        place = f"{folder}/{entry.name}"
        is_folder = entry.is_dir()
        try:
            os.replace(entry.path, place)  # noqa: PTH105
        except OSError:
            if not (is_folder and Path(place).is_dir()):
                raise
            yield from _move_in(entry.path, place)
        else:
            if not is_folder:
                yield place
    Path(made).rmdir()
