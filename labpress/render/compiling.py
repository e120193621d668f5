"""Templates to code: parsed and compiled once for each text, and quick where pages spend their time."""

from __future__ import annotations

import marshal
from collections.abc import Callable, Iterable, Mapping

import markupsafe
from jinja2 import Environment, TemplateSyntaxError, meta, nodes
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import Markup, escape
from msgspec import Struct

from labpress.core.files import digest
from labpress.markup.html import Html
from labpress.render.theme import Template

ROOT = "root"
"""What ``card.html`` calls the way from a page to the site's root."""

_LOADS = (nodes.Extends, nodes.FromImport, nodes.Import, nodes.Include)
"""What names other templates."""

_WITHOUT_CONTEXT = "template._get_default_module()._body_stream"
"""What a template without the context of the one that includes it gives, in Jinja's code."""


class FastCode(CodeGenerator):
    """Generates code that escapes by ``escaped``, as most of a page's strings have nothing to escape, and joins blocks.

    Jinja hands each piece of a page up through every block and template that it stands in, one by one. Here a template
    or a block collects its pieces, as a macro does, and hands up what they give.
    """

    def blockvisit(self, nodes: Iterable[nodes.Node], frame: Frame) -> None:
        if frame.buffer is not None:
            super().blockvisit(nodes, frame)
            return
        self.buffer(frame)
        super().blockvisit(nodes, frame)
        self.writeline(f"yield concat({frame.buffer})")

    def visit_Include(self, node: nodes.Include, frame: Frame) -> None:  # noqa: N802  Jinja's name.
        self._included_into = frame.buffer
        super().visit_Include(node, frame)

    def writeline(self, x: str, node: nodes.Node | None = None, extra: int = 0) -> None:
        if x == f"yield from {_WITHOUT_CONTEXT}":  # Jinja does so even in a macro, where it goes wrong.
            x = f"{self._included_into}.extend({_WITHOUT_CONTEXT})"
        super().writeline(x, node, extra)

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.escaped(")


def _escape(text: str) -> str:
    return str(escape(text))


escape_text: Callable[[str], str] = getattr(markupsafe, "_escape_inner", _escape)
"""``markupsafe.escape`` without the Markup around each string; half of a page's time went into that."""


def escaped(value: object) -> str:
    """``value`` as text of an HTML page: what ``markupsafe.escape`` gives, as a plain string."""
    if type(value) is str:
        return escape_text(value)
    if isinstance(value, Html):
        return value.source
    return value if isinstance(value, Markup) else str(escape(value))


class CompiledTemplate(Struct, frozen=True, array_like=True):
    """One template as code, with the templates that it names."""

    code: bytes
    """Marshalled; only for the same Python and the same Jinja."""
    references: tuple[str, ...] | None
    """None: one of them is only known when the template is carried out."""
    uses_card: bool
    prints_root: bool
    """Does nothing with ``root`` but write it where it stands."""


class CompiledTemplates:
    """Templates by the digest of their text, parsed and compiled once. ``saved`` is what a cache kept of them."""

    def __init__(self, saved: Mapping[str, CompiledTemplate] | None = None) -> None:
        self._saved = dict(saved or {})
        self.used: dict[str, CompiledTemplate] = {}
        """What this run has asked for: all that is worth keeping."""
        self.grown = False
        """Whether ``used`` has something that was not saved."""

    def get(self, environment: Environment, name: str, template: Template) -> CompiledTemplate:
        """Raises TemplateSyntaxError."""
        key = digest(f"{name}\0{template.path}\0{template.text}".encode("utf-8", "surrogatepass"))
        found = self.used.get(key) or self._saved.get(key)
        if found is None:
            found = _compile(environment, name, template)
            self.grown = True
        self.used[key] = found
        return found


def _compile(environment: Environment, name: str, template: Template) -> CompiledTemplate:
    try:
        tree = environment.parse(template.text, name, template.path)
    except TemplateSyntaxError as error:
        error.name = error.name or name
        raise
    every = _every_node(tree)
    loads = nodes.Template([one for one in every if isinstance(one, _LOADS)])
    references = tuple(meta.find_referenced_templates(loads))
    known = None if None in references else tuple(sorted({name for name in references if name is not None}))
    names = [one.name for one in every if isinstance(one, nodes.Name)]
    times = names.count(ROOT)
    prints_root = not times or _printed(tree, ROOT) == times
    code = environment.compile(tree, name, template.path)
    return CompiledTemplate(marshal.dumps(code), known, "card" in names, prints_root)


def _every_node(tree: nodes.Template) -> list[nodes.Node]:
    """All of ``tree``, as ``find_all`` gives it, which takes time for each level of each node."""
    every: list[nodes.Node] = [tree]
    for node in every:
        for name in node.fields:
            value = getattr(node, name)
            if isinstance(value, nodes.Node):
                every.append(value)
            elif isinstance(value, list):
                every += [one for one in value if isinstance(one, nodes.Node)]
    return every


def _printed(node: nodes.Node, name: str) -> int:
    """How often ``name`` is written by ``node``, where nothing changes what is written there."""
    count = 0
    for child in node.iter_child_nodes():
        if isinstance(node, nodes.Output) and isinstance(child, nodes.Name):
            count += child.name == name
        elif isinstance(child, (nodes.Output, nodes.If, nodes.For, nodes.With)):
            count += _printed(child, name)
    return count
