"""What a preview shows of a file while it is broken: the last reading that had no errors.

So a slip of the keyboard in one file changes nothing on any page until it is mended. A file that never was without
errors is shown as far as it can be read, or one could not watch it getting better.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, TypeVar

from msgspec.structs import replace

from labpress.core.diagnostics import Diagnostic
from labpress.core.folder import PEOPLE, TOPICS

if TYPE_CHECKING:
    from labpress.build.state import LastPlan
    from labpress.site.plan import Content

T = TypeVar("T")


def with_last_good(
    content: Content, faults: Iterable[Diagnostic], last: LastPlan | None
) -> tuple[Content, frozenset[str]]:
    """``content`` with the last sound reading of each file that has errors; and the files that have none such.

    ``faults`` are those of reading. Settings are the caller's business: everything else is read by them.
    """
    broken = frozenset(fault.span.path for fault in faults if fault.is_error and fault.span)
    if last is None or not broken:
        return content, broken
    mendable = broken - last.unsound
    root, old = content.files.root, last.content
    entries = {one.paper.path: one for one in old.entries if one.paper.path in mendable}
    texts = {one.path: one for one in old.texts if one.path in mendable}
    mended = replace(
        content,
        entries=tuple(_replaced({one.paper.path: one for one in content.entries}, entries)),
        texts=tuple(_replaced({one.path: one for one in content.texts}, texts)),
        people=old.people if root + PEOPLE in mendable else content.people,
        topics=old.topics if root + TOPICS in mendable else content.topics,
    )
    never_read = {one for one in mendable if one not in entries and one not in texts and not one.endswith(".yml")}
    return mended, (broken & last.unsound) | never_read


def _replaced(new: dict[str, T], good: dict[str, T]) -> Iterable[T]:
    """The values of ``new`` and ``good``, of which the latter win, in the order of their paths."""
    both = new | good
    return (both[path] for path in sorted(both))
