"""Themes: which file answers to a template's or an asset's name.

A theme is a folder with ``theme.yml``, ``templates/`` and ``assets/``. It may have a parent, whose files stand wherever
it has none of its own. Names are looked up in this order, file by file:

1. ``templates/`` of the site,
2. the theme, then its parent, then the parent's parent: for each, the site's own folder before the built-in one,
3. the built-in ``templates/``.

A template reaches the one it replaces by the prefix ``parent:``, as in ``{% extends "parent:base.html" %}``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from hashlib import blake2b

from msgspec import Struct

from labpress.core.decoding import decode
from labpress.core.diagnostics import Diagnostic, Parsed, Span, quoted
from labpress.core.files import SourceFile
from labpress.core.text import closest
from labpress.render.theme_file import ThemeFile, read_theme_file

PARENT = "parent:"
DEFAULT = "journal"


class Layer(Struct, frozen=True):
    """The ``templates/`` and ``themes/`` of one place: the site's, or the ones that labpress brings."""

    root: str
    """The place as diagnostics show it."""
    builtin: bool
    templates: dict[str, bytes]
    """Path below ``templates/`` -> content."""
    themes: dict[str, dict[str, bytes]]
    """Theme -> path below its folder -> content."""
    locales: dict[str, bytes] = {}
    """Language, in small letters -> content of its file in ``locales/``."""


class Template(Struct, frozen=True):
    """One template, with the place of its file."""

    path: str
    """As diagnostics show it."""
    text: str
    level: int
    """Where in the order of lookup its folder stands; a smaller level wins."""
    builtin: bool = False


class Theme(Struct, frozen=True):
    """Everything that decides how pages look, looked up and ready."""

    name: str
    templates: dict[str, Template]
    """Name -> template. What a template replaces is there too, under ``base.html@2`` with its level."""
    assets: dict[str, bytes]
    file: ThemeFile


def theme_names(layers: tuple[Layer, ...]) -> tuple[str, ...]:
    """All themes there are, in alphabetical order."""
    return tuple(sorted({name for layer in layers for name in layer.themes}))


ReadThemeFile = Callable[[SourceFile], Parsed[ThemeFile]]


def find_theme(
    layers: tuple[Layer, ...], name: str, span: Span | None = None, read: ReadThemeFile = read_theme_file
) -> Parsed[Theme]:
    """Look up every file of the theme ``name``; ``span`` is where the site asks for it.

    An unknown theme is reported, and the default one taken. ``read`` may be a memoised ``read_theme_file``.
    """
    diagnostics: list[Diagnostic] = []
    known = theme_names(layers)
    if name not in known:
        diagnostics.append(_unknown(name, known, span))
        name = DEFAULT
    chain = _chain(layers, name, read, diagnostics)
    templates = _templates(_template_folders(layers, [one for one, _file in chain]), diagnostics)
    assets = _assets(layers, [one for one, _file in chain])
    return Parsed(Theme(name, templates, assets, _merged([file for _name, file in chain])), tuple(diagnostics))


def _unknown(name: str, known: tuple[str, ...], span: Span | None) -> Diagnostic:
    meant = closest(name, known)
    advice = f"did you mean {meant}?" if meant else f"themes there are: {', '.join(known)}"
    return Diagnostic("unknown-theme", f"expected the name of a theme, found {quoted(name)}", span, advice)


def _chain(
    layers: tuple[Layer, ...], name: str, read: ReadThemeFile, diagnostics: list[Diagnostic]
) -> list[tuple[str, ThemeFile]]:
    """The theme, its parent, and so on, each with its theme.yml."""
    chain: dict[str, ThemeFile] = {}
    while name and name not in chain:
        found = next(
            ((layer, layer.themes[name]) for layer in layers if "theme.yml" in layer.themes.get(name, {})), None
        )
        if not found:
            chain[name] = ThemeFile()
            break
        layer, files = found
        path = _join(layer.root, f"themes/{name}/theme.yml")
        chain[name], faults = read(SourceFile(path, files["theme.yml"]))
        diagnostics += faults
        parent = chain[name].parent
        known = theme_names(layers)
        if parent and (parent in chain or parent not in known):
            span = Span(path, chain[name].lines.get("parent", 1))
            if parent in chain:
                message = f"expected a parent that does not come back to this theme, found {quoted(parent)}"
                diagnostics.append(Diagnostic("theme-loop", message, span, "take the parent out of one of them"))
            else:
                diagnostics.append(_unknown(parent, known, span))
            break
        name = parent
    return list(chain.items())


def _merged(files: list[ThemeFile]) -> ThemeFile:
    """What a theme says, completed by what its parents say."""
    own = files[0]
    for parent in files[1:]:
        own = ThemeFile(
            label=own.label or parent.label,
            description=own.description or parent.description,
            stylesheets=parent.stylesheets if own.stylesheets is None else own.stylesheets,
            scripts=parent.scripts if own.scripts is None else own.scripts,
            head_scripts=parent.head_scripts if own.head_scripts is None else own.head_scripts,
            options=parent.options | own.options,
            path=own.path,
        )
    return own


def _template_folders(layers: tuple[Layer, ...], chain: list[str]) -> Iterator[tuple[str, Mapping[str, bytes], bool]]:
    """Folders of templates in the order of lookup, each with whether it is a built-in one."""
    for layer in layers:
        if not layer.builtin:
            yield _join(layer.root, "templates"), layer.templates, False
    for name in chain:
        for layer in layers:
            files = layer.themes.get(name, {})
            yield _join(layer.root, f"themes/{name}/templates"), _below(files, "templates/"), layer.builtin
    for layer in layers:
        if layer.builtin:
            yield _join(layer.root, "templates"), layer.templates, True


def _templates(
    folders: Iterator[tuple[str, Mapping[str, bytes], bool]], diagnostics: list[Diagnostic]
) -> dict[str, Template]:
    templates: dict[str, Template] = {}
    for level, (folder, files, builtin) in enumerate(folders):
        for name, data in files.items():
            source, faults = decode(SourceFile(f"{folder}/{name}", data))
            diagnostics += faults
            template = Template(source.path, source.text, level, builtin)
            templates[name if name not in templates else f"{name}@{level}"] = template
    return templates


def replaced(templates: Mapping[str, Template], name: str, by: str) -> str:
    """The name under which ``templates`` keeps the ``name`` that stands below the template ``by``; "" if none does."""
    level = templates[by].level if by in templates else -1
    versions = [key for key in templates if key == name or key.startswith(f"{name}@")]
    below = [key for key in versions if templates[key].level > level]
    return min(below, key=lambda key: templates[key].level, default="")


def _assets(layers: tuple[Layer, ...], chain: list[str]) -> dict[str, bytes]:
    assets: dict[str, bytes] = {}
    for name in reversed(chain):
        for layer in reversed(layers):
            assets |= _below(layer.themes.get(name, {}), "assets/")
    return dict(sorted(assets.items()))


def _below(files: Mapping[str, bytes], folder: str) -> dict[str, bytes]:
    return {path.removeprefix(folder): data for path, data in files.items() if path.startswith(folder)}


def _join(root: str, path: str) -> str:
    return f"{root}/{path}" if root not in ("", ".") else path


def template_set_digest(theme: Theme) -> str:
    """Stands for every template of the theme: equal digests mean that nothing about templates has changed."""
    whole = blake2b(digest_size=16)
    for name, template in sorted(theme.templates.items()):
        whole.update(f"{name}\0{template.level}\0{len(template.text)}\0".encode())
        whole.update(template.text.encode("utf-8", "surrogatepass"))
    return whole.hexdigest()
