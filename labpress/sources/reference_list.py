"""A list of references in plain text or Markdown: an item for each bullet, number or paragraph, in any usual style.

A text is read like a page that shows the same: its items become elements, and headings above them tell type and year.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, pairwise
from typing import NamedTuple

from labpress.core.decoding import decode
from labpress.core.diagnostics import Parsed
from labpress.core.files import SourceFile
from labpress.core.patterns import when_needed
from labpress.sources.markdown_inline import inline
from labpress.sources.markdown_table import MarkdownTable, without_tables
from labpress.sources.record import Record
from labpress.sources.title_words import FUNCTION_WORDS, TITLE_PREFIXES, TITLE_WORDS
from labpress.sources.webpage import records_of, stray
from labpress.sources.webpage_item import Reading, read_item
from labpress.sources.webpage_items import Item, is_section
from labpress.sources.webpage_tree import Node, text_of

_MARKER = when_needed(
    r"( *)(?:(?:[-*+•◦▪‣–—·] +|[\[［][\w+:-]{1,12}[\]］] *|\(?\d{1,3}[.)] +|(?!(?:19|20)\d\d:)\d{1,4}: +(?!\d))(?=\S)"
    r"|\[[A-Za-z]{0,2}\d{1,4}\] *$)"
)
_YEAR = when_needed(r"(?:19|20)\d\d:?")
_RULE = when_needed(r"[-=_*~ ]{3,}")
_LABEL = when_needed(r"[^\W\d_a-z][^\W\d_]{2,30}(?: [^\W\d_]{1,15})?")
"""A word or two: between empty lines, the heading of a section in any language."""
_ENDS = tuple('.?!)]}"”»0123456789')
"""What the last line of an item ends in, be it wrapped or not."""
_BROKEN = when_needed(r"[^\W\d_]-\n {0,40}(?!(?:and|or|und|oder) )(?=[^\W\d_A-Z])|\d[-–]\n {0,40}(?=\d)")
_WORDS = when_needed(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_NO_WORD = when_needed(r"[\W\d_]")
_PAPER, _SURE = 3.4, 4.1
"""What an item with authors and a title scores, and what one does that has a date as well."""
_MOST_TRIED = 60
_LONGEST_ITEM = 12_000


class _Block(NamedTuple):
    """Lines that belong together."""

    line: int
    lines: list[str]
    is_marked: bool
    """It has a bullet or a number."""
    is_heading: bool


def looks_like_reference_list(text: str) -> bool:
    """Whether most of the items of ``text`` read as papers with authors and a date, as those of no other text do.

    In Markdown, a table of papers is enough.
    """
    text, tables = without_tables(text)
    if any(table.drafts for table in tables):
        return True
    tried = [_read(block)[1] for block in islice(_items(text), _MOST_TRIED)]
    return 2 * sum(reading is not None and _is_sure(reading) for reading in tried) > len(tried)


def _is_sure(reading: Reading) -> bool:
    """Whether an item has all that a paper has; one that is in press has no date."""
    return reading.score >= _SURE or (reading.score >= _PAPER and "status" in reading.draft.fields)


def parse_reference_list(file: SourceFile) -> Parsed[tuple[Record, ...]]:
    """One record for each item; what cannot be read beside them is told of."""
    source, faults = decode(file)
    items: list[Item] = []
    strays: list[Node] = []
    heading = year = ""
    text, tables = without_tables(source.text)
    blocks: list[_Block | MarkdownTable] = [*_items(text, with_headings=True), *tables]
    for block in sorted(blocks, key=lambda block: block.line):
        if isinstance(block, MarkdownTable):
            rows = [(Node("tr", draft.line), Reading(draft, _SURE)) for draft in block.drafts]
            items.extend(Item(node, reading, heading, year) for node, reading in rows)
            strays.extend([] if rows else [Node("tr", block.line, children=[block.header])])
            continue
        if block.is_heading:
            found = _YEAR.search(block.lines[0])
            year = found[0][:4] if found else ""
            heading = heading if _YEAR.fullmatch(block.lines[0]) else block.lines[0]
            continue
        node, reading = _read(block)
        if reading is not None and reading.score >= _PAPER:
            items.append(Item(node, reading, heading, year))
        else:
            strays.append(node)
    records, doubts = records_of(items, source)
    return Parsed(records, (*faults, *doubts, *(stray(node, source) for node in strays)))


def _items(text: str, *, with_headings: bool = False) -> Iterator[_Block]:
    """What may be a paper. Where items have bullets or numbers, text without any is none."""
    words = frozenset(_WORDS.findall(text.lower())) if _BROKEN.search(text) else frozenset()
    blocks = [block._replace(lines=_unbroken(block.lines, words)) for block in _blocks(text)]
    are_marked = any(block.is_marked for block in blocks)
    for block in blocks:
        if block.is_heading:
            if with_headings:
                yield block
        elif block.is_marked or not are_marked:
            yield from _split(block)


def _blocks(text: str) -> Iterator[_Block]:
    """The text cut before bullets, numbers and headings, and at empty lines.

    Where there are none, each line is cut from the next, unless it ends in a colon.
    """
    lines = text.expandtabs(4).strip("\n").split("\n")
    markers = [_MARKER.match(line) for line in lines]
    indent = next((len(marker[1]) for marker in markers if marker), None)
    is_cut = indent is not None or any(not line.strip() for line in lines)
    block: _Block | None = None
    after_gap, before = True, ""
    first = 1 + len(text) - len(text.lstrip("\n"))
    for at, line in enumerate(lines):
        bare = line.strip()
        if not bare or _RULE.fullmatch(bare):
            after_gap = True
            continue
        marker = markers[at]
        is_marked = marker is not None and len(marker[1]) <= (indent or 0)
        is_last = before.endswith(_ENDS) and any(markers[at + 1 : at + 2])
        is_apart = after_gap or (is_last and bare[0].isupper())
        is_alone = after_gap and not "".join(lines[at + 1 : at + 2]).strip() and bool(_LABEL.fullmatch(bare))
        is_heading = not is_marked and not line.startswith("  ") and (is_alone or _is_heading(bare, is_apart=is_apart))
        text_of_line = line[marker.end() if marker else 0 :].strip()
        begins = is_marked or is_heading or not (is_cut or before.endswith(":")) or block is None or block.is_heading
        if block and not begins and (not after_gap or (block.is_marked and line.startswith("  "))):
            block.lines.append(text_of_line)
        else:
            if block:
                yield block
            block = _Block(first + at, [text_of_line.strip("# ")], is_marked, is_heading)
        after_gap, before = False, bare
    if block:
        yield block


def _split(block: _Block) -> Iterator[_Block]:
    """``block``, or its lines if each of them reads as a paper."""
    if block.is_marked or len(block.lines) < 2:
        yield block
        return
    lines = [block._replace(line=block.line + at, lines=[line]) for at, line in enumerate(block.lines)]
    if all((reading := _read(line)[1]) is not None and _is_sure(reading) for line in lines):
        yield from lines
    else:
        yield block


def _unbroken(lines: list[str], words: frozenset[str]) -> list[str]:
    """``lines`` with those made one that part a word or a range of numbers; ``words`` are those of the whole text."""
    if not words:
        return lines
    whole = [[lines[0]]]
    for before, line in pairwise(lines):
        if not _BROKEN.match(f"{before[-2:]}\n{line[:5]}"):
            whole.append([line])
            continue
        first, second = _NO_WORD.split(before[:-1])[-1].lower(), _NO_WORD.split(line, maxsplit=1)[0].lower()
        is_one = first + second in words or first + second in TITLE_WORDS or not _may_stand_alone(first)
        if first.isalpha() and is_one and f"{first}-{second}" not in words:
            whole[-1][-1] = whole[-1][-1][:-1]
        whole[-1].append(line)
    return ["".join(parts) for parts in whole]


def _may_stand_alone(word: str) -> bool:
    return word in TITLE_WORDS or word in TITLE_PREFIXES or word in FUNCTION_WORDS


def _is_heading(bare: str, *, is_apart: bool) -> bool:
    """``## Journal papers``, ``2021``; in the midst of other text a line of such words may be a part of it."""
    return bare.startswith("#") or bool(_YEAR.fullmatch(bare)) or (is_apart and is_section(bare))


def _read(block: _Block) -> tuple[Node, Reading | None]:
    """An item as the element that a page would have: wrapped text, or title, authors and venue on lines of their own.

    Of the two, the one that finds more authors is meant.
    """
    node = _element(block, [" ".join(block.lines)])
    if len(text_of(node)) > _LONGEST_ITEM:
        return node, None
    readings = [read_item(node, "")]
    if len(block.lines) > 1:
        readings.append(read_item(_element(block, block.lines), ""))
    found = [reading for reading in readings if reading is not None]
    return node, max(found, key=lambda reading: (len(reading.draft.authors), reading.score), default=None)


def _element(block: _Block, lines: list[str]) -> Node:
    children: list[Node | str] = []
    for line in lines:
        children += [*inline(line), Node("br", block.line)]
    return Node("li", block.line, children=children)
