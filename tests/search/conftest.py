"""The search of the base theme, run in a browser on indexes made here."""

from pathlib import Path

import msgspec
import pytest

from labpress.site.search.files import TEXTS_PER_FILE, SearchIndex, SearchTextsFile, SearchWords
from labpress.site.search.index import SearchTexts, abstract_terms, cut, likely_words, shown_terms
from tests.conftest import TESTS, new_page

SPECS = TESTS / "specs" / "search"
SCRIPT = TESTS.parent / "themes" / "base" / "assets" / "search-index.js"
OPEN = """([files, cached]) => {
  globalThis.fetched = [];
  globalThis.opened = openIndex(JSON.parse(files["index.json"]), async (name, cache) => {
    fetched.push(name);
    const path = name.split("?")[0];
    return JSON.parse((cache === "default" && cached[path]) || files[path]);
  });
}"""


@pytest.fixture(scope="session")
def engine(browser):
    """A page with nothing in it but the search's own script."""
    with new_page(browser) as page:
        page.add_script_tag(content=Path(SCRIPT).read_text(encoding="utf-8"))
        yield page


def files_of(
    papers: tuple[SearchTexts, ...], bounds: tuple[str, ...] = (), years: tuple[int, ...] = ()
) -> dict[str, bytes]:
    """The files of an index whose words are cut at ``bounds``."""
    shown, abstracts = shown_terms(papers), abstract_terms(paper.abstract for paper in papers)
    head = SearchIndex(
        version="v", order="o", cut="c", papers=len(papers), years=tuple((year, 1) for year in years), bounds=bounds
    )
    files = {"index.json": head, "words.json": SearchWords("o", likely_words(shown))}
    for number, shard in enumerate(cut(shown, abstracts, bounds, "c")):
        files[f"terms/{number}.json"] = shard
    for number, start in enumerate(range(0, len(papers), TEXTS_PER_FILE)):
        files[f"texts/{number}.json"] = SearchTextsFile("o", papers[start : start + TEXTS_PER_FILE])
    return {name: msgspec.json.encode(view) for name, view in files.items()}


def open_index(engine, files: dict[str, bytes], cached: dict[str, bytes] | None = None) -> None:
    """``cached``: files that the browser takes for those of ``files`` until it is told to look again."""
    engine.evaluate(OPEN, [{name: data.decode() for name, data in some.items()} for some in (files, cached or {})])


def search(engine, query: str) -> list[int]:
    """The papers that answer ``query``, the best first."""
    return engine.evaluate("async (query) => (await opened.search(query)).numbers", query)
