"""The gallery of the documentation shows every kind of page there is, and names what it shows."""

from itertools import product

import pytest

from tests.browser.conftest import ROOT, THEMES, largest_of_each_kind
from tests.conftest import build_site

gallery = pytest.importorskip("tests.browser.gallery", reason="playwright or Pillow is not installed")


def test_every_kind_of_page_is_shown(tmp_path, lab):
    gallery.write_content(tmp_path / "content")
    build_site(tmp_path / "content", tmp_path / "_site")
    kinds = set(largest_of_each_kind(tmp_path / "_site"))

    assert kinds | {"papers by venue", "search"} == set(gallery.PAGES)
    assert kinds == set(largest_of_each_kind(lab)) - {""}


@pytest.mark.parametrize(("theme", "scheme", "sheet"), [*product(THEMES, gallery.SCHEMES, gallery.SHEETS)])
def test_every_sheet_is_there_and_says_what_is_on_it(theme, scheme, sheet):
    file = f"images/gallery/{theme}-{scheme}-{sheet.width}.webp"
    words = f"{theme}, {scheme}, {sheet.width} px: {', '.join(gallery.PAGES)}"

    assert (ROOT / "docs" / file).exists()
    assert f"[![{words}]({file})]({file})" in (ROOT / "docs" / "gallery.md").read_text(encoding="utf-8")
