"""Search as a visitor has it: the box, the filters, the address, the keyboard, in every theme."""

import json
import shutil
import time
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.browser.conftest import SOURCES
from tests.browser.test_every_page import violations, watch
from tests.conftest import PATIENCE, build_site, new_page

RESULTS = "[...document.querySelectorAll('.found:not([hidden]) h3')].map((title) => title.innerText)"


def until(page, condition):
    """Wait for it. Playwright's own way to wait is forbidden by the strict content policy."""
    deadline = time.monotonic() + PATIENCE
    while not page.evaluate(condition):
        assert time.monotonic() < deadline, condition
        page.wait_for_timeout(25)


def ask(page, text):
    """Write into the box and wait for the answer."""
    page.fill("#page\\:search", text)
    answered(page)


def answered(page):
    """Wait for the answer to what has just been asked: from that moment on, the results are marked as waiting."""
    until(page, "!document.querySelector('.found.waiting')")
    until(page, "document.querySelector('.answer').textContent")


def counts(page, facet):
    """Label -> number of one group of filters."""
    script = """(facet) => Object.fromEntries([...document.querySelectorAll(`[data-facet="${facet}"] li label`)]
      .map((label) => [label.children[1].textContent, Number(label.children[2].textContent)]))"""
    return page.evaluate(script, facet)


def tick(page, label):
    page.locator(".filters li label", has=page.get_by_text(label, exact=True)).click()
    answered(page)


def query_of(page):
    return parse_qs(urlsplit(page.url).query)


def test_the_index_is_fetched_when_the_box_is_first_used(sites, page, theme):
    fetched = []
    page.on("request", lambda request: fetched.append(request.url))
    sites.open(page, theme, "papers/", "fifty")
    page.wait_for_load_state("networkidle")
    before = [url for url in fetched if "/search/" in url]
    with page.expect_request_finished(lambda request: "/search/" in request.url):
        page.focus("#page\\:search")
    page.wait_for_load_state("networkidle")

    assert before == []
    assert [urlsplit(url).path.rpartition("/search/")[2] for url in fetched if "/search/" in url] == ["index.json"]


def test_files_of_the_index_are_asked_for_by_what_is_in_them(sites, page):
    fetched = []
    page.on("request", lambda request: fetched.append(request.url))
    sites.open(page, "journal", "papers/", "fifty")
    ask(page, '"looped transformers"')
    version = json.loads((sites.path("journal", "fifty") / "search" / "index.json").read_text())["version"]
    asked = [url.rpartition("/search/")[2] for url in fetched if "/search/" in url and not url.endswith("index.json")]

    assert len(asked) >= 3
    assert all(name.endswith(f"?{version}") for name in asked)


def test_results_take_the_place_of_the_list_and_their_number_is_announced(sites, page, theme):
    complaints = watch(page)
    sites.open(page, theme, "papers/", "fifty")
    ask(page, "looped transformers")

    assert set(page.evaluate(RESULTS)) == {
        "Looped Transformers as Programmable Computers",
        "Looped Transformers are Better at Learning Learning Algorithms",
    }
    assert page.get_by_role("status").inner_text() == "2 papers"
    assert page.locator("main > .group").first.is_hidden()
    assert page.locator(".tools nav").is_hidden()
    assert set(page.evaluate("[...document.querySelectorAll('.found mark')].map((one) => one.textContent)")) >= {
        "Looped"
    }
    ask(page, "zzzz")
    assert page.get_by_role("status").inner_text() == "No papers found."
    assert page.locator(".found h2").is_hidden()
    page.fill("#page\\:search", "")
    until(page, "document.querySelector('.found').hidden")
    assert page.locator("main > .group").first.is_visible()
    assert complaints == []


def test_titles_keep_their_formulas_and_links_lead_to_papers(sites, page):
    sites.open(page, "journal", "papers/")
    ask(page, "maps of dust")

    assert page.locator(".found h3 math").count() == 1
    page.locator(".found h3 a").first.click()
    page.wait_for_url("**/journal/lab/papers/quist2024maps/")


