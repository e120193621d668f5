"""Refer, which EndNote exports as ``.enw``: a ``%`` and a letter before each value."""

from __future__ import annotations

import re

from labpress.core.decoding import decode
from labpress.core.diagnostics import Parsed
from labpress.core.files import SourceFile
from labpress.core.patterns import when_needed
from labpress.sources.collect import IGNORED, merged_date, put
from labpress.sources.draft import Draft, finish_all, guessed_markup
from labpress.sources.endnote_types import type_of
from labpress.sources.notes import PRIVATE
from labpress.sources.record import Record
from labpress.sources.tagged import Group, Syntax, has_lines, tagged_groups

_SYNTAX = Syntax(
    when_needed(r"(%[0-9A-Z@!?\[\]^~><&(){}+|=#$*'\"`_:;,./\\-])(?:[ \t](.*))?$"), frozenset(["%0"]), blank_ends=True
)
_MEANINGS = {
    "%A": "author", "%E": "editor", "%T": "title", "%J": "venue", "%B": "venue", "%V": "volume", "%N": "issue",
    "%P": "pages", "%R": "doi", "%U": "url", "%X": "abstract", "%K": "tag", "%I": "publisher", "%C": "place",
    "%F": "id", "%7": "edition", "%G": "language", "%S": "series", "%Z": PRIVATE, "%O": "note", "%>": "link:pdf",
    "%+": "affiliation", "%M": "extra:accession", "%L": IGNORED, "%W": IGNORED, "%[": IGNORED, "%~": IGNORED,
    "%!": IGNORED, "%^": IGNORED,
}  # fmt: skip

looks_like_refer = has_lines(r"^%(?:0 [A-Z][a-z]+|[AT] \S.*\n(?:%[A-Z0-9@] .*\n)*%[ATD] \S)")


def parse_refer(file: SourceFile) -> Parsed[tuple[Record, ...]]:
    """One record for each group of lines; groups begin with ``%0`` or after an empty line."""
    source, faults = decode(file)
    groups, strays = tagged_groups(source, _SYNTAX)
    return finish_all(map(_draft_of, groups), source, (*faults, *strays))


def _draft_of(group: Group) -> Draft:
    draft = Draft(line=group.line)
    rest: dict[str, str] = {}
    for tag in group.tags:
        meaning = _MEANINGS.get(tag.name)
        if meaning:
            put(draft, meaning, tag.value, tag.line)
        elif tag.value:
            rest.setdefault(tag.name, " ".join(tag.value.split()))
    draft.type = type_of(rest.pop("%0", ""))
    year, day = rest.pop("%D", ""), rest.pop("%8", "")
    # The day stands in a tag of its own, with the year or without it.
    draft.date = merged_date({"year": year, "day": day, "both": f"{day} {year}"}, "year", "day", "both")
    if number := rest.pop("%@", ""):
        draft.fields["issn" if re.match(r"\d{4}-?\d{3}[\dX]$", number) else "isbn"] = number
    if draft.type == "thesis":
        draft.fields["institution"] = draft.fields.pop("publisher", "")
        draft.fields["degree"] = rest.pop("%9", "")
    draft.extra.update({f"refer_{tag[1:]}": value for tag, value in rest.items()})
    draft.markup = guessed_markup(draft.title, draft.abstract)
    return draft
