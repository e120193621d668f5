"""A source's change is brought in, and a person's edit is never lost."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from labpress.entries.edit_text import entry_text, plain
from labpress.entries.from_record import Draft
from labpress.entries.merge import merge
from labpress.entries.merge_lines import merge_lines
from labpress.entries.writing import write_entry

BASE = Draft(
    {"title": "LIFT", "authors": ["Tuan Dinh"], "date": "2022-06-14", "tags": ["a", "b"]}, "One.\nTwo.\nThree."
)

EDITED = """\
---
# Our best paper.
title: 'LIFT'   # do not touch
authors:
  - Tuan Dinh
venue: "NeurIPS"
mine: 1
date: 2022-06-14
tags: [a, b]
---

One.
Two.
Three.

## Ours

More.
"""


def changed(values=None, body=None, without=()):
    return Draft(
        {key: value for key, value in {**BASE.values, **(values or {})}.items() if key not in without},
        BASE.body if body is None else body,
    )


def merged(text, theirs, base=BASE, **options):
    return merge(text, "papers/lift.md", base, theirs, **options)


def test_nothing_changes_when_the_source_has_not_changed():
    result = merged(EDITED, BASE)

    assert (result.text, result.taken, result.conflicts) == (EDITED, (), ())
    assert result.edited


def test_an_untouched_field_follows_the_source_and_nothing_else_moves():
    result = merged(EDITED, changed({"date": "2023", "tags": ["a", "c: d"]}))

    assert result.text == EDITED.replace("2022-06-14", "2023").replace("[a, b]", "[a, 'c: d']")
    assert result.taken == ("date", "tags")
    assert result.conflicts == ()


def test_a_new_field_comes_in_where_labpress_writes_it():
    result = merged(EDITED, changed({"doi": "10.1/x", "et_al": True}))

    assert result.text == EDITED.replace("  - Tuan Dinh\n", "  - Tuan Dinh\net_al: true\n").replace(
        'venue: "NeurIPS"\n', 'venue: "NeurIPS"\ndoi: 10.1/x\n'
    )


def test_a_field_that_the_source_no_longer_has_goes_when_nobody_touched_it():
    assert merged(EDITED, changed(without=["tags"])).text == EDITED.replace("tags: [a, b]\n", "")


def test_authors_in_a_list_are_replaced_as_a_whole():
    result = merged(EDITED, changed({"authors": ["Tuan Dinh", {"name": "Yuchen Zeng", "equal": True}]}))

    assert result.text == EDITED.replace("  - Tuan Dinh\n", "  - Tuan Dinh\n  - name: Yuchen Zeng\n    equal: true\n")


def test_a_hand_edit_stays_when_only_the_person_changed():
    text = EDITED.replace("'LIFT'", "'LIFT, again'")

    assert merged(text, BASE).text == text


def test_both_changed_is_a_conflict_and_the_person_wins():
    text = EDITED.replace("2022-06-14", "2021")
    result = merged(text, changed({"date": "2023"}))
    (conflict,) = result.conflicts

    assert result.text == text
    assert (
        conflict.message == 'the source and the entry both changed date: the entry keeps "2021", the source says "2023"'
    )
    assert (conflict.span.path, conflict.span.line) == ("papers/lift.md", 8)


def test_both_made_the_same_change_is_no_conflict():
    text = EDITED.replace("2022-06-14", "2023")

    assert merged(text, changed({"date": "2023"})) == (text, (), True, ())


def test_a_field_that_a_person_removed_stays_away():
    text = EDITED.replace("tags: [a, b]\n", "")

    assert merged(text, BASE).text == text
    assert merged(text, changed({"tags": ["a", "b", "c"]})).text == text


def test_the_source_wins_where_a_person_says_so():
    text = EDITED.replace("2022-06-14", "2021")

    assert merged(text, changed({"date": "2023"}), insist=frozenset(["date"])).text == EDITED.replace(
        "2022-06-14", "2023"
    )
    assert merged(text, BASE, insist=frozenset(["date"])).text == EDITED


def test_the_body_is_merged_by_lines():
    text = EDITED.replace("Three.", "Three, as we said.")
    result = merged(text, changed(body="One!\nTwo.\nThree."))

    assert result.text == text.replace("One.", "One!")
    assert result.conflicts == ()


SECTIONS = ("", "\n\n## Code\n\nOurs.", "\n## Code\n\nOurs.\n\n\n## Data\n\nMine.")


@pytest.mark.parametrize("section", SECTIONS)
@pytest.mark.parametrize(
    ("before", "now", "mine"),
    [
        ("We reach 70 percent.", "We reach 75 percent.", "We reach 70 percent."),
        ("One.\nTwo, with more words.", "One.\nThree.", "One. Two,\nwith more words."),
        ("One.\n\nTwo.", "", "One.\n\nTwo."),
        ("De\u0301ja\u0300 vu.\nTwo.", "D\u00e9j\u00e0 vu.\nThree.", "D\u00e9j\u00e0 vu.\nTwo."),
    ],
    ids=["one line", "wrapped elsewhere", "taken out", "accents"],
)
def test_an_abstract_that_nobody_edited_follows_the_source_whatever_stands_below(section, before, now, mine):
    text = f"---\ntitle: LIFT\n---\n\n{mine}{section}\n"
    base, theirs = (Draft({"title": "LIFT"}, body) for body in (before, now))

    assert merged(text, base, base).text == text
    result = merged(text, theirs, base)
    assert result.text == f"---\ntitle: LIFT\n---\n\n{f'{now}{section}'.strip()}\n"
    assert result.conflicts == ()


@pytest.mark.parametrize(
    "mine", ["One.\n\nTwo.", "One.  \nTwo.", "One.\nTwo, mine.", "    One.\n    Two.", "One.\u00a0\nTwo."]
)
def test_an_edited_abstract_stays(mine):
    text = f"---\ntitle: LIFT\n---\n\n{mine}\n"
    base, theirs = (Draft({"title": "LIFT"}, body) for body in ("One.\nTwo.", "One.\nThree."))
    result = merged(text, theirs, base)

    assert result.text == text
    assert [one.code for one in result.conflicts] == ["import-conflict"]


def test_a_list_that_a_person_has_made_of_an_abstract_stays():
    text = "---\ntitle: LIFT\n---\n\nWe show:\n- one thing\n- another.\nTwo.\n"
    said = [Draft({"title": "LIFT"}, f"We show: - one thing - another.\n{more}") for more in ("Two.", "Three.")]

    assert merged(text, said[1], said[0]).text == text


def test_a_space_at_which_no_line_is_broken_is_an_edit():
    text = EDITED.replace("'LIFT'", "'LIFT\u00a02'")
    said = [changed({"title": title}) for title in ("LIFT 2", "LIFT 3")]

    assert merged(text, said[1], said[0]).text == text


def test_the_same_line_changed_twice_is_a_conflict_and_the_person_wins():
    text = EDITED.replace("Two.", "Two, mine.")
    result = merged(text, changed(body="One.\nTwo, theirs.\nThree!"))

    assert "Two, mine." in result.text
    assert "Two, theirs." not in result.text
    assert [one.code for one in result.conflicts] == ["import-conflict"]


def test_a_first_source_fills_in_what_is_missing_and_changes_nothing():
    result = merged(EDITED, changed({"title": "Other", "doi": "10.1/x"}), base=None)

    assert result.text == EDITED.replace('venue: "NeurIPS"\n', 'venue: "NeurIPS"\ndoi: 10.1/x\n')
    assert result.conflicts == ()


def test_a_first_source_fills_in_what_is_empty_and_a_later_one_leaves_it():
    text = EDITED.replace('venue: "NeurIPS"', "venue:  # to be seen\ndoi: ''\npages: []")
    said = changed({"venue": "ICML", "doi": "10.1/x", "pages": "1-9"})

    assert merged(text, said, base=None).text == text.replace("venue:", "venue: ICML").replace(
        "''\npages: []", '10.1/x\npages: "1-9"'
    )
    result = merged(text, said)
    assert result.text == text
    assert len(result.conflicts) == 3


def test_each_line_keeps_its_end_where_both_sorts_stand_in_one_file():
    text = EDITED.replace("mine: 1\n", "mine: 1\r\n").replace("## Ours\n", "## Ours\r\n")

    assert merged(text, changed(body="One.\nTwo!\nThree.")).text == text.replace("Two.\n", "Two!\r\n")


def test_a_new_field_stands_below_the_comments_of_the_one_before_and_as_deep():
    text = """\
