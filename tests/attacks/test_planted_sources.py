"""Attacks in the place of each word of a source, in every format: what is imported and built of them is harmless."""

from __future__ import annotations

import json
import random
import re
from html import escape
from itertools import cycle

import pytest

from labpress.entries.importing import plan_import
from tests.attacks.harmless import faults_of_site
from tests.attacks.planting import ATTACKS
from tests.conftest import build_site
from tests.samples import FORMATS, parsed, samples
from tests.torture import times

VARIANTS = times(6)
_WORD = re.compile(r"https?://[^\s\"<>{}]+|[A-Za-z][\w./-]{2,}")
_XML_WORD = re.compile(rf"(?:{_WORD.pattern})(?=[^<>]*<)")


def variants(form: str, dice: random.Random):
    """Samples in which one word in twelve is an attack: escaped as the format would have it, and often as it is."""
    attacks = cycle(dice.sample(ATTACKS, len(ATTACKS)))
    is_xml = form in ("EndNote XML", "arXiv Atom")
    escaped = escape if is_xml or "page" in form else lambda text: json.dumps(text)[1:-1]
    for number in range(VARIANTS):
        text = dice.choice(samples()[form])
        spell = escaped if is_xml or number % 2 else str
        word = _XML_WORD if is_xml else _WORD
        yield word.sub(lambda match, spell=spell: spell(next(attacks)) if dice.random() < 1 / 12 else match[0], text)


def test_every_format_has_samples_that_give_records():
    for name, texts in samples().items():
        assert any(parsed(FORMATS[name], text).value for text in texts), name


@pytest.mark.torture
@pytest.mark.parametrize("form", FORMATS)
def test_a_source_full_of_attacks_makes_a_harmless_site(form, tmp_path, count):
    dice = random.Random(form)
    papers = tmp_path / "content" / "papers"
    papers.mkdir(parents=True)
    (tmp_path / "content" / "site.yml").write_text("url: https://lab.example.org/pubs/\n", encoding="utf-8")
    made = 0
    for text in variants(form, dice):
        for record in parsed(FORMATS[form], text).value[:40]:
            for entry_id, entry in plan_import([record], {}, {}, ()).value.writes.items():
                assert re.fullmatch(r"[a-z0-9-]+", entry_id)
                (papers / f"{entry_id}-{made}.md").write_text(entry, encoding="utf-8")
                made += 1
    assert made
    report = build_site(tmp_path / "content", tmp_path / "_site")
    assert {fault.code for fault in report.diagnostics if fault.is_error} <= {"missing-file"}  # A path that is no file.
    assert faults_of_site(tmp_path / "_site") == []
    count("papers imported from sources full of attacks", made)
