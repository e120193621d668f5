"""``labpress fetch``, ``enrich`` and ``new``, as a person types them."""

import pytest

from labpress.edges.cli import main
from labpress.edges.fetching import transport
from labpress.edges.library import read_library, write_library
from labpress.entries.importing import plan_import
from labpress.sources.record import Record
from tests.online.services import WORKS

ENTRY = """\
---
title: "LIFT: Language-Interfaced Fine-Tuning for Non-Language Machine Learning Tasks"
authors:
  - Tuan Dinh
et_al: true
date: 2022-06-14   # the preprint's
type: preprint
---

We fine-tune.
"""


@pytest.fixture
def lab(services, tmp_path, monkeypatch):
    """An empty content folder, a command that asks the server on this machine, and no waiting."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(transport.Transport.__init__.__kwdefaults__, "sleep", lambda _seconds: None)
    (tmp_path / "site_src" / "papers").mkdir(parents=True)
    (tmp_path / "site_src" / "site.yml").write_text("contact: lab@example.org\n")

    def labpress(*arguments):
        mirrors = [
            option
            for service in ("arxiv", "doi", "crossref", "orcid", "openalex", "dblp")
            for option in ("--api", f"{service}={services.url}")
        ]
        return main([*arguments, *mirrors])

    labpress.papers = tmp_path / "site_src" / "papers"
    labpress.files = lambda: sorted(path.name for path in labpress.papers.iterdir())
    return labpress


def test_fetch_brings_in_a_paper_and_once_more_changes_nothing(lab, services, capsys):
    assert lab("fetch", "arxiv", "2206.06565v1") == 0
    text = (lab.papers / "dinh2022lift.md").read_text()

    assert 'arxiv: "2206.06565"\ncategories: [cs.LG]\n' in text
    assert "  - Kangwook Lee\n" in text
    assert lab("fetch", "arxiv", "2206.06565") == 0
    assert (lab.papers / "dinh2022lift.md").read_text() == text
    assert "1 paper: 1 unchanged" in capsys.readouterr().out
    assert len(services.asked) == 1


def test_the_published_version_from_another_service_joins_the_same_entry(lab):
    lab("fetch", "arxiv", "2206.06565")
    assert lab("fetch", "doi", "10.5555/lift.2022") == 0
    text = (lab.papers / "dinh2022lift.md").read_text()

    assert lab.files() == ["dinh2022lift.md"]
    assert "type: conference\nvenue: Advances in Neural Information Processing Systems\n" in text
    assert "doi: 10.5555/lift.2022\n" in text


def test_all_works_of_a_person_come_with_their_authors(lab):
    assert lab("fetch", "orcid", "0000-0002-1825-0097") == 0

    assert lab.files() == ["dinh2022lift.md", "sreenivasan2022rare.md"]
    assert "  - Kartik Sreenivasan\n" in (lab.papers / "sreenivasan2022rare.md").read_text()


def test_fetch_shows_what_it_would_do(lab, capsys):
    assert lab("fetch", "doi", "10.5555/lift.2022", "--dry-run") == 0

    assert lab.files() == []
    assert "+title: " in capsys.readouterr().out


def test_a_service_that_is_down_is_a_fault_and_nothing_is_lost(lab, services, capsys):
    services.behaviours = [500] * 4

    assert lab("fetch", "doi", "10.5555/lift.2022") == 1
    assert "error[service-failed]: doi.org answered 500" in capsys.readouterr().err
    assert lab.files() == []


def test_enrich_completes_an_entry_of_a_listing_by_its_title(lab, tmp_path, capsys):
    """What the listing said and nobody edited gives way; what a person wrote stays."""
    listed = Record(
        title=WORKS[0]["title"],
        authors=("Tuan Dinh", "Yuchen Zeng"),
        et_al=True,
        date="2022-06-14",
        path="a.txt",
        format="listing",
    )
    library = read_library(tmp_path / "site_src").value
    plan = plan_import([listed], library.entries, library.lock, ()).value
    write_library(
        library, {"dinh2022lift": plan.writes["dinh2022lift"].replace("---\n", "---\naward: Best\n", 1)}, plan.lock
    )

    assert lab("enrich", "--yes") == 0
    text = (lab.papers / "dinh2022lift.md").read_text()
    assert "award: Best\n" in text
    assert "et_al" not in text
    assert "  - Kangwook Lee\n" in text
    assert 'arxiv: "2206.06565"\n' in text
    assert "venue: Advances" in text
    assert "+doi: 10.5555/lift.2022\n" in capsys.readouterr().out


def test_enrich_fills_what_a_hand_written_entry_lacks_and_changes_nothing_in_it(lab):
    (lab.papers / "lift.md").write_text(ENTRY)
    assert lab("enrich", "lift", "--yes") == 0
    text = (lab.papers / "lift.md").read_text()

    assert [line for line in ENTRY.splitlines() if line not in text.splitlines()] == []
    assert "doi: 10.5555/lift.2022\n" in text


def test_enrich_writes_nothing_unless_somebody_says_yes(lab, capsys):
    (lab.papers / "lift.md").write_text(ENTRY)

    assert lab("enrich") == 0
    assert (lab.papers / "lift.md").read_text() == ENTRY
    assert "+doi: " in capsys.readouterr().out


def test_what_could_be_one_of_several_works_is_left_to_a_person(lab, services, capsys):
    (lab.papers / "lift.md").write_text(ENTRY)
    services.works = [
        WORKS[0],
        {**WORKS[0], "doi": "10.5555/lift.again", "venue": "Quite Another Journal", "arxiv": "2301.00001"},
    ]

    assert lab("enrich", "--yes") == 0
    assert (lab.papers / "lift.md").read_text() == ENTRY
    assert "warning[ambiguous-work]: OpenAlex has 2 works that this could be" in capsys.readouterr().err


def test_a_work_of_somebody_else_with_a_like_title_is_no_answer(lab):
    (lab.papers / "lift.md").write_text(ENTRY.replace("Tuan Dinh", "Somebody Else"))

    assert lab("enrich", "--yes") == 0
    assert "doi" not in (lab.papers / "lift.md").read_text()


def test_new_writes_a_tidy_entry_of_what_was_typed(lab, capsys):
    code = lab(
        "new", "--title", "On Trees & Leaves", "--author", "Ada Quist", "--author", "Bo Lind", "--date", "2026-04"
    )

    assert code == 0
    assert capsys.readouterr().out == "site_src/papers/quist2026trees.md\n"
    assert (lab.papers / "quist2026trees.md").read_text() == (
        '---\ntitle: "On Trees & Leaves"\nauthors:\n  - Ada Quist\n  - Bo Lind\ndate: 2026-04\ntype: other\n---\n'
    )


def test_new_asks_for_what_is_missing(lab, monkeypatch):
    answers = iter(["On Trees", "Ada Quist; Bo Lind", "2026", ""])
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("builtins.input", lambda _question: next(answers))

    assert lab("new") == 0
    assert "  - Bo Lind\n" in (lab.papers / "quist2026trees.md").read_text()


def test_new_asks_the_service_about_an_identifier_and_words_of_a_person_stay(lab):
    assert lab("new", "https://arxiv.org/abs/2206.06565", "--venue", "Our venue") == 0
    text = (lab.papers / "dinh2022lift.md").read_text()

    assert "venue: Our venue\n" in text
    assert "  - Kangwook Lee\n" in text
    assert lab("fetch", "doi", "10.5555/lift.2022") == 0
    assert "venue: Our venue\n" in (lab.papers / "dinh2022lift.md").read_text()


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (
            [
                "--title",
                "LIFT: Language-Interfaced Fine-Tuning for Non-Language Machine Learning Tasks",
                "--author",
                "T. Dinh",
            ],
            1,
            "duplicate-entry",
        ),
        (["--title", "Other", "--id", "lift"], 1, "duplicate-entry"),
        (["--title", "Other", "--id", "../../evil"], 1, "bad-id"),
        (["--title", "Other", "--id", "a b"], 1, "bad-id"),
        (["--title", "Other", "--date", "2026-13"], 2, "bad-date"),
        (["--title", "Other", "--type", "novel"], 2, "wrong-value"),
        (["hello"], 2, "bad-identifier"),
        ([], 2, "missing-title"),
        (["10.5555/nothing"], 1, "not-found"),
    ],
)
def test_new_writes_nothing_where_it_should_not(lab, arguments, code, said, capsys):
    (lab.papers / "lift.md").write_text(ENTRY)

    assert lab("new", *arguments) == code
    assert f"[{said}]" in capsys.readouterr().err
    assert lab.files() == ["lift.md"]
    assert (lab.papers / "lift.md").read_text() == ENTRY


def test_new_says_once_that_a_service_does_not_answer(lab, services, capsys):
    services.close()

    assert lab("new", "10.5555/lift.2022") == 1
    said = capsys.readouterr().err
    assert said.count("error[") == 1
    assert "error[service-failed]" in said


def test_without_a_contact_the_lab_is_told(lab, tmp_path, capsys):
    (tmp_path / "site_src" / "site.yml").write_text("")
    lab("fetch", "doi", "10.5555/lift.2022")

    assert "note[no-contact]" in capsys.readouterr().err
