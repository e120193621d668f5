"""Pages of the lab's own words, and the page for addresses that lead nowhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from labpress.entries.text_page import NEWS, TextEntry, latest_news
from labpress.markup.html import Html, html_of
from labpress.markup.references import resolve_references
from labpress.markup.text import Inline
from labpress.site.context import SiteContext, page_view
from labpress.site.pages import Page
from labpress.site.publishing import with_metadata
from labpress.site.references import references
from labpress.site.routes import NOT_FOUND, output_file, text_path
from labpress.site.summary import summary_of
from labpress.site.views import MenuView, TextPage

NEWS_FOLDER = NEWS.rstrip("/")
NEWS_AROUND = 2
"""Newer news, and older, that one leads to: so the oldest, too, can be reached from the home page."""
MANY, AROUND = 60, 10
"""Pages of one folder that no longer name each other, but so many before and after; the folder's own names all."""


def text_pages(context: SiteContext) -> Iterator[Page]:
    """Each of ``pages/*.md`` but those that introduce pages of labpress's own, and 404.html."""
    families = _families(context.texts)
    introductions = {"index", "404"}
    introductions |= {"people"} if context.members else set()
    introductions |= {"statistics"} if context.has_statistics else set()
    for text in context.texts:
        if text.id in introductions:
            continue
        path = text_path(text.id)
        description = text.description or summary_of(text.content.text) or f"{text.title.text} · {context.config.title}"
        page = page_view(
            context.site,
            "page",
            path,
            text.title.text,
            description=description,
            language=text.language,
            source=text.path,
        )
        page = with_metadata(page, context.site, context.publishing)
        folder, neighbours = _neighbours(context, text, families)
        content = resolve_references(text.content.html, references(context, path, text.path, text.id))
        yield Page(
            output_file(path),
            "page.html",
            TextPage(
                site=context.site,
                page=page,
                heading=text.title.html,
                content=content,
                date=text.date.iso if text.date else "",
                date_text=context.site.words.dates.text(text.date) if text.date else "",
                neighbours=neighbours,
                folder=folder,
            ),
            text.path,
        )
    if context.config.features.not_found:
        yield _not_found(context)


def _families(texts: tuple[TextEntry, ...]) -> Mapping[str, list[TextEntry]]:
    """Folder -> its pages, the folder's own page first; all news are of one folder, the latest first."""
    families: dict[str, list[TextEntry]] = defaultdict(list)
    for text in texts:
        families[text.id].insert(0, text)
        folder = _folder_of(text)
        if folder not in (text.id, NEWS_FOLDER):
            families[folder].append(text)
    families[NEWS_FOLDER] += latest_news(texts)
    return families


def _folder_of(text: TextEntry) -> str:
    return NEWS_FOLDER if text.id.startswith(NEWS) else text.id.rpartition("/")[0] or text.id


def _neighbours(
    context: SiteContext, text: TextEntry, families: Mapping[str, list[TextEntry]]
) -> tuple[str, tuple[MenuView, ...]]:
    """The name and the pages of the folder of ``text``; where they are many, and on news, those around it."""
    folder = _folder_of(text)
    family = families[folder]
    if len(family) < 2:
        return "", ()
    has_own = family[0].id == folder
    is_news = folder == NEWS_FOLDER
    name = context.site.words.news if is_news else folder.rpartition("/")[2].capitalize()
    shown = family
    if text.id != folder and (is_news or len(family) > MANY):
        around = NEWS_AROUND if is_news else AROUND
        at = next(number for number, one in enumerate(family) if one is text)
        first = max(has_own, at - around)
        shown = [*family[:has_own], *family[first : at + around + 1]]
    own = family[0].title.text if has_own else name
    return own, tuple(MenuView(one.title.text, text_path(one.id)) for one in shown)


def _not_found(context: SiteContext) -> Page:
    own = next((text for text in context.texts if text.id == "404"), None)
    words = context.site.words
    title = own.title if own else Inline(html_of(words.page_not_found), words.page_not_found)
    content = resolve_references(own.content.html, references(context, NOT_FOUND, own.path, own.id)) if own else Html()
    about = f"{words.no_such_page} {context.config.title}"
    page = page_view(context.site, "404", NOT_FOUND, title.text, description=about, source=own.path if own else "")
    page = replace(page, root=context.config.base_path, canonical="")
    return Page(
        NOT_FOUND, "404.html", TextPage(site=context.site, page=page, heading=title.html, content=content), page.source
    )
