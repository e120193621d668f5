"""What labpress adds to Markdown: links to entries, citations, addresses without emphasis, words in <> and {}.

And what it looks for in passing: LaTeX that is none of Markdown's.
"""

from __future__ import annotations

import re
from collections import Counter
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.attr_list import AttrListExtension, AttrListTreeprocessor
from markdown.inlinepatterns import AUTOLINK_RE, AUTOMAIL_RE, HTML_RE, HtmlInlineProcessor, InlineProcessor
from markdown.preprocessors import Preprocessor
from markdown.util import ETX, STX, AtomicString

from labpress.core.patterns import when_needed
from labpress.markup.foreign import FOREIGN, is_foreign
from labpress.markup.lists import with_full_steps
from labpress.markup.sanitize import ATTRIBUTES, INLINE_TAGS, KNOWN_TAGS, MATH_TAGS

_ADDRESS = r"(?<![<=])(?<!=[\"'])https?://[^\s<>()\[\]*\\$\"'`\x02\ue000-\uf8ff]*+"
_ID = r"[A-Za-z0-9][\w:.+-]*"
_CITED = rf"@{_ID}(?:,[^\[\];@]*)?"
Found = tuple[Element | str | None, int | None, int | None]
"""What a pattern makes of a match, and the ends of what that replaces."""

_SWITCHES = "open|controls|muted|loop|reversed|hidden|async|defer|checked|disabled|download|ismap|allowfullscreen"
"""Attributes without a value."""
_TAG_NAME = when_needed(r"</?([A-Za-z][^\s<>/]*)")
_ATTRIBUTES = when_needed(
    r"""(?:\s++|/|[^\s=<>/"']++\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s"'<>]++)"""
    rf"""|(?:{_SWITCHES})\b)*+>""",
    re.IGNORECASE,
)
"""All of a tag behind its name. A word without a value is an attribute only if HTML has one of that name."""

_KEYS = "|".join(sorted(set[str]().union(*(ATTRIBUTES[tag] for tag in ATTRIBUTES.keys() - MATH_TAGS))))
_LISTED = r"""(?:[#.][^\W\d][^\s{}#.="']*+|[^\W\d][\w:-]*+=(?:"[^"{}\n]*+"|'[^'{}\n]*+')|%s=[^\s{}="']++%s)"""
_WITHOUT_COLON = _LISTED % (f"(?:{_KEYS})", "")
_WITH_COLON = _LISTED % (r"[^\W\d][\w:-]*+", rf"|(?:{_SWITCHES})(?=[ }}])")
_ATTRIBUTE_LIST = (
    rf"\{{(?::|(?=[ ]*+{_WITHOUT_COLON}(?:[ ]++{_WITHOUT_COLON})*+[ ]*+\}}))"
    rf"[ ]*+({_WITH_COLON}(?:[ ]++{_WITH_COLON})*+)[ ]*+\}}"
)


class AddressExtension(Extension):
    """Addresses that emphasis leaves alone."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  The library's name.
        md.inlinePatterns.register(BareAddress(_ADDRESS, md), "bare_address", 185)


class ReferenceExtension(Extension):
    """Links to entries, and citations."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  The library's name.
        md.inlinePatterns.register(EntryLink(rf"\[\[({_ID})(?:\|([^\[\]|\n]+))?\]\]", md), "entry_link", 176)
        md.inlinePatterns.register(Citation(rf"\[({_CITED}(?:;\s*{_CITED})*)\]", md), "citation", 175)


class ForeignExtension(Extension):
    """Takes down LaTeX that stands outside of code and formulas, and leaves it as it is."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  The library's name.
        self.pattern = ForeignLatex(FOREIGN, md)
        md.inlinePatterns.register(self.pattern, "foreign_latex", 187)
        md.registerExtension(self)

    def reset(self) -> None:
        """Forget what the text before this one had."""
        self.pattern.found = {}


class ListExtension(Extension):
    """Lists as people write them."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  The library's name.
        md.preprocessors.register(FullSteps(md), "full_steps", 15)  # Where code in fences and elements has gone.


class FullSteps(Preprocessor):
    """Gives the items of lists the indentation that the library looks for."""

    def run(self, lines: list[str]) -> list[str]:
        return with_full_steps(lines)


class AttributeListExtension(AttrListExtension):
    """Attribute lists, and all else in braces left alone."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  The library's name.
        super().extendMarkdown(md)
        md.treeprocessors.register(AttributeLists(md), "attr_list", 8)


class TextElementExtension(Extension):
    """In a text, only elements of HTML are markup; ``<think>`` and ``Map<String>`` are words."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  The library's name.
        md.inlinePatterns.register(TextElement(HTML_RE, md), "html", 90)


