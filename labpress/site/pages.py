"""The plan of a site: every file it will have, before anything is rendered or written."""

from __future__ import annotations

import unicodedata

from msgspec import Struct

from labpress.core.diagnostics import Diagnostic, Note, Span


class Page(Struct, frozen=True):
    """One file to be made from a view. The view is all that the file depends on, beside its template."""

    path: str
    """Relative to the output folder: ``papers/dinh2022lift/index.html``."""
    template: str
    """A template's name, or ``data:NAME`` for a writer of ``labpress.site.data.DATA_WRITERS``."""
    view: Struct
    source: str = ""
    """The entry or page file it comes from, as diagnostics show it; empty for indexes."""


class Copy(Struct, frozen=True):
    """One file of the lab's that is published as it is."""

    path: str
    """Relative to the output folder."""
    source: str
    """Relative to the content folder."""


class Scaled(Struct, frozen=True):
    """A picture to be drawn smaller than the lab has it, as WebP; of a PDF, its first page."""

    path: str
    """Relative to the output folder."""
    source: str
    """Relative to the content folder."""
    width: int
    """In pixels."""


class Plan(Struct, frozen=True):
    """All files of a site."""

    pages: tuple[Page, ...]
    copies: tuple[Copy, ...] = ()
    pictures: tuple[Scaled, ...] = ()


def path_key(path: str) -> str:
    """Equal for two paths that some disk or host takes for the same."""
    return path.lower() if path.isascii() else unicodedata.normalize("NFC", path).casefold()


def collisions(plan: Plan, root: str) -> tuple[Diagnostic, ...]:
    """Outputs that would take each other's place: equal paths, or equal but for case or Unicode form.

    ``root`` is the content folder as diagnostics show it, which copies' sources leave out.
    """
    outputs = [
        *[(page.path, page.source) for page in plan.pages],
        *[(copy.path, root + copy.source) for copy in plan.copies],
        *[(picture.path, root + picture.source) for picture in plan.pictures],
    ]
    if len({path_key(path) for path, _source in outputs}) == len(outputs):
        return ()
    first: dict[str, tuple[str, str]] = {}
    faults = []
    for path, source in outputs:
        other_path, other_source = first.setdefault(path_key(path), (path, source))
        if (other_path, other_source) != (path, source):
            faults.append(_collision(path, source, other_path, other_source))
    return tuple(faults)


def _collision(path: str, source: str, other_path: str, other_source: str) -> Diagnostic:
    message = f"expected one source for each file of the site, found two for {path}"
    if path != other_path:
        message += f" and {other_path}, which some disks take for the same"
    span = Span(source) if source else Span(other_source) if other_source else None
    note = (
        Note("the other source", Span(other_source))
        if source and other_source
        else Note(f"the other is {other_path}, made by labpress")
    )
    return Diagnostic("path-collision", message, span, "rename one of the two", (note,))
