"""Is a file of the site still right? A pure function that gives its reasons."""

from __future__ import annotations

from labpress.build.fingerprints import SIZE
from labpress.build.manifest import Written

NEVER_WRITTEN = "it has not been written yet"
DAMAGED = "the file was changed, or is gone"
NEW_CODE = "labpress or one of its libraries has changed"


def reasons_to_render(
    template: str, view: bytes, parts: tuple[str, ...], known: Written | None, *, same_code: bool, intact: bool
) -> tuple[str, ...]:
    """Why a page has to be rendered; none when the file that stands there is what rendering would give.

    ``known`` is what was recorded when it was last rendered, ``intact`` says whether the file is still that.
    ``parts`` are the names of what ``view`` digests.
    """
    if known is None:
        return (NEVER_WRITTEN,)
    if known.view == view and known.template == template and same_code:
        return () if intact else (DAMAGED,)
    reasons = []
    if not same_code:
        reasons.append(NEW_CODE)
    if known.template != template:
        reasons.append("its template, or one that this includes, has changed")
    if known.view != view:
        changed = changed_parts(known.view, view, parts)
        reasons.append(f"its data has changed: {', '.join(changed)}" if changed else "it is another kind of page now")
    if not intact:
        reasons.append(DAMAGED)
    return tuple(reasons)


def changed_parts(old: bytes, new: bytes, parts: tuple[str, ...]) -> tuple[str, ...]:
    """The names of the parts whose digests differ; none when the two are not of one kind."""
    if len(old) != len(new) or old[:SIZE] != new[:SIZE]:
        return ()
    digests = range(SIZE, len(new), SIZE)
    return tuple(name for name, at in zip(parts, digests, strict=True) if old[at : at + SIZE] != new[at : at + SIZE])
