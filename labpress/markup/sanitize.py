"""HTML from anywhere to HTML that can do no harm: one reused cleaner with explicit lists."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from html import escape, unescape

from labpress.core.patterns import when_needed
from labpress.markup.addresses import ADDRESS_ATTRIBUTES, AddressBook
from labpress.markup.urls import SCHEMES, scheme_of

INLINE_TAGS = frozenset(
    "b strong i em u s del ins sub sup small mark code kbd samp var q cite abbr dfn time span bdi bdo wbr"
    " ruby rb rp rt".split()
)
"""Elements of a title."""

BLOCK_TAGS = INLINE_TAGS | frozenset(
    "p br hr h1 h2 h3 h4 h5 h6 blockquote pre ul ol li dl dt dd table caption colgroup col thead tbody tfoot tr th td"
    " figure figcaption details summary div section aside a img picture video audio source track".split()
)
"""Elements of an abstract or a page."""

MATH_TAGS = frozenset(
    "math menclose merror mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow ms mspace msqrt"
    " mstyle msub msubsup msup mtable mtd mtext mtr munder munderover".split()
)
"""MathML Core and ``menclose``, without what holds foreign markup (``semantics``, ``annotation-xml``)."""

KNOWN_TAGS = (
    BLOCK_TAGS
    | MATH_TAGS
    | frozenset(
        "html head body base link meta title script style noscript template slot iframe frame frameset noframes embed"
        " object param applet canvas map area form input button select option optgroup textarea label fieldset legend"
        " datalist output progress meter dialog menu nav main header footer article address hgroup svg portal"
        " annotation annotation-xml semantics acronym basefont bgsound big blink center dir font marquee nobr"
        " noembed plaintext strike tt xmp".split()
    )
)
"""Elements of HTML, allowed or not. Any other name in angle brackets is a word, as in ``<think>``."""

_MATH_ATTRIBUTES = frozenset(
    "accent accentunder columnspan depth dir display displaystyle fence form height largeop linethickness lspace"
    " mathbackground mathcolor mathsize mathvariant maxsize minsize movablelimits notation rowspan rspace scriptlevel"
    " separator stretchy symmetric voffset width".split()
)

ATTRIBUTES: dict[str, set[str]] = {
    "*": {"class", "dir", "id", "lang", "title"},
    "a": {"href", "hreflang"},
    "img": {"src", "alt", "width", "height"},
    "video": {"src", "poster", "controls", "width", "height", "muted", "loop"},
    "audio": {"src", "controls"},
    "source": {"src", "type"},
    "track": {"src", "kind", "srclang", "label"},
    "td": {"colspan", "rowspan", "headers"},
    "th": {"colspan", "rowspan", "headers", "scope", "abbr"},
    "col": {"span"},
    "colgroup": {"span"},
    "ol": {"start", "type", "reversed"},
    "li": {"value"},
    "time": {"datetime"},
    "details": {"open"},
} | {tag: set(_MATH_ATTRIBUTES) for tag in MATH_TAGS}

_TAG = when_needed(r"<([A-Za-z][A-Za-z0-9-]*)([^<>]*)>")
_END_TAG = when_needed(r"</([A-Za-z][A-Za-z0-9-]*)\s*>")
_ATTRIBUTE = when_needed(r"""(?<=\s)([A-Za-z-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_FORBIDDEN = when_needed(r"\s(on[a-z]+|style)\s*=", re.IGNORECASE)
_DECIDED = SCHEMES | {"", "data", "entry"}
"""Schemes that the address book decides about; the cleaner drops the others by itself."""

AttributeFilter = Callable[[str, str, str], str | None]
"""(element, attribute, value) -> the value it may have, or None."""


def clean(html: str, book: AddressBook, restore: Callable[[str, str], str], *, inline: bool) -> str:
    """``html`` as well-formed HTML with nothing in it that is not on the lists.

    ``restore`` gives the value of an attribute (its name, its value) with what was put away while the text was read.
    """
    tags = tags_of(inline=inline)

    def decide(tag: str, attribute: str, value: str) -> str | None:
        if tag not in tags:
            return None
        value = restore(attribute, value)
        if attribute in ADDRESS_ATTRIBUTES:
            return book.admit(value, link=tag == "a")
        if attribute == "id":
            return book.id_prefix + "-".join(value.split()) if value.strip() else None
        return value

    return _cleaner(inline=inline)(html, decide)


def keep(html: str, book: AddressBook, restore: Callable[[str, str], str]) -> str:
    """``html`` of a lab that trusts its authors: as it is, but for the addresses that the page must resolve."""

    def tag(match: re.Match[str]) -> str:
        link = match[1].lower() in ("a", "area")
        return f"<{match[1]}{_ATTRIBUTE.sub(lambda found: attribute(found, link=link), match[2])}>"

    def attribute(match: re.Match[str], *, link: bool) -> str:
        name = match[1].lower()
        value = restore(name, unescape(match[2] or match[3] or ""))
        if name == "id":
            value = book.id_prefix + value
        elif name in ADDRESS_ATTRIBUTES:
            value = book.admit(value, link=link) or value
        return f'{match[1]}="{escape(value)}"'

    return _TAG.sub(tag, html)


def tags_of(*, inline: bool) -> frozenset[str]:
    """The allowed elements. A title has no paragraph, although the converter makes one."""
    return (INLINE_TAGS if inline else BLOCK_TAGS) | MATH_TAGS


def left_out(html: str, *, inline: bool) -> tuple[dict[str, None], dict[str, None]]:
    """What the cleaner takes out of ``html``: elements (``<script``) and attributes, and addresses by their scheme.

    The end of an element (``</script``) is named only where its beginning is not.
    """
    allowed = tags_of(inline=inline) | {"p"}
    names: dict[str, None] = {}
    addresses: dict[str, None] = {}
    for tag, attributes in _TAG.findall(html):
        if tag.lower() not in allowed:
            names[f"<{tag}"] = None
        if "=" not in attributes:
            continue
        names |= dict.fromkeys(_FORBIDDEN.findall(attributes))
        for name, double, single in _ATTRIBUTE.findall(attributes):
            address = unescape(double or single).strip()
            if name.lower() in ADDRESS_ATTRIBUTES and scheme_of(address) not in _DECIDED:
                addresses[address] = None
    begun = {name.lower() for name in names}
    ends = dict.fromkeys(tag.lower() for tag in _END_TAG.findall(html))
    names |= {f"</{tag}": None for tag in ends if tag not in allowed and f"<{tag}" not in begun}
    return names, addresses


@lru_cache(maxsize=2)
def _cleaner(*, inline: bool) -> Callable[[str, AttributeFilter], str]:
    """A function around the one cleaner, because making one costs as much as thirty texts."""
    from nh3 import Cleaner

    current: list[AttributeFilter] = []
    tags = tags_of(inline=inline)
    cleaner = Cleaner(
        tags=set(tags),
        attributes={tag: names for tag, names in ATTRIBUTES.items() if tag in tags or tag == "*"},
        attribute_filter=lambda tag, attribute, value: current[0](tag, attribute, value),  # noqa: PLW0108  It changes.
        url_schemes=set(SCHEMES) | {"data", "entry"},
        link_rel=None,
    )

    def run(html: str, decide: AttributeFilter) -> str:
        current[:] = [decide]
        return cleaner.clean(html)

    return run
