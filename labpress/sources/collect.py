"""From a format's tags to a draft: each format is a table that says what its tags mean."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from labpress.core.names import Name, parse_name
from labpress.core.patterns import when_needed
from labpress.core.text import one_line
from labpress.sources.draft import Draft
from labpress.sources.loose_dates import loose_date
from labpress.sources.mentions import urls_in
from labpress.sources.notes import PRIVATE
from labpress.sources.vancouver import VANCOUVER

IGNORED = "ignored"
"""What a tag means that only the exporting program needs."""

_FIRST_COUNTS = frozenset(["title", "venue", "abstract", "doi", "arxiv", "id", "category"])
_TAG_SEPARATOR = when_needed(r"\s*[;\n]\s*")
_PARAGRAPHS = when_needed(r"\n\s*\n")


def put(draft: Draft, meaning: str, value: str, line: int) -> None:
    """Add ``value``, found on ``line``, to what ``meaning`` says it is.

    ``meaning`` is a name of ``Draft``, ``author`` or ``editor`` (one person), ``names`` (several), ``url``, ``tag``,
    ``link:KIND``, ``extra:NAME``, ``IGNORED``; any other is a field of the record by that name.
    """
    value = value.strip()
    if not value or meaning == IGNORED:
        return
    draft.lines.setdefault(_LINE_NAMES.get(meaning, meaning), line)
    if meaning in _FIRST_COUNTS:
        if not getattr(draft, meaning):
            setattr(draft, meaning, paragraphs(value) if meaning == "abstract" else one_line(value))
    elif meaning in _LISTS:
        _LISTS[meaning](draft, value)
    elif meaning.startswith("link:"):
        draft.links.setdefault(meaning[5:], value)
    elif meaning in _NOTES:
        draft.pieces.setdefault(meaning, []).append(value)
    elif meaning.startswith("extra:") or meaning in _IN_PIECES:
        draft.pieces.setdefault(meaning, []).append(one_line(value))
    else:
        draft.fields.setdefault(meaning, one_line(value))


def paragraphs(text: str) -> str:
    """``text`` with the line ends inside its paragraphs as spaces."""
    return "\n\n".join(part for part in map(one_line, _PARAGRAPHS.split(text)) if part)


def person(text: str) -> Name:
    """``Family, Given, Suffix`` as RIS and its kin write it, or any form that ``parse_name`` knows.

    EndNote marks an organisation by a comma behind its name, or by two within: ``University of Ulm,, Library``.
    """
    parts = [part.strip() for part in text.split(",")]
    if len(parts) > 1 and not parts[1] and " " in parts[0] and not VANCOUVER.fullmatch(parts[0]):
        return Name(", ".join(filter(None, parts)), literal=True)
    if len(parts) == 3 and all(parts):
        parts[1:] = parts[2], parts[1]
    return parse_name(", ".join(part for part in parts if part))


def merged_date(dates: Mapping[str, str], *order: str) -> str:
    """The fullest of several dates that agree with the first of ``order`` that is there."""
    found = [date for name in order if (date := loose_date(dates.get(name, "")))]
    return max((date for date in found if date.startswith(found[0])), key=len, default="")


def _add_author(draft: Draft, value: str) -> None:
    draft.authors.append(person(one_line(value)))


def _add_editor(draft: Draft, value: str) -> None:
    draft.editors.append(person(one_line(value)))


def _add_team(draft: Draft, value: str) -> None:
    draft.authors.append(Name(one_line(value), literal=True))


def _add_urls(draft: Draft, value: str) -> None:
    draft.urls.extend(urls_in(value) or [one_line(value)])


def _add_tags(draft: Draft, value: str) -> None:
    draft.tags.extend(_TAG_SEPARATOR.split(value))


def _add_affiliation(draft: Draft, value: str) -> None:
    draft.affiliations.append(one_line(value))


_LISTS: dict[str, Callable[[Draft, str], None]] = {
    "author": _add_author,
    "editor": _add_editor,
    "team": _add_team,
    "url": _add_urls,
    "tag": _add_tags,
    "affiliation": _add_affiliation,
}
_NOTES = frozenset(["note", PRIVATE])
"""Whose lines tell something."""
_IN_PIECES = frozenset(["isbn", "issn"])
_LINE_NAMES = {"author": "authors", "team": "authors", "editor": "editors", "url": "links", "tag": "tags"}
