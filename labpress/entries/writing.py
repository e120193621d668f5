"""Front matter and body to the text of an entry. The reader reads back what this writes."""

from __future__ import annotations

import re
from typing import Any

from labpress.core.patterns import patterns_put_off, when_needed

with patterns_put_off():
    import yaml
    from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

Value = str | bool | float | int | list[Any] | dict[str, Any]
"""What a key of the front matter can hold, as JSON has it."""

_STR = "tag:yaml.org,2002:str"
_FLOW_LISTS = frozenset(["categories", "tags", "affiliations", "aliases"])
_QUOTED = frozenset(["title", "arxiv", "isbn", "issn", "pages"])
_PLAIN_DATE = when_needed(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
_RESOLVER = yaml.resolver.Resolver()
_OTHER_READERS = when_needed(r"y|n|[-+]?0o[0-7]+|[-+]?\d+(?:\.\d*)?e[-+]?\d+", re.IGNORECASE)
"""What YAML 1.1 in full and YAML 1.2 take for truth values and numbers, and PyYAML does not."""
_BREAK = when_needed(r"[.!?][\"”’)\]]?\s+(?=[\"“‘(\[$]?[A-Z0-9])")
_ABBREVIATION = when_needed(
    r"\b(?:al|vs|cf|e\.g|i\.e|etc|resp|figs?|eqs?|sec|refs?|no|vol|pp|dr|prof|mr|ms|st|approx|w\.r\.t|i\.i\.d|[a-z])\.$",
    re.IGNORECASE,
)
BLOCK_START = when_needed(r"[#>+*=|:~`-]|\d+[.)]|\[|!\[|\$\$| ")
"""How a line begins that may be more than one line more of a paragraph."""


class _Dumper(yaml.SafeDumper):
    """Lists are indented below their key, as people write them; no value is taken for more than text."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012  PyYAML declares it so.

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002  PyYAML's signature.
        super().increase_indent(flow, indentless=False)


def write_entry(values: dict[str, Value], body: str) -> str:
    """The whole file: front matter with the keys in the order given, an empty line, the body."""
    node = MappingNode("tag:yaml.org,2002:map", [(_scalar(key), _node(key, value)) for key, value in values.items()])
    front = yaml.serialize(node, Dumper=_Dumper, allow_unicode=True, width=1_000_000)
    text = body.strip("\n")
    return f"---\n{front}---\n" + (f"\n{text}\n" if text.strip() else "")


def write_value(key: str, value: Value, indent: int = 0) -> str:
    """``key: value`` alone, each line indented by ``indent`` spaces and ended."""
    node = MappingNode("tag:yaml.org,2002:map", [(_scalar(key), _node(key, value))])
    text = yaml.serialize(node, Dumper=_Dumper, allow_unicode=True, width=1_000_000)
    return "".join(f"{' ' * indent}{line}" for line in text.splitlines(keepends=True))


def _node(key: str, value: Value) -> Node:
    if isinstance(value, bool):
        return ScalarNode(_STR, "true" if value else "false", style="")
    if isinstance(value, int | float):
        return ScalarNode(_STR, f"{value:g}" if abs(value) < 1e5 else repr(value), style="")
    if isinstance(value, dict):
        return MappingNode(
            "tag:yaml.org,2002:map",
            [(_scalar(name), _node(name, item)) for name, item in value.items()],
            flow_style=False,
        )
    if isinstance(value, list):
        flow = key in _FLOW_LISTS and all(isinstance(item, str) for item in value)
        return SequenceNode("tag:yaml.org,2002:seq", [_node("", item) for item in value], flow_style=flow)
    if key == "date" and _PLAIN_DATE.fullmatch(value):
        return ScalarNode(_STR, value, style="")
    return _scalar(value, quote=key in _QUOTED)


def _scalar(text: str, *, quote: bool = False) -> ScalarNode:
    """A string in the quietest style that every YAML reader takes for a string."""
    if not quote and not _is_ambiguous(text):
        return ScalarNode(_STR, text)  # The emitter adds quotes where the text needs them.
    style = "'" if "\\" in text or '"' in text else '"'
    return ScalarNode(_STR, text, style=style)


def _is_ambiguous(text: str) -> bool:
    """Whether some YAML reader takes ``text`` for a number, a date, a truth value or nothing: ours does not."""
    tag: str = _RESOLVER.resolve(ScalarNode, text, (True, False))  # type: ignore[no-untyped-call]
    return tag != _STR or bool(_OTHER_READERS.fullmatch(text))


LONGEST_SENTENCE = 4000
"""Characters after which the search for a sentence's end is given up."""


def sentence_lines(text: str) -> str:
    """``text`` with each sentence on a line of its own, so that edits and merges stay small.

    A line break in a paragraph means a space in Markdown; none is put where it could mean more.
    """
    return "\n\n".join(_one_paragraph(part) for part in re.split(r"\n\s*\n", text))


def _one_paragraph(text: str) -> str:
    lines = []
    start = 0
    for match in _BREAK.finditer(text):
        if match.end() - start > LONGEST_SENTENCE:
            break  # No sentence: leave the rest as it is.
        sentence = text[start : match.end()].rstrip()
        if not (_is_open(sentence) or _ABBREVIATION.search(sentence) or BLOCK_START.match(text, match.end())):
            lines.append(sentence)
            start = match.end()
    lines.append(text[start:].strip())
    return "\n".join(line for line in lines if line)


def _is_open(sentence: str) -> bool:
    """Whether a formula, a parenthesis, code or emphasis goes on after ``sentence``."""
    odd = any(sentence.count(mark) % 2 for mark in "$`*")
    return odd or sentence.count("(") != sentence.count(")")
