"""Records as lines of JSON, for other programs: what ``labpress parse`` prints, and reading it back."""

from __future__ import annotations

import json

import msgspec

from labpress.core.decoding import decode
from labpress.core.diagnostics import Diagnostic, Parsed
from labpress.core.files import SourceFile
from labpress.core.patterns import when_needed
from labpress.core.text import without_controls
from labpress.sources.record import Record


def record_as_json(record: Record) -> str:
    """One JSON object, always with the same keys in the same order.

    Where nothing is said, a value is null, or an empty list, object or text. Texts are the source's own, dates ISO 8601
    as far as known, ``warnings`` sentences that name file and line.
    """
    return json.dumps(
        {
            "title": record.title,
            "authors": record.authors,
            "et_al": record.et_al,
            "date": record.date or None,
            "category": record.category or None,
            "score": record.score,
            "has_code": record.has_code,
            "affiliations": record.affiliations,
            "abstract": record.abstract,
            "links": record.links,
            "warnings": [_sentence(warning) for warning in record.warnings],
            "id": record.id,
            "type": record.type,
            "venue": record.venue,
            "doi": record.doi,
            "arxiv": record.arxiv,
            "tags": record.tags,
            "editors": record.editors,
            "markup": record.markup,
            "fields": record.fields,
            "extra": record.extra,
        },
        ensure_ascii=False,
    )


def _sentence(warning: Diagnostic) -> str:
    span = warning.span
    place = ":".join(str(part) for part in (span.path, span.line, span.column) if part) if span else ""
    return f"{place}: {warning.message}" if place else warning.message


_OBJECT_WITH_TITLE = when_needed(r"\s*\{[^\n]{0,100000}?\"title\"\s*:")
_OURS_ALONE = ("warnings", "path", "lines", "format")


def looks_like_json_lines(text: str) -> bool:
    """Whether the first line of ``text`` is a whole object with a title and a key that only records have."""
    first = text.lstrip().split("\n", 1)[0].rstrip()
    return first.endswith("}") and bool(_OBJECT_WITH_TITLE.match(first)) and '"authors"' in first


def parse_json_lines(file: SourceFile) -> Parsed[tuple[Record, ...]]:
    """One record for each line; a key that is left out is unsaid, and an unknown one is ignored."""
    source, faults = decode(file)
    records: list[Record] = []
    found = list(faults)
    for number, line in enumerate(source.text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            values = {key: value for key, value in json.loads(line).items() if value is not None}
            for key in _OURS_ALONE:
                values.pop(key, None)
            record = msgspec.convert(_without_controls(values), Record, strict=False)
        except (ValueError, AttributeError, RecursionError) as error:
            reason = str(error).partition("\n")[0] if isinstance(error, ValueError) else "nested too deep, or no object"
            message = f"expected a record as a JSON object, found a fault: {reason}"
            found.append(Diagnostic("broken-entry", message, source.line_span(number)))
            continue
        records.append(msgspec.structs.replace(record, path=source.path, lines={"": number}))
    return Parsed(tuple(records), tuple(found))


def _without_controls(value: object) -> object:
    """``value`` with clean texts: an escape can stand for half a character, which no file may have."""
    if isinstance(value, str):
        return without_controls(value)
    if isinstance(value, list):
        return [_without_controls(one) for one in value]
    if isinstance(value, dict):
        return {key: _without_controls(one) for key, one in value.items()}
    return value
