"""Charts: geometry, links, labels, and their cost."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st

from labpress.markup.html import Html
from labpress.site.chart_views import BarView
from labpress.site.charts.bars import bar_chart, sparkline


def bars(*counts: int, first: int = 2000, linked: bool = True) -> tuple[BarView, ...]:
    return tuple(
        BarView(str(first + n), count, f"years/{first + n}/" if linked and count else "")
        for n, count in enumerate(counts)
    )


def chart(some: tuple[BarView, ...], root: str = "../") -> BeautifulSoup:
    return BeautifulSoup(bar_chart(some, root, "Papers per year").source, "html.parser").svg


def percent(text: str) -> float:
    return float(text.removesuffix("%"))


def test_heights_are_in_proportion() -> None:
    heights = [int(bar["height"]) for bar in chart(bars(1, 2, 4)).select(".bar")]
    assert heights == [26, 52, 104]


def test_a_single_paper_beside_thousands_is_still_seen() -> None:
    assert min(int(bar["height"]) for bar in chart(bars(1, 5000)).select(".bar")) == 2


def test_each_bar_is_a_named_link_to_its_list() -> None:
    links = chart(bars(3, 0, 1)).find_all("a")
    assert [(link["href"], link["aria-label"]) for link in links] == [
        ("../years/2000/", "2000: 3"),
        ("../years/2002/", "2002: 1"),
    ]


def test_a_chart_without_links_is_an_image_that_says_its_numbers() -> None:
    drawn = chart(bars(3, 0, 1, linked=False))
    assert drawn["role"] == "img"
    assert drawn["aria-label"] == "Papers per year. 2000: 3, 2002: 1"
    assert chart(bars(3))["role"] == "group"


def test_few_bars_stay_slim_and_start_at_the_edge() -> None:
    drawn = chart(bars(2)).select(".bar")
    assert [percent(bar["x"]) + percent(bar["width"]) < 13 for bar in drawn] == [True]


def test_year_labels_thin_out_from_the_newest_and_more_so_on_a_phone() -> None:
    drawn = chart(bars(*[1] * 65, first=1962))
    wide = [label.get_text() for label in drawn.select(".year")]
    narrow = [label.get_text() for label in drawn.select(".year:not(.minor)")]
    assert wide[0] == narrow[0] == "2026"
    assert len(wide) <= 20
    assert len(narrow) <= 7
    assert len(chart(bars(*[1] * 7)).select(".minor")) == 0


@pytest.mark.parametrize("columns", [1, 3, 4, 7, 17, 65])
def test_three_years_and_seven_numbers_at_most_are_left_where_letters_are_twice_as_large(columns) -> None:
    drawn = chart(bars(*[1] * columns, first=1962))
    years = [label.get_text() for label in drawn.select(".year:not(.minor, .spare)")]
    assert years[0] == str(1961 + columns)
    assert min(columns, 2) <= len(years) <= 3
    assert len(drawn.select(".count:not(.minor, .spare)")) == (columns if columns <= 7 else 0)


def test_numbers_stand_on_bars_while_there_is_room() -> None:
    assert [label.get_text() for label in chart(bars(3, 1)).select(".count")] == ["3", "1"]
    assert len(chart(bars(*[1] * 20)).select(".count.minor")) == 20
    crowded = chart(bars(*[1] * 60))
    assert not crowded.select(".count")
    assert crowded.a.title.get_text() == "2000: 1"


def test_a_link_has_one_name_that_hovering_shows_where_the_drawing_does_not() -> None:
    """A label beside a title would leave out what is said twice inside; all that is drawn is kept from readers."""
    link = chart(bars(*[1] * 60)).a
    assert not link.has_attr("aria-label")
    assert [part.name for part in link.find_all(recursive=False)] == ["title", "g"]
    assert link.g["aria-hidden"] == "true"


def test_a_span_of_centuries_costs_what_its_papers_cost() -> None:
    source = bar_chart(bars(1, *[0] * 1800, 1), "../", "Papers per year").source
    assert source.count("<a ") == 2
    assert len(source) < 5000


def test_labels_cannot_break_out() -> None:
    evil = BarView('"><script>', 1, 'x" onload="')
    for source in (bar_chart((evil,), "", "'\"<").source, sparkline((evil,), "'\"<").source):
        assert not BeautifulSoup(source, "html.parser").find("script")
        assert not BeautifulSoup(source, "html.parser").find_all(onload=True)


def test_nothing_makes_no_chart() -> None:
    assert bar_chart((), "", "x") == sparkline((), "x") == Html()
    assert not chart(bars(0, 0)).select(".bar")


def test_a_sparkline_is_as_wide_as_its_years_up_to_a_limit() -> None:
    drawn = BeautifulSoup(sparkline(bars(1, 0, 3), "Papers").source, "html.parser").svg
    assert (drawn["width"], drawn["viewbox"]) == ("24", "0 0 24 32")
    assert [(bar["x"], bar["height"]) for bar in drawn.find_all("rect")] == [("0", "11"), ("16", "32")]
    assert 'width="320"' in sparkline(bars(*[1] * 90), "Papers").source


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=120))
def test_everything_stays_inside_the_drawing(counts: list[int]) -> None:
    drawn = chart(bars(*counts))
    for bar in drawn.select(".bar"):
        assert percent(bar["x"]) >= 0
        assert percent(bar["x"]) + percent(bar["width"]) <= 100.01
        assert int(bar["y"]) >= 20
        assert int(bar["y"]) + int(bar["height"]) == 128
    assert len(drawn.select(".bar")) == sum(count > 0 for count in counts)
