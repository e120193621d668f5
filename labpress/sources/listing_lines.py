"""Which lines of a pasted listing belong to which record, and which to none.

A record is a header, a line with title and authors, and an abstract of any number of lines. A line that looks like a
header starts a record only if a title follows; an abstract may quote one. A line that is no header that we know, or
none at all, starts one only behind the end of a record and before a title that is beyond doubt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple

from msgspec import Struct

from labpress.core.patterns import when_needed
from labpress.core.text import trimmed
from labpress.sources.listing_header import NO_HEADER, Header, parse_header, rough_header
from labpress.sources.title_authors import TitleLine, is_author_list, split_title_line

_LONGEST_TITLE = 300
"""Characters of a title line in which no names were found: a longer one is prose."""

_SOFT_BREAK = when_needed("[\u2028\u2029]")
_PLAIN_SPACES = dict.fromkeys([0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000], " ")
"""What a page sets between words for its looks is a space like others once it is pasted."""

_FINISHED = when_needed(r"""[.!?…。！？।][\s"'”’»)\]}$*]*\Z|https?://\S*[^\s-]\Z""")
_END = 200
"""Characters at the end of a line that say whether it ends a sentence."""

_PAGE_FURNITURE = when_needed(
    r"(?:load|show|see|view|read)\s+(?:more|all|less)\b.{0,30}|(?:sponsored|advertisement|promoted)\b.{0,80}"
    r"|(?:next|prev(?:ious)?)(?: page)?|page \d+(?: (?:of|/) \d+)?|back to top|log ?in|sign ?(?:in|up)"
    r"|(?:bookmark|save|share|cite|copy link|subscribe|follow)(?: this)?(?: paper)?|©.{0,80}|#+ .{0,60}|<[^<>]{0,80}>",
    re.IGNORECASE,
)
_ADDRESS = when_needed(r"(?:(?:doi|arxiv)\s?:\s?|https?://|10\.\d{4,9}/)\S+", re.IGNORECASE)
"""A line that is an identifier, which is no title whatever stands around it."""
_SENTENCE_WORDS = frozenset(
    "a all also an and are as at be been between both but by can each for from has have how however in into is it its"
    " may more most not of on or our over such than that the their these they this to under using was we were when"
    " where which while with".split()
)
_BROKEN = when_needed(r"[^\W_]-\n(?!(?:and|or|und|oder|et|ou)\b)[^\W_]")
"""Between two lines: "two-" and "week", but not "pre-" and "and post-training"."""

_WHOLE = 300
"""Characters that an abstract on one line has at least."""

_LONGEST_HEADER = 60
"""Characters of a line that is taken for a header although it is none that we know."""

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
    """Its lines joined by single spaces; a compound that was broken behind its hyphen is whole."""
    abstract_line: int = 0
    quoted: tuple[int, ...] = ()
    """Lines of the abstract that look like a header."""


class _Title(NamedTuple):
    """Title and authors, on one line or on two."""

    text: str
    line: int
    authors_line: int
    reading: TitleLine
    size: int = 1
    """How many lines it has."""


class _Start(Struct, frozen=True):
    """Where a record starts."""

    index: int
    header: Header
    title: _Title

    @property
    def has_header(self) -> bool:
        return self.header is not NO_HEADER

    @property
    def end(self) -> int:
        """The index of the first line of the abstract."""
        return self.index + self.has_header + self.title.size


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
    starts = list(_starts(lines))
    strays += lines[: starts[0].index if starts else len(lines)]
    blocks = []
    for start, end in zip_longest(starts, [following.index for following in starts[1:]]):
        block, left_over = _block(lines, start, end or len(lines))
        blocks.append(block)
        strays += left_over
    return Sorted(blocks, sorted(strays))