def test_filters_combine_and_their_numbers_follow(sites, page, theme):
    """Within a group one of the chosen suffices; between groups all are needed; numbers say what is left."""
    sites.open(page, theme, "papers/", "fifty")
    page.click(".narrow")
    page.wait_for_selector(".filters li")
    every = counts(page, "tag")
    tick(page, "transformers")
    first = int(page.get_by_role("status").inner_text().split()[0])
    assert first == every["transformers"]
    assert counts(page, "tag")["reasoning"] == every["reasoning"]
    tick(page, "reasoning")
    either = int(page.get_by_role("status").inner_text().split()[0])
    assert first < either <= every["transformers"] + every["reasoning"]
    authors = counts(page, "author")
    name, number = next(iter(authors.items()))
    tick(page, name)
    assert page.get_by_role("status").inner_text().split()[0] == str(number)
    ask(page, "zzzz")
    assert page.get_by_role("status").inner_text() == "No papers found."
    page.fill("#page\\:search", "")
    page.click(".filters [type=reset]")
    until(page, "document.querySelector('.found').hidden")
    assert query_of(page) == {}


def test_years_narrow(sites, page):
    sites.open(page, "journal", "papers/", "fifty")
    page.click(".narrow")
    page.wait_for_selector(".filters li")
    page.fill("[name=from]", "2019")
    page.press("[name=from]", "Tab")
    answered(page)
    page.fill("[name=to]", "2020")
    page.press("[name=to]", "Tab")
    answered(page)

    assert query_of(page) == {"from": ["2019"], "to": ["2020"]}
    assert set(
        page.evaluate("[...document.querySelectorAll('.found time')].map((time) => time.dateTime.slice(0, 4))")
    ) <= {"2019", "2020"}


def test_a_search_is_an_address_that_can_be_sent(sites, page, browser, theme):
    sites.open(page, theme, "papers/", "fifty")
    ask(page, "transformers")
    page.click(".narrow")
    page.wait_for_selector(".filters li")
    tick(page, "in-context learning")
    with new_page(browser) as other:
        other.goto(page.url)
        answered(other)

        assert query_of(other) == {"q": ["transformers"], "tag": ["in-context-learning"]}
        assert other.evaluate(RESULTS) == page.evaluate(RESULTS) != []
        assert other.input_value("#page\\:search") == "transformers"
        assert other.is_checked('[value="in-context-learning"]')


def test_back_leads_to_the_search_before_and_typing_is_one_step(sites, page):
    sites.open(page, "journal", "papers/", "fifty")
    page.focus("#page\\:search")
    page.keyboard.type("loop")
    page.keyboard.type("ed", delay=10)
    answered(page)
    page.click(".narrow")
    page.wait_for_selector(".filters li")
    tick(page, "Liu Yang")
    assert query_of(page) == {"q": ["looped"], "author": ["liu-yang"]}
    page.go_back()
    until(page, "!location.search.includes('author')")
    assert query_of(page) == {"q": ["looped"]}
    assert page.input_value("#page\\:search") == "looped"
    page.go_back()
    until(page, "document.querySelector('.found').hidden")
    assert query_of(page) == {}
    assert page.input_value("#page\\:search") == ""


def test_a_search_that_is_printed_says_what_was_asked_for_and_how_much_is_there(sites, page, theme):
    sites.open(page, theme, "papers/?q=learning&from=2019&tag=in-context-learning", "fifty")
    answered(page)
    few = page.get_by_role("status").inner_text()
    printed = page.locator(".found .printed")
    assert printed.is_hidden()
    page.emulate_media(media="print")

    assert printed.inner_text() == f"learning · in-context learning · 2019–: {few}"
    assert page.locator(".opening .facts").is_hidden()
    assert page.evaluate("getComputedStyle(document.querySelector('mark')).backgroundColor") == "rgba(0, 0, 0, 0)"
    page.emulate_media(media="screen")
    page.click(".filters [type=reset]")
    until(page, "document.querySelector('.further').checkVisibility()")
    page.emulate_media(media="print")
    many = page.evaluate("document.querySelector('.answer').textContent")
    assert printed.inner_text() == f"learning: {many} (1–10)"


