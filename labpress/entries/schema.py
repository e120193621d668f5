"""The one schema machine: a table of fields reads a YAML mapping into values, and reports every fault with its place.

A ``Kind`` says how one value is read and what an editor should know of it (JSON Schema). Front matter, site.yml,
people.yml, topics.yml and theme.yml are all tables of kinds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from labpress.core.dates import PartialDate, parse_date
from labpress.core.diagnostics import Diagnostic, Note, quoted
from labpress.core.identifiers import parse_orcid
from labpress.core.languages import parse_language
from labpress.core.text import closest, one_line, without_controls
from labpress.entries.yaml_nodes import MappingNode, Node, ScalarNode, SequenceNode, YamlText
from labpress.markup.urls import safe_url

Json = dict[str, Any]


class Reader:
    """Reads nodes of one file and collects what is wrong with them."""

    __slots__ = ("diagnostics", "where")

    def __init__(self, where: YamlText) -> None:
        self.where = where
        self.diagnostics: list[Diagnostic] = []

    def report(self, code: str, node: Node, message: str, advice: str = "", *notes: Note) -> None:
        self.diagnostics.append(Diagnostic(code, message, self.where.span(node), advice, notes))

    def expected(self, what: str, node: Node, advice: str = "", code: str = "wrong-value") -> None:
        self.report(code, node, f"expected {what}, found {describe(node)}", advice)


class Kind(NamedTuple):
    """How the value of a field is read, and its JSON Schema."""

    read: Callable[[Reader, Node], Any]
    """Gives None, after reporting, when the node cannot be used; an empty node gives the kind's empty value or None."""
    schema: Json


class Field(NamedTuple):
    """One key of a mapping."""

    kind: Kind
    doc: str
    """One sentence for the reference and for editors."""
    singular: str = ""
    """Another key that may be used for a list of one."""


def describe(node: Node) -> str:
    """What a person sees in the file at ``node``."""
    if isinstance(node, ScalarNode):
        return quoted(node.value) if node.value else "nothing"
    return "a list" if isinstance(node, SequenceNode) else "a mapping"


def is_empty(node: Node) -> bool:
    """Whether the value was left out: ``key:`` or ``key: ~``."""
    return isinstance(node, ScalarNode) and not node.style and node.value in ("", "~", "null")


def read_mapping(
    reader: Reader, node: MappingNode, fields: Mapping[str, Field], hints: Mapping[str, str]
) -> tuple[dict[str, Any], dict[str, int]]:
    """Read every known key; values that could not be used are left out. Also gives the line of each key met.

    ``hints`` names the field that people mean by another word (``journal`` -> ``venue``).
    """
    values: dict[str, Any] = {}
    first: dict[str, Node] = {}
    for key, key_node, value_node in pairs(reader, node, are_known=True):
        name, field = key, fields.get(key)
        if field is None:
            name = next((full for full, one in fields.items() if one.singular and one.singular == key), "")
            if not name:
                _unknown_key(reader, key, key_node, fields, hints)
                continue
            field = fields[name]
        if name in first:
            _given_twice(reader, key, key_node, first[name])
            continue
        first[name] = key_node
        if is_empty(value_node):
            continue
        value = field.kind.read(reader, value_node)
        if value is not None:
            values[name] = value
    return values, {name: reader.where.line(key_node) for name, key_node in first.items()}


def pairs(reader: Reader, node: MappingNode, *, are_known: bool = False) -> list[tuple[str, Node, Node]]:
    """The key, key node and value node of each pair; of equal keys the first is kept and the others are reported.

    Control characters are taken out of keys that people choose; of ``are_known`` ones, there is no other spelling.
    """
    first: dict[str, Node] = {}
    found: list[tuple[str, Node, Node]] = []
    for key_node, value_node in node.value:
        if not isinstance(key_node, ScalarNode):
            reader.expected("a word as key", key_node, code="wrong-key")
            continue
        key = key_node.value if are_known else _scalar(reader, key_node, "a word as key") or ""
        if key in first:
            _given_twice(reader, key, key_node, first[key])
            continue
        first[key] = key_node
        found.append((key, key_node, value_node))
    return found


def _given_twice(reader: Reader, key: str, node: Node, first: Node) -> None:
    """Report a key that is there already, perhaps as its singular or plural."""
    message = f"expected each key once, found {quoted(key)} again"
    reader.report(
        "duplicate-key", node, message, "keep one of the two", Note("first given here", reader.where.span(first))
    )


