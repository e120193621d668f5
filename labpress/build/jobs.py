"""Every file of the site as a job: how it is made, and the fingerprint that says whether it has to be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

import msgspec

from labpress.build.fingerprints import SIZE, Digests, digest_bytes, view_parts
from labpress.build.territory import folders_of
from labpress.core.diagnostics import Diagnostic, Parsed, Span
from labpress.core.files import Artifact, Snapshot
from labpress.render.environment import Renderer
from labpress.site.pages import Copy, Page, Plan, Scaled, path_key

DATA = "data:"
"""Before the name of a writer, where a page has no template."""


class Job(NamedTuple):
    """One file to be had."""

    path: str
    template: str
    """The digest of the template's closure, or what stands for it."""
    what: Page | Artifact | Copy | Scaled
    source: bytes = b""
    """The digest of what the file is made from, if that is no view."""
    digests: Digests | None = None
    """What digests a view."""

    @property
    def view(self) -> bytes:
        """``Digests.of_view``, or ``source``. A first build does not ask before workers are at it."""
        if self.digests and isinstance(self.what, Page):
            return self.digests.of_view(self.what.view)
        return self.source

    @property
    def parts(self) -> tuple[str, ...]:
        """The names of what ``view`` digests."""
        return view_parts(self.what.view) if isinstance(self.what, Page) else ("source",)


def jobs_of_pages(pages: Iterable[Page], renderer: Renderer, digests: Digests) -> Iterator[Job]:
    """The job of each page."""

    @cache
    def template_digest(template: str) -> str:
        return template if template.startswith(DATA) else renderer.closure(template).digest

    for page in pages:
        yield Job(page.path, template_digest(page.template), page, b"", digests)


def jobs_of(
    plan: Plan,
    assets: tuple[Artifact, ...],
    snapshot: Snapshot,
    renderer: Renderer,
    digests: Digests,
) -> Iterator[Job]:
    """One job for each file, in the plan's order."""
    yield from jobs_of_pages(plan.pages, renderer, digests)
    maker = bytes(SIZE)  # Where a page's view says what makes it.
    for asset in assets:
        yield Job(asset.path, "asset", asset, maker + digest_bytes(asset.data))
    for copy in plan.copies:
        stamp = msgspec.msgpack.encode((copy.source, snapshot.files[copy.source]))
        yield Job(copy.path, "copy", copy, maker + digest_bytes(stamp))
    for picture in plan.pictures:
        stamp = msgspec.msgpack.encode((picture.source, picture.width, snapshot.files[picture.source]))
        yield Job(picture.path, "picture", picture, maker + digest_bytes(stamp))


def distinct(jobs: Iterable[Job]) -> Parsed[tuple[Job, ...]]:
    """The jobs whose files can stand side by side on every disk; of those that cannot, the first in the plan.

    Equal paths are reported where the plan is made; here, a file that stands where another one needs a folder.
    """
    first: dict[str, Job] = {}
    for job in jobs:
        first.setdefault(path_key(job.path), job)
    clashes = folders_of(first) & first.keys()
    for path in clashes:
        del first[path]
    faults = tuple(
        Diagnostic(
            "path-collision",
            "expected a folder of the site, found a file of the same name",
            Span(path),
            "rename the file",
        )
        for path in sorted(clashes)
    )
    return Parsed(tuple(first.values()), faults)
