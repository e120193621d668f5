"""Opening the output folder: places that must not be one, and the lock against a second build."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from labpress.build.ports import unwritable
from labpress.core.diagnostics import Diagnostic, Parsed, Span
from labpress.edges.disk import MARK
from labpress.edges.locks import lock_folder
from labpress.edges.output import OutputFolder


@contextmanager
def open_output(
    root: Path, content: Path, shown: str, on_wait: Callable[[], None] = lambda: None
) -> Iterator[Parsed[OutputFolder | None]]:
    """Make and lock the output folder. Gives None, with the reason, when it is one that must not be written to.

    ``on_wait`` is called when another build has the folder and this one has to wait for it.
    """
    faults = dangers(root, content, shown)
    if faults:
        yield Parsed(None, faults)
        return
    try:
        root.mkdir(parents=True, exist_ok=True)
        lock = lock_folder(root, on_wait)
    except OSError as error:
        yield Parsed(None, (unwritable(error, shown),))
        return
    try:
        yield Parsed(OutputFolder(root.resolve(), content.resolve()))
    finally:
        if lock is not None:
            os.close(lock)


def dangers(root: Path, content: Path, shown: str) -> tuple[Diagnostic, ...]:
    """The fault of a folder that must not be an output folder; none of one that may."""
    advice, place = "choose another folder, such as _site", Span(shown)
    found = [*_reasons_against(root.resolve(), content.resolve())][:1]
    message = "expected a folder for the site alone, found "
    return tuple(Diagnostic("dangerous-output", message + reason, place, advice) for reason in found)


def _reasons_against(place: Path, content: Path) -> Iterator[str]:
    if place == Path(place.anchor):
        yield "the root of the file system"
    for folder, name in (
        (Path.home().resolve(), "the home directory"),
        (content, "the content folder"),
        (Path.cwd().resolve(), "the current directory"),
    ):
        if folder == place:
            yield name
        elif folder.is_relative_to(place):
            yield f"a folder that holds {name}"
    if any(place.is_relative_to(content / name) for name in ("papers", "pages", "static", "templates", "themes")):
        yield "a part of the content folder"
    if place.exists() and not place.is_dir():
        yield "a file"
    if (place / ".git").exists() and not (place / MARK).exists():
        yield "the root of a repository"
