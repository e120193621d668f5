"""Every save shows in the browser, at once and in place."""

import struct
import zlib

import pytest

from labpress.edges.disk import builtin_folder
from tests.conftest import new_page
from tests.serve.conftest import SERVE, eventually, running

MAPS = "src/papers/quist2024maps.md"
ADDRESS = "papers/quist2024maps/"


@pytest.fixture
def complaints(page, preview):  # noqa: ARG001  The lab is put back when nobody looks at the page any more.
    """Whatever the page complains of; a test that has it fails if there is anything."""
    found = []
    page.on("console", lambda message: found.append(message.text))
    page.on("pageerror", lambda error: found.append(str(error)))
    yield found
    assert found == []


def open_page(page, preview, path=""):
    page.goto(preview.url + path)
    page.evaluate("window.stays = true")
    page.wait_for_selector("labpress-preview", state="attached")


def text_of(page, selector="main"):
    return page.inner_text(selector)


def top_of(page, text):
    return page.locator("p", has_text=text).bounding_box()["y"]


def stays_at(page, text, top):
    """The browser scrolls to where the text has gone when it next lays out the page."""
    page.wait_for_function(
        "([text, top]) => Math.abs([...document.querySelectorAll('p')].find((one) => one.textContent.includes(text))"
        ".getBoundingClientRect().y - top) < 5",
        arg=[text, top],
    )


def shows(page, text, selector="main"):
    page.wait_for_function(
        "([where, text]) => document.querySelector(where)?.innerText.includes(text)", arg=[selector, text]
    )


def hides(page, text, selector="main"):
    page.wait_for_function(
        "([where, text]) => document.querySelector(where)?.innerText.includes(text) === false", arg=[selector, text]
    )


@pytest.mark.usefixtures("complaints")
def test_a_morning_of_edits(page, preview):
    """Edit, break, mend, restyle, add and delete: one page, never left."""
    open_page(page, preview, ADDRESS)
    page.evaluate("scrollTo(0, 700)")
    top = top_of(page, "Paragraph 20 ")

    told = len(preview.output)
    preview.edit(MAPS, "About maps.", "About *better* maps.\n\nAnd more of them.")
    shows(page, "About better maps.")
    preview.says("files in", after=told)  # From here on, this is the last good page, whatever overtakes what.
    assert page.evaluate("scrollY") >= 700
    stays_at(page, "Paragraph 20 ", top)

    preview.edit(MAPS, "title: Maps", "title: [Maps")
    panel = page.locator("labpress-preview .panel")
    panel.wait_for(state="visible")
    words = panel.inner_text()
    assert "src/papers/quist2024maps.md:3:8" in words
    assert "expected a comma or the closing bracket" in words
    assert "close the bracket" in words
    link = panel.locator("a").first.get_attribute("href")
    assert link == f"vscode://file{preview.folder}/{MAPS}:3:8"
    assert "About better maps." in text_of(page), "the last good page stays"

    preview.edit(MAPS, "title: [Maps", "title: Old maps")
    panel.wait_for(state="hidden")
    shows(page, "Old maps", "h1")
    stays_at(page, "Paragraph 20 ", top)

    preview.write("src/themes/journal/assets/journal.css", "body { background: rgb(1, 2, 3) }\n")
    page.wait_for_function("() => getComputedStyle(document.body).backgroundColor === 'rgb(1, 2, 3)'")
    assert page.evaluate("window.stays"), "the page has been left"
    assert page.evaluate("performance.getEntriesByType('navigation').length") == 1


@pytest.mark.usefixtures("complaints")
def test_a_paper_that_comes_and_goes_shows_in_the_lists(page, preview):
    open_page(page, preview, "papers/")
    new = (preview.folder / MAPS).read_text().replace("title: Maps", "title: A new paper").replace("2024-05-01", "2025")

    preview.write("src/papers/quist2025new.md", new)
    shows(page, "A new paper")
    (preview.folder / "src/papers/quist2025new.md").unlink()
    hides(page, "A new paper")

    assert page.evaluate("window.stays")


