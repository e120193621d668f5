"""What labpress adds to Markdown: links to entries, citations, and addresses that emphasis leaves alone."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.util import ETX, STX, AtomicString

_ADDRESS = r"https?://[^\s<>()\[\]*\\$\"'`\x02\ue000-\uf8ff]*+"
_ID = r"[A-Za-z0-9][\w:.+-]*"
_CITED = rf"@{_ID}(?:,[^\[\];@]*)?"


class AddressExtension(Extension):
    """Addresses that emphasis leaves alone."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  The library's name.
        md.inlinePatterns.register(BareAddress(_ADDRESS, md), "bare_address", 185)


class ReferenceExtension(Extension):
    """Links to entries, and citations."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  The library's name.
        md.inlinePatterns.register(EntryLink(rf"\[\[({_ID})(?:\|([^\[\]|\n]+))?\]\]", md), "entry_link", 176)
        md.inlinePatterns.register(Citation(rf"\[({_CITED}(?:;\s*{_CITED})*)\]", md), "citation", 175)


class BareAddress(InlineProcessor):
    """Keeps ``_`` inside an address from being read as emphasis."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[str | None, int, int]:  # type: ignore[override]  # noqa: ARG002, N802
        if "_" not in m[0]:
            return None, m.start(), m.end()
        return m[0].replace("_", f"{STX}{ord('_')}{ETX}"), m.start(), m.end()


class EntryLink(InlineProcessor):
    """``[[dinh2022lift]]`` and ``[[dinh2022lift|the LIFT paper]]``."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:  # type: ignore[override]  # noqa: ARG002, N802
        return _entry_link(m[1], m[2]), m.start(), m.end()


class Citation(InlineProcessor):
    """``[@dinh2022lift]`` and ``[@dinh2022lift, p. 3; @zeng2023expressive]``."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:  # type: ignore[override]  # noqa: ARG002, N802
        group = Element("span", {"class": "citations"})
        cited = [part.strip().partition(",") for part in m[1].split(";")]
        for index, (key, comma, locator) in enumerate(cited):
            link = _entry_link(key.strip()[1:])
            link.set("class", "citation")
            link.tail = AtomicString(comma + locator.rstrip() + ("" if index == len(cited) - 1 else "; "))
            group.append(link)
        return group, m.start(), m.end()


def _entry_link(target: str, text: str | None = None) -> Element:
    """A link to an entry. With its id as text, the page shows the entry's title in its place."""
    link = Element("a", {"href": f"entry:{target}"})
    link.text = text or AtomicString(target)
    return link
