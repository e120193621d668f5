"""Templates to code: parsed and compiled once for each text, and quick where pages spend their time."""

from __future__ import annotations

import marshal
import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from importlib import import_module
from itertools import chain
from keyword import iskeyword
from types import CodeType, FunctionType
from typing import Any, NamedTuple

import markupsafe
from markupsafe import Markup, escape
from msgspec import Struct

from labpress.core.files import digest
from labpress.core.patterns import patterns_put_off
from labpress.markup.html import Html
from labpress.render.theme import Template

with patterns_put_off():
    import jinja2
    from jinja2 import Environment, TemplateSyntaxError, meta, nodes
    from jinja2.compiler import CodeGenerator, Frame
    from jinja2.environment import TemplateModule

ROOT = "root"
"""What ``card.html`` calls the way from a page to the site's root."""

PACKED = "labpress.render.packed_templates"
"""A module that only wheels have; see ``packing``."""

_LOADS = (nodes.Extends, nodes.FromImport, nodes.Import, nodes.Include)
"""What names other templates."""

TOO_DEEP = "parts are nested too deeply"
"""What a fault says of a template that Python cannot compile, though Jinja can read it."""

_WITHOUT_CONTEXT = "template._get_default_module()._body_stream"
"""What a template without the context of the one that includes it gives, in Jinja's code."""


class FastCode(CodeGenerator):
    """Generates code that is quick where pages spend their time.

    - Most of a page's strings have nothing to escape: a string goes to ``escape_text`` at once, the rest to
      ``escaped``.
    - Jinja hands each piece of a page up through every block and template that it stands in, one by one. Here a
      template or a block hands up all of its pieces at once, as a list, and nothing is joined before the page is whole.
    - ``value.name`` is looked up as an attribute. Where there is none, the code fails with AttributeError, and
      ``CarefulCode`` has to be asked.

    A template's module is a function of the environment, which gives what the module defines: so the code of many
    templates can stand in one module.
    """

    function = "template"

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802  Jinja's name.
        self.writeline(f"def {self.function}(environment):")
        self.indent()
        self.writeline("escaped, escape_text = environment.escaped, environment.escape_text")
        super().visit_Template(node, frame)
        self.writeline("return {'name': name, 'blocks': blocks, 'root': root, 'debug_info': debug_info}")
        self.outdent()

    def blockvisit(self, nodes: Iterable[nodes.Node], frame: Frame) -> None:
        if frame.buffer is not None:
            super().blockvisit(nodes, frame)
            return
        self.buffer(frame)
        super().blockvisit(nodes, frame)
        self.writeline(f"yield {frame.buffer}")

    def simple_write(self, s: str, frame: Frame, node: nodes.Node | None = None) -> None:
        if s == "event":  # What a template or a block has handed up.
            self.writeline(f"{frame.buffer}.extend(event)", node)
        else:
            super().simple_write(s, frame, node)

    def visit_Include(self, node: nodes.Include, frame: Frame) -> None:  # noqa: N802
        self._included_into = frame.buffer
        super().visit_Include(node, frame)

    def writeline(self, x: str, node: nodes.Node | None = None, extra: int = 0) -> None:
        if x == f"yield from {_WITHOUT_CONTEXT}":  # Jinja does so even in a macro, where it goes wrong.
            x = f"{self._included_into}.extend({_WITHOUT_CONTEXT})"
        elif x == "concat = environment.concat":  # That is for what templates and blocks hand up.
            x = "concat = ''.join"
        super().writeline(x, node, extra)

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("(escape_text(_value) if type(_value := ")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape:
            super()._output_child_post(node, frame, finalize)
        else:
            self.write(") is str else escaped(_value))")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802
        name, owner = node.attr, node.node
        is_block = isinstance(owner, nodes.Name) and owner.name == "self"
        if is_block or not (name.isascii() and name.isidentifier()) or iskeyword(name):
            super().visit_Getattr(node, frame)
            return
        self.write("(")
        self.visit(owner, frame)
        self.write(f").{name}")


class CarefulCode(FastCode):
    """Generates code that looks up an item where there is no attribute, and knows of what is neither."""

    visit_Getattr = CodeGenerator.visit_Getattr  # noqa: N815


def joined(handed_up: Iterable[Iterable[str]]) -> str:
    """The text of what a template or a block hands up."""
    return "".join(chain.from_iterable(handed_up))


class PiecedTemplate(jinja2.Template):
    """A template whose code hands up lists of pieces."""

    def make_module(
        self,
        vars: dict[str, Any] | None = None,  # noqa: A002  Jinja's name.
        shared: bool = False,  # noqa: FBT001, FBT002  Jinja's own signature.
        locals: Mapping[str, Any] | None = None,  # noqa: A002  Jinja's name.
    ) -> TemplateModule:
        context = self.new_context(vars, shared, locals)
        return TemplateModule(self, context, list(chain.from_iterable(self.root_render_func(context))))


