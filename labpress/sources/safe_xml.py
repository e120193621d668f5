"""XML sources, read record by record, with nothing external and no entity of the file's own ever resolved.

A document with a DOCTYPE is refused before any parser sees it: entities can only be declared there. Each record is
cut out of the text and parsed alone, so that a broken one costs no other.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple
from xml.etree.ElementTree import Element, ParseError, fromstring

from labpress.core.diagnostics import Diagnostic, Parsed, SourceText
from labpress.core.patterns import when_needed

_DECLARATION = when_needed(r"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_NAMESPACE = when_needed(r"\sxmlns(?::[A-Za-z_][\w.-]{0,40})?\s*=\s*(?:\"[^\"<]{0,300}\"|'[^'<]{0,300}')")
_LONGEST = 4_000_000
_DEEPEST = 200


class XmlRecord(NamedTuple):
    """One record's element, and the line it begins on."""

    element: Element
    line: int


def xml_records(source: SourceText, tag: str) -> Parsed[tuple[XmlRecord, ...]]:
    """Every ``<tag>`` element of ``source``. A broken one is reported, and the others are kept."""
    text = source.text
    declaration = _DECLARATION.search(text)
    if declaration:
        message = "expected XML without a DOCTYPE, found one; it is not read, for it can name other files"
        fault = Diagnostic("not-understood", message, source.span(declaration.start(), declaration.end()), "delete it")
        return Parsed((), (fault,))
    opening = re.compile(rf"<{tag}(?=[\s>])")
    starts = [match.start() for match in opening.finditer(text)]
    namespaces = "".join(dict.fromkeys(_NAMESPACE.findall(text[: starts[0]][:10_000]))) if starts else ""
    records: list[XmlRecord] = []
    faults: list[Diagnostic] = []
    for start, following in pairwise([*starts, len(text)]):
        end = text.find(f"</{tag}", start, following)
        piece = text[start : end if end >= 0 else following]
        parsed = _parse(f"<r{namespaces}>{piece}</{tag}></r>") if end >= 0 else f"found no </{tag}>"
        if isinstance(parsed, Element):
            records.append(XmlRecord(parsed, source.line_number(start)))
        else:
            message = f"expected a whole <{tag}> element, {parsed}"
            faults.append(Diagnostic("broken-entry", message, source.span(start, start + len(tag) + 1)))
    return Parsed(tuple(records), tuple(faults))


def _parse(xml: str) -> Element | str:
    """The element inside the wrapper, or what is wrong with it."""
    if len(xml) > _LONGEST:
        return f"found one of {len(xml):,} characters"
    if _depth(xml) > _DEEPEST:
        return "found elements nested too deep"
    try:
        return next(iter(fromstring(xml)))  # noqa: S314  See the module's first lines.
    except ParseError as error:
        return f"found a fault in it: {str(error).partition(':')[0]}"


def _depth(xml: str) -> int:
    """At least the depth of nesting: every end tag and every empty element goes up, whatever it ends."""
    depth = deepest = 0
    for match in re.finditer(r"<(/?)[A-Za-z_]|/>", xml):
        depth += -1 if match[1] or match[0] == "/>" else 1
        deepest = max(deepest, depth)
    return deepest


def text_of(element: Element | None) -> str:
    """All text of ``element``, styles and other markup inside it ignored; "" for None."""
    return "".join(element.itertext()).strip() if element is not None else ""
