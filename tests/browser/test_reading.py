"""What a reader does with a site, in every theme: by mouse, by keyboard, without scripts, from the disk, on paper."""

import io
import time

import pytest

from labpress.core.diagnostics import Span
from labpress.markup.settings import MarkupSettings
from labpress.markup.text import render_inline
from tests.browser.conftest import largest_of_each_kind
from tests.conftest import PATIENCE, build_site, new_page

PAPER = "papers/quist2024maps/"
SCHEME = "getComputedStyle(document.documentElement).colorScheme"
GROUND = "getComputedStyle(document.body).backgroundColor"


def test_the_choice_of_dark_is_kept_without_a_flicker(sites, browser, theme):
    """The next page is dark before its body is there; chosen again, the system's own scheme holds."""
    with new_page(browser, color_scheme="light") as page:
        sites.open(page, theme)
        light = page.evaluate(GROUND)
        button = page.locator("button.scheme")
        assert button.get_attribute("aria-pressed") == "false"
        button.click()
        dark = page.evaluate(GROUND)
        assert (dark != light, button.get_attribute("aria-pressed")) == (True, "true")

        page.add_init_script(
            "new MutationObserver((_, self) => { if (document.body) { self.disconnect();"
            " window.atFirst = document.documentElement.dataset.scheme } }).observe(document, {childList: true, subtree: true})"
        )
        sites.open(page, theme, PAPER)
        assert (page.evaluate("atFirst"), page.evaluate(SCHEME), page.evaluate(GROUND)) == ("dark", "dark", dark)

        page.locator("button.scheme").click()
        assert page.evaluate("localStorage.length") == 0
        assert page.evaluate(GROUND) == light


def test_the_system_decides_until_the_reader_does(sites, browser, theme):
    with new_page(browser, color_scheme="dark") as page:
        sites.open(page, theme)
        dark = page.evaluate(GROUND)
        page.emulate_media(color_scheme="light")
        assert page.evaluate(GROUND) != dark
        page.locator("button.scheme[aria-pressed=false]").wait_for()


def test_the_copy_button_copies_and_says_so(sites, browser, theme):
    with new_page(browser, permissions=["clipboard-read", "clipboard-write"]) as page:
        sites.open(page, theme, PAPER)
        button = page.locator("button.copy")
        button.click()
        page.wait_for_function("document.querySelector('button.copy').textContent === 'Copied'")

        assert page.evaluate("navigator.clipboard.readText()").startswith("@")


def test_a_long_identifier_and_a_thumb_have_room_on_a_small_phone(sites, browser, theme):
    with new_page(browser, viewport={"width": 320, "height": 640}) as page:
        sites.open(page, theme, PAPER)
        page.evaluate("document.querySelector('.record dd a').textContent = `10.1000/${'x'.repeat(90)}`")

        assert page.evaluate("document.documentElement.scrollWidth") == 320
        assert page.locator("button.copy").bounding_box()["height"] >= 24


def test_what_is_stacked_can_be_told_apart_in_forced_colours_as_in_the_legend(sites, browser, theme):
    """Either has the colours of the series, or neither has."""
    fills = "(where) => [...document.querySelectorAll(where)].map((one) => getComputedStyle(one).fill)"
    with new_page(browser, forced_colors="active") as page:
        sites.open(page, theme, "statistics/")
        stacked = page.evaluate(fills, ".chart.stacked [class^=s]")
        assert set(stacked) == set(page.evaluate(fills, ".swatch [class^=s]"))
        assert len(set(stacked)) > 1


CUT_OR_AWAY = """(script) => {
  const formula = script.closest('math'), word = formula.previousSibling, letter = document.createRange()
  letter.setStart(word, word.length - 1)
  letter.setEnd(word, word.length)
  const [inner, outer] = [script, formula].map((one) => one.getBoundingClientRect())
  return [Math.max(outer.top - inner.top, inner.bottom - outer.bottom), Math.abs(outer.left - letter.getBoundingClientRect().right)]
}"""


