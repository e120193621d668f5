"""Which entry a record is, and that no import ever loses what a person wrote."""

import json
from unicodedata import is_normalized, normalize

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule
from msgspec.structs import replace

from labpress.core.files import SourceFile
from labpress.entries.edit_text import entry_text, plain
from labpress.entries.existing import Existing
from labpress.entries.from_record import draft_of, free_ids, wanted_id
from labpress.entries.importing import plan_import
from labpress.entries.lock import read_lock, write_lock
from labpress.entries.matching import compare, read_work
from labpress.entries.renames import following_renames
from labpress.entries.topics import Topic
from labpress.sources.record import Record


def record(title="LIFT", *authors, **more):
    return Record(
        title=title, authors=authors or ("Tuan Dinh",), **{"path": "seeds/a.txt", "format": "pasted listing", **more}
    )


@pytest.mark.parametrize(
    ("title", "authors", "date", "expected"),
    [
        ("LIFT: Language-Interfaced Fine-Tuning", ("Tuan Dinh",), "2022-06-14", "dinh2022lift"),
        ("The Expressive Power of Tuning", ("Angeliki Giannou",), "2023", "giannou2023expressive"),
        ("On the Utility of Gradient Compression", ("Saurabh Agarwal",), "2021", "agarwal2021utility"),
        ("Wait, Wait, Wait... Why Do Reasoning Models Loop?", ("Charilaos Pipis",), "2025", "pipis2025reasoning"),
        ("Mini-Batch Optimization", ("Jaewoong Cho",), "2023", "cho2023minibatch"),
        ("3D Vision", ("José Müller",), "2020", "muller20203d"),
        ("Optimal rates", ("Jan van der Berg",), "", "bergoptimal"),
        ("深度学习", ("王伟",), "2020", "wangwei2020shenduxuexi"),
        (r"$\ell_1$ norms", ("A. B",), "2020", "b2020l1"),
        ("", (), "", "paper"),
        ("Über alles", ("DeepSeek-AI",), "2024", "deepseekai2024alles"),
    ],
)
def test_an_id_is_first_author_year_and_first_telling_word(title, authors, date, expected):
    assert wanted_id(Record(title=title, authors=authors, date=date)) == expected


def test_taken_ids_get_a_letter_and_then_a_number():
    ids = free_ids(["x", "xb"])

    assert [ids.give("x") for _ in range(26)][:3] == ["xc", "xd", "xe"]
    assert ids.give("x") == "x-29"


def test_an_id_that_differs_by_case_alone_is_taken():
    taken = free_ids(["Quist2020Study", "cafe\u0301"])

    assert taken.give("quist2020study") == "quist2020studyb"
    assert taken.give("Quist2020StudyB") == "Quist2020StudyBb"
    assert taken.give("caf\u00e9") == "caf\u00e9b"


def tags_of(paper):
    """The tags of the entry that it makes."""
    files, _, _ = run([paper], topics=TOPICS)
    (entry,) = files.values()
    tags = entry_text(entry.text).keys.get("tags")
    return plain(tags.node) if tags else []


TOPICS = (
    Topic("language models", ("LLM", "language model")),
    Topic("fine-tuning", ("fine-tuning", "finetune")),
    Topic("dust"),
)


def test_tags_are_the_category_by_name_the_sources_keywords_and_the_topics():
    paper = record("Fine-Tuning LLMs", category="cs.LG", tags=("own",), abstract="We finetune language models on data.")

    assert tags_of(paper) == ["Machine Learning", "own", "language models", "fine-tuning"]


def test_a_topic_is_a_whole_word():
    assert tags_of(record("Industry and LLMsx", abstract="dusty")) == []


RENAMED = (Topic("LLMs", TOPICS[0].words), *TOPICS[1:])
ABOUT_TOPICS = record("Fine-Tuning LLMs", venue="NeurIPS", path="a.bib", format="BibTeX", tags=("own",))


@pytest.mark.parametrize("source_format", ["BibTeX", "RIS"])
def test_a_topic_that_the_lab_renames_goes_though_another_source_is_not_imported_again(source_format):
    both = [ABOUT_TOPICS, replace(ABOUT_TOPICS, path="b", format=source_format)]
    files, plan, _ = run(both, topics=TOPICS)
    files, plan, faults = run(both[:1], files, plan.lock, topics=RENAMED)

    assert "\ntags: [own, LLMs, fine-tuning]\n" in files["dinhfinetuning"].text
    assert faults == ()
    assert run(both, files, plan.lock, topics=RENAMED)[0] == files


