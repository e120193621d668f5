"""theme.yml: a theme's parent, its stylesheets and scripts, and the options that a site may set."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from labpress.core.colours import named_colours
from labpress.core.diagnostics import Parsed
from labpress.core.files import SourceFile
from labpress.core.patterns import when_needed

Value = str | int | float | bool

_COLOUR = when_needed(
    r"#(?:[0-9A-Fa-f]{3,4}|[0-9A-Fa-f]{6}|[0-9A-Fa-f]{8})|transparent|currentcolor"
    r"|(?:rgb|hsl|hwb|lab|lch|oklab|oklch)a?\([\w%.,/ +-]{1,80}\)",
    re.ASCII,
)
_FAMILY = when_needed(r"""(["'])([\w .&-]{1,80})\1|([\w .&-]{1,80})""")
_IDENTIFIERS = when_needed(r"-?[^\W\d][\w-]*(?: -?[^\W\d][\w-]*)*")
"""What CSS takes for the name of a family without quotes."""
_MOST_FAMILIES = 12
_LENGTH = when_needed(r"\d{1,6}(?:\.\d{1,6})?(?:px|r?em|ch|ex|%|vw|pt|mm|cm|in)|0")

EXPECTED = {
    "text": "text",
    "boolean": "true or false",
    "number": "a number",
    "colour": "a colour such as #8a1c30",
    "font": "font families such as Source Serif 4, serif",
    "length": "a length such as 44rem",
    "choice": "one of",
    "words": "words of",
}
"""Type of an option -> what its values are, for a message."""

CSS_TYPES = frozenset(["colour", "font", "length"])
"""Types whose options become CSS custom properties: ``text_font`` becomes ``--text-font``."""


class Option(Struct, frozen=True):
    """One thing that a site may choose about a theme."""

    type: str = "text"
    """A key of ``EXPECTED``."""
    default: Value = ""
    choices: tuple[str, ...] = ()
    description: str = ""

    @property
    def expected(self) -> str:
        return " ".join([EXPECTED[self.type], ", ".join(self.choices)]).strip()


class ThemeFile(Struct, frozen=True, kw_only=True):
    """One theme.yml. None: not said, so the parent's word counts."""

    label: str = ""
    description: str = ""
    parent: str = ""
    stylesheets: tuple[str, ...] | None = None
    """Assets, in the order pages load them."""
    scripts: tuple[str, ...] | None = None
    """Assets, loaded with ``defer``."""
    head_scripts: tuple[str, ...] | None = None
    """Assets that must run before the page is first painted. Keep them tiny."""
    options: dict[str, Option] = field(default_factory=dict)
    path: str = ""
    """The file itself, as diagnostics show it."""
    lines: dict[str, int] = field(default_factory=dict)

    @property
    def all_files(self) -> tuple[str, ...]:
        """Every asset that it names."""
        return (*(self.stylesheets or ()), *(self.scripts or ()), *(self.head_scripts or ()))


def read_option(option: Option, text: str) -> Value | None:
    """The site's ``text`` for an option as a value of its type; None when it is not one."""
    text = text.strip()
    match option.type:
        case "boolean":
            return {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}.get(text.lower())
        case "number":
            return _number(text)
        case "choice":
            return text if text in option.choices else None
        case "words":
            words = text.replace(",", " ").split()
            return " ".join(words) if set(words) <= set(option.choices) else None
    return _CSS_READERS[option.type](text) if text and option.type in _CSS_READERS else text


def _colour(text: str) -> str | None:
    return text if _COLOUR.fullmatch(text) or text.lower() in named_colours() else None


def _length(text: str) -> str | None:
    return text if _LENGTH.fullmatch(text) else None


def _families(text: str) -> str | None:
    """Names of font families as CSS has to have them: what is no run of its identifiers stands in quotes."""
    names: list[str] = []
    for part in text.split(","):
        found = _FAMILY.fullmatch(part.strip())
        name = " ".join((found[2] or found[3]).split()) if found else ""
        if not found or not name or len(names) == _MOST_FAMILIES:
            return None
        names.append(name if found[3] and _IDENTIFIERS.fullmatch(name) else f'"{name}"')
    return ", ".join(names)


_CSS_READERS: dict[str, Callable[[str], str | None]] = {"colour": _colour, "font": _families, "length": _length}


def _number(text: str) -> int | float | None:
    if not re.fullmatch(r"-?\d{1,9}(?:\.\d{1,9})?", text, re.ASCII):
        return None
    return float(text) if "." in text else int(text)


def read_theme_file(file: SourceFile) -> Parsed[ThemeFile]:
    """Read theme.yml; what is faulty is left out and reported."""
    from labpress.entries.schema import TEXT, Field, choice, many, mapping_of, read_mapping, record_of
    from labpress.entries.yaml_file import read_yaml_file  # YAML is imported only when there is a theme.yml to read.

    names = many(TEXT, "names of assets")
    option_fields = {
        "type": Field(choice(EXPECTED, {"color": "colour", "flag": "boolean"}), "What its values are."),
        "default": Field(TEXT, "The value when a site says nothing."),
        "choices": Field(many(TEXT, "choices"), "The values of a choice, or the words."),
        "description": Field(TEXT, "What it does, in one sentence."),
    }
    fields = {
        "name": Field(TEXT, "The theme's name as a person reads it."),
        "description": Field(TEXT, "What the theme is for, in one sentence."),
        "parent": Field(TEXT, "The theme whose files stand wherever this one has none."),
        "stylesheets": Field(names, "Assets that every page loads as stylesheets, in this order."),
        "scripts": Field(names, "Assets that every page loads as deferred scripts."),
        "head_scripts": Field(names, "Assets that run before the page is first painted."),
        "options": Field(
            mapping_of(record_of(_option, option_fields, "an option"), "options"), "What a site may choose."
        ),
    }
    node, reader, diagnostics = read_yaml_file(file)
    if node is None:
        return Parsed(ThemeFile(path=file.path), diagnostics)
    values, lines = read_mapping(
        reader, node, fields, {"label": "did you mean name?", "extends": "did you mean parent?"}
    )
    label = values.pop("name", "")
    theme_file = ThemeFile(label=label, path=file.path, lines=lines, **values)
    return Parsed(theme_file, (*diagnostics, *reader.diagnostics))


def _option(default: str = "", **said: Any) -> Option:  # noqa: ANN401  Values of the table above.
    option = Option(default=default, **said)
    value = read_option(option, default)
    if value is None:
        value = option.choices[0] if option.choices else {"boolean": False, "number": 0}.get(option.type, "")
    return replace(option, default=value)
