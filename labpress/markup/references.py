"""Addresses that only a page can know: other entries, files beside the entry, paths from the site's root.

Text is rendered before anybody knows on which page it will stand, so such addresses come out as ``entry:ID``,
``file:NAME`` and ``site:PATH``, and ``resolve_references`` replaces them when the page is made.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape, unescape
from urllib.parse import unquote

from labpress.core.patterns import when_needed
from labpress.markup.html import Html

Resolve = Callable[[str, str], str | None]
"""(kind, target) -> text, or None when there is no such thing.

==========  ==============================  ===============================================
kind        target                          answer
==========  ==============================  ===============================================
entry       an id: ``dinh2022lift``         the address of that paper's page
file        a path beside the entry         the address of the copied file
site        a path from the site's root     its address
title       an id                           the text of a link written ``[[id]]``
citation    an id                           the text of a citation: ``Dinh et al. (2022)``
==========  ==============================  ===============================================
"""

_MARKS = ('="entry:', '="file:', '="site:')
_LINK = when_needed(r'<a\b([^<>]*?) href="(entry|file|site):([^"]*)"([^<>]*)>(.*?)</a>', re.DOTALL)
_OTHER = when_needed(r"<(?!a\b)[A-Za-z][^<>]*>")
_SOURCE = when_needed(r' (src|poster|href)="(file|site):([^"]*)"')
_LOST_PICTURE = when_needed(r"<img\b(?![^<>]* src=)([^<>]*)>")
_ALT = when_needed(r' alt="([^"]*)"')


def resolve_references(html: Html, resolve: Resolve) -> Html:
    """``html`` with every such address resolved. A link to nothing becomes its text, a picture its description."""
    source = html.source
    if ":" not in source or not any(mark in source for mark in _MARKS):
        return html

    def link(match: re.Match[str]) -> str:
        before, kind, target, after, text = match.groups()
        if kind == "entry" and text == target:
            label = resolve("citation" if "citation" in after + before else "title", unescape(target))
            text = text if label is None else escape(label, quote=False)
        url = _resolved(kind, target, resolve)
        return text if url is None else f'<a{before} href="{url}"{after}>{text}</a>'

    def other(match: re.Match[str]) -> str:
        return _SOURCE.sub(source_address, match[0])

    def source_address(match: re.Match[str]) -> str:
        url = _resolved(match[2], match[3], resolve)
        return "" if url is None else f' {match[1]}="{url}"'

    return Html(describe_lost_pictures(_OTHER.sub(other, _LINK.sub(link, source))))


def describe_lost_pictures(html: str) -> str:
    """``html`` with the description of each picture that has no address in its place."""
    return _LOST_PICTURE.sub(lambda match: alt[1] if (alt := _ALT.search(match[1])) else "", html)


def _resolved(kind: str, target: str, resolve: Resolve) -> str | None:
    """The escaped address of a target, whose query and fragment are none of the resolver's business."""
    name = unescape(target)
    cut = min((at for at in (name.find("?"), name.find("#")) if at >= 0), default=len(name))
    url = resolve(kind, unquote(name[:cut]))
    return None if url is None else escape(url + name[cut:])
