"""Papers that the site has twice: a copy that was left behind, or an entry by hand beside an imported one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from labpress.core.diagnostics import Diagnostic, Note, Span
from labpress.core.identifiers import without_version
from labpress.core.text import fold
from labpress.entries.decisions import Decisions
from labpress.entries.duplicates import likely_duplicates
from labpress.entries.existing import Existing
from labpress.entries.paper import Paper


def same_works(papers: Iterable[Paper], texts: Mapping[str, bytes], decisions: Decisions) -> Iterator[Diagnostic]:
    """A note for each two published papers that are surely one. ``texts``: the files by the papers' paths."""
    alike = _alike(paper for paper in papers if not paper.draft)
    files = {
        name: Existing(paper.path, texts[paper.path].decode("utf-8", "replace"))
        for name, paper in alike.items()
        if paper.path in texts
    }
    for pair in likely_duplicates(files, decisions):
        if pair.is_sure:
            place, note = Span(files[pair.other].path, 1), Note("the other", Span(files[pair.one].path, 1))
            message = f"expected each work once, found that of {pair.one} again"
            advice = f"labpress duplicates --same {pair.one} {pair.other}  joins them;  --different  if they are two"
            yield Diagnostic("near-duplicate", message, place, advice, (note,))


def _alike(papers: Iterable[Paper]) -> dict[str, Paper]:
    """Those that share an identifier or a title with another one, by id: only these are worth a closer look."""
    by_key: dict[str, list[Paper]] = defaultdict(list)
    for paper in papers:
        for key in {paper.doi.lower(), without_version(paper.arxiv), fold(paper.title)} - {""}:
            by_key[key].append(paper)
    return {paper.id: paper for group in by_key.values() if len(group) > 1 for paper in group}
