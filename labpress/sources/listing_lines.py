"""Which lines of a pasted listing belong to which record, and which to none.

A record is a header, a line with title and authors, and an abstract of any number of lines. A line that looks like a
header starts a record only if a title follows; an abstract may quote one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise, zip_longest
from typing import NamedTuple

from msgspec import Struct

from labpress.core.text import trimmed
from labpress.sources.listing_header import Header, parse_header
from labpress.sources.title_authors import TitleLine, is_author_list, split_title_line

_LONGEST_TITLE = 300
"""Characters of a title line in which no names were found: a longer one is prose."""

_SOFT_BREAK = re.compile("[\u2028\u2029]")
_PLAIN_SPACES = dict.fromkeys([0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000], " ")
"""What a page sets between words for its looks is a space like others once it is pasted."""

_FINISHED = re.compile(r"""[.!?…。！？।][\s"'”’»)\]}$*]*\Z|https?://\S+\Z""")
_END = 200
"""Characters at the end of a line that say whether it ends a sentence."""

_PAGE_FURNITURE = re.compile(
    r"(?:load|show|see|view|read)\s+(?:more|all|less)\b.{0,30}|(?:sponsored|advertisement|promoted)\b.{0,80}"
    r"|(?:next|prev(?:ious)?)(?: page)?|page \d+(?: (?:of|/) \d+)?|back to top|log ?in|sign ?(?:in|up)"
    r"|(?:bookmark|save|share|cite|copy link|subscribe|follow)(?: this)?(?: paper)?|©.{0,80}|#+ .{0,60}|<[^<>]{0,80}>",
    re.IGNORECASE,
)
_SENTENCE_WORDS = frozenset(
    "a all also an and are as at be been between both but by can each for from has have how however in into is it its"
    " may more most not of on or our over such than that the their these they this to under using was we were when"
    " where which while with".split()
)
_WHOLE = 300
"""Characters that an abstract on one line has at least."""

_ASIDE = 100
"""Characters that a line of the page around the records has at most."""


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
    authors_line: int
    reading: TitleLine
    """What the title line says by itself."""
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
    lines: list[Line] = []
    strays: list[Line] = []
    for line in _lines(text):
        (strays if _is_furniture(line.text) else lines).append(line)
    headers = {index: header for index, line in enumerate(lines) if (header := parse_header(line.text))}
    titles = {index: reading for index in headers if (reading := _title_after(index, lines, headers))}
    starts = list(titles)
    strays += lines[: starts[0] if starts else len(lines)]
    blocks = []
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=False):
        block, left_over = _block(lines[start:end], headers[start], titles[start])
        blocks.append(block)
        strays += left_over
    return Sorted(blocks, sorted(strays))


def has_record(text: str) -> bool:
    """Whether a record starts anywhere in ``text``."""
    lines = list(_lines(text))
    return any(
        parse_header(line.text) and split_title_line(following.text).has_names for line, following in pairwise(lines)
    )


def _lines(text: str) -> Iterator[Line]:
    after_blank = True
    for number, raw in enumerate(text.split("\n"), 1):
        for piece in (raw,) if raw.isascii() else _SOFT_BREAK.split(raw.translate(_PLAIN_SPACES)):
            line = trimmed(piece)
            if line:
                yield Line(number, line, after_blank)
            after_blank = not line


def _is_furniture(text: str) -> bool:
    """Whether a line is a rule, or a control of the page that the listing was copied from."""
    return len(text) < 100 and (not any(map(str.isalnum, text)) or bool(_PAGE_FURNITURE.fullmatch(text)))


def _title_after(index: int, lines: Sequence[Line], headers: Mapping[int, Header]) -> TitleLine | None:
    """The title line that makes the header-like line ``index`` a header, or None: an abstract may quote one."""
    if index + 1 >= len(lines) or index + 1 in headers:
        return None
    text = lines[index + 1].text
    reading = split_title_line(text)
    after_a_record = index == 0 or lines[index].after_blank or _is_finished(lines[index - 1].text)
    if reading.has_names and (after_a_record or reading.is_sure or not text[0].islower()):
        return reading
    # The authors may be missing or unreadable, but then nothing else may speak for prose.
    before_an_abstract = index + 2 >= len(lines) or index + 2 in headers or not lines[index + 2].text[0].islower()
    is_title = len(text) <= _LONGEST_TITLE and not (text[0].islower() or _is_finished(text))
    stands_apart = after_a_record or bool(reading.best.authors)
    return reading if headers[index].is_typical and stands_apart and before_an_abstract and is_title else None


def _block(lines: Sequence[Line], header: Header, reading: TitleLine) -> tuple[Block, list[Line]]:
    """A record of ``lines``, and those of them that are not its own."""
    title, rest = lines[1], lines[2:]
    text, authors_line = title.text, title.number
    if rest and not reading.has_names and is_author_list(rest[0].text):
        text = f"{text}\t{rest[0].text}"
        authors_line = rest[0].number
        reading, rest = split_title_line(text), rest[1:]
    abstract: list[Line] = []
    quoted: list[int] = []
    strays: list[Line] = []
    for line, following in zip_longest(rest, rest[1:]):
        is_quoted = _is_quoted_header(abstract, line, following)
        quoted += [line.number] if is_quoted else []
        (abstract if is_quoted or _belongs(abstract, line, following) else strays).append(line)
    block = Block(
        header,
        lines[0].number,
        text,
        title.number,
        authors_line,
        reading,
        " ".join(line.text for line in abstract),
        abstract[0].number if abstract else 0,
        tuple(quoted),
    )
    return block, strays


def _is_quoted_header(abstract: Sequence[Line], line: Line, following: Line | None) -> bool:
    """Whether a line that looks like a header, but starts no record, stands inside an abstract."""
    header = parse_header(line.text)
    if not abstract or not header or not header.is_typical:
        return False
    return not _is_finished(abstract[-1].text) or (following is not None and not parse_header(following.text))


def _belongs(abstract: Sequence[Line], line: Line, following: Line | None) -> bool:
    """Whether ``line`` goes on with ``abstract``, the lines so far."""
    text = line.text
    if abstract and not _is_finished(abstract[-1].text):
        return True
    if " " not in text:
        return not abstract and _is_finished(text) and "://" not in text
    if not abstract:
        return not parse_header(text)
    if not _is_finished(text):
        return _runs_on(line, following)
    if text[0].islower() or len(text) >= _ASIDE or "://" in text:
        return True
    # A short sentence of its own is none of an abstract that was whole before it, unless it is evidently prose.
    is_whole = len(abstract) == 1 and len(abstract[0].text) >= _WHOLE
    return not line.after_blank and (not is_whole or _is_prose(text))


def _runs_on(line: Line, following: Line | None) -> bool:
    """Whether the unfinished ``line`` goes on in the next one, which may look like a header."""
    if not following:
        return False
    if parse_header(following.text):
        return _is_prose(line.text)
    return following.text[0].islower() or (_is_prose(following.text) and not following.after_blank)


def _is_prose(text: str) -> bool:
    """Whether ``text`` has the small words of sentences: two, and one word in six or more."""
    words = text.lower().split()
    return len(words) > 4 and sum(word in _SENTENCE_WORDS for word in words) * 6 >= max(len(words), 12)


def _is_finished(text: str) -> bool:
    """Whether ``text`` ends in the end of a sentence."""
    return bool(_FINISHED.search(text[-_END:]))
