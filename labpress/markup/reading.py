"""Reading a text once: from its source to the one ``Reading`` that every output is made from.

The converter and the cleaner are shared and keep state while they work, so one thread at a time may read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from html import escape

from msgspec import Struct

from labpress.core.diagnostics import Diagnostic, Span, quoted
from labpress.core.patterns import when_needed
from labpress.core.text import one_line
from labpress.markup.addresses import AddressBook
from labpress.markup.foreign import foreign_latex
from labpress.markup.limits import excess_of_html, excess_of_markdown
from labpress.markup.references import describe_lost_pictures
from labpress.markup.sanitize import clean, keep, left_out
from labpress.markup.settings import MarkupSettings
from labpress.markup.shortcut import shortcut
from labpress.markup.slots import FIRST_SLOT, SLOT, Slot, printable, put_away, with_plain_math, with_sources

Place = Callable[[int, int], Span]
"""Maps a start and an end offset in the given text to a span of the file it stands in."""

_ONE_LINE = str.maketrans("\n\r\t\v\f\x85\u2028\u2029", "        ")

_VERBATIM = when_needed(r"<(code|pre|kbd|samp|script|style|textarea)\b[^<>]*>.*?</\1>", re.DOTALL)


class Reading(Struct, frozen=True):
    """A text as it was understood."""

    html: str
    """Clean HTML whose formulas are slots."""
    slots: list[Slot]
    files: tuple[str, ...] = ()
    entries: tuple[str, ...] = ()
    as_written: bool = False
    """The text could not be read: ``html`` is its source, escaped."""
    diagnostics: tuple[Diagnostic, ...] = ()


def read(source: str, settings: MarkupSettings, place: Place, *, inline: bool) -> Reading:
    """Read Markdown with math; ``inline`` reads one line without blocks and links. Never raises."""
    ordinary = shortcut(source, tuple(settings.macros.items()), inline=inline)
    if ordinary is not None:
        return Reading(ordinary.text, ordinary.slots)
    return read_in_full(source, settings, place, inline=inline)


def read_in_full(source: str, settings: MarkupSettings, place: Place, *, inline: bool) -> Reading:
    """``read`` without the short way."""
    text = printable(source.rstrip())
    excess = excess_of_markdown(text)
    if excess:
        return _as_written(text, excess, place)
    slotted = put_away(text.translate(_ONE_LINE) if inline else text, tuple(settings.macros.items()))
    trusted = settings.trusted_html and not inline
    html, foreign, excess = _converted(slotted.text, inline=inline, any_element=trusted)
    if excess:
        return _as_written(text, excess, place)
    book = AddressBook(settings.id_prefix)
    restore = partial(_attribute_value, slotted.slots)
    cleaned = keep(html, book, restore) if trusted else clean(html, book, restore, inline=inline)
    faults = [] if trusted else [*_left_out(html, book, source, place, inline=inline)]
    if not trusted and "<img" in cleaned:
        cleaned = describe_lost_pictures(cleaned)
    cleaned = _VERBATIM.sub(lambda match: _restored(match[0], slotted.slots), one_line(cleaned) if inline else cleaned)
    faults += _bad_math(cleaned, slotted.slots, place)
    for kind, found in foreign.items():
        written = with_sources(found, slotted.slots)
        faults.append(foreign_latex(kind, written, _span_of(written, source, place)))
    return Reading(cleaned, slotted.slots, tuple(book.files), tuple(book.entries), diagnostics=tuple(faults))


def _converted(text: str, *, inline: bool, any_element: bool) -> tuple[str, dict[str, str], str]:
    """The HTML of Markdown and the LaTeX that was none of it, or why there is no HTML."""
    from labpress.markup.converter import convert

    try:
        html, foreign = convert(text, inline=inline, any_element=any_element)
    except Exception as error:  # noqa: BLE001  The library means to take any text; a text it fails on is shown as written.
        return "", {}, f"the Markdown library failed on it ({type(error).__name__})"
    return html, foreign, excess_of_html(html)


def _attribute_value(slots: list[Slot], attribute: str, value: str) -> str:
    """The value of an attribute with its formulas: in words where people read it, else as they were written."""
    return with_plain_math(value, slots) if attribute in ("alt", "title") else with_sources(value, slots)


def _as_written(text: str, excess: str, place: Place) -> Reading:
    """The source as paragraphs, when it cannot be read."""
    html = "\n".join(f"<p>{escape(part, quote=False)}</p>" for part in re.split(r"\n\s*\n", text.strip()))
    fault = Diagnostic("too-much-markup", f"{excess}; the text is shown as it is written", place(0, 0))
    return Reading(html, [], as_written=True, diagnostics=(fault,))


def _restored(verbatim: str, slots: list[Slot]) -> str:
    """An element that shows its text as it is, with the sources of what were no formulas after all."""
    return SLOT.sub(lambda match: escape(slots[ord(match[0]) - FIRST_SLOT].source, quote=False), verbatim)


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


def _span_of(found: str, source: str, place: Place) -> Span:
    """Where ``found`` stands first, or the beginning."""
    at = source.lower().find(found.lower())
    return place(at, at + len(found)) if at >= 0 else place(0, 0)


def _left_out(html: str, book: AddressBook, source: str, place: Place, *, inline: bool) -> Iterator[Diagnostic]:
    """A warning for everything that was written and is not on the page."""
    names, addresses = left_out(html, inline=inline)
    for name in names:
        what = f"{name}>" if name.startswith("<") else f'the attribute "{name}"'
        why = "in a title" if inline else "in a text"
        yield Diagnostic(
            "removed-html",
            f"{what} is not allowed {why} and was left out",
            _span_of(name, source, place),
            help="" if inline else "markup: {raw_html: trusted} in site.yml allows any HTML",
        )
    for address in book.unsafe | addresses:
        yield Diagnostic(
            "unsafe-url",
            f"expected an address that is safe to follow, found {quoted(address)}, which was left out",
            _span_of(address, source, place),
            help="labpress links to http, https, mailto, tel and ftp addresses, and to files of the site",
        )
    for address in book.remote:
        yield Diagnostic(
            "remote-image",
            f"expected a file of the site, found {quoted(address)}, which visitors' browsers will not load",
            _span_of(address, source, place),
            help="put the file beside the entry and name it without https://",
        )
