"""An entry in two parts: its head, from which the whole site is planned, and its texts, which only its own pages show.

A text that refers to no file and no other entry can change nothing but the pages that show it. So the plan is made
from heads; that it cannot depend on a text is not a rule to be kept in mind, since a head has none. An edit of an
abstract leaves the plan as it was, and a build can go by the plan of the last one.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from labpress.build.fingerprints import digest_bytes
from labpress.core.diagnostics import Parsed
from labpress.core.files import SourceFile
from labpress.entries.entry import Entry, read_entry
from labpress.entries.key_terms import key_terms
from labpress.entries.paper import EMPTY_BLOCK
from labpress.markup.settings import MarkupSettings
from labpress.markup.text import Block

NOTHING = msgspec.Raw(b"\xc0")
_PARTS = ("abstract", "body")

_encode = msgspec.msgpack.Encoder().encode


class Texts(Struct, frozen=True, array_like=True):
    """What a head lacks."""

    sources: dict[str, str]
    """``abstract`` and ``body`` -> Markdown."""
    blocks: dict[str, Block]
    lines: dict[str, int]


class EntryParts(Struct, frozen=True, array_like=True):
    """One file of papers/, read."""

    head: Entry | None
    texts: msgspec.Raw
    """``Texts``, not yet decoded: most builds need those of a few entries only."""
    mark: bytes
    """The digest of the head, without its terms, and of the diagnostics."""


_decode_texts = msgspec.msgpack.Decoder(Texts).decode


def read_parts(file: SourceFile, settings: MarkupSettings, *, with_terms: bool = False) -> Parsed[EntryParts]:
    """``read_entry``, taken apart. ``with_terms``: what related papers are found by is a part of the head."""
    entry, faults = read_entry(file, settings)
    if entry is None:
        return Parsed(EntryParts(None, NOTHING, digest_bytes(_encode(faults))), faults)
    if with_terms:
        entry = replace(entry, terms=key_terms(entry.title.text, entry.abstract.text))
    head, texts = take_apart(entry)
    return Parsed(
        EntryParts(head, msgspec.Raw(_encode(texts)), digest_bytes(_encode((replace(head, terms=""), faults)))), faults
    )


def take_apart(entry: Entry) -> tuple[Entry, Texts]:
    """The head and the texts of ``entry``. A text that refers to something stays with the head."""
    paper = entry.paper
    names = [name for name in _PARTS if _refers_to_nothing(getattr(entry, name))]
    texts = Texts(
        sources={name: getattr(paper, name) for name in names},
        blocks={name: getattr(entry, name) for name in names},
        lines={name: paper.lines[name] for name in names if name in paper.lines},
    )
    lines = {name: line for name, line in paper.lines.items() if name not in texts.lines}
    paper = replace(paper, lines=lines, **dict.fromkeys(names, ""))
    return replace(entry, paper=paper, **dict.fromkeys(names, EMPTY_BLOCK)), texts


def put_together(head: Entry, texts: Texts) -> Entry:
    """The entry that was taken apart."""
    paper = replace(head.paper, lines=head.paper.lines | texts.lines, **texts.sources)
    return replace(head, paper=paper, **texts.blocks)


def _refers_to_nothing(block: Block) -> bool:
    return not (block.files or block.entries or '="site:' in block.html.source or "<img" in block.html.source)


class Wholes:
    """Gives the whole entry for a head, which it knows by identity."""

    def __init__(self, parts: Iterable[EntryParts] = ()) -> None:
        self._texts: dict[int, tuple[Entry, msgspec.Raw]] = {
            id(one.head): (one.head, one.texts) for one in parts if one.head is not None
        }
        self._made: dict[int, Entry] = {}

    def adopt(self, heads: Iterable[Entry], other: Wholes) -> None:
        """Know, of ``heads``, those too that only ``other`` knows."""
        for head in heads:
            known = other._texts.get(id(head))
            if known is not None:
                self._texts.setdefault(id(head), known)

    def of(self, value: Any) -> Any:  # noqa: ANN401  An argument of whatever makes a view.
        """``value``, an argument of a view, with whole entries in the place of heads."""
        if type(value) is Entry:
            return self.entry(value)
        if type(value) is tuple and value and type(value[0]) is Entry:
            return tuple([self.entry(one) for one in value])
        return value

    def entry(self, head: Entry) -> Entry:
        """The entry of ``head``, always the same value; one that is no known head is whole as it is."""
        made = self._made.get(id(head))
        if made is None:
            known = self._texts.get(id(head))
            made = head if known is None else put_together(head, _decode_texts(known[1]))
            self._made[id(head)] = made
        return made
