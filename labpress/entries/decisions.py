"""duplicates.yml: what a person has decided about entries that may be one work."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from labpress.core.diagnostics import Diagnostic, Parsed
from labpress.core.files import SourceFile
from labpress.entries.edit_text import EntryText, entry_text, plain, with_value
from labpress.entries.schema import Field, Kind, Reader, read_mapping
from labpress.entries.yaml_file import read_yaml_file
from labpress.entries.yaml_nodes import Node, ScalarNode, SequenceNode

HEADER = """\
# Entries that look alike and are different works: labpress does not ask about them again.
# Entries that are the same work are joined by  labpress duplicates --same KEEP OTHER,  and leave no trace here.
"""

_FENCE = "---\n"
"""What makes front matter of a text, so that it is edited like an entry."""


class Decisions(Struct, frozen=True):
    """Pairs of entries that a person has looked at."""

    different: frozenset[frozenset[str]] = frozenset()

    def are_different(self, one: str, other: str) -> bool:
        """Whether a person said that the two are not one work."""
        return frozenset((one, other)) in self.different


UNDECIDED = Decisions()


def _read_pairs(reader: Reader, node: Node) -> frozenset[frozenset[str]] | None:
    if not isinstance(node, SequenceNode):
        reader.expected("a list of pairs: - [one, other]", node)
        return None
    found = set()
    for pair in node.value:
        ids = (
            {item.value for item in pair.value if isinstance(item, ScalarNode)}
            if isinstance(pair, SequenceNode)
            else ()
        )
        if len(ids) != 2:
            reader.expected("a pair of entries: [one, other]", pair)
            continue
        found.add(frozenset(ids))
    return frozenset(found)


_FIELDS = {"different": Field(Kind(_read_pairs, {}), "Pairs of entries that are different works.")}


def read_decisions(file: SourceFile) -> Parsed[Decisions]:
    """Read duplicates.yml."""
    node, reader, diagnostics = read_yaml_file(file)
    if node is None:
        return Parsed(Decisions(), diagnostics)
    values, _lines = read_mapping(reader, node, _FIELDS, {})
    faults: Iterable[Diagnostic] = reader.diagnostics
    return Parsed(Decisions(**values), (*diagnostics, *faults))


def with_different(text: str, one: str, other: str) -> str | None:
    """duplicates.yml with one pair more, and all else as a person has written it; None where that cannot be done.

    An empty ``text`` becomes a whole file.
    """
    before = read_decisions(SourceFile("", text.encode()))
    ending = "\r\n" if "\r\n" in text else "\n"
    text = text or HEADER
    entry = entry_text(_FENCE + text + ("" if text.endswith("\n") else ending) + _FENCE)
    if entry is None or before.diagnostics:
        return None
    changed = _with_pair(entry, one, other, ending)
    new = changed.text.removeprefix(_FENCE).removesuffix(_FENCE) if changed else ""
    wanted = Decisions(before.value.different | {frozenset((one, other))})
    return new if read_decisions(SourceFile("", new.encode())) == Parsed(wanted) else None


def _with_pair(entry: EntryText, one: str, other: str, ending: str) -> EntryText | None:
    old, line = entry.keys.get("different"), f"- [{one}, {other}]{ending}"
    if old is None:
        at, line = entry.parts.meta_end, f"different:{ending}  {line}"
    elif isinstance(old.node, SequenceNode) and old.node.value and not old.node.flow_style:
        at, line = entry.text.index("\n", old.value_end) + 1, " " * old.node.start_mark.column + line
    else:
        known = plain(old.node)
        return with_value(entry, "different", [*(known if isinstance(known, list) else ()), [one, other]])
    return entry_text(entry.text[:at] + line + entry.text[at:])
