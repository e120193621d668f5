"""The search of the base theme, run in a browser on indexes made here."""

from pathlib import Path

import msgspec
import pytest

from labpress.site.search.files import TEXTS_PER_FILE, SearchIndex, SearchTextsFile, SearchWords
from labpress.site.search.index import SearchTexts, abstract_terms, cut, likely_words, shown_terms
from tests.conftest import TESTS, new_page

SPECS = TESTS / "specs" / "search"
SCRIPT = TESTS.parent / "themes" / "base" / "assets" / "search-index.js"
OPEN = """(files) => {
  globalThis.fetched = [];
  const parsed = Object.fromEntries(Object.entries(files).map(([name, text]) => [name, JSON.parse(text)]));
  globalThis.opened = openIndex(parsed["index.json"], async (name) => {
    fetched.push(name);
    return parsed[name.split("?")[0]];
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
    head = SearchIndex(version="v", papers=len(papers), years=tuple((year, 1) for year in years), bounds=bounds)
    files = {"index.json": head, "words.json": SearchWords(likely_words(shown))}
    for number, shard in enumerate(cut(shown, abstracts, bounds)):
        files[f"terms/{number}.json"] = shard
    for number, start in enumerate(range(0, len(papers), TEXTS_PER_FILE)):
        files[f"texts/{number}.json"] = SearchTextsFile(papers[start : start + TEXTS_PER_FILE])
    return {name: msgspec.json.encode(view) for name, view in files.items()}


def open_index(engine, files: dict[str, bytes]) -> None:
    engine.evaluate(OPEN, {name: data.decode() for name, data in files.items()})


def search(engine, query: str) -> list[int]:
    """The papers that answer ``query``, the best first."""
    return engine.evaluate("async (query) => (await opened.search(query)).numbers", query)
