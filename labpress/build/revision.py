"""What a preview can show of a change before the whole build is through: single pages, and style sheets.

Everything here is a part of what the next build makes anyway, byte for byte, made first. What cannot be had so quickly
is left to the build.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from labpress.build.content import page_reading, read_whole
from labpress.build.jobs import Job
from labpress.build.planning import theme_of
from labpress.build.ports import Output
from labpress.build.rendering import Studio, do_jobs
from labpress.build.state import BuildState
from labpress.core.diagnostics import Diagnostic, Parsed, has_errors
from labpress.core.files import Artifact, SourceFile, Stamp
from labpress.core.folder import PAGES, PAPERS
from labpress.entries.entry import Entry
from labpress.entries.text_page import TextEntry
from labpress.render.dress import dress
from labpress.render.theme import Layer
from labpress.site.pages import Page
from labpress.site.revision import revised_pages


def revise(path: str, file: SourceFile, state: BuildState) -> Parsed[tuple[Page, ...]]:
    """The pages of one text that has changed; none, where this takes a whole build.

    ``path`` is that of ``file`` below the content folder. The diagnostics are those of reading it.
    """
    last = state.last_plan
    if last is None:
        return Parsed(())
    config = last.context.config
    read: Parsed[Entry | None] | Parsed[TextEntry | None]
    if path.startswith(PAPERS):
        read = read_whole(file, state.memo, config)
    else:
        root = last.context.files.root + config.pages_folder
        read = state.memo.read_one(file, page_reading(config.markup, root))
    stays = has_errors(read.diagnostics) and last.is_sound(file.path)  # The last good page.
    pages = () if stays or read.value is None else revised_pages(last.context, read.value)
    # A page that was not written so far may stand in the way of somebody's file: the build finds out.
    return Parsed(tuple(page for page in pages if page.path in state.manifest.files), read.diagnostics)


def is_revisable(path: str) -> bool:
    """Whether ``revise`` may know what to do with the file ``path`` of the content folder."""
    return path.startswith((PAPERS, PAGES)) and path.endswith(".md")


class Restyled(NamedTuple):
    """Assets of a theme that have changed, under their new names."""

    artifacts: tuple[Artifact, ...]
    renamed: dict[str, str]
    """The name that pages have had for a style sheet so far -> its new one."""


def restyle(layers: tuple[Layer, ...], state: BuildState) -> Restyled:
    """The assets of a changed theme. They stand beside the old ones until the build has made all pages anew."""
    last = state.last_plan
    if last is None:
        return Restyled((), {})
    config, old = last.context.config, last.context.site.assets
    dressed = dress(theme_of(layers, config, state).value, config.options).value
    new = dressed.view.assets
    known = frozenset(old.values())
    renamed = {old[name]: new[name] for name in new if name.endswith(".css") and old.get(name, new[name]) != new[name]}
    return Restyled(tuple(asset for asset in dressed.artifacts if asset.path not in known), renamed)


def make_now(
    files: tuple[Page | Artifact, ...], state: BuildState, output: Output, present: Mapping[str, Stamp]
) -> Parsed[tuple[str, ...]]:
    """Put the files in place, and give the paths of those that are not as they were. ``present``: what stands there.

    The manifest does not learn of them: the next build looks at each, and finds it to be what it would have made.
    """
    made: list[str] = []
    faults: list[Diagnostic] = []
    if state.last_plan is not None:
        studio = Studio(state.last_plan.renderer, output, present, {}, state.wholes)
        jobs = [Job(file.path, "", file) for file in files]
        for job, done in zip(jobs, do_jobs(range(len(jobs)), jobs, studio), strict=True):
            faults += done.faults
            if done.changed:
                made.append(job.path)
    return Parsed(tuple(made), tuple(faults))
