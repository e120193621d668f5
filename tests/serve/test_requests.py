"""What the preview's server answers: what GitHub Pages would, to the person's own browser, and nothing else."""

from __future__ import annotations

import asyncio
import json
import re
import select
import socket
import threading
from contextlib import closing, contextmanager

import pytest
from tornado.websocket import websocket_connect

from labpress.core.diagnostics import Diagnostic, Span
from labpress.edges.live.messages import Built, Settings, Source, Sources, Written
from labpress.edges.serve.handlers import House
from labpress.edges.serve.hub import Hub
from labpress.edges.serve.server import listen, start_server
from labpress.edges.serve.strangers import LOOPBACK
from tests.serve.conftest import PATIENCE, PORT, eventually

SECRET = "what nobody may see"
HASTE = 0.3
"""Seconds after which the server of some tests lets go of a slow request."""
FILES = {
    "out/index.html": "<!doctype html><html><head><title>Home</title></head><body>home</body></html>",
    "out/404.html": "<!doctype html><head><title>Lost</title></head>lost",
    "out/papers/index.html": "<!doctype html><head></head>papers",
    "out/papers/quist2024maps/index.html": "<!doctype html><title>No head</title>maps",
    "out/about.html": "<!doctype html><head></head>about",
    "out/both.html": "<!doctype html><head></head>the file",
    "out/both/index.html": "<!doctype html><head></head>the folder",
    "out/a b é.txt": "spaces",
    "out/feed.xml": "<feed/>",
    "out/papers.bib": "@article{x}",
    "out/papers.ris": "TY  - JOUR",
    "out/papers.json": "[]",
    "out/style.css": "p {}",
    "out/script.js": "1",
    "out/font.woff2": "font",
    "out/film.mp4": "0123456789",
    "out/empty/file.txt": "x",
    "out/.well-known/thing.txt": "known",
    "out/.labpress": SECRET,
    "out/.git/config": SECRET,
    "secret.txt": SECRET,
    "out-secret/index.html": SECRET,
}


class Server:
    """A server in this process, and the hub behind it."""

    def __init__(self, root, loop, patience: float) -> None:
        self.hub = Hub(root)
        self.loop = loop
        self.said = []
        house = House(hub=self.hub, names=LOOPBACK, numbers=False, say=self.said.append, missed=set())
        listening = listen("127.0.0.1", PORT)
        self.port = listening.getsockname()[1]
        self.server = self.do(lambda: start_server(house, listening, patience=patience))

    def do(self, action):
        """On the server's own thread."""

        async def act():
            return action()

        return asyncio.run_coroutine_threadsafe(act(), self.loop).result(PATIENCE)

    @contextmanager
    def connection(self):
        with closing(socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE)) as line:
            yield line

    def send(self, request: str | bytes) -> str:
        """Everything that comes back, until the server closes or is done."""
        with self.connection() as line:
            line.sendall(request if isinstance(request, bytes) else request.encode("utf-8", "surrogateescape"))
            return self.read(line)

    @staticmethod
    def read(line) -> str:
        data = b""
        try:
            while True:
                head, end, body = data.partition(b"\r\n\r\n")
                length = re.search(rb"(?i)content-length: (\d+)", head)
                if end and (not length or len(body) >= int(length[1])):
                    break
                more = line.recv(65536)
                if not more:
                    break
                data += more
        except ConnectionError:
            pass
        return data.decode("utf-8", "replace")

    def get(self, path: str, *headers: str, host: str | None = None, method: str = "GET") -> str:
        host = f"Host: localhost:{self.port}" if host is None else host
        return self.send("\r\n".join([f"{method} {path} HTTP/1.1", *([host] if host else []), *headers, "", ""]))


@pytest.fixture(scope="module")
def loop():
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    yield loop
    loop.call_soon_threadsafe(loop.stop)
    thread.join(5)
    loop.close()


@pytest.fixture(scope="module")
def server(tmp_path_factory, loop):
    folder = tmp_path_factory.mktemp("served")
    for path, text in FILES.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    (folder / "out/link.txt").symlink_to(folder / "secret.txt")
    (folder / "out/linked").symlink_to(folder / "out-secret")
    (folder / "out/large.bin").write_bytes(bytes(8_000_000))
    (folder / "out/broken").symlink_to("nowhere")
    yield from serving(folder / "out", loop, PATIENCE)


@pytest.fixture(scope="module")
def hasty_server(server, loop):
    """The same site, by a server that soon lets go."""
    yield from serving(server.hub.root, loop, HASTE)


def serving(root, loop, patience):
    server = Server(root.resolve(), loop, patience)
    server.do(lambda: server.hub.hear(Settings("/pubs/")))
    server.do(lambda: server.hub.hear(Built((), 1)))
    yield server
    server.do(server.server.stop)


def status(answer: str) -> int:
    found = re.match(r"HTTP/1\.1 (\d+)", answer)
    return int(found[1]) if found else 0


def header(answer: str, name: str) -> str | None:
    found = re.search(rf"(?im)^{name}: ([^\r\n]*)", answer.partition("\r\n\r\n")[0])
    return found[1] if found else None


# As GitHub Pages

ANSWERS = {
    "/pubs/": (200, "home"),
    "/pubs/index.html": (200, "home"),
    "/pubs/papers/": (200, "papers"),
    "/pubs/papers/quist2024maps/": (200, "maps"),
    "/pubs/about": (200, "about"),
    "/pubs/about.html": (200, "about"),
    "/pubs/about/": (404, "lost"),
    "/pubs/both": (200, "the file"),
    "/pubs/both/": (200, "the folder"),
    "/pubs/a%20b%20%C3%A9.txt": (200, "spaces"),
    "/pubs/index.html/": (404, "lost"),
    "/pubs/empty/": (404, "lost"),
    "/pubs/empty": (404, "lost"),
    "/pubs/nothing": (404, "lost"),
    "/pubs/papers/?page=2": (200, "papers"),
    "/pubs/.well-known/thing.txt": (200, "known"),
    "/": (404, "/pubs/"),
    "/papers/": (404, "/pubs/"),
    "/pubsx/": (404, "/pubs/"),
}


@pytest.mark.parametrize(("path", "expected"), ANSWERS.items(), ids=ANSWERS)
def test_addresses_lead_where_they_lead_on_github_pages(server, path, expected):
    answer = server.get(path)

    assert (status(answer), expected[1] in answer) == (expected[0], True), answer


LONG = {"a name no file may have": "y" * 254, "a name longer than any": "y" * 4000, "deep folders": "a/" * 2500}


@pytest.mark.parametrize("path", LONG.values(), ids=LONG)
def test_an_address_longer_than_any_file_leads_nowhere(server, path):
    answer = server.get(f"/pubs/{path}")

    assert (status(answer), "lost" in answer) == (404, True), answer
    with open_tab(server, f"/pubs/{path[:3000]}", version="an old one") as tab:
        assert tab.hears() == {"kind": "page"}


@pytest.mark.parametrize(
    ("path", "target"),
    [("/pubs", "/pubs/"), ("/pubs/papers", "/pubs/papers/"), ("/pubs/papers?a=1", "/pubs/papers/?a=1")],
)
def test_a_folder_without_its_slash_is_a_permanent_redirect(server, path, target):
    answer = server.get(path)

    assert (status(answer), header(answer, "Location")) == (301, target)


TYPES = {
    "": "text/html; charset=utf-8",
    "feed.xml": "application/xml; charset=utf-8",
    "papers.bib": "application/octet-stream",
    "papers.ris": "application/x-research-info-systems",
    "papers.json": "application/json; charset=utf-8",
    "style.css": "text/css; charset=utf-8",
    "script.js": "text/javascript; charset=utf-8",
    "font.woff2": "font/woff2",
    "film.mp4": "video/mp4",
    "empty/file.txt": "text/plain; charset=utf-8",
}


@pytest.mark.parametrize(("path", "expected"), TYPES.items(), ids=TYPES)
def test_content_types_are_the_same_on_every_machine(server, path, expected):
    assert header(server.get(f"/pubs/{path}"), "Content-Type") == expected


def test_head_has_the_headers_of_get_and_no_body(server):
    for path in ("/pubs/", "/pubs/style.css", "/pubs/nothing"):
        got, asked = server.get(path, "Connection: close"), server.get(path, "Connection: close", method="HEAD")

        assert status(got) == status(asked)
        assert header(got, "Content-Type") == header(asked, "Content-Type")
        assert asked.partition("\r\n\r\n")[2] == ""


def test_films_can_be_wound(server):
    answer = server.get("/pubs/film.mp4", "Range: bytes=2-4")

    assert (status(answer), answer[-3:]) == (206, "234")


def test_parts_of_two_files_are_not_put_together(server):
    """Who has a part of a film that has changed since gets all of it."""
    tag = header(server.get("/pubs/film.mp4"), "Etag")
    same = server.get("/pubs/film.mp4", "Range: bytes=2-4", f"If-Range: {tag}")
    other = server.get("/pubs/film.mp4", "Range: bytes=2-4", 'If-Range: "another"')

    assert (status(same), same[-3:]) == (206, "234")
    assert (status(other), other[-10:]) == (200, "0123456789")


def test_an_unchanged_file_is_not_sent_again(server):
    tag = header(server.get("/pubs/style.css"), "Etag")

    assert status(server.get("/pubs/style.css", f"If-None-Match: {tag}")) == 304


def test_what_was_asked_for_in_vain_is_told_once(server):
    for _twice in range(2):
        server.get("/pubs/no%C3%9Fuch", "Referer: http://localhost/pubs/papers/")

    told = [line for line in server.said if "uch" in line]
    assert told == ["nothing at /pubs/no%C3%9Fuch, which http://localhost/pubs/papers/ links to"]


# Refusals

TRAVERSALS = (
    "/pubs/../secret.txt",
    "/pubs/%2e%2e/secret.txt",
    "/pubs/%2E%2E%2Fsecret.txt",
    "/pubs/..%2fsecret.txt",
    "/pubs/%252e%252e%252fsecret.txt",
    "/pubs/..%252fsecret.txt",
    "/pubs/..\\secret.txt",
    "/pubs/..%5csecret.txt",
    "/pubs/%2e%2e%5csecret.txt",
    "/pubs/papers/../../secret.txt",
    "/pubs/./../secret.txt",
    "/pubs/.../secret.txt",
    "/pubs/../out-secret/",
    "/pubs/..;/secret.txt",
    "/pubs/%c0%ae%c0%ae/secret.txt",
    "/pubs/%ff",
    "/pubs/secret.txt%00",
    "/pubs/%00/../secret.txt",
    "/pubs/index.html%00.txt",
    "/pubs/{secret}",
    "/pubs//{secret}",
    "//{secret}",
    "{secret}",
    "file://{secret}",
    "http://localhost/pubs/../secret.txt",
    "/pubs/C:/Windows/win.ini",
    "/pubs/C:%5cWindows%5cwin.ini",
    "/pubs/style.css::$DATA",
    "/pubs/link.txt",
    "/pubs/linked/",
    "/pubs/linked/index.html",
    "/pubs/broken",
    "/pubs/.labpress",
    "/pubs/.git/config",
    "/pubs/.labpress/../../secret.txt",
    "/pubs/.labpress/preview.js/../../../secret.txt",
    "/pubs/.labpress/preview.jsx",
    "/pubs/.labpress/../handlers.py",
    "/pubs/.labpress/%2e%2e/handlers.py",
    "*",
    "",
)


@pytest.mark.parametrize("path", TRAVERSALS)
def test_no_address_leads_out_of_the_site(server, path):
    answer = server.get(path.format(secret=server.hub.root.parent / "secret.txt"))

    assert status(answer) in (0, 400, 404), answer
    assert SECRET not in answer
    assert "Uncaught" not in answer


HOSTS = (
    "Host: evil.example",
    "Host: evil.example:8000",
    "Host: 127.0.0.1.evil.example",
    "Host: localhost.evil.example",
    "Host: evil.localhost.example",
    "Host: localhost@evil.example",
    "Host: localhost/evil",
    "Host: 192.168.0.7",
    "Host: 0.0.0.0",
    "Host: [::2]",
    "Host: localhost, evil.example",
    "Host: localhost\r\nHost: evil.example",
    "Host: ",
    "",
)


@pytest.mark.parametrize("host", HOSTS)
def test_no_other_host_is_answered_for(server, host):
    for path in ("/pubs/", "/pubs/.labpress/preview.js", "/pubs/.labpress/socket"):
        answer = server.get(path, host=host)

        assert status(answer) in (0, 400, 421), answer
        assert "home" not in answer


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:1", "127.0.0.1:8000", "[::1]:8000", "lab.localhost:80"])
def test_the_names_of_this_machine_are_answered_for(server, host):
    assert status(server.get("/pubs/", host=f"Host: {host}")) == 200


FOREIGN = (
    ("Origin: http://evil.example",),
    ("Origin: null",),
    ("Origin: ",),
    ("Origin: http://localhost:1",),
    ("Origin: http://localhost",),
    ("Origin: https://127.0.0.1",),
    ("Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: no-cors"),
    ("Sec-Fetch-Site: same-site", "Sec-Fetch-Mode: cors"),
)


@pytest.mark.parametrize("headers", FOREIGN)
def test_pages_of_other_sites_get_nothing(server, headers):
    for path in ("/pubs/", "/pubs/style.css", "/pubs/.labpress/preview.js", "/pubs/.labpress/socket"):
        answer = server.get(path, *headers)

        assert status(answer) == 403, answer
        assert header(answer, "Access-Control-Allow-Origin") is None


def test_a_link_from_another_site_may_lead_here(server):
    assert status(server.get("/pubs/", "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate")) == 200


def test_no_answer_may_be_read_or_shown_by_other_sites(server):
    for path in ("/pubs/", "/pubs/style.css", "/pubs/nothing", "/pubs/.labpress/preview.js", "/pubs/../x"):
        answer = server.get(path)

        assert header(answer, "Cross-Origin-Resource-Policy") == "same-origin"
        assert header(answer, "X-Content-Type-Options") == "nosniff"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "BREW"])
def test_nothing_but_reading_is_allowed(server, method):
    assert status(server.get("/pubs/", "Content-Length: 0", method=method)) in (400, 405)


OVERSIZED = {
    "an endless address": "GET /pubs/{long} HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "an endless header": "GET /pubs/ HTTP/1.1\r\nHost: localhost\r\nX: {long}\r\n\r\n",
    "endless headers": "GET /pubs/ HTTP/1.1\r\nHost: localhost\r\n{headers}\r\n",
    "headers without end": "GET /pubs/ HTTP/1.1\r\nHost: localhost\r\n{headers}",
    "a large body": "GET /pubs/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10000000\r\n\r\n{long}",
    "a large chunk": "GET /pubs/ HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nfffff\r\n{long}",
    "no number for a length": "GET /pubs/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: many\r\n\r\n",
    "two lengths": "GET /pubs/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx",
    "a length and chunks": (
        "GET /pubs/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
    ),
    "no HTTP": "\x16\x03\x01 hello\r\n\r\n",
}


@pytest.mark.parametrize("request_text", OVERSIZED.values(), ids=OVERSIZED)
def test_oversized_and_broken_requests_are_refused(server, request_text):
    answer = server.send(request_text.format(long="x" * 40_000, headers="X: y\r\n" * 10_000))

    assert status(answer) in (0, 400, 413, 414, 431), answer[:300]


SLOW = {
    "half a line": b"GET /pu",
    "half the headers": b"GET /pubs/ HTTP/1.1\r\nHost: localhost\r\n",
    "half a body": b"GET /pubs/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nhalf",
    "nothing": b"",
}


@pytest.mark.parametrize("begin", SLOW.values(), ids=SLOW)
def test_a_slow_request_holds_up_nobody(server, begin):
    with server.connection() as slow:
        slow.sendall(begin)

        assert status(server.get("/pubs/")) == 200
        assert select.select([slow], [], [], 0)[0] == [], "it was let go before"


@pytest.mark.parametrize("begin", SLOW.values(), ids=SLOW)
def test_a_slow_request_is_let_go(hasty_server, begin):
    with hasty_server.connection() as slow:
        slow.sendall(begin)

        assert status(hasty_server.read(slow)) in (0, 400, 408)


def test_a_request_that_trickles_in_is_let_go(hasty_server):
    """Each byte is in time, the whole is not."""
    with hasty_server.connection() as slow:
        slow.settimeout(HASTE / 10)

        def is_let_go() -> bool:
            try:
                slow.sendall(b"X")
                return slow.recv(1) == b""
            except TimeoutError:
                return False
            except OSError:
                return True

        eventually(is_let_go)


def test_who_reads_slowly_holds_up_nobody(server):
    with server.connection() as slow:
        slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        slow.sendall(b"GET /pubs/large.bin HTTP/1.1\r\nHost: localhost\r\n\r\n")
        slow.recv(10)
        for _some in range(5):
            assert status(server.get("/pubs/")) == 200


# Pages with the preview in them


def test_the_script_is_in_the_page_and_not_in_the_file(server):
    answer = server.get("/pubs/")

    assert answer.count('<head><script src="/pubs/.labpress/preview.js"') == 1
    assert "preview.js" not in (server.hub.root / "index.html").read_text()


def test_a_page_without_a_head_has_the_script_behind_its_doctype(server):
    """Before it, the browser would fall back to the ways of old pages."""
    page = server.get("/pubs/papers/quist2024maps/").partition("\r\n\r\n")[2]

    assert page.startswith('<!doctype html><script src="/pubs/.labpress/preview.js"')


def test_the_script_and_the_style_are_there(server):
    script, style = server.get("/pubs/.labpress/preview.js"), server.get("/pubs/.labpress/preview.css")

    assert (header(script, "Content-Type"), header(style, "Content-Type")) == (TYPES["script.js"], TYPES["style.css"])
    assert "WebSocket" in script


# Tabs


class Tab:
    """An open page, as its script speaks to the server."""

    def __init__(self, server, line) -> None:
        self.server, self.line = server, line

    def says(self, text) -> None:
        self.server.do(lambda: self.line.write_message(text))

    def hears(self, *, of_builds=False):
        """The next message; that a build has come to its end only if asked for."""
        message = self._hear()
        while message and (message["kind"] == "built") != of_builds:
            message = self._hear()
        return message

    def _hear(self):
        async def hear():
            return await asyncio.wait_for(self.line.read_message(), PATIENCE)

        message = asyncio.run_coroutine_threadsafe(hear(), self.server.loop).result(PATIENCE)
        return None if message is None else json.loads(message)


@contextmanager
def open_tab(server, address="/pubs/papers/", version=None):
    async def connect():
        return await websocket_connect(f"ws://localhost:{server.port}/pubs/.labpress/socket")

    line = asyncio.run_coroutine_threadsafe(connect(), server.loop).result(PATIENCE)
    tab = Tab(server, line)
    known = server.do(lambda: server.hub.version(server.hub.find(address)))
    tab.says(json.dumps({"address": address, "version": known if version is None else version}))
    assert tab.hears()["kind"] == "faults"
    yield tab
    server.do(line.close)


def test_a_tab_hears_of_its_own_page_only(server):
    with open_tab(server) as tab, open_tab(server, "/pubs/about") as other:
        server.do(lambda: server.hub.hear(Written(("papers/index.html", "x.html"))))
        server.do(lambda: server.hub.hear(Written(("about.html",))))

        assert tab.hears() == {"kind": "page"}
        assert other.hears() == {"kind": "page"}


def test_a_tab_that_shows_nothing_hears_of_whatever_would_answer(server):
    for file in ("papers/new", "papers/new.html", "papers/new/index.html", "404.html"):
        with open_tab(server, "/pubs/papers/new") as tab, open_tab(server, "/pubs/papers/new/") as other:
            server.do(lambda path=file: server.hub.hear(Written((path,))))
            server.do(lambda: server.hub.hear(Settings("/moved/", "")))
            server.do(lambda: server.hub.hear(Settings("/pubs/", "")))

            assert tab.hears() == {"kind": "page"}
            expected = "page" if file in ("papers/new/index.html", "404.html") else "moved"
            assert other.hears()["kind"] == expected


def test_a_tab_whose_address_has_become_that_of_a_folder_hears_so(server):
    missing = server.do(lambda: server.hub.version(server.hub.find("/pubs/nothing")))
    with open_tab(server, "/pubs/papers", version=missing) as tab:
        assert tab.hears() == {"kind": "page"}


def test_every_tab_hears_of_pictures_and_films(server):
    with open_tab(server) as tab:
        server.do(lambda: server.hub.hear(Written(("a b.png", "x.txt", "film.mp4", "feed.xml"))))

        assert tab.hears() == {"kind": "pictures", "paths": ["a b.png", "film.mp4"]}


def test_a_tab_with_an_old_page_hears_so_at_once(server):
    with open_tab(server, version="an old one") as tab:
        assert tab.hears() == {"kind": "page"}


@pytest.mark.parametrize("greeting", ["", "[]", '{"x":' + "[" * 4000])
def test_what_greets_otherwise_than_a_page_is_sent_away(server, greeting, caplog):
    with open_tab(server) as tab:
        tab.says(greeting)
        assert tab.hears() is None
    assert caplog.text == ""


