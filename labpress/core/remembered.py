"""Results of pure functions, remembered for values that are used again and again within one run."""

from __future__ import annotations

from collections.abc import Callable, Sequence
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
    """A function, as a decorator, that is called once for equal arguments. Large values are told apart by identity.

    A paper stands in some ten lists; what is made of it is the same in all. Comparing identities is quicker than
    hashing contents, and sound: values are frozen, and those that were seen are kept, so that no other value can
    get the identity of one of them. ``limit`` bounds what is kept.
    """

    def __init__(self, function: Callable[P, T], limit: int = 200_000) -> None:
        self._function = function
        self._limit = limit
        self._results: dict[tuple[object, ...], tuple[tuple[object, ...], T]] = {}
        self._lists: dict[tuple[object, ...], tuple[dict[object, T], list[object]]] = {}
        """Keyword arguments -> results by identity, and the values that they are the results of."""
        _everything.extend((self._results, self._lists))
        update_wrapper(self, function)

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> T:
        values = (*args, *kwargs.values())
        key = tuple([value if type(value) in (str, bool) else id(value) for value in values])
        found = self._results.get(key)
        if found is None:
            if len(self._results) >= self._limit:
                self._results.clear()
            found = self._results[key] = (values, self._function(*args, **kwargs))
        return found[1]

    def each(self, values: Sequence[object], *more: Sequence[object], **kwargs: object) -> list[T]:
        """The results for all of ``values``, as calling for each gives, at a twentieth of the cost.

        Further positional arguments come from ``more``, of which each is as long as ``values``; ``kwargs`` are texts,
        numbers or flags, and the same for all.
        """
        known, held = self._lists.setdefault(tuple(kwargs.items()), ({}, []))
        if len(known) >= self._limit:
            known.clear()
            held.clear()
        keys = list(zip(*[map(id, column) for column in (values, *more)], strict=True) if more else map(id, values))
        try:
            return list(map(known.__getitem__, keys))
        except KeyError:
            for key, row in zip(keys, zip(values, *more, strict=True), strict=True):
                if key not in known:
                    known[key] = self(*row, **kwargs)  # type: ignore[arg-type]
                    held.append(row)
        return list(map(known.__getitem__, keys))


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
