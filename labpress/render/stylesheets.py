"""What stylesheets name: other assets, which are published under names of their own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from labpress.core.patterns import when_needed

_STRING = r""""(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'"""
_ADDRESS = when_needed(
    r"""(?P<before>url\(\s*+(?P<quote>["']?))(?P<path>[^"'()?\#\n]++)(?P<rest>[^"'()\n]*+(?P=quote)\s*+\))"""
    r"""|(?P<import>@import\s*["'])(?P<sheet>[^"'?\#]+)"""
    rf"|{_STRING}",  # Whatever looks like an address in any other string is none.
    re.IGNORECASE,
)
_MAY_NAME = when_needed(rb"url\(|@import", re.IGNORECASE)
"""Most stylesheets name nothing, which is soon seen."""
_FIRST = when_needed(
    rf"(?:\s*(?:/\*(?:[^*]|\*(?!/))*\*/|@(?:charset|import|layer)\b(?:{_STRING}|url\([^)]*\)|(?!url\()[^;{{}}\"'])*+;))*",
    re.IGNORECASE,
)
_ELSEWHERE = when_needed(r"[a-z][a-z0-9+.-]*:|/", re.IGNORECASE)


def in_order(assets: Iterable[str], named_in: Mapping[str, Sequence[str]]) -> list[str]:
    """The names of ``assets``, each behind what it names: stylesheets last, and behind those that they import.

    ``named_in``: stylesheet -> what it names. Of some that import each other in a circle, one comes before another that
    it names.
    """
    names = sorted(assets)
    ordered = dict.fromkeys(name for name in names if name not in named_in)
    begun: set[str] = set()
    waiting = names[::-1]
    while waiting:  # Not by recursion: a chain of imports may be as long as somebody likes.
        name = waiting[-1]
        behind = [] if name in begun else [one for one in named_in.get(name, ()) if one in named_in]
        begun.add(name)
        further = [one for one in reversed(behind) if one not in begun]
        waiting += further
        if not further:
            ordered.setdefault(waiting.pop())
    return list(ordered)


def named(data: bytes, name: str) -> tuple[str, ...]:
    """The assets that the stylesheet ``name`` names, whether there are such or not; no addresses of other kinds."""
    if not _MAY_NAME.search(data):
        return ()
    found = (_resolved(name, match["path"] or match["sheet"] or "") for match in _ADDRESS.finditer(_text(data)))
    return tuple(dict.fromkeys(filter(None, found)))


def with_published_addresses(data: bytes, name: str, paths: Mapping[str, str]) -> bytes:
    """The stylesheet ``name`` with each asset by the name in ``paths``; a query and a fragment stay behind it."""
    up = "../" * name.count("/")

    def published(match: re.Match[str]) -> str:
        path = paths.get(_resolved(name, match["path"] or match["sheet"] or ""))
        if path is None:
            return match[0]
        before, rest = (match["import"], "") if match["sheet"] else (match["before"], match["rest"])
        return f"{before}{up}{path.removeprefix('assets/')}{rest}"

    return _ADDRESS.sub(published, _text(data)).encode("utf-8", "surrogateescape")


def with_rule(data: bytes, rule: bytes) -> bytes:
    """The stylesheet with ``rule`` as its first: behind its imports, which are heeded before any rule only."""
    text = _text(data)
    first = _FIRST.match(text)
    cut = first.end() if first else 0
    head = f"{text[:cut]}\n" if cut else ""
    return head.encode("utf-8", "surrogateescape") + rule + text[cut:].lstrip("\n").encode("utf-8", "surrogateescape")


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


def _resolved(name: str, target: str) -> str:
    """The asset that ``target`` means in the stylesheet ``name``: in ``fonts/a.css``, ``../b.svg`` is ``b.svg``.

    "" for what is no asset: a whole address, or one from the root of the host.
    """
    if _ELSEWHERE.match(target.strip()):
        return ""
    path: list[str] = []
    for part in [*name.split("/")[:-1], *target.strip().split("/")]:
        if part == "..":
            path = path[:-1]
        elif part not in ("", "."):
            path.append(part)
    return "/".join(path)
