"""Names as people write them, taken apart."""

import pytest

from labpress.core.names import Name, parse_name


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("山田 太郎", Name("山田", "太郎")),
        ("山田, 太郎", Name("山田", "太郎")),
        ("김 철수", Name("김", "철수")),
        ("王小明", Name("王小明")),
        ("Li 伟", Name("伟", "Li")),
    ],
)
def test_east_asian_letters_put_the_family_first(written, expected):
    assert parse_name(written) == expected


@pytest.mark.parametrize("written", ["山田 太郎", "山田, 太郎", "山田太郎"])
def test_east_asian_names_are_shown_as_they_are_written(written):
    assert parse_name(written).display == "山田太郎"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Gates, III, William H.", Name("Gates", "William H.", suffix="III")),
        ("Gates, William H., III", Name("Gates", "William H.", suffix="III")),
        ("Smith, John, Jr.", Name("Smith", "John", suffix="Jr.")),
        ("John Smith, Jr.", Name("Smith", "John", suffix="Jr.")),
        ("Smith, Jr., Jr", Name("Smith", "Jr", suffix="Jr.")),
        ("Hannibal Lecter, PhD", Name("Lecter", "Hannibal")),
        ("Hannibal Lecter, M.D., Ph.D.", Name("Lecter", "Hannibal")),
        ("John Smith, Jr., Ph. D.", Name("Smith", "John", suffix="Jr.")),
        ("Lecter, Hannibal, DPhil", Name("Lecter", "Hannibal")),
        ("Smith, P. H. D.", Name("Smith", "P. H. D.")),
        ("García López, M.D.", Name("García López", "M.D.")),
    ],
)
def test_suffixes_are_found_where_they_stand_and_degrees_are_left_out(written, expected):
    assert parse_name(written) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Santiago Ramón y Cajal", Name("Ramón y Cajal", "Santiago")),
        ("Ramón y Cajal, Santiago", Name("Ramón y Cajal", "Santiago")),
        ("Antoni Gaudí i Cornet", Name("Gaudí i Cornet", "Antoni")),
        ("Maria da Costa e Silva", Name("Costa e Silva", "Maria", "da")),
        ("José Martínez y de la Cruz", Name("Martínez y de la Cruz", "José")),
        ("de Costa e Silva", Name("Costa e Silva", "", "de")),
        ("Jan van der Berg", Name("Berg", "Jan", "van der")),
        ("John I. Smith", Name("Smith", "John I.")),
        ("José Luis Y García", Name("García", "José Luis Y")),
        ("José y García", Name("García", "José", "y")),
    ],
)
def test_a_conjunction_joins_two_family_names(written, expected):
    assert parse_name(written) == expected


@pytest.mark.parametrize(
    "written",
    [
        "ATLAS Collaboration",
        "The ATLAS collaboration",
        "Qwen Team",
        "Team Qwen",
        "World Health Organization",
        "LIGO Scientific Collaboration",
        "Meta AI",
        "Google, Inc.",
        "Partner und Söhne, GmbH",
    ],
)
def test_what_is_called_a_team_is_no_person(written):
    assert parse_name(written) == Name(written, literal=True)


@pytest.mark.parametrize(
    ("written", "expected"),
    [("Wei Ai", Name("Ai", "Wei")), ("Petrov, AI", Name("Petrov", "AI")), ("Lab, Jane", Name("Lab", "Jane"))],
)
def test_people_have_names_like_the_words_of_teams(written, expected):
    assert parse_name(written) == expected


@pytest.mark.parametrize(
    ("given", "initials"),
    [
        ("Jy-yong Mark", "J.-Y. M."),
        ("J.-Y.M.", "J.-Y. M."),
        ("Katherine (Kate)", "K."),
        ("Katherine (Kate Ann) Mary", "K. M."),
        ("William “Bill” H.", "W. H."),
        ("Antoine de", "A. de"),
        ("Joop van der", "J. van der"),
        ("j i", "J. I."),
    ],
)
def test_initials_are_of_given_names_alone(given, initials):
    assert Name("Family", given).initials == initials
