"""The build, as one story: read, plan, compare, render, sweep, remember.

There is no dependency graph. Reading is remembered by content, everything in the middle is computed anew each time, and
a page is rendered when its fingerprint differs from that of the file that stands there. So nothing has to be
invalidated and nothing can be forgotten; deleting the cache changes how long a build takes, and never what it gives.

Killed at any moment, a build leaves whole files, and the next one mends the rest: what may be written is claimed before
it is written, and the manifest, which vouches for files, is saved after them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import closing
from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from labpress.build.fingerprints import digest_bytes
from labpress.build.freshness import reasons_to_render
from labpress.build.inputs import Inputs, inputs_of, plan_key
from labpress.build.manifest import Manifest, Written
from labpress.build.ports import UNWRITABLE, Cache, Output, Survey, unwritable
from labpress.build.state import BuildState
from labpress.build.territory import Territory, divide, in_the_way_of, is_ours, refusal, territory_faults
from labpress.build.workers import WorkerDiedError
from labpress.core.collecting import without_collecting
from labpress.core.diagnostics import Diagnostic, Span, has_errors
from labpress.core.files import Snapshot
from labpress.core.images import Size
from labpress.render.theme import Layer

if TYPE_CHECKING:  # What reads and renders is imported only by a build that has to.
    from labpress.build.planning import Keeping, Planned


class BuildRequest(Struct, frozen=True, kw_only=True):
    """Everything that a build depends on, but the output folder and the cache."""

    snapshot: Snapshot
    layers: tuple[Layer, ...]
    """Where templates and themes are looked up."""
    faults: tuple[Diagnostic, ...] = ()
    """Met while these two were read."""
    head_of: Callable[[str], bytes] = lambda _path: b""
    """The first bytes of a file of the content folder; the snapshot has only its stamp."""
    page_size_of: Callable[[str], Size | None] | None = None
    """Width and height of page one of a PDF of the content folder; None where no library draws pictures."""
    code: str
    """Which labpress with which libraries: another text means that nothing cached is trusted."""
    boot: str = ""
    """Which run of the machine."""
    base_url: str = ""
    """Takes the place of the site's address."""
    output_shown: str = "_site"
    """The output folder, as diagnostics show it."""
    workers: int = 1
    keep_when_faulty: bool = False
    """While there are errors, show the last good reading of each faulty file and remove nothing, as a preview does."""
    drafts: bool = False
    """Show what is not to be published yet, as a preview does."""
    progress: Callable[[int, int], None] = lambda _done, _all: None
    """Told how many of how many pages are rendered."""
    on_written: Callable[[str], None] = lambda _path: None
    """Told of each file whose bytes have changed, as soon as it stands."""


class BuildReport(Struct, frozen=True, kw_only=True):
    """What a build did."""

    diagnostics: tuple[Diagnostic, ...] = ()
    total: int = 0
    """Files of the site."""
    reasons: dict[str, tuple[str, ...]] = {}
    """Every file that was made anew -> why."""
    written: tuple[str, ...] = ()
    """Of those, the files whose bytes have changed."""
    removed: tuple[str, ...] = ()
    finished: bool = True
    """False: stopped before all was done; what stands is whole, but not all of it is new."""

    @property
    def kept(self) -> int:
        return self.total - len(self.written)


def build(request: BuildRequest, output: Output, cache: Cache, state: BuildState | None = None) -> BuildReport:
    """Bring the output folder up to date. What ``state`` remembers of an earlier build is not read from ``cache``."""
    try:
        with without_collecting():
            return _build(request, output, state or BuildState(cache, request.code, keeps_plans=True))
    except OSError as error:
        return BuildReport(diagnostics=(*request.faults, unwritable(error, request.output_shown)), finished=False)
    except WorkerDiedError as error:
        fault = Diagnostic("worker-died", str(error), Span(error.what), "build again; it may have run out of memory")
        return BuildReport(diagnostics=(*request.faults, fault), finished=False)