def test_a_script_is_seen_whole_and_beside_its_word(sites, browser, theme):
    """``CO$_2$`` again and again, so that lines end at every place of it. Distances in pixels."""
    html = render_inline("a CO$_2$ " * 60, MarkupSettings(), lambda _start, _end: Span("")).value.html.source
    with new_page(browser, viewport={"width": 390, "height": 800}) as page:
        sites.open(page, theme, PAPER)
        page.evaluate("(html) => { document.querySelector('h1').innerHTML = html }", html)
        distances = page.evaluate(f"[...document.querySelectorAll('h1 mn')].map({CUT_OR_AWAY})")
    assert len(distances) == 60
    assert max(map(max, distances)) < 1


def test_where_the_clipboard_is_closed_the_text_is_left_selected(sites, page, theme):
    sites.open(page, theme, PAPER)
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error()) }")
    page.locator("button.copy").click()

    page.wait_for_function("getSelection().toString().startsWith('@')")


def test_a_list_is_made_shorter_without_scripts(sites, browser, theme):
    with new_page(browser, java_script_enabled=False) as page:
        sites.open(page, theme, "papers/")
        before = page.locator("main").bounding_box()["height"]
        page.get_by_label("Compact").check()

        assert page.locator("main").bounding_box()["height"] < 0.8 * before
        assert page.locator(".paper .by").first.is_hidden()
        assert page.locator(".paper h3").first.is_visible()


def test_short_lists_stay_short_on_other_pages_until_they_are_not(sites, page, theme):
    sites.open(page, theme, "papers/")
    page.get_by_label("Compact").check()
    sites.open(page, theme, "tags/droplets/")
    assert page.get_by_label("Compact").is_checked()
    assert page.locator(".paper .by").first.is_hidden()

    page.get_by_label("Compact").uncheck()
    assert page.locator(".paper .by").first.is_visible()
    assert page.evaluate("localStorage.length") == 0


def test_charts_are_as_high_as_they_are_drawn(sites, page, theme):
    """A theme that says otherwise lays them over what follows."""
    sites.open(page, theme, "statistics/")
    heights = page.evaluate(
        "[...document.querySelectorAll('svg.chart')].map(one => [one.clientHeight, +one.getAttribute('height')])"
    )

    assert heights
    assert [pair for pair in heights if pair[0] != pair[1]] == []


FOCUSED = """() => {
  const at = document.activeElement, box = at.getBoundingClientRect(), style = getComputedStyle(at);
  const ringed = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1;
  const seen = (box.width > 1 || box.height > 1) && box.bottom > 0 && box.top < innerHeight;
  const inner = at.querySelector('.bar, rect');
  return {name: at.outerHTML.slice(0, 120), isBody: at === document.body, good: seen && (ringed || !!inner)};
}"""


@pytest.mark.parametrize("kind", ["home", "paper", "papers"])
def test_the_keyboard_alone_reaches_everything_and_sees_where_it_is(sites, page, theme, kind):
    """Each stop of Tab is on screen and marked; there are as many as there are links and buttons; the first skips."""
    sites.open(page, theme, largest_of_each_kind(sites.path(theme))[kind])
    reachable = page.evaluate(
        "[...document.querySelectorAll('a[href], button, input, summary')].filter(one => one.checkVisibility()).length"
    )
    stops = []
    for _ in range(reachable):
        page.keyboard.press("Tab")
        stops.append(page.evaluate(FOCUSED))
    assert [stop["name"] for stop in stops if stop["isBody"] or not stop["good"]] == []
    assert len({stop["name"] for stop in stops}) > 5
    assert 'class="skip"' in stops[0]["name"]


def test_the_skip_link_leads_past_the_menu(sites, page, theme):
    sites.open(page, theme, PAPER)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert page.evaluate("!!document.activeElement.closest('main')")


def test_without_scripts_every_word_is_there_and_no_control_is_dead(sites, browser, theme):
    with new_page(browser, java_script_enabled=False) as page:
        for path in largest_of_each_kind(sites.path(theme)).values():
            sites.open(page, theme, path)
            assert page.locator("main h1").is_visible()
            assert [
                one for one in page.locator("button:not(form[action] [type=submit])").all() if one.is_visible()
            ] == []
        sites.open(page, theme, PAPER)
        assert "dust" in page.locator(".abstract").inner_text().lower()


CHOSEN = """() => [
  document.documentElement.dataset.scheme,
  document.querySelector(".scheme").getAttribute("aria-pressed"),
  document.documentElement.classList.contains("short"),
  document.querySelector("input.short").checked,
]"""


