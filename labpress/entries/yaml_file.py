"""The lab's YAML files: each is one mapping that a table of fields reads, with Markdown in some of its values."""

from __future__ import annotations

from labpress.core.decoding import decode
from labpress.core.diagnostics import Diagnostic, Span, quoted
from labpress.core.files import SourceFile
from labpress.entries.paper import EMPTY_BLOCK
from labpress.entries.schema import Reader
from labpress.entries.yaml_nodes import MappingNode, ScalarNode, YamlText, compose
from labpress.markup.settings import MarkupSettings
from labpress.markup.text import Block, render_block


def read_yaml_file(file: SourceFile) -> tuple[MappingNode | None, Reader, tuple[Diagnostic, ...]]:
    """A YAML file of the site as a mapping node, None when it is empty or broken."""
    source, decoding = decode(file)
    where = YamlText(source)
    node, faults = compose(source.text, where)
    diagnostics = (*decoding, *faults)
    if node is not None and not isinstance(node, MappingNode):
        span = where.span(node) if isinstance(node, ScalarNode) else Span(file.path, 1)
        found = quoted(node.value) if isinstance(node, ScalarNode) else "a list"
        diagnostics = (*diagnostics, Diagnostic("bad-yaml", f"expected key: value lines, found {found}", span))
        node = None
    return node, Reader(where), diagnostics


def render_prose(text: str, settings: MarkupSettings, reader: Reader, line: int) -> Block:
    """Markdown that is the value of a key on ``line``; its faults join the reader's."""
    if not text:
        return EMPTY_BLOCK
    span = reader.where.source.line_span(line)
    block, diagnostics = render_block(text, settings, lambda _start, _end: span)
    reader.diagnostics += diagnostics
    return block
