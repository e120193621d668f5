"""Files and sites that are larger than a host takes, and pages larger than a visitor waits for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from labpress.core.diagnostics import Diagnostic, Span
from labpress.site.hosting import LARGE_FILE, MAX_FILE, MAX_SITE

MAX_PAGE = 2_000_000
"""Bytes of HTML; beyond, search engines begin to cut, and a phone takes seconds."""


def size_faults(sizes: Mapping[str, int], root: str) -> Iterator[Diagnostic]:
    """What GitHub Pages refuses or warns of. ``sizes``: path -> bytes; ``root`` is the site's folder as it is shown."""
    whole = sum(sizes.values())
    if whole > MAX_SITE:
        message = f"expected a site of at most {_megabytes(MAX_SITE)}, found {_megabytes(whole)}"
        largest = sorted(sizes, key=lambda path: -sizes[path])[:3]
        advice = f"GitHub Pages takes no more; the largest files are {', '.join(largest)}"
        yield Diagnostic("site-too-large", message, Span(root), advice)
    for path, size in sorted(sizes.items()):
        span = Span(f"{root}/{path}")
        if size > MAX_FILE:
            message = f"expected a file of at most {_megabytes(MAX_FILE)}, found {_megabytes(size)}"
            yield Diagnostic("file-too-large", message, span, "GitHub takes no larger file: put it elsewhere, and link")
        elif size > LARGE_FILE:
            message = f"expected a file of at most {_megabytes(LARGE_FILE)}, found {_megabytes(size)}"
            yield Diagnostic("large-file", message, span, "GitHub advises against it: put it elsewhere, and link to it")
        elif size > MAX_PAGE and path.endswith(".html"):
            message = f"expected a page of at most {_megabytes(MAX_PAGE)}, found {_megabytes(size)}"
            yield Diagnostic("large-page", message, span, "set  per_page  in site.yml, or shorten the text")


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:,.1f} MB".replace(".0 MB", " MB")