def _escape(text: str) -> str:
    return str(escape(text))


escape_text: Callable[[str], str] = getattr(markupsafe, "_escape_inner", _escape)
"""``markupsafe.escape`` without the Markup around each string; half of a page's time went into that."""


def escaped(value: object) -> str:
    """``value`` as text of an HTML page: what ``markupsafe.escape`` gives, as a plain string."""
    if type(value) is str:
        return escape_text(value)
    if type(value) is int:
        return str(value)
    if isinstance(value, Html):
        return value.source
    return value if isinstance(value, Markup) else str(escape(value))


class TemplateFacts(NamedTuple):
    """What has to be known of a template before it is carried out."""

    references: tuple[str, ...] | None
    """The templates that it names; None: one of them is only known when it is carried out."""
    uses_card: bool
    prints_root: bool
    """Does nothing with ``root`` but write it where it stands."""


class CompiledTemplate(Struct, frozen=True, array_like=True):
    """One template as code."""

    code: bytes
    """Marshalled; only for the same Python and the same Jinja."""
    facts: TemplateFacts


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
        key = template_key(name, template.text, code_of(environment, template))
        found = self.used.get(key) or self._saved.get(key) or _packed(key)
        if found is None:
            found = _compile(environment, name, template)
            self.grown = True
        self.used[key] = found
        return found


def code_of(environment: Environment, template: Template) -> type[FastCode]:
    """What kind of code ``template`` becomes. Only built-in ones are known to have a view wherever they say so."""
    return FastCode if template.builtin and environment.code_generator_class is FastCode else CarefulCode


def template_key(name: str, text: str, code: type[CodeGenerator] = FastCode) -> str:
    """What a template is known by, wherever its file lies."""
    return digest(f"{code.__name__}\0{name}\0{text}".encode("utf-8", "surrogatepass"))


def _packed(key: str) -> CompiledTemplate | None:
    function, facts = _packed_templates().get(key, (None, None))
    return CompiledTemplate(marshal.dumps(function.__code__), TemplateFacts(*facts)) if function and facts else None


@cache
def _packed_templates() -> Mapping[str, tuple[FunctionType, tuple[Any, ...]]]:
    """The built-in templates as code, in a wheel: Jinja takes a tenth of a second to compile them."""
    try:
        packed = import_module(PACKED)
    except ModuleNotFoundError:
        return {}  # In a checkout, where templates may change.
    known: Mapping[str, tuple[FunctionType, tuple[Any, ...]]] = packed.TEMPLATES
    return known if jinja2.__version__ == packed.JINJA else {}


def _compile(environment: Environment, name: str, template: Template) -> CompiledTemplate:
    source = ""
    try:
        source, facts = source_of(environment, name, template)
        module = compile(source, template.path, "exec", dont_inherit=True)
    except (SyntaxError, RecursionError) as error:  # Python allows for twenty loops, or a hundred conditions.
        line = _template_line(source, getattr(error, "lineno", None) or 0)
        raise TemplateSyntaxError(TOO_DEEP, line, name, template.path) from error
    code = next(one for one in module.co_consts if isinstance(one, CodeType))
    return CompiledTemplate(marshal.dumps(code), facts)


def _template_line(source: str, line: int) -> int:
    """The line of a template that became ``line`` of its ``source``; 1 where that is not known."""
    table = re.findall(r"(\d+)=(\d+)", source.rpartition("debug_info = '")[2].partition("'")[0])
    return max([int(own) for own, made in table if int(made) <= line], default=1)


def load(environment: Environment, compiled: CompiledTemplate, path: str) -> jinja2.Template:
    """The template at ``path``, ready to be carried out."""
    namespace: dict[str, Any] = {"__file__": path}
    define = FunctionType(marshal.loads(compiled.code), namespace)  # noqa: S302  Digested when it was read.
    namespace.update(define(environment))
    return environment.template_class.from_module_dict(environment, namespace, environment.globals)


def source_of(
    environment: Environment, name: str, template: Template, function: str = "template", line: int = 1
) -> tuple[str, TemplateFacts]:
    """A template as a Python ``function`` that begins on ``line`` of its module. Raises TemplateSyntaxError."""
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
    generator = code_of(environment, template)(environment, name, template.path, optimized=environment.optimized)
    generator.function, generator.code_lineno = function, line
    generator.visit(tree)
    text: str = generator.stream.getvalue()  # type: ignore[attr-defined]
    return text, TemplateFacts(known, "card" in names, prints_root)


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
