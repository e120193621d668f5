"""The sealed Jinja environment: a template sees its view, and nothing that differs from run to run.

Undefined names are faults, everything is escaped but ``Html``, and there is no clock, no randomness and no file. So
the same template and the same view give the same text, on every machine, in every worker.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, MutableMapping
from contextlib import suppress
from types import BuiltinMethodType
from typing import Any

from markupsafe import Markup
from msgspec import Struct

from labpress.core.patterns import patterns_put_off
from labpress.render.closure import Closure, closure_of
from labpress.render.compiling import (
    ROOT,
    CarefulCode,
    CompiledTemplates,
    FastCode,
    PiecedTemplate,
    escape_text,
    escaped,
    joined,
    load,
)
from labpress.render.theme import PARENT, Theme, replaced
from labpress.site.words import Counted

with patterns_put_off():
    import jinja2
    from jinja2 import BaseLoader, Environment, StrictUndefined, TemplateNotFound, TemplateSyntaxError, pass_context
    from jinja2.exceptions import UndefinedError
    from jinja2.runtime import Context
    from jinja2.utils import missing

CARD = "card.html"
"""The template behind ``{{ card(view, root) }}``."""

_ANY_ROOT = Markup("<\0>")
"""Stands for the root in a card that will stand on pages of any depth. No text and no sanitized HTML has it."""

MAX_RANGE = 100_000
"""Steps that all ``range`` of one page may take together, so that no template loops for ever."""


MAX_REPEATED = 1_000_000
"""Characters or items that ``*`` may make."""

_WITHOUT_CONTEXT = frozenset([BuiltinMethodType, Counted])
"""Types of functions that want no context. Jinja needs longer to find that out than they need."""

MAX_POWER = 1000
"""Of what stands on either side of ``**``."""


class UndefinedNameError(UndefinedError):
    """An undefined name was used; says of what object, so that a fault can propose a name that exists."""

    def __init__(self, owner: object, name: str, message: str) -> None:
        super().__init__(message)
        self.owner = owner
        self.name = name


class Missing(StrictUndefined):
    """Undefined, and a fault at any use, ``{% if name %}`` included: a misspelt name must not hide a part of a page."""

    __slots__ = ()

    def __init__(self, hint: str | None = None, obj: Any = missing, name: str | None = None, exc: Any = None) -> None:  # noqa: ANN401  Jinja's own signature.
        del exc
        super().__init__(hint, obj, name, lambda message: UndefinedNameError(obj, str(name or ""), message or ""))  # type: ignore[arg-type]


class _Environment(Environment):
    """Jinja's environment with names looked up in a theme, ``parent:`` included."""

    template_class = PiecedTemplate
    concat = staticmethod(joined)
    """Jinja's own code joins nothing but what blocks hand up."""
    escaped = staticmethod(escaped)
    escape_text = staticmethod(escape_text)
    sandboxed = True
    """Jinja's switch for the operators below; templates themselves are trusted, but may be wrong."""
    intercepted_binops = frozenset(["*", "**"])
    intercepted_unops: frozenset[str] = frozenset()

    def __init__(self, theme: Theme, compiled: CompiledTemplates, code: type[FastCode]) -> None:
        super().__init__(
            loader=_Loader(theme, compiled),
            undefined=Missing,
            autoescape=True,
            optimized=False,  # Constants are folded nowhere: that takes longer than it saves.
            auto_reload=False,
            cache_size=-1,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.code_generator_class = code
        self.theme = theme
        del self.globals["lipsum"]
        del self.filters["random"]

    def call_binop(self, _context: Context, operator: str, left: Any, right: Any) -> Any:  # noqa: ANN401  Any operands.
        """``left * right`` or ``left ** right``, unless it is larger than any page: memory would end before it did."""
        if operator == "**":
            too_large = max(abs(left), abs(right)) > MAX_POWER
        else:
            counts = [len(one) if hasattr(one, "__len__") else one for one in (left, right)]
            too_large = counts != [left, right] and counts[0] * counts[1] > MAX_REPEATED
        if too_large:
            message = f"{operator} makes more than fits on a page"
            raise OverflowError(message)
        return left**right if operator == "**" else left * right

    def call(self, context: Context, function: Callable[..., Any], *args: object, **named: object) -> Any:  # noqa: ANN401  Any result.
        """What Jinja calls through when it is ``sandboxed``."""
        is_card = function == self.globals["card"]
        if not (is_card or type(function) in _WITHOUT_CONTEXT):
            return context.call(function, *args, **named)
        # They are for the context that Jinja would make; neither kind of function asks for them.
        named.pop("_loop_vars", None)
        named.pop("_block_vars", None)
        return function(context, *args, **named) if is_card else function(*args, **named)

    def join_path(self, template: str, parent: str) -> str:
        if not template.startswith(PARENT):
            return template
        name = template.removeprefix(PARENT)
        return replaced(self.theme.templates, name, parent) or template


class _Loader(BaseLoader):
    def __init__(self, theme: Theme, compiled: CompiledTemplates) -> None:
        self.theme = theme
        self.compiled = compiled

    def load(
        self,
        environment: Environment,
        name: str,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002, ARG002  Jinja's own name; always the same.
    ) -> jinja2.Template:
        found = self.theme.templates.get(name)
        if found is None:
            raise TemplateNotFound(name)
        return load(environment, self.compiled.get(environment, name, found), found.path)

    def list_templates(self) -> list[str]:
        return sorted(self.theme.templates)


class Renderer:
    """One theme, ready to render. Keeps compiled templates and the cards that it has rendered."""

    __slots__ = (
        "_cards",
        "_careful",
        "_closures",
        "_filters",
        "_patterns",
        "_prints_root",
        "_steps_left",
        "_with_care",
        "compiled",
        "environment",
        "theme",
    )

    def __init__(
        self, theme: Theme, filters: Mapping[str, Callable[..., Any]], compiled: CompiledTemplates | None = None
    ) -> None:
        self.theme = theme
        self.compiled = compiled or CompiledTemplates()
        self._filters = filters
        self.environment = self.environment_of(FastCode)
        self._careful: _Environment | None = None
        """For pages that need it; most themes have none."""
        self._with_care: set[str] = set()
        """The templates of such pages."""
        self._closures: dict[str, Closure] = {}
        self._cards: dict[tuple[int, str], tuple[object, Markup]] = {}
        self._patterns: dict[int, str] = {}
        """Cards, by the identities of their views, with ``_ANY_ROOT`` in the place of the root."""
        self._prints_root: bool | None = None
        """Whether ``card.html`` and all that it needs only write the root; None: not asked so far."""
        self._steps_left = MAX_RANGE

    def environment_of(self, code: type[FastCode]) -> _Environment:
        """The theme's environment, whose templates become ``code``."""
        environment = _Environment(self.theme, self.compiled, code)
        environment.filters.update(self._filters)
        environment.globals.update(card=self.card, range=self._range)
        return environment

    def closure(self, name: str) -> Closure:
        """The template ``name`` with all that it extends, includes and imports."""
        found = self._closures.get(name)
        if found is None:
            found = self._closures[name] = closure_of(self.theme, name, self._references)
        return found

    def _cards_fit_any_root(self) -> bool:
        """Whether ``card.html`` and all that it needs only write ``root`` where it stands."""
        if self._prints_root is None:
            templates = self.theme.templates
            used = [(name, templates[name]) for name in self.closure(CARD).names if name in templates]
            try:
                self._prints_root = all(self.compiled.get(self.environment, *one).facts.prints_root for one in used)
            except TemplateSyntaxError:
                self._prints_root = False  # The fault is that of a page that meets it; most may not.
        return self._prints_root

    def _references(self, name: str) -> frozenset[str]:
        """The templates that ``name`` names. One that is named at run time may be any of them."""
        try:
            facts = self.compiled.get(self.environment, name, self.theme.templates[name]).facts
        except TemplateSyntaxError:
            return frozenset()  # It cannot be carried out, whatever it names.
        if facts.references is None:
            return frozenset(self.theme.templates)
        found = {self.environment.join_path(target, name) for target in facts.references}
        return frozenset(found | {CARD} if facts.uses_card else found)

    def preload(self, names: Iterable[str]) -> None:
        """Load templates now, so that forked workers share them. Faults are left to the page that meets them."""
        for name in names:
            if name in self.theme.templates:
                with suppress(TemplateSyntaxError):
                    self.environment.get_template(name)

    def text(self, template: str, view: Struct) -> str:
        """The page that ``template`` makes of ``view``. Raises what the template raises."""
        if template not in self._with_care:
            try:
                return self._text(self.environment, template, view)
            except AttributeError:
                self._with_care.add(template)
        if self._careful is None:
            self._careful = self.environment_of(CarefulCode)
        return self._text(self._careful, template, view)

    def _text(self, environment: _Environment, template: str, view: Struct) -> str:
        self._steps_left = MAX_RANGE
        fields = {name: getattr(view, name) for name in view.__struct_fields__}
        return rendered(environment, template, fields)

    @pass_context
    def card(self, context: Context, view: object, root: str) -> Markup:
        """``card.html`` for one paper. The same card stands on many pages, so it is rendered once for all of them."""
        key = (id(view), root)
        known = self._cards.get(key)
        if known is None:
            known = (view, Markup(self._card(view, root, context)))  # noqa: S704  Escaped by the template.
            self._cards[key] = known  # Holds the view: its id must not pass to another one.
        return known[1]

    def _card(self, view: object, root: str, context: Context) -> str:
        """The text of one card, rendered for any root if its templates do nothing with the root but write it."""
        if not self._cards_fit_any_root():
            return _rendered_card(view, root, context)
        pattern = self._patterns.get(id(view))
        if pattern is None:
            pattern = self._patterns[id(view)] = _rendered_card(view, _ANY_ROOT, context)
        return pattern.replace(_ANY_ROOT, escaped(root))

    def forget_cards(self) -> None:
        """Free what an earlier build has rendered."""
        self._cards.clear()
        self._patterns.clear()

    def _range(self, *bounds: int) -> range:
        steps = range(*bounds)
        self._steps_left -= len(steps)
        if self._steps_left < 0:
            message = f"range() took more than {MAX_RANGE:,} steps for one page"
            raise OverflowError(message)
        return steps


def _rendered_card(view: object, root: str, context: Context) -> str:
    return rendered(context.environment, CARD, {"card": view, ROOT: root, "site": context["site"]})


def rendered(environment: Environment, name: str, fields: dict[str, Any]) -> str:
    """What the template ``name`` makes of ``fields``. Raises what the template raises."""
    template = environment.get_template(name)
    # What ``Template.new_context`` gives, without a copy of all globals name by name.
    context = Context(environment, environment.globals | fields, template.name, template.blocks)
    return joined(template.root_render_func(context))
