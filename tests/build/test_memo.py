"""What reading a file gave is kept by content, with its diagnostics, and never trusted further."""

from __future__ import annotations

import pytest

from labpress.build.memo import Memo, reading
from labpress.core.diagnostics import Diagnostic, Parsed
from labpress.core.files import SourceFile

FILES = [SourceFile(f"papers/{number}.md", f"text {number}".encode()) for number in range(30)]


class Reader:
    """Counts what it reads; warns of every third file."""

    def __init__(self) -> None:
        self.seen: list[str] = []

    def __call__(self, file: SourceFile) -> Parsed[str]:
        self.seen.append(file.path)
        faults = (Diagnostic("odd-file", file.path),) if file.data.endswith(b"3") else ()
        return Parsed(file.data.decode(), faults)


def read(memo: Memo, files: list[SourceFile] = FILES, settings: bytes = b"") -> tuple[list[Parsed[str]], list[str]]:
    reader = Reader()
    results, _keys = memo.read(files, reading(reader, str, settings))
    return results, reader.seen


EXPECTED = [Reader()(file) for file in FILES]


def saved(memo: Memo, before: tuple[bytes, bytes] = (b"", b"")) -> tuple[bytes, bytes]:
    """What a cache holds after it kept the pieces of ``memo``."""
    whole, changes = memo.pieces()
    return (before[0] if whole is None else whole), changes


def loaded(pieces: tuple[bytes, bytes], code: str = "") -> Memo:
    """A memo in another process."""
    return Memo(lambda: pieces[0], pieces[1], code)


def test_a_file_is_read_once_for_its_content():
    memo = Memo()

    assert read(memo) == (EXPECTED, [file.path for file in FILES])
    assert read(memo) == (EXPECTED, [])
    assert read(loaded(saved(memo))) == (EXPECTED, [])


def test_a_changed_file_is_read_again_and_only_the_change_is_saved():
    memo = Memo()
    read(memo)
    first = saved(memo)
    memo = loaded(first)
    files = [SourceFile(FILES[0].path, b"new"), *FILES[1:]]

    results, seen = read(memo, files)
    assert seen == [FILES[0].path]
    assert results[0].value == "new"

    whole, changes = memo.pieces()
    assert whole is None
    assert len(changes) < len(first[0]) / 10
    assert read(loaded((first[0], changes)), files) == (results, [])


def test_all_is_saved_anew_once_much_has_changed():
    memo = Memo()
    read(memo)
    first = saved(memo)
    files = [SourceFile(file.path, file.data + b"!") for file in FILES[:10]] + FILES[10:]
    memo = loaded(first)
    read(memo, files)

    second = saved(memo, first)

    assert second[0] != first[0]
    assert read(loaded(second), files)[1] == []


def test_what_is_no_longer_read_is_no_longer_kept():
    memo = Memo()
    read(memo)
    saved(memo)
    new = [SourceFile(f"papers/new{number}.md", b"x") for number in range(20)]
    read(memo, new)

    assert all(b"text 5" not in piece for piece in saved(memo))


@pytest.mark.parametrize("settings", [b"", b"other"])
def test_other_settings_are_another_reading(settings):
    memo = Memo()
    read(memo)

    assert len(read(memo, settings=settings)[1]) == (30 if settings else 0)


def test_another_labpress_reads_everything_again():
    memo = Memo(code="one")
    read(memo)

    assert len(read(loaded(saved(memo), "two"))[1]) == 30


@pytest.mark.parametrize("piece", [b"", b"junk", b"\x93", b"\xff" * 100])
def test_a_damaged_piece_counts_as_lost(piece):
    memo = Memo()
    read(memo)
    whole, changes = saved(memo)

    assert read(loaded((piece, changes)))[0] == EXPECTED
    assert read(loaded((whole, piece))) == (EXPECTED, [])


def test_workers_give_the_same_results(monkeypatch):
    monkeypatch.setattr("labpress.build.memo.PARALLEL_FROM", 2)
    results, _keys = Memo().read(FILES, reading(Reader(), str), workers=3)

    assert results == EXPECTED
