"""A view that is made only when its page is rendered."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial, update_wrapper
from typing import Any, Generic, TypeVar, get_type_hints

from msgspec import Struct

V = TypeVar("V", bound=Struct)


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


class SideBySide(Generic[V]):
    """A ``make`` that makes several views in stages, in four fifths of the time of one after the other.

    ``facts`` is the named tuple of what one view is made from.
    """

    def __init__(self, facts: type[tuple[Any, ...]], make_all: Callable[[list[Any]], list[V]]) -> None:
        self.facts = facts
        self._make_all = make_all
        update_wrapper(self, make_all)

    def __call__(self, *args: Any) -> V:  # noqa: ANN401  Those of ``facts``.
        return self.each([args])[0]

    def each(self, rows: Sequence[tuple[Any, ...]]) -> list[V]:
        """The views that are made from ``rows``."""
        return self._make_all([self.facts(*row) for row in rows])


def side_by_side(facts: type[tuple[Any, ...]]) -> Callable[[Callable[[list[Any]], list[V]]], SideBySide[V]]:
    """Decorate a function from several ``facts`` to their views as a maker of views."""
    return partial(SideBySide, facts)


def make_each(make: Callable[..., Struct], rows: Sequence[tuple[Any, ...]]) -> Sequence[Struct]:
    """The views that ``make`` makes from each of ``rows``."""
    return make.each(rows) if isinstance(make, SideBySide) else [make(*row) for row in rows]


@cache
def arguments_of(make: Callable[..., Struct]) -> Mapping[str, Any]:
    """The names and types of what ``make`` is given, in their order."""
    if isinstance(make, SideBySide):
        return get_type_hints(make.facts)
    hints = get_type_hints(make)
    return {name: hints[name] for name in make.__code__.co_varnames[: make.__code__.co_argcount]}
