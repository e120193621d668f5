"""Why the next build would make a file anew. Nothing is written."""

from __future__ import annotations

from labpress.build.freshness import NOT_OURS
from labpress.build.inputs import inputs_of
from labpress.build.ports import Cache, Output
from labpress.build.site import BuildRequest, compare, files_standing
from labpress.build.state import BuildState


def reasons_for(request: BuildRequest, output: Output, cache: Cache, path: str) -> tuple[str, ...] | None:
    """Why the next build would make ``path``, a file or a folder with an index page; none if it would keep it.

    None: the site has no such file.
    """
    state = BuildState(cache, request.code)
    survey = output.survey()
    standing = files_standing(state.manifest, survey, output, request.boot)
    comparison = compare(request, inputs_of(request), state, survey, standing)
    for candidate in (path, f"{path.rstrip('/')}/index.html".lstrip("/")):
        if candidate in comparison.stale:
            return comparison.stale[candidate]
        if candidate in comparison.kept:
            return ()
        if candidate in comparison.territory.blocked:
            return (NOT_OURS,)
    return None
