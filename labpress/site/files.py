"""Files of the lab's own: which one an entry means, and where it is published."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from urllib.parse import quote, unquote

from msgspec import Struct

from labpress.core.diagnostics import Diagnostic, Span, quoted
from labpress.core.patterns import when_needed
from labpress.core.text import closest
from labpress.site.pages import Copy

_ABSOLUTE = when_needed(r"[A-Za-z][A-Za-z0-9+.\-]*:|//")
_HOST = when_needed(r"www\.|(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}/")
"""How an address without https:// begins."""


class ContentFiles(Struct, frozen=True):
    """The files of the content folder that are neither entries nor settings."""

    root: str
    """The content folder as diagnostics show it, with a slash at its end."""
    names: frozenset[str]
    """Relative to the content folder."""
    sizes: dict[str, tuple[int, int]] = {}
    """Picture that an entry or a person shows -> width and height in pixels, where they could be told; PDF whose first
    page is shown -> the same in points."""
    can_scale: bool = False
    """Whether pictures can be published in several widths."""

    @property
    def in_repository(self) -> str:
        """Where the content folder most probably lies in its repository: ``site_src/``."""
        name = PurePosixPath(self.root).name
        return f"{name}/" if name not in ("", ".", "..") else ""


def is_absolute(address: str) -> bool:
    """Whether ``address`` leads out of the site."""
    return bool(_ABSOLUTE.match(address))


def beside(files: ContentFiles, source: str, own_id: str, name: str) -> str:
    """The content file that ``name`` means in the Markdown file ``source``, or "".

    Looked for beside the file, in a folder of its own name, and under static/. ``name`` may be escaped as in addresses.
    """
    name = unquote(re.split("[#?]", name, maxsplit=1)[0].lstrip("/"))
    if "./" in name or "//" in name:
        name = PurePosixPath(name).as_posix()
    if ".." in name.split("/"):
        return ""
    folder, slash, _file = source.removeprefix(files.root).rpartition("/")
    own_folder = PurePosixPath(own_id).name
    for path in (f"{folder}{slash}{name}", f"{folder}{slash}{own_folder}/{name}", f"static/{name}", name):
        if path in files.names:
            return path
    return ""


def published_path(found: str, directory: str, name: str = "") -> str:
    """Where the content file ``found`` is published: static files at their own place, others in ``directory``."""
    if found.startswith("static/"):
        return found.removeprefix("static/")
    return f"{directory}{name or PurePosixPath(found).name}"


def address_of(path: str) -> str:
    """``path`` as an address: escaped where it has spaces or signs that mean something there."""
    return quote(path, safe="/~@!$&'()*+;=")


def static_copies(files: ContentFiles) -> tuple[Copy, ...]:
    """Everything under static/, published at the root of the site."""
    return tuple(Copy(name.removeprefix("static/"), name) for name in sorted(files.names) if name.startswith("static/"))


def missing_file(name: str, span: Span, files: ContentFiles) -> Diagnostic:
    """The fault of a file that is linked and not there."""
    folder = span.path.removeprefix(files.root).rpartition("/")[0]
    places = [f"{folder}/", "static/"] if folder else ["static/"]
    known = [PurePosixPath(path).name for path in files.names if path.startswith(tuple(places))]
    meant = closest(name, known)
    advice = f"put the file into {' or '.join(files.root + place for place in places)}"
    advice = f"did you mean {meant}?" if meant else advice
    if is_absolute(name):
        place = f"beside the entry or into {files.root}static/" if folder else f"into {files.root}static/"
        advice = f"pictures of other sites are not loaded: put the file {place} and name it without https://"
    elif _HOST.match(name):
        advice = f"write  https://{name}  for a page elsewhere"
    return Diagnostic("missing-file", f"expected the file {quoted(name)}, found none", span, advice)
