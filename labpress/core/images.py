"""The size of a picture, read from the first bytes of its file: a page that knows it does not jump while it loads."""

from __future__ import annotations

from labpress.core.patterns import when_needed

HEAD = 65_536
"""Bytes of a file that suffice, but for photographs with a large preview inside."""

PAGE_WIDTH = 1200

PICTURES = (".png", ".jpg", ".jpeg", ".webp")
"""Endings of pictures made of pixels that do not move: those that can be made smaller."""

_SVG = when_needed(rb"<svg\b([^>]{0,4000})")
_SVG_LENGTH = when_needed(rb"""\s(width|height)\s*=\s*["']\s*(\d{1,6}(?:\.\d{1,6})?)(?:px)?\s*["']""")
_SVG_BOX = when_needed(
    rb"""\sviewBox\s*=\s*["'][\s,]*[-+.\d]{1,20}[\s,]{1,4}[-+.\d]{1,20}[\s,]{1,4}(\d{1,6}(?:\.\d{1,6})?)"""
    rb"""[\s,]{1,4}(\d{1,6}(?:\.\d{1,6})?)"""
)
_SCAN_HEADERS = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""JPEG markers of the segment that holds the size; the three left out are tables."""


Size = tuple[int, int]
"""Width and height."""


def image_size(head: bytes) -> Size | None:
    """Width and height in pixels of a PNG, JPEG, GIF, WebP or SVG; None where they cannot be told."""
    if head.startswith(b"\x89PNG\r\n\x1a\n") and head[12:16] == b"IHDR":
        size = _big(head[16:20]), _big(head[20:24])
    elif head.startswith((b"GIF87a", b"GIF89a")):
        size = _little(head[6:8]), _little(head[8:10])
    elif head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        size = _webp(head)
    elif head.startswith(b"\xff\xd8"):
        size = _jpeg(head)
    else:
        size = _svg(head)
    return size if min(size) > 0 else None


def _big(data: bytes) -> int:
    return int.from_bytes(data, "big")


def _little(data: bytes) -> int:
    return int.from_bytes(data, "little")


def _webp(head: bytes) -> tuple[int, int]:
    """One of three kinds of chunk holds the size, each in its own way (RFC 9649)."""
    kind = head[12:16]
    if kind == b"VP8X":
        return _little(head[24:27]) + 1, _little(head[27:30]) + 1
    if kind == b"VP8L":
        bits = _little(head[21:25])
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if kind == b"VP8 ":
        return _little(head[26:28]) & 0x3FFF, _little(head[28:30]) & 0x3FFF
    return 0, 0


def _jpeg(head: bytes) -> tuple[int, int]:
    """Step from segment to segment up to the one that holds the size."""
    at = 2
    while at + 9 <= len(head) and head[at] == 0xFF:
        marker = head[at + 1]
        if marker in _SCAN_HEADERS:
            return _big(head[at + 7 : at + 9]), _big(head[at + 5 : at + 7])
        is_filler = marker == 0xFF
        at += 1 if is_filler else 2 + max(2, _big(head[at + 2 : at + 4]))
    return 0, 0


def _svg(head: bytes) -> tuple[int, int]:
    """The size an SVG asks for. One that only names the box it draws in has a shape, and gets the width of a page."""
    found = _SVG.search(head)
    if not found:
        return 0, 0
    attributes = b" " + found.group(1)
    lengths = {name: round(float(value)) for name, value in _SVG_LENGTH.findall(attributes)}
    if len(lengths) == 2:
        return lengths[b"width"], lengths[b"height"]
    box = _SVG_BOX.search(attributes)
    width, height = (float(side) for side in box.groups()) if box else (0, 0)
    return (PAGE_WIDTH, round(height * PAGE_WIDTH / width)) if width else (0, 0)
