"""While a file is broken, a preview goes on showing what it last said without errors."""

from __future__ import annotations

import pytest

from labpress.edges.building import BuildPlace, build_place, new_state

FILES = {
    "site.yml": "title: The lab\nurl: https://lab.example.org/pubs/\n",
    "people.yml": "quist: {name: Ada Quist, role: Professor}\n",
    "topics.yml": "dust: {description: All about dust.}\n",
    "pages/join.md": "---\ntitle: Join us\n---\nWrite to us.\n",
    "papers/quist2023walls.md": "---\ntitle: Walls\nauthors: [Ada Quist]\ndate: 2023\ntags: [dust]\n---\nAbout walls.\n",
    "papers/quist2024maps.md": "---\ntitle: Maps\nauthors: [Ada Quist]\ndate: 2024\ntags: [dust]\n---\nAbout maps.\n",
}
BROKEN = {
    "an entry that is no YAML": ("papers/quist2024maps.md", "title: Maps", "title: [Maps"),
    "an entry with a bad date": ("papers/quist2024maps.md", "date: 2024", "date: 2024-02-31"),
    "an entry without a title": ("papers/quist2024maps.md", "title: Maps", "titel: Maps"),
    "settings that are no YAML": ("site.yml", "title: The lab", "title: [The lab"),
    "settings with a wrong value": ("site.yml", "title: The lab", "title: Our lab\nper_page: many"),
    "people without a name": ("people.yml", "name: Ada Quist, ", ""),
    "topics that are no YAML": ("topics.yml", "{description", "{{description"),
    "a page that is no YAML": ("pages/join.md", "title: Join us", "title: [Join us"),
}


@pytest.fixture
def lab(tmp_path):
    for path, text in FILES.items():
        file = tmp_path / "src" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    place = BuildPlace(
        source=str(tmp_path / "src"), output=str(tmp_path / "out"), use_cache=False, keep_when_faulty=True
    )
    return tmp_path, place, new_state(place)


def site(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in (folder / "out").rglob("*.*")}


@pytest.mark.parametrize(("path", "old", "new"), BROKEN.values(), ids=BROKEN)
def test_a_broken_file_changes_no_page_and_mended_all_is_as_it_would_have_been(lab, path, old, new):
    folder, place, state = lab
    assert not build_place(place, state=state).diagnostics
    before = site(folder)
    file = folder / "src" / path
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))

    first, second = build_place(place, state=state), build_place(place, state=state)

    assert any(fault.is_error and fault.span.path == file.as_posix() for fault in first.diagnostics)
    assert second.diagnostics == first.diagnostics
    assert site(folder) == before
    file.write_text(text)
    assert not build_place(place, state=state).diagnostics
    assert site(folder) == before


def test_while_one_file_is_broken_the_others_go_on(lab):
    folder, place, state = lab
    build_place(place, state=state)
    (folder / "src/papers/quist2024maps.md").write_text("---\ntitle: [\n---\n")
    walls = folder / "src/papers/quist2023walls.md"
    walls.write_text(walls.read_text().replace("title: Walls", "title: Higher walls"))

    build_place(place, state=state)

    papers = (folder / "out/papers/index.html").read_text()
    assert "Higher walls" in papers
    assert "Maps" in papers


def test_a_broken_file_that_is_deleted_is_gone(lab):
    folder, place, state = lab
    build_place(place, state=state)
    maps = folder / "src/papers/quist2024maps.md"
    maps.write_text("---\ntitle: [\n---\n")
    build_place(place, state=state)
    maps.unlink()

    report = build_place(place, state=state)

    assert not report.diagnostics
    assert "Maps" not in (folder / "out/papers/index.html").read_text()
    assert not (folder / "out/papers/quist2024maps").exists()


def test_a_file_that_was_never_sound_is_followed_as_far_as_it_can_be_read(lab):
    """Else nobody could watch it getting better."""
    folder, place, state = lab
    maps = folder / "src/papers/quist2024maps.md"
    maps.write_text(maps.read_text().replace("date: 2024", "date: nonsense"))
    build_place(place, state=state)
    maps.write_text(maps.read_text().replace("About maps.", "About other maps."))

    build_place(place, state=state)

    assert "About other maps." in (folder / "out/papers/quist2024maps/index.html").read_text()


def test_a_build_that_is_no_preview_leaves_broken_files_out(lab):
    folder, place, state = lab
    build_place(place, state=state)
    (folder / "src/papers/quist2024maps.md").write_text("---\ntitle: [\n---\n")
    plain = BuildPlace(source=place.source, output=place.output, use_cache=False)

    build_place(plain, state=state)

    assert "Maps" not in (folder / "out/papers/index.html").read_text()
