"""HTML from anywhere to HTML that can do no harm: one reused cleaner with explicit lists."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from html import escape, unescape
from typing import NamedTuple
from urllib.parse import unquote

from labpress.markup.urls import SCHEMES, safe_url, scheme_of

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

_MATH_ATTRIBUTES = frozenset(
    "accent accentunder columnspan depth dir display displaystyle fence form height largeop linethickness lspace"
    " mathbackground mathcolor mathsize mathvariant maxsize minsize movablelimits notation rowspan rspace scriptlevel"
    " separator stretchy symmetric voffset width".split()
)

_ATTRIBUTES: dict[str, set[str]] = {
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

ADDRESS_ATTRIBUTES = frozenset(["href", "src", "poster"])

_TAG = re.compile(r"<([A-Za-z][A-Za-z0-9-]*)([^<>]*)>")
_ATTRIBUTE = re.compile(r"""(?<=\s)([A-Za-z-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_FORBIDDEN = re.compile(r"\s(on[a-z]+|style)\s*=", re.IGNORECASE)


class Cleaned(NamedTuple):
    """Clean HTML and what was met on the way, each once and in order."""

    html: str
    files: tuple[str, ...] = ()
    """Local files that it links to or shows."""
    entries: tuple[str, ...] = ()
    """Ids of papers that it links to."""
    unsafe: tuple[str, ...] = ()
    """Addresses left out because they could run something or hide what they are."""
    remote: tuple[str, ...] = ()
    """Pictures and films left out because another site would have to be asked for them."""
    removed: tuple[str, ...] = ()
    """Elements (``<script``) and attributes (``onclick``) left out."""


Restore = Callable[[str, str], str]
"""(attribute, value) -> the value with its formulas put back."""


class _Attributes:
    """Decides about attributes, and notes what their addresses lead to."""

    def __init__(self, id_prefix: str, restore: Restore) -> None:
        self.id_prefix = id_prefix
        self.restore = restore
        self.files: dict[str, None] = {}
        self.entries: dict[str, None] = {}
        self.unsafe: dict[str, None] = {}
        self.remote: dict[str, None] = {}

    def value(self, tag: str, attribute: str, value: str) -> str | None:
        """The value that an attribute may have, or None to leave it out."""
        value = self.restore(attribute, value)
        if attribute in ADDRESS_ATTRIBUTES:
            return self.address(value.strip(), link=tag == "a")
        if attribute == "id":
            return self.id_prefix + "-".join(value.split()) if value.strip() else None
        return value

    def address(self, value: str, *, link: bool) -> str | None:
        """An address as the page may have it: ``file:`` and ``site:`` where the page has to be known first."""
        if value.startswith("#"):
            return f"#{self.id_prefix}{value[1:]}"
        scheme = scheme_of(value)
        if scheme == "entry" and link:
            self.entries[value[6:]] = None
            return value
        url = safe_url(value)
        if not url:
            self.unsafe |= dict.fromkeys([value] if value else [])
            return None
        if not scheme and not url.startswith(("//", "?")):
            return self.local_address(url)
        if link or scheme == "data":
            return url
        self.remote[value] = None
        return None

    def local_address(self, url: str) -> str:
        if url.startswith("/"):
            return f"site:{url[1:]}"
        self.files[unquote(_path_of(url))] = None
        return f"file:{url}"

    def cleaned(self, html: str, original: str, tags: frozenset[str]) -> Cleaned:
        """``html`` with everything that was noted."""
        removed = {f"<{name}": None for name, _ in _TAG.findall(original) if name.lower() not in tags}
        removed |= {
            name: None for _, rest in _TAG.findall(original) if "=" in rest for name in _FORBIDDEN.findall(rest)
        }
        for _, rest in _TAG.findall(original):
            for name, double, single in _ATTRIBUTE.findall(rest):
                address = unescape(double or single).strip()
                if name.lower() in ADDRESS_ATTRIBUTES and scheme_of(address) not in _PASSED_ON:
                    self.unsafe[address] = None
        return Cleaned(
            html, tuple(self.files), tuple(self.entries), tuple(self.unsafe), tuple(self.remote), tuple(removed)
        )


_PASSED_ON = SCHEMES | {"", "data", "entry"}
"""Schemes about which ``_Attributes`` decides; the cleaner itself drops the others."""


def clean(
    html: str, *, id_prefix: str = "", restore: Restore = lambda _, value: value, inline: bool = False
) -> Cleaned:
    """``html`` as well-formed HTML with nothing in it that is not on the lists."""
    attributes = _Attributes(id_prefix, restore)
    tags, cleaner = _cleaner(inline=inline)
    return attributes.cleaned(cleaner(html, attributes), html, tags)


def keep(html: str, *, id_prefix: str = "", restore: Restore = lambda _, value: value) -> Cleaned:
    """``html`` of a lab that trusts its authors: as it is, but for the addresses that the page must resolve."""
    attributes = _Attributes(id_prefix, restore)

    def tag(match: re.Match[str]) -> str:
        return f"<{match[1]}{_ATTRIBUTE.sub(lambda found: attribute(match[1].lower(), found), match[2])}>"

    def attribute(name: str, match: re.Match[str]) -> str:
        given = unescape(match[2] or match[3] or "")
        value = attributes.value(name, match[1].lower(), given)
        return f'{match[1]}="{escape(given if value is None else value)}"'

    return Cleaned(_TAG.sub(tag, html), tuple(attributes.files), tuple(attributes.entries))


@lru_cache(maxsize=2)
def _cleaner(*, inline: bool) -> tuple[frozenset[str], Callable[[str, _Attributes], str]]:
    """The allowed elements, and a function around the one cleaner for them: making a cleaner costs 30 texts."""
    from nh3 import Cleaner

    tags = (INLINE_TAGS if inline else BLOCK_TAGS) | MATH_TAGS
    current = [_Attributes("", lambda _, value: value)]
    cleaner = Cleaner(
        tags=set(tags),
        attributes={tag: names for tag, names in _ATTRIBUTES.items() if tag in tags or tag == "*"},
        attribute_filter=lambda tag, attribute, value: current[0].value(tag, attribute, value),  # noqa: PLW0108  It changes.
        url_schemes=set(SCHEMES) | {"data", "entry"},
        link_rel=None,
    )

    def run(html: str, attributes: _Attributes) -> str:
        current[0] = attributes
        return cleaner.clean(html)

    return tags | {"p"}, run


def _path_of(url: str) -> str:
    return url.partition("#")[0].partition("?")[0]
