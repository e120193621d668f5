"""Names, menus and footers longer than a line, in every theme: they are broken, and nothing else is."""

import pytest

from tests.browser.conftest import largest_of_each_kind, pages_of
from tests.browser.test_every_page import scrolls_sideways
from tests.conftest import new_page

WIDTHS = (320, 390, 768, 1280)

CUT_OFF = """() => [...document.querySelectorAll('.masthead *, .colophon *')]
  .filter((one) => one.getBoundingClientRect().right > innerWidth + 1).map((one) => one.outerHTML.slice(0, 80))"""


@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_is_wider_than_the_window(sites, browser, theme, width):
    with new_page(browser, viewport={"width": width, "height": 800}) as page:
        faults = []
        for path in largest_of_each_kind(sites.path(theme, "wordy")).values():
            sites.open(page, theme, path, "wordy")
            faults += [f"scrolls sideways: {path}"] if scrolls_sideways(page) else []
            faults += page.evaluate(CUT_OFF)
        assert faults == []


@pytest.mark.parametrize("width", WIDTHS)
def test_a_compact_list_is_no_wider_than_the_window(sites, browser, theme, width):
    with new_page(browser, viewport={"width": width, "height": 800}) as page:
        sites.open(page, theme, "papers/", "wordy")
        page.get_by_label("Compact").check()
        assert not scrolls_sideways(page)


@pytest.mark.parametrize("width", [320, 1280])
def test_no_page_is_wider_than_the_window_in_letters_twice_as_large(sites, browser, theme, width):
    with new_page(browser, viewport={"width": width, "height": 800}) as page:
        wide = []
        for path in pages_of(sites.path(theme, "wordy")):
            sites.open(page, theme, path, "wordy")
            page.evaluate("document.documentElement.style.fontSize = '200%'")
            wide += [path] if scrolls_sideways(page) else []
        assert wide == []


STANDS_BESIDE = """() => {
  const [button, ...others] = ['.scheme', '.brand', '.masthead nav'].map((one) => document.querySelector(one))
    .filter((one) => one).map((one) => one.getBoundingClientRect());
  return others.some((one) => one.top < button.bottom && button.top < one.bottom && one.right <= button.left);
}"""


def test_the_scheme_button_stands_behind_the_name_or_the_menu_at_any_width(sites, browser, theme):
    """Never on a line of its own."""
    with new_page(browser) as page:
        alone = []
        for path in ("", "years/"):
            sites.open(page, theme, path, "wordy")
            for width in range(320, 1400, 40):
                page.set_viewport_size({"width": width, "height": 800})
                if not page.evaluate(STANDS_BESIDE):
                    alone.append((path, width))
        assert alone == []


def test_a_name_is_broken_like_a_text_so_that_its_comma_stays_with_it(sites, browser, theme):
    """A box of two lines would have its comma beside it, behind the blank that the shorter line leaves."""
    with new_page(browser, viewport={"width": 320, "height": 800}) as page:
        sites.open(page, theme, "papers/words2024/", "wordy")
        boxes = page.evaluate(
            "[...document.querySelectorAll('.record dd a')].map((link) => link.getClientRects().length)"
        )
    assert boxes[0] > 1
