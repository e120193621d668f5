"""Papers counted by year and by something else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

from msgspec import Struct

from labpress.site.chart_views import BarView, CountsView
from labpress.site.charts.svg import MOST_SERIES
from labpress.site.routes import year_path
from labpress.site.views import AuthorView, TermView

MOST_ROWS = 12
"""Topics shown over time."""

FEWEST_PAPERS = 5
"""Papers below which a list says more than a chart."""

NOTHING = CountsView()


class CountedPaper(Struct, frozen=True, array_like=True):
    """What can be counted of a paper: a part of its paper."""

    year: int
    """0: undated."""
    type_label: str
    venue: str
    venue_path: str
    tags: tuple[TermView, ...]
    authors: tuple[AuthorView, ...]


class Countable(Protocol):
    """A counted paper, or a paper."""

    @property
    def year(self) -> int: ...

    @property
    def tags(self) -> tuple[TermView, ...]: ...

    @property
    def authors(self) -> tuple[AuthorView, ...]: ...


P = TypeVar("P", bound=Countable)


def by_year(papers: Sequence[P], term_of: Callable[[P], TermView | None], others: str) -> CountsView:
    """How many papers of each year fall under each of the commonest terms; the rest is ``others``.

    A paper counts once, under ``term_of``. Nothing, where there is but one year or one term.
    """
    dated = [(paper.year, term) for paper in papers if paper.year and (term := term_of(paper))]
    totals = Counter([_key(term) for _year, term in dated])
    terms = {_key(term): term for _year, term in reversed(dated)}
    columns = year_bars(papers)
    order = sorted(totals, key=lambda key: (-totals[key], key))
    if len(columns) < 2 or len(order) < 2 or len(papers) < FEWEST_PAPERS:
        return NOTHING
    shown = order if len(order) <= MOST_SERIES else order[: MOST_SERIES - 1]
    counts = Counter([(_key(term), str(year)) for year, term in dated])
    rows = [tuple([counts[key, column.label] for column in columns]) for key in shown]
    views = [BarView(terms[key].label, totals[key], terms[key].path) for key in shown]
    rest = tuple([column.count - sum(row[at] for row in rows) for at, column in enumerate(columns)])
    if any(rest):
        rows.append(rest)
        views.append(BarView(others, sum(rest)))
    return CountsView(tuple(views), columns, tuple(rows), with_rest=any(rest))


def _key(term: TermView) -> str:
    """What makes two terms the same: their list or, for want of one, their label."""
    return term.path or term.label


def topics_by_year(papers: Sequence[Countable]) -> CountsView:
    """How many papers of each year each of the commonest topics has; a paper counts under all of its topics."""
    columns = year_bars(papers)
    topics = {tag.path: tag for paper in papers for tag in paper.tags}
    totals = Counter([tag.path for paper in papers if paper.year for tag in paper.tags])
    order = sorted(totals, key=lambda path: (-totals[path], path))[:MOST_ROWS]
    if len(columns) < 2 or len(order) < 2 or len(papers) < FEWEST_PAPERS:
        return NOTHING
    counts = Counter([(tag.path, str(paper.year)) for paper in papers for tag in paper.tags])
    return CountsView(
        tuple([BarView(topics[path].label, totals[path], path) for path in order]),
        columns,
        tuple([tuple([counts[path, column.label] for column in columns]) for path in order]),
    )


def main_topic(papers: Sequence[Countable]) -> Callable[[Countable], TermView | None]:
    """Gives one topic of a paper: of the commonest topics, that which the fewest papers have.

    What more than half of the papers have, or few, would tell nothing of the years.
    """
    totals = Counter([tag.path for paper in papers for tag in paper.tags])
    telling = [path for path in totals if totals[path] * 2 <= len(papers)]
    shown = frozenset(sorted(telling, key=lambda path: (-totals[path], path))[: MOST_SERIES - 1])

    def of(paper: Countable) -> TermView | None:
        own = [tag for tag in paper.tags if tag.path in shown]
        return min(own, key=lambda tag: (totals[tag.path], tag.path), default=None)

    return of


def year_bars(papers: Sequence[Countable]) -> tuple[BarView, ...]:
    """How many of ``papers`` came out each year, oldest first, with the years that had none."""
    counts = Counter([paper.year for paper in papers if paper.year])
    if not counts:
        return ()
    first, last = min(counts), max(counts)
    # A paper dated 1687 among today's must not draw three hundred empty years.
    years = range(first, last + 1) if last - first < 60 else sorted(counts)
    return tuple([BarView(str(year), counts.get(year, 0), year_path(year) if year in counts else "") for year in years])