def test_while_the_index_is_on_its_way_the_visitor_is_told(sites, page):
    held = []

    def hold(route):
        held.append(route)

    page.route("**/search/index.json", hold, times=1)
    sites.open(page, "journal", "papers/", "fifty")
    page.fill("#page\\:search", "looped")
    until(page, "document.querySelector('.answer').textContent === '…'")
    held[0].continue_()
    until(page, "document.querySelector('.answer').textContent === '2 papers'")


FEW_ADDRESSES = """{
  let left = 100;
  for (const name of ["pushState", "replaceState"]) {
    const write = history[name];
    history[name] = (...given) => {
      if (!left--) throw new DOMException("Attempt to use history too often", "SecurityError");
      write.apply(history, given);
    };
  }
}"""


def test_a_page_shows_what_the_box_says_however_fast_somebody_types(sites, page):
    """Safari takes a hundred addresses in ten seconds, and then none."""
    complaints = watch(page)
    page.add_init_script(FEW_ADDRESSES)
    sites.open(page, "journal", "papers/", "fifty")
    page.focus("#page\\:search")
    for _ in range(110):
        page.keyboard.press("x")
    for _ in range(110):
        page.keyboard.press("Backspace")
    until(page, "document.querySelector('.found').hidden")

    assert page.get_by_role("status").inner_text() == ""
    assert page.locator("main > .group").first.is_visible()
    assert complaints == []


@pytest.mark.parametrize("leave", ["Enter", "Tab"])
def test_a_search_that_has_just_been_typed_is_found_again(sites, page, leave):
    """Nobody waits for the address before they follow a result."""
    page.add_init_script(
        "{ const later = setTimeout; setTimeout = (does, wait, ...given) => wait === 250 ? -1 : later(does, wait, ...given) }"
    )
    sites.open(page, "journal", "papers/", "fifty")
    page.focus("#page\\:search")
    page.keyboard.type("looped")
    answered(page)
    page.keyboard.press(leave)
    page.locator(".found h3 a").first.click()
    page.wait_for_url("**/papers/*/")
    page.go_back()
    answered(page)

    assert query_of(page) == {"q": ["looped"]}


def focused(page):
    return page.evaluate("document.activeElement.closest('h3')?.innerText ?? document.activeElement.id")


def test_the_keyboard_alone_is_enough(sites, page):
    sites.open(page, "lab", "papers/", "fifty")
    page.keyboard.press("/")
    assert focused(page) == "page:search"
    page.keyboard.type("looped transformers")
    answered(page)
    titles = page.evaluate(RESULTS)
    page.keyboard.press("ArrowDown")
    assert focused(page) == titles[0]
    page.keyboard.press("ArrowDown")
    assert focused(page) == titles[1]
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert focused(page) == "page:search"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    assert focused(page) == "page:search"
    page.keyboard.press("Enter")
    until(page, "document.activeElement.closest('h3')")
    page.keyboard.press("Enter")
    page.wait_for_url("**/papers/*/")
    page.go_back()
    answered(page)
    page.focus("#page\\:search")
    page.keyboard.press("Escape")
    until(page, "document.querySelector('.found').hidden")
    assert query_of(page) == {}


def test_a_slash_can_be_written(sites, page):
    sites.open(page, "journal", "papers/", "fifty")
    page.focus("#page\\:search")
    page.keyboard.type("a/b")

    assert page.input_value("#page\\:search") == "a/b"


@pytest.mark.parametrize(("path", "text", "found"), [
    ("tags/transformers/", "looped", 2),
    ("authors/liu-yang/", "looped", 1),
    ("years/2023/", "year:2022", 0),
])  # fmt: skip
def test_the_box_of_a_list_searches_that_list(sites, page, path, text, found):
    sites.open(page, "journal", path, "fifty")
    ask(page, text)

    assert len(page.evaluate(RESULTS)) == found
    page.click(".elsewhere a")
    page.wait_for_url("**/papers/?q=*")
    answered(page)
    assert len(page.evaluate(RESULTS)) >= max(found, 1)


