"""Digests of everything that a page depends on.

A page is a pure function of its template's closure and its view, so these two are its dependency list: nothing has to
be tracked, and nothing can be forgotten. The parts of a view are digested one by one, so that a build can say which of
them has changed; a value that stands on many pages is digested once.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from hashlib import sha256
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import msgspec
from msgspec import Struct
from xxhash import xxh3_128_digest

from labpress.core.deferred import Deferred, arguments_of

SIZE = 16
"""Bytes of a digest."""

_encode = msgspec.msgpack.Encoder().encode


def digest_bytes(data: bytes) -> bytes:
    """The first half of SHA-256, which processors have instructions for: a site is digested at twice BLAKE2's speed."""
    return sha256(data).digest()[:SIZE]


def checksum(data: bytes) -> bytes:
    """What the bytes of a file of the site are known by: XXH3 of 128 bits, in a twentieth of the time of SHA-256.

    It tells the files apart that a site comes to have. To tell those apart that somebody makes alike on purpose, as
    what is read may be, takes ``digest_bytes``.
    """
    return xxh3_128_digest(data)


class Digests:
    """Digests of values. A value that stands on many pages is digested once: it is known again by identity.

    So values must not change, and must be the same object wherever they are the same value, or time is lost.
    """

    def __init__(self) -> None:
        from labpress.entries.entry import Entry  # Not for a build of which nothing has changed.
        from labpress.site.views import CardView, NeighbourView, SiteView

        self._shared: frozenset[object] = frozenset([Entry, SiteView, CardView, NeighbourView])
        """What stands on many pages, and is digested by itself wherever it does."""
        self._known: dict[int, bytes] = {}
        self._held: list[object] = []
        """What is known, so that its identity does not pass to another value."""
        self._composite: dict[type, tuple[str, ...]] = {}
        self._views: dict[int, tuple[Struct, bytes]] = {}
        self.whole_of: Callable[[Any], Any] = lambda value: value
        """Gives the value that a part of a shared one stands for, and whose digest it has."""

    def learn(self, value: object, digest: bytes) -> None:
        """Take ``digest`` for that of ``value``."""
        self._held.append(value)
        self._known[id(value)] = digest

    def of(self, value: Any) -> bytes:  # noqa: ANN401  Anything that msgspec encodes.
        """Equal digests mean equal values of one type."""
        known = self._known.get(id(value))
        if known is not None:
            return known
        kind = type(value)
        if kind is tuple:
            return self._of_tuple(value)
        if not isinstance(value, Struct):
            return digest_bytes(_encode(value))
        whole = self.whole_of(value) if kind in self._shared else value
        digest = self._of_struct(value, kind) if whole is value else self.of(whole)
        self.learn(value, digest)
        return digest

    def of_encoded(self, value: Struct, data: bytes) -> bytes:
        """The same for a value without shared ones in it, of which ``data`` is the encoded form."""
        digest = self._known.get(id(value))
        if digest is None:
            digest = _of_kind(type(value), data)
            self.learn(value, digest)
        return digest

    def _of_struct(self, value: Struct, kind: type[Struct]) -> bytes:
        parts = self._parts(kind)
        return _of_kind(kind, b"".join([self.of(getattr(value, name)) for name in parts]) if parts else _encode(value))

    def _of_tuple(self, values: tuple[Any, ...]) -> bytes:
        if not values:
            return _OF_NOTHING
        kind = type(values[0])
        if kind is not tuple and kind not in self._shared and not (issubclass(kind, Struct) and self._parts(kind)):
            digest = _of_kind(kind, _encode(values))
        else:
            try:
                digests = list(map(self._known.__getitem__, map(id, values)))
            except KeyError:
                digests = list(map(self.of, values))
            digest = digest_bytes(b"(%d" % len(values) + b"".join(digests))
        self.learn(values, digest)
        return digest

    def of_view(self, view: Struct) -> bytes:
        """A digest of each of ``view_parts``, one after the other, after one of what makes the view."""
        known = self._views.get(id(view))
        if known is None:  # The files of one list or paper in several formats have one view.
            known = self._views[id(view)] = (view, self._of_view(view))
        return known[1]

    def _of_view(self, view: Struct) -> bytes:
        if isinstance(view, Deferred):
            known = self._known
            return _maker_digest(view.make) + b"".join([known.get(id(arg)) or self.of(arg) for arg in view.args])
        maker = digest_bytes(type(view).__qualname__.encode())
        return maker + b"".join([self.of(getattr(view, name)) for name in view.__struct_fields__])

    def _parts(self, kind: type[Struct]) -> tuple[str, ...]:
        """The fields of ``kind`` to be digested one by one, if a shared value may stand somewhere in it."""
        parts = self._composite.get(kind)
        if parts is None:
            holds = any(self._holds_shared(one, frozenset([kind])) for one in get_type_hints(kind).values())
            parts = self._composite[kind] = kind.__struct_fields__ if holds else ()
        return parts

    def _holds_shared(self, hint: object, seen: frozenset[object]) -> bool:
        if hint in seen:
            return False
        if get_origin(hint) in (tuple, Union, UnionType):
            return any(self._holds_shared(one, seen) for one in get_args(hint))
        if not isinstance(hint, type) or not issubclass(hint, Struct):
            return False
        fields = get_type_hints(hint).values()
        return hint in self._shared or any(self._holds_shared(one, seen | {hint}) for one in fields)


def _of_kind(kind: type, content: bytes) -> bytes:
    """The digest of what a value of this type is made of."""
    return digest_bytes(kind.__qualname__.encode() + content)


_OF_NOTHING = digest_bytes(_encode(()))


def view_parts(view: Struct) -> tuple[str, ...]:
    """The names of what a view is made of: its fields, or the arguments it will be made from."""
    if isinstance(view, Deferred):
        return tuple(arguments_of(view.make))
    return view.__struct_fields__


@cache
def _maker_digest(make: Callable[..., Struct]) -> bytes:
    return digest_bytes(f"{make.__module__}.{make.__qualname__}".encode())
