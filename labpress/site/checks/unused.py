"""People and topics that no paper mentions: often a spelling that the papers do not use."""

from __future__ import annotations

from collections.abc import Iterator

from labpress.core.diagnostics import Diagnostic, Span, quoted
from labpress.core.text import fold
from labpress.site.catalog import make_catalog
from labpress.site.plan import Content


def unused_faults(content: Content) -> Iterator[Diagnostic]:
    """A note for each person of people.yml and each topic of topics.yml that has no paper."""
    entries = [entry for entry in content.entries if not entry.paper.draft]
    catalog = make_catalog(entries, content.people).value
    with_papers = {
        identity.person.key for key in catalog.authors if (identity := catalog.people[key]).person is not None
    }
    for person in content.people:
        if person.key not in with_papers:
            message = f"no paper names {quoted(person.name.display)}"
            advice = "add the spellings that papers use under  also:"
            yield Diagnostic("unused-person", message, Span(f"{content.files.root}people.yml", person.line), advice)
    for topic in content.topics:
        if fold(topic.name) not in catalog.tags:
            message = f"no paper has the tag {quoted(topic.name)}"
            advice = "topics are applied when papers are imported; write it under  tags:  of those that are there"
            yield Diagnostic("unused-topic", message, Span(f"{content.files.root}topics.yml"), advice)
