"""``labpress check``: the site is built where nobody sees it, and looked at.

That copy stays in the cache, so that a later check builds only what has changed. Where the cache cannot be written, the
copy is made in a temporary folder.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec import Struct
from msgspec.structs import replace

from labpress.build.content import read_config_of, read_content
from labpress.build.memo import Memo
from labpress.build.ports import UNWRITABLE
from labpress.core.dates import PartialDate
from labpress.core.diagnostics import Diagnostic, Span
from labpress.core.files import Snapshot, digest
from labpress.edges.building import BuildPlace, build_place, new_state, read_request
from labpress.edges.library import DECISIONS_NAME, LOCK_NAME, read_source
from labpress.edges.output import OutputFolder
from labpress.edges.overrides import stale
from labpress.entries.config import SiteConfig
from labpress.entries.decisions import UNDECIDED, Decisions, read_decisions
from labpress.entries.lock import read_lock
from labpress.site.checks.entries import entry_faults
from labpress.site.checks.links import PageFacts, dead_links, is_external, page_facts
from labpress.site.checks.same_works import same_works
from labpress.site.checks.sizes import size_faults
from labpress.site.checks.unused import unused_faults
from labpress.site.plan import Content
from labpress.site.routes import output_file, paper_path, text_path

_LACKS = frozenset(["no-author", "no-date", "no-abstract"])
"""What an entry seems to lack while something in it cannot be read."""


class Checked(Struct, frozen=True):
    """What was found."""

    diagnostics: tuple[Diagnostic, ...]
    external: dict[str, Span] = {}
    """Address on another site -> the first page that links to it."""
    snapshot: Snapshot = Snapshot("")
    config: SiteConfig = SiteConfig()


def check_place(place: BuildPlace) -> Checked:
    """Build the site into a folder of its own, and look at the result."""
    checked = _check_in_cache(place)
    if any(one.code == UNWRITABLE for one in checked.diagnostics):
        with TemporaryDirectory(prefix="labpress-") as folder:
            return _check_in_cache(replace(place, cache=folder))
    return checked


def _check_in_cache(place: BuildPlace) -> Checked:
    site = Path(
        place.cache, f"check-{digest(str(Path(place.source).resolve()).encode('utf-8', 'surrogateescape'))[:12]}"
    )
    hidden = replace(place, output=str(site))
    state = new_state(hidden)
    report = build_place(hidden, state=state)
    if not report.finished:
        return Checked(report.diagnostics)
    checked = check_built(place, site, state.memo)
    broken = {one.span.path for one in report.diagnostics if one.is_error and one.span}
    more = (one for one in checked.diagnostics if not (one.code in _LACKS and one.span and one.span.path in broken))
    return replace(checked, diagnostics=(*report.diagnostics, *more))


def check_built(place: BuildPlace, site: Path, memo: Memo | None = None) -> Checked:
    """What the build of ``place``, which stands in ``site``, does not say by itself. ``memo`` is that of the build."""
    request = read_request(place)
    snapshot = request.snapshot
    memo = Memo() if memo is None else memo
    config = read_config_of(snapshot, memo, place.base_url).value
    content = read_content(snapshot, config, memo, workers=request.workers).value
    survey = OutputFolder(site, Path(place.source)).survey()
    files = frozenset(path for path in survey.files if path in (survey.inventory or ()))
    pages = {path: page_facts((site / path).read_text("utf-8", "replace")) for path in sorted(files) if _is_page(path)}
    places = _Places(content, snapshot, place.output)
    now = datetime.now(tz=UTC)
    today = PartialDate(now.year, now.month, now.day)
    faults = (
        *dead_links(pages, files, config.base_path, places.span),
        *entry_faults(content, {path: stamp.size for path, stamp in snapshot.files.items()}, today),
        *unused_faults(content),
        *_decomposed(snapshot),
        *same_works((entry.paper for entry in content.entries), _texts(snapshot), _decisions(snapshot)),
        *_lock_faults(Path(place.source) / LOCK_NAME),
        *stale(request.layers, config.theme),
        *size_faults({path: survey.files[path].size for path in files}, place.output),
    )
    return Checked(faults, _external(pages, places), snapshot, config)


def _texts(snapshot: Snapshot) -> dict[str, bytes]:
    """The texts by the paths that diagnostics show."""
    return {snapshot.shown(path): data for path, data in snapshot.texts.items()}


def _decisions(snapshot: Snapshot) -> Decisions:
    """What a person has said of likely duplicates, as far as it can be read."""
    known = DECISIONS_NAME in snapshot.texts
    return read_decisions(snapshot.source(DECISIONS_NAME)).value if known else UNDECIDED


def _lock_faults(path: Path) -> tuple[Diagnostic, ...]:
    """What the next import would say of the lock file: a build does without it."""
    if not path.exists():
        return ()
    file, faults = read_source(path)
    return faults or read_lock(file).diagnostics


def _is_page(path: str) -> bool:
    return path.endswith((".html", ".htm"))


class _Places:
    """Where the address of a link is written: in the entry or page that a page comes from, as far as it is found."""

    def __init__(self, content: Content, snapshot: Snapshot, output: str) -> None:
        self.output = output
        self.texts = _texts(snapshot)
        self.sources = {output_file(paper_path(entry.paper.id)): entry.paper.path for entry in content.entries}
        for page in content.texts:
            self.sources[output_file(text_path(page.id))] = page.path

    def span(self, page: str, address: str) -> Span:
        path = self.sources.get(page, "")
        lines = self.texts.get(path, b"").decode("utf-8", "replace").split("\n")
        anchor = address[address.index("#") :] if "#" in address else ""
        for wanted in dict.fromkeys((address, anchor, address.rstrip("/").rpartition("/")[2])):
            for number, line in enumerate(lines if len(wanted) > 1 else (), start=1):
                if wanted in line:
                    return Span(path, number, line.index(wanted) + 1, len(wanted), line.rstrip("\r"))
        return Span(f"{self.output}/{page}")


def _external(pages: Mapping[str, PageFacts], places: _Places) -> dict[str, Span]:
    found: dict[str, Span] = {}
    for page, facts in pages.items():
        for address in facts.links:
            if address not in found and is_external(address):
                found[address] = places.span(page, address)
    return found


def _decomposed(snapshot: Snapshot) -> Iterator[Diagnostic]:
    """Texts whose accents are characters of their own: they look the same, and no search finds them."""
    for path, data in snapshot.texts.items():
        if data.isascii():
            continue
        for number, line in enumerate(data.decode("utf-8", "replace").split("\n"), start=1):
            if not unicodedata.is_normalized("NFC", line):
                message = "expected letters with their accents, found them as separate characters"
                yield Diagnostic("decomposed-text", message, Span(snapshot.shown(path), number), "--fix  joins them")
                break
