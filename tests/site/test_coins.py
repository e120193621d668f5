"""COinS as Zotero takes them: no author twice, none missing, the type of the paper kept."""

from urllib.parse import parse_qsl, quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labpress.core.names import Name
from labpress.core.text import one_line, without_controls
from labpress.entries.paper import Author, Paper
from labpress.site.citations.coins import as_coins
from labpress.site.citations.reference import reference_of

PERSON, TEAM, SINGLE = Name("Berg", "Jan", "van der"), Name("OpenAI", literal=True), Name("Plato")


def pairs(**fields) -> list[tuple[str, str]]:
    paper = Paper(**({"id": "x", "path": "x.md", "title": "A title"} | fields))
    return parse_qsl(as_coins(reference_of(paper)), strict_parsing=True)


def zotero_authors(found: list[tuple[str, str]]) -> list[str]:
    """As Zotero's reader of ContextObjects joins whole names with names in parts.

    A name in parts is taken for one of the whole names only when it has a given name; else it is one more author.
    """
    whole = [value for key, value in found if key in ("rft.au", "rft.inventor")]
    first = {key: value for key, value in found if key in ("rft.aulast", "rft.aufirst")}
    parts = [value for key, value in found if key == "rft.aucorp"]
    if first and f"{first['rft.aulast']}, {first.get('rft.aufirst', '')}" not in whole:
        parts.append(first["rft.aulast"])
    return parts + whole


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ([PERSON, TEAM], ["van der Berg, Jan", "OpenAI"]),
        ([TEAM, PERSON], ["OpenAI", "van der Berg, Jan"]),
        ([SINGLE, PERSON], ["Plato", "van der Berg, Jan"]),
        ([PERSON, SINGLE, TEAM], ["van der Berg, Jan", "Plato", "OpenAI"]),
        ([PERSON, PERSON], ["van der Berg, Jan", "van der Berg, Jan"]),
    ],
)
@pytest.mark.parametrize("kind", ["article", "preprint", "thesis"])
def test_every_author_is_there_once_and_in_order(kind, names, expected):
    assert zotero_authors(pairs(type=kind, authors=tuple(map(Author, names)))) == expected


@pytest.mark.parametrize(
    ("kind", "shape", "genre"),
    [
        ("article", "journal", "article"),
        ("conference", "book", "proceeding"),
        ("chapter", "book", "bookitem"),
        ("book", "book", "book"),
        ("report", "book", "report"),
        ("thesis", "dissertation", ""),
        ("patent", "patent", ""),
        ("preprint", "dc", ""),
        ("other", "dc", ""),
    ],
)
def test_each_type_has_its_format(kind, shape, genre):
    found = dict(pairs(type=kind))
    assert found["rft_val_fmt"] == f"info:ofi/fmt:kev:mtx:{shape}"
    assert found.get("rft.genre", "") == genre


def test_values_are_quoted_so_that_none_can_end_another():
    assert ("rft.title", 'A & b = c; 100% + <d> "é"') in pairs(title='A & b = c; 100% + <d> "é"')
    assert not set(as_coins(reference_of(Paper(id="x", path="x.md", title="<\"'>&")))) & set("<>\"' ")


@given(st.text(st.characters(max_codepoint=0x7F)) | st.text(st.characters(codec="utf-8")))
def test_each_value_is_quoted_as_python_quotes_it(title):
    coins = as_coins(reference_of(Paper(id="x", path="x.md", title="T"), title=f"A{title}Z"))

    assert f"rft.title={quote(one_line(without_controls(f'A{title}Z')), safe='')}&" in f"{coins}&"
