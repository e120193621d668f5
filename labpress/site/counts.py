"""Papers counted by year and by something else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from labpress.site.charts.svg import MOST_SERIES
from labpress.site.kinds.home import year_bars
from labpress.site.views import CardView, CountsView, TermView

MOST_ROWS = 12
"""Topics shown over time."""

NOTHING = CountsView()


def by_year(cards: Sequence[CardView], term_of: Callable[[CardView], TermView | None], others: str) -> CountsView:
    """How many papers of each year fall under each of the commonest terms; the rest is ``others``.

    A paper counts once, under ``term_of``. Nothing, where there is but one year or one term.
    """
    dated = [(card.year, term) for card in cards if card.year and (term := term_of(card))]
    totals = Counter([_key(term) for _year, term in dated])
    terms = {_key(term): term for _year, term in reversed(dated)}
    columns = _years(cards)
    order = sorted(totals, key=lambda key: (-totals[key], key))
    if len(columns) < 2 or len(order) < 2:
        return NOTHING
    shown = order if len(order) <= MOST_SERIES else order[: MOST_SERIES - 1]
    counts = Counter([(_key(term), str(year)) for year, term in dated])
    rows = [tuple([counts[key, column.label] for column in columns]) for key in shown]
    views = [TermView(terms[key].label, terms[key].path, totals[key]) for key in shown]
    rest = tuple([column.count - sum(row[at] for row in rows) for at, column in enumerate(columns)])
    if any(rest):
        rows.append(rest)
        views.append(TermView(others, "", sum(rest)))
    return CountsView(tuple(views), columns, tuple(rows), with_rest=any(rest))


def _key(term: TermView) -> str:
    """What makes two terms the same: their list or, for want of one, their label."""
    return term.path or term.label


def topics_by_year(cards: Sequence[CardView]) -> CountsView:
    """How many papers of each year each of the commonest topics has; a paper counts under all of its topics."""
    columns = _years(cards)
    topics = {tag.path: tag for card in cards for tag in card.tags}
    totals = Counter([tag.path for card in cards if card.year for tag in card.tags])
    order = sorted(totals, key=lambda path: (-totals[path], path))[:MOST_ROWS]
    if len(columns) < 2 or len(order) < 2:
        return NOTHING
    counts = Counter([(tag.path, str(card.year)) for card in cards for tag in card.tags])
    return CountsView(
        tuple([TermView(topics[path].label, path, totals[path]) for path in order]),
        columns,
        tuple([tuple([counts[path, column.label] for column in columns]) for path in order]),
    )


def main_topic(cards: Sequence[CardView]) -> Callable[[CardView], TermView | None]:
    """Gives one topic of a paper: of the commonest topics, that which the fewest papers have.

    What more than half of the papers have, or few, would tell nothing of the years.
    """
    totals = Counter([tag.path for card in cards for tag in card.tags])
    telling = [path for path in totals if totals[path] * 2 <= len(cards)]
    shown = frozenset(sorted(telling, key=lambda path: (-totals[path], path))[: MOST_SERIES - 1])

    def of(card: CardView) -> TermView | None:
        own = [tag for tag in card.tags if tag.path in shown]
        return min(own, key=lambda tag: (totals[tag.path], tag.path), default=None)

    return of


def _years(cards: Sequence[CardView]) -> tuple[TermView, ...]:
    """Every year from the first to the last, with its papers."""
    return tuple([TermView(bar.label, bar.path, bar.count) for bar in year_bars(tuple(cards))])
