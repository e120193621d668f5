"""The files of entries as an import finds them."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from labpress.core.diagnostics import SourceText
from labpress.entries.fields import ENTRY_FIELDS, ENTRY_HINTS
from labpress.entries.frontmatter import read_document
from labpress.entries.schema import Reader, read_mapping


class Existing(Struct, frozen=True):
    """An entry's file as it is before the import."""

    path: str
    text: str
    """Without a byte order mark."""
    encoding: str = "utf-8"
    """``utf-8-sig`` for a file that begins with a byte order mark, which belongs to it."""
    writable: bool = True
    """False for a file in another encoding than UTF-8, or outside of the content folder, which is never rewritten."""


_FACTS = ("title", "authors", "editors", "et_al", "date", "type", "venue", "volume", "pages", "doi", "arxiv")


def facts_of(file: Existing) -> dict[str, Any]:
    """What an entry file says of its work, as far as it can be read; its faults are the build's business."""
    document, _faults = read_document(SourceText(file.path, file.text.replace("\r\n", "\n")))
    if document.meta is None:
        return {}
    fields = {name: ENTRY_FIELDS[name] for name in _FACTS}
    values, _lines = read_mapping(Reader(document.yaml), document.meta, fields, ENTRY_HINTS)
    date = values.get("date")
    return {
        **values,
        **{key: [person.name for person in values.get(key, ())] for key in ("authors", "editors")},
        "date": date.iso if date else "",
    }
