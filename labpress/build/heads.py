"""An entry in three parts: its head, from which the whole site is planned, its title, and its texts.

A title changes nothing but the pages that show it, and neither does a text that refers to no file and no other entry.
So the plan is made from heads; that it cannot depend on a title or a text is not a rule to be kept in mind, since a
head has none, and a title that is asked for all the same is a fault. An edit of a title or an abstract leaves the plan
as it was, and a build can go by the plan of the last one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from labpress.build.fingerprints import digest_bytes
from labpress.core.diagnostics import Parsed
from labpress.core.files import SourceFile
from labpress.entries.entry import NO_TITLE, Entry, read_entries
from labpress.entries.key_terms import key_terms
from labpress.entries.paper import EMPTY_BLOCK
from labpress.markup.settings import MarkupSettings
from labpress.markup.text import Block, Inline

MOST_WHOLE = 10_000
"""Entries that are kept whole, of five kilobytes each: what a paper is shown by is made side by side."""

LARGE, MOST_LARGE = 1_000, 4
"""Items from which on a list is remembered as a whole, and so many of these."""

NOTHING = msgspec.Raw(b"\xc0")
_PARTS = ("abstract", "body")

_encode = msgspec.msgpack.Encoder().encode


class Texts(Struct, frozen=True, array_like=True):
    """What a head lacks."""

    sources: dict[str, str]
    """``abstract`` and ``body`` -> Markdown."""
    blocks: dict[str, Block]
    lines: dict[str, int]


NO_TEXTS = Texts({}, {}, {})


class Title(Struct, frozen=True, array_like=True):
    """An entry's title."""

    source: str
    shown: Inline


class EntryParts(Struct, frozen=True, array_like=True):
    """One file of papers/, read."""

    head: Entry | None
    title: Title | None
    texts: msgspec.Raw
    """``Texts``, not yet decoded: most builds need those of a few entries only."""
    mark: bytes
    """The digest of the head and of the diagnostics."""
    title_mark: bytes = b""
    """The digest of the title."""
    wording: bytes = b""
    """``wording_of`` the entry."""


def mark_with_title(parts: EntryParts) -> bytes:
    """The mark of an entry whose title, too, the plan was made from."""
    return digest_bytes(parts.mark + parts.title_mark)


_decode_texts = msgspec.msgpack.Decoder(Texts).decode


def wording_of(entry: Entry) -> bytes:
    """The digest of all that ``key_terms`` are taken from."""
    return digest_bytes(_encode((entry.title.text, entry.abstract.text)))


def read_all_parts(files: Iterable[SourceFile], settings: MarkupSettings) -> list[Parsed[EntryParts]]:
    """``read_entries``, taken apart."""
    return list(map(_parts_of, read_entries(files, settings)))


def _parts_of(read: Parsed[Entry | None]) -> Parsed[EntryParts]:
    entry, faults = read
    if entry is None:
        return Parsed(EntryParts(None, None, NOTHING, digest_bytes(_encode(faults))), faults)
    head, title, texts = take_apart(entry)
    marks = digest_bytes(_encode((head, faults))), digest_bytes(_encode(title)), wording_of(entry)
    return Parsed(EntryParts(head, title, msgspec.Raw(_encode(texts)), *marks), faults)


def take_apart(entry: Entry) -> tuple[Entry, Title, Texts]:
    """The head, the title and the texts of ``entry``.

    A text that refers to something stays with the head, and with it one that may define its addresses.
    """
    paper = entry.paper
    names = [name for name in _PARTS if _refers_to_nothing(getattr(entry, name))]
    if len(names) == 1 and "]:" in getattr(paper, names[0]):
        names = []
    texts = Texts(
        sources={name: getattr(paper, name) for name in names},
        blocks={name: getattr(entry, name) for name in names},
        lines={name: paper.lines[name] for name in names if name in paper.lines},
    )
    lines = {name: line for name, line in paper.lines.items() if name not in texts.lines}
    title = Title(paper.title, entry.title)
    paper = replace(paper, title="", lines=lines, **dict.fromkeys(names, ""))
    return replace(entry, paper=paper, title=NO_TITLE, **dict.fromkeys(names, EMPTY_BLOCK)), title, texts


def put_together(head: Entry, title: Title, texts: Texts = NO_TEXTS) -> Entry:
    """The entry that was taken apart; without ``texts``, as much of it as a list shows."""
    paper = replace(head.paper, title=title.source, lines=head.paper.lines | texts.lines, **texts.sources)
    return replace(head, paper=paper, title=title.shown, **texts.blocks)


def _refers_to_nothing(block: Block) -> bool:
    return not (block.files or block.entries or '="site:' in block.html.source or "<img" in block.html.source)


