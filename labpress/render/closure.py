"""What a template depends on: itself, and all that it extends, includes and imports."""

from __future__ import annotations

from hashlib import blake2b

from jinja2 import Environment, TemplateSyntaxError, meta, nodes

from labpress.render.environment import CARD
from labpress.render.theme import PARENT, Closure, Theme, replaced


def closures(environment: Environment, theme: Theme) -> dict[str, Closure]:
    """The closure of every template of the theme."""
    references = {name: _references(environment, theme, name) for name in theme.templates}
    found = {}
    for name in theme.templates:
        names = _reached(references, name)
        found[name] = Closure(_digest(theme, names), names)
    return found


def _references(environment: Environment, theme: Theme, name: str) -> frozenset[str]:
    """The templates that ``name`` names. One that is named at run time may be any of them."""
    try:
        tree = environment.parse(theme.templates[name].text)
    except TemplateSyntaxError:
        return frozenset()  # It cannot be carried out, whatever it names.
    found = set()
    for target in meta.find_referenced_templates(tree):
        if target is None:
            return frozenset(theme.templates)
        if target.startswith(PARENT):
            target = replaced(theme.templates, target.removeprefix(PARENT), name) or target  # noqa: PLW2901
        found.add(target)
    if any(one.name == "card" for one in tree.find_all(nodes.Name)):
        found.add(CARD)
    return frozenset(found)


def _reached(references: dict[str, frozenset[str]], start: str) -> tuple[str, ...]:
    found = {start}
    todo = [start]
    while todo:
        for name in references.get(todo.pop(), ()):
            if name not in found:
                found.add(name)
                todo.append(name)
    return tuple(sorted(found))


def _digest(theme: Theme, names: tuple[str, ...]) -> str:
    whole = blake2b(digest_size=16)
    for name in names:
        template = theme.templates.get(name)
        text = "absent" if template is None else f"{template.level}\0{template.text}"
        whole.update(f"{name}\0{len(text)}\0{text}".encode("utf-8", "surrogatepass"))
    return whole.hexdigest()