def _unknown_key(reader: Reader, key: str, node: Node, fields: Mapping[str, Field], hints: Mapping[str, str]) -> None:
    message = f"expected a key that labpress knows, found {quoted(key)}"
    hint = hints.get(key.lower())
    meant = closest(key, [*fields, *(one.singular for one in fields.values() if one.singular)])
    if hint:
        reader.report("unknown-key", node, message, hint)
    elif meant:
        reader.report("misspelt-key", node, message, f"did you mean {meant}?")
    else:
        advice = "put facts of your own under extra:" if "extra" in fields else f"known keys: {', '.join(fields)}"
        reader.report("unknown-key", node, message, advice)


# Kinds of one value


def _scalar(reader: Reader, node: Node, what: str) -> str | None:
    if not isinstance(node, ScalarNode):
        advice = "put the text in quotes" if isinstance(node, MappingNode) else ""
        reader.expected(what, node, advice)
        return None
    value: str = node.value
    clean = without_controls(value)
    if clean != value:
        advice = r"in double quotes a backslash begins an escape (\a, \b, \f ...): use single quotes for LaTeX"
        reader.report("control-character", node, "expected text, found control characters", advice)
    return clean


def _read_line(reader: Reader, node: Node) -> str | None:
    value = _scalar(reader, node, "text")
    return None if value is None else one_line(value)


def _read_prose(reader: Reader, node: Node) -> str | None:
    value = _scalar(reader, node, "text")
    return None if value is None else value.strip()


def _read_flag(reader: Reader, node: Node) -> bool | None:
    value = _scalar(reader, node, "true or false")
    if value is None:
        return None
    word = value.strip().lower()
    if word in ("true", "yes", "on"):
        return True
    if word in ("false", "no", "off"):
        return False
    reader.expected("true or false", node)
    return None


def _read_number(reader: Reader, node: Node) -> float | None:
    value = _scalar(reader, node, "a number")
    if value is None:
        return None
    try:
        number = float(value)
    except ValueError:
        number = float("nan")
    if number != number or abs(number) > 1e15 or "_" in value:  # noqa: PLR0124  Only NaN differs from itself.
        reader.expected("a number", node)
        return None
    return number


def _read_date(reader: Reader, node: Node) -> PartialDate | None:
    what = "a date like 2022-06-14"
    value = _scalar(reader, node, what)
    if value is None:
        return None
    date = parse_date(value)
    if isinstance(date, str):
        reader.expected(what, node, date or "year-month-day; month and day may be left out", "bad-date")
        return None
    return date


def _read_url(reader: Reader, node: Node) -> str | None:
    value = _scalar(reader, node, "an address")
    if value is None:
        return None
    address = safe_url(value.strip())
    if not address:
        reader.expected(
            "an address such as https://example.org/paper.pdf",
            node,
            "labpress links to http, https, mailto and files of the site",
            "bad-url",
        )
        return None
    return address


def _read_orcid(reader: Reader, node: Node) -> str | None:
    value = _scalar(reader, node, "an ORCID iD")
    if value is None:
        return None
    orcid = parse_orcid(value)
    if orcid is None:
        reader.expected(
            "an ORCID iD like 0000-0002-1825-0097",
            node,
            "its last digit is a check digit: copy the iD from orcid.org",
            "bad-orcid",
        )
    return orcid


TEXT = Kind(_read_line, {"type": ["string", "number", "boolean"]})
PROSE = Kind(_read_prose, {"type": ["string", "number"]})
FLAG = Kind(_read_flag, {"type": "boolean"})
NUMBER = Kind(_read_number, {"type": "number"})
DATE = Kind(_read_date, {"type": ["string", "integer"], "pattern": r"^\d{4}(-\d{1,2}(-\d{1,2})?)?$"})
URL = Kind(_read_url, {"type": "string"})
ORCID = Kind(_read_orcid, {"type": "string", "pattern": r"\d{4}-\d{4}-\d{4}-\d{3}[\dX]$"})


def web_address(example: str) -> Kind:
    """The address of a page that every browser can open, such as ``example``."""

    def read(reader: Reader, node: Node) -> str | None:
        address = _read_url(reader, node)
        if address and not address.lower().startswith(("https://", "http://")):
            advice = f"write  https://{address}" if "." in address.partition("/")[0] else "begin it with https://"
            reader.expected(f"an address such as {example}", node, advice, "bad-url")
            return None
        return address

    return Kind(read, {"type": "string"})


def integer(low: int, high: int) -> Kind:
    """A whole number from ``low`` to ``high``."""

    def read(reader: Reader, node: Node) -> int | None:
        what = f"a whole number from {low} to {high}"
        value = _scalar(reader, node, what)
        if value is None:
            return None
        if value.isascii() and value.isdigit() and len(value) < 10 and low <= int(value) <= high:
            return int(value)
        reader.expected(what, node)
        return None

    return Kind(read, {"type": "integer", "minimum": low, "maximum": high})


