"""What one build leaves for the next, in a cache or in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec

from labpress.build.manifest import Manifest, read_manifest, write_manifest
from labpress.build.memo import Memo
from labpress.build.ports import Cache
from labpress.render.theme import Theme, template_set_digest

if TYPE_CHECKING:  # Jinja takes longer to import than a build of which nothing has changed.
    from labpress.build.heads import Wholes
    from labpress.render.compiling import CompiledTemplates
    from labpress.render.environment import Renderer
    from labpress.site.context import SiteContext
    from labpress.site.plan import Content
    from labpress.site.related import Compared

MANIFEST, MEMO, CHANGES, SETTINGS, TEMPLATES, PLAN, CARDS, COMPARED = (
    "manifest", "memo", "memo-changes", "settings", "templates", "plan", "cards", "compared",
)  # fmt: skip
"""Names in the cache."""


class LastPlan(NamedTuple):
    """What the pages of the last plan were made from, and how they are rendered."""

    content: Content
    context: SiteContext
    renderer: Renderer
    unsound: frozenset[str]
    """The files, as diagnostics show them, whose part of ``content`` was read with errors."""

    def is_sound(self, path: str) -> bool:
        """Whether what ``content`` has of this file, if anything, was read without errors."""
        return path not in self.unsound


class BuildState:
    """The memory of builds of one site into one folder. Give the same value to the next build in this process."""

    def __init__(self, cache: Cache, code: str, *, keeps_plans: bool = False) -> None:
        self.keeps_plans = keeps_plans
        """Whether the next build will probably be by another process, which has no plan in memory."""
        self._cache = cache
        self._code = code
        self.manifest = read_manifest(cache.load(MANIFEST))
        self._memo: Memo | None = None
        self._settings: Memo | None = None
        self._renderer: tuple[str, Renderer] | None = None
        self._wholes: Wholes | None = None
        self._compared: Compared | None = None
        self._compared_is_new = False
        self.compared_key = b""
        """The digest of what ``compared`` was made from."""
        self.last_plan: LastPlan | None = None
        """None while every build in this process has found that nothing has changed."""

    @property
    def wholes(self) -> Wholes:
        """The texts of the entries of the last plan."""
        from labpress.build.heads import Wholes

        return self._wholes or Wholes()

    @wholes.setter
    def wholes(self, wholes: Wholes) -> None:
        self._wholes = wholes

    @property
    def memo(self) -> Memo:
        """Read from the cache when it is first needed: a build of which nothing has changed does without."""
        if self._memo is None:
            self._memo = Memo(lambda: self._cache.load(MEMO), self._cache.load(CHANGES), self._code)
        return self._memo

    @property
    def settings(self) -> Memo:
        """Like ``memo``, for the few files that say how the others are read and shown."""
        if self._settings is None:
            self._settings = Memo(lambda: self._cache.load(SETTINGS), code=self._code)
        return self._settings

    @property
    def compared(self) -> Compared:
        """Which papers were related in an earlier plan; nothing, if that is not known."""
        if self._compared is None:
            from labpress.site.related import Compared

            kind = tuple[str, bytes, Compared]
            try:
                code, self.compared_key, compared = msgspec.msgpack.decode(self._cache.load(COMPARED), type=kind)
            except (msgspec.DecodeError, ValueError):
                code, compared = "", Compared()
            self._compared = compared if code == self._code else Compared()
        return self._compared

    def learn_compared(self, compared: Compared, key: bytes) -> None:
        """Take ``compared`` for what is known from now on. ``key`` is the digest of what it was made from."""
        if compared.features != self.compared.features:
            self.compared_key, self._compared_is_new = key, True
        self._compared = compared

    def save_compared(self) -> bytes:
        """Keep ``compared`` for the next build, and give the key under which it is kept."""
        if self._compared_is_new and self.keeps_plans:
            self._cache.save(COMPARED, msgspec.msgpack.encode((self._code, self.compared_key, self._compared)))
            self._compared_is_new = False
        return self.compared_key

    def load_plan(self) -> bytes | memoryview:
        """The plan that was kept by the last build; it may be that of an earlier one."""
        return self._cache.load(PLAN)

    def save_plan(self, plan: bytes) -> None:
        """Keep a plan for the next build."""
        self._cache.save(PLAN, plan)

    def load_cards(self) -> bytes | memoryview:
        """The cards of the plan that was kept; they may be those of another build."""
        return self._cache.load(CARDS)

    def save_cards(self, cards: bytes) -> None:
        """Keep the cards of a plan."""
        self._cache.save(CARDS, cards)

    def renderer(self, theme: Theme) -> Renderer:
        """A renderer of this theme, the last one if the templates are the same."""
        from labpress.render.environment import Renderer
        from labpress.render.filters import FILTERS

        wanted = template_set_digest(theme)
        if self._renderer is None or self._renderer[0] != wanted:
            self._renderer = (wanted, Renderer(theme, FILTERS, self._compiled()))
        return self._renderer[1]

    def _compiled(self) -> CompiledTemplates:
        from labpress.render.compiling import CompiledTemplate, CompiledTemplates

        try:
            saved = msgspec.msgpack.decode(self._cache.load(TEMPLATES), type=tuple[str, dict[str, CompiledTemplate]])
        except (msgspec.DecodeError, ValueError):
            return CompiledTemplates()
        code, templates = saved
        return CompiledTemplates(templates if code == self._code else None)

    def save_memo(self) -> None:
        """Keep what was read: it is right whatever becomes of the build."""
        if self._memo is not None and self._memo.changed:
            whole, changes = self._memo.pieces()
            if whole is not None:
                self._cache.save(MEMO, whole)
            self._cache.save(CHANGES, changes)
        if self._settings is not None and self._settings.changed:
            self._cache.save(SETTINGS, self._settings.all())

    def save(self, manifest: Manifest) -> None:
        """Keep what was built."""
        self.manifest = manifest
        self._cache.save(MANIFEST, write_manifest(manifest))
        if self._renderer is not None:
            renderer = self._renderer[1]
            renderer.forget_cards()
            if renderer.compiled.grown:
                self._cache.save(TEMPLATES, msgspec.msgpack.encode((self._code, renderer.compiled.used)))
                renderer.compiled.grown = False
