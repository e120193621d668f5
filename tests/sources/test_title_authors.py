"""Title and authors are told apart in a line that puts nothing between them."""

from __future__ import annotations

from pathlib import Path

import pytest

from labpress.sources.title_authors import is_author_list, learn, split_title_line

_SPEC = Path(__file__).parent.parent / "specs" / "listing" / "title_authors.txt"


def _cases() -> list[tuple[str, str]]:
    cases: list[tuple[str, str]] = []
    for line in _SPEC.read_text("utf-8").splitlines():
        if line.startswith("abstract: "):
            cases[-1] = (cases[-1][0], line.removeprefix("abstract: "))
        elif line and not line.startswith("#"):
            cases.append((line, ""))
    return cases


@pytest.mark.parametrize(("case", "abstract"), _cases())
def test_title_and_authors(case: str, abstract: str) -> None:
    glued, *affiliations = case.split(" · ")
    title, *authors = glued.removesuffix(" et al.").split("¦")
    line = split_title_line(title + case[len(title) + 1 :].replace("¦", ", "), abstract)
    assert line.best.title == title
    assert list(line.best.authors) == authors
    assert line.et_al == glued.endswith(" et al.")
    assert list(line.affiliations) == [one for part in affiliations for one in part.split(", ")]


def test_any_title_goes_with_any_authors() -> None:
    """The cases are nasty on purpose: of real papers, one line in three thousand is read wrong."""
    cases = [case.partition("¦")[::2] for case, _ in _cases()]
    pairs = [(title, authors) for title, _ in cases[::3] for _, authors in cases[1::9]]
    right = 0
    for title, authors in pairs:
        best = split_title_line(title + authors.replace("¦", ", ")).best
        names = authors.split(" · ")[0].removesuffix(" et al.").split("¦")
        right += (best.title, list(best.authors)) == (title, names)
    assert right / len(pairs) > 0.985


def test_the_last_two_authors_may_be_joined_by_and() -> None:
    line = split_title_line("Learning and Forgetting in LLMsAlice Smith, Carol Wu and Bob Jones")
    assert line.best.authors == ("Alice Smith", "Carol Wu", "Bob Jones")


@pytest.mark.parametrize("end", [" et al.", ", et al", " et. al.", " and 7 others", " +4 more"])
def test_every_way_to_leave_out_authors(end: str) -> None:
    line = split_title_line(f"Learning to WalkAlice Smith, Carol Wu, Bob Jones{end}")
    assert (line.et_al, line.best.authors) == (True, ("Alice Smith", "Carol Wu", "Bob Jones"))


def test_a_comma_inside_a_campus_does_not_end_an_affiliation() -> None:
    line = split_title_line("Learning to WalkAlice Smith · University of California, Berkeley, mit")
    assert line.affiliations == ("University of California, Berkeley", "mit")


def test_odd_spaces_inside_a_name_become_one_space() -> None:
    assert split_title_line("Learning to WalkAlice\u00a0 Smith,\u2009Bob Jones").best.authors == (
        "Alice Smith",
        "Bob Jones",
    )


def test_a_tab_or_wide_gap_ends_the_title() -> None:
    for gap in ("\t", "  ", "\u00a0\u00a0"):
        line = split_title_line(f"The Life of Alan Turing{gap}Mary Shelley")
        assert (line.best.title, line.best.authors) == ("The Life of Alan Turing", ("Mary Shelley",))


@pytest.mark.parametrize(
    ("title", "authors"),
    [
        ("Vision in 3D", ["Lakshmi"]),
        ("A Primer on pH", ["Mark Chen"]),
        ("What comes next?", ["DeLiang Wang"]),
        ("Legged Locomotion on ANYmal C", ["Joonho Lee", "Jemin Hwangbo"]),
        ("Observation of a Merger", ["01. AI", "Alex Young"]),
        ("Observation of a Merger", ["1000 Genomes Project Consortium"]),
        ("Learning to Walk, to Run", ["Physical Intelligence", "Sky"]),
    ],
)
def test_a_single_tab_decides(title: str, authors: list[str]) -> None:
    line = split_title_line(f"{title}\t{', '.join(authors)} et al. · mit")
    assert (line.best.title, list(line.best.authors)) == (title, authors)
    assert (line.et_al, line.affiliations, line.rival) == (True, ("mit",), None)
    assert line.has_names


def test_a_tab_within_a_title_decides_nothing() -> None:
    line = split_title_line("Teaching Robots\tto Walk on Two LegsAlice Smith, Bob Jones")
    assert (line.best.title, line.best.authors) == (
        "Teaching Robots\tto Walk on Two Legs",
        ("Alice Smith", "Bob Jones"),
    )


def test_names_seen_elsewhere_decide() -> None:
    doubtful = "Parsing with LLMQORI OTTER, Alice Smith, Bob Jones"
    assert split_title_line(doubtful).best.title != "Parsing with LLM"
    sure = [
        split_title_line(f"On the {noun} of thingsQori Otter, Alice Smith, Bob Jones") for noun in ("Nature", "Use")
    ]
    assert split_title_line(doubtful, "", learn(sure)).best.title == "Parsing with LLM"


def test_the_usual_number_of_authors_is_learned() -> None:
    names = "Alice Smith, Carol Wu, Bob Jones, Dan Roe, Eve Poe"
    sure = [split_title_line(f"On the {noun} of things{names} et al.") for noun in "Nature Use Age Size End".split()]
    assert learn(sure).counts[True] == {5: 5}


def test_a_doubtful_reading_has_a_close_rival() -> None:
    line = split_title_line("On Plan BJ Carter")
    assert line.rival is not None
    assert line.lead < 1.5


def test_prose_is_no_title_line() -> None:
    assert not split_title_line("and further text of the abstract goes on here with GPT-4Turbo models.").has_names
    assert not split_title_line(
        "We thank Alan Turing, John von Neumann, and all others who helped us to see this."
    ).has_names
    assert split_title_line("Learning to WalkAlice Smith, Bob Jones").has_names


def test_names_alone_are_an_author_list() -> None:
    assert is_author_list("Alice Smith, Bob van der Berg, William Strunk, Jr. et al. · cmu")
    assert is_author_list("Anil Kumar, Lakshmi, danah boyd")
    assert not is_author_list("Learning to Walk, Alice Smith")
    assert not is_author_list("Lakshmi")