def choose_dark_and_short(page):
    page.click(".scheme")
    page.check("input.short")
    assert page.evaluate(CHOSEN) == ["dark", "true", True, True]


def until_chosen(page, expected):
    deadline = time.monotonic() + PATIENCE
    while page.evaluate(CHOSEN) != expected:
        assert time.monotonic() < deadline, page.evaluate(CHOSEN)
        page.wait_for_timeout(25)


def test_other_tabs_follow_the_reader_s_choice(sites, page, theme):
    sites.open(page, theme, "papers/")
    other = page.context.new_page()
    sites.open(other, theme, "papers/")
    choose_dark_and_short(other)
    until_chosen(page, ["dark", "true", True, True])
    other.click(".scheme")
    other.uncheck("input.short")

    until_chosen(page, [None, "false", False, False])


def test_back_leads_to_a_page_in_the_colours_chosen_since(sites, page):
    """A browser may bring a page back as it was left; it says so."""
    sites.open(page, "journal", "papers/")
    page.evaluate("""() => {
      localStorage.setItem("labpress-scheme", "dark");
      localStorage.setItem("labpress-short", "yes");
      dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));
    }""")

    assert page.evaluate(CHOSEN) == ["dark", "true", True, True]


def test_a_site_is_browsed_from_the_disk(sites, page, theme):
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto((sites.path(theme) / "index.html").as_uri())
    folders = "[...document.querySelectorAll('a[href$=\"/\"]')].map((link) => link.outerHTML)"
    assert page.evaluate(folders) == []  # In charts, too.
    page.locator("nav a").first.click()
    page.wait_for_load_state()  # Links lead to files once the script has seen to them.
    page.locator("article a, main li a").first.click()
    page.locator("h1").wait_for()

    assert page.url.endswith("/index.html")
    assert complaints == []


def test_a_phone_shows_every_page_of_a_folder_and_which_of_them_is_open(browser, theme, tmp_path):
    folder = tmp_path / "content" / "pages" / "guide"
    folder.mkdir(parents=True)
    (tmp_path / "content" / "site.yml").write_text(f"theme: {theme}\n")
    for number in range(12):
        (folder / f"p{number}.md").write_text(f"# Page {number}\n")
    build_site(tmp_path / "content", tmp_path / "_site")
    with new_page(browser, viewport={"width": 360, "height": 640}) as page:
        page.goto((tmp_path / "_site" / "guide" / "p3" / "index.html").as_uri())
        shown = page.evaluate("""[...document.querySelectorAll('nav.aside a')].filter((one) => one.checkVisibility())
          .map((one) => [one.textContent, getComputedStyle(one).fontWeight >= 600])""")

    assert sorted(shown) == sorted([f"Page {number}", number == 3] for number in range(12))


def test_a_paper_prints_dark_on_white_without_the_menu(sites, browser, theme):
    """Also from a dark screen."""
    with new_page(browser, color_scheme="dark") as page:
        sites.open(page, theme, PAPER)
        page.emulate_media(media="print")
        shown = page.evaluate(
            "({ground: getComputedStyle(document.body).backgroundColor, ink: getComputedStyle(document.body).color,"
            " hidden: [...document.querySelectorAll('nav, .scheme, .copy, .skip')].filter(one => one.checkVisibility()"
            " && getComputedStyle(one).position !== 'absolute').map(one => one.outerHTML.slice(0, 60))})"
        )
        assert shown["ground"] in ("rgb(255, 255, 255)", "rgba(0, 0, 0, 0)")
        assert max(int(part) for part in shown["ink"].removeprefix("rgb(").removesuffix(")").split(",")) < 60
        assert shown["hidden"] == []
        data = page.pdf(format="A4")
    assert io.BytesIO(data).read(5) == b"%PDF-"
    assert data.count(b"/Type /Page\n") <= 3


def test_statistics_print_as_pictures_alone(sites, page, theme):
    """Tables that say the same again would be half of the paper."""
    sites.open(page, theme, "statistics/", "fifty")
    assert page.pdf(format="A4").count(b"/Type /Page\n") <= 3


