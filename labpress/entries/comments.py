"""Comments of a person among the lines of a key: they stay when the key's value is replaced or taken out."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from operator import itemgetter
from typing import NamedTuple

from labpress.entries.yaml_nodes import MappingNode, Node, ScalarNode, SequenceNode


class Line(NamedTuple):
    """One line of a key: what YAML reads, and the comment behind it with the white space before."""

    code: str
    comment: str

    @property
    def comment_alone(self) -> str:
        """The comment on a line of its own, as deep as the line was."""
        depth = len(self.code) - len(self.code.lstrip())
        return self.code[:depth] + self.comment.lstrip() if self.code.strip() else self.comment


def lines_of(text: str, start: int, end: int, nodes: Iterable[Node], offset: int) -> list[Line]:
    """The lines of ``text[start:end]``, which hold keys and their values ``nodes``; marks count from ``offset``."""
    values = [_range(text, scalar, offset) for node in nodes for scalar in _scalars(node)]
    lines = []
    for raw in text[start:end].split("\n"):
        line = raw.removesuffix("\r")
        cut = _comment_start(line, start, values)
        lines.append(Line(line[:cut], line[cut:]))
        start += len(raw) + 1
    return lines


def replaced(old: Sequence[Line], new: Sequence[str]) -> list[str]:
    """The lines ``new`` with the comments of ``old``: beside the line that is still there, or where it was."""
    lines: list[str] = []
    matcher = SequenceMatcher(None, [line.code.rstrip() or None for line in old], new, autojunk=False)
    for _tag, start, end, new_start, new_end in matcher.get_opcodes():
        lines += _in_place(old[start:end], new[new_start:new_end], is_first=new_start == 0)
    return lines


def _in_place(old: Sequence[Line], new: Sequence[str], *, is_first: bool) -> Iterator[str]:
    """``new`` with the comments of ``old``: line by line where there are as many of both, else before them."""
    if len(new) == sum(bool(line.code.strip()) for line in old):
        left = iter(new)
        for line in old:
            yield next(left) + line.comment if line.code.strip() else line.comment
    else:
        for line in old:
            if line.comment:
                yield line.comment.lstrip() if is_first else line.comment_alone
        yield from new


def _scalars(node: Node) -> Iterator[ScalarNode]:
    match node:
        case ScalarNode():
            yield node
        case SequenceNode():
            for item in node.value:
                yield from _scalars(item)
        case MappingNode():
            for pair in node.value:
                for item in pair:
                    yield from _scalars(item)


def _range(text: str, scalar: ScalarNode, offset: int) -> tuple[int, int]:
    """Where the text of ``scalar`` stands: a # in it begins no comment, but one behind the ">-" of a block does."""
    start, end = offset + scalar.start_mark.index, offset + scalar.end_mark.index
    return text.find("\n", start) if scalar.style in ("|", ">") else start, end


def _comment_start(line: str, start: int, values: Sequence[tuple[int, int]]) -> int:
    """Where the comment of ``line`` begins, the white space before it included; its length if there is none."""
    at = line.find("#")
    while at >= 0:
        is_apart = at == 0 or line[at - 1] in " \t"
        before = bisect_right(values, start + at, key=itemgetter(0))
        is_text = before > 0 and start + at < values[before - 1][1]
        if is_apart and not is_text:
            return len(line[:at].rstrip())
        at = line.find("#", at + 1)
    return len(line)
