"""What is done about a change, the quickest first: import, the page of the text in question, then the whole build."""

from __future__ import annotations

import gc
import signal
import time
from collections import defaultdict
from collections.abc import Callable, Container, Iterator, Mapping
from multiprocessing.connection import Connection
from pathlib import Path

from labpress.build.freshness import DAMAGED
from labpress.build.inputs import inputs_of
from labpress.build.planning import plan_jobs
from labpress.build.revision import is_revisable, make_now, restyle, revise
from labpress.core.diagnostics import Diagnostic, has_errors
from labpress.core.files import Snapshot, SourceFile
from labpress.core.remembered import forget_everything
from labpress.edges.building import BuildPlace, build_place, new_state, read_request
from labpress.edges.disk import read_layers, read_text
from labpress.edges.live.guard import stand_guard
from labpress.edges.live.messages import (
    Built,
    Changed,
    Imported,
    Progress,
    Report,
    Restyled,
    Revised,
    Settings,
    Source,
    Sources,
    Written,
)
from labpress.edges.opening import open_output
from labpress.edges.output import OutputFolder
from labpress.entries.config import SiteConfig, read_config
from labpress.site.context import SiteContext
from labpress.site.routes import output_file, paper_path, text_path

Tell = Callable[[Report], None]

AT_ONCE = 20
"""Texts that are worth a page of their own before the whole build. Of more, nobody waits for a certain one."""

SHOWN = 3
"""Files named for each reason."""

TICK = 0.05
"""Seconds between two messages about the progress of a build."""


def run_builder(line: Connection, other_end: Connection, place: BuildPlace) -> None:
    """The life of the building process: do what the ``line`` asks for until its other end is closed."""
    other_end.close()
    # Ctrl-C reaches every process of a terminal. This one ends when the one that watches does.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    stand_guard(line, Builder(place))