def test_another_topic_makes_no_old_file_the_newest():
    newer = replace(ABOUT_TOPICS, venue="ICML", path="b.bib")
    files, plan, _ = run([ABOUT_TOPICS], topics=TOPICS)
    files, plan, _ = run([newer], files, plan.lock, topics=TOPICS)
    files, plan, _ = run([ABOUT_TOPICS], files, plan.lock, topics=RENAMED)

    assert "\nvenue: ICML\n" in files["dinhfinetuning"].text


def test_a_source_is_known_under_another_name_when_topics_have_changed_too():
    _, plan, _ = run([ABOUT_TOPICS], topics=TOPICS)
    moved = replace(ABOUT_TOPICS, path="moved.bib")
    later = plan_import([moved], {}, plan.lock, RENAMED, gone=frozenset(["a.bib"])).value

    assert [list(one.sources) for one in later.lock.values()] == [["moved.bib"]]


def test_a_listing_gives_a_preprint_with_everything_it_says():
    draft = draft_of(
        record(
            "A \\emph{b}",
            category="cs.LG",
            date="2022-06-14",
            score=97.9,
            has_code=True,
            et_al=True,
            affiliations=("cmu",),
        )
    ).value

    assert draft.values == {
        "title": "A *b*",
        "authors": ["Tuan Dinh"],
        "et_al": True,
        "date": "2022-06-14",
        "type": "preprint",
        "categories": ["cs.LG"],
        "tags": ["Machine Learning"],
        "affiliations": ["cmu"],
        "has_code": True,
        "score": 97.9,
    }


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"title": "LIFT: A B", "authors": ["Tuan Dinh"]}, {"title": "Lift — a b!", "authors": ["T. Dinh", "X"]}),
        ({"title": "x", "doi": "10.1000/ABC"}, {"title": "y", "doi": "https://doi.org/10.1000/abc"}),
        ({"title": "x", "arxiv": "2206.06565v1"}, {"title": "y", "arxiv": "2206.06565v3"}),
    ],
)
def test_one_work_is_known_again(one, other):
    assert compare(read_work(one), read_work(other)) == "same"


def test_other_works_are_told_apart():
    one, other = ({"title": title, "authors": ["A B"]} for title in ("Phi-4", "Phi-4-reasoning"))

    assert compare(read_work(one), read_work(other)) == "different"


def run(records, files=None, lock=None, topics=(), **options):
    plan, faults = plan_import(records, files or {}, following_renames(lock or {}, files or {}), topics, **options)
    texts = {**{key: file.text for key, file in (files or {}).items()}, **plan.writes}
    return {key: Existing(f"papers/{key}.md", text) for key, text in texts.items()}, plan, faults


def test_importing_the_same_source_twice_changes_nothing():
    records = [record("LIFT", date="2022"), record("LOFT", date="2022")]
    files, plan, _ = run(records)
    again, second, _ = run(records, files, plan.lock)

    assert set(plan.outcomes.values()) == {"created"}
    assert set(second.outcomes.values()) == {"unchanged"}
    assert (again, second.writes, second.lock) == (files, {}, plan.lock)


def test_a_source_whose_accents_are_apart_is_followed_when_the_entry_has_them_composed():
    apart = record("De\u0301ja\u0300 Vu", venue="Cafe\u0301", abstract="Na\u00efve. Re\u0301sume\u0301.", date="2022")
    files, plan, _ = run([apart])
    (name,) = files
    assert "Caf\u00e9" in files[name].text
    assert is_normalized("NFC", files[name].text)
    files[name] = Existing(files[name].path, normalize("NFD", files[name].text))
    after, _, faults = run([replace(apart, venue="Cafe\u0301s", abstract="Re\u0301sume\u0301s.")], files, plan.lock)

    assert faults == ()
    assert "Caf\u00e9s" in after[name].text
    assert after[name].text.endswith("\n\nR\u00e9sum\u00e9s.\n")


