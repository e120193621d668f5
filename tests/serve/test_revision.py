"""A page that is made from the last plan has the bytes that the whole build gives it."""

from __future__ import annotations

import pytest

from labpress.build.revision import is_revisable, make_now, restyle, revise
from labpress.core.files import SourceFile
from labpress.edges.building import BuildPlace, build_place, cache_of, new_state
from labpress.edges.disk import read_layers
from labpress.edges.live.builder import Builder
from labpress.edges.live.messages import Changed
from labpress.edges.output import OutputFolder
from tests.conftest import TESTS, build_site
from tests.serve.conftest import files_of

SITE = "title: The lab\nurl: https://lab.example.org/pubs/\ndescription: We *work*.\n"
PAPER = """---
title: Dust on {surface}
authors: [Ada Quist, Tom Bell]
date: {date}
venue: ICML 2024
tags: [dust, optics]
links: {{code: https://example.org/{surface}}}
---
An abstract about {surface}, with $x^2$ and a [link](entry:quist2023walls).

## More

Text.
"""
PAGES = {
    "pages/index.md": "---\ntitle: Home\n---\nWelcome to the lab.\n",
    "pages/join.md": "---\ntitle: Join us\n---\nWrite to us.\n",
    "pages/404.md": "---\ntitle: Lost\n---\nNot here.\n",
}
PAPERS = {
    "papers/quist2023walls.md": PAPER.format(surface="walls", date="2023-05-01"),
    "papers/quist2024maps.md": PAPER.format(surface="maps", date="2024-05-01"),
    "papers/quist2024books.md": PAPER.format(surface="books", date="2024-07-01"),
}
MAPS = "papers/quist2024maps.md"

AT_ONCE = {
    "another abstract": (MAPS, "An abstract", "Quite another text"),
    "another formula": (MAPS, "$x^2$", r"$\frac{1}{2}$"),
    "no reference any more": (MAPS, "[link](entry:quist2023walls)", "nothing"),
    "another reference": (MAPS, "entry:quist2023walls", "entry:quist2024books"),
    "a reference to nothing": (MAPS, "entry:quist2023walls", "entry:nobody2020nothing"),
    "another section": (MAPS, "## More", "## Less"),
    "another title": (MAPS, "Dust on maps", "Sand on *maps*"),
    "another link": (MAPS, "links: {code: https://example.org/maps}", "links: {pdf: https://example.org/p.pdf}"),
    "an award and a DOI": (MAPS, "venue: ICML", "award: Best paper\ndoi: 10.1000/182\nvenue: ICML"),
    "a longer front matter": (MAPS, "tags:", "selected: true\nnote: a note\ntags:"),
    "another page": ("pages/join.md", "Write to us.", "Call *us*."),
    "another introduction": ("pages/index.md", "Welcome", "Come"),
    "another 404": ("pages/404.md", "Not here.", "Gone."),
}
LATER = {
    "another author": (MAPS, "Tom Bell", "Eve Bell"),
    "another date": (MAPS, "2024-05-01", "2022-05-01"),
    "another tag": (MAPS, "[dust, optics]", "[dust]"),
    "another venue": (MAPS, "ICML", "ICLR"),
    "a draft": (MAPS, "tags:", "draft: true\ntags:"),
    "another title of a page": ("pages/join.md", "Join us", "Join them"),
}


@pytest.fixture
def lab(tmp_path):
    """A small lab that has been built, with what the build remembers."""
    for path, text in {"site.yml": SITE, **PAGES, **PAPERS}.items():
        file = tmp_path / "src" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    place = BuildPlace(source=str(tmp_path / "src"), output=str(tmp_path / "out"), use_cache=False)
    state = new_state(place)
    assert not build_place(place, state=state).diagnostics
    return tmp_path, place, state


def edit(folder, path, old, new):
    file = folder / "src" / path
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")
    return SourceFile(file.as_posix(), file.read_bytes())


def clean(folder):
    build_site(folder / "src", folder / "clean")
    return {
        path.relative_to(folder / "clean").as_posix(): path.read_bytes() for path in (folder / "clean").rglob("*.*")
    }


@pytest.mark.parametrize(("path", "old", "new"), AT_ONCE.values(), ids=AT_ONCE)
def test_a_page_made_at_once_is_the_page_of_the_whole_build(lab, path, old, new):
    folder, place, state = lab
    file = edit(folder, path, old, new)

    pages, faults = revise(path, file, state)
    made, more = make_now(pages, state, OutputFolder(folder / "out", folder / "src"), {})

    assert len(made) == 1
    assert not [*faults, *more]
    assert (folder / "out" / made[0]).read_bytes() == clean(folder)[made[0]]
    report = build_place(place, state=state)
    assert made[0] not in report.written, "the build has to find that nothing is left to do"


@pytest.mark.parametrize(("path", "old", "new"), LATER.values(), ids=LATER)
def test_what_may_show_on_other_pages_is_left_to_the_whole_build(lab, path, old, new):
    folder, _place, state = lab

    assert revise(path, edit(folder, path, old, new), state) == ((), ())


