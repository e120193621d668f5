"""Pages of the lab's own words, and the page for addresses that lead nowhere."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from labpress.markup.text import escape_html, resolve_references
from labpress.site.context import SiteContext, page_view
from labpress.site.kinds.lists import site_references
from labpress.site.pages import Page
from labpress.site.routes import output_file
from labpress.site.summary import summary_of
from labpress.site.views import TextPage


def text_pages(context: SiteContext) -> Iterator[Page]:
    """Each of ``pages/*.md`` but the home page's introduction, and 404.html."""
    for text in context.texts:
        if text.id in ("index", "404"):
            continue
        path = f"{text.id}/"
        description = text.description or summary_of(text.content.text) or f"{text.title.text} · {context.config.title}"
        page = page_view(
            context, "page", path, text.title.text, description=description, language=text.language, source=text.path
        )
        content = resolve_references(text.content.html, site_references(context, path))
        yield Page(
            output_file(path),
            "page.html",
            TextPage(site=context.site, page=page, heading=text.title.html, content=content),
            text.path,
        )
    yield _not_found(context)


def _not_found(context: SiteContext) -> Page:
    """404.html is sent for any address at any depth, so its links cannot be relative."""
    own = next((text for text in context.texts if text.id == "404"), None)
    path = "404.html"
    page = page_view(context, "404", path, own.title.text if own else "Page not found", source=own.path if own else "")
    page = replace(page, root=context.config.base_path, canonical="")
    view = TextPage(
        site=context.site,
        page=page,
        heading=own.title.html if own else escape_html("Page not found"),
        **({"content": resolve_references(own.content.html, site_references(context, path))} if own else {}),
    )
    return Page(path, "404.html", view, page.source)