def test_a_deleted_entry_stays_deleted():
    files, plan, _ = run([record("LIFT")])
    files.pop("dinhlift")
    after, second, _ = run([record("LIFT", date="2023")], files, plan.lock)

    assert after == {}
    assert second.outcomes == {"dinhlift": "deleted"}


def test_a_renamed_entry_is_known_by_its_title():
    files, plan, _ = run([record("LIFT")])
    moved = {"lift-paper": Existing("papers/lift-paper.md", files["dinhlift"].text)}
    after, second, _ = run([record("LIFT", date="2023")], moved, plan.lock)

    assert set(after) == {"lift-paper"}
    assert "date: 2023" in after["lift-paper"].text
    assert second.outcomes == {"lift-paper": "updated"}


APPLES, BEARS = (record(title, doi=f"10.1000/{title.lower()}", venue="Dust") for title in ("Apples", "Bears"))


@pytest.mark.parametrize(
    ("was", "outcomes"),
    [
        ({"dinhapples": "dinhbears"}, {"dinhapples": "updated", "dinhapplesb": "deleted"}),
        ({"dinhapples": "dinhbears", "dinhbears": "dinhapples"}, {"dinhapples": "updated", "dinhbears": "updated"}),
    ],
)
def test_a_paper_renamed_to_the_name_of_another_keeps_what_is_said_of_it(was, outcomes):
    """The other paper was deleted, or has taken the first one's name."""
    files, plan, _ = run([APPLES, BEARS])
    moved = {now: Existing(f"papers/{now}.md", files[name].text) for now, name in was.items()}
    news = [replace(one, venue=f"Journal of {one.title}") for one in (APPLES, BEARS)]
    after, second, faults = run(news, moved, plan.lock)

    assert faults == ()
    assert second.outcomes == outcomes
    for now, name in was.items():
        assert after[now].text == files[name].text.replace("Dust", "Journal of " + name.removeprefix("dinh").title())
    assert run(news, after, second.lock)[1].writes == {}


def test_another_paper_under_the_name_of_a_deleted_one_gets_nothing_of_it():
    _files, plan, _ = run([APPLES])
    text = '---\ntitle: "Cherries"\nauthors: [Tuan Dinh]\ndoi: 10.1000/cherries\nvenue: Dust\n---\n'
    files = {"dinhapples": Existing("papers/dinhapples.md", text)}
    after, second, _ = run([replace(APPLES, venue="Journal of Apples")], files, plan.lock)

    assert after == files
    assert set(second.outcomes.values()) == {"deleted"}


def test_an_entry_that_a_person_gave_another_title_is_still_the_entry():
    files, plan, _ = run([record("Apples", venue="Dust"), record("Bears")])
    files["dinhapples"] = Existing("papers/dinhapples.md", files["dinhapples"].text.replace("Apples", "On Fruit"))
    after, second, _ = run([record("Apples", venue="Journal of Apples")], files, plan.lock)

    assert second.outcomes == {"dinhapples": "updated"}
    assert "venue: Journal of Apples" in after["dinhapples"].text
    assert "On Fruit" in after["dinhapples"].text


NIGHT = {"date": "2023", "abstract": "It is dark, and yet we show that seeing is possible."}


def test_a_record_with_another_title_and_the_same_abstract_is_the_same_entry():
    files, plan, _ = run([record("Learning to See in the Dark", **NIGHT)])
    text = files["dinh2023learning"].text.replace("date:", "note: ours\ndate:")
    after, second, _ = run(
        [record("Night Vision", **NIGHT)], {"dinh2023learning": Existing("papers/x.md", text)}, plan.lock
    )

    assert set(after) == {"dinh2023learning"}
    assert after["dinh2023learning"].text == text.replace("Learning to See in the Dark", "Night Vision")
    assert run([record("Night Vision", **NIGHT)], after, second.lock)[1].writes == {}


@pytest.mark.parametrize(
    "records",
    [
        pytest.param(
            [record("Learning to See in the Dark", **NIGHT), record("Night Vision", **NIGHT)], id="both are there"
        ),
        pytest.param([record("Night Vision", "Yuchen Zeng", **NIGHT)], id="other authors"),
        pytest.param([record("Night Vision", path="seeds/b.txt", **NIGHT)], id="another source"),
        pytest.param([record("Night Vision", date="2023", abstract="No.")], id="another abstract"),
    ],
)
def test_a_record_with_another_title_is_another_entry_where_anything_speaks_for_it(records):
    files, plan, _ = run([record("Learning to See in the Dark", **NIGHT)])

    assert len(run(records, files, plan.lock)[0]) == 2


