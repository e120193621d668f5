"""Which lines of a pasted listing belong to which record, and which to none.

A record is a header, a line with title and authors, and an abstract of any number of lines. A line that looks like a
header starts a record only if a title follows; an abstract may quote one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from msgspec import Struct

from labpress.sources.listing_header import Header, parse_header
from labpress.sources.title_authors import is_author_list, reads_as_title_line

_INVISIBLE = "\ufeff\u200b\u200c\u200d\u200e\u200f\u2060"
"""Characters of no width that pages and editors leave around a text."""

_LONGEST_TITLE = 300
"""Characters of a title line in which no names were found: a longer one is prose."""

_FINISHED = re.compile(r"""[.!?…:;。！？।][\s"'”’»)\]}$*]*\Z|https?://\S+\Z""")
_PAGE_FURNITURE = re.compile(
    r"(?:load|show|see|view|read)\s+(?:more|all|less)\b.{0,30}|(?:sponsored|advertisement|promoted)\b.{0,80}"
    r"|(?:next|prev(?:ious)?)(?: page)?|page \d+(?: (?:of|/) \d+)?|back to top|log ?in|sign ?(?:in|up)"
    r"|(?:bookmark|save|share|cite|copy link|subscribe|follow)(?: this)?(?: paper)?|©.{0,80}",
    re.IGNORECASE,
)
_SMALL_WORDS = frozenset(
    "a an and are as at be by can for from has have in is it of on or our than that the these this to we with".split()
)


class Line(NamedTuple):
    """One line that is not blank, without the white space around it."""

    number: int
    text: str
    after_blank: bool


class Block(Struct, frozen=True):
    """The lines of one record."""

    header: Header
    header_line: int
    title: str
    """Title and authors."""
    title_line: int
    abstract: str = ""
    """Its lines joined by single spaces."""
    abstract_line: int = 0
    quoted: tuple[int, ...] = ()
    """Lines of the abstract that look like a header."""


class Sorted(NamedTuple):
    """Every line that is not blank is in one of the two."""

    blocks: list[Block]
    strays: list[Line]
    """Lines that belong to no record."""


def sort_lines(text: str) -> Sorted:
    """Give each line of ``text`` to a record, or to none."""
    lines = list(_lines(text))
    strays = [line for line in lines if _is_furniture(line.text)]
    if strays:
        lines = [line for line in lines if not _is_furniture(line.text)]
    headers = {index: header for index, line in enumerate(lines) if (header := parse_header(line.text))}
    starts = [index for index in headers if _starts_record(lines, index, headers)]
    strays += lines[: starts[0] if starts else len(lines)]
    blocks = []
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        block, left_over = _block(headers, lines, start, end)
        blocks.append(block)
        strays += left_over
    return Sorted(blocks, sorted(strays))


def has_record(text: str) -> bool:
    """Whether a record starts anywhere in ``text``."""
    lines = list(_lines(text))
    return any(parse_header(line.text) and reads_as_title_line(following.text) for line, following in pairwise(lines))


def _lines(text: str) -> Iterator[Line]:
    after_blank = True
    for number, raw in enumerate(text.split("\n"), 1):
        line = raw.strip()
        if line and (line[0] in _INVISIBLE or line[-1] in _INVISIBLE):
            line = line.strip(_INVISIBLE).strip()
        if line:
            yield Line(number, line, after_blank)
        after_blank = not line


def _is_furniture(text: str) -> bool:
    """Whether a line is a rule, or a control of the page that the listing was copied from."""
    return len(text) < 100 and (not any(map(str.isalnum, text)) or bool(_PAGE_FURNITURE.fullmatch(text)))


def _starts_record(lines: Sequence[Line], index: int, headers: dict[int, Header]) -> bool:
    """Whether the header-like line ``index`` is a header: a title line must follow."""
    if index + 1 >= len(lines) or index + 1 in headers:
        return False
    title = lines[index + 1].text
    if reads_as_title_line(title):
        return True
    # A title whose authors are missing or unreadable: only where nothing else speaks for prose.
    before_is_over = index == 0 or lines[index].after_blank or bool(_FINISHED.search(lines[index - 1].text))
    return (
        headers[index].is_typical
        and before_is_over
        and len(title) <= _LONGEST_TITLE
        and not title[0].islower()
        and not title.endswith((".", ":", ";", ","))
    )


def _block(headers: dict[int, Header], lines: Sequence[Line], start: int, end: int) -> tuple[Block, list[Line]]:
    title, rest = lines[start + 1], start + 2
    text = title.text
    if rest < end and not reads_as_title_line(text) and is_author_list(lines[rest].text):
        text = f"{text}\t{lines[rest].text}"
        rest += 1
    kept: list[Line] = []
    quoted: list[int] = []
    strays: list[Line] = []
    for index in range(rest, end):
        line = lines[index]
        following = lines[index + 1].text if index + 1 < end else ""
        if index in headers:
            belongs = bool(kept) and (bool(following) or not _FINISHED.search(kept[-1].text))
            quoted += [line.number] if belongs else []
        else:
            belongs = not kept or _continues(kept[-1], line)
        (kept if belongs else strays).append(line)
    block = Block(
        headers[start],
        lines[start].number,
        text,
        title.number,
        " ".join(line.text for line in kept),
        kept[0].number if kept else 0,
        tuple(quoted),
    )
    return block, strays


def _continues(before: Line, line: Line) -> bool:
    """Whether ``line`` goes on with the abstract that ``before`` is the last line of."""
    if not _FINISHED.search(before.text):
        return True
    words = line.text.split()
    is_prose = any(word in _SMALL_WORDS for word in words) and not line.text.isupper()
    ends = bool(_FINISHED.search(line.text))
    if line.after_blank:
        return is_prose and len(words) >= 8 and ends
    return (is_prose and len(words) >= 5) or (ends and len(words) >= 3) or line.text[0].islower()
