"""A build that keeps what it can gives the bytes of a build that starts from nothing."""

from __future__ import annotations

import random
from itertools import count as count_from

import pytest
from hypothesis import given
from hypothesis import strategies as st
from worlds import Killed, Lab, MemoryCache, MemoryOutput, paper

from labpress.build.errands import send
from labpress.build.explaining import reasons_for
from labpress.build.territory import parents
from labpress.core.files import Stamp
from labpress.site.plan import plan_site
from tests.torture import examples

TITLES = ("Alpha", "Beta $x^2$", "Gamma: a *study*", "Δelta")
AUTHORS = ("[Ann Bee]", "[Ann Bee, Cee Dee]", "[Cee Dee, José Núñez]", "[Zoë]")
TAGS = ("[]", "[vision]", "[vision, graphs]", "[Graphs]")
VENUES = ("NeurIPS 2021", "ICML 2020", "")
NAMES = ("bee2020alpha", "dee2021beta", "bee2021gamma", "nunez2019delta")
TEMPLATES = (
    ("card.html", "<p>{{ card.title }}</p>"),
    ("paper.html", '{% extends "parent:paper.html" %}{% block main %}ours {{ super() }}{% endblock %}'),
    ("base.html", "<title>{{ page.title }}</title>{% block main %}{% endblock %}"),
    ("list.html", "{{ heading }}{% for one in section %}{% endfor %}"),
    ("foot.html", "{% if %}"),
)
SETTINGS = (
    "",
    "title: A lab\n",
    "title: A lab\nurl: https://lab.example.org/pubs/\n",
    "per_page: 2\n",
    "features: {orders: false}\n",
    "features: {orders: false, related: false}\n",
    "features: {metadata: false, exports: false}\n",
    "title: [\n",
    "options: {accent: red}\n",
    "theme: nonsuch\n",
)


def random_paper(dice: random.Random) -> str:
    return paper(
        dice.choice(TITLES),
        authors=dice.choice(AUTHORS),
        tags=dice.choice(TAGS),
        date=dice.choice(("2019", "2020-05", "2021-02-03")),
        venue=dice.choice(VENUES),
        draft=dice.choice(("false", "false", "true")),
        abstract=dice.choice(
            ("Short.", "With $a_1$ and *stars*.", "See [it](entry:bee2020alpha).", "See [[bee2020alpha]].")
        ),
    )


def write_a_paper(lab: Lab, dice: random.Random) -> None:
    lab.files[f"papers/{dice.choice(NAMES)}.md"] = random_paper(dice)


def edit_an_abstract(lab: Lab, dice: random.Random) -> None:
    path = f"papers/{dice.choice(NAMES)}.md"
    if path in lab.files:
        text = dice.choice(("More.", "With $b$.", "## A section", "[it](entry:bee2020alpha)", "![x](x.png)"))
        lab.files[path] += f"\n{text}\n"


def edit_a_title(lab: Lab, dice: random.Random) -> None:
    path = f"papers/{dice.choice(NAMES)}.md"
    if path in lab.files:
        lab.files[path] = lab.files[path].replace('title: "', f'title: "{dice.choice("ABC")}', 1)


def break_a_paper(lab: Lab, dice: random.Random) -> None:
    lab.files[f"papers/{dice.choice(NAMES)}.md"] = dice.choice(("", "---\ntitle: [\n---\n", "---\ntitel: x\n---\n"))


def rename_a_paper(lab: Lab, dice: random.Random) -> None:
    path = f"papers/{dice.choice(NAMES)}.md"
    if path in lab.files:
        lab.files[f"papers/{dice.choice(NAMES)}.md"] = lab.files.pop(path)


def delete_a_paper(lab: Lab, dice: random.Random) -> None:
    lab.files.pop(f"papers/{dice.choice(NAMES)}.md", None)


def change_the_settings(lab: Lab, dice: random.Random) -> None:
    lab.files["site.yml"] = dice.choice(SETTINGS)


def write_a_page(lab: Lab, dice: random.Random) -> None:
    lab.files[f"pages/{dice.choice(('index', 'join', '404'))}.md"] = dice.choice(("# Hello\n", "Join *us*.\n"))


def delete_a_page(lab: Lab, dice: random.Random) -> None:
    lab.files.pop(f"pages/{dice.choice(('index', 'join', '404'))}.md", None)


