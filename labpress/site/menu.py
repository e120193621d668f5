"""The site's menu: sections, pages of the lab's own, and addresses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from labpress.core.diagnostics import Diagnostic, Span, quoted
from labpress.core.text import closest
from labpress.entries.config import MenuItem, SiteConfig
from labpress.entries.text_page import TextEntry
from labpress.site.catalog import Catalog
from labpress.site.files import is_absolute
from labpress.site.routes import AUTHORS, PAPERS, PEOPLE, PRINT, STATISTICS, TAGS, VENUES, YEARS
from labpress.site.views import MenuView
from labpress.site.words import Words

SECTIONS: dict[str, str] = {
    "papers": PAPERS,
    "tags": TAGS,
    "years": YEARS,
    "people": PEOPLE,
    "authors": AUTHORS,
    "venues": VENUES,
    "statistics": STATISTICS,
}
"""Menu word -> address."""


def menu_items(
    config: SiteConfig, catalog: Catalog, texts: tuple[TextEntry, ...], words: Words, *, has_members: bool
) -> Iterator[MenuView]:
    """What the menu shows: the words of site.yml, or every section that has something to show and every page."""
    there = {
        "papers": config.features.papers or config.features.print,
        "tags": catalog.tags,
        "people": has_members,
        "venues": config.features.venues and catalog.venues,
        "statistics": config.features.statistics and catalog.entries,
    }
    sections = {word: path for word, path in SECTIONS.items() if there.get(word, True)}
    if not config.features.papers and config.features.print:
        sections["papers"] = PRINT  # All papers are there too, and nothing else leads to it.
    labels = {
        "papers": words.papers,
        "tags": words.topics,
        "years": words.years,
        "people": words.people,
        "authors": words.authors,
        "venues": words.venues,
        "statistics": words.statistics,
    }
    pages = {text.id: text for text in texts if text.id not in ("index", "404")}
    if config.menu is None:
        names = [word for word in ("papers", "tags", "years", "people", "authors", "venues") if word in sections]
        items: Iterable[MenuItem] = [
            MenuItem(word)
            for word in dict.fromkeys((*names, *(key for key, text in pages.items() if text.menu and "/" not in key)))
        ]
    else:
        items = config.menu
    for item in items:
        if item.to:
            absolute = is_absolute(item.to)
            yield MenuView(item.label, "" if absolute else item.to.lstrip("/"), item.to if absolute else "")
        elif item.label in pages:
            yield MenuView(pages[item.label].title.text, f"{item.label}/")
        elif item.label in sections:
            yield MenuView(labels[item.label], sections[item.label])


def menu_faults(config: SiteConfig, path: str, texts: tuple[TextEntry, ...]) -> tuple[Diagnostic, ...]:
    """Menu words that mean neither a section nor a page. A section that has nothing to show yet is none of them."""
    known = [*SECTIONS, *(text.id for text in texts)]
    faults = []
    for item in config.menu or ():
        if not item.to and item.label not in known:
            meant = closest(item.label, known)
            advice = (
                f"did you mean {meant}?" if meant else f"known: {', '.join(known)}; or write  {item.label}: address"
            )
            span = Span(path, config.line("menu", item.label))
            faults.append(
                Diagnostic("unknown-page", f"expected a section or a page, found {quoted(item.label)}", span, advice)
            )
    return tuple(faults)
