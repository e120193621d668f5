"""Bare addresses in a text made into links."""

from __future__ import annotations

import re

# Links, code and tags are passed over. The text is HTML, so "&" is there as a reference, and "<" ends everything.
_TOKEN = re.compile(
    r"<(a|code|pre|kbd|samp|script|style|textarea)\b[^<>]*>.*?</\1>|<[^<>]*>"
    r"|\b(?P<address>https?://[^\s<>\"'`|^{}\\&“”‘’\ue000-\uf8ff]+(?:&amp;[^\s<>\"'`|^{}\\&“”‘’\ue000-\uf8ff]+)*)",
    re.DOTALL,
)
_TRAILING = ".,;:!?*_~"


def link_addresses(html: str) -> str:
    """``html`` with every ``https://…`` that is not part of a link or code made a link."""
    return _TOKEN.sub(_linked, html)


def is_bare_address(address: str) -> bool:
    """Whether ``address`` becomes a link by itself, whole."""
    return link_addresses(address) == f'<a href="{address}">{address}</a>'


def _linked(match: re.Match[str]) -> str:
    address = match["address"]
    if not address:
        return match[0]
    end = len(address.rstrip(_TRAILING))
    while end and address[end - 1] in ")]" and _closes_nothing(address[:end]):
        end = len(address[: end - 1].rstrip(_TRAILING))
    if not re.match(r"https?://[^/?#:]", address[:end]):
        return match[0]
    return f'<a href="{address[:end]}">{address[:end]}</a>{address[end:]}'


def _closes_nothing(address: str) -> bool:
    """Whether the bracket at the end has no partner inside the address."""
    opening, closing = "()" if address[-1] == ")" else "[]"
    return address.count(closing) > address.count(opening)
