"""A pasted listing becomes records, and no line of it is dropped in silence."""

from __future__ import annotations

from pathlib import Path
from textwrap import wrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from labpress.core.diagnostics import Parsed
from labpress.core.files import SourceFile
from labpress.sources.listing import looks_like_listing, parse_listing
from labpress.sources.record import Record
from tests.patience import within

_ROOT = Path(__file__).parent.parent
_SPECS = _ROOT / "specs" / "listing"
_SEEDS = _ROOT.parent / "seeds" / "000_d0af2d76587f0280.txt"

Records = Parsed[tuple[Record, ...]]


def _parse(text: str | bytes, as_of: int | None = None, fallback_year: int | None = None) -> Records:
    data = text.encode() if isinstance(text, str) else text
    return parse_listing(SourceFile("x.txt", data), as_of, fallback_year)


def _described(record: Record) -> str:
    """A record as the spec files write it."""
    marks = [f"score {record.score}"] if record.score is not None else []
    marks += ["code"] if record.has_code else []
    marks += [f"at {place}" for place in record.affiliations]
    marks += [f"also {category}" for category in record.extra.values()]
    names = [*record.authors, *(["et al."] if record.et_al else [])]
    lines = [" | ".join([record.date or "-", record.category or "-", *marks]), record.title, "; ".join(names) or "-"]
    return "\n".join([*lines, *record.links.values()])


def _cases() -> list[tuple[str, str, str]]:
    text = (_SPECS / "listings.txt").read_text("utf-8")
    parts = [case.partition("\n") for case in text.split("=== ")[1:]]
    return [(name, *body.strip().split("\n---\n")) for name, _, body in parts]


@pytest.mark.parametrize(("name", "listing", "expected"), _cases(), ids=[case[0] for case in _cases()])
def test_listing(name: str, listing: str, expected: str) -> None:
    records, diagnostics = _parse(listing)
    read = [_described(record) + (f"\n> {record.abstract}" if record.abstract else "") for record in records]
    read += [f"! {one.span.line} {one.code}" for one in diagnostics if one.span]
    assert "\n".join(read) == expected, name


def test_every_seed_record_is_read_as_checked_by_eye() -> None:
    records, diagnostics = parse_listing(SourceFile("seeds.txt", _SEEDS.read_bytes()))
    expected = (_SPECS / "seeds.txt").read_text("utf-8").strip().split("\n\n")[1:]
    assert [_described(record) for record in records] == expected
    assert diagnostics == ()


def test_every_seed_abstract_is_the_line_of_the_source() -> None:
    lines = _SEEDS.read_text("utf-8").split("\n")
    records, _ = parse_listing(SourceFile("seeds.txt", _SEEDS.read_bytes()))
    assert [record.abstract for record in records] == lines[2::3]
    assert [(record.lines[""], record.lines["title"], record.lines["abstract"]) for record in records] == [
        (3 * index + 1, 3 * index + 2, 3 * index + 3) for index in range(50)
    ]


@pytest.mark.parametrize("width", [40, 42, 48, 57, 66, 75, 87, 120])
def test_every_seed_abstract_may_be_wrapped(width: int) -> None:
    lines = _SEEDS.read_text("utf-8").rstrip("\n").replace("--", ":").split("\n")
    wrapped = [*lines]
    wrapped[2::3] = ["\n".join(wrap(line, width, break_long_words=False)) for line in lines[2::3]]
    records, diagnostics = _parse("\n".join(wrapped))
    assert [record.abstract for record in records] == [" ".join(line.split()) for line in lines[2::3]]
    assert diagnostics == ()


