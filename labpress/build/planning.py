"""From what was read to a job for every file of the site. Everything here is computed anew for each build."""

from __future__ import annotations

from typing import NamedTuple

from labpress.build.content import SITE, read_config_of, read_content
from labpress.build.fingerprints import Digests
from labpress.build.jobs import Job, distinct, jobs_of
from labpress.build.memo import reading
from labpress.build.state import BuildState
from labpress.core.diagnostics import Diagnostic, Span
from labpress.core.files import Snapshot
from labpress.render.dress import dress
from labpress.render.environment import Renderer
from labpress.render.theme import Layer, find_theme
from labpress.render.theme_file import ThemeFile, read_theme_file
from labpress.site.plan import plan_site
from labpress.site.views import CardView, SiteView

SHARED = frozenset([SiteView, CardView])
"""Views that stand on many pages."""


class Planned(NamedTuple):
    """Every job of a build, and what is needed to carry them out."""

    jobs: tuple[Job, ...]
    diagnostics: tuple[Diagnostic, ...]
    renderer: Renderer


def plan_jobs(snapshot: Snapshot, layers: tuple[Layer, ...], base_url: str, state: BuildState, workers: int) -> Planned:
    """Read, plan and fingerprint the whole site."""
    memo = state.memo
    config, config_faults = read_config_of(snapshot, memo, base_url)
    how = reading(read_theme_file, ThemeFile)
    theme, theme_faults = find_theme(
        layers, config.theme, _line(snapshot, config.lines, "theme"), lambda file: memo.read_one(file, how)
    )
    dressed, option_faults = dress(theme, config.options, _line(snapshot, config.lines, "options"))
    digests = Digests(SHARED)
    content, content_faults = read_content(snapshot, config, memo, digests, workers)
    state.save_memo()
    plan, plan_faults = plan_site(content, dressed.view)
    renderer = state.renderer(theme)
    jobs, clashes = distinct(jobs_of(plan, dressed.artifacts, snapshot, renderer, digests))
    faults = (*config_faults, *theme_faults, *option_faults, *content_faults, *plan_faults, *clashes)
    return Planned(jobs, faults, renderer)


def _line(snapshot: Snapshot, lines: dict[str, int], key: str) -> Span:
    """Where site.yml says ``key``."""
    return Span(snapshot.shown(SITE), lines.get(key, 0))
