"""Stacked bars, rows of bars and networks: geometry, links, labels, and what makes them the same everywhere."""

from __future__ import annotations

from itertools import pairwise

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st

from labpress.markup.html import Html
from labpress.site.chart_views import BarView, CountsView, EdgeView, NetworkView, NodeView
from labpress.site.charts.bars import rows_chart, stacked_chart
from labpress.site.charts.network import network_chart
from labpress.site.charts.svg import legend
from labpress.site.counts import by_year, main_topic, topics_by_year
from labpress.site.layout import APART, PHONE, height_for, spring_layout
from labpress.site.networks import MOST_PEOPLE, laid_out, neighbourhood, people_network, topics_network
from labpress.site.views import AuthorView, CardView, TermView


def svg(drawn: Html) -> BeautifulSoup:
    return BeautifulSoup(drawn.source, "html.parser").svg


def card(number: int, year: int, authors: str = "", tags: str = "", members: str = "") -> CardView:
    return CardView(
        id=f"p{number}",
        path=f"papers/p{number}/",
        title=Html(f"P {number}"),
        year=year,
        authors=tuple(AuthorView(name, f"authors/{name}/", member=name in members.split()) for name in authors.split()),
        tags=tuple(TermView(tag, f"tags/{tag}/") for tag in tags.split()),
    )


COUNTS = CountsView(
    rows=(BarView("vision", 6, "tags/vision/"), BarView("Others", 3)),
    columns=(BarView("2020", 4, "years/2020/"), BarView("2021", 0), BarView("2022", 5, "years/2022/")),
    counts=((4, 0, 2), (0, 0, 3)),
    with_rest=True,
)


# Bars


def test_the_pieces_of_a_bar_stand_on_each_other():
    pieces = [
        (int(piece["y"]), int(piece["height"])) for piece in svg(stacked_chart(COUNTS, "", "x")).select(".s1, .s0")
    ]
    first, second, third = pieces

    assert first[0] + first[1] == second[0] + second[1] == 188
    assert third[0] + third[1] == second[0] - 1
    assert 188 - third[0] == 164


def test_a_bar_of_pieces_is_one_link_that_names_them_all():
    links = svg(stacked_chart(COUNTS, "../", "x")).find_all("a")

    assert [(one["href"], one.title.get_text()) for one in links] == [
        ("../years/2020/", "2020: 4 (vision 4)"),
        ("../years/2022/", "2022: 5 (vision 2, Others 3)"),
    ]


def test_the_legend_has_the_colours_of_the_pieces_and_leads_to_lists():
    items = BeautifulSoup(legend(COUNTS, "../").source, "html.parser").find_all("li")

    assert [(item.rect["class"], item.get_text().strip(), item.a and item.a["href"]) for item in items] == [
        (["s1"], "vision", "../tags/vision/"),
        (["s0"], "Others", None),
    ]


def test_each_row_of_bars_is_a_link_and_all_are_in_one_scale():
    drawn = svg(rows_chart(COUNTS, "../", "x"))

    assert [one.title.get_text() for one in drawn.find_all("a")] == ["vision: 6", "Others: 3"]
    assert [int(bar["height"]) for bar in drawn.select(".bar")] == [24, 12, 18]


def test_a_long_label_of_a_row_is_cut_short_and_its_link_has_the_whole() -> None:
    label = "Interpretability of very large language models"
    drawn = svg(rows_chart(CountsView((BarView(label, 1, "t/"),), COUNTS.columns, ((1, 0, 0),)), "", "x"))

    assert drawn.select_one(".row-label").get_text() == "Interpretability of very large…"
    assert drawn.a.title.get_text() == f"{label}: 1"


def test_no_bar_of_a_row_reaches_into_its_label() -> None:
    drawn = svg(rows_chart(COUNTS, "", "x"))
    descent = 5

    for row in drawn.find_all("a"):
        assert min(int(bar["y"]) for bar in row.select(".bar")) > int(row.select_one("text")["y"]) + descent


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.integers(0, 900), min_size=3, max_size=3), min_size=1, max_size=8))
def test_pieces_stay_inside_the_drawing_and_never_overlap(numbers):
    rows = tuple(BarView(f"t{n}", 1, f"tags/{n}/") for n in range(len(numbers)))
    columns = tuple(BarView(str(2020 + n), 1, f"years/{2020 + n}/") for n in range(3))
    drawn = svg(stacked_chart(CountsView(rows, columns, tuple(map(tuple, numbers))), "", "x"))
    bars = drawn.find_all("a")

    assert len(bars) == sum(any(column) for column in zip(*numbers, strict=True))
    for one in bars:
        pieces = [(int(piece["y"]), int(piece["height"])) for piece in one.select('rect[class^="s"]')]
        assert all(height >= 1 and top >= 24 and top + height <= 188 for top, height in pieces)
        assert all(top + height <= below for (top, height), (below, _height) in pairwise(sorted(pieces)))


