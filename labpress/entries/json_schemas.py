"""JSON Schemas of the files that a person edits, for completion and red underlines in editors.

They are made from the tables that read these files, so that an editor and a build say the same.
"""

from __future__ import annotations

from labpress.entries.config import site_schema
from labpress.entries.fields import ENTRY_FIELDS
from labpress.entries.people import PERSON_FIELDS
from labpress.entries.schema import TEXT, Json, many, object_schema
from labpress.entries.text_page import PAGE_FIELDS
from labpress.entries.topics import TOPIC_FIELDS

DIALECT = "http://json-schema.org/draft-07/schema#"
"""The dialect that editors' YAML support knows best."""


def editor_schemas() -> dict[str, Json]:
    """Name -> schema: ``site``, ``people`` and ``topics`` of the YAML files, ``entry`` and ``page`` of front matter."""
    words = many(TEXT, "words").schema
    schemas = {
        "site": ("site.yml", site_schema()),
        "people": ("people.yml", _mapping_to(object_schema(PERSON_FIELDS))),
        "topics": ("topics.yml", _mapping_to({"anyOf": [*words["anyOf"], object_schema(TOPIC_FIELDS)]})),
        "entry": ("The front matter of a paper", {**object_schema(ENTRY_FIELDS), "required": ["title"]}),
        "page": ("The front matter of a page", object_schema(PAGE_FIELDS)),
    }
    return {
        name: {"$schema": DIALECT, "title": title, **_or_empty(schema)} for name, (title, schema) in schemas.items()
    }


def _mapping_to(values: Json) -> Json:
    return {"type": "object", "additionalProperties": values}


def _or_empty(schema: Json) -> Json:
    """The schema with every key allowed to stand without a value, as the reader allows it."""
    if "properties" not in schema:
        return schema
    properties = {}
    for key, value in schema["properties"].items():
        about = value.get("description")
        plain = {name: part for name, part in value.items() if name != "description"}
        properties[key] = {**({"description": about} if about else {}), "anyOf": [plain, {"type": "null"}]}
    return {**schema, "properties": properties}
