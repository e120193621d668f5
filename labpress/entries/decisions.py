"""duplicates.yml: what a person has decided about entries that may be one work."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from labpress.core.diagnostics import Diagnostic, Parsed
from labpress.core.files import SourceFile
from labpress.entries.config import read_yaml_file
from labpress.entries.schema import Field, Kind, Reader, read_mapping
from labpress.entries.writing import write_value
from labpress.entries.yaml_nodes import Node, ScalarNode, SequenceNode

HEADER = """\
# Entries that look alike and are different works: labpress does not ask about them again.
# Entries that are the same work are joined by  labpress duplicates --same KEEP OTHER,  and leave no trace here.
"""


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


def write_decisions(decisions: Decisions) -> bytes:
    """duplicates.yml, the pairs in the order of the alphabet."""
    pairs = sorted(sorted(pair) for pair in decisions.different)
    return (HEADER + write_value("different", [list(pair) for pair in pairs])).encode()
