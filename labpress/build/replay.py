"""A build by the plan of the last one, where nothing has changed but texts that only their own pages show.

What a plan takes from texts is which papers are related. That is compared first, and mostly it is as it was.
"""

from __future__ import annotations

from labpress.build.content import entry_digest, entry_reading, read_config_of
from labpress.build.fingerprints import Digests
from labpress.build.heads import Wholes
from labpress.build.inputs import Inputs
from labpress.build.jobs import job_of
from labpress.build.kept_plan import page_again, read_plan
from labpress.build.planning import Planned, fit
from labpress.build.state import BuildState
from labpress.core.files import Snapshot
from labpress.entries.entry import Entry
from labpress.render.theme import Layer
from labpress.site.related import Compared, compare, with_terms

MOST = 100
"""Edited entries. With more of them, a new plan is as quick."""


def planned_again(
    snapshot: Snapshot, layers: tuple[Layer, ...], base_url: str, inputs: Inputs, state: BuildState
) -> Planned | None:
    """The jobs that the last plan has for the entries that were edited since.

    None, where there is no telling without a new plan: anything else has changed, or more of an entry than its texts.
    """
    manifest = state.manifest
    papers = inputs.papers
    if not manifest.plan or inputs.frame != manifest.frame or papers.keys() != manifest.papers.keys():
        return None
    edited = [path for path, digest in papers.items() if manifest.papers[path].text != digest]
    plan = read_plan(state.load_plan())
    if len(edited) > MOST or plan.key != manifest.plan:
        return None
    config = read_config_of(snapshot, state.settings, base_url).value
    how = entry_reading(config)
    parts = {path: state.memo.read_anew(snapshot.source(path), how, papers[path]) for path in edited}
    if any(one.value.mark != manifest.papers[path].mark for path, one in parts.items()):
        return None
    compared = state.compared
    if config.features.related:
        compared = _compared_again([one.value.head for one in parts.values() if one.value.head], compared)
        if compared.related != state.compared.related:
            return None
        state.compared = compared
    digests = Digests()

    def entry_of(shown: str) -> Entry:
        path = shown.removeprefix(snapshot.shown(""))
        read = parts.get(path) or state.memo.read_one(snapshot.source(path), how)
        head = read.value.head
        if head is None:
            message = f"{shown} was planned, and is no entry"
            raise ValueError(message)
        entry = Wholes([read.value]).entry(head)
        digests.learn(entry, entry_digest(papers[path] + how.settings, head))
        return entry

    renderer = fit(snapshot, layers, config, state).renderer
    shown = frozenset(map(snapshot.shown, edited))
    again = [page_again(page, plan, entry_of) for page in plan.pages if page.shows(shown)]
    jobs = tuple(job_of(page, renderer, digests) for page in again)
    marks = {path: paper.mark for path, paper in manifest.papers.items()}
    return Planned(jobs, manifest.diagnostics, renderer, Wholes(), marks, compared)


def _compared_again(edited: list[Entry], known: Compared) -> Compared:
    """Which papers are related now that some have other words."""
    features = {
        head.paper.id: with_terms(known.features[head.paper.id], head.terms)
        for head in edited
        if head.paper.id in known.features
    }
    if all(known.features[paper_id] == own for paper_id, own in features.items()):
        return known
    return compare(known.features | features, known)
