"""What labpress adds to Markdown: links to entries, citations, and addresses that emphasis leaves alone."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.util import ETX, STX, AtomicString

_ADDRESS_WITH_UNDERSCORES = r"https?://[^\s<>()\[\]*_\"'`\x02\ue000-\uf8ff]*_[^\s<>()\[\]*\"'`\x02\ue000-\uf8ff]*"
_ID = r"[A-Za-z0-9][\w:.+-]*"


class ReferenceExtension(Extension):
    """Entry links, citations and bare addresses."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  The library's name.
        md.inlinePatterns.register(BareAddress(_ADDRESS_WITH_UNDERSCORES, md), "bare_address", 185)
        md.inlinePatterns.register(EntryLink(rf"\[\[({_ID})(?:\|([^\[\]|\n]+))?\]\]", md), "entry_link", 176)
        md.inlinePatterns.register(Citation(rf"\[(@{_ID}(?:\s*;\s*@{_ID})*)\]", md), "citation", 175)


class BareAddress(InlineProcessor):
    """Keeps ``_`` inside an address from being read as emphasis."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[str, int, int]:  # type: ignore[override]  # noqa: ARG002, N802
        return m[0].replace("_", f"{STX}{ord('_')}{ETX}"), m.start(), m.end()


class EntryLink(InlineProcessor):
    """``[[dinh2022lift]]`` and ``[[dinh2022lift|the LIFT paper]]``."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:  # type: ignore[override]  # noqa: ARG002, N802
        return _entry_link(m[1], m[2]), m.start(), m.end()


class Citation(InlineProcessor):
    """``[@dinh2022lift]`` and ``[@dinh2022lift; @zeng2023expressive]``."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:  # type: ignore[override]  # noqa: ARG002, N802
        group = Element("span", {"class": "citations"})
        for key in re.split(r"\s*;\s*", m[1]):
            link = _entry_link(key[1:])
            link.set("class", "citation")
            group.append(link)
            link.tail = "; "
        group[-1].tail = None
        return group, m.start(), m.end()


def _entry_link(target: str, text: str | None = None) -> Element:
    link = Element("a", {"href": f"entry:{target}"})
    link.text = text or AtomicString(target)
    return link
