"""Writing Markdown: text, math and styles that read as themselves and stay pleasant to edit.

Only characters that would be taken for markup are escaped: ``p_correct``, ``(1)``, ``[0, 1]`` and ``R&D`` stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby
from typing import Literal, NamedTuple

from labpress.core.patterns import when_needed
from labpress.markup.links import is_bare_address

_MARKERS = {"emphasis": "*", "strong": "**"}
_ELEMENTS = {"emphasis": "em", "strong": "strong", "superscript": "sup", "subscript": "sub"}

_REFERENCE = when_needed(r"&(?=\#[\dxX]|\w+;)")
_SPECIAL = when_needed(
    r"(?P<address>(?<![<=])(?<!=[\"'])https?://[^\s<>()\[\]*\"'`\\$]+)"  # Where a reader takes it for one.
    r"|(?P<escape>[\\`$]|(?<![^\W_])_|_(?![^\W_])|\*|\[(?=[\[@^])|\](?=[\[(:{])|(?<=[^\s])\{(?=:)|\{(?=:))"
    r"|(?P<less><(?! |\d[\d.,;)%]*(?: |$)|$))"
    rf"|(?P<reference>{_REFERENCE.pattern})"
)
# What begins a heading, a quotation, a list, a definition, a table, a rule or a fence at the start of a line.
_LINE_START = when_needed(
    r"^(?:(?P<number>\d{1,9})(?=[.)](?:\s|$))|(?=[#>{]|[-+*:](?:\s|$)|~~~|[-=|][-=|: \t]*$|\[[^\[\]\n]*\]:))",
    re.MULTILINE,
)


class Segment(NamedTuple):
    """A piece of a paragraph that is written in one way."""

    kind: Literal["text", "math", "display", "code", "link", "break"]
    text: str = ""
    """For a break: the marker of the list item that follows."""
    styles: tuple[str, ...] = ()
    """Outermost first: ``emphasis``, ``strong``, ``superscript``, ``subscript``."""
    address: str = ""


def escape_markdown(text: str) -> str:
    """``text`` as Markdown that shows exactly these words. Spaces at the edges of lines, which mean something, go."""
    trimmed = "\n".join([line.strip(" \t") for line in text.split("\n")])
    return _LINE_START.sub(_escaped_start, _SPECIAL.sub(_escaped, trimmed))


def write_markdown(segments: Iterable[Segment]) -> str:
    """Segments as paragraphs and list items, each on one line, with empty lines between paragraphs."""
    paragraphs: list[tuple[str, str]] = []
    marker = ""
    for is_break, run in groupby(segments, lambda segment: segment.kind == "break"):
        if is_break:
            marker = next((one.text for one in reversed(list(run)) if one.text), "")
        elif text := _paragraph(list(run)):
            paragraphs.append((marker, text))
            marker = ""
    out = ""
    for index, (item, text) in enumerate(paragraphs):
        between = "" if not index else "\n" if item and paragraphs[index - 1][0] else "\n\n"
        out += f"{between}{item}{text}"
    return out


def _paragraph(segments: list[Segment]) -> str:
    """One paragraph on one line."""
    text = " ".join(_with_styles(segments, 0, "").split())
    return _LINE_START.sub(_escaped_start, text)


def _with_styles(segments: list[Segment], depth: int, before: str) -> str:
    """Segments that share their ``depth`` outer styles, with the inner ones marked."""
    out = ""
    for inner, run in groupby(segments, lambda segment: segment.styles[depth : depth + 1]):
        group = list(run)
        if inner:
            content = _with_styles(group, depth + 1, "")
            out += _in_style(content, inner[0], nested=depth > 0 or (before + out).endswith("*"))
            continue
        for segment, following in zip(group, [*group[1:], None], strict=True):
            out += _written(segment, before + out, following)
    return out


def _written(segment: Segment, before: str, following: Segment | None) -> str:
    text = segment.text
    if segment.kind == "text":
        text = _SPECIAL.sub(_escaped, text)
        if text.startswith("{") and before and not before[-1].isspace():
            text = "\\" + text
        if following and following.kind == "link" and text.endswith(("!", "]")):
            text = f"{text[:-1]}\\{text[-1]}"
        return text
    if segment.kind == "math":
        digit_follows = following is not None and following.text[:1].isdigit()
        return f"${{{text}}}$" if text[0].isdigit() and digit_follows else f"${text}$"
    if segment.kind == "display":
        return f"$${text}$$"
    if segment.kind == "code":
        return _code(text)
    return _link(text, segment.address, following)


def _in_style(content: str, style: str, *, nested: bool) -> str:
    """``content`` between markers, spaces outside of them. Elements serve where markers would touch each other."""
    core = content.strip()
    if not core:
        return " " if content else ""
    start = content.index(core)
    marker = _MARKERS.get(style, "")
    if nested or not marker or core[0] == "*" or core[-1] == "*":
        marked = f"<{_ELEMENTS[style]}>{core}</{_ELEMENTS[style]}>"
    else:
        marked = f"{marker}{core}{marker}"
    return content[:start] + marked + content[start + len(core) :]


def _code(text: str) -> str:
    """A code span, fenced by more backticks than it has."""
    text = " ".join(text.split())
    if not text:
        return ""
    fence = "`" * (max((len(run) for run in re.findall("`+", text)), default=0) + 1)
    padding = " " if "`" in (text[0], text[-1]) else ""
    return f"{fence}{padding}{text}{padding}{fence}"


def _link(text: str, address: str, following: Segment | None) -> str:
    if text == address and is_bare_address(address):
        next_text = following.text[:1] if following else ""
        return address if not next_text or next_text.isspace() or next_text in ".,;:)" else f"<{address}>"
    target = f"<{address}>" if re.search(r"[()\s]", address) else address
    return f"[{escape_markdown(text)}]({target})"


def _escaped(match: re.Match[str]) -> str:
    found = match[0]
    if match.lastgroup == "address":
        return _REFERENCE.sub("&amp;", found)
    if match.lastgroup == "less":
        return "&lt;"
    if match.lastgroup == "reference":
        return "&amp;"
    if found == "*" and _stands_alone(match):
        return found
    return f"\\{found}"


def _stands_alone(match: re.Match[str]) -> bool:
    """Whether an asterisk has space on both sides, and so marks nothing."""
    text, start, end = match.string, match.start(), match.end()
    return text[start - 1 : start] == " " and text[end : end + 1] == " "


def _escaped_start(match: re.Match[str]) -> str:
    return f"{match[0]}\\"
