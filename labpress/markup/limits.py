"""What a Markdown text may cost: reasons to show it as it is written instead of reading it.

Python-Markdown and the parsers under it take quadratic time, or recurse, for a few inputs that nobody writes. Each
check below costs one pass; the limits are far above anything seen in the wild and bound a text to about a second.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from labpress.core.patterns import when_needed

MAX_LENGTH = 400_000
"""Characters of one text: a book of 150 pages."""
_BRACKET_WORK = 3_000_000
_TAG_WORK = 10_000_000
_FENCE_WORK = 20_000_000
_RULE_WORK = 50_000_000
_INLINE_WORK = 500_000_000
_MAX_BLOCKS = 5_000
_MAX_NOTES = 300
_MAX_ROWS = 5_000
_MAX_FORMULAS = 6_000
_MAX_FENCES = 1_000
_MAX_DEFINITIONS = 100
_MAX_NESTED_TAGS = 1_000

_BLANK_LINE = when_needed(r"\n[ \t]*\n")
_TEXT_START = when_needed(r"\n(?=[ \t]*(?:\n|[-+*|>]|\d{1,9}\.))")
_BRACKET = when_needed(r"[\[\]()]")
_CLOSED_BY = {"[": "]", "(": ")"}
_TAG_START = when_needed(r"<[A-Za-z/!?]")
_RULE_LINE = when_needed(r"^ {0,3}(?:#|[-*_=][-*_= ]*$)", re.MULTILINE)
_FENCE_LINE = when_needed(r"^ {0,3}(`{3,}+|~{3,}+)([^\n]*)", re.MULTILINE)
_NOTE_LINE = when_needed(r"^ {0,3}\[\^[^\]\n]*\]:", re.MULTILINE)
_DEFINITION_LINE = when_needed(r"^ {0,3}: ", re.MULTILINE)
_NESTED_LINE = when_needed(r"^(?: {100}[ ]*+|[ ]*+(?:(?:[-+*]|\d{1,9}\.)[ ]++|>[ ]*+){20})(?:[-+*>]|\d)", re.MULTILINE)
_HTML_TAG = when_needed(r"<(/?)([A-Za-z][A-Za-z0-9]*)")
_VOID = frozenset("area base br col embed hr img input link meta source track wbr mspace mprescripts".split())


def excess_of_markdown(source: str) -> str:
    """Why ``source`` is not read as Markdown; empty when it is."""
    if len(source) > MAX_LENGTH:
        return f"the text has {len(source):,} characters, more than {MAX_LENGTH:,}"
    return next((reason for reason, is_so in _EXCESSES.items() if is_so(source)), "")


def excess_of_html(html: str) -> str:
    """Why ``html`` is not given to the cleaner; empty when it is."""
    if html.count("<") <= _MAX_NESTED_TAGS:
        return ""
    depth = 0
    for closing, name in _HTML_TAG.findall(html):
        if name.lower() not in _VOID:
            depth += -1 if closing else 1
        if depth > _MAX_NESTED_TAGS:
            return f"more than {_MAX_NESTED_TAGS:,} HTML elements are inside each other"
    return ""


def _count(pattern: re.Pattern[str], text: str) -> int:
    return sum(1 for _ in pattern.finditer(text))


def _tag_work(source: str) -> int:
    """Characters that are passed while the end of each tag is looked for."""
    work = 0
    end = -1
    for match in _TAG_START.finditer(source):
        if end < match.start():
            end = source.find(">", match.start())
            end = len(source) if end < 0 else end
        work += (end - match.start()) * (10 if match[0] in ("<!", "<?") else 1)
    return work


def _fence_work(source: str) -> int:
    """Characters that are passed while the end of each fence is looked for that has none."""
    work = 0
    ends: set[str] = set()
    for match in reversed([*_FENCE_LINE.finditer(source)]):
        fence, rest = match.groups()
        if fence not in ends:
            work += len(source) - match.start()
        if not rest.strip(" "):
            ends.add(fence)
    return work


def _bracket_work(block: str) -> int:
    """Characters that are passed while the ends of brackets, and of addresses behind them, are looked for."""
    if "[" not in block:
        return 0
    work = 0
    opened: dict[str, list[int]] = {"]": [], ")": []}
    for match in _BRACKET.finditer(block):
        if match[0] in _CLOSED_BY:
            opened[_CLOSED_BY[match[0]]].append(match.start())
        elif opened[match[0]]:
            work += match.start() - opened[match[0]].pop()
    return work + sum(len(block) - at for at in opened["]"] + opened[")"])


def _inline_work(block: str) -> int:
    """Characters that are copied, once for each mark; for backticks they are looked at one by one."""
    return (sum(map(block.count, "*_\\&<![:")) + 200 * block.count("`")) * len(block)


def _rule_work(block: str) -> int:
    """Characters that are looked at again after each heading or rule."""
    return _count(_RULE_LINE, block) * len(block)


def _in_blocks(work: Callable[[str], int], source: str) -> int:
    return sum(map(work, _BLANK_LINE.split(source)))


def _in_lines_of_text(work: Callable[[str], int], source: str) -> int:
    """``work`` for each piece of text that is read by itself: a paragraph, an item, a row."""
    return sum(map(work, _TEXT_START.split(source)))


_EXCESSES: dict[str, Callable[[str], bool]] = {
    'too many "<" have no ">"': lambda source: _tag_work(source) > _TAG_WORK,
    f"there are more than {_MAX_BLOCKS:,} paragraphs": lambda source: _count(_BLANK_LINE, source) > _MAX_BLOCKS,
    f"there are more than {_MAX_FORMULAS:,} formulas": lambda source: source.count("$") > 2 * _MAX_FORMULAS,
    f"there are more than {_MAX_NOTES:,} footnotes": lambda source: _count(_NOTE_LINE, source) > _MAX_NOTES,
    "too many code fences have no end": lambda source: _fence_work(source) > _FENCE_WORK,
    f"there are more than {_MAX_FENCES:,} lines of code fences": lambda source: (
        _count(_FENCE_LINE, source) > _MAX_FENCES
    ),
    f"a table has more than {_MAX_ROWS:,} rows": lambda source: any(
        "|" in block and block.count("\n") > _MAX_ROWS for block in _BLANK_LINE.split(source)
    ),
    "lists or quotations are nested more than 20 deep": lambda source: _NESTED_LINE.search(source) is not None,
    "too many brackets are unclosed or inside each other": lambda source: (
        _in_lines_of_text(_bracket_work, source) > _BRACKET_WORK
    ),
    "too many marks stand in one paragraph": lambda source: _in_lines_of_text(_inline_work, source) > _INLINE_WORK,
    "too many headings and rules follow each other without an empty line between them": lambda source: (
        _in_blocks(_rule_work, source) > _RULE_WORK
    ),
    f"more than {_MAX_DEFINITIONS} definitions follow each other without an empty line between them": lambda source: (
        any(_count(_DEFINITION_LINE, block) > _MAX_DEFINITIONS for block in _BLANK_LINE.split(source))
    ),
}
"""What is too much -> whether it is so."""