@pytest.mark.usefixtures("complaints")
def test_what_scripts_and_the_reader_have_done_to_the_page_stays(page, preview):
    open_page(page, preview, ADDRESS)
    page.click("button.scheme")
    scheme = page.evaluate("document.documentElement.dataset.scheme")
    page.evaluate("document.querySelector('main').prepend(Object.assign(document.createElement('aside'), {id: 'own'}))")
    button = page.evaluate_handle("document.querySelector('.copy')")

    preview.edit(MAPS, "About maps.", "About new maps.\n\nIn two paragraphs.")
    shows(page, "In two paragraphs.")

    assert scheme
    assert page.evaluate("document.documentElement.dataset.scheme") == scheme
    assert page.evaluate("document.documentElement.classList.contains('js')")
    assert page.locator("#own").count() == 1
    assert button.evaluate("(one) => one.isConnected"), "a button would have lost what it does"


@pytest.mark.usefixtures("complaints")
def test_the_page_of_another_paper_is_a_hint(page, preview):
    open_page(page, preview, "papers/quist2023walls/")

    preview.edit(MAPS, "About maps.", "About other maps.")

    hint = page.locator("labpress-preview .hint a")
    hint.wait_for(state="visible")
    assert hint.inner_text() == MAPS
    hint.click()
    shows(page, "About other maps.")


@pytest.mark.usefixtures("complaints")
def test_a_hint_goes_with_its_page(page, preview):
    page.add_init_script(
        "{ const later = setTimeout; window.setTimeout = (does, wait) => wait < 9000 && later(does, wait); }"
    )
    open_page(page, preview, "papers/quist2023walls/")
    preview.edit(MAPS, "About maps.", "About other maps.")
    page.locator("labpress-preview .hint").wait_for(state="visible")

    (preview.folder / MAPS).unlink()

    page.locator("labpress-preview .hint").wait_for(state="hidden")


@pytest.mark.usefixtures("complaints")
def test_a_hint_hides_no_fault(page, preview):
    open_page(page, preview, "papers/quist2023walls/")
    preview.edit(MAPS, "About maps.", "About other maps.")
    page.locator("labpress-preview .hint").wait_for(state="visible")
    preview.edit(MAPS, "title: Maps", "title: [Maps")
    page.locator("labpress-preview .panel").wait_for(state="visible")
    panel, hint = (page.locator(f"labpress-preview .{name}").bounding_box() for name in ("panel", "hint"))

    assert panel["y"] + panel["height"] <= hint["y"]


@pytest.mark.usefixtures("complaints")
def test_faults_that_are_closed_stay_closed_until_there_are_others(page, preview):
    open_page(page, preview, "papers/")
    panel, toggle = page.locator("labpress-preview .panel"), page.locator("labpress-preview .toggle")
    preview.edit(MAPS, "title: Maps", "title: [Maps")
    panel.wait_for(state="visible")
    page.focus("input.short")
    page.keyboard.press("Escape")
    panel.wait_for(state="hidden")
    open_page(page, preview, "papers/quist2023walls/")
    toggle.wait_for(state="visible")
    assert panel.is_hidden()

    preview.edit("src/papers/quist2023walls.md", "title: Walls", "title: [Walls")
    panel.wait_for(state="visible")
    toggle.click()
    panel.wait_for(state="hidden")
    toggle.click()
    open_page(page, preview, "papers/")
    panel.wait_for(state="visible")


@pytest.mark.usefixtures("complaints")
def test_the_preview_s_own_parts_are_not_printed(page, preview):
    open_page(page, preview, ADDRESS)
    page.locator("labpress-preview .source a").wait_for(state="visible")

    page.emulate_media(media="print")

    assert page.locator("labpress-preview .stack").is_hidden()


@pytest.mark.usefixtures("complaints")
def test_a_page_says_where_it_comes_from_and_e_opens_its_file(page, preview):
    page.add_init_script("""addEventListener('click', (event) => {
      const link = event.composedPath().find((one) => one.localName === 'a');
      if (link?.href.startsWith('vscode:')) { window.opened = link.href; event.preventDefault(); }
    }, true)""")
    open_page(page, preview, ADDRESS)

    assert page.locator("labpress-preview .source a").inner_text() == MAPS
    page.keyboard.press("e")

    assert page.evaluate("window.opened") == f"vscode://file{preview.folder}/{MAPS}:1:1"


@pytest.mark.usefixtures("complaints")
def test_a_draft_is_shown_and_marked(page, preview):
    open_page(page, preview, ADDRESS)

    preview.edit(MAPS, "tags:", "draft: true\ntags:")

    shows(page, "Draft", ".facts")
    page.locator("labpress-preview .source b", has_text="Draft").wait_for()


