"""BibTeX's syntax: from a file to its entries. Knows no field by name, and nothing of papers.

Braces decide everything in BibTeX, so one brace too few would swallow the rest of a file. The braces of the whole
file are therefore paired once, beforehand. An entry whose braces pair is read by BibTeX's rules. Any other is read
warily: only up to the next line that begins an entry, and a value ends where a line begins the next field.
Every step goes forward, so the cost is linear in the size of the file, whatever the file holds.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import NamedTuple

from labpress.core.diagnostics import Diagnostic, Parsed, SourceText
from labpress.core.patterns import when_needed
from labpress.sources.bibtex_block import Block, Macros, RawField, UnbalancedError


class RawEntry(NamedTuple):
    """One entry, its fields in the order and number of the file."""

    type: str
    """In lower case."""
    key: str
    fields: tuple[RawField, ...]
    offset: int
    """Of the ``@``."""
    faults: tuple[Diagnostic, ...] = ()
    """Those of ``scan_entries`` that lie in this entry."""


_HEAD = when_needed(r"@[ \t]*([A-Za-z][\w-]*)\s*([{(])")
_HEAD_WITHOUT_BRACE = when_needed(r"@([A-Za-z]{3,20})[ \t]+(?=[^\s,{}()=@]{1,100}[ \t]*,\s*[A-Za-z][\w-]{1,30}\s*=)")
_ENTRY_LINE = when_needed(r"^[ \t]*(@)[ \t]*[A-Za-z][\w-]*[ \t]*[{(]", re.MULTILINE)
_STRAY_FIELD = when_needed(r"^[ \t]*[A-Za-z][\w-]*[ \t]*=[ \t]*[{\"]", re.MULTILINE)
_BRACE = when_needed(r"[{}]")
_IGNORED = frozenset(["comment", "preamble"])


def scan_entries(source: SourceText) -> Parsed[tuple[RawEntry, ...]]:
    """All entries of ``source`` in order, and every fault of its syntax.

    Text between entries is a comment, as BibTeX has it; only what looks like a piece of an entry is reported.
    """
    scanner = _Scanner(source)
    entries = scanner.entries()
    return Parsed(tuple(entries), tuple(scanner.faults))


def paired_braces(text: str) -> dict[int, int]:
    r"""The place of every closed ``{`` -> that of its ``}``. As in BibTeX, ``\{`` is a brace like any other."""
    pairs: dict[int, int] = {}
    opened: list[int] = []
    for brace in _BRACE.finditer(text):
        at = brace.start()
        if text[at] == "{":
            opened.append(at)
        elif opened:
            pairs[opened.pop()] = at
    return pairs


class _Scanner:
    """The state of one pass over one file."""

    def __init__(self, source: SourceText) -> None:
        self.source = source
        self.text = source.text
        self.pairs = paired_braces(source.text)
        self.entry_lines = [line.start(1) for line in _ENTRY_LINE.finditer(source.text)]
        self.macros = Macros(len(source.text))
        self.faults: list[Diagnostic] = []

    def entries(self) -> list[RawEntry]:
        found: list[RawEntry] = []
        done, at = 0, self.text.find("@")
        while at >= 0:
            head = self._head(at)
            if head is None:
                at = self.text.find("@", at + 1)
                continue
            self._check_between(done, at)
            done = self._read_block(head, found)
            at = self.text.find("@", done)
        self._check_between(done, len(self.text))
        return found

    def _head(self, at: int) -> re.Match[str] | None:
        """The head of the entry that begins with the ``@`` at ``at``, if one does."""
        line = self.source.starts[self.source.line_number(at) - 1]
        head = _HEAD.match(self.text, at)
        if head:
            # BibTeX itself knows no comment sign, but whoever writes % before an entry means one.
            return None if self.text[line : min(at, line + 40)].lstrip().startswith("%") else head
        head = _HEAD_WITHOUT_BRACE.match(self.text, at) if line == at else None
        if head:
            self._report("broken-entry", at, head.end(), f"expected {{ after @{head[1]}")
        return head

    def _check_between(self, start: int, end: int) -> None:
        lost = _STRAY_FIELD.search(self.text, start, end)
        if lost:
            advice = "mend the entry that this belongs to, or delete these lines"
            self._report("broken-entry", lost.start(), lost.end(), "found a field outside of any entry", advice)

    def _read_block(self, head: re.Match[str], found: list[RawEntry]) -> int:
        """Read one ``@…``, add it to ``found`` if it is an entry, and give the place after it."""
        kind = head[1].lower()
        brace = head.end() - 1
        opened = self.text[brace]
        if kind in _IGNORED:
            return self.pairs.get(brace, self._end_of_line(brace)) + 1
        close = ")" if opened == "(" else "}"
        if opened != "{" or brace in self.pairs:
            try:
                return self._read_bounded(head, close, len(self.text), found)
            except UnbalancedError:
                pass  # The braces that pair belong to several entries.
        return self._read_bounded(head, close, None, found)

    def _read_bounded(self, head: re.Match[str], close: str, limit: int | None, found: list[RawEntry]) -> int:
        """Read the block by BibTeX's rules up to ``limit``, or warily up to the next entry when it is None."""
        start, at = head.start(), head.end()
        wary = limit is None
        end = self.next_entry(start + 1) if limit is None else limit
        block = Block(
            self.source, self.pairs, self.macros, self.next_entry, start=start, limit=end, close=close, wary=wary
        )
        kind = head[1].lower()
        if kind == "string":
            fields, at = block.fields(at)
            self.macros.define(fields)
        else:
            key, at = block.key(at)
            fields, at = block.fields(at)
            found.append(RawEntry(kind, key, tuple(fields), start, tuple(block.faults)))
        self.faults.extend(block.faults)
        return at

    def next_entry(self, at: int) -> int:
        """The place of the first ``@`` at or after ``at`` that begins an entry on a line of its own."""
        index = bisect_left(self.entry_lines, at)
        return self.entry_lines[index] if index < len(self.entry_lines) else len(self.text)

    def _end_of_line(self, at: int) -> int:
        end = self.text.find("\n", at)
        return len(self.text) if end < 0 else end

    def _report(self, code: str, start: int, end: int, message: str, advice: str = "") -> None:
        self.faults.append(Diagnostic(code, message, self.source.span(start, end), advice))
