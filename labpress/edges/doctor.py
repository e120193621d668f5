"""``labpress doctor``: what around a site may be out of date or too small."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import NamedTuple

from labpress import __version__
from labpress.core.images import PICTURES, image_size
from labpress.core.patterns import when_needed
from labpress.edges.disk import read_content, read_head
from labpress.edges.durable import bytes_of
from labpress.edges.git import GitError, Repository
from labpress.edges.machine import worker_count
from labpress.edges.pictures import can_draw
from labpress.edges.starting import SCHEMAS, SNIPPETS, editor_files, with_own_snippets
from labpress.entries.config import SiteConfig
from labpress.site.hosting import pages_address
from labpress.site.pictures import PORTRAIT

_REQUIREMENT = when_needed(r"[A-Za-z0-9._-]+")
_PINNED = when_needed(r"labpress(?:\[([^\]\n]*)\])?==([\w.]+)")
NO_REMOTE = "git init; git remote add origin https://github.com/lab/papers  with the address of yours"
WATCHES = Path("/proc/sys/fs/inotify/max_user_watches")


class Finding(NamedTuple):
    """One fact, and whether something should be done about it."""

    fine: bool
    what: str
    advice: str = ""


def findings(content: Path, settings: SiteConfig) -> Iterator[Finding]:
    """Look at the machine, the repository and the files around the content folder."""
    yield Finding(True, f"labpress {__version__}, Python {platform.python_version()}, {sys.platform}")
    yield Finding(True, f"{worker_count()} processors")
    yield from _libraries()
    if not content.is_dir():
        yield Finding(
            False, f"no content folder {content.as_posix()}", "labpress init  begins a site; --source names a folder"
        )
    yield from _repository(content, settings.url)
    yield from _watching(content)
    yield from _schemas(content.parent)
    yield from _workflows(content.parent, draws=can_draw() and _has_pictures(content, settings))


def _libraries() -> Iterator[Finding]:
    try:
        required = metadata.requires("labpress") or []
    except metadata.PackageNotFoundError:
        yield Finding(False, "labpress runs from a folder and is not installed", "python -m pip install labpress")
        return
    names = [match[0] for one in required if "extra ==" not in one and (match := _REQUIREMENT.match(one))]
    yield Finding(True, "with " + ", ".join(f"{name} {metadata.version(name)}" for name in names))


def _repository(content: Path, url: str) -> Iterator[Finding]:
    repository, remote = Repository(content), ""
    try:
        remote = repository.remote_address() if repository.exists else ""
        if not remote:
            yield Finding(False, "no git repository with a remote: labpress publish has nowhere to go", NO_REMOTE)
    except GitError as error:
        yield Finding(False, f"labpress publish cannot work: {' '.join(str(error).split())}")
    where = url or pages_address(remote)
    if where:
        yield Finding(True, f"published at {where}" + ("" if url else ", as the remote says"))
    else:
        yield Finding(False, "the address of the site is not known", "write  url:  in site.yml: feeds and tags need it")


def _watching(content: Path) -> Iterator[Finding]:
    """Systems limit how many folders may be watched."""
    if not WATCHES.is_file():
        return
    limit = int(WATCHES.read_text(encoding="ascii"))
    folders = sum(1 for _place in os.walk(content))
    fine = folders * 4 < limit
    what = f"{folders:,} folders to watch, of {limit:,} that the system allows"
    yield Finding(
        fine, what, "" if fine else "raise fs.inotify.max_user_watches, or changes will be looked for instead"
    )


def outdated_editor_files(folder: Path) -> dict[str, bytes]:
    """What another version of labpress has written for editors: path -> what this one would write."""
    if not (folder / SCHEMAS).is_dir():
        return {}
    wanted = {path: text.encode() for path, text in editor_files().items()}
    standing = {
        path: (bytes_of(folder / path) or b"").replace(b"\r\n", b"\n") for path in wanted
    }  # As git may write it.
    if standing[SNIPPETS]:
        wanted[SNIPPETS] = with_own_snippets(standing[SNIPPETS])
    return {path: data for path, data in wanted.items() if standing[path] != data}


def _schemas(folder: Path) -> Iterator[Finding]:
    if outdated_editor_files(folder):
        yield Finding(
            False, f"{SCHEMAS}, for editors, is from another version", "labpress doctor --fix  writes it anew"
        )
    elif (folder / SCHEMAS).is_dir():
        yield Finding(True, f"{SCHEMAS}, for editors, fits this version")


def _workflows(folder: Path, *, draws: bool) -> Iterator[Finding]:
    """Workflows that publish with another labpress than the one a person sees at home, or without what ``draws``."""
    for path in sorted(folder.glob(".github/workflows/*.y*ml")):
        text, name = path.read_text(encoding="utf-8", errors="replace"), path.relative_to(folder).as_posix()
        for extras, version in _PINNED.findall(text):
            same = version == __version__
            wanted = f"labpress{f'[{extras}]' if extras else ''}=={__version__}"
            advice = "" if same else f"write  {wanted}  there, or install that version here"
            yield Finding(same, f"{name} installs labpress {version}", advice)
            if draws and "labpress build" in text and "images" not in extras:
                what = f"{name} installs nothing that draws pictures: published ones are fewer than those you see here"
                yield Finding(False, what, f'write  "labpress[images]=={version}"  there')


def _has_pictures(content: Path, settings: SiteConfig) -> bool:
    """Whether the libraries of the extra ``images`` have something to draw."""
    pictures = (path for path in read_content(content).value.files if path.lower().endswith(PICTURES))
    sizes = (image_size(read_head(content, path)) for path in pictures)
    return settings.features.first_pages or any(size and size[0] > min(PORTRAIT) for size in sizes)