class TitleElementExtension(Extension):
    """In a title, only whole inline elements are markup, and an address is no link."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  The library's name.
        self.elements = TitleElement(HTML_RE, md)
        md.inlinePatterns.register(self.elements, "html", 90)
        md.inlinePatterns.register(AddressInBrackets(AUTOLINK_RE, md), "autolink", 120)
        md.inlinePatterns.register(AddressInBrackets(AUTOMAIL_RE, md), "automail", 110)
        md.registerExtension(self)

    def reset(self) -> None:
        """Forget what the title before this one has opened."""
        self.elements.open.clear()


class AttributeLists(AttrListTreeprocessor):
    """``{: .lead lang=de}``, or without the colon what cannot be words: ``{#results .wide}`` and attributes of HTML.

    ``{x}``, ``{K-12}``, ``{n=5}`` and ``{a, b}`` are text, wherever they stand.
    """

    HEADER_RE = re.compile(rf"(?<! )[ ]++{_ATTRIBUTE_LIST}[ ]*$")  # type: ignore[misc]
    BLOCK_RE = re.compile(rf"\n[ ]*+{_ATTRIBUTE_LIST}[ ]*$")  # type: ignore[misc]
    INLINE_RE = re.compile(_ATTRIBUTE_LIST)  # type: ignore[misc]


class TextElement(HtmlInlineProcessor):
    """Leaves a tag that is none of HTML as text: ``<think>``, and the ``<b and c>`` of ``a<b and c>d``.

    Custom elements, which have a hyphen, are some.
    """

    def handleMatch(self, m: re.Match[str], data: str) -> Found:  # type: ignore[override]  # noqa: N802
        name = _TAG_NAME.match(m[0])
        is_known = name and ("-" in name[1] or name[1].lower() in KNOWN_TAGS)
        if name and not (is_known and _ATTRIBUTES.fullmatch(m[0], name.end(1))):
            return None, m.start(), m.end()
        return super().handleMatch(m, data)


class TitleElement(HtmlInlineProcessor):
    """Leaves as text what is no inline element, begins and does not end, or ends and has not begun."""

    def __init__(self, pattern: str, md: Markdown) -> None:
        super().__init__(pattern, md)
        self.open = Counter[str]()

    def handleMatch(self, m: re.Match[str], data: str) -> Found:  # type: ignore[override]  # noqa: N802
        if self._is_markup(m[0], data[m.end() :]):
            return super().handleMatch(m, data)
        return None, m.start(), m.end()

    def _is_markup(self, tag: str, following: str) -> bool:
        found = _TAG_NAME.match(tag)
        if not found:
            return tag.startswith("<!--")
        name = found[1].lower()
        if name in MATH_TAGS or name == "wbr":
            return True
        begins = not tag.startswith("</")
        if name not in INLINE_TAGS or not (f"</{name}>" in following.lower() if begins else self.open[name]):
            return False
        self.open[name] += 1 if begins else -1
        return True


class AddressInBrackets(InlineProcessor):
    """``<https://example.org>`` and ``<me@example.org>`` without their brackets."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[str, int, int]:  # type: ignore[override]  # noqa: ARG002, N802
        return m[1], m.start(), m.end()


class BareAddress(InlineProcessor):
    """Keeps ``_`` inside an address from being read as emphasis. In angle brackets and attributes nothing is."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[str | None, int, int]:  # type: ignore[override]  # noqa: ARG002, N802
        if "_" not in m[0]:
            return None, m.start(), m.end()
        return m[0].replace("_", f"{STX}{ord('_')}{ETX}"), m.start(), m.end()


class ForeignLatex(InlineProcessor):
    """Keeps the first of each kind of LaTeX. Code between backticks has left the text before; ``<code>`` has not."""

    def __init__(self, pattern: str, md: Markdown) -> None:
        super().__init__(pattern, md)
        self.found: dict[str, str] = {}

    def handleMatch(self, m: re.Match[str], data: str) -> Found:  # type: ignore[override]  # noqa: N802
        kind = str(m.lastgroup)
        in_code = kind in self.found or data.count("<code", 0, m.start()) > data.count("</code", 0, m.start())
        if not in_code and is_foreign(m):
            self.found[kind] = m[0]
        return None, m.start(), m.end()


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
