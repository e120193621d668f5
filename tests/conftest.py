"""What many tests share: sites built once, and one browser for all tests of a process."""

import shutil
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from labpress.edges.building import BuildPlace, build_place
from labpress.render import compiling
from tests.torture import SCALE, count_as_property, total

TESTS = Path(__file__).parent
PATIENCE = 120.0
"""Seconds after which what a browser has not shown will not be shown. A machine may be busy with other work."""

FLAGS = (
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-gpu",
)


def build_site(source: Path, output: Path, **options):
    """Build ``source`` into ``output`` without a cache, and give the report."""
    return build_place(BuildPlace(source=str(source), output=str(output), use_cache=False, **options))


@pytest.fixture(scope="session", autouse=True)
def _templates_are_compiled_once():
    """Tests build without a cache, each for itself: Jinja would compile the same templates a thousand times."""
    known = {}
    compile_anew = compiling._compile

    def compile_once(environment, name, template):
        key = compiling.template_key(name, template.text, compiling.code_of(environment, template))
        if key not in known:
            known[key] = compile_anew(environment, name, template)
        return known[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(compiling, "_compile", compile_once)
        yield


@pytest.fixture(scope="session")
def lab(tmp_path_factory):
    """The output of the fabricated lab."""
    output = tmp_path_factory.mktemp("lab") / "_site"
    report = build_site(TESTS / "lab", output)
    assert report.diagnostics == ()
    return output


def chromium() -> str | None:
    """The system's browser."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


@pytest.fixture(scope="session")
def browser():
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    executable = chromium()
    if not executable:
        pytest.skip("there is no Chromium on this machine: apt-get install chromium")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=executable, args=[*FLAGS, "--no-sandbox"])
        yield browser
        browser.close()


@contextmanager
def new_page(browser, **options):
    """A page in a context of its own: no storage, no cache, nothing from other tests."""
    from playwright.sync_api import Error  # Not every machine that runs tests has it.

    context = browser.new_context(**{"viewport": {"width": 1000, "height": 800}, **options})
    context.set_default_timeout(PATIENCE * 1000)
    try:
        yield context.new_page()
    finally:
        for page in context.pages:  # Closed in the middle of a navigation, Chromium may wait for ever.
            with suppress(Error):
                page.goto("about:blank")
        context.close()


@pytest.fixture
def page(browser):
    with new_page(browser) as page:
        yield page


@pytest.fixture
def count(record_property):
    """Call it as ``count("kills survived", 300)``: the long run prints the sums of all tests."""
    return lambda what, number: record_property(*count_as_property(what, number))


def pytest_collection_modifyitems(items):
    """Tests that drive a browser come last: its process and threads stay, and a process with threads is not forked."""
    items.sort(key=lambda item: "browser" in item.fixturenames)


def pytest_terminal_summary(terminalreporter):
    if SCALE == 1:
        return
    reports = [one for outcome in ("passed", "failed") for one in terminalreporter.getreports(outcome)]
    counts = total([one for report in reports if report.when == "call" for one in report.user_properties])
    terminalreporter.section(f"counted in a run {SCALE} times as long")
    for what, number in sorted(counts.items()):
        terminalreporter.line(f"{number:>12,} {what}")