def test_without_scripts_the_box_leads_to_all_papers(sites, browser, theme):
    with new_page(browser, java_script_enabled=False) as page:
        for path in ("", "tags/transformers/", "authors/liu-yang/"):
            sites.open(page, theme, path, "fifty")
            page.fill("#page\\:search", "looped")
            page.press("#page\\:search", "Enter")
            page.wait_for_url("**/papers/?q=looped")
            assert page.locator("main .paper").count() == 50


@pytest.mark.parametrize("path", ["", "authors/alexander-ratner/"], ids=["home", "a list of one paper"])
def test_where_there_is_no_list_to_search_the_box_leads_to_all_papers(sites, page, path):
    sites.open(page, "journal", path, "fifty")
    page.keyboard.press("/")
    page.keyboard.type("looped")
    page.keyboard.press("Enter")
    page.wait_for_url("**/papers/?q=looped")
    answered(page)

    assert page.get_by_role("status").inner_text().endswith("papers")


def test_without_an_index_the_list_stays_and_the_visitor_is_told(sites, page, theme):
    page.route("**/search/**", lambda route: route.abort())
    sites.open(page, theme, "papers/", "fifty")
    ask(page, "looped")

    assert page.get_by_role("status").inner_text() == "Search does not work here. The lists are complete."
    assert page.locator("main > .group .paper").first.is_visible()


def test_from_the_disk_the_visitor_is_told(sites, page):
    page.goto((sites.path("journal", "fifty") / "papers" / "index.html").as_uri())
    ask(page, "looped")

    assert page.get_by_role("status").inner_text() == "Search does not work here. The lists are complete."


def test_results_and_filters_are_accessible(sites, page, theme, axe):
    for scheme, width in (("light", 390), ("dark", 1280)):
        page.set_viewport_size({"width": width, "height": 900})
        sites.open(page, theme, "papers/?q=transformers&tag=transformers", "fifty")
        page.wait_for_selector(".filters li")
        answered(page)

        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert violations(page, axe, ((width, scheme),)) == []


def test_what_a_paper_says_is_never_run(sites, page):
    """Titles and names come from the index as text, or as the HTML of every other list."""
    complaints = watch(page)
    sites.open(page, "journal", "papers/?q=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E&tag=%22%3E%3Cb%3E", "fifty")
    answered(page)

    assert complaints == []
    assert page.evaluate("document.querySelectorAll('main b, main img[src=x]').length") == 0


# A page that stays open while the site changes


@pytest.fixture(scope="module")
def later(tmp_path_factory):
    """The fifty papers, with three new ones before all others: every number means another paper."""
    folder = tmp_path_factory.mktemp("later")
    shutil.copytree(SOURCES["fifty"], folder / "source")
    for number in range(3):
        text = (
            f"---\ntitle: Looped zebras {number}\nauthors: [Ada Quist]\ndate: 2026-10-0{number + 1}\n---\nOf stripes.\n"
        )
        (folder / "source" / "papers" / f"quist2026zebras{number}.md").write_text(text, encoding="utf-8")
    build_site(folder / "source", folder / "site")
    return folder / "site"


def change_site(page, later, *, but=()):
    """From now on ``later`` is served. A host looks at names alone; files of ``but`` it has not got yet."""

    def answer(route):
        path = "search/" + urlsplit(route.request.url).path.rpartition("/search/")[2]
        if path in but:
            route.fallback()
        else:
            route.fulfill(path=later / path) if (later / path).exists() else route.fulfill(status=404)

    page.route("**/search/**", answer)


def look_after_a_while(page):
    page.evaluate("() => { const now = Date.now; Date.now = () => now() + 60_000; }")


def read_index(page):
    with page.expect_request_finished(lambda request: request.url.endswith("/search/index.json")):
        page.focus("#page\\:search")


def of_a_new_visitor(sites, browser, later, query):
    with new_page(browser) as other:
        change_site(other, later)
        sites.open(other, "journal", f"papers/?q={query}", "fifty")
        answered(other)
        return other.evaluate(RESULTS)