def test_an_entry_that_cannot_be_read_gives_its_faults_and_no_page(lab):
    folder, _place, state = lab

    pages, faults = revise(MAPS, edit(folder, MAPS, "tags: [", "tags: [["), state)

    assert not pages
    assert [fault.code for fault in faults] == ["bad-yaml"]


def test_a_new_entry_is_left_to_the_whole_build(lab):
    folder, _place, state = lab
    path = "papers/quist2025new.md"

    pages, _faults = revise(path, SourceFile(f"{folder}/src/{path}", PAPERS[MAPS].encode()), state)

    assert not pages


def test_a_page_that_an_overtaken_build_has_given_up_is_left_to_the_whole_build(lab):
    """It has removed the page, and its name from the list of our files, and was killed before it could tell."""
    folder, place, _state = lab
    builder, told = Builder(place), []
    builder.work(Changed(), told.append)
    text = (folder / "src" / MAPS).read_text(encoding="utf-8")
    (folder / "src" / MAPS).unlink()
    build_place(place, state=new_state(place))
    (folder / "src" / MAPS).write_text(text.replace("An abstract", "Another"), encoding="utf-8")

    builder.work(Changed(files=(MAPS,)), told.append)

    assert not told[-1].diagnostics
    build_site(folder / "src", folder / "clean")
    assert files_of(folder / "out") == files_of(folder / "clean")


def test_a_page_that_labpress_has_not_written_is_left_to_the_whole_build(lab):
    """Somebody else's file may stand there."""
    folder, _place, state = lab
    del state.manifest.files["papers/quist2024maps/index.html"]

    assert not revise(MAPS, edit(folder, MAPS, "An abstract", "Another"), state).value


def test_a_changed_style_sheet_is_written_beside_the_old_one(lab):
    folder, place, state = lab
    style = folder / "src/themes/journal/assets/journal.css"
    style.parent.mkdir(parents=True)
    style.write_text("body { color: red }\n")

    artifacts, renamed = restyle(read_layers(folder / "src").value, state)

    ((old, new),) = renamed.items()
    output = OutputFolder(folder / "out", folder / "src")
    assert output.claim_more(frozenset(one.path for one in artifacts))
    assert make_now(artifacts, state, output, {}).value == (new,)
    assert (folder / "out" / old).exists()
    report = build_place(place, state=state)
    assert not report.diagnostics
    assert (folder / "out" / new).read_bytes() == clean(folder)[new]
    assert not (folder / "out" / old).exists()


def test_only_entries_and_pages_are_revisable():
    paths = ("papers/a.md", "pages/b.md", "papers/a.pdf", "site.yml", "static/papers/a.md")

    assert [path for path in paths if is_revisable(path)] == ["papers/a.md", "pages/b.md"]


def test_a_state_without_a_plan_leaves_everything_to_the_build(lab):
    folder, place, _state = lab
    empty = new_state(place)

    assert revise(MAPS, edit(folder, MAPS, "An abstract", "Another"), empty) == ((), ())
    assert restyle(read_layers(folder / "src").value, empty).artifacts == ()


def test_drafts_are_shown_where_they_are_asked_for(tmp_path):
    source = tmp_path / "src"
    (source / "papers").mkdir(parents=True)
    (source / "pages").mkdir()
    (source / "papers/quist2023walls.md").write_text(PAPERS["papers/quist2023walls.md"])
    (source / "papers/quist2024maps.md").write_text(PAPERS[MAPS].replace("venue:", "draft: true\nvenue:"))
    (source / "pages/join.md").write_text("---\ndraft: true\n---\nJoin us.\n")
    place = BuildPlace(source=str(source), output=str(tmp_path / "out"), cache=str(tmp_path / "cache"))
    page, text = tmp_path / "out/papers/quist2024maps/index.html", tmp_path / "out/join/index.html"

    build_place(place)
    assert not page.exists()
    build_place(BuildPlace(**{name: getattr(place, name) for name in place.__struct_fields__} | {"drafts": True}))
    assert "Draft" in page.read_text()
    assert text.exists()
    assert "quist2024maps" in (tmp_path / "out/papers/index.html").read_text()
    build_place(place)
    assert not page.exists()
    assert not text.exists()


def test_the_example_lab_can_be_revised_entry_by_entry(tmp_path):
    """Every entry and page of the fabricated lab, left as it is, gives exactly the page that stands there."""
    place = BuildPlace(source=str(TESTS / "lab"), output=str(tmp_path / "out"), use_cache=False)
    state = new_state(place)
    build_place(place, state=state)
    before = {path: path.read_bytes() for path in (tmp_path / "out").rglob("*.html")}
    output = OutputFolder(tmp_path / "out", TESTS / "lab")
    revised = 0

    for file in (TESTS / "lab").glob("p*/*.md"):
        source = SourceFile(file.as_posix(), file.read_bytes())
        pages, _faults = revise(file.relative_to(TESTS / "lab").as_posix(), source, state)
        assert not make_now(pages, state, output, output.stamps(page.path for page in pages)).value
        revised += len(pages)

    assert revised > 5
    assert {path: path.read_bytes() for path in (tmp_path / "out").rglob("*.html")} == before
    assert cache_of(place).load("manifest") == b""
