"""A few texts of every format that labpress imports, for tests that change texts at random."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from labpress.core.decoding import decode
from labpress.core.files import SourceFile
from labpress.sources.detect import Format, formats

TESTS = Path(__file__).parent
FORMATS = {form.name: form for form in formats(as_of=2026)}

_FILES = (
    *sorted(TESTS.glob("specs/bibtex/*.bib")),
    *sorted(TESTS.glob("specs/formats/*.txt")),
    *sorted(TESTS.glob("specs/webpages/*.html")),
    *sorted(TESTS.parent.glob("seeds/*.txt")),
)
_MHTML = """From: <Saved by Blink>
Subject: Papers
MIME-Version: 1.0
Content-Type: multipart/related; type="text/html"; boundary="----b"

------b
Content-Type: text/html
Content-Transfer-Encoding: quoted-printable
Content-Location: https://lab.example.org/papers

{page}
------b--
"""


@cache
def samples() -> dict[str, tuple[str, ...]]:
    """Format -> whole texts of it, of at most 6,000 characters."""
    found: dict[str, list[str]] = {name: [] for name in FORMATS}
    for path in _FILES:
        text = decode(SourceFile(path.name, path.read_bytes())).value.text[:6000]
        form = next((one for one in FORMATS.values() if one.sniff(text)), None)
        if form:
            found[form.name].append(text)
    pages = found["web page"]
    found["web page in a single file (MHTML)"] += [_MHTML.format(page=page.replace("=", "=3D")) for page in pages[:5]]
    return {name: tuple(texts) for name, texts in found.items()}


def parsed(form: Format, text: str):
    return form.parse(SourceFile("source.txt", text.encode("utf-8", "surrogatepass")))
