"""A view that is made only when its page is rendered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec import Struct


class Deferred(Struct, frozen=True):
    """A pure function and everything it is given: what stands in a ``Page`` for a view that may never be needed.

    A build fingerprints the arguments instead of the view, so that an unchanged page costs no view at all, and calls
    ``make`` in the worker that renders the page. ``make`` must be a function of a module's top level that depends on
    its arguments alone. Arguments are values that msgspec can encode; values that stand on many pages (the site, a
    card, a paper) are best given as arguments of their own or as the items of a tuple, since their digests are taken
    once and combined.
    """

    make: Callable[..., Struct]
    args: tuple[Any, ...]

    def view(self) -> Struct:
        return self.make(*self.args)
