"""A site's own templates against the built-in ones: what there is to replace, and what has changed since it was."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from labpress.core.diagnostics import Diagnostic
from labpress.edges.durable import write_new
from labpress.render.theme import Layer, find_theme
from labpress.render.theme_file import read_theme_file
from labpress.site.checks.overrides import ORIGINALS, change_of, stale_overrides


class Overrides(NamedTuple):
    """The templates of one folder of the site."""

    folder: Path
    own: dict[str, bytes]
    originals: dict[str, bytes]
    """Each built-in template as it was when it was copied, as far as it was kept."""


def builtin_templates(layers: tuple[Layer, ...], theme: str) -> dict[str, bytes]:
    """Name -> the built-in template that pages of ``theme`` are made from when the site has none of its own."""
    builtin = tuple(layer for layer in layers if layer.builtin)
    if not any(theme in layer.themes for layer in builtin):
        return dict(builtin[0].templates)
    found = find_theme(builtin, theme, None, read_theme_file).value
    return {name: template.text.encode() for name, template in found.templates.items() if "@" not in name}


def overrides_of(layers: tuple[Layer, ...]) -> Iterator[Overrides]:
    """Every folder of templates that the site has."""
    for layer in layers:
        if not layer.builtin and layer.templates:
            folder = Path(layer.root) / "templates"
            kept = {name: folder / ORIGINALS / name for name in layer.templates}
            originals = {name: path.read_bytes() for name, path in kept.items() if path.is_file()}
            yield Overrides(folder, dict(layer.templates), originals)


def stale(layers: tuple[Layer, ...], theme: str) -> Iterator[Diagnostic]:
    """A warning for each template of the site whose original has changed."""
    for overrides in overrides_of(layers):
        builtin = builtin_templates(layers, theme)
        yield from stale_overrides(overrides.own, overrides.originals, builtin, overrides.folder.as_posix())


def changes_to_apply(layers: tuple[Layer, ...], theme: str) -> Iterator[tuple[str, str]]:
    """Path of each stale template, and what has changed in its original since it was copied, as a diff."""
    builtin = builtin_templates(layers, theme)
    for overrides in overrides_of(layers):
        for name, original in overrides.originals.items():
            if name in builtin and builtin[name] != original:
                yield (overrides.folder / name).as_posix(), change_of(name, original, builtin[name])


def copy_template(folder: Path, name: str, data: bytes) -> bool:
    """Copy a built-in template into the site's folder, and keep its original. False: the site has one already."""
    return not write_new({folder / name: data}) and keep_original(folder, name, data)


def keep_original(folder: Path, name: str, data: bytes) -> bool:
    """Note that the site's template goes by this built-in one. False: the site has none."""
    original = folder / ORIGINALS / name
    if not (folder / name).is_file():
        return False
    original.parent.mkdir(parents=True, exist_ok=True)
    original.write_bytes(data)
    return True