def test_a_label_heads_its_number_so_that_one_needs_no_singular(sites, page, theme):
    sites.open(page, theme, "statistics/")
    edges = page.evaluate(
        "[...document.querySelectorAll('.numbers div')].map(({children: [label, number]}) =>"
        " [label.getBoundingClientRect().bottom, number.getBoundingClientRect().top])"
    )

    assert edges
    assert [pair for pair in edges if pair[0] > pair[1]] == []


AS_SEEN = """said => {
  const texts = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
  const seen = [];
  while (texts.nextNode()) {
    const {currentNode: text} = texts, start = text.data.indexOf(said);
    if (start < 0 || !text.parentNode.checkVisibility()) continue;
    const places = [...said].map((sign, at) => {
      const range = document.createRange();
      range.setStart(text, start + at);
      range.setEnd(text, start + at + 1);
      const {left, top} = range.getBoundingClientRect();
      return {sign, left, top};
    });
    seen.push(places.sort((one, other) => one.top - other.top || one.left - other.left).map(one => one.sign).join(''));
  }
  return seen;
}"""

LATIN = {
    "": ["Is it C++?", "Sammy Davis Jr.", "Ana Dinh (MIT)", "IEEE Trans. Robot.", "Best Paper!"],
    "papers/davis2022/": ["Sammy Davis Jr.", "C++", "Talk at MIT (2022).", "Davis, S., Jr., "],
    "authors/sammy-davis-jr/": ["Sammy Davis Jr.", "Ana Dinh (MIT)", "C++"],
    "print/": ["Sammy Davis Jr.", "Ana Dinh (MIT)", "Is it C++?", "IEEE Trans. Robot.", "Best Paper!"],
}
"""Page of a site from right to left -> what stands on it in Latin letters."""


@pytest.mark.parametrize("path", LATIN)
def test_latin_texts_keep_their_order_on_a_site_from_right_to_left(sites, page, theme, path):
    sites.open(page, theme, path, "arabic")
    seen = {said: set(page.evaluate(AS_SEEN, said)) for said in LATIN[path]}
    assert seen == {said: {said} for said in LATIN[path]}


def test_all_words_of_a_piece_of_code_are_of_one_size(sites, page, theme):
    sites.open(page, theme, PAPER)
    sizes = page.evaluate("[...document.querySelectorAll('pre span')].map((one) => getComputedStyle(one).fontSize)")
    assert len(sizes) > 2
    assert len(set(sizes)) == 1


PLATES = {"journal": "rgb(228, 229, 231)", "lab": "rgb(228, 231, 236)", "plain": "rgb(228, 229, 231)"}
"""What is behind a figure in the dark."""


def test_a_figure_without_a_ground_can_be_seen_in_the_dark(sites, browser, theme):
    with new_page(browser, color_scheme="dark") as page:
        sites.open(page, theme, "papers/words2024/", "wordy")
        page.locator(".prose img").wait_for()
        ground = page.evaluate("getComputedStyle(document.querySelector('.prose img')).backgroundColor")
        page.emulate_media(color_scheme="light")
        light = page.evaluate("getComputedStyle(document.querySelector('.prose img')).backgroundColor")
    assert (ground, light) == (PLATES[theme], "rgba(0, 0, 0, 0)")


def test_a_printed_list_is_as_wide_as_the_sheet(sites, browser, theme):
    """Whatever stands beside it on a screen, and is not printed."""
    with new_page(browser, viewport={"width": 700, "height": 900}) as page:
        sites.open(page, theme, "papers/", "wordy")
        page.emulate_media(media="print")
        right = page.evaluate("document.querySelector('.group').getBoundingClientRect().right")
    assert right > 680


def test_links_to_files_are_not_printed(sites, browser, theme):
    with new_page(browser) as page:
        sites.open(page, theme, "", "wordy")
        page.emulate_media(media="print")
        seen = page.evaluate(
            "[...document.querySelectorAll('.get a, .actions a, .more a')].filter((one) => one.checkVisibility()).length"
        )
    assert seen == 0


def test_the_way_to_all_papers_looks_like_a_link(sites, page, theme):
    sites.open(page, theme, "", "wordy")
    line = page.evaluate("getComputedStyle(document.querySelector('.newest .more > a')).textDecorationLine")
    assert line == "underline"