def by_key(title, key="dinh22", *authors, **more):
    return record(title, *authors, **{"id": key, "date": "2022", "path": "a.bib", "format": "BibTeX", **more})


def test_a_record_with_another_title_and_the_same_key_is_the_same_entry():
    files, plan, _ = run([by_key("LIFT")])
    text = files["dinh2022lift"].text.replace("date:", "note: ours\ndate:")
    lock = read_lock(SourceFile("labpress.lock", write_lock(plan.lock))).value
    after, second, _ = run([by_key("LIFT: Tuning by Words")], {"dinh2022lift": Existing("papers/x.md", text)}, lock)

    assert set(after) == {"dinh2022lift"}
    assert after["dinh2022lift"].text == text.replace('"LIFT"', '"LIFT: Tuning by Words"')
    assert run([by_key("LIFT: Tuning by Words")], after, second.lock)[1].writes == {}


def test_a_title_that_a_person_has_changed_stays_when_the_source_changes_it():
    files, plan, _ = run([by_key("LIFT")])
    files["dinh2022lift"] = Existing("papers/x.md", files["dinh2022lift"].text.replace("LIFT", "Ours"))
    after, _, faults = run([by_key("LIFT: Tuning by Words")], files, plan.lock)

    assert set(after) == {"dinh2022lift"}
    assert 'title: "Ours"\n' in after["dinh2022lift"].text
    assert [fault.code for fault in faults] == ["import-conflict"]


@pytest.mark.parametrize(
    "records",
    [
        pytest.param([by_key("LIFT"), by_key("LOFT of Two")], id="both are there"),
        pytest.param([by_key("LOFT of Two", path="b.bib")], id="another source"),
        pytest.param([by_key("LOFT of Two", "zeng22")], id="another key"),
        pytest.param([by_key("LOFT of Two", "dinh22", "Yuchen Zeng")], id="other authors"),
        pytest.param([by_key("LOFT of Two", doi="10.1000/loft")], id="another DOI"),
        pytest.param([by_key("LOFT of Two", date="2026")], id="years later"),
        pytest.param([by_key("LOFT of Two", type="thesis")], id="another kind"),
    ],
)
def test_one_key_is_of_two_papers_where_anything_speaks_for_it(records):
    files, plan, _ = run([by_key("LIFT", doi="10.1000/lift", type="article")])

    assert len(run([replace(one, type=one.type or "article") for one in records], files, plan.lock)[0]) == 2


def test_a_number_is_no_key():
    files, plan, _ = run([by_key("LIFT", "1")])

    assert len(run([by_key("LOFT of Two", "1")], files, plan.lock)[0]) == 2


def test_of_two_new_titles_under_one_key_neither_is_lost():
    files, plan, _ = run([by_key("LIFT")])
    after, _, _ = run([by_key("LIFT of One"), by_key("LOFT of Two")], files, plan.lock)

    assert [text in "".join(file.text for file in after.values()) for text in ("LIFT of One", "LOFT of Two")] == [
        True
    ] * 2


NOBODYS = {"type": "other", "date": "2020", "links": {"website": "https://dust.example.org/"}}


def test_a_copy_of_a_source_makes_no_second_entries():
    book = replace(by_key("Dust", "dust", type="book", editors=("Ada Quist",)), authors=())
    page = replace(by_key("Walls", "walls", **NOBODYS), authors=())
    files, plan, _ = run([book, page])
    copies = [replace(one, path="b.bib") for one in (book, page)]
    after, second, faults = run(copies, files, plan.lock)

    assert (after, faults) == (files, ())
    assert set(second.outcomes.values()) == {"unchanged"}
    assert (run(copies, after, second.lock)[1].lock, run([book, page, *copies])[0]) == (second.lock, files)


@pytest.mark.parametrize(
    "more",
    [{"links": {"website": "https://walls.example.org/"}}, {"path": "a.bib"}],
    ids=["another address", "the same source"],
)
def test_what_nobody_signed_is_another_work_where_anything_speaks_for_it(more):
    page = replace(by_key("Walls", "walls", **NOBODYS), authors=())

    assert len(run([page, replace(page, **{"path": "b.bib", "id": "other", **more})])[0]) == 2


