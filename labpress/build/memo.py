"""What reading a file gave, kept by the file's content: the same bytes and settings need not be read again.

A result is kept with its diagnostics, so that a warning is shown by every build and not only by the first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from typing import Any, Generic, TypeVar

import msgspec
from msgspec import Struct, field

from labpress.build.fingerprints import digest_bytes
from labpress.build.workers import Work, spread
from labpress.core.diagnostics import Diagnostic, Parsed
from labpress.core.files import SourceFile

T = TypeVar("T")

SCHEMA = 1
SHARE_OF_CHANGES = 10
"""As soon as a tenth has changed, everything is saved anew."""

PARALLEL_FROM = 100
"""Files to be read before it pays to fork."""

_encode = msgspec.msgpack.Encoder().encode


class _Record(Struct, frozen=True, array_like=True):
    key: bytes
    result: msgspec.Raw


class _MemoFile(Struct, frozen=True, array_like=True):
    schema: int = SCHEMA
    code: str = ""
    records: dict[str, _Record] = field(default_factory=dict)


_decoder = msgspec.msgpack.Decoder(_MemoFile)


class Reading(Struct, Generic[T], frozen=True):
    """One way of reading: a pure function of a file and of settings, whose result msgspec can write and read."""

    read_all: Callable[[Iterable[SourceFile]], Sequence[Parsed[T]]]
    """Gives the result of each file. It may go through them more than once."""
    decode: Callable[[Any], tuple[T, tuple[Diagnostic, ...]]]
    settings: bytes = b""
    """The digest of whatever else ``read_all`` depends on."""

    def read(self, file: SourceFile) -> Parsed[T]:
        """The result of a single file."""
        (result,) = self.read_all([file])
        return result


def reading(read: Callable[[SourceFile], Parsed[T]], kind: Any, settings: bytes = b"") -> Reading[T]:  # noqa: ANN401  Any type form.
    """``read``, whose values are of the type ``kind``, as a reading that can be remembered."""
    return reading_of_many(lambda files: [read(file) for file in files], kind, settings)


def reading_of_many(
    read_all: Callable[[Iterable[SourceFile]], Sequence[Parsed[T]]],
    kind: Any,  # noqa: ANN401  Any type form.
    settings: bytes = b"",
) -> Reading[T]:
    """The same for what reads several files at once."""
    decode = msgspec.msgpack.Decoder(tuple[kind, tuple[Diagnostic, ...]]).decode
    return Reading(read_all, decode, settings)


class Memo:
    """Results of earlier readings. One value serves any number of builds, in one process or in many.

    A cache keeps it in two pieces, all that was read and what has changed since, so that an edit of one file among
    ten thousand is not paid for by writing, or even reading, ten thousand results.
    """

    def __init__(
        self, whole: Callable[[], bytes | memoryview] = bytes, changes: bytes | memoryview = b"", code: str = ""
    ) -> None:
        self._code = code
        self._load = whole
        self._whole: dict[str, _Record] | None = None
        """None: not asked for so far."""
        self._changes = _decoded(changes, code)
        self._values: dict[str, tuple[bytes, Parsed[Any]]] = {}
        self._used: set[str] = set()
        self.changed = False
        """Whether there is something to be saved."""

    def pieces(self) -> tuple[bytes | None, bytes]:
        """What a cache should keep now: all that was used, or None if that piece is to stay; and the changes since."""
        self.changed = False
        if self._whole is None:
            return None, self._encoded(self._changes)
        records = self._whole | self._changes
        used = {path: record for path, record in records.items() if path in self._used}
        self._used = set()
        if len(self._changes) * SHARE_OF_CHANGES < len(records):
            return None, self._encoded({path: record for path, record in self._changes.items() if path in used})
        self._whole, self._changes = used, {}
        self._values = {path: value for path, value in self._values.items() if path in used}
        return self._encoded(used), self._encoded({})

    def all(self) -> bytes:
        """Everything that was used, in one piece."""
        records = (self._whole or {}) | self._changes
        self.changed = False
        return self._encoded({path: record for path, record in records.items() if path in self._used})

    def _encoded(self, records: dict[str, _Record]) -> bytes:
        return _encode(_MemoFile(code=self._code, records=records))

    def read(
        self,
        files: Sequence[SourceFile],
        how: Reading[T],
        workers: int = 1,
        meanwhile: Callable[[], None] = lambda: None,
        digests: Sequence[bytes] | None = None,
    ) -> tuple[list[Parsed[T]], list[bytes]]:
        """Read ``files``, and do ``meanwhile``; also gives the key of each file: equal keys mean equal results.

        ``digests`` are those of the files' bytes, if they are known.
        """
        known = [digest_bytes(file.data) for file in files] if digests is None else digests
        keys = [digest + how.settings for digest in known]
        results = [self._known(file.path, key, how) for file, key in zip(files, keys, strict=True)]
        missing = [number for number, result in enumerate(results) if result is None]
        work, workers = _work(files, missing, how), workers if len(missing) >= PARALLEL_FROM else 1
        results_of_workers = spread(
            len(missing), work, bytes, workers, lambda at: files[missing[at]].path, meanwhile=meanwhile
        )
        with closing(results_of_workers) as done:
            for at, encoded in done:
                number = missing[at]
                results[number] = self._note(files[number].path, keys[number], encoded, how)
        self._used.update([file.path for file in files])
        return [result for result in results if result is not None], keys

    def read_one(self, file: SourceFile, how: Reading[T]) -> Parsed[T]:
        """Like ``read``, for a single file."""
        return self.read([file], how)[0][0]

    def read_anew(self, file: SourceFile, how: Reading[T], digest: bytes) -> Parsed[T]:
        """Read a file that is known to have changed: what was read before need not even be loaded."""
        return self._note(file.path, digest + how.settings, _encode(how.read(file)), how)

    def _note(self, path: str, key: bytes, encoded: bytes, how: Reading[T]) -> Parsed[T]:
        result = Parsed(*how.decode(encoded))
        self._changes[path] = _Record(key, msgspec.Raw(encoded))
        self._values[path] = (key, result)
        self.changed = True
        return result

    def _known(self, path: str, key: bytes, how: Reading[T]) -> Parsed[T] | None:
        value = self._values.get(path)
        if value is not None and value[0] == key:
            return value[1]
        if self._whole is None:
            self._whole = _decoded(self._load(), self._code)
        record = self._changes.get(path) or self._whole.get(path)
        if record is None or record.key != key:
            return None
        try:
            result = Parsed(*how.decode(record.result))
        except (msgspec.DecodeError, ValueError):
            return None
        self._values[path] = (key, result)
        return result


def _decoded(piece: bytes | memoryview, code: str) -> dict[str, _Record]:
    try:
        saved = _decoder.decode(piece)
    except (msgspec.DecodeError, ValueError):
        return {}
    return saved.records if saved.schema == SCHEMA and saved.code == code else {}


def _work(files: Sequence[SourceFile], numbers: list[int], how: Reading[T]) -> Work[bytes]:
    def work(items: Iterable[int]) -> Iterator[bytes]:
        return map(_encode, how.read_all(_Files(files, numbers, items)))

    return work


class _Files:
    """The files of these ``items``, as often as somebody goes through them."""

    def __init__(self, files: Sequence[SourceFile], numbers: list[int], items: Iterable[int]) -> None:
        self._files = files
        self._numbers = numbers
        self._items = items

    def __iter__(self) -> Iterator[SourceFile]:
        return (self._files[self._numbers[item]] for item in self._items)