def choice(words: Mapping[str, str], synonyms: Mapping[str, str] | None = None) -> Kind:
    """One of ``words`` (word -> meaning); case does not count, ``synonyms`` are taken too."""

    def read(reader: Reader, node: Node) -> str | None:
        what = f"one of {', '.join(words)}"
        value = _scalar(reader, node, what)
        if value is None:
            return None
        word = value.strip().lower()
        word = (synonyms or {}).get(word, word)
        if word in words:
            return word
        meant = closest(word, words)
        reader.expected(what, node, f"did you mean {meant}?" if meant else "")
        return None

    return Kind(read, {"enum": list(words)})


def checked(what: str, parse: Callable[[str], str | None], advice: str = "", code: str = "bad-identifier") -> Kind:
    """Text that ``parse`` normalises, or refuses with None."""

    def read(reader: Reader, node: Node) -> str | None:
        value = _scalar(reader, node, what)
        if value is None:
            return None
        clean = parse(value.strip())
        if clean is None:
            reader.expected(what, node, advice, code)
        return clean

    return Kind(read, {"type": ["string", "number"]})


LANGUAGE = checked("a language", parse_language, "write its tag, like de or pt-BR", "wrong-value")


# Kinds of several values


def many(kind: Kind, what: str, most: int = 100_000, is_several: Callable[[str], bool] | None = None) -> Kind:
    """A list of ``kind``, or one alone. Faulty items and those after ``most`` are left out.

    ``is_several`` says whether the text of one alone is probably several, written in one line.
    """

    def read(reader: Reader, node: Node) -> tuple[Any, ...] | None:
        if isinstance(node, MappingNode) and kind.schema.get("type") != "object" and "anyOf" not in kind.schema:
            reader.expected(f"a list of {what}", node, "begin each item with -")
            return None
        items = node.value if isinstance(node, SequenceNode) else [node]
        if is_several and isinstance(node, ScalarNode) and is_several(node.value):
            advice = "write  [one, another]  or a line for each that begins with -"
            reader.report("list-in-one-line", node, f"expected a list of {what}, found {describe(node)}", advice)
        if len(items) > most:
            reader.report("too-many", node, f"expected at most {most} {what}, found {len(items):,}", "keep the best")
        values = []
        for item in items[:most]:
            if is_empty(item):
                reader.expected(f"one of the {what}", item, "remove the empty item", "empty-item")
                continue
            value = kind.read(reader, item)
            if value is not None:
                values.append(value)
        return tuple(values)

    return Kind(read, {"anyOf": [{"type": "array", "items": kind.schema}, kind.schema]})


def mapping_of(kind: Kind, what: str, known: Mapping[str, str] | None = None) -> Kind:
    """A mapping from words to ``kind``. With ``known``, other words are kept, but a near miss is pointed out."""

    def read(reader: Reader, node: Node) -> dict[str, Any] | None:
        if not isinstance(node, MappingNode):
            reader.expected(f"{what}, each as  name: value", node)
            return None
        values = {}
        for key, key_node, value_node in pairs(reader, node):
            if known is not None and key not in known:
                meant = closest(key, known)
                if meant:
                    reader.report(
                        "unknown-key", key_node, f"expected a known name, found {quoted(key)}", f"did you mean {meant}?"
                    )
            if is_empty(value_node):
                continue
            value = kind.read(reader, value_node)
            if value is not None:
                values[key] = value
        return values

    properties = dict.fromkeys(known or (), kind.schema)
    return Kind(read, {"type": "object", "properties": properties, "additionalProperties": kind.schema})


def record_of(
    make: Callable[..., Any], fields: Mapping[str, Field], what: str, hints: Mapping[str, str] | None = None
) -> Kind:
    """A mapping with the keys of ``fields``, made into ``make(**values)``."""

    def read(reader: Reader, node: Node) -> Any:  # noqa: ANN401  Whatever ``make`` makes.
        if not isinstance(node, MappingNode):
            reader.expected(what, node, f"known keys: {', '.join(fields)}")
            return None
        values, _lines = read_mapping(reader, node, fields, hints or {})
        return make(**values)

    return Kind(read, object_schema(fields))


def _read_anything(reader: Reader, node: Node) -> str | None:
    if isinstance(node, ScalarNode):
        return _scalar(reader, node, "text")
    return ""  # Lists and mappings of the lab's own stay in the file; no template sees them.


ANYTHING = Kind(_read_anything, {})


def object_schema(fields: Mapping[str, Field]) -> Json:
    """The JSON Schema of a mapping with ``fields``."""
    properties: Json = {}
    for name, field in fields.items():
        properties[name] = {**field.kind.schema, "description": field.doc}
        if field.singular:
            properties[field.singular] = {**field.kind.schema, "description": field.doc}
    return {"type": "object", "properties": properties, "additionalProperties": False}
