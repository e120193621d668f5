"""``labpress check --fix``: files with what has one right answer mended."""

from __future__ import annotations

import unicodedata
from codecs import BOM_UTF8
from collections.abc import Callable
from difflib import unified_diff
from functools import partial
from typing import Any

from labpress.core.diagnostics import Parsed
from labpress.core.files import SourceFile
from labpress.core.folder import PAGES, PAPERS, PEOPLE, SITE, TOPICS
from labpress.edges.checking import Checked
from labpress.entries.config import SiteConfig, read_config
from labpress.entries.entry import read_entry
from labpress.entries.fixes import fixed
from labpress.entries.people import read_people
from labpress.entries.text_page import read_text_page
from labpress.entries.topics import read_topics
from labpress.markup.settings import MarkupSettings


def fixes_of(checked: Checked) -> dict[str, tuple[bytes, bytes]]:
    """Path of a file as it is shown -> its bytes, and its bytes with safe fixes; only files with something to fix."""
    fixes = {}
    paths = (*checked.snapshot.texts, *checked.snapshot.files)
    names = {name for path in paths for name in path.split("/") if not unicodedata.is_normalized("NFC", name)}
    for path, data in checked.snapshot.texts.items():
        shown = checked.snapshot.shown(path)
        if path != SITE and _reader_of(path, checked.config) is None:
            continue
        faults = [one for one in checked.diagnostics if one.span and one.span.path == shown]
        mark = BOM_UTF8 if data.startswith(BOM_UTF8) else b""
        try:
            text = data.removeprefix(mark).decode("utf-8")
        except UnicodeDecodeError:
            continue
        if faults:
            better = mark + fixed(text, faults, partial(_codes, path, checked.config), names).encode()
            if better != data:
                fixes[shown] = (data, better)
    return fixes


_Read = Callable[[SourceFile, MarkupSettings], Parsed[Any]]

_READERS: dict[str, _Read] = {
    PEOPLE: read_people,
    TOPICS: read_topics,
    PAPERS: read_entry,
    PAGES: read_text_page,
}
"""A file, or the folder of files -> how it is read."""


def _reader_of(path: str, config: SiteConfig) -> _Read | None:
    """How the file is read; None for one that is not."""
    read = next((read for name, read in _READERS.items() if path.startswith(name)), None)
    return read or (read_text_page if path.endswith(".md") and not config.pages_folder else None)


def _codes(path: str, config: SiteConfig, text: str) -> tuple[str, ...]:
    """What the reader of ``path`` finds wrong with ``text``."""
    file = SourceFile(path, text.encode())
    if path == SITE:
        return tuple(fault.code for fault in read_config(file).diagnostics)
    read = _reader_of(path, config)
    return tuple(fault.code for fault in read(file, config.markup).diagnostics) if read else ()


def diff_of(path: str, old: bytes, new: bytes) -> str:
    """The change of a file as a unified diff."""
    before, after = (data.decode("utf-8", "replace").splitlines(keepends=True) for data in (old, new))
    lines = unified_diff(before, after, path, path, n=1)
    return "".join(line if line.endswith("\n") else f"{line}\n" for line in lines)
