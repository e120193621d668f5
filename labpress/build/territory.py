"""Whose is which file of the output folder? A pure function of what is there, what was recorded and what is planned.

labpress never removes or replaces a file that it did not make. What it made and the plan no longer has, it removes:
swept against the plan and not against the last manifest, a build that was killed leaves nothing behind.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet

from msgspec import Struct

from labpress.build.manifest import Manifest
from labpress.build.ports import Survey
from labpress.core.diagnostics import Diagnostic, Note, Span

SHOWN = 20
"""Foreign files named one by one."""


class Territory(Struct, frozen=True):
    """The output folder, divided."""

    ours: frozenset[str]
    """Every file that labpress has made or is about to make."""
    orphans: tuple[str, ...]
    """Made by labpress and no longer planned; unfinished files and emptied folders too."""
    foreign: tuple[str, ...]
    """Not made by labpress, and in nobody's way."""
    blocked: Mapping[str, str]
    """Planned -> what stands there, or where its folder has to be, and was not made by labpress."""


def is_ours(survey: Survey, manifest: Manifest, identity: str) -> bool:
    """Whether labpress may write to the folder: it is empty, or has our mark, or a file that we remember.

    A file's stamp holds its inode and a time that nobody can set, so a single one that is as recorded proves that this
    is the folder of the last build, whose mark was lost.
    """
    if survey.marked or not (survey.files or survey.others):
        return True
    known = manifest.files if manifest.output == identity else {}
    return any(path in known and known[path].stamp == stamp for path, stamp in survey.files.items())


def divide(
    survey: Survey, manifest: Manifest, planned: frozenset[str], standing: Collection[str] = frozenset()
) -> Territory:
    """Say of every file whose it is. ``standing`` are files that have the bytes that the last build gave them.

    The list of what was made travels with the output, and may be an older one, where git has put it back.
    """
    made = survey.inventory
    if made is None:  # Its list lost, labpress takes the files it remembers, and those that stand where pages belong.
        made = frozenset(manifest.files) | planned
    made |= frozenset(standing)
    strays = [path for path in survey.files if path not in planned]
    orphans = [path for path in strays if path in made]
    foreign = [path for path in strays if path not in made]
    emptied, kept_empty = _empty(survey, made, planned)
    blocked = {path: path for path in survey.files if path in planned and path not in made}
    strangers = frozenset((*foreign, *survey.others, *survey.sites))
    blocked |= _ways(planned - survey.files.keys(), strangers, kept_empty)
    return Territory(
        ours=(planned - blocked.keys()) | frozenset(orphans),
        orphans=(*orphans, *survey.leftovers, *emptied),
        foreign=(*foreign, *survey.others),
        blocked=blocked,
    )


def _ways(missing: AbstractSet[str], strangers: AbstractSet[str], empty: AbstractSet[str]) -> Iterator[tuple[str, str]]:
    """The files that cannot be put in their place, each with what is in its way: a stranger, or a folder with one."""
    if not strangers and not empty:
        return
    folders = folders_of(strangers | empty) | empty
    for path in missing:
        way = path if path in folders else next((one for one in (path, *parents(path)) if one in strangers), "")
        if way:
            yield path, way


def _empty(survey: Survey, made: frozenset[str], planned: frozenset[str]) -> tuple[list[str], frozenset[str]]:
    """Empty folders that labpress made for a file that never came, and those of somebody else."""
    if not survey.empty:
        return [], frozenset()
    made_folders, needed = folders_of(made), folders_of(planned)
    ours = [folder for folder in survey.empty if folder in made_folders]
    return [folder for folder in ours if folder not in needed], frozenset(survey.empty).difference(ours)


def parents(path: str) -> Iterator[str]:
    """``a/b`` and ``a`` for ``a/b/c``."""
    while "/" in path:
        path = path.rpartition("/")[0]
        yield path


def folders_of(paths: Iterable[str]) -> frozenset[str]:
    """Every folder that holds one of ``paths``, directly or not."""
    found: set[str] = set()
    level = {path.rpartition("/")[0] for path in paths}
    while level:
        found |= level
        level = {folder.rpartition("/")[0] for folder in level if folder}
    found.discard("")
    return frozenset(found)


def in_the_way_of(orphans: Iterable[str], planned: frozenset[str]) -> list[str]:
    """The orphans that stand where a folder has to be, or whose folder stands where a file has to be.

    And those whose name, or whose folder's, differs from a planned one in capitals alone: many disks take them for one,
    so that what is removed after the new file was written would be the new file.
    """
    orphans = list(orphans)
    if not orphans:
        return []
    from labpress.site.pages import path_key  # Not for a build of which nothing has changed.

    folders = folders_of(planned)
    spelling = {path_key(one): one for one in (*folders, *planned)}

    def is_in_the_way(path: str) -> bool:
        above = list(parents(path))
        is_misspelt = any(spelling.get(path_key(one), one) != one for one in (path, *above))
        return is_misspelt or path in folders or any(folder in planned for folder in above)

    return list(filter(is_in_the_way, orphans))


def territory_faults(territory: Territory, root: str) -> tuple[Diagnostic, ...]:
    """What a person should know of the files that are not labpress's."""
    stopped = defaultdict(list)
    for path, way in sorted(territory.blocked.items()):
        stopped[way].append(path)
    faults = [
        Diagnostic(
            "file-in-the-way",
            "expected room for a page, found a file or a folder that labpress did not make",
            Span(f"{root}/{way}"),
            "move it out of the output folder; files to be published belong into static/",
            () if paths == [way] else (Note(f"{_first(paths)} cannot be written"),),
        )
        for way, paths in sorted(stopped.items())
    ]
    foreign = sorted(frozenset(territory.foreign) - stopped.keys())
    advice = "files to be published belong into static/"
    faults += [
        Diagnostic("foreign-file", "labpress did not make this file, and leaves it", Span(f"{root}/{path}"), advice)
        for path in foreign[:SHOWN]
    ]
    if len(foreign) > SHOWN:
        message = f"labpress did not make {len(foreign) - SHOWN:,} other files here, and leaves them"
        faults.append(Diagnostic("foreign-file", message, Span(root), advice))
    return tuple(faults)


def _first(paths: list[str]) -> str:
    more = len(paths) - 1
    return f"{paths[0]} and {more:,} other {'file' if more == 1 else 'files'}" if more else paths[0]


def refusal(root: str) -> Diagnostic:
    """Why nothing is written to a folder that is not ours."""
    return Diagnostic(
        "foreign-folder",
        "expected an empty folder or one that labpress made, found files of someone else",
        Span(root),
        "choose another output folder, or empty this one",
    )
