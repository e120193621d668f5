"""Files of a site that another system has made: which ones its papers name, and the addresses that they keep.

A file goes to the place below static/ at which it has the address that it always had; so old links to it still lead
to it, and the entry names it by that address.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from typing import NamedTuple
from urllib.parse import unquote

from msgspec.structs import replace

from labpress.entries.other_sites import SiteSettings
from labpress.entries.paper import LINK_KINDS
from labpress.markup.urls import parts_of
from labpress.sources.record import Record


class Home(NamedTuple):
    """A folder of the other site, and the address at which what is in it was published."""

    folder: str
    address: str


_JEKYLL = tuple(Home(folder, folder) for folder in ("assets/pdf", "assets/html", "assets/img/publication_preview", ""))
HOMES: dict[str, tuple[Home, ...]] = {
    "al-folio": _JEKYLL,
    "jekyll-scholar": _JEKYLL,
    "academicpages": (Home("", ""), Home("files", "files")),
    "hugoblox": (Home("{bundle}", "{section}/{name}"), Home("static", ""), Home("static/uploads", "uploads")),
}
"""Name of a system -> where its papers' files lie, the first to win first. A ``bundle`` is the folder of one paper,
``section`` the folder that it lies in."""

_FEATURED = tuple(f"featured.{kind}" for kind in ("png", "jpg", "jpeg", "webp"))
"""The picture that HugoBlox takes from a paper's bundle."""


class WithFiles(NamedTuple):
    """A paper that names its files by address."""

    record: Record
    files: dict[str, str]
    """Path below static/ -> path below the other site's folder."""


def with_files(record: Record, system: str, is_file: Callable[[str], bool], settings: SiteSettings) -> WithFiles:
    """``record`` with links to those files of its site that there are; what is not found stays under ``extra``.

    ``is_file`` says whether a path below the site's folder is one. Links to its own address are to its files too.
    """
    bundle = PurePosixPath(record.path).parent
    homes = [
        Home(folder.format(bundle=bundle), address.format(section=bundle.parent.name, name=bundle.name))
        for folder, address in HOMES[system]
    ]
    links, extra, fields = dict(record.links), dict(record.extra), dict(record.fields)
    files: dict[str, str] = {}

    def find(name: str) -> str | None:
        path = unquote(parts_of(name).path).lstrip("/")
        for folder, address in homes:
            place = posixpath.normpath(posixpath.join(folder, path))
            if path and not place.startswith("..") and is_file(place):
                published = posixpath.normpath(posixpath.join(address, path))
                files[published] = place
                return f"/{published}"
        return None

    for kind, name in _named(record, parts_of(settings.url).netloc):
        found = find(name)
        if found:
            extra.pop(kind, None)
            field = {"url": "pdf", "preview": "image"}.get(kind, kind)
            (fields if field == "image" else links)[field] = found
    for kind, names in _unnamed(record, system, bundle.name, settings):
        target = links if kind == "pdf" else fields
        if kind not in target:
            found = next(filter(None, map(find, names)), None)
            target |= {kind: found} if found else {}
    return WithFiles(replace(record, links=links, extra=extra, fields=fields), files)


def _unnamed(record: Record, system: str, name: str, settings: SiteSettings) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Kind and possible names of files that a system takes by their names, without being told."""
    if system == "hugoblox":
        yield "pdf", (f"{name}.pdf",)
        yield "image", _FEATURED
    elif settings.papers:
        yield "pdf", (f"{settings.papers}/{record.id}.pdf",)


def _named(record: Record, own_host: str) -> Iterator[tuple[str, str]]:
    """Kind and name of each file that the paper may mean."""
    for kind, name in record.extra.items():
        if kind in LINK_KINDS or kind == "preview" or (kind == "url" and name.lower().endswith(".pdf")):
            yield kind, name
    for kind, address in record.links.items():
        if own_host and parts_of(address).netloc.lower() == own_host.lower():
            yield kind, address
