"""HTML from anywhere to HTML that can do no harm: one reused cleaner with explicit lists."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING

from labpress.markup.urls import SCHEMES, safe_url, scheme_of

if TYPE_CHECKING:
    from nh3 import Cleaner

INLINE_TAGS = frozenset(
    "b strong i em u s del ins sub sup small mark code kbd samp var q cite abbr dfn time span bdi bdo wbr ruby rb rp"
    " rt".split()
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
    "q": {"cite"},
    "blockquote": {"cite"},
    "details": {"open"},
    "bdo": {"dir"},
} | {tag: set(_MATH_ATTRIBUTES) for tag in MATH_TAGS}

_ADDRESSES = frozenset(["href", "src", "poster", "cite"])


class Addresses:
    """What the addresses of one text refer to, collected while it is cleaned."""

    def __init__(self, id_prefix: str) -> None:
        self.id_prefix = id_prefix
        self.files: list[str] = []
        self.entries: list[str] = []
        self.refused: list[str] = []

    def filter(self, tag: str, attribute: str, value: str) -> str | None:
        """The value an attribute may have, or None to leave it out."""
        if attribute in _ADDRESSES:
            return self._address(tag, attribute, value.strip())
        if attribute == "id":
            return self.id_prefix + value if value and not any(char.isspace() for char in value) else None
        return value

    def _address(self, tag: str, attribute: str, value: str) -> str | None:
        scheme = scheme_of(value)
        if scheme == "entry" and attribute == "href":
            self.entries.append(value[6:])
            return value
        if value.startswith("#"):
            return f"#{self.id_prefix}{value[1:]}"
        url = safe_url(value)
        if not url or (tag != "a" and (scheme not in ("", "data") or url.startswith("//"))):
            self.refused.append(value)
            return None
        if scheme or url.startswith("//"):
            return url
        if url.startswith("/"):
            return f"site:{url[1:]}"
        self.files.append(url.partition("?")[0].partition("#")[0])
        return f"file:{url}"


def clean(html: str, addresses: Addresses, *, inline: bool = False) -> str:
    """``html`` as well-formed HTML with nothing in it that is not on the lists."""
    return _cleaner(inline=inline)(html, addresses)


@lru_cache(maxsize=2)
def _cleaner(*, inline: bool) -> Callable[[str, Addresses], str]:
    from nh3 import Cleaner

    current: list[Addresses] = []

    def attribute_filter(tag: str, attribute: str, value: str) -> str | None:
        return current[0].filter(tag, attribute, value)

    tags = (INLINE_TAGS if inline else BLOCK_TAGS) | MATH_TAGS
    cleaner: Cleaner = Cleaner(
        tags=set(tags),
        attributes={tag: names for tag, names in _ATTRIBUTES.items() if tag in tags or tag == "*"},
        attribute_filter=attribute_filter,
        url_schemes=set(SCHEMES) | {"data", "entry"},
        link_rel=None,
    )

    def run(html: str, addresses: Addresses) -> str:
        current[:] = [addresses]
        return cleaner.clean(html)

    return run
