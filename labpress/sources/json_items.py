"""JSON sources: the objects of an array or of a line, kept even where the text around them is broken."""

from __future__ import annotations

import json
import re
from typing import Any, NamedTuple

from labpress.core.diagnostics import Diagnostic, Parsed, SourceText
from labpress.core.patterns import when_needed
from labpress.core.text import without_controls

Json = dict[str, Any]


class JsonItem(NamedTuple):
    """One object, all of its numbers as text, and the line it begins on."""

    value: Json
    line: int


_SPACE = when_needed(r"\s*")
_OBJECT_LINE = when_needed(r"^[ \t]*\{", re.MULTILINE)
_NEXT = when_needed(r"[\s,]*")
_LIST_KEYS = ("items", "references", "message", "data", "records", "papers", "publications")
_DECODER = json.JSONDecoder(strict=False, parse_int=str, parse_float=str, parse_constant=str)


def json_items(source: SourceText) -> Parsed[tuple[JsonItem, ...]]:
    """The objects of an array, of ``{"items": […]}``, of a single object, or of one object after the other.

    Where the JSON breaks, the fault is reported and reading goes on at the next line that begins an object.
    """
    text = source.text
    at = _past(_SPACE, text, 0)
    items: list[JsonItem] = []
    faults: list[Diagnostic] = []
    if text[at : at + 1] == "[":
        at += 1
    while at < len(text):
        at = _past(_NEXT, text, at)
        if text[at : at + 1] != "{":
            if text[at : at + 1] not in ("]", ""):
                faults.append(_fault(source, at, "expected an object"))
            at = _resume(text, at)
            continue
        value, end, problem = _decode(text, at)
        if problem:
            faults.append(_fault(source, end, problem))
            at = _resume(text, end)
            continue
        inner = _unwrapped(value)
        objects = [one for one in inner if isinstance(one, dict)]
        if len(objects) < len(inner):
            message = f"expected a list of objects, found {len(inner) - len(objects)} other values in it"
            faults.append(Diagnostic("broken-entry", message, source.span(at), "the objects are read"))
        items += [JsonItem(one, source.line_number(at)) for one in objects]
        at = end
    return Parsed(tuple(items), tuple(faults))


def _decode(text: str, at: int) -> tuple[Json, int, str]:
    """The object that begins at ``at`` and the place after it; or the place of a fault and what is wrong."""
    try:
        value, end = _DECODER.raw_decode(text, at)
    except json.JSONDecodeError as error:
        return {}, error.pos, error.msg[:1].lower() + error.msg[1:]
    except RecursionError:
        return {}, at + 1, "found values nested too deep"
    return value, end, ""


def _resume(text: str, at: int) -> int:
    match = _OBJECT_LINE.search(text, at + 1)
    return match.end() - 1 if match else len(text)


def _past(pattern: re.Pattern[str], text: str, at: int) -> int:
    match = pattern.match(text, at)
    return match.end() if match else at


def _unwrapped(value: Json) -> list[Any]:
    """The items in ``{"items": […]}``, ``{"message": {"items": […]}}`` and their like, or ``value`` itself."""
    for key in _LIST_KEYS:
        inner = value.get(key)
        if isinstance(inner, list) and "title" not in value:
            return inner
        if isinstance(inner, dict) and "title" not in value:
            return _unwrapped(inner)
    return [value]


def _fault(source: SourceText, at: int, message: str) -> Diagnostic:
    return Diagnostic("broken-entry", f"the JSON breaks here: {message}", source.span(min(at, len(source.text))))


def json_text(value: object) -> str:
    """A scalar as text, the first of a list, and "" for anything else."""
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, bool):
        return str(value).lower()
    return without_controls(value) if isinstance(value, str) else ""
