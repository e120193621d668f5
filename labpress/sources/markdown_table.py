"""Tables in Markdown, whose cells stand between bars: the papers in them, and the text without them."""

from __future__ import annotations

from typing import NamedTuple

from labpress.core.patterns import when_needed
from labpress.sources.draft import Draft
from labpress.sources.markdown_inline import inline
from labpress.sources.table import Row
from labpress.sources.table_columns import is_rule, meanings_of
from labpress.sources.webpage_table import draft_of_cells
from labpress.sources.webpage_tree import Node

_BAR = when_needed(r"(?<!\\)\|")
_TOLD = frozenset(["names", "full_names", "year", "date", "venue", "doi", "arxiv"])
"""Beside a title, what only a table of papers has."""


class MarkdownTable(NamedTuple):
    """A table of papers, or of anything else, which has no drafts."""

    line: int
    """Of its header, the first being 1."""
    header: str
    drafts: list[Draft]


def without_tables(text: str) -> tuple[str, list[MarkdownTable]]:
    """``text`` with empty lines in place of its tables, and the tables: lines with bars around one of ``|---|``."""
    if "|" not in text:
        return text, []
    lines = text.split("\n")
    tables: list[MarkdownTable] = []
    at = 1
    while at < len(lines):
        if is_rule(lines[at]) and "|" in lines[at - 1]:
            end = at + 1
            while end < len(lines) and "|" in lines[end]:
                end += 1
            tables.append(_table(lines, at - 1, end))
            lines[at - 1 : end] = [""] * (end - at + 1)
            at = end
        at += 1
    return "\n".join(lines), tables


def _table(lines: list[str], start: int, end: int) -> MarkdownTable:
    header = _cells(lines[start])
    rows = [Row(_cells(lines[at]), at + 1) for at in range(start + 2, end)]
    meanings = meanings_of(header, [row.cells for row in rows])
    is_of_papers = "title" in meanings and not _TOLD.isdisjoint(meanings)
    drafts = [
        draft_of_cells(meanings, [Node("td", row.line, children=inline(cell)) for cell in row.cells], row.line, "")
        for row in rows
        if is_of_papers and any(row.cells)
    ]
    return MarkdownTable(start + 1, lines[start].strip(), drafts)


def _cells(line: str) -> list[str]:
    cells = [cell.strip().replace("\\|", "|") for cell in _BAR.split(line.strip())]
    return cells[1 if not cells[0] else 0 : -1 if len(cells) > 1 and not cells[-1] else None]
