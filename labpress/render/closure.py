"""What a template depends on: itself, and all that it extends, includes and imports."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import blake2b

from msgspec import Struct

from labpress.render.theme import Theme


class Closure(Struct, frozen=True):
    """One template and all that it needs."""

    digest: str
    """As long as it is equal, the template does the same with a view."""
    names: tuple[str, ...]


def closure_of(theme: Theme, start: str, references: Callable[[str], frozenset[str]]) -> Closure:
    """The closure of ``start``; ``references`` gives the templates that one of the theme's names."""
    found = {start}
    todo = [start]
    while todo:
        name = todo.pop()
        fresh = references(name) - found if name in theme.templates else frozenset()
        found |= fresh
        todo += fresh
    names = tuple(sorted(found))
    return Closure(_digest(theme, names), names)


def _digest(theme: Theme, names: tuple[str, ...]) -> str:
    whole = blake2b(digest_size=16)
    for name in names:
        template = theme.templates.get(name)
        text = "absent" if template is None else f"{template.level}\0{template.text}"
        whole.update(f"{name}\0{len(text)}\0{text}".encode("utf-8", "surrogatepass"))
    return whole.hexdigest()
