"""The built-in templates as one Python module: it is put into a wheel, so that no first build has to compile them."""

from __future__ import annotations

import jinja2

from labpress.render.compiling import source_of, template_key
from labpress.render.environment import Renderer
from labpress.render.filters import FILTERS
from labpress.render.theme import Layer, find_theme, theme_names

_HEAD = f'''"""The built-in templates, as Jinja has compiled them for this wheel."""

JINJA = "{jinja2.__version__}"
'''


def packed(layers: tuple[Layer, ...]) -> str:
    """The text of the module ``PACKED``, with every built-in template of every built-in theme."""
    layers = tuple(layer for layer in layers if layer.builtin)
    text = _HEAD
    table: dict[str, str] = {}
    for name in theme_names(layers):
        theme = find_theme(layers, name).value
        environment = Renderer(theme, FILTERS).environment
        for template_name, template in theme.templates.items():
            key, function = template_key(template_name, template.text), f"template_{len(table)}"
            if key not in table:
                text += "\n\n"
                source, facts = source_of(environment, template_name, template, function, text.count("\n") + 1)
                text += source + "\n"
                table[key] = f"    {key!r}: ({function}, {tuple(facts)!r}),\n"
    return f"{text}\n\nTEMPLATES = {{\n{''.join(table.values())}}}\n"
