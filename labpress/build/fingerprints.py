"""Digests of everything that a page depends on.

A page is a pure function of its template's closure and its view, so these two are its dependency list: nothing has to
be tracked, and nothing can be forgotten. The parts of a view are digested one by one, so that a build can say which of
them has changed; a value that stands on many pages is digested once.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import msgspec
from msgspec import Struct

from labpress.core.deferred import Deferred
from labpress.site.views import CardView, SiteView

SHARED = frozenset([SiteView, CardView])
"""Views that stand on many pages."""

SIZE = 16
"""Bytes of a digest."""

_encode = msgspec.msgpack.Encoder().encode


def digest_bytes(data: bytes) -> bytes:
    """Like ``core.files.digest``, as bytes."""
    return blake2b(data, digest_size=SIZE).digest()


class Digests:
    """Digests of values. Those that stand on many pages are remembered by identity, and so must not be copied."""

    def __init__(self, shared: frozenset[type] = SHARED) -> None:
        self._shared = shared
        self._known: dict[int, tuple[object, bytes]] = {}
        self._composite: dict[type, tuple[str, ...]] = {}

    def learn(self, value: object, digest: bytes) -> None:
        """Take ``digest`` for that of ``value``, which must stay as it is."""
        self._known[id(value)] = (value, digest)

    def of(self, value: Any) -> bytes:  # noqa: ANN401  Anything that msgspec encodes.
        """Equal digests mean equal values of one type."""
        known = self._known.get(id(value))
        if known is not None:
            return known[1]
        kind = value.__class__
        if kind is tuple:
            digest = self._of_tuple(value)
        elif issubclass(kind, Struct):
            parts = self._parts(kind)
            if parts:
                whole = [self.of(getattr(value, name)) for name in parts]
                digest = digest_bytes(kind.__qualname__.encode() + b"".join(whole))
            else:
                digest = digest_bytes(kind.__qualname__.encode() + _encode(value))
        else:
            digest = digest_bytes(_encode(value))
        if kind in self._shared:
            self._known[id(value)] = (value, digest)
        return digest

    def _of_tuple(self, values: tuple[Any, ...]) -> bytes:
        if values and isinstance(values[0], (Struct, tuple)):
            return digest_bytes(b"(%d" % len(values) + b"".join(map(self.of, values)))
        return digest_bytes(_encode(values))

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


def view_parts(view: Struct) -> tuple[str, ...]:
    """The names of what a view is made of: its fields, or the arguments it will be made from."""
    if isinstance(view, Deferred):
        return view.make.__code__.co_varnames[: len(view.args)]
    return view.__struct_fields__


def view_digests(view: Struct, digests: Digests) -> bytes:
    """A digest of each of ``view_parts``, one after the other, after one of what makes the view."""
    return b"".join(_view_digests(view, digests))


def _view_digests(view: Struct, digests: Digests) -> Iterator[bytes]:
    if isinstance(view, Deferred):
        yield digest_bytes(f"{view.make.__module__}.{view.make.__qualname__}".encode())
        yield from map(digests.of, view.args)
    else:
        yield digest_bytes(view.__class__.__qualname__.encode())
        yield from (digests.of(getattr(view, name)) for name in view.__struct_fields__)