def test_no_papers_make_no_picture():
    assert stacked_chart(CountsView(), "", "") == rows_chart(CountsView(), "", "") == Html()
    assert network_chart(NetworkView(), "", "") == Html()


def test_labels_cannot_break_out_of_a_picture():
    evil = '"><script>'
    counts = CountsView((BarView(evil, 1, evil),) * 2, (BarView(evil, 1, evil),), ((1,), (1,)))
    network = NetworkView((NodeView(evil, evil, 1, 1, 1, 4),) * 2, (EdgeView(0, 1, 1),), 200)
    for drawn in (
        stacked_chart(counts, evil, evil),
        rows_chart(counts, evil, evil),
        legend(counts, evil),
        network_chart(network, evil, evil),
    ):
        assert not BeautifulSoup(drawn.source, "html.parser").find("script")


# Counts


PAPERS = [card(0, 2020, tags="ml vision"), card(1, 2020, tags="ml graphs"), card(2, 2022, tags="ml vision rare")]
PAPERS += [card(3, 2022, tags="ml"), card(4, 0, tags="ml vision"), card(5, 2022)]


def test_a_paper_counts_once_under_the_topic_that_tells_it_from_others():
    counts = by_year(PAPERS, main_topic(PAPERS), "Others")
    shown = {row.label: numbers for row, numbers in zip(counts.rows, counts.counts, strict=True)}

    assert [column.label for column in counts.columns] == ["2020", "2021", "2022"]
    assert shown == {"graphs": (1, 0, 0), "rare": (0, 0, 1), "vision": (1, 0, 0), "Others": (0, 0, 2)}
    assert counts.with_rest
    assert sum(map(sum, counts.counts)) == 5


def test_over_time_a_paper_counts_under_each_of_its_topics():
    counts = topics_by_year(PAPERS)

    assert [(row.label, numbers) for row, numbers in zip(counts.rows, counts.counts, strict=True)][:2] == [
        ("ml", (2, 0, 2)),
        ("vision", (1, 0, 1)),
    ]


def test_more_than_seven_venues_are_six_and_the_others():
    papers = [card(n, 2000 + n % 3) for n in range(30)]
    counts = by_year(papers, lambda one: TermView(f"v{int(one.id[1:]) % 10}", ""), "Others")

    assert [row.label for row in counts.rows] == ["v0", "v1", "v2", "v3", "v4", "v5", "Others"]
    assert counts.rows[-1].count == 12


@pytest.mark.parametrize("papers", [[], PAPERS[:1], PAPERS[:4], [card(n, 0, tags=f"t{n}") for n in range(9)]])
def test_one_year_or_few_papers_are_no_development(papers):
    assert by_year(papers, main_topic(papers), "x") == topics_by_year(papers) == CountsView()


# Networks


def test_members_come_first_and_then_who_writes_with_them():
    papers = [
        card(0, 2020, "ada bob", members="ada"),
        card(1, 2021, "ada bob cy", members="ada"),
        card(2, 2021, "dee eve"),
    ]
    network = people_network(papers)

    assert [(node.label, node.count, node.member) for node in network.nodes] == [
        ("ada", 2, True),
        ("bob", 2, False),
        ("cy", 1, False),
    ]
    assert [(edge.one, edge.other, edge.weight) for edge in network.edges] == [(0, 1, 2), (0, 2, 1), (1, 2, 1)]
    assert network.total == 5


def test_without_members_the_authors_of_most_papers_are_shown():
    papers = [card(n, 2020, f"a{n % 90} a{(n * 7 + 1) % 90} a{n % 3}") for n in range(300)]
    network = people_network(papers)

    assert len(network.nodes) == MOST_PEOPLE
    assert {edge for edge in network.edges if edge.one == edge.other} == set()
    joined = {place for edge in network.edges for place in (edge.one, edge.other)}
    assert joined == set(range(MOST_PEOPLE))


def test_the_neighbourhood_of_a_person_counts_papers_with_that_person():
    papers = [card(0, 2020, "ada bob cy"), card(1, 2021, "ada bob")]
    network = laid_out(neighbourhood("authors/ada/", papers))

    assert [(node.label, node.count) for node in network.nodes] == [("ada", 2), ("bob", 2), ("cy", 1)]


@pytest.mark.parametrize(
    "papers", [[], [card(0, 2020)], [card(0, 2020, "ada")], [card(0, 2020, "ada bob")], [card(0, 2020, "ada ada")]]
)
def test_two_people_are_no_network(papers):
    assert people_network(papers) == laid_out(neighbourhood("authors/ada/", papers)) == NetworkView()


