"""A build by the plan of the last one, where nothing has changed but titles, and texts that only their pages show.

What a plan takes from both is which papers are related. That is compared first, and mostly it is as it was.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple, NoReturn

from labpress.build.content import entry_digest, entry_reading, read_config_of
from labpress.build.fingerprints import Digests
from labpress.build.heads import EntryParts, Wholes, mark_with_title
from labpress.build.inputs import Inputs
from labpress.build.jobs import jobs_of_pages
from labpress.build.kept_plan import (
    CARD,
    ENTRY,
    CardBox,
    KeptPlan,
    read_cards,
    read_plan,
    view_again,
)  # fmt: skip
from labpress.build.manifest import PaperMark
from labpress.build.memo import Memo, Reading
from labpress.build.planning import Keeping, Planned, theme_of
from labpress.build.state import BuildState
from labpress.core.deferred import Deferred
from labpress.core.files import Snapshot
from labpress.entries.config import SiteConfig
from labpress.entries.entry import Entry
from labpress.render.theme import Layer
from labpress.site.cards import neighbour_of, with_title
from labpress.site.pages import Page
from labpress.site.views import CardView, NeighbourView

MOST = 100
"""Edited entries. With more of them, a new plan is as quick."""

FEW = 20
"""Entries that are read again sooner than all that was ever read is looked up."""


def planned_again(
    snapshot: Snapshot, layers: tuple[Layer, ...], base_url: str, inputs: Inputs, state: BuildState
) -> Planned | None:
    """The jobs that the last plan has for the entries that were edited since.

    None, where there is no telling without a new plan: anything else has changed, or more of an entry than its title
    and its texts.
    """
    manifest = state.manifest
    old = manifest.papers
    if not manifest.plan or inputs.frame != manifest.frame or inputs.papers.keys() != old.keys():
        return None
    edited = [path for path, digest in inputs.papers.items() if old[path].text != digest]
    if len(edited) > MOST:
        return None
    plan, box = read_plan(state.load_plan()), CardBox(read_cards(state.load_cards()))
    if (plan.key, box.key) != (manifest.plan, manifest.cards):
        return None
    config = read_config_of(snapshot, state.settings, base_url).value
    how = entry_reading(config)
    parts = {path: state.memo.read_anew(snapshot.source(path), how, inputs.papers[path]).value for path in edited}
    if any(old[path].plan not in (one.mark, mark_with_title(one)) for path, one in parts.items()):
        return None
    related = {}
    if config.features.related:
        from labpress.build.comparing import related_again

        found = related_again(parts.values(), state, inputs)
        if found is None:
            return None
        related = found
    retitled = {path for path, one in parts.items() if one.title_mark != old[path].title}
    papers = _Papers(plan, box, config, _Sources(snapshot, inputs.papers, how, state.memo, parts), retitled)
    renderer = state.renderer(theme_of(layers, config, state).value)
    jobs = tuple(jobs_of_pages(papers.pages(), renderer, papers.digests))
    marks = {path: PaperMark(inputs.papers[path], old[path].plan, one.title_mark) for path, one in parts.items()}
    return Planned(
        jobs, manifest.diagnostics, renderer, Wholes(), Keeping(old | marks, related, _as_it_is, papers.cards)
    )


def _as_it_is(_key: bytes) -> NoReturn:
    message = "expected the plan that was kept, found another"
    raise ValueError(message)


class _Sources(NamedTuple):
    """The entries as they are now."""

    snapshot: Snapshot
    digests: Mapping[str, bytes]
    how: Reading[EntryParts]
    memo: Memo
    edited: Mapping[str, EntryParts]

    def parts(self, path: str, *, one_of_many: bool) -> EntryParts:
        """One entry. A few are read again sooner than the memo of all is looked up."""
        known = self.edited.get(path)
        if known is None:
            file = self.snapshot.source(path)
            known = (self.memo.read_one(file, self.how) if one_of_many else self.how.read(file)).value
        return known

    def digest(self, path: str, head: Entry) -> bytes:
        """The digest of the whole entry."""
        return entry_digest(self.digests[path] + self.how.settings, head)


class _Papers:
    """The papers of a kept plan as they are now: what its pages are made from."""

    def __init__(self, plan: KeptPlan, box: CardBox, config: SiteConfig, sources: _Sources, retitled: set[str]) -> None:
        self.digests = Digests()
        self._plan, self._box, self._config, self._sources = plan, box, config, sources
        root = sources.snapshot.shown("")
        self._paths = [shown.removeprefix(root) for shown in plan.papers]
        numbers = {path: number for number, path in enumerate(self._paths)}
        self._edited = {numbers[path] for path in sources.edited if path in numbers}
        self._retitled = {numbers[path] for path in retitled if path in numbers}
        self._entries: dict[int, Entry] = {}
        self._cards: dict[int, CardView] = {}
        self._neighbours: dict[int, NeighbourView] = {}

    def pages(self) -> Iterator[Page]:
        """Every page that shows something that was edited."""
        views = self._plan.views
        stale = {number for number, view in enumerate(views) if view.shows(self._edited, self._retitled)}
        made: dict[int, Deferred] = {}
        for page in self._plan.pages:
            if page.view in stale:
                if page.view not in made:
                    made[page.view] = view_again(views[page.view], self._plan.values, self._now)
                yield Page(page.path, page.template, made[page.view], page.source)

    def cards(self, key: bytes) -> bytes:
        """All cards, for a cache."""
        return self._box.written({number: self._card(number) for number in self._retitled}, self.digests, key)

    def _now(self, kind: int, number: int) -> object:
        if kind == ENTRY:
            return self._entry(number)
        if kind == CARD:
            return self._card(number)
        neighbour = self._neighbours.get(number)
        if neighbour is None:
            neighbour = self._neighbours[number] = neighbour_of(self._card(number))
        return neighbour

    def _entry(self, number: int) -> Entry:
        entry = self._entries.get(number)
        if entry is None:
            path = self._paths[number]
            parts = self._sources.parts(path, one_of_many=len(self._entries) >= FEW)
            if parts.head is None:
                message = f"{path} was planned, and is no entry"
                raise ValueError(message)
            entry = self._entries[number] = Wholes([parts]).entry(parts.head)
            self.digests.learn(entry, self._sources.digest(path, parts.head))
        return entry

    def _card(self, number: int) -> CardView:
        card = self._cards.get(number)
        if card is None:
            card = self._box.card(number)
            if number in self._retitled:
                card = with_title(card, self._entry(number), self._config)
            else:
                self.digests.learn(card, self._box.digest(number))
            self._cards[number] = card
        return card
