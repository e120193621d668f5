"""Formats of tagged lines (RIS, Refer, MEDLINE): one reader for all, which a missing end of record cannot derail."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from labpress.core.diagnostics import Diagnostic, Parsed, SourceText, quoted
from labpress.sources.latex_texts import without_entities


class Tag(NamedTuple):
    """One tag with its value, continuation lines included."""

    name: str
    value: str
    line: int


class Group(NamedTuple):
    """The tags of one record."""

    tags: tuple[Tag, ...]
    line: int
    ended: bool
    """Whether the record has the end that the format asks for."""


class Syntax(NamedTuple):
    """How a format of tagged lines looks."""

    line: re.Pattern[str]
    """A line with a tag: the tag and its value."""
    first: frozenset[str]
    """Tags that begin a record."""
    last: frozenset[str] = frozenset()
    """Tags that end one."""
    blank_ends: bool = False
    """Whether an empty line ends a record."""


def tagged_groups(source: SourceText, syntax: Syntax) -> Parsed[tuple[Group, ...]]:
    """The records of ``source`` as groups of tags. Lines that belong to no tag are reported, once for each run."""
    reader = _Reader(syntax)
    faults: list[Diagnostic] = []
    stray = False
    for number, text in enumerate(source.text.split("\n"), start=1):
        understood = reader.take(text, number)
        if not understood and not stray:
            message = f"expected a tag, found {quoted(text)}"
            faults.append(Diagnostic("not-understood", message, source.line_span(number)))
        stray = not understood
    reader.end_record(ended=not syntax.last)
    return Parsed(tuple(reader.groups), tuple(faults))


class _Reader:
    """The record that is being read, line by line."""

    def __init__(self, syntax: Syntax) -> None:
        self.syntax = syntax
        self.groups: list[Group] = []
        self.tags: list[tuple[str, list[str], int]] = []

    def take(self, text: str, number: int) -> bool:
        """Take one line; False when it belongs to no tag."""
        match = self.syntax.line.match(text)
        if match:
            self._begin_tag(match[1].upper(), match[2] or "", number)
        elif not text.strip() and self.syntax.blank_ends:
            self.end_record(ended=True)
        elif self.tags:
            self.tags[-1][1].append(text.strip())
        elif text.strip():
            return False
        return True

    def _begin_tag(self, name: str, value: str, number: int) -> None:
        if name in self.syntax.last:
            self.end_record(ended=True)
            return
        if name in self.syntax.first:
            self.end_record(ended=not self.syntax.last)
        self.tags.append((name, [value], number))

    def end_record(self, *, ended: bool) -> None:
        if self.tags:
            tags = tuple(Tag(name, without_entities("\n".join(lines).strip()), line) for name, lines, line in self.tags)
            self.groups.append(Group(tags, tags[0].line, ended))
            self.tags = []


def has_lines(pattern: str) -> Callable[[str], bool]:
    """A sniffer that asks whether the text has a line of this form among its first 200,000 characters."""
    compiled = re.compile(pattern, re.MULTILINE)
    return lambda text: bool(compiled.search(text, 0, 200_000))
