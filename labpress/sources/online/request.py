"""A question to a service, and what all services' answers have in common."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode

from msgspec.structs import replace

from labpress.core.decoding import decode
from labpress.core.diagnostics import Diagnostic, Parsed, Span
from labpress.core.files import SourceFile
from labpress.sources.record import Record

Json = dict[str, Any]


class Request(NamedTuple):
    """One question."""

    service: str
    """``arxiv``, ``doi`` ...: whose rules of politeness hold."""
    url: str
    accept: str = "application/json"


class Service(NamedTuple):
    """How one service is asked, and how its answers are read."""

    label: str
    """As messages call it."""
    base: str
    """Where its API is."""
    takes: str
    """What identifies a work, or a list of works, as messages call it."""
    identify: Callable[[str], str | None]
    """An identifier in its bare form, None for what is none."""
    by_id: Callable[[str, tuple[str, ...]], tuple[Request, ...]]
    """Base and identifiers -> questions."""
    by_title: Callable[[str, str, str], Request] | None
    """Base, title and the first author's family name -> a question; None where titles cannot be searched."""
    read: Callable[[SourceFile], Parsed[tuple[Record, ...]]]
    pause: float
    """Seconds between two questions, as the service asks for."""


def address(base: str, path: str, **parameters: str | int) -> str:
    """``base`` and ``path``, parts of which are escaped already, with a query."""
    query = f"?{urlencode(parameters)}" if parameters else ""
    return f"{base.rstrip('/')}/{path}{query}"


def escaped(part: str, safe: str = "") -> str:
    """One part of a path."""
    return quote(part, safe=safe)


def read_json(file: SourceFile) -> Parsed[Json]:
    """The object that an answer is; empty, with a warning, for anything else."""
    text, faults = decode(file)
    if any(fault.is_error for fault in faults):
        return Parsed({}, faults)
    try:
        value = json.loads(text.text)
    except (ValueError, RecursionError):
        return Parsed({}, (broken(file),))
    return Parsed(value) if isinstance(value, dict) else Parsed({}, (broken(file),))


def broken(file: SourceFile) -> Diagnostic:
    """The fault of an answer that is not what the service says it gives."""
    message = "expected an answer in the service's format, found something else, or half of one"
    return Diagnostic("broken-answer", message, Span(file.path), "try again later")


def tidied(
    records: Iterable[Record], service: str, label: str, identifier: Callable[[Record], str]
) -> tuple[Record, ...]:
    """Records under the name of their source (``openalex:W123``), without what only the service needs."""
    return tuple(
        replace(
            record,
            path=f"{service}:{identifier(record)}",
            format=label,
            lines={},
            extra={},
            tags=(),
            warnings=(),
            fields={key: value for key, value in record.fields.items() if key != "note"},
        )
        for record in records
        if identifier(record)
    )


def values(item: object, *path: str | int) -> Any:  # noqa: ANN401  JSON is anything.
    """What lies at ``path`` in JSON, None where the way there is not as expected."""
    for step in path:
        if isinstance(item, dict) and isinstance(step, str):
            item = item.get(step)
        elif isinstance(item, list) and isinstance(step, int) and len(item) > step:
            item = item[step]
        else:
            return None
    return item


def text_at(item: object, *path: str | int) -> str:
    """The text or number at ``path``, "" where there is none."""
    found = values(item, *path)
    return str(found) if isinstance(found, str | int) and not isinstance(found, bool) else ""


def objects_at(item: object, *path: str | int) -> list[Json]:
    """The objects of the list at ``path``; a single object counts as a list of one."""
    found = values(item, *path)
    if isinstance(found, dict):
        return [found]
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []
