"""The published branch, served as GitHub Pages serves it: at a root, below a path, under a domain of its own."""

import gzip
import shutil
import subprocess
from contextlib import suppress
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from mimetypes import guess_type
from pathlib import Path
from threading import Thread
from urllib.parse import unquote, urlsplit

import pytest

from labpress.edges.cli import main
from tests.conftest import PATIENCE, TESTS

KINDS = {
    "home",
    "papers",
    "paper",
    "tags",
    "tag",
    "years",
    "year",
    "authors",
    "author",
    "people",
    "venues",
    "venue",
    "statistics",
    "page",
}


class Pages(BaseHTTPRequestHandler):
    """GitHub Pages: a base path, a slash after folders, page for page.html, 404.html, gzip, and case that counts."""

    def __init__(self, *arguments, folder: Path, base: str) -> None:
        self.folder, self.base = folder, base
        super().__init__(*arguments)

    def do_GET(self):
        path = unquote(urlsplit(self.path).path)
        file = self.folder / path.removeprefix(self.base).lstrip("/")
        if not path.startswith(self.base):
            self.answer(404, b"another site", "text/plain")
        elif file.is_dir() and not path.endswith("/"):
            self.send_response(301)
            self.send_header("Location", f"{self.path}/")
            self.end_headers()
        elif found := next(filter(Path.is_file, (file, file / "index.html", Path(f"{file}.html"))), None):
            self.answer(200, found.read_bytes(), guess_type(found)[0] or "application/octet-stream")
        else:
            self.answer(404, (self.folder / "404.html").read_bytes(), "text/html")

    def answer(self, status, data, kind):
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if kind.startswith("text/") else kind)
        if kind.startswith("text/"):
            data = gzip.compress(data)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        with suppress(ConnectionError):  # The browser went to the next page before it had all of this one.
            self.wfile.write(data)

    def log_message(self, *_facts):
        pass


def git(folder, *arguments):
    subprocess.run(["git", *arguments], cwd=folder, capture_output=True, check=True)


ADDRESSES = {
    "user site": ("https://lab.github.io/", "/", ""),
    "project site": ("https://lab.github.io/repo/", "/repo/", ""),
    "own domain": ("https://papers.example.org/", "/", "papers.example.org\n"),
}
"""Kind of site -> its address, the path that it is served at, and what its file CNAME says."""


@pytest.fixture(scope="module", params=ADDRESSES)
def published(request, tmp_path_factory):
    """Address and checkout of one published site."""
    url, base, domain = ADDRESSES[request.param]
    place = tmp_path_factory.mktemp("published")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(place)
        patch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
        for name in ("AUTHOR", "COMMITTER"):
            patch.setenv(f"GIT_{name}_NAME", "Ada")
            patch.setenv(f"GIT_{name}_EMAIL", "ada@example.org")
        shutil.copytree(TESTS / "lab", place / "site_src")
        git(place, "init", "-q")
        git(place, "init", "-q", "--bare", "remote.git")
        git(place, "remote", "add", "origin", "remote.git")
        assert main(["publish", "--base-url", url]) == 0
        git(place, "clone", "-q", "-b", "gh-pages", "remote.git", "branch")
    cname = place / "branch" / "CNAME"
    assert (cname.read_text(encoding="utf-8") if cname.exists() else "") == domain
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Pages, folder=place / "branch", base=base)) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}{base}"
        server.shutdown()


class Visit:
    """A browser's page that notes what goes wrong."""

    def __init__(self, browser, host):
        self.page = browser.new_page()
        self.page.set_default_timeout(PATIENCE * 1000)
        self.errors, self.requests = [], []
        self.page.on("console", lambda message: self.errors.append(message.text) if message.type == "error" else None)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("request", lambda sent: self.requests.append(sent.url))
        self.page.on("requestfailed", self.note_failure)
        self.host = host

    def note_failure(self, sent):
        if sent.failure != "net::ERR_ABORTED":  # The browser itself gives up an icon when the next page is opened.
            self.errors.append(f"{sent.failure}: {sent.url}")

    def open(self, url):
        """Go to ``url``; gives the status, the kind of page, and the pages of the site that it links to."""
        status = self.page.goto(url).status
        kind = self.page.evaluate("document.body.className.match(/is-([\\w]+)/)?.[1] ?? ''")
        links = self.page.evaluate("[...document.links].map(link => link.href.split('#')[0])")
        pages = [link for link in dict.fromkeys(links) if link.startswith(self.host) and link.endswith("/")]
        return status, kind, pages


@pytest.fixture
def visit(browser, published):
    visit = Visit(browser, published)
    yield visit
    visit.page.close()


def test_a_browser_finds_every_kind_of_page_by_links_alone(visit, published):
    """Two pages of each folder, from the home page on: no error, and no request to anywhere else."""
    kinds, todo, visited = set(), [published], {}
    while todo:
        url = todo.pop(0)
        folder = url.rstrip("/").rpartition("/")[0]
        if url in visited.get(folder, ()) or len(visited.get(folder, ())) >= (9 if f"{folder}/" == published else 2):
            continue
        visited.setdefault(folder, []).append(url)
        status, kind, links = visit.open(url)
        assert status == 200, url
        kinds.add(kind)
        todo += links

    assert kinds == KINDS
    assert visit.errors == []
    assert {urlsplit(url).netloc for url in visit.requests} == {urlsplit(published).netloc}


@pytest.mark.parametrize("missing", ["nowhere", "papers/nowhere/at/all/", "Papers/"])
def test_an_address_that_leads_nowhere_gives_the_sites_own_page_at_any_depth(missing, visit, published):
    status, kind, _links = visit.open(f"{published}{missing}")
    styles = visit.page.evaluate("[...document.styleSheets].map(sheet => sheet.cssRules.length)")
    home = visit.page.evaluate("document.querySelector('.brand').href")

    assert (status, kind) == (404, "404")
    assert styles
    assert all(styles)
    assert home == published
    assert visit.open(home)[0] == 200


def test_a_folder_without_its_slash_is_found(visit, published):
    assert visit.open(f"{published}papers")[:2] == (200, "papers")