def test_topics_that_share_no_paper_are_left_out():
    papers = [card(0, 2020, tags="a b c"), card(1, 2020, tags="lonely"), card(2, 2021, tags="a b")]

    assert [node.label for node in topics_network(papers).nodes] == ["a", "b", "c"]


def test_where_nobody_has_two_papers_together_there_is_no_network():
    papers = [card(0, 2020, "ada bob cy", tags="a b c"), card(1, 2021, "ada dee", tags="a d")]

    assert people_network(papers) == topics_network(papers) == NetworkView()


def test_a_paper_of_thousands_of_authors_costs_no_more_than_the_shown():
    papers = [card(n, 2020, " ".join(f"a{author}" for author in range(3000))) for n in range(2)]

    assert len(people_network(papers).edges) <= 2.5 * MOST_PEOPLE


def test_every_node_is_a_link_and_lines_are_as_wide_as_what_they_join():
    nodes = tuple(
        NodeView(name, f"authors/{name}/", 3, x, 90, 5) for name, x in (("ada", 200), ("bob", 500), ("cy", 800))
    )
    drawn = svg(network_chart(NetworkView(nodes, (EdgeView(0, 1, 9), EdgeView(1, 2, 1)), 200), "../", "x"))

    assert (drawn.a["href"], drawn.a.title.get_text()) == ("../authors/ada/", "ada: 3")
    assert len(drawn.find_all("a")) == 3
    assert [(line["stroke-width"], line.title.get_text()) for line in drawn.select(".edge")] == [
        ("6.0", "ada – bob: 9"),
        ("1.0", "bob – cy: 1"),
    ]


def test_labels_that_would_stand_on_each_other_wait_for_the_pointer():
    crowd = tuple(NodeView(f"Somebody {n}", "x/", 3, 480 + n * 4, 90, 5) for n in range(6))
    kinds = [label["class"][1:] for label in svg(network_chart(NetworkView(crowd, (), 200), "", "x")).select(".name")]

    assert kinds.count(["hidden"]) == 4
    assert len(set(map(tuple, kinds))) > 1


@pytest.mark.parametrize(
    ("apart", "kinds"),
    [(40, [["spare", "crowded"], []]), (120, [[], []])],
)
def test_labels_that_would_stand_on_another_or_on_a_dot_in_letters_twice_as_large_are_marked(apart, kinds):
    lines = tuple(NodeView(name, "x/", 3, 500, 20 + at * apart, 5) for at, name in enumerate(("Ada Quist", "Bo Li")))
    labels = svg(network_chart(NetworkView(lines, (), 200), "", "x")).select(".name")

    assert [label["class"][1:] for label in labels] == kinds


def test_a_label_stands_beside_its_dot_where_there_is_no_room_above_and_below():
    column = tuple(NodeView(name, "x/", 3, 500, y, 5) for name, y in (("Ada", 60), ("Bob", 73), ("Cy", 86)))
    labels = svg(network_chart(NetworkView(column, (), 200), "", "x")).select(".name")

    assert [(one.get_text(), one.get("text-anchor"), one.get("dx"), one.get("dy"), one["y"]) for one in labels] == [
        ("Ada", None, None, None, "50"),
        ("Bob", "start", "9", ".3em", "73"),
        ("Cy", None, None, ".8em", "94"),
    ]


# Layout


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 70), st.randoms(use_true_random=False))
def test_dots_stay_inside_and_can_be_hit_even_on_a_phone(count, chance):
    edges = {(a, b): chance.randint(1, 9) for a in range(count) for b in range(a + 1, count) if chance.random() < 0.1}
    height = height_for(count)
    places = spring_layout(count, edges, height)
    near = [
        (one, other)
        for one in range(count)
        for other in range(one)
        if ((places[one][0] - places[other][0]) * PHONE / 1000) ** 2 + (places[one][1] - places[other][1]) ** 2
        < (APART - 2) ** 2
    ]

    assert all(0 < x < 1000 and 0 < y < height for x, y in places)
    assert near == []


def test_one_that_stands_far_off_does_not_press_the_others_together():
    crowd = 30
    edges = {(one, other): 3 for other in range(crowd) for one in range(other)}
    edges |= {(0, crowd): 1, **{(one, one + 1): 1 for one in range(crowd, crowd + 4)}}
    places = spring_layout(crowd + 5, edges, height_for(crowd + 5))[:crowd]

    assert max(x for x, _y in places) - min(x for x, _y in places) > 400


def test_the_same_network_is_the_same_picture():
    edges = {(0, 1): 2, (1, 2): 1, (0, 4): 1, (3, 4): 5}

    assert spring_layout(5, edges, 200) == spring_layout(5, dict(reversed(edges.items())), 200)
    assert spring_layout(5, edges, 200) == [(509, 16), (258, 55), (39, 144), (961, 170), (764, 85)]