_SMALL = (
    "LGJun 14, 2022Code\nLearning to WalkAlice Smith, Bob Jönes\nWe “walk”.\n"
    "AIApr 10\nLearning to RunCarol Wu, Bob Jönes\nWe run.\n"
)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(_SMALL.encode("utf-8-sig"), id="byte order mark"),
        pytest.param(_SMALL.replace("\n", "\r\n").encode(), id="CRLF"),
        pytest.param(_SMALL.replace("\n", "\r").encode(), id="CR"),
        pytest.param(_SMALL.encode("utf-16"), id="UTF-16"),
        pytest.param(_SMALL.encode("utf-16-be"), id="UTF-16 without a mark"),
        pytest.param(_SMALL.replace("\n", "\u00a0\n\u3000").encode(), id="odd spaces around lines"),
        pytest.param(_SMALL.replace("Jun 14,", "Jun\u00a014,\u2009").encode(), id="odd spaces in a header"),
        pytest.param(_SMALL.replace("Alice ", "\u200bAlice\u00a0").encode(), id="odd spaces in a name"),
        pytest.param(_SMALL.replace(" ", "\u00a0").encode(), id="no-break spaces everywhere"),
        pytest.param(_SMALL.replace("Learning to", "Learning\u3000to").encode(), id="odd spaces in a title"),
        pytest.param(_SMALL.replace("\n", "\u2028").encode(), id="line separators"),
        pytest.param(_SMALL.rstrip("\n").encode(), id="no line end at the end"),
        pytest.param(_SMALL.replace("\n", "\n\n \n").encode(), id="blank lines everywhere"),
    ],
)
def test_every_encoding_reads_the_same(data: bytes) -> None:
    expected = _parse(_SMALL)
    records, diagnostics = _parse(data)
    assert diagnostics == ()
    for record, same in zip(records, expected.value, strict=True):
        assert (_described(record), record.abstract) == (_described(same), same.abstract)


def test_windows_1252_is_read_with_a_warning_that_names_the_line() -> None:
    records, diagnostics = _parse(_SMALL.encode("cp1252"))
    assert [record.abstract for record in records] == ["We “walk”.", "We run."]
    assert [(one.code, one.span and one.span.line) for one in diagnostics] == [("odd-encoding", 2)]


def test_nul_bytes_are_taken_out_with_one_warning() -> None:
    records, diagnostics = _parse(_SMALL.replace("We ", "W\0e\0 "))
    assert [record.abstract for record in records] == ["We “walk”.", "We run."]
    assert [(one.code, one.span and one.span.line) for one in diagnostics] == [("control-character", 3)]


@pytest.mark.parametrize(
    ("data", "code"), [(b"", "empty-source"), (b" \n\n", "empty-source"), (b"\x89PNG\0\1\2\3", "not-text")]
)
def test_a_file_without_text_gives_no_records_and_says_why(data: bytes, code: str) -> None:
    records, diagnostics = _parse(data)
    assert (records, [one.code for one in diagnostics]) == ((), [code])


def test_the_year_of_the_listing_can_be_said() -> None:
    assert _parse(_SMALL, as_of=2030).value[1].date == "2030-04-10"
    assert _parse("LGFeb 1\nLearning to WalkAlice Smith\nWe walk.", as_of=2024) == _parse(
        "LGFeb 1, 2024\nLearning to WalkAlice Smith\nWe walk."
    )


def test_a_listing_without_any_year_takes_the_fallback_and_says_so() -> None:
    records, diagnostics = _parse("LGFeb 1\nLearning to WalkAlice Smith\nWe walk.", fallback_year=2024)
    assert records[0].date == "2024-02-01"
    assert [(one.code, "2024" in one.message) for one in diagnostics] == [("no-year", True)]


@pytest.mark.parametrize(("read_in", "codes"), [(2023, []), (None, []), (2026, ["no-year"])])
def test_a_guess_of_the_year_that_is_not_this_year_says_so(read_in: int | None, codes: list[str]) -> None:
    records, diagnostics = _parse(_SMALL, fallback_year=read_in)
    assert records[1].date == "2023-04-10"
    assert [one.code for one in diagnostics] == codes
    assert all("1 date " in one.message and "--as-of" in one.help for one in diagnostics)
    assert not _parse(_SMALL, as_of=2023, fallback_year=2026).diagnostics


