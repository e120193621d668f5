"""Is a file of the site still right? A pure function that gives its reasons."""

from __future__ import annotations

from typing import Protocol

from labpress.build.fingerprints import SIZE
from labpress.build.manifest import Written

NEVER_WRITTEN = "it has not been written yet"
DAMAGED = "the file was changed, or is gone"
NOT_OURS = "it cannot be written: a file that labpress did not make stands in its way"
NEW_CODE = "labpress or one of its libraries has changed"
NEW_TEMPLATE = "its template, or one that this includes, has changed"
NEW_KIND = "it is made of something else now"


class Fingerprint(Protocol):
    """What a page depends on."""

    @property
    def template(self) -> str:
        """The digest of its template's closure."""

    @property
    def view(self) -> bytes:
        """The digests of the parts of its view."""

    @property
    def parts(self) -> tuple[str, ...]:
        """The names of these parts."""


def reasons_to_render(page: Fingerprint, known: Written | None, *, same_code: bool, intact: bool) -> tuple[str, ...]:
    """Why a page has to be rendered; none when the file that stands there is what rendering would give.

    ``known`` is what was recorded when it was last rendered, ``intact`` says whether the file is still that.
    """
    if known is None:
        return (NEVER_WRITTEN,)
    if known.view == page.view and known.template == page.template and same_code:
        return () if intact else (DAMAGED,)
    reasons = []
    if not same_code:
        reasons.append(NEW_CODE)
    if known.template != page.template:
        reasons.append(NEW_TEMPLATE)
    if known.view != page.view:
        changed = changed_parts(known.view, page.view, page.parts)
        reasons.append(f"what it shows has changed: {', '.join(changed)}" if changed else NEW_KIND)
    if not intact:
        reasons.append(DAMAGED)
    return tuple(reasons)


def changed_parts(old: bytes, new: bytes, parts: tuple[str, ...]) -> tuple[str, ...]:
    """The names of the parts whose digests differ; none when the two are not of one kind."""
    if len(old) != len(new) or old[:SIZE] != new[:SIZE]:
        return ()
    digests = range(SIZE, len(new), SIZE)
    return tuple(name for name, at in zip(parts, digests, strict=True) if old[at : at + SIZE] != new[at : at + SIZE])
