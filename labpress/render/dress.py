"""From a theme and the site's wishes to what pages show: options, and assets under their published names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from labpress.core.diagnostics import Diagnostic, Parsed, Span, quoted
from labpress.core.files import Artifact, digest
from labpress.core.images import image_size
from labpress.core.text import closest
from labpress.render.contrast import weak_accent
from labpress.render.lean import lean
from labpress.render.stylesheets import in_order, named, with_published_addresses, with_rule
from labpress.render.theme import Theme
from labpress.render.theme_file import CSS_TYPES, Value, read_option
from labpress.site.plan import ThemeView
from labpress.site.views import PictureView


class Dressed(NamedTuple):
    """What pages need to know of their theme, and the asset files that it names."""

    view: ThemeView
    artifacts: tuple[Artifact, ...]


def dress(
    theme: Theme, given: Mapping[str, str], place_of: Callable[[str], Span | None] = lambda _option: None
) -> Parsed[Dressed]:
    """Read the site's ``options`` as the theme means them, and give every asset its published name.

    Names carry a content hash, so that a host may let browsers keep them for ever. Stylesheets go without their
    comments, and name other assets as those are published. ``place_of`` an option is where the site sets it.
    """
    options, diagnostics = _options(theme, given, place_of)
    accent = given.get("accent", "").strip()
    if accent == options.get("accent"):  # Of one that the theme cannot take, that is said.
        diagnostics = (*diagnostics, *weak_accent(accent, place_of("accent")))
    wanted = theme.file
    missing = tuple(_missing(theme, name) for name in wanted.all_files if name not in theme.assets)
    first = next(iter(wanted.stylesheets or ()), "")
    paths: dict[str, str] = {}
    artifacts = []
    lost: list[Diagnostic] = []
    leaner = {name: lean(name, data) for name, data in theme.assets.items()}
    named_in = {name: named(data, name) for name, data in leaner.items() if name.endswith(".css")}
    for name in in_order(leaner, named_in):
        data = leaner[name]
        if name in named_in:
            lost += (_lost(theme, name, target) for target in named_in[name] if target not in paths)
            data = with_published_addresses(data, name, paths) if named_in[name] else data
            data = with_rule(data, _properties(theme, options)) if name == first else data
        paths[name] = _published(name, data)
        artifacts.append(Artifact(paths[name], data))

    def published(names: tuple[str, ...] | None) -> tuple[str, ...]:
        return tuple(paths[name] for name in names or () if name in paths)

    view = ThemeView(
        options=options,
        stylesheets=published(wanted.stylesheets),
        head_scripts=published(wanted.head_scripts),
        scripts=published(wanted.scripts),
        assets=dict(sorted(paths.items())),
        logo=_logo(theme, str(options.get("logo", "")), paths),
    )
    return Parsed(Dressed(view, tuple(artifacts)), (*diagnostics, *missing, *lost))


def _options(
    theme: Theme, given: Mapping[str, str], place_of: Callable[[str], Span | None]
) -> Parsed[dict[str, Value]]:
    values = {name: option.default for name, option in theme.file.options.items()}
    diagnostics = []
    for name, text in given.items():
        option = theme.file.options.get(name)
        if option is None:
            meant = closest(name, theme.file.options)
            advice = f"did you mean {meant}?" if meant else f"its options: {', '.join(theme.file.options) or 'none'}"
            message = f"expected an option of the theme {theme.name}, found {quoted(name)}"
            diagnostics.append(Diagnostic("unknown-option", message, place_of(name), advice))
            continue
        value = read_option(option, text)
        if value is None:
            message = f"expected {option.expected} for the theme's option {name}, found {quoted(text)}"
            diagnostics.append(Diagnostic("bad-option", message, place_of(name)))
        else:
            values[name] = value
    return Parsed(values, tuple(diagnostics))


def _properties(theme: Theme, options: Mapping[str, Value]) -> bytes:
    """The rule that makes options of the types in ``CSS_TYPES`` custom properties; empty ones are left out."""
    declarations = [
        f"  --{name.replace('_', '-')}: {options[name]};\n"
        for name, option in theme.file.options.items()
        if option.type in CSS_TYPES and options[name]
    ]
    return f":root {{\n{''.join(declarations)}}}\n".encode() if declarations else b""


def _logo(theme: Theme, name: str, paths: Mapping[str, str]) -> PictureView | None:
    """The logo, where the theme itself has it; a lab's own lies under static/."""
    if name not in paths:
        return None
    width, height = image_size(theme.assets[name]) or (0, 0)
    return PictureView(paths[name], width=width, height=height)


def _missing(theme: Theme, name: str) -> Diagnostic:
    meant = closest(name, theme.assets)
    advice = f"did you mean {meant}?" if meant else "put the file into the theme's assets/"
    return Diagnostic("missing-asset", f"expected the asset {quoted(name)}, found none", Span(theme.file.path), advice)


def _lost(theme: Theme, stylesheet: str, name: str) -> Diagnostic:
    if name in theme.assets:
        message = f"expected imports in one direction, found {quoted(stylesheet)} in a circle with {quoted(name)}"
        return Diagnostic("lost-asset", message, Span(theme.file.path), "let one of them import the other")
    meant = closest(name, theme.assets)
    advice = f"did you mean {meant}?" if meant else "put the file into the theme's assets/"
    message = f"expected the asset {quoted(name)}, which {stylesheet} names, found none"
    return Diagnostic("lost-asset", message, Span(theme.file.path), advice)


def _published(name: str, data: bytes) -> str:
    folder, _, file = name.rpartition("/")
    stem, dot, suffix = file.rpartition(".")
    hashed = f"{stem}.{digest(data)[:8]}{dot}{suffix}" if stem else f"{file}.{digest(data)[:8]}"
    return f"assets/{folder}/{hashed}" if folder else f"assets/{hashed}"
