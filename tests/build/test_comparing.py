"""Related papers from one build to the next: words are looked for in new texts alone, and are never those of others."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from worlds import Lab, paper

from labpress.entries.key_terms import key_terms
from labpress.site.words import ENGLISH
from tests.torture import examples

BIRDS = "Herons, plovers, curlews, avocets and dunlins wade through estuaries, lagoons, mudflats and saltmarshes."
LAMPS = "Lanterns, candles, beacons and torches of copper, pewter, bronze and brass, with wicks and tallow."
ICE = "Glaciers, moraines, crevasses, seracs, drumlins, eskers, fjords, cirques, aretes and nunataks."
SUBJECTS = (f"{BIRDS} {BIRDS}", f"{LAMPS} {LAMPS}", f"{ICE} {ICE}", f"{BIRDS} {LAMPS}", f"{ICE} {BIRDS}", "")
NAMES = [f"bee202{number}alpha" for number in range(8)]


def entry(subject: str, tag: str) -> str:
    return paper("Alpha", abstract=subject, tags=f"[{tag}]")


def edit(lab: Lab, dice: random.Random) -> None:
    """Another text, another topic, both, or a paper that comes or goes."""
    path = f"papers/{dice.choice(NAMES)}.md"
    if path in lab.files and dice.random() < 0.2:
        del lab.files[path]
    elif path in lab.files and dice.random() < 0.3:
        lab.files[path] = lab.files[path].replace("tags: [", f"tags: [{dice.choice('xyz')}, ", 1)
    else:
        lab.files[path] = entry(dice.choice(SUBJECTS), dice.choice("xyz"))


@examples(30)
@given(st.integers(0, 2**32))
def test_after_any_edits_related_papers_are_those_of_a_first_build(seed):
    dice = random.Random(seed)
    lab = Lab({f"papers/{name}.md": entry(SUBJECTS[at % 6], "xyz"[at % 3]) for at, name in enumerate(NAMES)})
    for _ in range(6):
        lab.build()
        edit(lab, dice)
        if dice.random() < 0.3:
            edit(lab, dice)
    lab.build()

    assert lab.site() == lab.clean_site()


def test_such_texts_do_relate_papers_so_that_the_law_says_something():
    lab = Lab({f"papers/{name}.md": entry(SUBJECTS[at % 6], f"t{at}") for at, name in enumerate(NAMES)})
    lab.build()

    assert "Similar text" in lab.output.files[f"papers/{NAMES[0]}/index.html"].decode()


def test_words_are_looked_for_in_new_texts_alone(monkeypatch):
    looked_into = []
    monkeypatch.setattr(
        "labpress.build.heads.key_terms", lambda title, text: looked_into.append(text) or key_terms(title, text)
    )
    one, other = "papers/bee2020alpha.md", "papers/bee2021alpha.md"
    lab = Lab({one: entry(SUBJECTS[0], "x"), other: entry(SUBJECTS[1], "x")})
    lab.build()
    assert len(looked_into) == 2

    looked_into.clear()
    lab.files[one] = entry(SUBJECTS[0], "y")
    lab.build()
    assert looked_into == []

    lab.files[one] = entry(SUBJECTS[2], "z")
    lab.build()
    assert looked_into == [SUBJECTS[2]]


@pytest.mark.parametrize("key", [r"ann\n\nlee", r"ann\nlee", "#", "@x"])
def test_papers_are_compared_by_a_person_of_any_key(key):
    own = {f"papers/{name}.md": paper("Alpha", abstract=SUBJECTS[0], authors="[Ann Lee]") for name in NAMES[:2]}
    others = {f"papers/{name}.md": paper("Alpha", abstract=SUBJECTS[5], authors="[Bo Li]") for name in NAMES[2:]}
    lab = Lab({**own, **others, "people.yml": f'"{key}": {{name: Ann Lee}}\n'})
    lab.build()

    page = lab.output.files[f"papers/{NAMES[0]}/index.html"].decode()
    assert "Similar text" in page
    assert ENGLISH.shared_authors.format(names="Ann Lee") in page
