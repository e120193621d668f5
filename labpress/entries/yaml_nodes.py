"""YAML as nodes with positions: every value keeps its line and column, and no value is guessed a type.

PyYAML's loaders turn ``no`` into False, ``2301.00010`` into a number that has lost a digit and ``12:30`` into 750,
and keep the last of two equal keys in silence. Composing stops before all that: the field that wants the value reads
its text.
"""

from __future__ import annotations

import re
from typing import Any

from msgspec.structs import replace

from labpress.core.diagnostics import Diagnostic, Note, Parsed, SourceText, Span, quoted
from labpress.core.patterns import patterns_put_off, when_needed
from labpress.entries.conflict_markers import conflict_markers

with patterns_put_off():  # Its C parser needs none of them.
    import yaml
    from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

__all__ = ["MappingNode", "Node", "ScalarNode", "SequenceNode", "YamlText", "compose"]

MAX_SIZE = 1_000_000
"""Characters of YAML in one file. An entry's front matter has a few hundred."""
MAX_DEPTH = 50
"""Nesting in flow style or by indentation; libyaml itself crashes the process at some ten thousand brackets."""


_BRACKETS = when_needed(r"[\[\]{}]")
_DASHES = when_needed(r"^[ ]*(?:[-?:][ ]+){50}", re.MULTILINE)
_SOMETIMES_BINARY = when_needed(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")

_TAGS = {
    ScalarNode: "tag:yaml.org,2002:str",
    SequenceNode: "tag:yaml.org,2002:seq",
    MappingNode: "tag:yaml.org,2002:map",
}
_PLAIN_TAGS = frozenset(
    f"tag:yaml.org,2002:{name}"
    for name in ("str", "map", "seq", "null", "bool", "int", "float", "timestamp", "merge", "value")
)


_SafeLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # Without libyaml: the same nodes, ten times as slow.


class _Loader(_SafeLoader):  # type: ignore[misc]
    """Leaves it to the field what a plain value is."""

    def resolve(self, kind: type[Node], _value: str, _implicit: object) -> str:
        """The tag of a node that has none of its own."""
        return _TAGS[kind]


class YamlText:
    """Where a piece of YAML stands in its file, so that nodes can be turned into spans."""

    __slots__ = ("first_line", "source")

    def __init__(self, source: SourceText, first_line: int = 1) -> None:
        self.source = source
        self.first_line = first_line
        """The line of the file on which the YAML begins."""

    def line(self, node: Node) -> int:
        return self.first_line + int(node.start_mark.line)

    def span(self, node: Node) -> Span:
        """The node, or its first line where it has several."""
        start, end = node.start_mark, node.end_mark
        number = self.first_line + start.line
        excerpt = self.source.line(number)
        to = end.column if end.line == start.line else len(excerpt)
        return Span(self.source.path, number, start.column + 1, max(1, to - start.column), excerpt)


def compose(text: str, where: YamlText) -> Parsed[Node | None]:
    """Read one YAML document as nodes; None when it is empty or broken (then with a diagnostic).

    Anchors, aliases and tags are refused: no field needs them, and they are how YAML is made to explode.
    """
    refused = _guard(text, where)
    if refused:
        return Parsed(None, (refused,))
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
    except yaml.MarkedYAMLError as error:
        return Parsed(None, (_explain(error, where, text.count("\n")),))
    except (yaml.YAMLError, ValueError) as error:
        return Parsed(
            None,
            (
                Diagnostic(
                    "bad-yaml", f"expected YAML, found {quoted(str(error))}", Span(where.source.path, where.first_line)
                ),
            ),
        )
    finally:
        loader.dispose()
    if node is None:
        return Parsed(None)
    fault = _forbidden(node, where, text)
    return Parsed(None, (fault,)) if fault else Parsed(node)


def _guard(text: str, where: YamlText) -> Diagnostic | None:
    """Refuse what libyaml cannot survive, before it sees it."""
    at_start = Span(where.source.path, where.first_line)
    if len(text) > MAX_SIZE:
        return Diagnostic(
            "too-large", f"expected at most {MAX_SIZE:,} characters of YAML, found {len(text):,}", at_start
        )
    odd = _SOMETIMES_BINARY.search(text)
    if odd:
        line = where.first_line + text.count("\n", 0, odd.start())
        column = odd.start() - text.rfind("\n", 0, odd.start())
        span = Span(where.source.path, line, column, 1, where.source.line(line))
        return Diagnostic(
            "bad-yaml", f"expected text, found the character U+{ord(odd.group()):04X}", span, "take it out"
        )
    depth = 0
    if text.count("[") + text.count("{") > MAX_DEPTH:
        for bracket in _BRACKETS.finditer(text):
            depth += 1 if bracket.group() in "[{" else -1 if depth else 0
            if depth > MAX_DEPTH:
                line = where.first_line + text.count("\n", 0, bracket.start())
                return Diagnostic(
                    "too-deep",
                    f"expected at most {MAX_DEPTH} nested brackets, found more",
                    where.source.line_span(line),
                    "put text with many brackets in quotes, or in a block after |",
                )
    deep = _DASHES.search(text) or _deep_indentation(text)
    if deep:
        line = where.first_line + text.count("\n", 0, deep.start())
        return Diagnostic("too-deep", f"expected at most {MAX_DEPTH} levels, found more", where.source.line_span(line))
    return None


_INDENTED = when_needed(r"^[ ]{100,}\S", re.MULTILINE)


def _deep_indentation(text: str) -> re.Match[str] | None:
    """The first line indented by hundreds, unless the text is too short to nest by it."""
    return _INDENTED.search(text) if len(text) > 20_000 else None


def _conflict(where: YamlText, lines: int) -> Diagnostic | None:
    """The first conflict of version control in the ``lines`` of YAML: what YAML says of it explains nothing."""
    found = conflict_markers(where.source, where.source.starts[where.first_line - 1])
    begun = [one for one in found if one.span and one.span.line < where.first_line + lines]
    return replace(begun[0], code="bad-yaml") if begun else None


def _explain(error: yaml.MarkedYAMLError, where: YamlText, lines: int) -> Diagnostic:
    """Put libyaml's complaint in plain words, with what most probably has to be done."""
    if conflict := _conflict(where, lines):
        return conflict
    problem = error.problem or error.context or "a fault"
    mark, context = error.problem_mark, error.context_mark
    if mark is None or problem in _BETTER_AT_THE_BEGINNING:
        mark, context = context or mark, None
    if mark is None:
        return Diagnostic(
            "bad-yaml", f"expected YAML, found {quoted(problem)}", Span(where.source.path, where.first_line)
        )
    number = min(where.first_line + mark.line, len(where.source.starts))
    excerpt = where.source.line(number)
    span = Span(where.source.path, number, mark.column + 1, 1, excerpt)
    notes: tuple[Note, ...] = ()
    if context is not None and context.line != mark.line:
        notes = (Note("it begins here", where.source.line_span(where.first_line + context.line)),)
    above = where.source.line(number - 1) if number > where.first_line else ""
    if "mapping values are not allowed" in problem and _GLUED.match(above):
        return Diagnostic("bad-yaml", _GLUED_MESSAGE, where.source.line_span(number - 1), "write  key: value")
    message, advice = _in_plain_words(problem, excerpt, mark.column)
    return Diagnostic("bad-yaml", message, span, advice, notes)


_GLUED = when_needed(r"[A-Za-z_]+:[^\s:/]")
_GLUED_MESSAGE = "expected a space after the colon of a key, found none"

_BETTER_AT_THE_BEGINNING = frozenset(
    ["found unexpected end of stream", "did not find expected alphabetic or numeric character"]
)
"""Problems that libyaml notices far from the character that has to be changed."""

_PLAIN_WORDS: tuple[tuple[str, str, str], ...] = (
    (
        "mapping values are not allowed",
        "expected one key and one value on a line, found a second colon",
        'put a value that has a colon in quotes: title: "LIFT: Language-Interfaced Fine-Tuning"',
    ),
    (
        "cannot start any token",
        "expected a value, found a character that YAML keeps for itself",
        "put the value in quotes",
    ),
    ("found undefined alias", "expected text, found * at its start", "put a value that begins with * in quotes"),
    (
        "did not find expected alphabetic",
        "expected text, found * or & at its start",
        "put a value that begins with * or & in quotes",
    ),
    (
        "could not find expected ':'",
        "expected a colon after a key",
        "write  key: value  on one line, and text of several lines after  key: |",
    ),
    (
        "did not find expected key",
        "expected a key at this place",
        "give keys of one level the same indentation, and close every quote",
    ),
    (
        "did not find expected <document start>",
        "expected the end of the front matter, found more",
        "keep everything between the two --- lines as  key: value",
    ),
    (
        "did not find expected ',' or",
        "expected a comma or the closing bracket",
        "close the bracket, or put the value in quotes",
    ),
    ("did not find expected node content", "expected a value", "put the value in quotes"),
    ("found another document", "expected one YAML document, found a second one", "take out the line ---"),
    ("unexpected end of stream", "expected the closing quote, found the end of the text", "close the quote"),
    (
        "did not find expected '-' indicator",
        "expected another item of the list",
        "begin each item with -, all with the same indentation",
    ),
    (
        "unknown escape character",
        r"expected an escape such as \n or \" after a backslash in double quotes",
        "use single quotes for text with backslashes",
    ),
    (
        "block sequence entries are not allowed",
        "expected a value, found a list item",
        "put each item of a list on a line of its own",
    ),
    ("did not find URI escape", "expected text, found a YAML tag", "put a value that begins with ! in quotes"),
)


def _in_plain_words(problem: str, excerpt: str, column: int) -> tuple[str, str]:
    before = excerpt[: column + 1]
    if "\t" in before and not before.strip("\t -"):
        return "expected spaces for indentation, found a tab", "replace the tab by two spaces"
    if "did not find expected key" in problem and re.search(r"""["'] ?\S$""", before):
        message = "expected the end of the value behind the closing quote, found more"
        return message, "put a text that has double quotes in single ones, or a backslash before each"
    for sign, message, advice in _PLAIN_WORDS:
        if sign in problem:
            return message, advice
    return f"expected YAML: {problem}", "put text with special characters in quotes"


def _forbidden(root: Node, where: YamlText, text: str) -> Diagnostic | None:
    """The first tag or alias. An alias shows as a node met twice."""
    if "!" not in text and "*" not in text:
        return None  # Every tag has the one, every alias the other.
    seen: set[int] = set()
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if id(node) in seen:
            message = "expected a value, found an alias (*name)"
            return Diagnostic("yaml-alias", message, where.span(node), "write the value itself")
        seen.add(id(node))
        if node.tag not in _PLAIN_TAGS:
            message = f"expected a plain value, found the tag {quoted(node.tag)}"
            return Diagnostic("yaml-tag", message, where.span(node), "remove the tag, or put the value in quotes")
        if isinstance(node, SequenceNode):
            waiting += reversed(node.value)
        elif isinstance(node, MappingNode):
            waiting += reversed([part for pair in node.value for part in pair])
    return None