def change_a_template(lab: Lab, dice: random.Random) -> None:
    name, text = dice.choice(TEMPLATES)
    lab.templates[name] = text


def delete_a_template(lab: Lab, dice: random.Random) -> None:
    lab.templates.pop(dice.choice(TEMPLATES)[0], None)


def change_a_file(lab: Lab, dice: random.Random) -> None:
    path = dice.choice(("static/robots.txt", "static/papers", "static/logo.png", "papers/bee2020alpha.pdf"))
    lab.statics[path] = dice.randbytes(dice.choice((1, 10)))


def delete_a_file(lab: Lab, dice: random.Random) -> None:
    if lab.statics:
        del lab.statics[dice.choice(sorted(lab.statics))]


def damage_an_output(lab: Lab, dice: random.Random) -> None:
    paths = sorted(path for path in lab.output.files if path != ".labpress")
    if paths:
        path = dice.choice(paths)
        data = lab.output.files[path]
        lab.output.put(path, dice.choice((b"", data[:-1], data[:-1] + b"?")))


def delete_an_output(lab: Lab, dice: random.Random) -> None:
    paths = sorted(path for path in lab.output.files if path != ".labpress")
    if paths:
        del lab.output.files[dice.choice(paths)]


def spoil_the_mark(lab: Lab, dice: random.Random) -> None:
    if ".labpress" in lab.output.files:
        lab.output.put(".labpress", dice.choice((b"", b"junk", b"mark")))


def lose_the_cache(lab: Lab, dice: random.Random) -> None:
    if lab.cache.saved:
        name = dice.choice(sorted(lab.cache.saved))
        lab.cache.saved[name] = dice.choice((b"", b"\x93\x01", lab.cache.saved[name][:-3]))


def update_labpress(lab: Lab, dice: random.Random) -> None:
    lab.code = f"labpress {dice.randrange(3)}"


def set_the_clock(lab: Lab, dice: random.Random) -> None:
    """Back to the beginning, or far ahead."""
    lab.world.ticks = count_from(dice.choice((1, next(lab.world.ticks) + 10_000)))


def be_killed(lab: Lab, dice: random.Random) -> None:
    lab.world.steps_left = dice.randrange(60)
    try:
        lab.build()
    except Killed:
        pass
    finally:
        lab.world.steps_left = None


STEPS = (
    write_a_paper, write_a_paper, write_a_paper, edit_an_abstract, edit_an_abstract, edit_an_abstract, edit_a_title, edit_a_title, break_a_paper, rename_a_paper, delete_a_paper, change_the_settings,
    write_a_page, delete_a_page, change_a_template, delete_a_template, change_a_file, delete_a_file, damage_an_output,
    delete_an_output, spoil_the_mark, lose_the_cache, update_labpress, set_the_clock, be_killed, be_killed,
)  # fmt: skip


@pytest.mark.torture
@examples(40)
@given(seed=st.integers(0, 2**32), steps=st.lists(st.sampled_from(STEPS), min_size=1, max_size=12))
def test_any_sequence_of_changes_ends_in_the_bytes_of_a_clean_build(count, seed, steps):
    dice = random.Random(seed)
    lab = Lab({"papers/bee2020alpha.md": random_paper(dice), "papers/dee2021beta.md": random_paper(dice)})
    lab.build()
    for step in steps:
        step(lab, dice)
        if dice.random() < 0.6:
            lab.build()
    lab.build()

    assert lab.site() == lab.clean_site()
    count("sequences of changes whose incremental build equals a clean one", 1)


@pytest.mark.torture
def test_killed_after_every_single_step_the_next_build_mends_the_rest(count):
    """The page of a paper that was written, and whose paper then went away, does not stay behind."""
    few = {"site.yml": "features: {exports: false, list_exports: false, feeds: false}\n"}
    before = few | {"papers/a2020x.md": paper("X"), "papers/b2021y.md": paper("Y", tags="[one]")}
    after = few | {"papers/a2020x.md": paper("X", tags="[two]"), "papers/c2022z.md": paper("Z")}
    steps = 0
    while True:
        lab = Lab(before)
        lab.build()
        lab.files = dict(after)
        lab.world.steps_left = steps
        try:
            lab.build()
        except Killed:
            pass
        else:
            break
        lab.world.steps_left = None
        whole = {*Lab(before).clean_site().values(), *Lab(after).clean_site().values()}
        torn = [path for path, data in lab.site().items() if data not in whole]
        assert all(path == ".labpress" or path.endswith(".unfinished") for path in torn), steps
        lab.files = dict(before if steps % 2 else after)
        lab.build()
        assert lab.site() == lab.clean_site(), steps
        steps += 1
    count("kills survived: a build, before each of its steps", steps)
    assert steps > 25


