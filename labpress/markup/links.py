"""Bare addresses in a text made into links."""

from __future__ import annotations

import re
from functools import cache

from labpress.core.patterns import when_needed

_PASSED_OVER = "a|code|pre|kbd|samp|script|style|textarea"
# The text is HTML, so "&" is there as a reference, and "<" ends everything.
_TOKEN = when_needed(
    rf"</(?P<closed>{_PASSED_OVER})>|<(?P<opened>{_PASSED_OVER})\b[^<>]*>|<[^<>]*>"
    r"|\b(?P<address>https?://[^\s<>\"'`|^{}\\&“”‘’\ue000-\uf8ff]+(?:&amp;[^\s<>\"'`|^{}\\&“”‘’\ue000-\uf8ff]+)*)"
)
_TRAILING = ".,;:!?*_~"


def link_addresses(html: str) -> str:
    """``html`` with every ``https://…`` that is not part of a link or code made a link."""
    if "://" not in html:
        return html
    within = ""

    @cache
    def last_end(element: str) -> int:
        return html.rfind(f"</{element}>")

    def seen(match: re.Match[str]) -> str:
        nonlocal within
        opened = match["opened"]
        if within:
            within = "" if match["closed"] == within else within
        elif match["address"]:
            return _linked(match["address"])
        elif opened and match.end() <= last_end(opened):
            within = opened
        return match[0]

    return _TOKEN.sub(seen, html)


def is_bare_address(address: str) -> bool:
    """Whether ``address`` becomes a link by itself, whole."""
    return link_addresses(address) == f'<a href="{address}">{address}</a>'


def _linked(address: str) -> str:
    end = _end(address)
    if not re.match(r"https?://[^/?#:]", address[:end]):
        return address
    return f'<a href="{address[:end]}">{address[:end]}</a>{address[end:]}'


def _end(address: str) -> int:
    """Where an address in running text ends: before punctuation, and before brackets that it does not open."""
    unopened = {")": address.count(")") - address.count("("), "]": address.count("]") - address.count("[")}
    end = len(address)
    while end:
        last = address[end - 1]
        if unopened.get(last, 0) > 0:
            unopened[last] -= 1
        elif last not in _TRAILING:
            break
        end -= 1
    return end
