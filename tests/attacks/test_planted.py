"""Attacks in every field of every file: nothing in the site that is built of them can run, break out or lead astray."""

from __future__ import annotations

from functools import partial
from http.server import ThreadingHTTPServer
from threading import Thread
from urllib.parse import urlsplit

import pytest

from labpress.entries.json_schemas import editor_schemas
from tests.attacks.harmless import SUM, faults_of_element, faults_of_site
from tests.attacks.planting import ATTACKS, plant, planted
from tests.browser.conftest import Handler, pages_of
from tests.conftest import build_site, new_page
from tests.torture import SCALE, times

PAPERS = min(times(8), len(ATTACKS))


@pytest.fixture(scope="module", params=range(min(SCALE, 7)))
def site(request, tmp_path_factory):
    """A site of attacks. Each ``offset`` puts other attacks into each field."""
    folder = tmp_path_factory.mktemp("planted")
    plant(folder / "content", PAPERS, offset=request.param * 3)
    build_site(folder / "content", folder / "served" / "pubs")
    return folder / "served" / "pubs"


def test_each_field_of_the_schemas_is_attacked():
    for schema in editor_schemas().values():
        values = planted(schema, iter(ATTACKS * 3))
        assert values.keys() >= schema.get("properties", {}).keys()


@pytest.mark.torture
def test_no_file_of_the_site_holds_a_script_a_handler_or_a_dangerous_address(site, count):
    assert faults_of_site(site) == []
    count("attacked fields in papers, people, topics and pages", PAPERS * len(editor_schemas()["entry"]["properties"]))


def test_template_syntax_shows_as_it_was_written(site):
    pages = [path.read_text(encoding="utf-8") for path in site.rglob("*.html")]
    assert any("{{ 7919*7907 }}" in page for page in pages)
    assert not any(str(SUM) in page for page in pages)


ELEMENTS = """[...document.querySelectorAll('*')].map((one) => [one.localName,
  Object.fromEntries([...one.attributes].map(({name, value}) => [name, value])), one.localName === 'script' ? one.textContent : ''])"""


@pytest.fixture
def address(site):
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(site.parent))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/pubs/"
        server.shutdown()


def left_for(url):
    """Whether a page leads its reader elsewhere; the empty page is what a test ends with."""
    return "/pubs/" not in url and url != "about:blank"


def watched(page) -> list[str]:
    """A list that fills with what ``page`` runs, refuses to run, and asks of others."""
    seen: list[str] = []

    def opened(dialog) -> None:
        seen.append(f"ran: {dialog.message}")
        dialog.dismiss()

    page.on("dialog", opened)
    page.on("console", lambda message: seen.append(f"console: {message.text}"))
    page.on("pageerror", lambda error: seen.append(f"error: {error}"))
    page.on("popup", lambda _: seen.append("a window"))
    page.on("download", lambda _: seen.append("a download"))
    page.on("request", lambda one: urlsplit(one.url).hostname != "127.0.0.1" and seen.append(f"asked: {one.url}"))
    page.on("framenavigated", lambda frame: left_for(frame.url) and seen.append(f"went to {frame.url}"))
    return seen


@pytest.mark.torture
@pytest.mark.parametrize("bypass_csp", [True, False], ids=["without a policy", "under its policy"])
def test_a_browser_finds_nothing_to_run(site, address, browser, bypass_csp, count):
    """Without its policy a script would run and be seen; under it, the browser would say what it has refused."""
    paths = pages_of(site)
    with new_page(browser, bypass_csp=bypass_csp) as page:
        seen = watched(page)
        for path in paths:
            page.goto(address + path)
            found = [
                fault
                for name, attributes, text in page.evaluate(ELEMENTS)
                for fault in faults_of_element(name, attributes, text)
            ]
            seen += [f"{path}: {fault}" for fault in found]
    assert seen == []
    count("pages full of attacks that a browser visited", len(paths))