def is_loaded_anew(page):
    page.wait_for_function("() => !window.stays && document.readyState === 'complete'")


def copied(page):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.click(".copy")
    page.wait_for_function("() => document.querySelector('.copy').textContent === 'Copied'")
    return page.evaluate("navigator.clipboard.readText()")


@pytest.mark.usefixtures("complaints")
@pytest.mark.parametrize("detail", ["tags: [dust]", "doi: 10.5555/12345678"])
def test_a_copy_button_copies_what_the_page_shows_now(page, preview, detail):
    """The first detail of an entry comes before its BibTeX, and moves it."""
    preview.edit(MAPS, "tags: [dust]\n", "")
    eventually(lambda: b"dust" not in (preview.folder / "out" / ADDRESS / "index.html").read_bytes())
    open_page(page, preview, ADDRESS)

    preview.edit(MAPS, "title: Maps\n", f"title: New maps\n{detail}\n")
    shows(page, "New maps", "h1")
    is_loaded_anew(page)

    assert "New maps" in copied(page)


BASE = builtin_folder() / "templates/base.html"
WRAPPED = BASE.read_text(encoding="utf-8").replace("<main", "<div class=wrap><main").replace("</main>", "</main></div>")


@pytest.mark.usefixtures("complaints")
def test_a_search_goes_on_where_a_template_moves_its_box(page, preview):
    open_page(page, preview, "papers/")
    page.fill("#page\\:search", "walls")

    preview.write("src/templates/base.html", WRAPPED)
    page.wait_for_selector(".wrap", state="attached")
    is_loaded_anew(page)

    page.wait_for_function("() => document.querySelector('.answer').textContent === '1 paper'")
    assert page.input_value("#page\\:search") == "walls"
    assert page.evaluate("document.activeElement.id") == "page:search"
    page.keyboard.type(" zzzz")
    page.wait_for_function("() => document.querySelector('.answer').textContent === 'No papers found.'")


def finds(page, answer, *titles):
    page.wait_for_function(
        """([answer, titles]) => document.querySelector('.answer')?.textContent === answer
          && [...document.querySelectorAll('.found:not([hidden]) h3')].map((one) => one.textContent).join() === titles""",
        arg=[answer, ",".join(titles)],
    )


@pytest.mark.usefixtures("complaints")
def test_results_and_filters_follow(page, preview):
    open_page(page, preview, "papers/?q=quist")
    finds(page, "2 papers", "Maps", "Walls")
    page.click(".narrow")
    page.wait_for_selector(".filters li")

    preview.edit(MAPS, "title: Maps", "title: New maps")
    finds(page, "2 papers", "New maps", "Walls")
    preview.edit(MAPS, "tags: [dust]", "tags: [dust, sand]")
    page.wait_for_selector(".filters input[value=sand]")
    preview.edit("src/site.yml", "editor:", "language: de\neditor:")
    finds(page, "2 Publikationen", "New maps", "Walls")
    preview.edit("src/site.yml", "language: de\n", "")
    finds(page, "2 papers", "New maps", "Walls")
    assert page.evaluate("window.stays")
    (preview.folder / MAPS).unlink()
    finds(page, "1 paper", "Walls")


def test_a_search_that_is_turned_off_and_on_again_works(page, preview):
    open_page(page, preview, "papers/?q=maps")
    finds(page, "1 paper", "Maps")

    preview.edit("src/site.yml", "editor:", "features: {search: false}\neditor:")
    page.wait_for_selector(".narrows", state="detached")
    preview.edit("src/site.yml", "features: {search: false}\n", "")
    finds(page, "1 paper", "Maps")


@pytest.mark.usefixtures("complaints")
def test_controls_that_come_into_the_page_do_what_they_say(page, preview):
    """Of one paper there is no short list; without a search, the list has no other control."""
    (preview.folder / "src/papers/quist2023walls.md").unlink()
    preview.edit("src/site.yml", "editor:", "features: {search: false}\neditor:")
    papers = preview.folder / "out/papers/index.html"
    eventually(lambda: papers.exists() and b"<input" not in papers.read_bytes())
    open_page(page, preview, "papers/")

    preview.write("src/papers/quist2025new.md", (preview.folder / MAPS).read_text())
    page.wait_for_selector("input.short")
    is_loaded_anew(page)
    page.check("input.short")

    assert page.evaluate("document.documentElement.classList.contains('short')")


