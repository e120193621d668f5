"""Reading: the content folder and the theme folders as values, quickly and in one order on every machine.

Nothing in a folder stops a build. What is no plain file, cannot be read or leads out of the folder is left out, with
one diagnostic.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from hashlib import file_digest
from pathlib import Path

from msgspec.structs import replace

from labpress.core.diagnostics import Diagnostic, Parsed, Span, quoted
from labpress.core.files import COARSE_TICK, Snapshot, Stamp
from labpress.core.folder import is_hidden, is_junk
from labpress.core.images import HEAD
from labpress.core.patterns import when_needed
from labpress.render.theme import Layer

MARK = ".labpress"
"""The file that makes a folder an output folder of labpress's, and lists what labpress has made in it."""

MAX_TEXT = 16_000_000
"""Bytes of one text file that is read. An entry has two thousand."""

TEXTS = (".md", ".yml", ".yaml")
"""Files that labpress reads; all others are published as they are, or not at all."""

LAYER_FOLDERS = ("templates", "themes", "locales")
"""Folders of the content folder that are no content."""

_CHUNK = 1 << 16
_OPEN = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NONBLOCK", 0)

_UNFIT = when_needed(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""In file names: control characters, writing direction, and bytes that are no text in the system's encoding."""


def stamp_of(status: os.stat_result) -> Stamp:
    """What is remembered of a file so as to know it again."""
    return Stamp(status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)


def read_content(root: Path, shown: str = "") -> Parsed[Snapshot]:
    """Read the content folder ``root``. Its own templates/, themes/ and locales/ are left to ``read_layers``."""
    reader = _ContentReader(root, shown or root.as_posix())
    reader.read_folder("")
    snapshot = Snapshot(reader.shown, dict(sorted(reader.texts.items())), dict(sorted(reader.files.items())))
    return Parsed(snapshot, tuple(reader.diagnostics))


class _ContentReader:
    """Collects the files of one content folder, and the faults met in it."""

    def __init__(self, root: Path, shown: str) -> None:
        self.root = str(root)
        self.shown = shown
        self.texts: dict[str, bytes] = {}
        self.files: dict[str, Stamp] = {}
        self.diagnostics: list[Diagnostic] = []
        self.began = time.time_ns()

    def report(self, code: str, path: str, message: str, advice: str = "") -> None:
        place = path if self.shown in ("", ".") else f"{self.shown}/{path}".rstrip("/")
        self.diagnostics.append(Diagnostic(code, message, Span(place), advice))

    def read_folder(self, folder: str) -> None:
        """Read everything under ``folder``, which is "" or ends in a slash."""
        try:
            with os.scandir(f"{self.root}/{folder}") as found:
                entries = sorted(found, key=lambda entry: entry.name)
        except OSError as error:
            self.report("unreadable-file", folder, f"expected a folder that can be read: {error.strerror}")
            return
        static = folder.startswith("static/")
        if not static and any(entry.name == MARK for entry in entries):
            return  # An output folder inside the content folder. In static/, it is an old site that is kept.
        for entry in entries:
            if is_junk(entry.name, web=static) or (not folder and entry.name in LAYER_FOLDERS):
                continue
            if _UNFIT.search(entry.name):
                advice = "rename it in letters, digits and spaces"
                self.report("odd-file", folder, f"expected a name that can be shown, found {entry.name!a}", advice)
                continue
            try:
                self.read_entry(entry, folder + entry.name, static=static or (entry.name == "static" and not folder))
            except FileNotFoundError:
                continue  # Gone since the folder was listed: as if it had never been there.
            except OSError as error:
                self.report(
                    "unreadable-file", folder + entry.name, f"expected a file that can be read: {error.strerror}"
                )

    def read_entry(self, entry: os.DirEntry[str], path: str, *, static: bool) -> None:
        if entry.is_symlink() and not self.may_follow(entry, path):
            return
        if entry.is_dir():
            if path.endswith(TEXTS) and not static:
                self.report("odd-file", path, "expected a file, found a folder", "rename the folder")
            else:
                self.read_folder(f"{path}/")
        elif not entry.is_file():
            self.report("odd-file", path, "expected a file, found a pipe, a socket or a device", "move it elsewhere")
        elif path.endswith(TEXTS) and not static:
            self.read_text(entry, path)
        else:
            self.files[path] = self.stamp_of_source(entry)

    def stamp_of_source(self, entry: os.DirEntry[str]) -> Stamp:
        """The stamp of a file that is published as it is, with its content where the stamp would not tell of a change.

        By a clock of whole seconds, that is so of a file as young as this build. A finer one has gone on before the
        file is copied.
        """
        stamp = stamp_of(entry.stat())
        is_old = stamp.tick < COARSE_TICK or stamp.changed + COARSE_TICK < self.began
        return stamp if is_old else replace(stamp, content=checksum_of_file(entry.path))

    def may_follow(self, entry: os.DirEntry[str], path: str) -> bool:
        """Links to files inside the content folder are followed; others could publish what nobody meant to."""
        fault = _fault_of_link(entry.path, Path(self.root).resolve(), "the content folder")
        if fault:
            code, message, advice = fault
            self.report(code, path, message, advice)
        return fault is None

    def read_text(self, entry: os.DirEntry[str], path: str) -> None:
        data = read_file(entry.path, MAX_TEXT)
        if len(data) > MAX_TEXT:
            message = f"expected at most {MAX_TEXT // 1_000_000} MB of text, found more"
            self.report("too-large", path, message, "put large files under static/, or give them another ending")
            return
        self.texts[path] = data


def _fault_of_link(link: str, root: Path, whole: str) -> tuple[str, str, str] | None:
    """What is wrong with a symbolic link, as code, message and advice; None of one to a file of ``root``, ``whole``."""
    target = Path(os.path.realpath(link))  # Unlike Path.resolve, this takes loops.
    if not target.exists():
        return "odd-file", "expected a file, found a symbolic link that leads nowhere", "remove the link"
    if target.is_dir():
        message = "expected a folder, found a symbolic link to one; it was not followed"
        return "odd-file", message, "put the folder itself here"
    if not target.is_relative_to(root):
        message = f"expected a file of {whole}, found a symbolic link to {quoted(str(target))}"
        return "outside-link", message, "put the file itself here"
    return None


def read_text(root: Path, path: str) -> bytes | None:
    """One text file of the content folder as ``read_content`` reads it; None for one that takes a closer look."""
    place = f"{root.resolve()}/{path}"
    if is_hidden(path) or os.path.realpath(place) != place or not Path(place).is_file():
        return None
    try:
        data = read_file(place, MAX_TEXT)
    except OSError:
        return None
    return data if len(data) <= MAX_TEXT else None


def read_head(root: Path, path: str) -> bytes:
    """The first bytes of a file of the content folder, which tell a picture's size; none where it cannot be read."""
    try:
        with Path(root, path).open("rb") as file:
            return file.read(HEAD)
    except OSError:
        return b""


def read_file(path: str, limit: int) -> bytes:
    """The file's bytes; one more than ``limit`` where it has more than that."""
    handle = os.open(path, _OPEN)
    try:
        data = os.read(handle, _CHUNK)
        if len(data) < _CHUNK:  # A plain file gives all it has: nearly every entry is read by this one call.
            return data
        parts = [data]
        left = limit + 1 - len(data)
        while left > 0 and (data := os.read(handle, min(left, 1 << 24))):
            parts.append(data)
            left -= len(data)
        return b"".join(parts)
    finally:
        os.close(handle)


def checksum_of_file(path: str) -> bytes:
    """``checksum`` of a file, however large."""
    from xxhash import xxh3_128  # A wheel is made without it.

    with open(path, "rb") as file:  # noqa: PTH123  A Path for each of ten thousand files can be felt.
        return file_digest(file, xxh3_128).digest()


# Templates and themes


def builtin_folder() -> Path:
    """Where labpress's own templates/ and themes/ lie: inside the installed package, or beside it in a checkout."""
    package = Path(__file__).resolve().parent.parent
    return package if (package / "themes" / "journal" / "theme.yml").is_file() else package.parent


def read_layers(source: Path) -> Parsed[tuple[Layer, ...]]:
    """The folders in which templates and themes are looked up, the first to win first.

    A site's own stand in its content folder or beside it.
    """
    diagnostics: list[Diagnostic] = []
    builtin, place = builtin_folder(), source.resolve()
    own = [one for one in dict.fromkeys((place, place.parent)) if one != builtin and _has_layer(one)]
    layers = [_read_layer(one, diagnostics, builtin=False) for one in own]
    return Parsed((*layers, _read_layer(builtin, diagnostics, builtin=True)), tuple(diagnostics))


def _has_layer(place: Path) -> bool:
    return any((place / folder).is_dir() for folder in LAYER_FOLDERS)


def _read_layer(place: Path, diagnostics: list[Diagnostic], *, builtin: bool) -> Layer:
    themes: dict[str, dict[str, bytes]] = {}
    for path, data in _read_tree(place / "themes", diagnostics):
        name, slash, rest = path.partition("/")
        if slash:
            themes.setdefault(name, {})[rest] = data
    templates = dict(_read_tree(place / "templates", diagnostics))
    # Words belong to the code that asks for them, so labpress's own lie inside the package.
    words = _read_tree((Path(__file__).parent.parent if builtin else place) / "locales", diagnostics)
    locales = {path.removesuffix(".yml").lower(): data for path, data in words if path.endswith(".yml")}
    return Layer(os.path.relpath(place).replace(os.sep, "/"), builtin, templates, themes, locales)


def _read_tree(folder: Path, diagnostics: list[Diagnostic]) -> Iterator[tuple[str, bytes]]:
    """Every file under ``folder``, in order, as path and content. Symbolic links to folders are not followed."""

    def report(code: str, path: str, message: str, advice: str = "") -> None:
        diagnostics.append(Diagnostic(code, message, Span(os.path.relpath(path).replace(os.sep, "/")), advice))

    def report_folder(error: OSError) -> None:
        if not isinstance(error, FileNotFoundError):
            report("unreadable-file", error.filename, f"expected a folder that can be read: {error.strerror}")

    for path in _files_and_links(folder, report_folder):
        fault = _fault_of_link(path, folder.resolve(), "the folder") if Path(path).is_symlink() else None
        if fault:
            report(fault[0], path, *fault[1:])
            continue
        if not Path(path).is_file():
            continue  # A pipe, or gone since the folder was listed.
        try:
            data = read_file(path, MAX_TEXT)
        except OSError as error:
            report("unreadable-file", path, f"expected a file that can be read: {error.strerror}")
            continue
        if len(data) > MAX_TEXT:
            message = f"expected at most {MAX_TEXT // 1_000_000} MB in a file of a theme, found more"
            report("too-large", path, message)
            continue
        yield os.path.relpath(path, folder).replace(os.sep, "/"), data


def _files_and_links(folder: Path, on_error: Callable[[OSError], None]) -> Iterator[str]:
    """All under ``folder`` that is no folder and nobody's junk; ``on_error`` is told of folders that cannot be read."""
    for place, folders, names in os.walk(folder, onerror=on_error):
        folders[:] = sorted(name for name in folders if not is_junk(name))
        links = [name for name in folders if Path(place, name).is_symlink()]
        yield from (
            f"{place}/{name}" for name in sorted((*names, *links)) if not (is_junk(name) or _UNFIT.search(name))
        )
