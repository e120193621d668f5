"""Several sources, one entry: what the published version says comes first, and nothing flips back."""

import itertools
import json
from pathlib import Path

import pytest
from msgspec.structs import replace

from labpress.core.files import SourceFile
from labpress.entries.decisions import Decisions, read_decisions, with_different
from labpress.entries.edit_text import entry_text, plain
from labpress.entries.existing import Existing
from labpress.entries.importing import plan_import
from labpress.sources.listing import parse_listing
from labpress.sources.record import Record

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))

PREPRINT = Record(
    title="LIFT: Language-Interfaced Fine-Tuning for Non-Language Tasks",
    authors=("Tuan Dinh", "Yuchen Zeng"),
    et_al=True,
    date="2022-06-14",
    category="cs.LG",
    arxiv="2206.06565",
    abstract="We fine-tune.",
    path="seeds/listing.txt",
    format="pasted listing",
)
PUBLISHED = Record(
    title="{LIFT}: Language-interfaced fine-tuning for non-language tasks",
    authors=("Tuan Dinh", "Yuchen Zeng", "Ruisu Zhang", "Kangwook Lee"),
    date="2022-12",
    type="conference",
    venue="NeurIPS 2022",
    doi="10.1000/neurips.7",
    fields={"pages": "11763-11784", "volume": "35"},
    abstract="We fine-tune, they printed.",
    path="papers.bib",
    format="BibTeX",
)


def run(records, files=None, lock=None, **options):
    plan, faults = plan_import(records, files or {}, lock or {}, (), **options)
    texts = {**{key: file.text for key, file in (files or {}).items()}, **plan.writes}
    return {key: Existing(f"papers/{key}.md", text) for key, text in texts.items()}, plan, faults


def values_of(file):
    return {key: plain(span.node) for key, span in entry_text(file.text).keys.items()}


@pytest.mark.parametrize("at_once", [True, False], ids=["in one import", "one after the other"])
@pytest.mark.parametrize(
    "order", [(PREPRINT, PUBLISHED), (PUBLISHED, PREPRINT)], ids=["preprint first", "preprint last"]
)
def test_preprint_and_published_version_are_one_entry_that_says_what_was_published(order, at_once):
    files, lock = {}, {}
    for records in [order] if at_once else [order[:1], order[1:]]:
        files, plan, faults = run(records, files, lock)
        lock = plan.lock
    (file,) = files.values()
    values = values_of(file)

    assert faults == ()
    assert values["authors"] == ["Tuan Dinh", "Yuchen Zeng", "Ruisu Zhang", "Kangwook Lee"]
    assert "et_al" not in values
    assert (values["type"], values["venue"], values["date"]) == ("conference", "NeurIPS 2022", "2022-12")
    assert (values["doi"], values["arxiv"], values["pages"]) == ("10.1000/neurips.7", "2206.06565", "11763-11784")
    assert values["categories"] == ["cs.LG"]


def test_importing_either_source_again_changes_no_byte():
    files, plan, _ = run([PREPRINT])
    files, plan, _ = run([PUBLISHED], files, plan.lock)
    for records in ([PREPRINT], [PUBLISHED], [PUBLISHED, PREPRINT], [PREPRINT]):
        again, second, faults = run(records, files, plan.lock)
        assert (again, second.writes, second.lock, faults) == (files, {}, plan.lock, ())
        assert set(second.outcomes.values()) == {"unchanged"}


def test_a_published_fact_does_not_replace_what_a_person_wrote():
    files, plan, _ = run([PREPRINT])
    ((key, file),) = files.items()
    files = {key: Existing(file.path, file.text.replace("type: preprint", "type: preprint\nvenue: ours"))}
    after, plan, faults = run([PUBLISHED], files, plan.lock)

    assert values_of(after[key])["venue"] == "ours"
    assert [fault.code for fault in faults] == ["import-conflict"]
    assert run([PREPRINT, PUBLISHED], after, plan.lock)[2] == ()


def test_both_versions_in_one_file_are_one_entry():
    files, plan, faults = run([replace(PREPRINT, path="papers.bib", format="BibTeX"), PUBLISHED])
    (file,) = files.values()

    assert (values_of(file)["venue"], values_of(file)["arxiv"]) == ("NeurIPS 2022", "2206.06565")
    assert [fault.code for fault in faults] == ["joined-versions"]
    assert set(plan.lock[next(iter(files))].sources) == {"papers.bib"}


def test_the_doi_of_a_preprint_stays_as_a_link():
    preprint = replace(PREPRINT, arxiv="", doi="10.1101/2022.06.14", type="preprint")
    files, _, _ = run([preprint, PUBLISHED])

    assert values_of(next(iter(files.values())))["links"] == {"preprint": "https://doi.org/10.1101/2022.06.14"}


def test_the_day_is_kept_where_the_published_date_is_only_a_year():
    files, _, _ = run([PREPRINT, replace(PUBLISHED, date="2022")])

    assert values_of(next(iter(files.values())))["date"] == "2022-06-14"


def test_names_in_full_come_before_initials():
    short = replace(PUBLISHED, authors=("T. Dinh", "Y. Zeng"))
    files, _, _ = run([short, replace(PREPRINT, et_al=False)])

    assert values_of(next(iter(files.values())))["authors"] == ["Tuan Dinh", "Yuchen Zeng"]


