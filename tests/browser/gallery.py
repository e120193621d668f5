"""The pictures of docs/themes.md and docs/gallery.md, made anew: a fabricated lab in every theme, as a browser shows it.

python -m tests.browser.gallery
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from http.server import ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import NamedTuple

from PIL import Image, ImageDraw, ImageFont
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.conftest import ROOT, THEMES, Handler, largest_of_each_kind
from tests.browser.gallery_lab import SETTINGS, write_content
from tests.conftest import FLAGS, build_site, chromium, new_page

IMAGES = ROOT / "docs" / "images"
GROUND, INK = "#9aa0a6", "#111"

PAGES = (
    *("home", "papers", "papers by venue", "search", "paper", "authors", "author", "people", "tags", "tag"),
    *("years", "year", "venues", "venue", "statistics", "print", "page", "404"),
)
"""What a sheet shows, in its order: every kind of page, and two states of one of them."""

SCHEMES = ("light", "dark")


class Sheet(NamedTuple):
    """How the pages are shown that a browser of one width shows."""

    width: int
    height: int
    columns: int
    thumbnail: int
    """Its width in pixels."""


SHEETS = (Sheet(1440, 1440, 6, 480), Sheet(390, 844, 9, 240))

PICTURES: dict[str, tuple[tuple[str, str], ...]] = {
    "light": (("home", "light"), ("paper", "light")),
    "dark": (("home", "dark"), ("paper", "dark")),
    "phone": (("home", "light"), ("paper", "light"), ("papers", "dark"), ("author", "dark")),
}
"""What the pictures of docs/themes.md show: page and scheme."""


def addresses(site: Path) -> dict[str, str]:
    """Page -> its address below the site."""
    return largest_of_each_kind(site) | {
        "papers": "papers/",
        "papers by venue": "by-venue/",
        "search": "papers/?q=sparse",
        "paper": _with_award(site),
    }


def _with_award(site: Path) -> str:
    """The first paper with an award, which has a picture too."""
    pages = sorted(site.glob("papers/*/index.html"))
    return next(f"papers/{page.parent.name}/" for page in pages if 'class="award"' in page.read_text("utf-8"))


def photograph(page: Page, address: str) -> Image.Image:
    """What a visitor sees at first; of a search, its filters too."""
    page.goto(address, wait_until="networkidle")
    if "?q=" in address:
        page.wait_for_selector(".found:not([hidden]) li")
        page.click(".narrow")
    return Image.open(BytesIO(page.screenshot())).convert("RGB")


def photographs(browser: Browser, site: str, pages: Mapping[str, str], sheet: Sheet, scheme: str) -> list[Image.Image]:
    """One of each of ``pages``, in their order."""
    size = {"width": sheet.width, "height": sheet.height}
    with new_page(browser, viewport=size, color_scheme=scheme) as page:
        return [photograph(page, site + address) for address in pages.values()]


def scaled(image: Image.Image, width: int) -> Image.Image:
    return image.resize((width, round(image.height * width / image.width)), Image.Resampling.LANCZOS)


def contact_sheet(images: list[Image.Image], sheet: Sheet) -> Image.Image:
    """All pages in rows, each with its name above it."""
    gap, label = 16, 28
    small = [scaled(image, sheet.thumbnail) for image in images]
    across, down = sheet.thumbnail + gap, small[0].height + gap + label
    rows = -(-len(small) // sheet.columns)
    whole = Image.new("RGB", (sheet.columns * across + gap, rows * down + gap), GROUND)
    draw, font = ImageDraw.Draw(whole), ImageFont.load_default(19)
    for number, (name, image) in enumerate(zip(PAGES, small, strict=True)):
        left, top = gap + number % sheet.columns * across, gap + number // sheet.columns * down
        draw.text((left, top), name, INK, font)
        whole.paste(image, (left, top + label))
    return whole


def side_by_side(images: list[Image.Image]) -> Image.Image:
    gap = 16
    whole = Image.new("RGB", (sum(image.width + gap for image in images) - gap, images[0].height), GROUND)
    left = 0
    for image in images:
        whole.paste(image, (left, 0))
        left += image.width + gap
    return whole


def save(image: Image.Image, path: str, quality: int) -> None:
    (IMAGES / path).parent.mkdir(parents=True, exist_ok=True)
    image.save(IMAGES / path, quality=quality, method=6)


def make_pictures(browser: Browser, theme: str, address: str, pages: Mapping[str, str]) -> None:
    """Of docs/themes.md: a few pages at a size that can be read."""
    desk, phone = Sheet(1280, 1120, 0, 794), Sheet(390, 844, 0, 390)
    for name, shown in PICTURES.items():
        sheet = phone if name == "phone" else desk
        images = [photographs(browser, address, {page: pages[page]}, sheet, scheme)[0] for page, scheme in shown]
        save(side_by_side([scaled(image, sheet.thumbnail) for image in images]), f"themes/{theme}-{name}.webp", 78)


def make_sheets(browser: Browser, theme: str, address: str, pages: Mapping[str, str]) -> None:
    """Of docs/gallery.md: every page, small."""
    for sheet in SHEETS:
        for scheme in SCHEMES:
            images = photographs(browser, address, {page: pages[page] for page in PAGES}, sheet, scheme)
            save(contact_sheet(images, sheet), f"gallery/{theme}-{scheme}-{sheet.width}.webp", 64)


def main() -> None:
    with TemporaryDirectory() as place, sync_playwright() as driver:
        content = Path(place, "content")
        write_content(content)
        browser = driver.chromium.launch(executable_path=chromium(), args=[*FLAGS, "--no-sandbox"])
        with ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=place)) as server:
            Thread(target=server.serve_forever, daemon=True).start()
            for theme in THEMES:
                (content / "site.yml").write_text(f"{SETTINGS}theme: {theme}\n", encoding="utf-8")
                address = f"http://127.0.0.1:{server.server_port}/{theme}/"
                report = build_site(content, Path(place, theme), base_url=address)
                assert report.diagnostics == (), report.diagnostics
                pages = addresses(Path(place, theme))
                for make in (make_pictures, make_sheets):
                    make(browser, theme, address, pages)
            server.shutdown()
        browser.close()


if __name__ == "__main__":
    main()
