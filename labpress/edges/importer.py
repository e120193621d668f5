"""``labpress import`` and ``labpress parse``: sources are read here, and entries written."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from glob import escape
from pathlib import Path, PurePath
from typing import NamedTuple

from msgspec.structs import replace

from labpress.core.diagnostics import Diagnostic, Parsed, Span, has_errors, quoted
from labpress.core.files import SourceFile
from labpress.edges.durable import write_durably
from labpress.edges.library import Library, library_diff, read_library, read_source, write_library
from labpress.entries.importing import ImportPlan, Outcome, plan_import
from labpress.entries.other_files import with_files
from labpress.entries.other_sites import SYSTEMS, SiteSettings, author_names, parse_site_entry, read_site_settings
from labpress.entries.own_exports import without_own
from labpress.sources.detect import parse_source
from labpress.sources.record import Record

SHOWN = 10
"""Entries that a summary names."""

ATTEMPTS = 3
"""Imports that are begun anew because somebody else has changed something before anything was written."""


def source_files(paths: Iterable[str]) -> Iterator[Path]:
    """Every file that ``paths`` name; of a folder, the visible files in it in the order of their names."""
    for path in map(Path, paths):
        if path.is_dir():
            yield from (file for file in sorted(path.iterdir()) if file.is_file() and not file.name.startswith("."))
        else:
            yield path


def read_records(paths: Iterable[str], as_of: int | None) -> Parsed[tuple[Record, ...]]:
    """The records of all sources. A date without a year is of ``as_of``, or as the source itself shows."""
    records: list[Record] = []
    diagnostics: list[Diagnostic] = []
    this_year = datetime.now(tz=UTC).year
    paths = list(paths)
    diagnostics += [_empty_folder(path) for path in paths if Path(path).is_dir() and not any(source_files([path]))]
    for path in source_files(paths):
        file, faults = read_source(path)
        diagnostics += faults
        if not faults:
            parsed = parse_source(file, as_of=as_of, fallback_year=this_year)
            records += parsed.value
            diagnostics += parsed.diagnostics
    return Parsed(tuple(records), tuple(diagnostics))


def _empty_folder(path: str) -> Diagnostic:
    advice = "name the files themselves; folders within a folder are not looked into"
    return Diagnostic("empty-source", "expected files to import, found none", Span(Path(path).as_posix()), advice)


class Brought(NamedTuple):
    """What sources have: papers, and files of theirs to be published with them."""

    records: tuple[Record, ...]
    files: dict[str, Path]
    """Path below static/ -> where it is now."""


def read_sites(folders: Iterable[str], system_name: str) -> Parsed[Brought]:
    """The papers of sites that another system has made, each a folder."""
    system = SYSTEMS[system_name]
    records: list[Record] = []
    files_of_papers: dict[str, Path] = {}
    diagnostics: list[Diagnostic] = []
    for folder in map(Path, folders):
        authors, author_faults = _authors_of(folder)
        people, people_faults = author_names(authors)
        settings_files, settings_faults = _read_all(folder, "_config.yml")
        settings = read_site_settings(*settings_files) if settings_files else SiteSettings()
        patterns = [pattern.format(bibliography=escape(settings.bibliography)) for pattern in system.patterns]
        files, faults = _read_all(folder, *patterns)
        diagnostics += (*author_faults, *people_faults, *settings_faults, *faults)
        if not (files or faults):
            message = f"expected a site of {system_name}, found nothing at {' or '.join(patterns)}"
            diagnostics.append(Diagnostic("no-content", message, Span(folder.as_posix())))
        for file in files:
            parsed = parse_site_entry(file, system, people) if system.meanings else parse_source(file)
            diagnostics += parsed.diagnostics
            for paper in parsed.value:
                record, found = _with_files(replace(paper, format=system_name), folder, system_name, settings)
                records.append(record)
                files_of_papers |= found
    return Parsed(Brought(tuple(records), files_of_papers), tuple(diagnostics))


def _with_files(record: Record, folder: Path, system: str, settings: SiteSettings) -> tuple[Record, dict[str, Path]]:
    """The record with links to its files, and these; links that lead out of the site's folder are not followed."""

    def is_file(path: str) -> bool:
        place = folder / path
        return os.path.isfile(place) and _is_inside(place, folder)  # noqa: PTH113  It takes names of any length.

    below = Path(record.path).relative_to(folder).as_posix()
    found = with_files(replace(record, path=below), system, is_file, settings)
    return replace(found.record, path=record.path), {name: folder / path for name, path in found.files.items()}


def _authors_of(folder: Path) -> Parsed[dict[str, SourceFile]]:
    """Key of an author -> the file about the author: the newer form of HugoBlox wins."""
    older, older_faults = _read_all(folder, "content/authors/*/_index.md")
    newer, newer_faults = _read_all(folder, "data/authors/*.y*ml")
    by_key = {PurePath(file.path).parent.name: file for file in older}
    return Parsed(by_key | {PurePath(file.path).stem: file for file in newer}, (*older_faults, *newer_faults))


