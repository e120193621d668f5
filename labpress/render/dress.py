"""From a theme and the site's wishes to what pages show: options, and assets under their published names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from msgspec import Struct

from labpress.core.diagnostics import Diagnostic, Parsed, Span, quoted
from labpress.core.files import Artifact, digest
from labpress.core.text import closest
from labpress.render.theme import Theme
from labpress.render.theme_file import CSS_VALUE, Value, read_option

_REFERENCE = re.compile(r"""url\(\s*(["']?)([^"')]+)\1\s*\)""")


class Look(Struct, frozen=True):
    """What pages need to know of their theme: the fields of the same names in ``SiteView``."""

    options: dict[str, Value]
    stylesheets: tuple[str, ...]
    scripts: tuple[str, ...]
    head_scripts: tuple[str, ...]
    assets: dict[str, str]


class Dressed(NamedTuple):
    """A look, and the asset files that it names."""

    look: Look
    artifacts: tuple[Artifact, ...]


def dress(theme: Theme, given: Mapping[str, str], span: Span | None = None) -> Parsed[Dressed]:
    """Read the site's ``options`` as the theme means them, and give every asset its published name.

    Names carry a content hash, so that a host may let browsers keep them for ever. ``url(...)`` of one asset in a
    stylesheet is rewritten to the published name.
    """
    options, diagnostics = _options(theme, given, span)
    assets = dict(theme.assets)
    variables = _variables(theme, options)
    if variables:
        assets["options.css"] = variables
    faults = [_missing(theme, name) for name in (*theme.file.all_files,) if name not in assets]
    paths: dict[str, str] = {}
    artifacts = []
    for name in sorted(
        assets, key=lambda name: (name.endswith(".css"), name)
    ):  # Stylesheets last: they name the others.
        data = _with_published_urls(assets[name], name, paths) if name.endswith(".css") else assets[name]
        paths[name] = _published(name, data)
        artifacts.append(Artifact(paths[name], data))
    names = theme.file
    look = Look(
        options=options,
        stylesheets=tuple(paths[name] for name in (*(names.stylesheets or ()), "options.css") if name in paths),
        scripts=tuple(paths[name] for name in names.scripts or () if name in paths),
        head_scripts=tuple(paths[name] for name in names.head_scripts or () if name in paths),
        assets=dict(sorted(paths.items())),
    )
    return Parsed(Dressed(look, tuple(artifacts)), (*diagnostics, *faults))


def _options(theme: Theme, given: Mapping[str, str], span: Span | None) -> Parsed[dict[str, Value]]:
    values = {name: option.default for name, option in theme.file.options.items()}
    diagnostics = []
    for name, text in given.items():
        option = theme.file.options.get(name)
        if option is None:
            meant = closest(name, theme.file.options)
            advice = f"did you mean {meant}?" if meant else f"its options: {', '.join(theme.file.options) or 'none'}"
            message = f"expected an option of the theme {theme.name}, found {quoted(name)}"
            diagnostics.append(Diagnostic("unknown-option", message, span, advice))
            continue
        value = read_option(option, text)
        if value is None:
            message = f"expected {option.expected} for the theme's option {name}, found {quoted(text)}"
            diagnostics.append(Diagnostic("bad-option", message, span))
        else:
            values[name] = value
    return Parsed(values, tuple(diagnostics))


def _variables(theme: Theme, options: Mapping[str, Value]) -> bytes:
    """A stylesheet that sets the CSS variables of the options that differ from the theme's own values."""
    rules = [
        f"  {option.css}: {options[name]};\n"
        for name, option in theme.file.options.items()
        if option.css and options[name] != option.default and CSS_VALUE.fullmatch(str(options[name]))
    ]
    return f":root {{\n{''.join(rules)}}}\n".encode() if rules else b""


def _missing(theme: Theme, name: str) -> Diagnostic:
    meant = closest(name, theme.assets)
    advice = f"did you mean {meant}?" if meant else "put the file into the theme's assets/"
    return Diagnostic("missing-asset", f"expected the asset {quoted(name)}, found none", Span(theme.file.path), advice)


def _published(name: str, data: bytes) -> str:
    folder, _, file = name.rpartition("/")
    stem, dot, suffix = file.rpartition(".")
    hashed = f"{stem}.{digest(data)[:8]}{dot}{suffix}" if stem else f"{file}.{digest(data)[:8]}"
    return f"assets/{folder}/{hashed}" if folder else f"assets/{hashed}"


def _with_published_urls(data: bytes, name: str, paths: Mapping[str, str]) -> bytes:
    here = name.split("/")[:-1]

    def published(match: re.Match[str]) -> str:
        quote, target = match.groups()
        path = _resolved([*here, *target.split("/")])
        if path not in paths:
            return match.group(0)
        return f"url({quote}{'../' * len(here)}{paths[path].removeprefix('assets/')}{quote})"

    return _REFERENCE.sub(published, data.decode("utf-8", "surrogateescape")).encode("utf-8", "surrogateescape")


def _resolved(parts: list[str]) -> str:
    """``fonts/../logo.svg`` as ``logo.svg``."""
    path: list[str] = []
    for part in parts:
        if part == "..":
            path = path[:-1]
        elif part not in ("", "."):
            path.append(part)
    return "/".join(path)
