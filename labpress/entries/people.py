"""people.yml: who belongs to the lab, and how each person's name is spelt on papers."""

from __future__ import annotations

from typing import Any

from msgspec import Struct, field

from labpress.core.dates import PartialDate
from labpress.core.diagnostics import Parsed
from labpress.core.files import SourceFile
from labpress.core.names import Name, parse_name
from labpress.entries.paper import EMPTY_BLOCK
from labpress.entries.schema import (
    DATE,
    FLAG,
    ORCID,
    PROSE,
    TEXT,
    URL,
    Field,
    many,
    mapping_of,
    pairs,
    read_mapping,
    web_address,
)
from labpress.entries.yaml_file import read_yaml_file, render_prose
from labpress.entries.yaml_nodes import MappingNode
from labpress.markup.settings import MarkupSettings
from labpress.markup.text import Block


class Person(Struct, frozen=True, kw_only=True):
    """One person of the lab, or a co-author worth a page."""

    key: str
    """The key in people.yml; the last part of the person's address."""
    name: Name
    also: tuple[Name, ...] = ()
    """Other spellings and former names."""
    orcid: str = ""
    member: bool = True
    role: str = ""
    homepage: str = ""
    links: dict[str, str] = field(default_factory=dict)
    photo: str = ""
    bio: Block = EMPTY_BLOCK
    start: PartialDate | None = None
    end: PartialDate | None = None
    """When the person left; an alumnus has one."""
    line: int = 0
    photo_line: int = 0


PERSON_FIELDS: dict[str, Field] = {
    "name": Field(TEXT, "The name as the site prints it."),
    "also": Field(many(TEXT, "spellings"), "Other spellings and former names on papers."),
    "orcid": Field(ORCID, "The person's ORCID iD."),
    "member": Field(FLAG, "false for a co-author outside the lab."),
    "role": Field(TEXT, "Professor, PhD student, ..."),
    "homepage": Field(web_address("https://example.org/"), "The person's own page."),
    "links": Field(mapping_of(URL, "links"), "More addresses: github, scholar, ..."),
    "photo": Field(URL, "A picture under static/."),
    "bio": Field(PROSE, "A few words, in Markdown."),
    "from": Field(DATE, "When the person came."),
    "to": Field(DATE, "When the person left."),
}

PERSON_HINTS = {
    "aliases": "did you mean also?",
    "title": "did you mean role?",
    "position": "did you mean role?",
    "url": "did you mean homepage?",
    "website": "did you mean homepage?",
    "image": "did you mean photo?",
    "start": "did you mean from?",
    "end": "did you mean to?",
}


def read_people(file: SourceFile, settings: MarkupSettings) -> Parsed[tuple[Person, ...]]:
    """Read people.yml: a mapping from a key of the lab's choice to the facts of one person."""
    node, reader, diagnostics = read_yaml_file(file)
    if node is None:
        return Parsed((), diagnostics)
    people = []
    for key, key_node, value_node in pairs(reader, node):
        if not isinstance(value_node, MappingNode):
            reader.expected("the facts of a person: name, orcid, role ...", value_node)
            continue
        values, lines = read_mapping(reader, value_node, PERSON_FIELDS, PERSON_HINTS)
        if not values.get("name"):
            reader.report(
                "missing-name", key_node, "expected a person with a name, found none", "write  name: Given Family"
            )
            continue
        values["bio"] = render_prose(values.get("bio", ""), settings, reader, lines.get("bio", 0))
        line = reader.where.line(key_node)
        people.append(_person(key, values, line, lines.get("photo", line)))
    return Parsed(tuple(people), (*diagnostics, *reader.diagnostics))


def _person(key: str, values: dict[str, Any], line: int, photo_line: int) -> Person:
    also = tuple(parse_name(spelling) for spelling in values.pop("also", ()))
    name = parse_name(values.pop("name"))
    start, end = values.pop("from", None), values.pop("to", None)
    return Person(key=key, name=name, also=also, start=start, end=end, line=line, photo_line=photo_line, **values)