def test_a_paper_that_a_source_has_twice_is_reported_once():
    files, _, faults = run([record("LIFT"), record("LIFT")])

    assert len(files) == 1
    assert [fault.code for fault in faults] == ["repeated-paper"]


def in_two_versions(name: str) -> list[Record]:
    preprint, published = record(name, type="preprint"), record(name, type="conference", venue="NeurIPS 2022")
    return [replace(preprint, date="2022"), replace(published, date="2022")]


def test_two_versions_in_one_source_are_one_entry_and_told_once():
    both = in_two_versions("LIFT")
    files, plan, faults = run(both)
    _, second, more_faults = run(both, files, plan.lock)

    assert [fault.code for fault in faults] == ["joined-versions"]
    assert "which make one entry: dinh2022lift" in faults[0].message
    assert (second.writes, more_faults) == ({}, ())


def test_many_papers_in_two_versions_make_one_note():
    names = ["Looped Transformers", "Learned Thresholds", "Rating Models", "Cooked Features", "Safe Rewards", "A Zoo"]
    _, _, faults = run([one for name in names for one in in_two_versions(f"{name} of Many Kinds Considered")])

    (note,) = faults
    assert note.message.startswith("6 papers are here in two versions, which make one entry each: dinh2022")
    assert note.message.endswith(" ...")


def test_two_sources_fill_one_entry_and_neither_undoes_the_other():
    listing, bib = (
        record("LIFT", date="2022-06-14"),
        record("LIFT", date="2022", venue="NeurIPS 2022", path="b.bib", format="BibTeX"),
    )
    files, plan, _ = run([listing, bib])
    again, second, faults = run([listing, bib], files, plan.lock)

    assert "venue: NeurIPS 2022" in files["dinh2022lift"].text
    assert "date: 2022-06-14" in files["dinh2022lift"].text
    assert (again, second.writes, faults) == (files, {}, ())


def test_an_import_that_was_stopped_before_its_lock_file_goes_on():
    files, _, _ = run([record("LIFT", date="2022")])
    again, plan, faults = run([record("LIFT", date="2022")], files, {})

    assert (again, faults) == (files, ())
    assert set(plan.lock) == {"dinh2022lift"}


@pytest.mark.parametrize("order", [(0, 1), (1, 0)], ids=["listing first", "bibliography first"])
def test_a_renamed_entry_is_one_entry_though_only_one_of_its_sources_is_surely_of_it(order):
    listing = record("LIFT", venue="NeurIPS", date="2022")
    preprint = record("LIFT", type="preprint", date="2022", doi="10.1000/lift", path="b.bib", format="BibTeX")
    files, plan, _ = run([listing, preprint])
    ours = files["dinh2022lift"].text.replace("venue: NeurIPS", "venue: mine")
    records = [(replace(listing, abstract="One."), preprint)[index] for index in order]
    files, plan, _ = run(records, {"ours": Existing("papers/ours.md", ours)}, plan.lock)
    again, second, faults = run(records, files, plan.lock)

    assert set(files) == set(plan.lock) == {"ours"}
    assert "venue: mine\n" in files["ours"].text
    assert "One." in files["ours"].text
    assert (again, second.writes, faults) == (files, {}, ())


def test_a_renamed_entry_follows_its_source_that_has_changed_since():
    files, plan, _ = run([record("LIFT", venue="NeurIPS")])
    moved = {"ours": Existing("papers/ours.md", files["dinhlift"].text)}
    after, second, _ = run([record("LIFT", venue="ICML")], moved, plan.lock)

    assert second.outcomes == {"ours": "updated"}
    assert "venue: ICML\n" in after["ours"].text


def test_a_renamed_entry_is_known_by_its_abstract_when_its_title_was_mended_too():
    files, plan, _ = run([record("LIFT: Tunnig", abstract="One."), record("LOFT", abstract="Two.")])
    text = files["dinhlift"].text.replace("LIFT: Tunnig", "Tuning by Lifting")
    files = {"dinhloft": files["dinhloft"], "ours": Existing("papers/ours.md", text)}
    after, second, _ = run([record("LIFT: Tunnig", abstract="One.", date="2022")], files, plan.lock)

    assert second.outcomes == {"ours": "updated"}
    assert set(after) == {"dinhloft", "ours"}


