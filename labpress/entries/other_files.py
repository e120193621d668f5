"""Files of a site that another system has made: which ones its papers name, and the addresses that they keep.

A file goes to the place below static/ at which it has the address that it always had; so old links to it still lead
to it, and the entry names it by that address.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from msgspec.structs import replace

from labpress.entries.paper import LINK_KINDS
from labpress.sources.record import Record


class Home(NamedTuple):
    """A folder of the other site, and the address at which what is in it was published."""

    folder: str
    address: str


_JEKYLL = (Home("assets/pdf", "assets/pdf"), Home("", ""))
HOMES: dict[str, tuple[Home, ...]] = {
    "al-folio": _JEKYLL,
    "jekyll-scholar": _JEKYLL,
    "academicpages": (Home("", ""), Home("files", "files")),
    "hugoblox": (Home("{bundle}", "publication/{name}"), Home("static", ""), Home("static/uploads", "uploads")),
}
"""Name of a system -> where its papers' files lie, the first to win first. A ``bundle`` is the folder of one paper."""

_OWN = {"pdf": ("{name}.pdf",), "image": tuple(f"featured.{kind}" for kind in ("png", "jpg", "jpeg", "webp"))}
"""What HugoBlox takes from a paper's bundle without being told."""


class WithFiles(NamedTuple):
    """A paper that names its files by address."""

    record: Record
    files: dict[str, str]
    """Path below static/ -> path below the other site's folder."""


def with_files(record: Record, system: str, is_file: Callable[[str], bool], own_host: str = "") -> WithFiles:
    """``record`` with links to those files of its site that there are; what is not found stays under ``extra``.

    ``is_file`` says whether a path below the site's folder is one. Links to ``own_host`` are the site's own too.
    """
    bundle = PurePosixPath(record.path).parent
    homes = [Home(folder.format(bundle=bundle), address.format(name=bundle.name)) for folder, address in HOMES[system]]
    links, extra, fields = dict(record.links), dict(record.extra), dict(record.fields)
    files: dict[str, str] = {}

    def find(name: str) -> str | None:
        path = unquote(urlsplit(name).path).lstrip("/")
        for folder, address in homes:
            place = posixpath.normpath(posixpath.join(folder, path))
            if path and not place.startswith("..") and is_file(place):
                published = posixpath.normpath(posixpath.join(address, path))
                files[published] = place
                return f"/{published}"
        return None

    for kind, name in _named(record, own_host):
        found = find(name)
        if found:
            extra.pop(kind, None)
            links["pdf" if kind == "url" else kind] = found
    if system == "hugoblox":
        for kind, names in _OWN.items():
            target = links if kind == "pdf" else fields
            if kind not in target:
                found = next(filter(None, (find(name.format(name=bundle.name)) for name in names)), None)
                target |= {kind: found} if found else {}
    return WithFiles(replace(record, links=links, extra=extra, fields=fields), files)


def _named(record: Record, own_host: str) -> Iterator[tuple[str, str]]:
    """Kind and name of each file that the paper may mean."""
    for kind, name in record.extra.items():
        if kind in LINK_KINDS or (kind == "url" and name.lower().endswith(".pdf")):
            yield kind, name
    for kind, address in record.links.items():
        if own_host and urlsplit(address).netloc.lower() == own_host.lower():
            yield kind, address