def test_a_newer_file_of_one_format_speaks_for_the_older():
    older, newer = (
        replace(PREPRINT, path=f"seeds/{name}.txt", date=date) for name, date in (("a", "2022"), ("b", "2023"))
    )
    files, plan, _ = run([older])
    files, plan, _ = run([newer], files, plan.lock)

    assert values_of(next(iter(files.values())))["date"] == "2023"
    assert run([older], files, plan.lock)[1].writes == {}

    bibliography = replace(PUBLISHED, type="preprint", venue="", doi="", date="2024")
    files, plan, _ = run([bibliography], files, plan.lock)
    files, plan, _ = run([replace(older, date="2025")], files, plan.lock)
    assert values_of(next(iter(files.values())))["date"] == "2025"
    for record in (newer, bibliography):
        assert run([record], files, plan.lock)[1].writes == {}


def test_a_near_work_becomes_an_entry_of_its_own_and_is_pointed_out_once():
    other = replace(PREPRINT, title="LIFT: Another Subtitle", arxiv="", path="papers.bib", format="BibTeX")
    files, plan, faults = run([PREPRINT])
    files, plan, faults = run([other], files, plan.lock)

    assert len(files) == 2
    assert [(fault.code, fault.severity) for fault in faults] == [("near-duplicate", "note")]
    assert run([other], files, plan.lock)[2] == ()


def test_decisions_are_read_back():
    decisions = Decisions(frozenset([frozenset(["b", "a"]), frozenset(["no", "12"])]))
    text = with_different(with_different("", "b", "a"), "no", "12")
    read = read_decisions(SourceFile("duplicates.yml", text.encode()))

    assert read == (decisions, ())


@pytest.mark.parametrize("text", ["different: a\n", "different: [a]\n", "different:\n  - [a, a]\n", "same: []\n"])
def test_a_decision_that_is_no_pair_is_reported(text):
    assert read_decisions(SourceFile("duplicates.yml", text.encode())).diagnostics


def as_bibtex(record):
    """The paper as a reference manager gives it: names turned round, a lower-case title, no day."""
    families = [name.split() for name in record.authors]
    return replace(
        record,
        title=record.title[0] + record.title[1:].lower().replace("-", " "),
        authors=tuple(f"{words[-1]}, {' '.join(words[:-1])}" if len(words) > 1 else words[0] for words in families),
        date=record.date[:4],
        category="",
        score=None,
        abstract="",
        path="papers.bib",
        format="BibTeX",
    )


def as_table(record):
    return replace(
        record,
        title=f"{record.title}.",
        authors=tuple(f"{name[0]}. {name.split()[-1]}" for name in record.authors),
        type="article",
        venue="Journal of Everything",
        category="",
        path="papers.csv",
        format="table",
    )


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))), ids=str)
def test_the_same_papers_in_several_formats_are_the_same_entries_once(order):
    listing = parse_listing(SourceFile("seeds/a.txt", SEEDS[0].read_bytes()), as_of=2026).value
    forms = [
        [replace(one, format="pasted listing") for one in listing],
        [*map(as_bibtex, listing)],
        [*map(as_table, listing)],
    ]
    files, lock = {}, {}
    for index in order:
        files, plan, faults = run(forms[index], files, lock)
        lock = plan.lock
        assert [fault.message for fault in faults if fault.code != "citation-left-out"] == []

    assert len(files) == len(listing) == 50
    assert all(len(locked.sources) == 3 for locked in lock.values())
    again = run([record for form in forms for record in form], files, lock)
    assert again[1].writes == {}
    assert json.dumps(sorted(again[0])) == json.dumps(sorted(files))


def two_editorials():
    """Two entries of one short title: one from each source, since their venues differ."""
    bib = replace(PUBLISHED, title="LOFT", doi="", venue="NeurIPS", date="2022", arxiv="")
    listing = replace(bib, path="a.txt", format="pasted listing", venue="Journal of Lofts", type="article")
    files, plan, _ = run([bib])
    return bib, listing, *run([listing], files, plan.lock)[:2]


def test_a_record_goes_where_it_went_before_though_another_entry_has_become_like_it():
    bib, listing, files, plan = two_editorials()
    assert sorted(files) == ["dinh2022loft", "dinh2022loftb"]
    files, plan, _ = run([replace(bib, type="preprint", venue="")], files, plan.lock)
    after, again, _ = run([listing], files, plan.lock)

    assert (after, again.writes, set(again.outcomes)) == (files, {}, {"dinh2022loftb"})


def test_a_deleted_paper_stays_deleted_though_another_entry_is_like_it():
    bib, _listing, files, plan = two_editorials()
    files, plan, _ = run([replace(bib, type="article", venue="Journal of Lofts")], files, plan.lock)
    del files["dinh2022loft"]
    after, again, _ = run([replace(bib, type="article", venue="Journal of Lofts", date="2023")], files, plan.lock)

    assert (after, again.outcomes) == (files, {"dinh2022loft": "deleted"})


def test_a_source_that_says_nothing_of_a_field_does_not_win_it():
    files, plan, _ = run([replace(PREPRINT, abstract=""), PUBLISHED])
    ((key, file),) = files.items()
    text = file.text.replace("venue: NeurIPS 2022", "venue: ours").replace("We fine-tune, they printed.", "Ours.")
    files = {key: Existing(file.path, text)}
    after, _, _ = run([replace(PREPRINT, abstract="")], files, plan.lock, insist=frozenset(["venue", "abstract"]))

    assert after == files
