"""Every public function that reads a text of somebody else's, found by its name and its first parameter."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable
from functools import partial
from typing import Any

import labpress
from labpress.core.diagnostics import SourceText
from labpress.core.files import SourceFile
from labpress.markup.settings import MarkupSettings

ROOMS = ("core", "markup", "sources", "entries", "site")
_READS = re.compile(
    r"(?:parse|read|looks_like|latex_to|markdown|text_to|render|safe|split|escape|plain|clean|compose|highlight|fold|slugify|decode)(?:_\w+)?"
)
_SUPPLIED: dict[str, Callable[[str], Any]] = {
    "settings": lambda _: MarkupSettings(),
    "place": lambda text: SourceText("x", text).span,
    "inline": lambda _: False,
}


def _file(text: str) -> SourceFile:
    return SourceFile("papers/x.md", text.encode("utf-8", "surrogatepass"))


_FIRST: dict[str, Callable[[str], Any]] = {
    "str": str,
    "SourceFile": _file,
    "SourceText": partial(SourceText, "x"),
    "bytes": lambda text: text.encode("utf-8", "surrogatepass"),
}


def _reader(function: Callable[..., Any]) -> Callable[[str], Any] | None:
    """``function`` as one of a text alone; None when it needs something that nobody can make up."""
    first, *others = inspect.signature(function).parameters.values()
    if str(first.annotation) not in _FIRST:
        return None
    needed = [one.name for one in others if one.default is inspect.Parameter.empty]
    if not set(needed) <= _SUPPLIED.keys():
        return None
    make = _FIRST[str(first.annotation)]
    return lambda text: function(make(text), **{name: _SUPPLIED[name](text) for name in needed})


def parsers() -> dict[str, Callable[[str], Any]]:
    """``sources.ris.parse_ris`` and its kind -> a function of a text."""
    found = {}
    for room in ROOMS:
        package = importlib.import_module(f"labpress.{room}")
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            names = vars(importlib.import_module(module.name))
            for name, function in names.items():
                is_own = inspect.isfunction(function) and function.__module__ == module.name
                if is_own and _READS.fullmatch(name) and (reader := _reader(function)):
                    found[f"{module.name.removeprefix(labpress.__name__ + '.')}.{name}"] = reader
    return found
