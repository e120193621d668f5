"""Every export and tag of a reference, one entry of each type."""

import json
import re
from html import unescape
from pathlib import Path
from urllib.parse import parse_qsl

import pytest

from labpress.site.citations.bibtex import as_bibtex
from labpress.site.citations.coins import as_coins
from labpress.site.citations.csl import as_csl
from labpress.site.citations.ris import as_ris
from labpress.site.metadata.highwire import highwire
from labpress.site.metadata.json_ld import paper_node, script
from tests.site.references import reference
from tests.spec_files import cases, check

SPEC = Path(__file__).parent.parent / "specs" / "citations" / "exports.md"
CASES = cases(SPEC)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_a_paper_says_the_same_in_every_form(case):
    ref = reference(case.given)
    ris = as_ris(ref, full=True)
    assert ris.count("\r\n") == ris.count("\n")

    check(
        case,
        "\n".join(
            [
                as_bibtex(ref, full=True),
                ris.replace("\r\n", "\n"),
                json.dumps(as_csl(ref, full=True), ensure_ascii=False, indent=1) + "\n",
                "".join(f"{key} = {value}\n" for key, value in parse_qsl(as_coins(ref), strict_parsing=True)),
                "".join(f"{meta.key} = {meta.content}\n" for meta in highwire(ref)),
                json.dumps(paper_node(ref), ensure_ascii=False, indent=1) + "\n",
            ]
        ),
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_json_ld_survives_its_script_element(case):
    node = paper_node(reference(case.given))
    markup = script(node).source

    inner = re.fullmatch(r'<script type="application/ld\+json">([^<>&]*)</script>', markup)
    assert inner
    assert unescape(inner[1]) == inner[1]
    assert json.loads(inner[1]) == {"@context": "https://schema.org", **node}
