"""What many tests share: sites built once."""

from pathlib import Path

import pytest

from labpress.edges.building import BuildPlace, build_place

TESTS = Path(__file__).parent


def build_site(source: Path, output: Path, **options):
    """Build ``source`` into ``output`` without a cache, and give the report."""
    return build_place(BuildPlace(source=str(source), output=str(output), use_cache=False, **options))


@pytest.fixture(scope="session")
def lab(tmp_path_factory):
    """The output of the fabricated lab."""
    output = tmp_path_factory.mktemp("lab") / "_site"
    report = build_site(TESTS / "lab", output)
    assert report.diagnostics == ()
    return output
