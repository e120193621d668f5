"""Edits to the text of an entry that leave every byte outside the edited key as it was."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from labpress.core.diagnostics import SourceText
from labpress.core.patterns import when_needed
from labpress.core.text import composed
from labpress.entries.comments import lines_of, replaced
from labpress.entries.fields import ENTRY_FIELDS
from labpress.entries.frontmatter import Parts, split
from labpress.entries.writing import Value, write_value
from labpress.entries.yaml_nodes import MappingNode, Node, ScalarNode, SequenceNode, YamlText, compose


class KeySpan(NamedTuple):
    """Where one key of the front matter stands in the file's text."""

    node: Node
    key_start: int
    value_start: int
    value_end: int
    line: int


class EntryText(NamedTuple):
    """The text of an entry with the place of each key. A changed text is a new ``EntryText``."""

    text: str
    parts: Parts
    keys: dict[str, KeySpan]
    """By the field's name, also where the file has its singular."""

    @property
    def body(self) -> str:
        return self.text[self.parts.body_start :]


_COMMENT = when_needed(r"([ \t]*)#.*\n")
_BLANKS = when_needed(r"[ \t\r\n\x85\u2028\u2029]+")
"""What a break of lines in YAML may stand for; a space that no line is broken at is a word of the person's."""

_SINGULARS: dict[str, str] = {field.singular: name for name, field in ENTRY_FIELDS.items() if field.singular}


def entry_text(text: str) -> EntryText | None:
    """Take a text apart; None when it has no front matter that can be edited key by key, or one key twice."""
    parts = split(text)
    if isinstance(parts, str):
        return None
    front = text[parts.meta_start : parts.meta_end]
    root, faults = compose(front, YamlText(SourceText("", text), first_line=2))
    if faults or (root is not None and (not isinstance(root, MappingNode) or root.flow_style)):
        return None
    keys: dict[str, KeySpan] = {}
    for key, value in root.value if root else ():
        name = _SINGULARS.get(key.value, key.value) if isinstance(key, ScalarNode) else ""
        if name in keys:
            return None  # Which of the two is meant is for a person to say.
        if name:
            start, end = parts.meta_start + value.start_mark.index, parts.meta_start + _last(value).end_mark.index
            end = start + len(text[start:end].rstrip())
            keys[name] = KeySpan(value, parts.meta_start + key.start_mark.index, start, end, key.start_mark.line + 2)
    return EntryText(text, parts, keys)


def _last(node: Node) -> Node:
    """The node whose end is the end of ``node``'s text; a block collection's own mark lies behind what follows it."""
    while isinstance(node, SequenceNode | MappingNode) and node.value and not node.flow_style:
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    return node


def with_value(entry: EntryText, key: str, value: Value) -> EntryText | None:
    """The text with ``key`` set to ``value``, in its place, or where labpress writes it when it is new."""
    ending = "\r\n" if "\r\n" in entry.text else "\n"
    column = next((span.key_start - _line_start(entry, span) for span in entry.keys.values()), 0)
    written = write_value(key, value, column).rstrip("\n").replace("\n", ending)
    old = entry.keys.get(key)
    if old is None:
        at = _place_for(entry, key)
        return entry_text(f"{entry.text[:at]}{written}{ending}{entry.text[at:]}")
    written = written[column:]
    inline = written.removeprefix(f"{key}: ")
    before = entry.text[old.value_start : old.value_end]
    if isinstance(old.node, ScalarNode) and "\n" not in written and before and "\n" not in before:
        return entry_text(entry.text[: old.value_start] + inline + entry.text[old.value_end :])
    return _with_lines(entry, old, written.splitlines())


def with_key_of(entry: EntryText, key: str, other: EntryText) -> EntryText | None:
    """The text with ``key``, which it has not, as it stands in ``other``: line by line, comments and all.

    None where its lines would not mean here what they mean there.
    """
    span = other.keys[key]
    start, end = _line_start(other, span), other.text.index("\n", span.value_end)
    ending = "\r\n" if "\r\n" in entry.text else "\n"
    lines = "".join(line.removesuffix("\r") + ending for line in other.text[start:end].split("\n"))
    at = _place_for(entry, key)
    changed = entry_text(entry.text[:at] + lines + entry.text[at:])
    if changed is None or changed.body != entry.body:
        return None
    wanted = {name: exact(one.node) for name, one in (*entry.keys.items(), (key, span))}
    return changed if {name: exact(one.node) for name, one in changed.keys.items()} == wanted else None


def without_key(entry: EntryText, key: str) -> EntryText | None:
    """The text without the lines of ``key``, but for the comments in them."""
    return _with_lines(entry, entry.keys[key], [])


