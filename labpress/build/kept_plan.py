"""The pages of a plan that show texts, kept so that an edit of a text needs no new plan.

Only what such a page is made from is kept: a function, and its arguments. Values that stand on many pages are kept
once. An entry is kept as the path of its file, since it is the entry that changes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib import import_module
from typing import Any, get_type_hints

import msgspec
from msgspec import Struct, field

from labpress.build.jobs import Job
from labpress.core.deferred import Deferred
from labpress.entries.entry import Entry
from labpress.site.pages import Page

Argument = int | str | tuple[str, ...]
"""The number of a value, the path of an entry, or the paths of several."""


class KeptPage(Struct, frozen=True, array_like=True):
    """One page that shows the text of an entry."""

    path: str
    template: str
    source: str
    make: str
    """``module:function``"""
    args: tuple[Argument, ...]

    def shows(self, paths: frozenset[str]) -> bool:
        """Whether it shows the text of one of these entries."""
        return any(
            arg in paths if type(arg) is str else type(arg) is tuple and not paths.isdisjoint(arg) for arg in self.args
        )


class KeptPlan(Struct, frozen=True, array_like=True):
    """All such pages of one plan."""

    key: bytes = b""
    """What the plan was made from."""
    values: tuple[msgspec.Raw, ...] = ()
    pages: tuple[KeptPage, ...] = field(default=())


_encode = msgspec.msgpack.Encoder().encode
_decoder = msgspec.msgpack.Decoder(KeptPlan)


def write_plan(jobs: Iterable[Job], key: bytes) -> bytes:
    """The pages of ``jobs`` that show texts, for a cache."""
    numbers: dict[int, int] = {}
    values: list[msgspec.Raw] = []

    def kept(arg: Any) -> Argument:  # noqa: ANN401  Whatever a view is made from.
        if type(arg) is Entry:
            return arg.paper.path
        if type(arg) is tuple and arg and type(arg[0]) is Entry:
            return tuple([one.paper.path for one in arg])
        number = numbers.get(id(arg))
        if number is None:
            number = numbers[id(arg)] = len(values)
            values.append(msgspec.Raw(_encode(arg)))
        return number

    pages = []
    for job in jobs:
        page = job.what
        if isinstance(page, Page) and isinstance(page.view, Deferred):
            args = tuple(map(kept, page.view.args)) if any(map(_has_text, page.view.args)) else ()
            if args:
                make = f"{page.view.make.__module__}:{page.view.make.__qualname__}"
                pages.append(KeptPage(page.path, page.template, page.source, make, args))
    return _encode(KeptPlan(key, tuple(values), tuple(pages)))


def _has_text(arg: object) -> bool:
    return type(arg) is Entry or (type(arg) is tuple and bool(arg) and type(arg[0]) is Entry)


def read_plan(data: bytes | memoryview) -> KeptPlan:
    """The plan that ``data`` holds; an empty one, if it is none."""
    try:
        return _decoder.decode(data)
    except (msgspec.DecodeError, ValueError):
        return KeptPlan()


def page_again(page: KeptPage, plan: KeptPlan, entry_of: Callable[[str], Entry]) -> Page:
    """The page as it was planned, with the entries of ``entry_of``."""
    module, _, name = page.make.partition(":")
    make = getattr(import_module(module), name)
    hints = get_type_hints(make)
    names = make.__code__.co_varnames

    def value(name: str, arg: Argument) -> object:
        if isinstance(arg, str):
            return entry_of(arg)
        if isinstance(arg, tuple):
            return tuple(map(entry_of, arg))
        return msgspec.msgpack.decode(plan.values[arg], type=hints[name])

    args = tuple(value(name, arg) for name, arg in zip(names, page.args, strict=False))
    return Page(page.path, page.template, Deferred(make, args), page.source)