def _build(request: BuildRequest, output: Output, state: BuildState) -> BuildReport:
    survey = output.survey()
    if not is_ours(survey, state.manifest, output.identity):
        return BuildReport(diagnostics=(*request.faults, refusal(request.output_shown)), finished=False)
    standing = files_standing(state.manifest, survey, output, request.boot)
    inputs = inputs_of(request)
    comparison = None
    if state.manifest.inputs and standing.keys() == state.manifest.files.keys() == survey.inventory:
        territory = divide(survey, state.manifest, frozenset(standing))
        if not territory.orphans:
            if inputs.whole == state.manifest.inputs:
                return _nothing_changed(request, output, state, standing, territory)
            comparison = compare_texts(request, inputs, state, survey, standing)
    comparison = comparison or compare(request, inputs, state, survey, standing)
    return _bring_up_to_date(request, output, state, comparison, inputs)


def files_standing(manifest: Manifest, survey: Survey, output: Output, boot: str) -> dict[str, Written]:
    """The recorded files that have the recorded bytes: by their stamps or, where these prove nothing, by content."""
    stamps_count = manifest.output == output.identity and manifest.boot == boot
    standing = {}
    for path, written in manifest.files.items():
        stamp = survey.files.get(path)
        if stamp is None:
            continue
        if stamps_count and stamp == written.stamp and manifest.trusts(stamp):
            standing[path] = written
        elif stamp.size == written.stamp.size and output.checksum(path) == written.digest:
            standing[path] = replace(written, stamp=stamp)
    return standing


def _nothing_changed(
    request: BuildRequest, output: Output, state: BuildState, standing: dict[str, Written], territory: Territory
) -> BuildReport:
    """The shortest build: what is given and what stands there are those of the last one."""
    manifest = state.manifest
    as_found = replace(manifest, files=standing, output=output.identity, boot=request.boot)
    if as_found != manifest or any(not manifest.trusts(written.stamp) for written in standing.values()):
        state.save(replace(as_found, sealed=output.seal()))
    faults = (*manifest.diagnostics, *territory_faults(territory, request.output_shown))
    return BuildReport(diagnostics=faults, total=len(standing))


class Comparison(NamedTuple):
    """What the site should be, against what stands there."""

    planned: Planned
    territory: Territory
    survey: Survey
    stale: dict[str, tuple[str, ...]]
    """Files to be made -> why, in the plan's order."""
    kept: dict[str, Written]
    standing: Mapping[str, Written]
    """Recorded files, stale or not, that have the recorded bytes."""


def compare_texts(
    request: BuildRequest, inputs: Inputs, state: BuildState, survey: Survey, standing: dict[str, Written]
) -> Comparison | None:
    """``compare`` by the plan of the last build, where only texts have changed. All files of that build stand."""
    if state.last_plan is not None or not state.manifest.plan or inputs.frame != state.manifest.frame:
        return None  # A process that has planned before has all in memory that a plan is made from.
    from labpress.build.replay import planned_again

    planned = planned_again(request.snapshot, request.layers, request.base_url, inputs, state)
    if planned is None:
        return None
    territory = divide(survey, state.manifest, frozenset(standing))
    stale = {}
    kept = dict(standing)
    for job in planned.jobs:
        reasons = reasons_to_render(job, standing[job.path], same_code=True, intact=True)
        if reasons:
            stale[job.path] = reasons
            del kept[job.path]
    planned = planned._replace(diagnostics=state.manifest.diagnostics[len(request.faults) :])
    return Comparison(planned, territory, survey, stale, kept, standing)


def compare(
    request: BuildRequest, inputs: Inputs, state: BuildState, survey: Survey, standing: Mapping[str, Written]
) -> Comparison:
    """Plan the site and say which of its files have to be made anew, and why. Writes nothing to the output."""
    from labpress.build.planning import plan_jobs

    planned = plan_jobs(request, inputs, state)
    territory = divide(survey, state.manifest, frozenset(job.path for job in planned.jobs), standing)
    recorded, same_code = state.manifest.files, state.manifest.code == request.code
    stale = {}
    kept = {}
    for job in planned.jobs:
        path = job.path
        reasons = reasons_to_render(job, recorded.get(path), same_code=same_code, intact=path in standing)
        if path in territory.blocked:
            continue
        if reasons:
            stale[path] = reasons
        else:
            kept[path] = standing[path]
    return Comparison(planned, territory, survey, stale, kept, standing)