def test_after_the_machine_was_started_anew_no_stamp_is_believed():
    """A power cut may leave a file with its size and time, and without its bytes."""
    lab = Lab({"papers/a2020x.md": paper("X")})
    lab.build(boot="one")
    lab.world.ticks = count_from(10**9)
    lab.build(boot="one")
    whole = lab.output.files["index.html"]
    lab.output.files["index.html"] = bytes(len(whole))

    lab.build(boot="one")
    assert lab.output.files["index.html"] != whole, "while the machine runs, a stamp is proof enough"
    lab.build(boot="another")
    assert lab.output.files["index.html"] == whole


def test_what_was_looked_into_after_a_start_of_the_machine_is_believed_from_then_on(monkeypatch):
    lab = Lab({"papers/a2020x.md": paper("X")})
    lab.build(boot="one")
    lab.world.ticks = count_from(10**9)
    lab.build(boot="one")
    checksum, looked_into = lab.output.checksum, []
    monkeypatch.setattr(lab.output, "checksum", lambda path: looked_into.append(path) or checksum(path))

    lab.build(boot="another")
    assert sorted(looked_into) == sorted(lab.site().keys() - {".labpress"})
    looked_into.clear()
    lab.build(boot="another")
    assert looked_into == []


def test_a_lost_cache_costs_time_and_changes_nothing():
    lab = Lab({"papers/a2020x.md": paper("X")})
    lab.build()
    site = lab.site()
    stamps = dict(lab.output.stamps)
    lab.cache = MemoryCache(lab.world)

    report = lab.build()

    assert report.reasons
    assert not report.written
    assert lab.site() == site
    assert lab.output.stamps == stamps


@pytest.mark.parametrize("workers", [1, 2, 8])
def test_the_number_of_workers_changes_nothing(workers, monkeypatch):
    monkeypatch.setattr("labpress.build.memo.PARALLEL_FROM", 2)
    lab = Lab({f"papers/a{number}x.md": paper(f"X {number}", tags=f"[t{number % 3}]") for number in range(9)})

    lab.build(workers=workers)

    assert lab.site() == lab.clean_site()


def test_files_that_do_not_wait_for_others_are_the_same(monkeypatch):
    lab = Lab({f"papers/a{number}x.md": paper(f"X {number}") for number in range(3)})
    clean = lab.clean_site()
    monkeypatch.setattr("labpress.build.rendering.LARGE", 0)

    report = lab.build()

    assert lab.site() == clean
    assert len(report.written) == len(clean) - 1


@pytest.mark.parametrize("workers", [2, 4])
@pytest.mark.parametrize("failing", [False, True])
def test_papers_that_are_compared_by_other_processes_are_related_alike(failing, workers, monkeypatch):
    sent = []

    def send_it(work):
        sent.append(work)
        return send((lambda _ask: 1 / 0) if failing else work)

    monkeypatch.setattr("labpress.build.comparing.APART_FROM", 2)
    monkeypatch.setattr("labpress.build.comparing.PARALLEL_FROM", 2)
    monkeypatch.setattr("labpress.build.comparing.send", send_it)
    monkeypatch.setattr("labpress.build.rendering.PARALLEL_FROM", 10_000)  # What forks write in memory is lost.
    lab = Lab({f"papers/a{n}x.md": paper(f"X {n}", tags=f"[t{n % 20}, u{n % 20}]") for n in range(40)})

    lab.build(workers=workers)

    assert len(sent) == 1
    assert b"X 21" in lab.output.files["papers/a1x/index.html"]
    assert lab.site() == lab.clean_site()