def test_of_two_entries_that_are_gone_the_renamed_file_is_the_one_whose_words_it_has():
    papers = [record("LIFT", venue=venue, type="article") for venue in ("Journal of Dust", "Journal of Walls")]
    files, plan, _ = run(papers[:1])
    files, plan, _ = run([replace(papers[1], path="seeds/b.txt")], files, plan.lock)
    assert sorted(files) == ["dinhlift", "dinhliftb"]
    renamed = {"ours": Existing("papers/ours.md", files["dinhliftb"].text)}

    assert set(following_renames(plan.lock, renamed)) == {"dinhlift", "ours"}
    assert following_renames(plan.lock, renamed)["ours"] == plan.lock["dinhliftb"]


def test_the_lock_file_is_read_back():
    _, plan, _ = run([record("LIFT", score=97.9), record("Ünïcode", links={"code": "https://x.org"})])
    data = write_lock(plan.lock)

    assert read_lock(SourceFile("labpress.lock", data)).value == plan.lock
    assert data.count(b"\n") == 4


def test_a_byte_order_mark_before_the_lock_file_is_none_of_it():
    data = write_lock(run([record("LIFT")])[1].lock)

    assert read_lock(SourceFile("labpress.lock", b"\xef\xbb\xbf" + data)) == read_lock(
        SourceFile("labpress.lock", data)
    )


@pytest.mark.parametrize("indent", [None, 1, 4])
def test_a_lock_file_that_a_formatter_has_given_other_lines_is_read_all_the_same(indent):
    _, plan, _ = run([record("LIFT", score=97.9), record("Ünïcode", links={"code": "https://x.org"})])
    data = json.dumps(json.loads(write_lock(plan.lock)), indent=indent).encode()

    assert read_lock(SourceFile("labpress.lock", data)) == (plan.lock, ())


def conflicting(ours: list[str], theirs: list[str], before: list[str], style: str) -> list[str]:
    """What git leaves of two lists of lines."""
    former = ["||||||| 1a2b3c4", *before] if style == "diff3" else []
    union = [*ours, *theirs]
    return union if style == "union" else ["<<<<<<< HEAD", *ours, *former, "=======", *theirs, ">>>>>>> other"]


@pytest.mark.parametrize("style", ["merge", "diff3", "union"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_two_lock_files_that_git_put_together_are_read_as_one(style, ending):
    bib = {"path": "b.bib", "format": "BibTeX"}
    base = run([record("LIFT")])[1].lock
    ours = run([record("LOFT"), record("LIFT", venue="NeurIPS")], lock=base)[1].lock
    theirs = run([record("LEFT", **bib), record("LIFT", **bib)])[1].lock
    start, *our_lines, end = write_lock(ours).decode().splitlines()
    their_lines, base_lines = (write_lock(lock).decode().splitlines()[1:-1] for lock in (theirs, base))
    lines = [start, *conflicting(our_lines, their_lines, base_lines, style), end, ""]
    lock, faults = read_lock(SourceFile("labpress.lock", ending.join(lines).encode()))

    assert faults == ()
    assert set(lock) == {"dinhlift", "dinhloft", "dinhleft"}
    assert lock["dinhlift"].sources == {**ours["dinhlift"].sources, **theirs["dinhlift"].sources}
    assert (lock["dinhloft"], lock["dinhleft"]) == (ours["dinhloft"], theirs["dinhleft"])


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{}",
        b'{"version": 1, "entries": {\n"a": {"sources": {}},\n',
        b"[1]",
        b"[" * 100_000,
        b'{"version": 99, "entries": {}}',
        b"\xff",
        b'{"version": 1, "entries": 3}',
    ],
)
def test_a_lock_file_that_cannot_be_read_is_an_error(data):
    assert [fault.code for fault in read_lock(SourceFile("labpress.lock", data)).diagnostics] == ["bad-lock"]


TITLES = st.sampled_from(["LIFT", "LOFT", "LEFT"])
TEXTS = st.sampled_from(["One.", "One.\n\nTwo.", "Three. Four.", ""])
VENUES = st.sampled_from(["NeurIPS", "a: b", "no", ""])


