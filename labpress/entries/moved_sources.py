"""Which sources were renamed or moved, so that what they said before is what they are compared with.

A file under another path looks like one more source. What it does not say any more would stay for good, since the
lock file has it from the old one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from labpress.entries.from_record import Draft
from labpress.entries.lock import LockedEntry, Said


def following_moves(
    lock: Mapping[str, LockedEntry], speaking: Mapping[str, tuple[str, Sequence[Draft]]], gone: Collection[str]
) -> dict[str, LockedEntry]:
    """``lock`` with the present paths of the sources that are moved: those of ``gone`` that others repeat.

    ``speaking``: source -> its format and what it says now.
    """
    said: dict[str, list[Said]] = {}
    for locked in lock.values():
        for path, one in locked.sources.items():
            said.setdefault(path, []).append(one)
    names: dict[str, str] = {}
    for path, (source_format, drafts) in speaking.items():
        left = (old for old in said if old in gone and old not in names) if path not in said else ()
        was = (old for old in left if said[old][0].format == source_format and _is_repeated(said[old], drafts))
        if old := next(was, ""):
            names[old] = path
    if not names:
        return dict(lock)
    return {
        key: LockedEntry({names.get(path, path): one for path, one in locked.sources.items()})
        for key, locked in lock.items()
    }


def _is_repeated(said: Sequence[Said], drafts: Iterable[Draft]) -> bool:
    """Whether ``drafts`` have most of what was said, word for word."""
    by_title: dict[object, list[Draft]] = {}
    for draft in drafts:
        by_title.setdefault(draft.values.get("title"), []).append(draft)
    kept = sum(one in by_title.get(one.values.get("title"), ()) for source in said for one in source.drafts)
    return kept * 2 > sum(len(source.drafts) for source in said)
