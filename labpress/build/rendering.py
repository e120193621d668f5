"""Carrying jobs out, over worker processes where that is worth it: view, text, bytes, file."""

from __future__ import annotations

import errno
from collections import defaultdict
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from msgspec import Struct, field

from labpress.build.fingerprints import checksum
from labpress.build.heads import Wholes
from labpress.build.jobs import DATA, Job
from labpress.build.manifest import Written
from labpress.build.ports import UNWRITABLE, Output, UnreadableSourceError
from labpress.build.workers import pieces, spread
from labpress.core.deferred import Deferred, make_each
from labpress.core.diagnostics import Diagnostic, Note, Parsed, Span, quoted
from labpress.core.files import Artifact, Stamp
from labpress.core.remembered import ByIdentity
from labpress.render.environment import Renderer
from labpress.site.pages import Copy, Page, Scaled

PARALLEL_FROM = 150
"""Pages to be rendered before it pays to fork."""

LARGE = 200_000
"""Bytes of a file that does not wait in memory until others are made."""

_REFERENCES = frozenset(f"{DATA}{name}" for name in ("bibtex", "csl", "ris"))
"""Files that share with the pages of papers what they are made from; feeds share nothing but the facts of a paper."""


class Done(Struct, frozen=True, array_like=True):
    """What became of one job."""

    stamp: Stamp | None
    """None: it failed."""
    digest: bytes = b""
    """``checksum`` of the file's bytes."""
    changed: bool = False
    """Whether the file's bytes are not those that were there before."""
    faults: tuple[Diagnostic, ...] = ()


class Studio(Struct, frozen=True):
    """All that rendering needs."""

    renderer: Renderer
    output: Output
    present: Mapping[str, Stamp]
    """The files of the output folder that labpress may replace."""
    known: Mapping[str, Written]
    """What is recorded of those that are still as they were left."""
    wholes: Wholes = field(default_factory=Wholes)
    """The texts of the entries that views are made from."""
    shown: str = ""
    """What diagnostics show before the path of a content file."""


class Stretch(NamedTuple):
    """Jobs that are best done one after the other."""

    jobs: list[Job]
    is_whole: bool
    """By one worker: files for machines of one kind share pieces, of which each is then made once."""


def in_working_order(jobs: Iterable[Job]) -> list[Stretch]:
    """First what pages load, so that no page stands before its style; then what shows cards; then all of single papers.

    Workers begin at both ends: at one, most cards are rendered, and at the other, most references are made. Papers come
    in the order of their files, in which they were read: what is made of one lies near what is made of the next.
    """
    groups: dict[tuple[bool, int, str, bool], list[tuple[str, Job]]] = defaultdict(list)
    for job in jobs:
        what = job.what
        source, template = (what.source, what.template) if isinstance(what, Page) else ("", "")
        kind = template if template.startswith(DATA) else ""
        part = 2 if kind in _REFERENCES else source != ""
        groups[not job.path.startswith("assets/"), part, kind, not source].append((source, job))
    stretches: dict[tuple[bool, int, str], list[Job]] = defaultdict(list)
    for place, group in sorted(groups.items(), key=itemgetter(0)):
        stretches[place[:3]] += [job for _source, job in sorted(group, key=itemgetter(0))]
    return [Stretch(group, kind != "") for (_is_page, _part, kind), group in stretches.items()]


def preload(stretches: Iterable[Stretch], renderer: Renderer) -> None:
    """Load every template that carrying out ``stretches`` may need."""
    pages = [job.what for stretch in stretches if not stretch.is_whole for job in stretch.jobs]
    for name in sorted({page.template for page in pages if isinstance(page, Page)}):
        renderer.preload(renderer.closure(name).names)


def carry_out(
    stretches: Sequence[Stretch], studio: Studio, workers: int, meanwhile: Callable[[], None] = lambda: None
) -> Generator[tuple[Job, Done]]:
    """Do every job; yields each with its result, in whatever order they come to their end.

    ``meanwhile`` is done in this process while the workers are at it.
    """
    jobs = [job for stretch in stretches for job in stretch.jobs]
    workers = workers if len(jobs) >= PARALLEL_FROM else 1
    chunks: list[range] = []
    for stretch in stretches:
        start = chunks[-1].stop if chunks else 0
        items = range(start, start + len(stretch.jobs))
        chunks += [items] if stretch.is_whole else pieces(items, workers)

    def work(items: Iterable[int]) -> Iterator[Done]:
        return do_jobs(items, jobs, studio)

    def path(item: int) -> str:
        return jobs[item].path

    with closing(spread(len(jobs), work, Done, workers, path, meanwhile=meanwhile, chunks=chunks)) as results:
        for number, done in results:
            yield jobs[number], done


def do_jobs(numbers: Iterable[int], jobs: Sequence[Job], studio: Studio) -> Iterator[Done]:
    """Make the files of these ``jobs`` and put them in place, unless the same bytes stand there.

    First all views are made, then what is in the files, and then they are written. With everything on, a build takes
    nineteen twentieths of what it takes if each file is finished before the next is begun.
    """
    views = _views(numbers, jobs, studio)
    made: list[Parsed[bytes | None] | Done] = []
    for number, view in zip(numbers, views, strict=True):
        content = _content(jobs[number].what, view, studio)
        made.append(_put(jobs[number], content, studio) if len(content.value or b"") > LARGE else content)
    for number, one in zip(numbers, made, strict=True):
        yield one if isinstance(one, Done) else _put(jobs[number], one, studio)