class Builder:
    """All that is remembered from build to build; see ``guard.Worker``."""

    def __init__(self, place: BuildPlace) -> None:
        self.place = place
        self.source = Path(place.source)
        self.state = new_state(place)
        self.made_now: set[str] = set()
        """Files that were made before the build that is to come."""
        self.import_faults: dict[str, tuple[Diagnostic, ...]] = {}
        """Source document -> what was wrong with it when it was last imported."""
        self.settings: Settings | None = None
        self.sources: Sources | None = None
        self.told: dict[type[Report], Report] = {}
        """Of each kind of news, the last that was told."""

    def may_be_overtaken(self, asked: Changed) -> bool:
        """Nothing is begun anew for a save that could not be shown at once, and no import is broken off."""
        return self.state.last_plan is not None and not asked.seeds

    def forget_told(self) -> None:
        """See ``guard.Worker``."""
        self.told.clear()

    def tell_news(self, news: Settings | Sources, tell: Tell) -> None:
        """Tell what differs from what was told last."""
        if self.told.get(type(news)) != news:
            self.told[type(news)] = news
            tell(news)

    def work(self, asked: Changed, tell: Tell) -> None:
        """Do all that follows from what has changed."""
        before = self.state.last_plan
        self.tell_settings(tell)
        if asked.seeds:
            self.import_seeds(asked.seeds, tell)
        texts = [path for path in asked.files if is_revisable(path)]
        if len(texts) <= AT_ONCE:
            for path in texts:
                self.revise(path, tell)
        if asked.styles:
            self.restyle(tell)
        self.build(asked.files, tell)
        forget_everything()
        after = self.state.last_plan
        if before and after and before.renderer is not after.renderer:
            del before
            gc.collect()  # Old templates hold each other. Nothing else does: only for them, a collection is worth it.

    def tell_settings(self, tell: Tell) -> None:
        """Say where the site lies. While site.yml is broken, everything stays where it was."""
        data = read_text(self.source, "site.yml")
        config, faults = read_config(SourceFile("site.yml", data)) if data else (SiteConfig(), ())
        if self.settings is None or not has_errors(faults):
            base_path = SiteConfig(url=self.place.base_url).base_path if self.place.base_url else config.base_path
            self.settings = Settings(base_path, config.editor)
        self.tell_news(self.settings, tell)

    def import_seeds(self, seeds: tuple[str, ...], tell: Tell) -> None:
        """Import what has changed among the sources, by the rules of ``labpress import``."""
        from labpress.edges.importer import import_sources, summary

        there = tuple(path for path in seeds if Path(path).is_file())
        for path in seeds:
            self.import_faults.pop(path, None)
        if there:
            done, faults = import_sources(self.source, there, as_of=None)
            self.import_faults[there[0]] = faults
            tell(Imported(there, summary(done.plan)))

    def revise(self, path: str, tell: Tell) -> None:
        """Make the page of one text, if it can be had without a plan of the whole site."""
        data = read_text(self.source, path)
        if data is None:
            return
        file = SourceFile(Snapshot(self.place.shown_source).shown(path), data)
        pages, faults = revise(path, file, self.state)
        # Without the lock: a build that was killed may hold it for a while yet. Every file is put in place as a whole,
        # and the next build looks at what stands there, whoever wrote it.
        output = OutputFolder(Path(self.place.output).resolve(), self.source.resolve())
        pages = tuple(page for page in pages if output.has_claimed(page.path))
        made, more = make_now(pages, self.state, output, output.stamps(page.path for page in pages))
        self.made_now.update(made)
        if made or has_errors(faults):
            tell(Revised(file.path, made, (*faults, *more)))

    def restyle(self, tell: Tell) -> None:
        """Write changed style sheets, so that pages can take them on before they are made anew."""
        changed = restyle(read_layers(self.source).value, self.state)
        if not changed.artifacts:
            return
        with open_output(Path(self.place.output), self.source, self.place.output) as (output, _faults):
            if output and output.claim_more(frozenset(one.path for one in changed.artifacts)):
                make_now(changed.artifacts, self.state, output, {})
                tell(Restyled(changed.renamed))

    def build(self, files: tuple[str, ...], tell: Tell) -> None:
        """The whole build, by which everything done before is checked."""
        written = _Batch(lambda paths: tell(Written(paths)))
        progress = _Pace()

        def on_progress(done: int, whole: int) -> None:
            if progress.is_due():
                tell(Progress(done, whole))

        report = build_place(self.place, progress=on_progress, on_written=written.add, state=self.state)
        written.flush()
        self.tell_sources(tell)
        imported = (fault for faults in self.import_faults.values() for fault in faults)
        tell(
            Built(
                diagnostics=(*report.diagnostics, *imported),
                total=report.total,
                made=_by_reason(report.reasons, self.made_now),
                made_count=len(report.reasons),
                written=len(report.written),
                removed=report.removed,
                edited=tuple(self.pages_of(files)) if len(files) <= AT_ONCE else (),
                finished=report.finished,
            )
        )
        self.made_now.clear()
        if self.state.last_plan is None and report.finished:
            request = read_request(self.place)
            plan_jobs(request, inputs_of(request), self.state)  # Nothing had changed, so there is no plan yet.
            self.tell_sources(tell)

    def pages_of(self, files: tuple[str, ...]) -> Iterator[str]:
        """The pages that are made from ``files`` of the content folder."""
        shown = {Snapshot(self.place.shown_source).shown(path) for path in files}
        if shown and self.sources:
            yield from (page for page, source in self.sources.pages.items() if source.path in shown)

    def tell_sources(self, tell: Tell) -> None:
        """Say which page is made from which file, as far as a plan has told."""
        if self.state.last_plan is not None:
            self.sources = Sources(dict(_sources(self.state.last_plan.context)))
            self.tell_news(self.sources, tell)


def _sources(context: SiteContext) -> Iterator[tuple[str, Source]]:
    for key, entry in context.catalog.entries.items():
        yield output_file(paper_path(key)), Source(entry.paper.path, entry.paper.draft)
    for text in context.texts:
        yield output_file(text_path(text.id)), Source(text.path, text.draft)


def _by_reason(reasons: Mapping[str, tuple[str, ...]], ours: Container[str]) -> dict[str, tuple[str, ...]]:
    """Each reason with some of the files that were made anew for it. Of ``ours`` we know who has changed them."""
    found: dict[str, list[str]] = defaultdict(list)
    for path, why in reasons.items():
        found["; ".join(one for one in why if one != DAMAGED or path not in ours)].append(path)
    return {why: tuple(paths[:SHOWN]) for why, paths in found.items()}


class _Pace:
    """Says when it is time for another message."""

    def __init__(self) -> None:
        self.last = time.monotonic()

    def is_due(self) -> bool:
        now = time.monotonic()
        if now - self.last < TICK:
            return False
        self.last = now
        return True


class _Batch:
    """Collects paths for one message every now and then."""

    def __init__(self, send: Callable[[tuple[str, ...]], None]) -> None:
        self.send, self.pace = send, _Pace()
        self.paths: list[str] = []

    def add(self, path: str) -> None:
        self.paths.append(path)
        if self.pace.is_due():
            self.flush()

    def flush(self) -> None:
        if self.paths:
            self.send(tuple(self.paths))
            self.paths.clear()
