"""Stylesheets and scripts as they are sent: without comments and indentation, which are for those who change them.

Nothing else is touched, so what a browser shows of the published file is what stands in the theme, line by line.
"""

from __future__ import annotations

import re

from labpress.core.patterns import when_needed

_CSS = when_needed(
    r""""(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'"""  # A string stays, whatever it holds;
    r"""|/\*(?!!)(?:[^*]|\*(?!/))*(?:\*/|\Z)""",  # a comment goes, unless it is a licence.
    re.DOTALL,
)


def lean(name: str, data: bytes) -> bytes:
    """The asset ``name`` without what only its authors read. Other kinds, and what is not UTF-8, stay as they are."""
    shorten = {"css": _lean_css, "js": _lean_script}.get(name.rpartition(".")[2])
    if shorten is None:
        return data
    try:
        return shorten(data.decode("utf-8")).encode()
    except UnicodeDecodeError:
        return data


def _lean_css(text: str) -> str:
    without = _CSS.sub(lambda found: "" if found[0].startswith("/*") else found[0], text)
    lines = without.split("\n")
    if any(line.endswith("\\") for line in lines):
        return without
    return "".join(f"{line.strip()}\n" for line in lines if line.strip())


def _lean_script(text: str) -> str:
    """Only lines that are comments as a whole; a script with text of several lines stays as it is."""
    lines = text.split("\n")
    if any(line.count("`") % 2 or "/*" in line.replace("/**", "", 1) or line.endswith("\\") for line in lines):
        return text
    stripped = (line.strip() for line in lines)
    return "\n".join(line for line in stripped if line and not _is_comment(line)) + "\n"


def _is_comment(line: str) -> bool:
    return line.startswith("//") or (line.startswith("/**") and line.endswith("*/"))
