"""A record as one line of JSON, for other programs: what ``labpress parse`` prints."""

from __future__ import annotations

import json

from labpress.core.diagnostics import Diagnostic
from labpress.sources.record import Record


def record_as_json(record: Record) -> str:
    """One JSON object, always with the same keys in the same order.

    Where nothing is said, a value is null, or an empty list, object or text. Texts are the source's own, dates ISO 8601 as far as known, ``warnings`` sentences that name file and line.
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
        },
        ensure_ascii=False,
    )


def _sentence(warning: Diagnostic) -> str:
    span = warning.span
    place = ":".join(str(part) for part in (span.path, span.line, span.column) if part) if span else ""
    return f"{place}: {warning.message}" if place else warning.message
