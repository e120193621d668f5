"""Reading a text once: from its source to the draft that every output is made from."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import escape
from threading import Lock

from msgspec import Struct

from labpress.core.diagnostics import Diagnostic, Span, quoted
from labpress.core.text import slugify
from labpress.markup.draft import FIRST_SLOT, SLOT, UNPRINTABLE, Slot, put_away, with_plain_math, with_sources
from labpress.markup.highlight import highlighted
from labpress.markup.limits import excess_of_html, excess_of_markdown
from labpress.markup.plain import plain_text
from labpress.markup.sanitize import Cleaned, clean, keep
from labpress.markup.settings import MarkupSettings
from labpress.markup.shortcut import shortcut

Place = Callable[[int, int], Span]
"""Maps a start and an end offset in the given text to a span of the file it stands in."""

_UNPRINTABLE = re.compile(f"[{UNPRINTABLE}]")
_ONE_LINE = str.maketrans("\n\r\t\v\f\x85\u2028\u2029", "        ")
_CONVERTING = Lock()
"""The converters and cleaners are shared, and keep state while they work."""

_VERBATIM = re.compile(r"<(code|pre|kbd|samp|script|style|textarea)\b[^<>]*>.*?</\1>", re.DOTALL)
_HEADING = re.compile(r"<h([1-6])((?: [^<>]*)?)>(.*?)</h\1>", re.DOTALL)
_ID = re.compile(r' id="([^"]*)"')


class Heading(Struct, frozen=True):
    """A heading of a text, for a table of contents."""

    level: int
    id: str
    text: str


class Reading(Struct, frozen=True):
    """A text as it was understood."""

    html: str
    """Clean HTML whose formulas are slots."""
    slots: list[Slot]
    files: tuple[str, ...] = ()
    entries: tuple[str, ...] = ()
    headings: tuple[Heading, ...] = ()
    as_written: bool = False
    """The text could not be read: ``html`` is its source, escaped."""
    diagnostics: tuple[Diagnostic, ...] = ()


def read(source: str, settings: MarkupSettings, place: Place, *, inline: bool) -> Reading:
    """Read Markdown with math; ``inline`` reads one line without blocks and links. Never raises."""
    draft = shortcut(source, tuple(settings.macros.items()), inline=inline)
    if draft is not None:
        return Reading(draft.html, draft.slots)
    return read_in_full(source, settings, place, inline=inline)


def read_in_full(source: str, settings: MarkupSettings, place: Place, *, inline: bool) -> Reading:
    """``read`` without the short way."""
    text = _UNPRINTABLE.sub("\ufffd", source.rstrip())
    excess = excess_of_markdown(text)
    if excess:
        return _as_written(text, excess, place)
    draft = put_away(text.translate(_ONE_LINE) if inline else text, tuple(settings.macros.items()))
    with _CONVERTING:
        html, excess = _converted(draft.html, inline=inline)
        if excess:
            return _as_written(text, excess, place)
        cleaned = _cleaned(html, draft.slots, settings, inline=inline)
    html = _VERBATIM.sub(lambda match: _restored(match[0], draft.slots), cleaned.html)
    html, headings = _with_anchors(html, draft.slots, settings.id_prefix)
    diagnostics = (*_bad_math(html, draft.slots, place), *_left_out(cleaned, source, place, inline=inline))
    return Reading(
        highlighted(html), draft.slots, cleaned.files, cleaned.entries, headings, diagnostics=tuple(diagnostics)
    )


def _converted(text: str, *, inline: bool) -> tuple[str, str]:
    """The HTML of Markdown, or why there is none."""
    from labpress.markup.converter import convert

    try:
        html = convert(text, inline=inline)
    except Exception as error:  # noqa: BLE001  The library means to take any text; a text it fails on is shown as written.
        return "", f"the Markdown library failed on it ({type(error).__name__})"
    return html, excess_of_html(html)


def _cleaned(html: str, slots: list[Slot], settings: MarkupSettings, *, inline: bool) -> Cleaned:
    def restore(attribute: str, value: str) -> str:
        if not SLOT.search(value):
            return value
        return with_plain_math(value, slots) if attribute in ("alt", "title") else with_sources(value, slots)

    if settings.trusted_html and not inline:
        return keep(html, id_prefix=settings.id_prefix, restore=restore)
    return clean(html, id_prefix=settings.id_prefix, restore=restore, inline=inline)


def _as_written(text: str, excess: str, place: Place) -> Reading:
    """The source as paragraphs, when it cannot be read."""
    html = "\n".join(f"<p>{escape(part, quote=False)}</p>" for part in re.split(r"\n\s*\n", text.strip()))
    fault = Diagnostic("too-much-markup", f"{excess}; the text is shown as it is written", place(0, 0))
    return Reading(html, [], as_written=True, diagnostics=(fault,))


def _restored(verbatim: str, slots: list[Slot]) -> str:
    """An element that shows its text as it is, with the sources of what were no formulas after all."""
    return SLOT.sub(lambda match: escape(slots[ord(match[0]) - FIRST_SLOT].source, quote=False), verbatim)


def _with_anchors(html: str, slots: list[Slot], prefix: str) -> tuple[str, tuple[Heading, ...]]:
    """``html`` with an id on every heading, and the headings."""
    if "<h" not in html:
        return html, ()
    headings: list[Heading] = []
    taken = set(_ID.findall(html))

    def anchored(match: re.Match[str]) -> str:
        level, attributes, content = match.groups()
        text = with_plain_math(plain_text(content), slots)
        given = _ID.search(attributes)
        name = given[1] if given else _free(prefix + (slugify(text) or "section"), taken)
        taken.add(name)
        headings.append(Heading(int(level), name, text))
        return match[0] if given else f'<h{level} id="{name}"{attributes}>{content}</h{level}>'

    return _HEADING.sub(anchored, html), tuple(headings)


def _free(name: str, taken: set[str]) -> str:
    """``name``, with a number where it is taken."""
    if name not in taken:
        return name
    number = 2
    while f"{name}-{number}" in taken:
        number += 1
    return f"{name}-{number}"


def _bad_math(html: str, slots: list[Slot], place: Place) -> Iterator[Diagnostic]:
    """A warning for each formula that stands in the text and could not be converted."""
    shown = set(html) if any(slot.formula.fault for slot in slots) else ()
    for index, slot in enumerate(slots):
        if slot.formula.fault and chr(FIRST_SLOT + index) in shown:
            dollars = len(slot.source) - len(slot.source.lstrip("$"))
            start = slot.start + dollars + slot.formula.at if slot.formula.at else slot.start
            yield Diagnostic(
                "bad-math",
                f"{quoted(slot.source)} is no math that can be shown: {slot.formula.fault}",
                place(start, slot.start + len(slot.source)),
                help="its source is shown instead; a command of your own can be defined as a macro in site.yml",
            )


def _left_out(cleaned: Cleaned, source: str, place: Place, *, inline: bool) -> Iterator[Diagnostic]:
    """A warning for everything that was written and is not on the page."""

    def span(found: str) -> Span:
        at = max(source.lower().find(found.lower()), 0)
        return place(at, at + len(found) if at else 0)

    for name in cleaned.removed:
        what = f"{name}>" if name.startswith("<") else f'the attribute "{name}"'
        why = "in a title" if inline else "in a text"
        yield Diagnostic(
            "removed-html",
            f"{what} is not allowed {why} and was left out",
            span(name),
            help="" if inline else "markup: {raw_html: trusted} in site.yml allows any HTML",
        )
    for address in cleaned.unsafe:
        yield Diagnostic("unsafe-url", f"the address {quoted(address)} is not safe and was left out", span(address))
    for address in cleaned.remote:
        yield Diagnostic(
            "remote-image",
            f"{quoted(address)} would be loaded from another site, which visitors' browsers will not do",
            span(address),
            help="put the file beside the entry and name it without https://",
        )