def _with_lines(entry: EntryText, old: KeySpan, new: list[str]) -> EntryText | None:
    """The text with the lines ``new`` in the place of those of a key, whose comments stay."""
    text = entry.text
    ending = "\r\n" if "\r\n" in text else "\n"
    end = text.index("\n", old.value_end)
    lines = replaced(lines_of(text, old.key_start, end, [old.node], entry.parts.meta_start), new)
    return entry_text(text[: old.key_start] + "".join(line + ending for line in lines) + text[end + 1 :])


def comments_of(entry: EntryText) -> dict[str, int]:
    """The comments of the front matter, and the line of each."""
    start, end = entry.parts.meta_start, entry.parts.meta_end
    lines = lines_of(entry.text, start, end, [span.node for span in entry.keys.values()], start)
    return {line.comment.strip(): number for number, line in enumerate(lines, start=2) if line.comment.strip()}


def with_body(entry: EntryText, body: str) -> EntryText | None:
    """The text with another body; the empty lines around the old one stay, and so do the ends of lines that stay."""
    old = entry.body
    stripped = old.strip("\r\n")
    ending = "\r\n" if "\r\n" in (stripped if "\n" in stripped else entry.text) else "\n"
    new = body.strip("\n").replace("\n", ending)
    if not stripped:
        return entry_text(f"{entry.text[: entry.parts.body_start]}{ending}{new}{ending}")
    start = entry.parts.body_start + old.index(stripped)
    was, now = ((text + ending).splitlines(keepends=True) for text in (stripped, new))
    same_before = _same_lines(was, now)
    most = min(len(was), len(now)) - same_before
    same_after = min(most, _same_lines(was[::-1], now[::-1]))
    kept = was[len(was) - same_after :]
    lines = "".join((*was[:same_before], *now[same_before : len(now) - same_after], *kept)).removesuffix(ending)
    return entry_text(entry.text[:start] + lines + entry.text[start + len(stripped) :])


def _same_lines(some: Sequence[str], others: Sequence[str]) -> int:
    """How many lines at the beginning of both say the same, however they end."""
    pairs = zip(some, others, strict=False)
    return next(
        (at for at, (one, other) in enumerate(pairs) if one.rstrip("\r\n") != other.rstrip("\r\n")),
        min(len(some), len(others)),
    )


def _line_start(entry: EntryText, span: KeySpan) -> int:
    return entry.text.rfind("\n", 0, span.key_start) + 1


def _place_for(entry: EntryText, key: str) -> int:
    """Offset of the line where a new key belongs: behind the key that labpress writes before it.

    Comments below that one that are indented deeper than it belong to it.
    """
    order = list(ENTRY_FIELDS)
    before = order[: order.index(key)] if key in order else order
    nearest = next((name for name in reversed(before) if name in entry.keys), None)
    if nearest is None:
        return entry.parts.meta_start
    span = entry.keys[nearest]
    at = entry.text.find("\n", span.value_end) + 1
    column = span.key_start - _line_start(entry, span)
    while comment := _COMMENT.match(entry.text, at):
        if len(comment[1]) <= column:
            break
        at = comment.end()
    return at


def plain(value: object) -> object:
    """A value of the front matter as its text reads, so that values of sources and of files can be compared."""
    match value:
        case SequenceNode() | MappingNode() | ScalarNode():
            return _plain_node(value)
        case bool():
            return "true" if value else "false"
        case int() | float():
            return f"{value:g}" if abs(value) < 1e5 else repr(value)
        case list() | tuple():
            return [plain(item) for item in value]
        case dict():
            return {key: plain(item) for key, item in value.items()}
    return on_one_line(str(value))


def exact(node: Node) -> object:
    """A value of the front matter with its lines and blanks, so that values of two files can be compared."""
    if isinstance(node, SequenceNode):
        return [exact(item) for item in node.value]
    if isinstance(node, MappingNode):
        return {key.value: exact(item) for key, item in node.value if isinstance(key, ScalarNode)}
    return node.value.strip()


def _plain_node(node: Node) -> object:
    if isinstance(node, SequenceNode):
        return [_plain_node(item) for item in node.value]
    if isinstance(node, MappingNode):
        return {key.value: _plain_node(item) for key, item in node.value if isinstance(key, ScalarNode)}
    return on_one_line(node.value)


def on_one_line(text: str) -> str:
    """``text`` wherever its lines are broken, with accents in one form."""
    if text.isascii():
        return " ".join(text.split())
    return composed(" ".join(filter(None, _BLANKS.split(text))))
