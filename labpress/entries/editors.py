"""Links that open a file in an editor, at its line."""

from __future__ import annotations

import re
from urllib.parse import quote

from labpress.core.patterns import when_needed

EDITORS: dict[str, str] = {
    "vscode": "vscode://file{path}:{line}:{column}",
    "vscode-insiders": "vscode-insiders://file{path}:{line}:{column}",
    "vscodium": "vscodium://file{path}:{line}:{column}",
    "cursor": "cursor://file{path}:{line}:{column}",
    "windsurf": "windsurf://file{path}:{line}:{column}",
    "zed": "zed://file{path}:{line}:{column}",
    "sublime": "subl://open?url=file://{path}&line={line}&column={column}",
    "textmate": "txmt://open?url=file://{path}&line={line}&column={column}",
    "bbedit": "bbedit://open?url=file://{path}&line={line}",
    "idea": "idea://open?file={path}&line={line}&column={column}",
    "pycharm": "pycharm://open?file={path}&line={line}&column={column}",
    "webstorm": "webstorm://open?file={path}&line={line}&column={column}",
    "emacs": "emacs://open?url=file://{path}&line={line}&column={column}",
    "nvim": "nvim://file{path}:{line}:{column}",
}
"""The word in site.yml -> the address that the editor has registered with the system."""

_ADDRESS = when_needed(r"([a-zA-Z][a-zA-Z0-9+.-]*):[^\s\"'<>]+")
_RUNNING = frozenset(["javascript", "data", "vbscript", "blob", "filesystem", "about"])
"""Schemes that a browser carries out itself."""


def parse_editor(text: str) -> str | None:
    """An editor as ``editor_link`` takes it; None for one that it could make no link for."""
    return text if editor_link(text, "/") else None


def editor_link(editor: str, path: str, line: int = 0, column: int = 0) -> str:
    """An address that opens the file at the absolute ``path``; "" where ``editor`` is none that is known.

    ``editor`` is a key of ``EDITORS``, or an address with ``{path}``, ``{line}`` and ``{column}`` in it.
    """
    pattern = EDITORS.get(editor.strip().lower(), editor.strip())
    found = _ADDRESS.fullmatch(pattern)
    if not found or found[1].lower() in _RUNNING or "{path}" not in pattern:
        return ""
    place = path.replace("\\", "/")
    if not place.startswith("/"):
        place = f"/{place}"  # C:/Users/...
    values = {"{path}": quote(place), "{line}": str(line or 1), "{column}": str(column or 1)}
    return re.sub(r"\{path\}|\{line\}|\{column\}", lambda match: values[match[0]], pattern)