def test_a_new_version_trusts_nothing_of_an_older_one():
    lab = Lab({"papers/a2020x.md": paper("X")})
    lab.build()
    lab.code = "another labpress"

    report = lab.build()

    assert len(report.reasons) == report.total
    assert set(report.reasons.values()) == {("labpress or one of its libraries has changed",)}


class CaseBlindOutput(MemoryOutput):
    """A disk that takes ``A`` and ``a`` for one name, and goes on writing the one that it has."""

    def spelt(self, path: str) -> str:
        known = {part.casefold(): part for one in self.files for part in (one, *parents(one))}
        part = next((one for one in (path, *parents(path)) if one.casefold() in known), "")
        return known[part.casefold()] + path[len(part) :] if part else path

    def write(self, path: str, data: bytes) -> Stamp:
        self.put(self.spelt(path), data)
        return self.stamps[self.spelt(path)]

    def remove(self, path: str) -> None:
        super().remove(self.spelt(path))


def test_a_name_whose_capitals_change_stays_on_a_disk_that_does_not_tell_them_apart():
    lab = Lab()
    lab.output = CaseBlindOutput(lab.world, lab.statics)
    for name in ("Bee2020x", "bee2020x", "BEE2020x"):
        lab.files = {f"papers/{name}.md": paper("X")}
        lab.statics.clear()
        lab.statics[f"static/{name}/{name}.png"] = b"logo"
        lab.build()
        assert lab.site() == lab.clean_site()


def test_warnings_are_shown_by_every_build():
    lab = Lab({"papers/a2020x.md": paper("X", colour="red")})

    first, second = lab.build(), lab.build()

    assert [fault.code for fault in first.diagnostics] == ["unknown-key"]
    assert second.diagnostics == first.diagnostics
    assert not second.reasons


def test_a_template_fault_stops_its_pages_and_no_others():
    lab = Lab({"papers/a2020x.md": paper("X"), "papers/b2021y.md": paper("Y")})
    lab.templates["paper.html"] = "{{ paper.titel }}"

    report = lab.build()

    (fault,) = report.diagnostics
    assert (fault.code, fault.span.path, fault.span.line) == ("undefined-name", "site_src/templates/paper.html", 1)
    assert [note.message for note in fault.notes] == ["while rendering papers/a2020x/index.html", "and 1 other page"]
    assert "papers/a2020x/index.html" not in lab.site()
    assert "index.html" in lab.site()


def test_a_preview_keeps_the_last_good_page_while_there_is_an_error():
    lab = Lab({"papers/a2020x.md": paper("X")})
    lab.build(keep_when_faulty=True)
    lab.files["papers/a2020x.md"] = "---\ntitle: [\n---\n"

    report = lab.build(keep_when_faulty=True)

    assert any(fault.is_error for fault in report.diagnostics)
    assert "papers/a2020x/index.html" in lab.site()
    lab.files["papers/a2020x.md"] = paper("Z")
    lab.build(keep_when_faulty=True)
    assert lab.site() == lab.clean_site()


def test_a_file_can_be_asked_why_it_would_be_made_anew():
    lab = Lab({"papers/a2020x.md": paper("X"), "papers/b2021y.md": paper("Y")})
    lab.build()
    lab.files["papers/a2020x.md"] = paper("X", abstract="Another.")
    before = lab.site()

    def why(path: str) -> tuple[str, ...] | None:
        return reasons_for(lab.request(), lab.output, lab.cache, path)

    assert why("papers/a2020x/index.html") == ("what it shows has changed: entry",)
    assert why("papers/a2020x/") == ("what it shows has changed: entry",)
    assert why("papers/b2021y") == ()
    assert why("index.html") == why("") == ()
    assert why("nothing.html") is None
    assert lab.site() == before


def test_an_edit_of_a_text_needs_no_plan(monkeypatch):
    """The next process goes by the plan of the last one, and gives the bytes of a clean build."""
    lab = Lab({f"papers/a20{number}x.md": paper(f"X {number}", tags="[one]") for number in range(10, 20)})
    lab.build()
    for turn in range(3):
        lab.files["papers/a2012x.md"] = paper("X 12", tags="[one]", abstract=f"Turn {turn}.\n\n## More\n\nWords.")
        lab.files[f"papers/a201{turn + 3}x.md"] += "\nMore.\n"
        with monkeypatch.context() as patch:
            patch.setattr("labpress.site.plan.plan_site", None)
            report = lab.build()
        assert "papers/a2012x/index.html" in report.written
        assert lab.site() == lab.clean_site()
    assert lab.build().reasons == {}


