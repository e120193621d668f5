"""A Markdown file as front matter and body. Knows YAML and lines; knows nothing of papers."""

from __future__ import annotations

import re
from typing import NamedTuple

from labpress.core.diagnostics import Diagnostic, Parsed, SourceText, Span
from labpress.core.patterns import when_needed
from labpress.entries.yaml_nodes import MappingNode, YamlText, compose

_FENCE = when_needed(r"---[ \t]*(?:\r?\n|\Z)")
_CLOSING = when_needed(r"^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.MULTILINE)


class Document(NamedTuple):
    """One Markdown file, taken apart."""

    source: SourceText
    yaml: YamlText
    meta: MappingNode | None
    """None: empty front matter, or front matter that could not be read (then there is an error)."""
    body_start: int
    """Offset of the body in the file's text."""

    @property
    def body(self) -> str:
        return self.source.text[self.body_start :]


class Parts(NamedTuple):
    """Offsets of the front matter's text and of the body."""

    meta_start: int
    meta_end: int
    body_start: int


def split(text: str) -> Parts | str:
    """Find the front matter between two ``---`` lines; otherwise the code of the fault."""
    opening = _FENCE.match(text)
    if not opening:
        return "no-front-matter"
    closing = _CLOSING.search(text, opening.end())
    if not closing:
        return "unclosed-front-matter"
    return Parts(opening.end(), closing.start(), closing.end())


def read_document(source: SourceText) -> Parsed[Document]:
    """Take a file apart and compose its front matter."""
    parts = split(source.text)
    yaml = YamlText(source, first_line=2)
    if isinstance(parts, str):
        if parts == "no-front-matter":
            message = "expected --- on the first line, then key: value lines and another ---"
            advice = "begin the file with front matter; at least a title"
        else:
            message = "expected a second line --- after the front matter, found none"
            advice = "put --- on a line of its own between the keys and the text"
        fault = Diagnostic(parts, message, source.line_span(1) if source.text else Span(source.path, 1), advice)
        return Parsed(Document(source, yaml, None, 0 if parts == "no-front-matter" else len(source.text)), (fault,))
    node, diagnostics = compose(source.text[parts.meta_start : parts.meta_end], yaml)
    if node is not None and not isinstance(node, MappingNode):
        span = yaml.span(node)
        fault = Diagnostic("bad-yaml", "expected key: value lines in the front matter", span, "write  title: ...")
        return Parsed(Document(source, yaml, None, parts.body_start), (*diagnostics, fault))
    return Parsed(Document(source, yaml, node, parts.body_start), diagnostics)
