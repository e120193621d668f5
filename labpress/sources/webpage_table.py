"""Tables of a page whose heading row says what their columns are: each row below it is a paper."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from labpress.core.text import one_line
from labpress.sources.draft import Draft
from labpress.sources.published_in import take_published_in
from labpress.sources.table import Row, draft_of
from labpress.sources.table_columns import meaning_of, meanings_of
from labpress.sources.webpage_item import Reading
from labpress.sources.webpage_links import take_labels
from labpress.sources.webpage_pieces import joined, pieces_of
from labpress.sources.webpage_tree import Node, text_of

_MOST_ABOVE = 3
"""Rows of a table of which one may be the heading."""
_WIDEST = 50
_CERTAIN = 5.0
_NAMES = frozenset(["names", "full_names"])


def rows_told_by_headings(body: Node, address: str) -> Mapping[int, Reading | None]:
    """What the headings of tables say of the rows, by the identity of each: a paper, or None for the headings.

    A table needs a column of titles and one of authors: in others, a cell may hold both.
    """
    told: dict[int, Reading | None] = {}
    for table in _tables(body):
        told |= _told_in(table, address)
    return told


def _told_in(table: Node, address: str) -> dict[int, Reading | None]:
    rows = list(_grid(table))
    heading = next((at for at, (_row, cells) in enumerate(rows[:_MOST_ABOVE]) if _is_heading(cells)), None)
    if heading is None:
        return {}
    texts = [[one_line(text_of(cell)) for cell in cells] for _row, cells in rows]
    meanings = meanings_of(texts[heading], texts[heading + 1 :])
    told: dict[int, Reading | None] = {id(rows[heading][0]): None}
    for (row, cells), shown in zip(rows[heading + 1 :], texts[heading + 1 :], strict=True):
        if shown == texts[heading]:
            told[id(row)] = None  # Long tables have it again, for each year.
            continue
        draft = draft_of_cells(meanings, cells, row.line, address)
        if draft.title and len({id(cell) for cell in cells}) > 1:
            told[id(row)] = Reading(draft, _CERTAIN)
    return told


def draft_of_cells(meanings: list[str], cells: Sequence[Node], line: int, address: str) -> Draft:
    """The paper of a row; links of any cell are the paper's, and what only names them is no text."""
    links = Draft()
    texts = []
    for cell in cells:
        text = joined(take_labels(links, pieces_of(cell), address))
        texts.append(text if any(map(str.isalnum, text)) else "")
    draft = draft_of(meanings, Row(texts, line))
    draft.links |= links.links
    draft.urls += links.urls
    _take_numbers_behind_venue(draft)
    return draft


def _take_numbers_behind_venue(draft: Draft) -> None:
    """``Acta Materialia, 60, 1-9``: a column of venues may hold all that says where a paper came out."""
    found = Draft(fields=dict(draft.fields))
    take_published_in(found, draft.venue)
    if found.venue and (found.fields.keys() - draft.fields.keys()) & {"volume", "pages"}:
        draft.venue, draft.fields = found.venue, found.fields
    draft.date = draft.date or found.date


def _is_heading(cells: Sequence[Node]) -> bool:
    meanings = {meaning_of(one_line(text_of(cell))) for cell in cells[:_WIDEST]}
    return "title" in meanings and not _NAMES.isdisjoint(meanings)


def _tables(node: Node) -> Iterator[Node]:
    waiting = [node]
    while waiting:
        one = waiting.pop()
        if one.tag == "table":
            yield one
        waiting.extend(child for child in reversed(one.children) if isinstance(child, Node))


def _grid(table: Node) -> Iterator[tuple[Node, list[Node]]]:
    """Each row of ``table`` with its cells, those among them that reach down from rows above."""
    reaching: dict[int, tuple[Node, int]] = {}
    for row in _rows(table):
        own = [child for child in row.children if isinstance(child, Node) and child.tag in ("td", "th")]
        cells: list[Node] = []
        while own or len(cells) in reaching:
            at = len(cells)
            cell, more = reaching.pop(at) if at in reaching else (own[0], _rows_down(own.pop(0)))
            if more:
                reaching[at] = cell, more - 1
            cells.append(cell)
        yield row, cells[:_WIDEST]


def _rows(table: Node) -> Iterator[Node]:
    for child in table.children:
        if isinstance(child, Node):
            if child.tag == "tr":
                yield child
            elif child.tag in ("thead", "tbody", "tfoot"):
                yield from _rows(child)


def _rows_down(cell: Node) -> int:
    """How many rows below its own ``cell`` reaches into."""
    written = cell.attributes.get("rowspan", "")
    return max(0, int(written) - 1) if written.isdecimal() and len(written) < 5 else 0