def _read_all(folder: Path, *patterns: str) -> Parsed[tuple[SourceFile, ...]]:
    """The files of each pattern, in order; what leads out of the folder or cannot be read is told of and left out."""
    files: list[SourceFile] = []
    diagnostics: list[Diagnostic] = []
    for path in (path for pattern in patterns for path in sorted(folder.glob(pattern)) if path.is_file()):
        file, faults = read_source(path) if _is_inside(path, folder) else _not_read(path)
        files += () if faults else (file,)
        diagnostics += faults
    return Parsed(tuple(files), tuple(diagnostics))


def _is_inside(path: Path, folder: Path) -> bool:
    """Whether ``path`` stays in ``folder`` when all symbolic links are followed."""
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))


def _not_read(path: Path) -> Parsed[SourceFile]:
    message = f"expected a file of the site, found a symbolic link to {quoted(os.path.realpath(path))}"
    fault = Diagnostic("outside-link", message, Span(path.as_posix()), "put the file itself here")
    return Parsed(SourceFile(path.as_posix(), b""), (fault,))


class Import(NamedTuple):
    """What an import did, or would do."""

    plan: ImportPlan
    diff: str
    """The changes of existing files and the new files, as a unified diff."""
    files: tuple[str, ...] = ()
    """Files that are copied with the papers: paths below static/."""


def import_sources(
    content: Path,
    paths: Iterable[str],
    as_of: int | None,
    *,
    insist: Iterable[str] = (),
    dry_run: bool = False,
    system: str = "",
) -> Parsed[Import]:
    """Import the sources at ``paths`` into the folder ``content``. With errors in its own files nothing is written.

    With a ``system``, a key of ``other_sites.SYSTEMS``, the paths are folders of sites that it has made.
    """
    brought, record_faults = read_sites(paths, system) if system else _without_files(read_records(paths, as_of))
    for _attempt in range(ATTEMPTS):
        library, own_faults = read_library(content)
        if has_errors(own_faults):
            return Parsed(Import(ImportPlan({}, dict(library.lock), {}), ""), own_faults)
        records, gone = _by_known_names(brought.records, library)
        plan, plan_faults = plan_import(
            [without_own(record, library.entries, library.config) for record in records],
            library.entries,
            library.lock,
            library.topics,
            insist=frozenset(insist),
            decisions=library.decisions,
            gone=gone,
        )
        found = (*own_faults, *record_faults, *plan_faults)
        files = {name: place for name, place in brought.files.items() if not (content / "static" / name).exists()}
        if dry_run:
            return Parsed(Import(plan, library_diff(library, plan.writes), tuple(files)), found)
        written, meanwhile = write_library(library, plan.writes, plan.lock)
        if written or not meanwhile:
            bring_files(content, files)
            break
        files = {}
    return Parsed(Import(plan.as_written(written), "", tuple(files)), (*found, *meanwhile))


def _by_known_names(records: Sequence[Record], library: Library) -> tuple[Sequence[Record], frozenset[str]]:
    """The records with the names of their sources that the lock file has: one file may be named in several ways.

    Where there are sources of other names too: which of the lock file's have no file any more.
    """
    known = {path for locked in library.lock.values() for path in locked.sources}
    named = {record.path for record in records}
    if named <= known:
        return records, frozenset()
    anchors = (Path(), library.folder.parent, library.folder)
    places = {os.path.realpath(anchor / path): path for anchor in reversed(anchors) for path in sorted(known - named)}
    names = {path: places.get(os.path.realpath(path), path) for path in named - known}
    gone = {path for path in known if not any(os.path.exists(anchor / path) for anchor in anchors)}  # noqa: PTH110  It takes any name.
    return [replace(record, path=names.get(record.path, record.path)) for record in records], frozenset(gone)


def _without_files(read: Parsed[tuple[Record, ...]]) -> Parsed[Brought]:
    return Parsed(Brought(read.value, {}), read.diagnostics)


def bring_files(content: Path, files: Mapping[str, Path]) -> None:
    """Copy files to static/, each as a whole. What stands there already is never written over."""
    for name, place in files.items():
        copy = content / "static" / name
        write_durably({copy: place.read_bytes()}, {copy: None})


def summary(plan: ImportPlan) -> str:
    """``50 papers: 48 created, 2 unchanged; edited by hand, edits kept: dinh2022lift``."""
    words: dict[Outcome, str] = {
        "created": "created",
        "updated": "updated",
        "unchanged": "unchanged",
        "deleted": "deleted by hand and left so",
    }
    counts = Counter(plan.outcomes.values())
    total = sum(counts.values())
    parts = ", ".join(f"{counts[outcome]} {text}" for outcome, text in words.items() if counts[outcome])
    names = sorted(plan.edited)
    shown = ", ".join(names[:SHOWN]) + (f" and {len(names) - SHOWN} more" if len(names) > SHOWN else "")
    edited = f"; edited by hand, edits kept: {shown}" if names else ""
    return f"{total} paper{'' if total == 1 else 's'}" + (f": {parts}" if parts else "") + edited