class Editing(RuleBasedStateMachine):
    """Imports and people take turns. What a person wrote last in a field, or in a comment, is what the file says."""

    sources = Bundle("sources")

    def __init__(self):
        super().__init__()
        self.files = {}
        self.lock = {}
        self.listing = {}
        self.bibliography = {}
        self.wrote = {}
        self.comments = {}
        self.deleted = set()

    @rule(title=TITLES, venue=VENUES, abstract=TEXTS)
    def source_says(self, title, venue, abstract):
        self.listing[title] = record(title, venue=venue, abstract=abstract, date="2022")

    @rule(
        title=TITLES, venue=VENUES, kind=st.sampled_from(["conference", "preprint"]), pages=st.sampled_from(["", "1-9"])
    )
    def another_source_says(self, title, venue, kind, pages):
        """The same papers in another format, published or not, with all authors, and a date of the year alone."""
        more = {
            "type": kind,
            "venue": venue,
            "date": "2022",
            "fields": {"pages": pages},
            "doi": f"10.1000/{title}",
            "id": title,
        }
        self.bibliography[title] = record(
            f"{{{title.title()}}}", "Dinh, Tuan", "Zeng, Yuchen", path="b.bib", format="BibTeX", **more
        )

    @rule(which=st.sampled_from([("listing",), ("bibliography",), ("bibliography", "listing")]))
    def imports(self, which):
        records = [one for name in which for one in getattr(self, name).values()]
        self.files, plan, _ = run(records, self.files, self.lock)
        self.lock = plan.lock
        for again in (records, [*self.listing.values()], [*self.bibliography.values()]):
            said = [one for one in again if self.was_imported(one)]
            files, second, faults = run(said, self.files, self.lock)
            assert (files, second.writes) == (self.files, {})
            assert faults == ()

    def was_imported(self, one):
        """Whether the lock has what the record says: a source that has changed since may change entries."""
        draft = draft_of(one).value
        locked = (entry.sources.get(one.path) for entry in self.lock.values())
        return any(said and said.draft == draft for said in locked)

    @rule(
        which=TITLES,
        key=st.sampled_from(["venue", "note", "award"]),
        value=st.sampled_from(["mine", "ours: yes", "12:30"]),
    )
    def person_edits_a_field(self, which, key, value):
        for name, file in self.files.items():
            if name.endswith(which.lower()):
                entry = entry_text(file.text)
                lines = [line for line in file.text.split("\n") if not line.startswith(f"{key}:")]
                assert entry is not None
                lines.insert(1, f"{key}: '{value}'  # by hand")
                self.files[name] = Existing(file.path, "\n".join(lines))
                self.wrote[name, key] = value

    @rule(which=TITLES, remark=st.sampled_from(["# ours", "## A heading\n\nOurs."]))
    def person_adds_to_the_body(self, which, remark):
        for name, file in self.files.items():
            if name.endswith(which.lower()):
                self.files[name] = Existing(file.path, f"{file.text.rstrip()}\n\n## Ours\n\n{remark}\n")
                self.comments.setdefault(name, set()).add(remark)

    @rule(which=TITLES)
    def person_deletes(self, which):
        for name in [name for name in self.files if name.endswith(which.lower())]:
            del self.files[name]
            self.deleted.add(name)
            self.comments.pop(name, None)
            self.wrote = {key: value for key, value in self.wrote.items() if key[0] != name}

    @rule(which=TITLES)
    def person_renames(self, which):
        for name in [name for name in self.files if name.endswith(which.lower()) and not name.startswith("my-")]:
            new = f"my-{name}"
            if new in self.files or new in self.deleted:
                continue
            self.files[new] = Existing(f"papers/{new}.md", self.files.pop(name).text)
            self.comments[new] = self.comments.pop(name, set())
            self.wrote = {(new if key[0] == name else key[0], key[1]): value for key, value in self.wrote.items()}

    @invariant()
    def nothing_that_a_person_wrote_is_lost(self):
        assert not self.deleted & set(self.files)
        for (name, key), value in self.wrote.items():
            assert plain(entry_text(self.files[name].text).keys[key].node) == value
            assert f"'{value}'  # by hand" in self.files[name].text
        for name, remarks in self.comments.items():
            assert all(remark in self.files[name].text for remark in remarks)


TestEditing = Editing.TestCase
TestEditing.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