def _bring_up_to_date(
    request: BuildRequest, output: Output, state: BuildState, comparison: Comparison, inputs: Inputs
) -> BuildReport:
    """Make what is stale, remove what is no longer planned, and record the result."""
    planned, territory, survey, stale, kept, _standing = comparison
    given_way = _prepare(output, comparison)
    plan: dict[str, Any] = {}

    def remember() -> None:
        """Keep for the next build what is known by now; it is right whatever becomes of this one."""
        state.save_memo()
        if planned.keeping:
            plan.update(_keep_plan(inputs, planned.keeping, state))

    made = _make(request, output, comparison, meanwhile=remember)
    moved = output.settle()
    files = kept | made.written
    files |= {path: replace(files[path], stamp=stamp) for path, stamp in moved.items()}
    diagnostics = (*request.faults, *planned.diagnostics, *made.faults)
    failed = [path for path in stale if path not in files]
    gone = (*territory.orphans, *(path for path in failed if path in survey.files))
    hold = (request.keep_when_faulty and has_errors(diagnostics)) or any(
        fault.code == UNWRITABLE for fault in made.faults
    )
    if not hold:
        for path in gone:
            if path not in given_way:  # Something else has its name by now.
                output.remove(path)
    output.claim(frozenset(files) | frozenset(gone if hold else ()))
    finished = not (failed or territory.blocked or hold)
    manifest = Manifest(
        code=request.code,
        boot=request.boot,
        output=output.identity,
        sealed=output.seal(),
        inputs=inputs.whole if finished else b"",
        files=files,
        diagnostics=diagnostics,
    )
    state.save(replace(manifest, **plan) if finished else manifest)
    return BuildReport(
        diagnostics=(*diagnostics, *territory_faults(territory, request.output_shown)),
        total=len(files),
        reasons=stale,
        written=made.changed,
        removed=() if hold else tuple(path for path in gone if path in survey.files),
    )


def _keep_plan(inputs: Inputs, keeping: Keeping, state: BuildState) -> dict[str, Any]:
    """Keep the plan for the next build, if that is likely to be by another process; gives its part of the manifest."""
    papers = keeping.papers
    key = plan_key(inputs.frame, papers, keeping.related)
    cards = digest_bytes(key + b"".join([paper.title for paper in papers.values()]))
    if not state.keeps_plans and (key, cards) != (state.manifest.plan, state.manifest.cards):
        return {}
    if state.manifest.plan != key:
        state.save_plan(keeping.write_plan(key))
    if state.manifest.cards != cards:
        state.save_cards(keeping.write_cards(cards))
    compared = state.save_compared()
    return {"plan": key, "cards": cards, "compared": compared, "frame": inputs.frame, "papers": papers}


def _prepare(output: Output, comparison: Comparison) -> frozenset[str]:
    """Claim what will be written, and take away what is in its way; gives that."""
    territory, inventory = comparison.territory, comparison.survey.inventory
    if inventory is None or not territory.ours <= inventory:
        output.claim(territory.ours)
    in_the_way = in_the_way_of(territory.orphans, territory.ours.difference(territory.orphans))
    for path in in_the_way:
        output.remove(path)
    return frozenset(in_the_way)


class _Made(NamedTuple):
    written: dict[str, Written]
    changed: tuple[str, ...]
    faults: tuple[Diagnostic, ...]


def _make(request: BuildRequest, output: Output, comparison: Comparison, *, meanwhile: Callable[[], None]) -> _Made:
    """Carry out the jobs of everything stale; ``meanwhile`` is done while workers are at it."""
    from labpress.build.rendering import Studio, carry_out, in_working_order, merged, preload

    planned, territory, survey, stale, _kept, standing = comparison
    stretches = in_working_order(job for job in planned.jobs if job.path in stale)
    preload(stretches, planned.renderer)
    present = {path: stamp for path, stamp in survey.files.items() if path in territory.ours}
    studio = Studio(planned.renderer, output, present, standing, planned.wholes, request.snapshot.shown(""))
    written: dict[str, Written] = {}
    changed: list[str] = []
    faults: list[Diagnostic] = []
    with closing(carry_out(stretches, studio, request.workers, meanwhile)) as results:
        for job, done in results:
            faults += done.faults
            if done.stamp:
                written[job.path] = Written(done.stamp, done.digest, job.template, job.view)
            if done.changed:
                changed.append(job.path)
                request.on_written(job.path)
            request.progress(len(written), len(stale))
    return _Made(written, tuple(sorted(changed)), merged(faults))