@pytest.mark.parametrize("query", ["looped", "year:2022", '"in context"'])
def test_numbers_of_one_index_are_not_looked_up_in_another(sites, page, browser, later, query):
    """The index was read before the site changed, its other files are read after that."""
    sites.open(page, "journal", "papers/", "fifty")
    read_index(page)
    change_site(page, later)
    ask(page, query)

    assert page.evaluate(RESULTS) == of_a_new_visitor(sites, browser, later, query) != []


def test_more_results_of_an_index_that_is_no_more_are_those_of_the_new_one(sites, page, browser, later):
    sites.open(page, "journal", "papers/?q=learning", "fifty")
    answered(page)
    change_site(page, later)
    with page.expect_request_finished(lambda request: request.url.endswith("/search/index.json")):
        page.click(".further")
    answered(page)

    assert page.evaluate(RESULTS) == of_a_new_visitor(sites, browser, later, "learning")


def test_a_page_that_holds_all_it_needs_looks_after_a_while_whether_the_site_has_changed(sites, page, later):
    sites.open(page, "journal", "papers/", "fifty")
    ask(page, "looped zebras")
    assert page.get_by_role("status").inner_text() == "No papers found."
    change_site(page, later)
    look_after_a_while(page)
    ask(page, "zebras looped")

    assert len(page.evaluate(RESULTS)) == 3


def test_without_a_line_a_page_goes_on_with_what_it_holds(sites, page):
    sites.open(page, "journal", "papers/", "fifty")
    ask(page, "looped")
    titles = page.evaluate(RESULTS)
    page.route("**/search/**", lambda route: route.abort())
    look_after_a_while(page)
    ask(page, "looped ")

    assert page.evaluate(RESULTS) == titles != []


def test_where_files_do_not_go_together_nothing_wrong_is_shown(sites, page, later):
    """Half of the site has arrived at the host."""
    sites.open(page, "journal", "papers/", "fifty")
    change_site(page, later, but=("search/index.json", "search/terms/0.json"))
    ask(page, "looped")

    assert page.get_by_role("status").inner_text() == "Search does not work here. The lists are complete."
    page.unroute("**/search/**")
    ask(page, "looped ")
    assert len(page.evaluate(RESULTS)) == 2


def test_more_results_asked_for_twice_come_once(sites, page):
    sites.open(page, "journal", "papers/?q=learning", "fifty")
    answered(page)
    whole = int(page.get_by_role("status").inner_text().split()[0])
    links = "[...document.querySelectorAll('.found h3 a')].map((link) => link.href)"
    page.evaluate(
        "() => { const more = document.querySelector('.further'); more.click(); more.click(); more.click(); }"
    )
    until(page, "document.querySelectorAll('.found h3').length > 10")
    assert len(page.evaluate(links)) == 20
    while page.locator(".further").is_visible():
        shown = len(page.evaluate(links))
        page.click(".further")
        until(page, f"document.querySelectorAll('.found h3').length > {shown}")

    assert len(set(page.evaluate(links))) == len(page.evaluate(links)) == whole


def test_back_leads_to_the_years_before_even_in_the_field_one_is_in(sites, page):
    sites.open(page, "journal", "papers/?q=learning&to=2023", "fifty")
    answered(page)
    until(page, "document.querySelector('[name=to]').max")
    page.fill("[name=to]", "2022")
    page.press("[name=to]", "Enter")
    until(page, "location.search.includes('2022')")
    page.go_back()
    until(page, "location.search.includes('2023')")

    until(page, "document.querySelector('[name=to]').value === '2023'")
    page.press("[name=to]", "Tab")
    assert query_of(page) == {"q": ["learning"], "to": ["2023"]}


def test_what_comes_into_the_list_later_stays_behind_the_results(sites, page):
    """A preview brings new groups into pages that are open."""
    sites.open(page, "journal", "papers/", "fifty")
    ask(page, "looped")
    page.evaluate("""() => {
      const group = document.querySelector("main > .group").cloneNode(true);
      group.hidden = false;
      document.querySelector("main").append(group);
    }""")

    until(page, "[...document.querySelectorAll('main > .group')].every((group) => group.hidden)")
    page.fill("#page\\:search", "")
    until(page, "[...document.querySelectorAll('main > .group')].every((group) => !group.hidden)")