def test_an_edit_that_other_papers_are_related_by_has_a_plan_of_its_own(monkeypatch):
    """The plan takes nothing from texts but which papers are related: if that is as it was, it stands."""
    lab = Lab({f"papers/a20{number}x.md": paper(f"Number {number}") for number in range(10, 70)})
    lab.build()
    plans = []
    real = plan_site
    monkeypatch.setattr("labpress.site.plan.plan_site", lambda *given, **more: plans.append(1) or real(*given, **more))
    herons = "Copper herons and glass lanterns weave harbours. Herons weave lanterns of copper, harbours of glass."

    for name, planned in (("a2012x", []), ("a2013x", [1]), ("a2014x", [1])):
        plans.clear()
        lab.files[f"papers/{name}.md"] += herons
        lab.build()
        assert (name, plans) == (name, planned)
        assert lab.site() == lab.clean_site()
    assert b"Number 12" in lab.site()["papers/a2013x/index.html"]

    lab.files["papers/a2013x.md"] += "Nothing that others have."
    plans.clear()
    lab.build()
    lab.files["papers/a2012x.md"] = paper("Number 12")
    lab.build()
    assert plans == [1]
    assert lab.site() == lab.clean_site()


def test_an_edit_of_a_title_needs_no_plan(monkeypatch):
    """Nor do edits of several, one after the other; and taken back, everything is as it was."""
    lab = Lab({f"papers/a20{number}x.md": paper(f"X {number}", tags="[one]") for number in range(10, 20)})
    lab.files["site.yml"] = "features: {orders: false}\n"  # A list by title is planned by titles.
    lab.build()
    before = lab.site()
    titles = {"a2012x": "Other", "a2015x": "A *new* title with $x^2$", "a2019x": "Third"}
    for name, title in [*titles.items(), *((name, f"X {name[3:5]}") for name in titles)]:
        lab.files[f"papers/{name}.md"] = paper(title, tags="[one]")
        with monkeypatch.context() as patch:
            patch.setattr("labpress.site.plan.plan_site", None)
            report = lab.build()
        assert {f"papers/{name}/index.html", "papers/index.html", "tags/one/index.html"} <= {*report.written}
        assert lab.site() == lab.clean_site()
    assert lab.site() == before


def test_a_title_that_a_text_or_an_old_address_shows_is_a_part_of_the_plan():
    lab = Lab(
        {
            "papers/a2012x.md": paper("X"),
            "papers/b2013y.md": paper("Y", abstract="See [[a2012x]]."),
            "papers/c2014z.md": paper("Z", aliases="[/old/]"),
        }
    )
    lab.build()
    for name in ("a2012x", "c2014z"):
        lab.files[f"papers/{name}.md"] = lab.files[f"papers/{name}.md"].replace('title: "', 'title: "New ')
        lab.build()
        assert lab.site() == lab.clean_site()
    assert b"New X" in lab.site()["papers/b2013y/index.html"]
    assert b"New Z" in lab.site()["old/index.html"]


@pytest.mark.parametrize(
    "change",
    [
        ("papers/a2012x.md", paper("X 12", tags="[two]")),
        ("papers/a2012x.md", paper("X 12 $\\\\nosuchcommand$", tags="[one]")),
        ("papers/a2012x.md", paper("X 12", tags="[one]", abstract="See [it](entry:a2013x).")),
        ("papers/a2012x.md", "---\ntitle: [\n---\n"),
        ("papers/new.md", paper("New")),
        ("site.yml", "title: Another\n"),
        ("pages/join.md", "Come."),
    ],
)
def test_any_other_edit_has_a_plan_of_its_own(change, monkeypatch):
    lab = Lab({f"papers/a20{number}x.md": paper(f"X {number}", tags="[one]") for number in range(10, 20)})
    lab.build()
    plans = []
    real = plan_site
    monkeypatch.setattr("labpress.site.plan.plan_site", lambda *given, **more: plans.append(1) or real(*given, **more))

    lab.files[change[0]] = change[1]
    lab.build()

    assert plans == [1]
    assert lab.site() == lab.clean_site()
