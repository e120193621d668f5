"""Which files of the index are other ones after an edit: no more than have to be fetched, and published, anew."""

import shutil

import pytest

from tests.conftest import TESTS, build_site

WALLS = "---\ntitle: {title}\nauthors: [Ada Quist]\ndate: {date}\n---\n{abstract}\n"


@pytest.fixture
def changes(tmp_path):
    """A function that writes files of the content folder, and gives the files of the index that have become others."""
    source = tmp_path / "source"
    shutil.copytree(TESTS.parent / "site_src", source)

    def files_after(edits):
        for path, text in edits.items():
            (source / path).write_text(text, encoding="utf-8")
        build_site(source, tmp_path / "site")
        folder = tmp_path / "site" / "search"
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}

    before = files_after({"papers/quist2020walls.md": WALLS.format(title="Walls", date="2020-05-01", abstract="Old.")})

    def look(**said):
        after = files_after({"papers/quist2020walls.md": WALLS.format(**said)})
        return {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}, after

    return look


def test_an_edit_of_an_abstract_changes_the_words_and_one_file_of_texts(changes):
    changed, _files = changes(title="Walls", date="2020-05-01", abstract="New.")

    assert {path.partition("/")[0] for path in changed} == {"index.json", "terms", "texts"}
    assert len(changed) == 3


def test_an_edit_of_a_title_changes_one_file_of_cards_as_well(changes):
    changed, _files = changes(title="Walls and doors", date="2020-05-01", abstract="Old.")

    assert {path.partition("/")[0] for path in changed} == {"index.json", "terms", "texts", "cards"}
    assert len(changed) == 4


def test_another_order_of_papers_changes_every_file(changes):
    """Even those at whose end no paper has moved, since what they are put together with has other numbers."""
    changed, files = changes(title="Walls", date="2026-09-01", abstract="Old.")

    assert changed == files.keys()
