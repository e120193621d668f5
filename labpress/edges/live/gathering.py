"""Many file events, one build: changes are collected until nothing more comes, or it has lasted too long."""

from __future__ import annotations

from labpress.edges.live.messages import Changed

FEW = 3
"""Files that one save may change."""

AT_ONCE = 0.005
"""Seconds of quiet after a save that is known to be whole. Some editors rename two or three files for one save."""

HALF_WRITTEN = 0.06
"""Seconds of quiet after a change of a file that may not have been closed yet."""

MANY = 0.12
"""Seconds of quiet after changes of many files, such as a checkout brings."""

LONGEST = 1.0
"""Seconds after which no more is waited for."""

LONGEST_FOR_GIT = 10.0
"""The same while git is at work on the files."""


class Gathering:
    """Changes that nobody has been told of yet. Times are seconds of one monotonic clock."""

    def __init__(self) -> None:
        self._files: dict[str, None] = {}
        self._seeds: dict[str, None] = {}
        self._styles = False
        self._last = 0.0
        self._quiet = 0.0
        self.began: float | None = None
        """When the first change came; None when there is none."""

    def add(self, change: Changed, now: float, *, whole: bool) -> None:
        """Note one event. ``whole`` says that the file is not being written to any more."""
        if self.began is None:
            self.began = now
        self._files |= dict.fromkeys(change.files)
        self._seeds |= dict.fromkeys(change.seeds)
        self._styles |= change.styles
        self._last = now
        self._quiet = AT_ONCE if whole else HALF_WRITTEN

    @property
    def is_large(self) -> bool:
        """Whether more has changed than by one save."""
        return len(self._files) + len(self._seeds) > FEW

    def wait(self, now: float, *, git_at_work: bool = False) -> float:
        """Seconds until it is time to ``take``; 0 when it is."""
        if self.began is None:
            return LONGEST
        quiet, longest = self._quiet, LONGEST
        if self.is_large or git_at_work:
            quiet = MANY
        if self.is_large and git_at_work:
            quiet, longest = LONGEST, LONGEST_FOR_GIT
        return max(0.0, min(self._last + quiet, self.began + longest) - now)

    def take(self) -> Changed:
        """All changes, as one; there are none any more after that."""
        change = Changed(tuple(self._files), tuple(self._seeds), self._styles)
        self._files, self._seeds, self._styles, self.began = {}, {}, False, None
        return change
