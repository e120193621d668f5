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
