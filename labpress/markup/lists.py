"""Lists as people write them: nested by two or three spaces, and right below the line that announces them.

Python-Markdown wants four spaces and an empty line. Their lines are given both, and nothing else is touched.
"""

from __future__ import annotations

import re
from itertools import pairwise

from labpress.core.patterns import when_needed

_ITEM = when_needed(r"( *)(?:([-+*])|(\d{1,9})\.) +(?![-*_|: ]*$)")
_FENCE = when_needed(r" *(?:`{3}|~{3})")
_STEP = 4
"""Spaces of a level, for Python-Markdown."""
_DEEPEST = 20


def with_full_steps(lines: list[str]) -> list[str]:
    """``lines`` as Python-Markdown takes them: list items and their paragraphs indented by four for each level."""
    out: list[str] = []
    levels: list[int] = []
    """Where the text of the open item of each level begins: what is nested in it stands there, or further right."""
    previous = ""
    in_fence = False
    in_paragraph = False
    """Of an item, or of the text around the list: what an item stands right below."""
    for line, following in pairwise([*lines, ""]):
        indent = len(line) - len(line.lstrip(" "))
        in_list = bool(levels)
        is_fence = _FENCE.match(line) is not None
        in_fence ^= is_fence
        is_code = in_fence or (indent > levels[-1] + _STEP if levels else indent >= _STEP)
        item = None if is_code else _ITEM.match(line)
        missing = 0
        if line and (item or not (previous or in_fence)):
            while levels and indent < levels[-1]:
                levels.pop()
            missing = _STEP * len(levels) - indent if in_list else 0
        if line and not previous:
            in_paragraph = not item
        if item and in_paragraph:
            if in_list or _begins_list(previous, item, following):
                out.append("")
                in_paragraph = False
            else:
                item = None
        if item and len(levels) < _DEEPEST:
            levels.append(indent + (2 if item[2] else 3))
        out.append(" " * missing + line)
        previous = line
    return out


def _begins_list(above: str, item: re.Match[str], following: str) -> bool:
    """Whether a list begins with ``item`` below a line of text, which it does not where lines are merely wrapped.

    What is above announces a list by its colon, or a second item follows. A number is the first; a plus adds something.
    """
    if not (item[2] in ("-", "*") or item[3] == "1"):
        return False
    second = _ITEM.match(following)
    return above.rstrip().endswith(":") or (second is not None and second.group(2, 3) == (item[2], item[3] and "2"))
