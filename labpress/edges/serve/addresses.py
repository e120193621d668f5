"""Which file answers to an address: as GitHub Pages would have it, and never one outside the site."""

from __future__ import annotations

import mimetypes
import os
from pathlib import Path
from urllib.parse import quote, unquote_to_bytes

from msgspec import Struct

from labpress.core.folder import WEB_NAMES


class File(Struct, frozen=True):
    """The file to be sent."""

    place: str
    path: str
    """Relative to the output folder."""


class Redirect(Struct, frozen=True):
    """The address is that of a folder, and wants a slash at its end."""

    to: str


class Missing(Struct, frozen=True):
    """There is nothing at this address."""

    path: str
    """Where it would lie in the output folder."""


class Outside(Struct, frozen=True):
    """The address is not one of this site, which lies further down."""


class Unfit(Struct, frozen=True):
    """No browser asks so."""


Answer = File | Redirect | Missing | Outside | Unfit

TYPES = {
    ".html": "text/html",
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
    ".atom": "application/atom+xml",
    ".ris": "application/x-research-info-systems",
    ".webmanifest": "application/manifest+json",
    ".md": "text/markdown",
}
"""Media types that GitHub Pages sends and some versions of Python do not know."""

_KNOWN = mimetypes.MimeTypes()  # What Python brings, not what this machine has made of it.
_TEXTS = ("application/json", "application/xml", "application/atom+xml", "application/manifest+json", "image/svg+xml")


def find(root: Path, base: str, target: str) -> Answer:
    """What a request for ``target`` (as sent, without its query) gets from the site in ``root`` that lies at ``base``.

    ``root`` has no symbolic links in it, ``base`` begins and ends in a slash.
    """
    name = decoded(target)
    if name is None:
        return Unfit()
    if f"{name}/" == base:
        return Redirect(quote(base))
    if not name.startswith(base):
        return Outside()
    inside = name.removeprefix(base)
    *folders, last = inside.split("/")
    if all(map(_is_public, folders)) and (last == "" or _is_public(last)):
        return _look(root, inside, target)
    return Unfit() if {".", ".."} & {*folders, last} else Missing(inside)


def _look(root: Path, inside: str, target: str) -> File | Redirect | Missing:
    if inside == "" or inside.endswith("/"):
        return _file(root, f"{inside}index.html") or Missing(f"{inside}index.html")
    found = _file(root, inside) or _file(root, f"{inside}.html")
    if found is None and _file(root, f"{inside}/index.html"):
        return Redirect(f"{target}/")
    return found or Missing(inside)


def candidates(base: str, target: str) -> frozenset[str]:
    """The files that could answer to an address, whether they are there or not."""
    inside = (decoded(target) or "").removeprefix(base)
    if inside == "" or inside.endswith("/"):
        return frozenset([f"{inside}index.html"])
    return frozenset([inside, f"{inside}.html", f"{inside}/index.html"])


def decoded(target: str) -> str | None:
    """The address with its escapes undone, once; None for one that no browser sends."""
    if not target.startswith("/"):
        return None
    try:
        name = unquote_to_bytes(target).decode()
    except UnicodeDecodeError:
        return None
    return name if name.isprintable() and "\\" not in name else None


def _is_public(part: str) -> bool:
    """Whether a file or folder of this name is for visitors; ":" means other things to Windows."""
    return bool(part) and (not part.startswith(".") or part in WEB_NAMES) and ":" not in part


def _file(root: Path, path: str) -> File | None:
    place = f"{root}{os.sep}{path.replace('/', os.sep)}"
    try:
        is_found = os.path.realpath(place).startswith(f"{root}{os.sep}") and Path(place).is_file()
    except (OSError, ValueError):  # Longer than a name may be, for one.
        return None
    return File(place, path) if is_found else None


def media_type(path: str) -> str:
    """The ``Content-Type`` of a file."""
    ending = os.path.splitext(path)[1].lower()  # noqa: PTH122  Only a name.
    kind = TYPES.get(ending) or _KNOWN.guess_type(f"x{ending}")[0] or "application/octet-stream"
    return f"{kind}; charset=utf-8" if kind.startswith("text/") or kind in _TEXTS else kind


def version_of(place: str) -> str:
    """Differs whenever the file does."""
    try:
        status = Path(place).stat()
    except OSError:
        return ""
    return f"{status.st_mtime_ns:x}-{status.st_size:x}"
