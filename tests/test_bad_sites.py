"""Broken sites, each in a folder named after its fault: one clear diagnostic, everything else built, exit code 1.

``tests/bad/<fault>/content`` is the content folder, ``expected.txt`` what labpress says. LABPRESS_UPDATE=1 writes it.
What cannot lie in a repository is made by ``tests/bad_makers.py``.
"""

import re
import shutil
import time

import pytest

from labpress.edges.cli import main
from tests.bad_makers import ARGUMENTS, MAKERS
from tests.conftest import TESTS
from tests.spec_files import UPDATE

BAD = TESTS / "bad"
FAULTS = sorted({path.name for path in BAD.iterdir()} | MAKERS.keys() | ARGUMENTS.keys())
GOOD = "---\ntitle: A good paper\n---\n\nIt is built whatever else is wrong.\n"
DIAGNOSTIC = re.compile(r"^\S.*: (?:error|warning|note)\[[a-z-]+\]: ", re.MULTILINE)
USAGE = re.compile(r"^usage:.*\n(?: .*\n)*", re.MULTILINE)
SEVERAL = {"authors-a-mapping", "link-in-a-circle", "macro-that-cannot-be-used", "site-yml-wrong-value", "bad-math"}
"""Sites with several faults."""
SECONDS = 5
"""Of processor time that any of them may take."""


def said_of(fault, place, monkeypatch, capsys) -> tuple[str, int]:
    """What labpress says of the broken site, made at ``place``, and its exit code."""
    content = place / "content"
    if (BAD / fault / "content").exists():
        shutil.copytree(BAD / fault / "content", content)
    (content / "papers").mkdir(parents=True, exist_ok=True)
    (content / "papers" / "good2020paper.md").write_text(GOOD, encoding="utf-8")
    if fault in MAKERS:
        MAKERS[fault](content)
    monkeypatch.chdir(place)
    monkeypatch.setenv("HOME", str(place.parent / "home"))
    try:
        code = main(["build", "--source", "content", "--quiet", "--no-cache", *ARGUMENTS.get(fault, [])])
    except SystemExit as stopped:
        code = stopped.code
    said = USAGE.sub("", capsys.readouterr().err)
    return said.replace(str(place.parent), "…"), code


@pytest.mark.parametrize("fault", FAULTS)
def test_a_broken_site_is_explained_and_the_rest_is_built(fault, tmp_path, monkeypatch, capsys):
    place = tmp_path / fault
    place.mkdir()
    started = time.process_time()
    said, code = said_of(fault, place, monkeypatch, capsys)
    assert time.process_time() - started < SECONDS
    said += f"exit code {code}\n"
    expected = BAD / fault / "expected.txt"
    if UPDATE:
        expected.parent.mkdir(exist_ok=True)
        expected.write_text(said, encoding="utf-8")

    assert said == expected.read_text(encoding="utf-8")
    assert "Traceback" not in said
    assert fault in SEVERAL or len(DIAGNOSTIC.findall(said)) <= 1
    if fault.startswith("output") or fault in ARGUMENTS:
        return
    assert (place / "_site" / "papers" / "good2020paper" / "index.html").is_file()
    assert (place / "_site" / "index.html").is_file() or "template" in fault
