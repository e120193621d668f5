"""Broken sites, each in a folder named after its fault: one clear diagnostic, everything else built, exit code 1.

``tests/bad/<fault>/content`` is the content folder, ``expected.txt`` what labpress says. LABPRESS_UPDATE=1 writes it.
"""

import shutil

import pytest

from labpress.edges.cli import main
from tests.conftest import TESTS
from tests.spec_files import UPDATE

FAULTS = sorted(path.name for path in (TESTS / "bad").iterdir())
GOOD = "---\ntitle: A good paper\n---\n\nIt is built whatever else is wrong.\n"


@pytest.mark.parametrize("fault", FAULTS)
def test_a_broken_site_is_explained_and_the_rest_is_built(fault, tmp_path, monkeypatch, capsys):
    shutil.copytree(TESTS / "bad" / fault, tmp_path / fault)
    monkeypatch.chdir(tmp_path / fault)
    (tmp_path / fault / "content" / "papers").mkdir(parents=True, exist_ok=True)
    (tmp_path / fault / "content" / "papers" / "good2020paper.md").write_text(GOOD, encoding="utf-8")
    code = main(["build", "--source", "content", "--quiet", "--no-cache"])
    said = f"{capsys.readouterr().err}exit code {code}\n"
    expected = TESTS / "bad" / fault / "expected.txt"
    if UPDATE:
        expected.write_text(said, encoding="utf-8")

    assert said == expected.read_text(encoding="utf-8")
    assert (tmp_path / fault / "_site" / "papers" / "good2020paper" / "index.html").is_file()
    assert (tmp_path / fault / "_site" / "index.html").is_file() or "template" in fault