def test_a_tab_hears_of_every_fault_with_a_link_into_the_editor(server):
    fault = Diagnostic("bad-date", "expected a date", Span("src/papers/x.md", 3, 7, 4, "date: soon"), "write 2024")
    with open_tab(server) as tab:
        server.do(lambda: server.hub.hear(Settings("/pubs/", "zed")))
        server.do(lambda: server.hub.hear(Built((fault,), 1)))
        heard = tab.hears()
        (shown,) = heard["faults"]

        assert (heard["errors"], shown["place"], shown["help"]) == (1, "src/papers/x.md:3:7", "write 2024")
        assert shown["link"].startswith("zed://file/")
        assert shown["link"].endswith("/src/papers/x.md:3:7")
        assert shown["excerpt"].splitlines()[1].strip() == "|       ^^^^"
        server.do(lambda: server.hub.hear(Built((), 1)))
        assert tab.hears()["faults"] == []


def test_a_tab_hears_of_the_page_that_is_edited_unless_it_shows_it(server):
    page = "papers/quist2024maps/index.html"
    with open_tab(server) as tab, open_tab(server, "/pubs/papers/quist2024maps/") as own:
        server.do(lambda: server.hub.hear(Sources({page: Source("src/papers/quist2024maps.md")})))
        server.do(lambda: server.hub.hear(Built((), 1, edited=(page,))))
        server.do(lambda: server.hub.hear(Written((page,))))

        (hint,) = tab.hears()["pages"]
        assert hint == {"path": "papers/quist2024maps/", "label": "src/papers/quist2024maps.md"}
        assert own.hears() == {"kind": "page"}


def test_a_tab_hears_of_every_build_and_which_of_the_edited_pages_are_gone(server):
    page = "papers/quist2024maps/index.html"
    with open_tab(server) as tab:
        assert tab.hears(of_builds=True) == {"kind": "built", "gone": []}
        server.do(lambda: server.hub.hear(Sources({page: Source("src/papers/quist2024maps.md")})))
        server.do(lambda: server.hub.hear(Built((), 1, edited=(page,))))
        assert tab.hears(of_builds=True) == {"kind": "built", "gone": []}
        server.do(lambda: server.hub.hear(Built((), 1, removed=(page, "tags/dust/index.html"))))

        assert tab.hears(of_builds=True) == {"kind": "built", "gone": ["papers/quist2024maps/"]}


def test_a_tab_hears_when_its_page_turns_out_to_be_a_draft(server):
    """The page may have been fetched between being written and being known to be one."""
    path = "src/papers/quist2024maps.md"
    page = "papers/quist2024maps/index.html"
    with open_tab(server, "/pubs/papers/quist2024maps/") as tab, open_tab(server, "/pubs/about") as other:
        for sources in (
            {page: Source(path, draft=True)},
            {page: Source(path, draft=True), "x/index.html": Source("x")},
        ):
            server.do(lambda now=sources: server.hub.hear(Sources(now)))
        server.do(lambda: server.hub.hear(Written(("about.html",))))
        server.do(lambda: server.hub.hear(Settings("/moved/", "")))
        server.do(lambda: server.hub.hear(Settings("/pubs/", "")))

        assert [tab.hears()["kind"], tab.hears()["kind"]] == ["page", "moved"]
        assert [other.hears()["kind"], other.hears()["kind"]] == ["page", "moved"]


def test_a_tab_whose_page_was_sent_before_the_site_moved_is_led_to_where_it_lies(server):
    """A browser opens the line to the server after the page is there; the site may move in between."""
    with open_tab(server, "/former/papers/", version="an old one") as tab:
        assert tab.hears() == {"kind": "moved", "base": "/pubs/"}


@pytest.mark.parametrize("text", ["", "nonsense", "[]", '{"address": 3}', "x" * 5000])
def test_a_tab_that_talks_nonsense_is_hung_up_on(server, text):
    with open_tab(server) as tab:
        tab.says(text)

        assert tab.hears() is None


def test_a_tab_that_has_gone_is_forgotten(server):
    with open_tab(server):
        before = len(server.hub.tabs)
    eventually(lambda: len(server.hub.tabs) < before)


def test_a_taken_port_gives_way_to_the_next():
    with listen("127.0.0.1", PORT) as taken:
        number = taken.getsockname()[1]
        with listen("127.0.0.1", number) as other:
            assert other.getsockname()[1] > number
