"""What the template of the page of numbers gets."""

from __future__ import annotations

from msgspec import Struct, field

from labpress.markup.html import Html
from labpress.site.chart_views import CountsView, NetworkView
from labpress.site.views import PageView, SiteView, TermView


class StatisticsPage(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """``statistics.html``: the papers in numbers and pictures. A picture with too little to show is empty."""

    site: SiteView
    page: PageView
    heading: Html
    introduction: Html = field(default_factory=Html)
    figures: tuple[TermView, ...] = ()
    """Papers, authors, venues and so on, each with its number and the list behind it."""
    growth: tuple[TermView, ...] = ()
    """The papers of the latest years, the latest first."""
    by_topic: CountsView = CountsView()
    """Papers per year; a paper counts under one of the commonest topics."""
    by_type: CountsView = CountsView()
    by_venue: CountsView = CountsView()
    topics: CountsView = CountsView()
    """Topics over time; a paper counts under each of its topics."""
    together: NetworkView = NetworkView()
    """Topics that share papers."""
    people: NetworkView = NetworkView()
    """Members and their closest co-authors; where there are no members, the authors of most papers."""
