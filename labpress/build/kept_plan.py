"""The pages of a plan that show papers, kept so that an edit of a title or a text needs no new plan.

Only what such a page is made from is kept: a function, and its arguments. Values that stand on many pages are kept
once. A paper is kept as a number, since it is the paper that changes; the cards, which change with titles, are kept
beside the plan.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from importlib import import_module
from itertools import accumulate, pairwise
from typing import Any, Final

import msgspec
from msgspec import Struct

from labpress.build.fingerprints import SIZE, Digests
from labpress.build.heads import Wholes
from labpress.build.jobs import Job
from labpress.core.deferred import Deferred, arguments_of
from labpress.entries.entry import Entry
from labpress.site.context import SiteContext
from labpress.site.pages import Page
from labpress.site.views import CardView, NeighbourView

ENTRY, CARD, NEIGHBOUR = range(3)
"""What of a paper an argument is."""

SEVERAL = 3
"""Added to these where an argument is a tuple of them."""

_NUMBER: Final = "I"
"""How numbers are kept: as the machine has them, so that there is nothing to be encoded."""

_KINDS = (Entry, CardView, NeighbourView)

Argument = int | bytes
"""The number of a value; or what of papers it is, and then the number of each paper, as so many ``_NUMBER``."""


class KeptView(Struct, frozen=True, array_like=True):
    """What one page, or several beside each other, are made from."""

    make: str
    """``module:function``"""
    args: tuple[Argument, ...]

    def shows(self, texts: AbstractSet[int], titles: AbstractSet[int]) -> bool:
        """Whether it shows the text of one of the papers ``texts``, or the title of one of ``titles``."""
        for arg in self.args:
            if type(arg) is bytes:
                numbers = memoryview(arg).cast(_NUMBER)
                changed = texts if numbers[0] % SEVERAL == ENTRY else titles
                if changed and not changed.isdisjoint(numbers[1:]):
                    return True
        return False


class KeptPage(Struct, frozen=True, array_like=True):
    """One page that shows papers."""

    path: str
    template: str
    source: str
    view: int


class KeptPlan(Struct, frozen=True, array_like=True):
    """All such pages of one plan."""

    key: bytes = b""
    """What the plan was made from."""
    papers: tuple[str, ...] = ()
    """The file of each paper, as diagnostics show it."""
    values: tuple[msgspec.Raw, ...] = ()
    views: tuple[KeptView, ...] = ()
    pages: tuple[KeptPage, ...] = ()


class KeptCards(Struct, frozen=True, array_like=True):
    """The card of each paper of a plan."""

    key: bytes = b""
    """What the cards were made from."""
    lengths: tuple[int, ...] = ()
    data: bytes = b""
    """One encoded card after the other."""
    digests: bytes = b""


_encode = msgspec.msgpack.Encoder().encode
_decode_plan = msgspec.msgpack.Decoder(KeptPlan).decode
_decode_cards = msgspec.msgpack.Decoder(KeptCards).decode


def write_plan(jobs: Iterable[Job], context: SiteContext, key: bytes) -> bytes:
    """The pages of ``jobs`` that show papers of ``context``, for a cache."""
    entries = context.catalog.entries
    shown = (*entries.values(), *map(context.cards.__getitem__, entries), *map(context.neighbours.__getitem__, entries))
    papers = {id(one): number % len(entries) for number, one in enumerate(shown)}
    values: list[msgspec.Raw] = []
    arguments: dict[int, Argument] = {}

    def kept(arg: Any) -> Argument:  # noqa: ANN401  Whatever a view is made from.
        found = arguments.get(id(arg))
        if found is None:
            found = arguments[id(arg)] = made(arg)
        return found

    def made(arg: Any) -> Argument:  # noqa: ANN401
        if type(arg) in _KINDS:
            return array(_NUMBER, (_KINDS.index(type(arg)), papers[id(arg)])).tobytes()
        if type(arg) is tuple and arg and type(arg[0]) in _KINDS:
            kind = _KINDS.index(type(arg[0])) + SEVERAL
            return array(_NUMBER, [kind, *map(papers.__getitem__, map(id, arg))]).tobytes()
        values.append(msgspec.Raw(_encode(arg)))
        return len(values) - 1

    views: list[KeptView] = []
    known: dict[int, int] = {}
    pages = []
    for job in jobs:
        page = job.what
        if not isinstance(page, Page) or not isinstance(page.view, Deferred):
            continue  # Made when it was planned, from heads alone.
        number = known.get(id(page.view))
        if number is None:
            make = f"{page.view.make.__module__}:{page.view.make.__qualname__}"
            number = known[id(page.view)] = len(views)
            views.append(KeptView(make, tuple(map(kept, page.view.args))))
        pages.append(KeptPage(page.path, page.template, page.source, number))
    files = tuple([entry.paper.path for entry in entries.values()])
    return _encode(KeptPlan(key, files, tuple(values), tuple(views), tuple(pages)))


def write_cards(context: SiteContext, wholes: Wholes, digests: Digests, key: bytes) -> bytes:
    """The cards of ``context``, in the order of its papers, for a cache."""
    cards = [wholes.of(context.cards[name]) for name in context.catalog.entries]
    encoded = list(map(_encode, cards))
    marks = b"".join(map(digests.of_encoded, cards, encoded))
    return _encode(KeptCards(key, tuple(map(len, encoded)), b"".join(encoded), marks))


def read_plan(data: bytes | memoryview) -> KeptPlan:
    """The plan that ``data`` holds; an empty one, if it is none."""
    try:
        return _decode_plan(data)
    except (msgspec.DecodeError, ValueError):
        return KeptPlan()


def read_cards(data: bytes | memoryview) -> KeptCards:
    """The cards that ``data`` holds; none, if it holds something else."""
    try:
        return _decode_cards(data)
    except (msgspec.DecodeError, ValueError):
        return KeptCards()


class CardBox:
    """The kept cards, each decoded when it is first asked for."""

    def __init__(self, kept: KeptCards) -> None:
        self.key = kept.key
        self._kept = kept
        self._ends = [0, *accumulate(kept.lengths)]
        self._decode = msgspec.msgpack.Decoder(CardView).decode
        self._data = memoryview(kept.data)

    def card(self, number: int) -> CardView:
        """The card of a paper."""
        return self._decode(self._data[self._ends[number] : self._ends[number + 1]])

    def digest(self, number: int) -> bytes:
        """Its digest."""
        return self._kept.digests[number * SIZE : (number + 1) * SIZE]

    def written(self, changed: dict[int, CardView], digests: Digests, key: bytes) -> bytes:
        """All cards, with others for those that have changed, for a cache."""
        parts: list[bytes | memoryview] = [self._data[a:b] for a, b in pairwise(self._ends)]
        marks = [self.digest(number) for number in range(len(parts))]
        for number, card in changed.items():
            parts[number], marks[number] = _encode(card), digests.of(card)
        return _encode(KeptCards(key, tuple(map(len, parts)), b"".join(parts), b"".join(marks)))


def view_again(view: KeptView, values: Sequence[msgspec.Raw], paper: Callable[[int, int], object]) -> Deferred:
    """The view as it was planned. ``paper`` gives the entry, card or neighbour of the paper of that number."""
    module, _, name = view.make.partition(":")
    make = getattr(import_module(module), name)

    def value(arg: Argument, hint: Any) -> object:  # noqa: ANN401  Any type form.
        if isinstance(arg, int):
            return msgspec.msgpack.decode(values[arg], type=hint)
        kind, *numbers = memoryview(arg).cast(_NUMBER)
        if kind < SEVERAL:
            return paper(kind, numbers[0])
        return tuple([paper(kind - SEVERAL, number) for number in numbers])

    return Deferred(make, tuple(map(value, view.args, arguments_of(make).values())))
