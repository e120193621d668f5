"""Results of pure functions, remembered for values that are used again and again within one run."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import update_wrapper
from typing import Any, Generic, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


_everything: list[dict[Any, Any] | list[Any]] = []
"""The results of every remembered function."""


def forget_everything() -> None:
    """Free all that was remembered: what a later build in this process asks for are values of its own."""
    for results in _everything:
        results.clear()


class ByIdentity(Generic[P, T]):
    """A function, as a decorator, that is called once for the same arguments.

    Positional ones are the same if they are identical; those given by name are texts, numbers or flags, and the same if
    they are equal. A paper stands in some ten lists; what is made of it is the same in all. Comparing identities is
    quicker than hashing contents, and sound: values are frozen, and those that were seen are kept, so that no other
    value can get the identity of one of them. ``limit`` bounds what is kept.
    """

    def __init__(self, function: Callable[P, T], limit: int = 200_000) -> None:
        self._function = function
        self._limit = limit
        self._results: dict[tuple[tuple[str, object], ...], tuple[dict[object, T], list[object]]] = {}
        """Arguments by name -> results by the identity of the others, and those that they are the results of."""
        _everything.append(self._results)
        update_wrapper(self, function)

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> T:
        known, held = self._known(kwargs)
        key = id(args[0]) if len(args) == 1 else tuple(map(id, args))
        if key not in known:
            known[key] = self._function(*args, **kwargs)
            held.append(args)
        return known[key]

    def each(self, values: Sequence[object], *more: Sequence[object], **kwargs: object) -> list[T]:
        """The results for all of ``values``, as calling for each gives, at a tenth of the cost.

        Further positional arguments come from ``more``, of which each is as long as ``values``; ``kwargs`` are the same
        for all.
        """
        known, held = self._known(kwargs)
        keys = list(zip(*[map(id, column) for column in (values, *more)], strict=True) if more else map(id, values))
        try:
            return list(map(known.__getitem__, keys))
        except KeyError:
            for key, row in zip(keys, zip(values, *more, strict=True), strict=True):
                if key not in known:
                    known[key] = self._function(*row, **kwargs)  # type: ignore[arg-type]
                    held.append(row)
        return list(map(known.__getitem__, keys))

    def _known(self, kwargs: Mapping[str, object]) -> tuple[dict[object, T], list[object]]:
        """What is known for ``kwargs``; nothing, once that has become too much."""
        known, held = found = self._results.setdefault(tuple(kwargs.items()), ({}, []))
        if len(known) >= self._limit:
            known.clear()
            held.clear()
        return found


class Latest(Generic[P, T]):
    """A function, as a decorator, whose last result is kept for the next call with the same arguments.

    Several files may be parts of one result, which is too large to be kept beside others. Arguments are the same if
    they are identical, equal numbers or texts, or tuples of the same items: a tuple may be made anew for each file.
    """

    def __init__(self, function: Callable[P, T]) -> None:
        self._function = function
        self._last: list[tuple[tuple[object, ...], T]] = []
        _everything.append(self._last)
        update_wrapper(self, function)

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> T:
        values = (*args, *kwargs.values())
        if not self._last or not _are_same(self._last[0][0], values):
            self._last[:] = [(values, self._function(*args, **kwargs))]
        return self._last[0][1]


def _are_same(one: tuple[object, ...], other: tuple[object, ...]) -> bool:
    return len(one) == len(other) and all(map(_is_same, one, other))


def _is_same(one: object, other: object) -> bool:
    if one is other:
        return True
    if isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) and all(map(_is_same, one, other))
    return type(one) is type(other) and isinstance(one, (str, int)) and one == other