---
  title: LIFT
  authors:
    - Tuan Dinh
    # - Cy Dole, who has left
  # When?
  date: 2022-06-14
  tags: [a, b]
---

One.
Two.
Three.
"""
    result = merged(text, changed({"et_al": True}))

    assert result.text == text.replace("has left\n", "has left\n  et_al: true\n")
    assert result.conflicts == ()


def test_windows_line_ends_stay():
    text = EDITED.replace("\n", "\r\n")
    result = merged(text, changed({"date": "2023", "doi": "10.1/x"}, body="One!\nTwo.\nThree."))

    assert result.text == EDITED.replace("2022-06-14", "2023").replace(
        'venue: "NeurIPS"\n', 'venue: "NeurIPS"\ndoi: 10.1/x\n'
    ).replace("One.", "One!").replace("\n", "\r\n")


COMMENTED = """\
---
title: >-  # as on the poster
  LIFT #1
authors:  # in order
  # The first two as one.
  - Tuan Dinh  # lead
  - 'Yuchen #2 Zeng'
venue: # to be seen
date: 2022-06-14  # of version 1
tags: [a,  # topic
  b]  # method
links:
  # A mirror is to come.
  code: https://a.org/#readme  # ours
---
"""


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        pytest.param(
            {"title": "LIFT #2"},
            [("title: >-  # as on the poster\n  LIFT #1", '# as on the poster\ntitle: "LIFT #2"')],
            id="block",
        ),
        pytest.param(
            {"authors": ["Tuan Dinh", "Yuchen #2 Zeng", "Kangwook Lee"]},
            [("Zeng'\n", "Zeng'\n  - Kangwook Lee\n")],
            id="one more item",
        ),
        pytest.param(
            {"authors": ["T. Dinh", "Yuchen #2 Zeng"]},
            [("  - Tuan Dinh  # lead", "  - T. Dinh  # lead")],
            id="one item",
        ),
        pytest.param({"date": "2023"}, [("2022-06-14  #", "2023  #")], id="one line"),
        pytest.param({"venue": "ICML"}, [("venue: # to be seen", "venue: ICML # to be seen")], id="nothing yet"),
        pytest.param({"date": None}, [("date: 2022-06-14  # of version 1", "# of version 1")], id="taken out"),
        pytest.param(
            {"tags": ["c"]}, [("tags: [a,  # topic\n  b]  # method", "# topic\n# method\ntags: [c]")], id="lines joined"
        ),
        pytest.param(
            {"links": {"code": "https://a.org/#top"}},
            [("https://a.org/#readme  # ours", "https://a.org/#top  # ours")],
            id="in a map",
        ),
    ],
)
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_comments_among_the_lines_of_a_field_stay_where_the_source_changes_it(values, expected, ending):
    text = COMMENTED.replace("\n", ending)
    entry = entry_text(COMMENTED)
    base = Draft({key: plain(span.node) for key, span in entry.keys.items()}, "")
    theirs = {key: value for key, value in {**base.values, **values}.items() if value is not None}
    result = merged(text, Draft(theirs, ""), base)

    wanted = COMMENTED
    for old, new in expected:
        assert old in wanted
        wanted = wanted.replace(old, new)
    assert result.taken == tuple(values)
    assert result.text == wanted.replace("\n", ending)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no front matter",
        "---\ntitle: a: b\n---\n",
        "---\n{title: LIFT}\n---\n",
        "---\ntitle: x\n",
        EDITED.replace("tags:", "date: 2021\ntags:"),
    ],
)
def test_a_file_that_cannot_be_edited_key_by_key_is_left_alone_and_reported(text):
    result = merged(text, changed({"date": "2023"}))

    assert result.text == text
    assert [one.code for one in result.conflicts] == ["import-conflict"]


values = st.one_of(
    st.sampled_from(["x", "no", "12:30", "a: b", "# c", r"$\ell$", "é", "'q'", '"d"', "- e", "[f]"]),
    st.lists(st.sampled_from(["x", "y z", "a: b", "no"]), min_size=1, max_size=3),
    st.booleans(),
)
fields = st.dictionaries(st.sampled_from(["title", "venue", "note", "tags", "volume", "et_al"]), values, max_size=5)
bodies = st.lists(st.sampled_from(["One.", "Two.", "", "Three."]), max_size=4).map("\n".join)
drafts = st.builds(Draft, fields, bodies)


@given(base=drafts, theirs=drafts, mine=drafts, comment=st.sampled_from(["", "# comment\n", "custom: {a: 1}\n"]))
@settings(max_examples=400, deadline=None)
def test_no_merge_loses_a_hand_edit(base, theirs, mine, comment):
    """Every field that differs from the base, and every comment, is in the result as the person left it."""
    text = write_entry(mine.values, mine.body).replace("---\n", f"---\n{comment}", 1)
    if not mine.values:
        return
    result = merge(text, "x.md", base, theirs)
    after = entry_text(result.text)

    assert comment in result.text
    for key in {**mine.values, **base.values}:
        was, is_now = plain(mine.values.get(key, "\0")), plain(after.keys[key].node) if key in after.keys else "\0"
        said = plain(base.values.get(key, "\0"))
        if was != said and [was] != said and was != [said]:  # A list of one says what its item says.
            assert is_now == was
    again = merge(result.text, "x.md", theirs, theirs)
    assert again.text == result.text


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "expected", "conflicts"),
    [
        ("a b c", "a b c", "a x c", "a x c", 0),
        ("a b c", "a x c", "a b c", "a x c", 0),
        ("a b c", "a b c d", "x a b c", "x a b c d", 0),
        ("a b c", "a c", "a b x c", "a c", 1),
        ("a b c", "a b c", "", "", 0),
        ("", "a", "b", "a", 1),
        ("a b c d e", "a B c d e", "a b c D e", "a B c D e", 0),
        ("a b", "a b", "a", "a", 0),
        ("a b c", "a x c", "a x c", "a x c", 0),
    ],
)
def test_three_texts_are_merged_by_lines(base, ours, theirs, expected, conflicts):
    split = [text.replace(" ", "\n") for text in (base, ours, theirs)]
    text, found = merge_lines(*split)

    assert text.replace("\n", " ") == expected
    assert len(found) == conflicts
