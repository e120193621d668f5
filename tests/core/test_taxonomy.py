"""arXiv's categories, and what an abbreviation of one means."""

from __future__ import annotations

import pytest

from labpress.core.taxonomy import CATEGORIES, category_id, category_name, sure_archive


def test_the_taxonomy_is_whole() -> None:
    classes = [one for one in CATEGORIES.values() if one.id != one.archive]
    archives = {one.archive for one in classes}
    alone = [one for one in CATEGORIES.values() if one.archive not in archives]
    counts = {archive: sum(one.archive == archive for one in classes) for archive in archives}
    assert counts == {
        "cs": 40, "stat": 6, "eess": 4, "q-bio": 10, "math": 32, "econ": 3, "q-fin": 9, "physics": 22, "astro-ph": 6,
        "cond-mat": 9, "nlin": 5,
    }  # fmt: skip
    assert {one.id for one in alone} == {
        "gr-qc", "hep-ex", "hep-lat", "hep-ph", "hep-th", "math-ph", "nucl-ex", "nucl-th", "quant-ph"
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "meant"),
    [pair.split(">") for pair in """
    LG>cs.LG AI>cs.AI CL>cs.CL CV>cs.CV RO>cs.RO CR>cs.CR DC>cs.DC NE>cs.NE IR>cs.IR HC>cs.HC SE>cs.SE SI>cs.SI GT>cs.GT
    DS>cs.DS LO>cs.LO GR>cs.GR CG>cs.CG IT>cs.IT SC>cs.SC ML>stat.ML ME>stat.ME AP>stat.AP CO>stat.CO OT>stat.OT
    OC>math.OC PR>math.PR ST>math.ST NA>math.NA AG>math.AG SP>eess.SP SY>eess.SY AS>eess.AS IV>eess.IV GN>q-bio.GN
    NC>q-bio.NC QM>q-bio.QM EM>econ.EM TH>econ.TH EC>econ.GN MF>q-fin.MF MP>math-ph HE>astro-ph.HE CD>nlin.CD
    mtrl-sci>cond-mat.mtrl-sci soc-ph>physics.soc-ph optics>physics.optics dis-nn>cond-mat.dis-nn
    quant-ph>quant-ph hep-th>hep-th gr-qc>gr-qc cs.LG>cs.LG stat.ML>stat.ML lg>cs.LG CS.lg>cs.LG cs.NA>cs.NA cs.SY>cs.SY
    cond-mat.soft>cond-mat.soft q-bio.NC>q-bio.NC physics>physics astro-ph>astro-ph cmp-lg>cs.CL alg-geom>math.AG
    q-alg>math.QA chao-dyn>nlin.CD
    """.split()],
)  # fmt: skip
def test_an_abbreviation_means_a_category(text: str, meant: str) -> None:
    assert category_id(text) == meant


@pytest.mark.parametrize("text", ["", " ", "XY", "cs.XY", "LGG", "cs", "Machine Learning"])
def test_what_is_no_category_means_none(text: str) -> None:
    assert category_id(text) == ("cs" if text == "cs" else "")


def test_the_papers_around_decide_between_archives() -> None:
    assert category_id("CO", {"astro-ph": 3}) == "astro-ph.CO"
    assert category_id("CO", {"astro-ph": 2}) == "stat.CO"
    assert category_id("CO", {"astro-ph": 9, "stat": 1}) == "stat.CO"
    assert category_id("DS", {"math": 5}) == "math.DS"
    assert category_id("LG", {"math": 5}) == "cs.LG"


def test_only_an_unambiguous_abbreviation_is_evidence() -> None:
    assert [sure_archive(text) for text in ("LG", "HE", "cs.CO", "CO", "math.CO", "quant-ph", "XY", "")] == [
        "cs", "astro-ph", "", "", "math", "quant-ph", "", "",
    ]  # fmt: skip


def test_names() -> None:
    assert category_name("cs.LG") == "Machine Learning"
    assert category_name("quant-ph") == "Quantum Physics"
    assert category_name("physics.ao-ph") == "Atmospheric and Oceanic Physics"
    assert category_name("no.such") == "no.such"
