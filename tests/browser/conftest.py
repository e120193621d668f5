"""Built sites of every theme, served from loopback below a path, and one browser for all tests of a process."""

import shutil
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from tests.conftest import TESTS, build_site

ROOT = TESTS.parent
THEMES = tuple(sorted(path.parent.name for path in ROOT.glob("themes/*/theme.yml") if path.parent.name != "base"))
"""Every theme that a lab can choose; ``base`` is what they share."""

SOURCES = {"lab": TESTS / "lab", "fifty": ROOT / "site_src", "arabic": TESTS / "arabic", "wordy": TESTS / "wordy"}
POLICY = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self'; base-uri 'self'; object-src 'none'"


class Handler(SimpleHTTPRequestHandler):
    """Serves files as a static host does, under a strict policy, and says nothing."""

    def end_headers(self):
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, *_arguments):
        pass


class Served:
    """A folder of sites behind an address, each built when a test first asks for it."""

    def __init__(self, folder: Path, address: str) -> None:
        self.folder = folder
        self.address = address

    def path(self, theme: str, name: str = "lab") -> Path:
        site = self.folder / theme / name
        if not site.exists():
            source = self.folder / "sources" / theme / name
            shutil.copytree(SOURCES[name], source)
            settings = source / "site.yml"
            settings.write_text(f"{settings.read_text(encoding='utf-8')}\ntheme: {theme}\n", encoding="utf-8")
            report = build_site(source, site, base_url=self.url(theme, name))
            assert report.diagnostics == ()
        return site

    def url(self, theme: str, name: str = "lab", path: str = "") -> str:
        return f"{self.address}/{theme}/{name}/{path}"

    def open(self, page, theme: str, path: str = "", name: str = "lab") -> None:
        """Show one page of a site in the browser's ``page``."""
        self.path(theme, name)
        page.goto(self.url(theme, name, path))


@pytest.fixture(scope="session")
def sites(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sites")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(folder))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield Served(folder, f"http://127.0.0.1:{server.server_port}")
        server.shutdown()


@pytest.fixture(params=THEMES)
def theme(request):
    return request.param


@pytest.fixture(scope="session")
def axe():
    """The text of axe-core, as it travels in a package of PyPI's."""
    return pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python").Axe().axe_script


def pages_of(site: Path) -> list[str]:
    """The address below the site of each of its HTML files, the largest file first."""
    files = sorted(site.rglob("*.html"), key=lambda path: (-path.stat().st_size, path))
    return [path.relative_to(site).as_posix().removesuffix("index.html") for path in files]


def kind_of(site: Path, path: str) -> str:
    """The kind of page, which every theme's body is marked with."""
    text = (site / path / "index.html" if path.endswith("/") or not path else site / path).read_text(encoding="utf-8")
    return text.partition('<body class="is-')[2].partition('"')[0]


def largest_of_each_kind(site: Path) -> dict[str, str]:
    """Kind -> the address of its largest page."""
    found: dict[str, str] = {}
    for path in pages_of(site):
        found.setdefault(kind_of(site, path), path)
    return found
