"""Whose is which file: labpress replaces and removes what it made, and nothing else."""

from __future__ import annotations

import pytest

from labpress.build.manifest import Manifest, Written
from labpress.build.ports import Survey
from labpress.build.territory import divide, folders_of, in_the_way_of, is_ours, territory_faults
from labpress.core.files import Stamp

STAMP = Stamp(1, 2, 3, 4)
OTHER = Stamp(1, 2, 9, 4)
WRITTEN = Written(STAMP, b"d", "t", b"v")


def survey(*files: str, made: tuple[str, ...] | None = (), marked: bool = True, **more) -> Survey:
    inventory = None if made is None else frozenset(made)
    return Survey(dict.fromkeys(files, STAMP), marked, inventory, **more)


PLAN = frozenset(["index.html", "papers/x/index.html"])


def test_what_was_made_and_is_no_longer_planned_is_removed():
    found = divide(survey("index.html", "old/index.html", made=("index.html", "old/index.html")), Manifest(), PLAN)

    assert found.orphans == ("old/index.html",)
    assert found.foreign == ()
    assert found.blocked == {}
    assert found.ours == PLAN | {"old/index.html"}


def test_what_somebody_else_put_there_stays():
    found = divide(survey("index.html", "CNAME", "notes/a.txt", made=("index.html",)), Manifest(), PLAN)

    assert found.foreign == ("CNAME", "notes/a.txt")
    assert found.orphans == ()
    assert [fault.code for fault in territory_faults(found, "_site")] == ["foreign-file", "foreign-file"]


def test_a_strangers_file_in_the_place_of_a_page_is_not_replaced():
    found = divide(survey("index.html"), Manifest(), PLAN)

    assert found.blocked == {"index.html": "index.html"}
    assert "index.html" not in found.ours
    (fault,) = territory_faults(found, "_site")
    assert (fault.code, fault.span.path) == ("file-in-the-way", "_site/index.html")


def test_a_symbolic_link_in_the_way_of_a_folder_blocks_all_below_it():
    """Writing through it could write anywhere."""
    found = divide(survey(others=("papers",)), Manifest(), PLAN)

    assert found.blocked == {"papers/x/index.html": "papers"}
    assert found.foreign == ("papers",)


@pytest.mark.parametrize(
    ("standing", "blocked"),
    [
        pytest.param({"files": ("papers/x",)}, {"papers/x/index.html": "papers/x"}, id="a file for a folder"),
        pytest.param({"files": ("papers",)}, {"papers/x/index.html": "papers"}, id="a file far above"),
        pytest.param({"files": ("index.html/a/b",)}, {"index.html": "index.html"}, id="a folder for a file"),
        pytest.param({"empty": ("index.html",)}, {"index.html": "index.html"}, id="an empty folder"),
        pytest.param({"empty": ("index.html/a",)}, {"index.html": "index.html"}, id="empty folders"),
        pytest.param({"others": ("index.html/a",)}, {"index.html": "index.html"}, id="a folder with a link"),
        pytest.param({"sites": ("papers",)}, {"papers/x/index.html": "papers"}, id="another site"),
        pytest.param({"sites": ("index.html/a",)}, {"index.html": "index.html"}, id="a folder with another site"),
        pytest.param({"files": ("papers/y", "papers/x/a")}, {}, id="files beside"),
        pytest.param({"empty": ("papers/x", "other")}, {}, id="folders that may be filled"),
    ],
)
def test_what_somebody_else_made_is_no_place_for_a_file_or_for_its_folder(standing, blocked):
    found = divide(survey(*standing.pop("files", ()), **standing), Manifest(), PLAN)

    assert found.blocked == blocked
    assert found.ours == PLAN - blocked.keys()


def test_what_is_in_the_way_of_several_files_is_one_fault():
    found = divide(survey("papers"), Manifest(), PLAN | {"papers/x/x.bib", "papers/x/x.ris"})

    (fault,) = territory_faults(found, "_site")
    assert (fault.code, fault.span.path) == ("file-in-the-way", "_site/papers")
    assert [note.message for note in fault.notes] == ["papers/x/index.html and 2 other files cannot be written"]


def test_an_empty_folder_that_labpress_made_gives_way():
    found = divide(survey(made=("index.html/a",), empty=("index.html",)), Manifest(), PLAN)

    assert (found.blocked, found.orphans) == ({}, ("index.html",))


def test_with_the_list_lost_the_last_manifest_and_the_plan_say_what_was_made():
    manifest = Manifest(files={"old/index.html": WRITTEN})
    found = divide(survey("index.html", "old/index.html", "mine.txt", made=None), manifest, PLAN)

    assert found.orphans == ("old/index.html",)
    assert found.foreign == ("mine.txt",)
    assert found.blocked == {}


def test_an_older_list_does_not_disown_what_the_last_build_made():
    stands = {"index.html", "papers/x/index.html", "old/index.html"}
    found = divide(survey(*stands, "mine.txt", made=("index.html",)), Manifest(), PLAN, stands)

    assert found.orphans == ("old/index.html",)
    assert found.foreign == ("mine.txt",)
    assert found.blocked == {}


def test_unfinished_files_and_folders_for_files_that_never_came_are_removed():
    made = ("papers/gone/index.html", "papers/x/index.html")
    found = divide(survey(made=made, leftovers=("a.tmp",), empty=("papers/gone", "papers/x", "mine")), Manifest(), PLAN)

    assert found.orphans == ("a.tmp", "papers/gone")


def test_many_foreign_files_are_counted_not_listed():
    found = divide(survey(*(f"photo{number}.jpg" for number in range(100))), Manifest(), PLAN)
    faults = territory_faults(found, "_site")

    assert len(faults) == 21
    assert "80 other files" in faults[-1].message


def test_a_folder_is_ours_by_its_mark_by_being_empty_or_by_a_file_that_we_remember():
    manifest = Manifest(output="here", files={"index.html": WRITTEN})

    assert is_ours(survey("thesis.pdf", marked=True), Manifest(), "here")
    assert is_ours(survey(marked=False), Manifest(), "here")
    assert is_ours(survey("index.html", marked=False), manifest, "here")
    assert not is_ours(survey("index.html", marked=False), Manifest(), "here")
    assert not is_ours(survey("index.html", marked=False), manifest, "elsewhere")
    assert not is_ours(Survey({"index.html": OTHER}, False, None), manifest, "here")
    assert not is_ours(survey(marked=False, others=("link",)), manifest, "here")


def test_a_file_gives_way_to_a_folder_and_a_folder_to_a_file():
    planned = frozenset(["papers/index.html", "feed"])

    assert in_the_way_of(["papers", "feed/index.html", "old.html"], planned) == ["papers", "feed/index.html"]


@pytest.mark.parametrize(
    ("orphan", "planned", "gives_way"),
    [
        ("Logo.png", "logo.png", True),
        ("papers/Bee/notes.txt", "papers/bee/index.html", True),
        ("people/nu\u0301n/index.html", "people/n\u00fan/index.html", True),
        ("papers/bee/notes.txt", "papers/bee/index.html", False),
        ("papers/Bee/index.html", "papers/ant/index.html", False),
    ],
)
def test_what_many_disks_take_for_a_planned_file_gives_way_to_it(orphan, planned, gives_way):
    assert in_the_way_of([orphan], frozenset([planned])) == [orphan] * gives_way


def test_folders_of_every_depth():
    assert folders_of(["a/b/c.html", "a/d.html", "e.html"]) == {"a", "a/b"}