class Wholes:
    """Gives what is whole for what a plan has of it, which it knows by identity: entries, cards, neighbours."""

    def __init__(self, parts: Iterable[EntryParts] = ()) -> None:
        self._parts: dict[int, tuple[Entry, EntryParts]] = {
            id(one.head): (one.head, one) for one in parts if one.head is not None
        }
        self._entries: dict[int, Entry] = {}
        self._made: dict[int, Any] = {}
        self._later: dict[int, Callable[[], Any]] = {}
        """What makes those that nobody has asked for."""
        self._held: list[object] = []
        """The parts that these were made of."""
        self._large: dict[int, tuple[object, tuple[Any, ...]]] = {}
        """Lists of a thousand and more, of which many files are made, by identity."""
        self.told: set[str] = set()
        """The entries, by their files as diagnostics show them, whose title a plan did need."""

    def adopt(self, heads: Iterable[Entry], other: Wholes) -> None:
        """Know, of ``heads``, those too that only ``other`` knows."""
        for head in heads:
            known = other._parts.get(id(head))
            if known is not None:
                self._parts.setdefault(id(head), known)

    def learn(self, part: object, whole: object) -> None:
        """Give ``whole`` for ``part`` from now on."""
        self._held.append(part)
        self._made[id(part)] = whole

    def learn_later(self, part: object, make: Callable[[], object]) -> None:
        """Give what ``make`` gives for ``part`` from now on."""
        self._held.append(part)
        self._later[id(part)] = make

    def of(self, value: Any) -> Any:  # noqa: ANN401  An argument of whatever makes a view.
        """``value``, an argument of a view, with what is whole in the place of what is not."""
        if type(value) is Entry:
            return self.entry(value)
        if type(value) is not tuple:
            made = self._made.get(id(value))
            return self._made_now(value) if made is None else made
        if len(value) < LARGE:
            return self._of_tuple(value)
        known = self._large.get(id(value))
        if known is None:
            if len(self._large) >= MOST_LARGE:
                self._large.clear()
            known = self._large[id(value)] = (value, self._of_tuple(value))
        return known[1]

    def _made_now(self, value: Any) -> Any:  # noqa: ANN401
        make = self._later.pop(id(value), None)
        if make is None:
            return value
        made = self._made[id(value)] = make()
        return made

    def _of_tuple(self, value: tuple[Any, ...]) -> tuple[Any, ...]:
        made = self._made
        known, each = (self._entries, self.entry) if value and type(value[0]) is Entry else (made, self.of)
        try:
            return tuple(map(known.__getitem__, map(id, value)))
        except KeyError:
            pass
        if known is made and all(ones.keys().isdisjoint(map(id, value)) for ones in (made, self._later)):
            return value  # The same tuple: what is made from it is known by it.
        return tuple(map(each, value))

    def entry(self, head: Entry) -> Entry:
        """The entry of ``head``, mostly the same value; one that is no known head is whole as it is."""
        entry = self._entries.get(id(head))
        if entry is None:
            known = self._parts.get(id(head))
            if known is None or known[1].title is None:
                return head
            if len(self._entries) >= MOST_WHOLE:
                self._entries.clear()
            entry = put_together(head, known[1].title, _decode_texts(known[1].texts))
            self._entries[id(head)] = entry
        return entry

    def titled(self, head: Entry) -> Entry:
        """The entry without its texts."""
        known = self._parts.get(id(head))
        return head if known is None or known[1].title is None else put_together(head, known[1].title)

    def wording(self, head: Entry) -> bytes:
        """``wording_of`` the entry."""
        known = self._parts.get(id(head))
        return wording_of(head) if known is None or known[1].title is None else known[1].wording

    def key_terms(self, head: Entry) -> str:
        """What ``key_terms`` has for the title and the abstract of the entry."""
        known = self._parts.get(id(head))
        if known is None or known[1].title is None:
            return key_terms(head.title.text, head.abstract.text)
        abstract = _decode_texts(known[1].texts).blocks.get("abstract", head.abstract)
        return key_terms(known[1].title.shown.text, abstract.text)

    def plan_mark(self, parts: EntryParts) -> bytes:
        """The digest of all that the plan was made from of an entry."""
        told = parts.head is not None and parts.head.paper.path in self.told
        return mark_with_title(parts) if told else parts.mark

    def tell_title(self, head: Entry) -> Inline:
        """The title, for a plan that cannot do without: from now on, it depends on it."""
        self.told.add(head.paper.path)
        known = self._parts.get(id(head))
        return head.title if known is None or known[1].title is None else known[1].title.shown