def test_a_page_that_is_deleted_gives_way_to_the_404_page_and_comes_back(page, preview):
    open_page(page, preview, ADDRESS)
    text = (preview.folder / MAPS).read_text()

    (preview.folder / MAPS).unlink()
    shows(page, "Page not found")
    preview.write(MAPS, text)
    shows(page, "About maps.")

    page.wait_for_load_state()
    assert "Maps" in copied(page)
    preview.says("nothing at /pubs/papers/quist2024maps/")


def test_a_page_that_is_not_there_yet_comes_under_the_address_that_it_will_have(page, preview):
    """Links in it go by the address of its folder, which ends in a slash."""
    open_page(page, preview, "papers/quist2025new#abstract")
    shows(page, "Page not found")

    preview.write("src/papers/quist2025new.md", (preview.folder / MAPS).read_text())

    page.wait_for_url("**/papers/quist2025new/#abstract")
    shows(page, "About maps.")


def test_the_404_page_follows_too(page, preview):
    open_page(page, preview, "papers/nowhere/")
    shows(page, "The lab", "body")

    preview.edit("src/site.yml", "title: The lab", "title: Our lab")

    shows(page, "Our lab", "body")
    assert page.evaluate("window.stays")


def png(colour):
    """A picture of ten by ten points."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = (b"\0" + bytes(colour) * 10) * 10
    head = struct.pack(">IIBBBBB", 10, 10, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


HAS_COLOUR = """(colour) => {
  const shown = document.querySelector("main img");
  if (!shown?.complete || !shown.naturalWidth) return false;
  const canvas = Object.assign(document.createElement("canvas"), {width: 1, height: 1}).getContext("2d");
  canvas.drawImage(shown, 0, 0);
  return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3).join() === colour.join();
}"""


@pytest.mark.usefixtures("complaints")
def test_a_picture_that_is_replaced_under_its_name_shows(page, preview):
    picture = preview.folder / "src/papers/quist2024maps/a map.png"
    picture.parent.mkdir()
    picture.write_bytes(png((255, 0, 0)))
    preview.edit(MAPS, "About maps.", "About maps.\n\n## Seen\n\n![A map](<quist2024maps/a map.png>)\n")
    out = preview.folder / "out"
    eventually(lambda: any(out.rglob("a map.png")) and b"<img" in (out / ADDRESS / "index.html").read_bytes())
    open_page(page, preview, ADDRESS)
    page.wait_for_function(HAS_COLOUR, arg=[255, 0, 0])

    picture.write_bytes(png((0, 0, 255)))

    page.wait_for_function(HAS_COLOUR, arg=[0, 0, 255])
    picture.write_bytes(png((0, 255, 0)))
    page.wait_for_function(HAS_COLOUR, arg=[0, 255, 0])
    assert page.evaluate("window.stays")


def test_a_site_that_moves_takes_its_pages_along(page, preview):
    open_page(page, preview, ADDRESS)

    preview.edit("src/site.yml", "https://lab.example.org/pubs/", "https://lab.example.org/elsewhere/")

    page.wait_for_url(f"**/elsewhere/{ADDRESS}")
    shows(page, "About maps.")


def test_a_dozen_tabs_all_follow(browser, preview):
    """Browsers open six plain connections to a host."""
    with new_page(browser) as first:
        tabs = [first, *(first.context.new_page() for _ in range(11))]
        for tab in tabs:
            open_page(tab, preview, ADDRESS)

        preview.edit(MAPS, "About maps.", "About maps for everybody.")

        for tab in tabs:
            shows(tab, "About maps for everybody.")


def test_a_server_that_comes_again_finds_its_tabs(page, lab):
    with running(lab, *SERVE) as live:
        live.says("files in the preview")
        open_page(page, live, ADDRESS)
        port = str(live.port)
    page.locator("labpress-preview .away").wait_for(state="visible")
    live.edit(MAPS, "About maps.", "About maps again.")

    with running(lab, *SERVE[:-1], port):
        shows(page, "About maps again.")
        page.locator("labpress-preview .away").wait_for(state="hidden")
