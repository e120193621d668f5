"""Writing Markdown: plain text that reads as itself."""

from __future__ import annotations

import re

_SPECIAL = re.compile(r"([\\`*_\[\]<$])")
_LINE_START = re.compile(r"^(\s*)([#>+-]|\d+(?=[.)]))", re.MULTILINE)


def escape_markdown(text: str) -> str:
    """``text`` as Markdown that shows exactly these characters."""
    return _LINE_START.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", text))
