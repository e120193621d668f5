"""The sealed Jinja environment: a template sees its view, and nothing that differs from run to run.

Undefined names are faults, everything is escaped but ``Html``, and there is no clock, no randomness and no file. So
the same template and the same view give the same text, on every machine, in every worker.
"""

from __future__ import annotations

import marshal
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from jinja2 import BaseLoader, BytecodeCache, Environment, StrictUndefined, TemplateNotFound
from jinja2.bccache import Bucket
from jinja2.exceptions import UndefinedError
from jinja2.utils import missing
from markupsafe import Markup

from labpress.render.theme import PARENT, Theme, replaced

CARD = "card.html"
"""The template behind ``{{ card(view, root) }}``."""

MAX_RANGE = 100_000
"""Steps that all ``range`` of one page may take together, so that no template loops for ever."""


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
        super().__init__(hint, obj, name, lambda message: UndefinedNameError(obj, name or "", message or ""))  # type: ignore[arg-type]


class CompiledTemplates(BytecodeCache):
    """Compiled templates by content, so that a rebuild need not parse them. ``codes`` is what a cache keeps."""

    def __init__(self, codes: Mapping[str, bytes] | None = None) -> None:
        self.codes: dict[str, bytes] = dict(codes or {})
        self.used: dict[str, bytes] = {}
        """What this run has asked for: all that is worth keeping."""
        self.grown = False
        """Whether ``used`` has something that ``codes`` had not."""

    def load_bytecode(self, bucket: Bucket) -> None:
        found = self.codes.get(bucket.key + bucket.checksum)
        if found is not None:
            bucket.code = marshal.loads(found)  # noqa: S302  The cache file's digest was checked when it was read.
            self.used[bucket.key + bucket.checksum] = found

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.used[bucket.key + bucket.checksum] = marshal.dumps(bucket.code)
        self.grown = True


class _Environment(Environment):
    """Jinja's environment with names looked up in a theme, ``parent:`` included."""

    def __init__(self, theme: Theme, compiled: CompiledTemplates) -> None:
        super().__init__(
            loader=_Loader(theme),
            bytecode_cache=compiled,
            undefined=Missing,
            autoescape=True,
            auto_reload=False,
            cache_size=-1,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.theme = theme
        del self.globals["lipsum"]
        del self.filters["random"]

    def join_path(self, template: str, parent: str) -> str:
        if not template.startswith(PARENT):
            return template
        name = template.removeprefix(PARENT)
        return replaced(self.theme.templates, name, parent) or template


class _Loader(BaseLoader):
    def __init__(self, theme: Theme) -> None:
        self.theme = theme

    def get_source(self, environment: Environment, template: str) -> tuple[str, str | None, Callable[[], bool] | None]:
        del environment
        found = self.theme.templates.get(template)
        if found is None:
            raise TemplateNotFound(template)
        return found.text, found.path, None

    def list_templates(self) -> list[str]:
        return sorted(self.theme.templates)


class Renderer:
    """One theme, ready to render. Keeps compiled templates and the cards that it has rendered."""

    __slots__ = ("_cards", "_steps_left", "compiled", "environment", "theme")

    def __init__(
        self, theme: Theme, filters: Mapping[str, Callable[..., Any]], compiled: CompiledTemplates | None = None
    ) -> None:
        self.theme = theme
        self.compiled = compiled or CompiledTemplates()
        self.environment = _Environment(theme, self.compiled)
        self.environment.filters.update(filters)
        self.environment.globals.update(card=self.card, range=self._range)
        self._cards: dict[tuple[int, str], tuple[object, Markup]] = {}
        self._steps_left = MAX_RANGE

    def preload(self, names: Iterable[str]) -> None:
        """Compile templates now, so that forked workers share them. Faults are left to the page that meets them."""
        for name in names:
            if name in self.theme.templates:
                try:
                    self.environment.get_template(name)
                except Exception:  # noqa: BLE001, S112  Rendering meets it again, and can say on which page.
                    continue

    def text(self, template: str, view: object) -> str:
        """The page that ``template`` makes of ``view``. Raises what the template raises."""
        self._steps_left = MAX_RANGE
        loaded = self.environment.get_template(template)
        fields = {name: getattr(view, name) for name in view.__struct_fields__}  # type: ignore[attr-defined]
        return "".join(loaded.root_render_func(loaded.new_context(fields)))

    def card(self, view: object, root: str) -> Markup:
        """``card.html`` for one paper. The same card stands on many pages, so it is rendered once for each root."""
        key = (id(view), root)
        known = self._cards.get(key)
        if known is None:
            loaded = self.environment.get_template(CARD)
            text = Markup("".join(loaded.root_render_func(loaded.new_context({"card": view, "root": root}))))  # noqa: S704  Escaped by the template.
            known = self._cards[key] = (view, text)  # Holds the view: its id must not pass to another one.
        return known[1]

    def forget_cards(self) -> None:
        """Free what an earlier build has rendered."""
        self._cards.clear()

    def _range(self, *bounds: int) -> range:
        steps = range(*bounds)
        self._steps_left -= len(steps)
        if self._steps_left < 0:
            message = f"range() took more than {MAX_RANGE:,} steps for one page"
            raise OverflowError(message)
        return steps