def _views(numbers: Iterable[int], jobs: Sequence[Job], studio: Studio) -> list[Struct | None]:
    """What the files of pages are a function of; None for other files."""
    views: list[Struct | None] = []
    whole = studio.wholes.of
    for make, some in groupby((_planned_view(jobs[number].what, studio) for number in numbers), _maker):
        if make is None:
            views += some
        else:
            views += make_each(make, [tuple(map(whole, view.args)) for view in some if isinstance(view, Deferred)])
    return views


def _planned_view(what: Page | Copy | Artifact | Scaled, studio: Studio) -> Struct | None:
    """A view, or what will be one. Several formats share one, which is made at once."""
    if not isinstance(what, Page):
        return None
    if isinstance(what.view, Deferred) and what.template in _REFERENCES:
        return _made_once(what.view, studio.wholes)
    return what.view


def _maker(view: Struct | None) -> Callable[..., Struct] | None:
    return view.make if isinstance(view, Deferred) else None


def _content(what: Page | Copy | Artifact | Scaled, view: Struct | None, studio: Studio) -> Parsed[bytes | None]:
    """The bytes of a file that are a function of values. Others are made when it is put in place."""
    if isinstance(what, Artifact):
        return Parsed(what.data)
    if not isinstance(what, Page) or view is None:
        return Parsed(None)
    if what.template.startswith(DATA):
        from labpress.site.data import DATA_WRITERS  # Not for an edit of a paper that is published as pages only.

        return Parsed(DATA_WRITERS[what.template.removeprefix(DATA)](view))
    try:
        text = studio.renderer.text(what.template, view)
    except Exception as error:  # noqa: BLE001  Whatever a template of the lab's own does: it is a fault at its line.
        from labpress.render.faults import explain

        theme = studio.renderer.theme
        return Parsed(None, (explain(error, theme, what.template, what.path, view.__struct_fields__),))
    return Parsed(text.encode("utf-8", "replace"))


def _put(job: Job, content: Parsed[bytes | None], studio: Studio) -> Done:
    try:
        if isinstance(job.what, Copy):
            return _copy(job, job.what, studio)
        if isinstance(job.what, Scaled):
            content = _draw(job.what, studio)
        if content.value is None:
            return Done(None, faults=content.diagnostics)
        return _write(job, content.value, studio)
    except UnreadableSourceError as error:
        message, place = f"expected a file that can be read: {error.strerror}", Span(f"{studio.shown}{error.filename}")
        return Done(None, faults=(Diagnostic("unreadable-file", message, place),))
    except OSError as error:
        return Done(None, faults=(_unwritable(error, job.path),))


def _draw(picture: Scaled, studio: Studio) -> Parsed[bytes | None]:
    data = studio.output.scaled(picture.source, picture.width)
    if data:
        return Parsed(data)
    message = f"expected a picture that can be drawn, found {quoted(picture.source)}"
    return Parsed(None, (Diagnostic("bad-picture", message, Span(studio.shown + picture.source), "save it anew"),))


@ByIdentity
def _made_once(view: Deferred, wholes: Wholes) -> Struct:
    """For a list or a paper in several formats, which have one view."""
    return view.make(*map(wholes.of, view.args))


def _write(job: Job, data: bytes, studio: Studio) -> Done:
    digest = checksum(data)
    stamp = studio.present.get(job.path)
    if stamp is not None and stamp.size == len(data):
        known = studio.known.get(job.path)
        same = known.digest == digest if known else studio.output.read(job.path) == data
        if same:
            return Done(stamp, digest)
    return Done(studio.output.write(job.path, data), digest, changed=True)


def _copy(job: Job, copy: Copy, studio: Studio) -> Done:
    stamp = studio.present.get(job.path)
    if stamp is not None:
        known = studio.known.get(job.path)
        digest = studio.output.checksum_of_source(copy.source)
        if (known.digest if known else studio.output.checksum(job.path)) == digest:
            return Done(stamp, digest)
    return Done(*studio.output.copy(copy.source, job.path), changed=True)


def _unwritable(error: OSError, path: str) -> Diagnostic:
    reason = (error.strerror or str(error)).lower()
    full = error.errno in (errno.ENOSPC, errno.EDQUOT)
    advice = "make room on the disk, and build again" if full else ""
    message = f"expected to write the files of the site: {reason}"
    return Diagnostic(UNWRITABLE, message, Span(path), advice)


def merged(faults: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    """One diagnostic for each fault of a template, however many pages it stopped; the rest as it is."""
    first: dict[tuple[object, ...], tuple[Diagnostic, int]] = {}
    for fault in sorted(
        faults, key=lambda one: (one.notes[0].message if one.notes else "", one.span.path if one.span else "")
    ):
        unwritable = fault.code == UNWRITABLE
        key = (fault.code, fault.message, None if unwritable else fault.span)
        known, count = first.get(key, (fault, 0))
        first[key] = (known, count + 1)
    return tuple(_with_count(fault, count) for fault, count in first.values())


def _with_count(fault: Diagnostic, count: int) -> Diagnostic:
    if count == 1:
        return fault
    more = Note(f"and {count - 1:,} other {'page' if count == 2 else 'pages'}")
    return Diagnostic(fault.code, fault.message, fault.span, fault.help, (*fault.notes, more))
