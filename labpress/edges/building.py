"""One build from the folders that a person names: read, lock, build."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from hashlib import blake2b
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from labpress.build.explaining import reasons_for
from labpress.build.site import BuildReport, BuildRequest, build
from labpress.build.state import BuildState
from labpress.core.diagnostics import Diagnostic, Parsed, Span
from labpress.edges.cache import CacheFolder, NoCache
from labpress.edges.disk import read_content, read_head, read_layers
from labpress.edges.machine import boot_identity, code_identity, worker_count
from labpress.edges.opening import dangers, open_output
from labpress.edges.output import OutputFolder
from labpress.edges.pictures import can_draw, page_size

CACHE_NAME = ".labpress-cache"


class BuildPlace(Struct, frozen=True, kw_only=True):
    """Which site is built, from where to where, and how."""

    source: str = "site_src"
    output: str = "_site"
    base_url: str = ""
    cache: str = CACHE_NAME
    use_cache: bool = True
    clean: bool = False
    """Forget earlier builds: every file is made anew."""
    workers: int = 0
    """0: as many as there are processors."""
    keep_when_faulty: bool = False
    drafts: bool = False

    @property
    def shown_source(self) -> str:
        """The content folder as diagnostics show it."""
        return self.source.replace(os.sep, "/").rstrip("/")


def build_place(
    place: BuildPlace,
    *,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
    on_wait: Callable[[], None] = lambda: None,
    on_written: Callable[[str], None] = lambda _path: None,
    state: BuildState | None = None,
) -> BuildReport:
    """Read the folders and build. With the ``state`` of ``new_state``, builds in one process remember in memory."""
    source, output = Path(place.source), Path(place.output)
    missing = no_content(place)
    if missing:
        return BuildReport(diagnostics=missing, finished=False)
    with open_output(output, source, place.output, on_wait) as (folder, faults):
        if folder is None:
            return BuildReport(diagnostics=faults, finished=False)
        folder.look_ahead()
        request = replace(read_request(place), progress=progress, on_written=on_written)
        cache = cache_of(place)
        if place.clean:
            cache.clear()
        return build(request, folder, cache, state)


def explain(place: BuildPlace, path: str) -> Parsed[tuple[str, ...] | None]:
    """Why the next build would make a file anew, see ``reasons_for``; nothing is written.

    ``path`` is a file of the site, with or without its output folder, a folder of it, or the file of an entry.
    """
    source, output = Path(place.source), Path(place.output)
    faults = no_content(place) or dangers(output, source, place.output)
    if faults:
        return Parsed(None, faults)
    folder = OutputFolder(output.resolve(), source.resolve())
    return Parsed(reasons_for(read_request(place), folder, cache_of(place), _in_site(Path(path), place)))


def _in_site(path: Path, place: BuildPlace) -> str:
    entries = Path(place.source, "papers").resolve()
    if path.suffix == ".md" and path.resolve().is_relative_to(entries):
        return f"papers/{path.stem}"
    inside = path.resolve().is_relative_to(Path(place.output).resolve())
    return "/".join((path.resolve().relative_to(Path(place.output).resolve()) if inside else path).parts).strip("/")


def no_content(place: BuildPlace) -> tuple[Diagnostic, ...]:
    """The fault of a place without a content folder; none where there is one."""
    if Path(place.source).is_dir():
        return ()
    advice = "begin a site with labpress init, or name the content folder with --source"
    return (Diagnostic("no-content", "expected a content folder, found none", Span(place.source), advice),)


def read_request(place: BuildPlace) -> BuildRequest:
    """Everything that is built from, as it is at this moment."""
    source = Path(place.source)
    snapshot, faults = read_content(source, place.shown_source)
    layers, layer_faults = read_layers(source)
    return BuildRequest(
        snapshot=snapshot,
        layers=layers,
        faults=(*faults, *layer_faults),
        head_of=partial(read_head, source),
        page_size_of=partial(page_size, source) if can_draw() else None,
        code=code_identity(),
        boot=boot_identity(),
        base_url=place.base_url,
        output_shown=place.output.replace(os.sep, "/").rstrip("/"),
        workers=place.workers or worker_count(),
        keep_when_faulty=place.keep_when_faulty,
        drafts=place.drafts,
    )


def cache_of(place: BuildPlace) -> CacheFolder | NoCache:
    """The cache of this site in this output folder; two sites never share one."""
    if not place.use_cache:
        return NoCache()
    names = f"{Path(place.source).resolve()}\0{Path(place.output).resolve()}"
    return CacheFolder(Path(place.cache) / blake2b(names.encode("utf-8", "surrogateescape"), digest_size=6).hexdigest())


def new_state(place: BuildPlace) -> BuildState:
    """The memory of builds in this process, with what the cache remembers of earlier ones."""
    return BuildState(cache_of(place), code_identity())


__all__ = ["BuildPlace", "OutputFolder", "build_place", "cache_of", "new_state", "read_request"]
