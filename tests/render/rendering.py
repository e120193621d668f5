"""Views rendered with the default theme of this checkout, without the rest of the build."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from msgspec import Struct

from labpress.render.dress import Dressed, dress
from labpress.render.environment import Renderer
from labpress.render.filters import FILTERS
from labpress.render.theme import Layer, Theme, find_theme

ROOT = Path(__file__).parents[2]


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@cache
def layer() -> Layer:
    themes = {folder.name: files(folder) for folder in (ROOT / "themes").iterdir()}
    return Layer("", builtin=True, templates=files(ROOT / "templates"), themes=themes)


@cache
def theme() -> Theme:
    found, faults = find_theme((layer(),), "journal")
    assert not faults
    return found


@cache
def dressed() -> Dressed:
    found, faults = dress(theme(), {})
    assert not faults
    return found


@cache
def renderer() -> Renderer:
    return Renderer(theme(), FILTERS)


def render(template: str, view: Struct) -> str:
    return renderer().text(template, view)
