"""The size of a picture is read from its first bytes, and never guessed."""

import struct
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from labpress.core.images import image_size


def png(width, height):
    data = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + data + struct.pack(">I", zlib.crc32(data))


def jpeg(width, height, *before):
    size = b"\xff\xc2" + struct.pack(">HBHH", 17, 8, height, width)
    return b"\xff\xd8" + b"".join(before) + size + b"\x03" * 12


def webp(kind, body):
    return b"RIFF" + struct.pack("<I", 20 + len(body)) + b"WEBP" + kind + struct.pack("<I", len(body)) + body


EXIF = b"\xff\xe1" + struct.pack(">H", 1002) + b"\xff\xc0" * 500
TABLE = b"\xff\xc4" + struct.pack(">H", 4) + b"ab"

CASES = {
    "png": (png(640, 480), (640, 480)),
    "gif": (b"GIF89a" + struct.pack("<HH", 320, 200) + b"\x00", (320, 200)),
    "jpeg": (jpeg(1024, 768), (1024, 768)),
    "jpeg with a preview that holds markers, and tables": (jpeg(1024, 768, EXIF, TABLE), (1024, 768)),
    "jpeg with filler": (jpeg(10, 20, b"\xff\xff\xff"), (10, 20)),
    "webp, extended": (webp(b"VP8X", b"\0\0\0\0" + struct.pack("<I", 399)[:3] + struct.pack("<I", 299)[:3]), (400, 300)),
    "webp, lossless": (webp(b"VP8L", b"\x2f" + struct.pack("<I", 399 | 299 << 14)), (400, 300)),
    "webp, lossy": (webp(b"VP8 ", b"\0\0\0\x9d\x01\x2a" + struct.pack("<HH", 400, 300)), (400, 300)),
    "svg with a size": (b'<?xml version="1.0"?>\n<svg xmlns="x" width="120px" height="80" viewBox="0 0 3 2">', (120, 80)),
    "svg with a shape": (b"<svg viewBox='0 0 30 20'/>", (1200, 800)),
    "svg in percent with a shape": (b'<svg width="100%" height="100%" viewBox="-5,-5,10,5">', (1200, 600)),
    "svg without either": (b"<svg>", None),
    "stroke-width is no width": (b'<svg stroke-width="3" line-height="2">', None),
    "png of no width": (png(0, 480), None),
    "cut short": (png(640, 480)[:18], None),
    "jpeg cut short": (jpeg(1024, 768, EXIF)[:500], None),
    "text": (b"Not a picture.", None),
    "nothing": (b"", None),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_size(name):
    data, size = CASES[name]

    assert image_size(data) == size


@settings(max_examples=200, deadline=None)
@given(st.sampled_from([data[:12] for data, _size in CASES.values()]), st.binary(max_size=200))
def test_no_bytes_are_too_odd(start, rest):
    size = image_size(start + rest)

    assert size is None or min(size) > 0
