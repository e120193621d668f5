"""Snippets of front matter for VS Code: its YAML support does not look into Markdown, its snippets do."""

from __future__ import annotations

from labpress.entries.fields import ENTRY_FIELDS
from labpress.entries.schema import Json
from labpress.entries.text_page import PAGE_FIELDS


def front_matter_snippets() -> Json:
    """Name -> snippet: every key of papers and pages with its meaning, and its words where it takes no others."""
    return {
        key: {"scope": "markdown", "prefix": key, "body": _body(key, field.kind.schema), "description": field.doc}
        for key, field in {**PAGE_FIELDS, **ENTRY_FIELDS}.items()
    }


def _body(key: str, schema: Json) -> list[str]:
    """Lines, with the places at which a person goes on typing."""
    words = ["true", "false"] if schema.get("type") == "boolean" else schema.get("enum", ())
    if words:
        return [f"{key}: ${{1|{','.join(words)}|}}"]
    if schema.get("type") == "object":
        return [f"{key}:", "  $0"]
    lists = [one for one in schema.get("anyOf", ()) if one.get("type") == "array"]
    if lists and "anyOf" in lists[0]["items"]:  # Words or more: each on a line of its own.
        return [f"{key}:", "  - $0"]
    return [f"{key}: [$0]" if lists else f"{key}: $0"]