def has_record(text: str) -> bool:
    """Whether a record starts anywhere in ``text``."""
    lines = list(_lines(text))
    return any(
        parse_header(line.text) and (title := _title_at(lines, index)) and title.reading.has_names
        for index, line in enumerate(lines, 1)
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


def _starts(lines: Sequence[Line]) -> Iterator[_Start]:
    """Where the records start, in order."""
    index = 0
    is_behind_a_title = True
    while index < len(lines):
        line = lines[index]
        is_behind_a_record = is_behind_a_title or line.after_blank or _is_finished(lines[index - 1].text)
        if header := parse_header(line.text):
            start = _start_at(index, header, lines, is_behind_a_record=is_behind_a_record)
        elif is_behind_a_record:
            start = _rough_start_at(index, lines, may_lack_header=index == 0 or not is_behind_a_title)
        else:
            start = None
        if start:
            yield start
        is_behind_a_title = bool(start)
        index = start.end if start else index + 1


def _start_at(index: int, header: Header, lines: Sequence[Line], *, is_behind_a_record: bool) -> _Start | None:
    """The record that the header-like line ``index`` starts, or None: an abstract may quote one."""
    title = _title_at(lines, index + 1)
    if not title:
        return None
    text, reading = lines[index + 1].text, title.reading
    start = _Start(index, header, title)
    if reading.has_names and (is_behind_a_record or reading.is_sure or not text[0].islower()):
        return start
    # The authors may be missing or unreadable, but then nothing else may speak for prose.
    following = lines[index + 2].text if index + 2 < len(lines) else ""
    before_an_abstract = not following[:1].islower() or bool(parse_header(following))
    is_title = len(text) <= _LONGEST_TITLE and not (text[0].islower() or _is_finished(text))
    stands_apart = is_behind_a_record or bool(reading.best.authors)
    return start if header.is_typical and stands_apart and before_an_abstract and is_title else None


def _rough_start_at(index: int, lines: Sequence[Line], *, may_lack_header: bool) -> _Start | None:
    """The record whose header is a line ``index`` that we do not know, or is missing above that line; or None."""
    text = lines[index].text
    if len(text) <= _LONGEST_HEADER and not _is_finished(text) and (title := _sure_title_at(lines, index + 1)):
        return _Start(index, rough_header(text), title)
    title = _sure_title_at(lines, index) if may_lack_header else None
    return _Start(index, NO_HEADER, title) if title else None


def _sure_title_at(lines: Sequence[Line], index: int) -> _Title | None:
    """The title at ``index`` that is one beyond doubt, whatever stands above it."""
    title = _title_at(lines, index) if index < len(lines) and len(lines[index].text) <= _LONGEST_TITLE else None
    return title if title and title.reading.is_sure and title.reading.best.authors else None


def _title_at(lines: Sequence[Line], index: int) -> _Title | None:
    """The title that stands at ``index``, with authors behind it or on the line below; None: a header, or the end."""
    if index >= len(lines) or parse_header(lines[index].text) or _ADDRESS.fullmatch(lines[index].text):
        return None
    title = lines[index]
    reading = split_title_line(title.text)
    authors = lines[index + 1] if index + 1 < len(lines) else None
    if (
        authors
        and not (reading.is_settled and reading.best.authors)
        and not parse_header(authors.text)
        and is_author_list(authors.text)
    ):
        text = "\t".join(line.text.replace("\t", " ") for line in (title, authors))
        return _Title(text, title.number, authors.number, split_title_line(text), size=2)
    return _Title(title.text, title.number, title.number, reading)


def _block(lines: Sequence[Line], start: _Start, end: int) -> tuple[Block, list[Line]]:
    """The record that starts at ``start`` and goes on before ``end``, and the lines there that are not its own."""
    title, rest = start.title, lines[start.end : end]
    abstract: list[Line] = []
    quoted: list[int] = []
    strays: list[Line] = []
    for line, following in zip_longest(rest, rest[1:]):
        is_quoted = _is_quoted_header(abstract, line, following)
        quoted += [line.number] if is_quoted else []
        (abstract if is_quoted or _belongs(abstract, line, following) else strays).append(line)
    block = Block(
        start.header,
        lines[start.index].number,
        title.text,
        title.line,
        title.authors_line,
        title.reading,
        _joined(abstract),
        abstract[0].number if abstract else 0,
        tuple(quoted),
    )
    return block, strays


def _joined(lines: Sequence[Line]) -> str:
    text = ""
    for line in lines:
        text += line.text if not text or _BROKEN.search(f"{text[-2:]}\n{line.text[:5]}") else f" {line.text}"
    return text


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
        return _is_wrapped(abstract, line, following) or _runs_on(line, following)
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


def _is_wrapped(abstract: Sequence[Line], line: Line, following: Line | None) -> bool:
    """Whether ``line`` ends where it does because the next word had no room, in a text of the width of ``abstract``."""
    if len(abstract) < 2 or not following or line.after_blank or following.after_blank or parse_header(following.text):
        return False
    next_word = following.text.split(maxsplit=1)[0]
    return len(line.text) + 1 + len(next_word) > max(len(one.text) for one in abstract)


def _is_prose(text: str) -> bool:
    """Whether ``text`` has the small words of sentences: two, and one word in six or more."""
    words = text.lower().split()
    return len(words) > 4 and sum(word in _SENTENCE_WORDS for word in words) * 6 >= max(len(words), 12)


def _is_finished(text: str) -> bool:
    """Whether ``text`` ends in the end of a sentence."""
    return bool(_FINISHED.search(text[-_END:]))