def test_a_header_that_is_not_understood_says_what_was_read_of_it() -> None:
    _records, (warning,) = _parse("LGMay 2, 2024NeurIPS 2024\nLearning to WalkAlice Smith, Bob Jones\nWe walk.")
    assert 'found "LGMay 2, 2024NeurIPS 2024"; read of it: LG, 2024-05-02' in warning.message


def test_a_listing_with_authors_on_lines_of_their_own_is_known() -> None:
    assert looks_like_listing("HCMay 9, 2024\nEye tracking in tablets\nAndreas Bulling, Hans Gellersen\nWe track.")


def test_an_identifier_is_no_title_so_a_date_above_it_starts_no_record() -> None:
    assert not looks_like_listing("Tides in a Glass\nJune 2020\nDOI:10.1000/x.2020.00012\nJane Doe · Ann Smith\nView\n")


def test_a_doubt_shows_both_readings_and_their_place() -> None:
    record = _parse("LGFeb 1, 2024\n  On Plan BJ Carter\nWe play.").value[0]
    (warning,) = record.warnings
    assert 'title "…On Plan B" by "J Carter"' in warning.message
    assert 'title "…On Plan" by "BJ Carter"' in warning.message
    assert warning.span
    assert (warning.span.path, warning.span.line, warning.span.column) == ("x.txt", 2, 12)
    assert warning.span.excerpt[warning.span.column - 1 :] == "J Carter"


_LINES = st.sampled_from([
    "LGJun 14, 2022Code", "97.9AIApr 10", "XYJun 14, 2022", "Jun 1, 2020", "AI2022-02-31", "LG",
    "Learning to WalkAlice Smith, Bob Jones, Carol Wu et al. · cmu", "A Title without Names", "深層学習山田太郎",
    "We walk on two legs, and it works.", "an unfinished line of", "and its end.", "Load more", "---", "12", "$x, $y$",
    "Alice Smith, Bob Jones", "", " \u00a0", "\ufeff", "  Some\tTabs  ", "a, , ,; and & et al.", "· ·", "'",
])  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(_LINES, st.text(max_size=40)), max_size=25))
def test_every_line_is_in_a_record_or_named_in_a_diagnostic(lines: list[str]) -> None:
    records, diagnostics = _parse("\n".join(lines).encode("utf-8", "replace"))
    if any(one.code == "not-text" for one in diagnostics):
        return  # Mostly control characters.
    named = {one.span.line for one in diagnostics if one.span and one.span.line}
    text = "\n".join("\n".join((r.title, *r.authors, *r.affiliations, r.abstract)) for r in records)
    for record in records:
        named.update(record.lines.values())
    everything = "".join(text.split())
    source = "\n".join(lines).replace("\r\n", "\n").replace("\r", "\n")
    for number, line in enumerate(source.split("\n"), 1):
        bare = "".join(char for char in line if char.isalnum())
        assert not bare or number in named or "".join(line.split()) in everything or not line.isprintable()


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_read_without_an_exception(data: bytes) -> None:
    parse_listing(SourceFile("x", data))


@pytest.mark.parametrize(
    "line",
    ["A" * 200_000, "Ab" * 100_000, "a, " * 70_000, "J. " * 70_000, "x · " * 50_000, "$" * 200_000, "(" * 200_000,
     "a@b.c/" * 40_000, "github.com/{" * 20_000, "\\'e" * 70_000, "Éa" * 50_000, "王" * 100_000, " " * 200_000 + "x",
     "x" + " " * 200_000 + "y", "x" + "\t" * 200_000 + "A", "x. " * 60_000, "'A" * 90_000, "a-" * 90_000 + "!",
     "(" + "x" * 200_000 + ")", "et al. " * 30_000, "14 " * 60_000, "x{" * 90_000 + "\\"],
    ids=lambda line: line[:6],
)  # fmt: skip
def test_a_hostile_line_costs_little_time(line: str) -> None:
    within(5, _parse, f"LGJun 14, 2022\n{line}\n{line}\nLGJun 15, 2022\nLearning to WalkAlice Smith\n{line}")
