"""Pages at former addresses, which send visitors and search engines on.

A static host has no redirects of its own. A page that refreshes at once and names its canonical address counts as a
permanent one for search engines.
"""

from __future__ import annotations

from collections.abc import Iterator

from labpress.site.context import SiteContext
from labpress.site.data_views import RedirectView
from labpress.site.pages import Page
from labpress.site.routes import absolute, output_file, paper_path, root_of, text_path


def redirect_pages(context: SiteContext) -> Iterator[Page]:
    """One page for each alias of a paper or of a page of the lab's own."""
    for entry in context.catalog.entries.values():
        paper = entry.paper
        for alias in dict.fromkeys(paper.aliases):
            path = alias[1:] if alias.startswith("/") else f"papers/{alias}"
            yield _redirect(context, path, paper_path(paper.id), context.title_of(entry).text, paper.path)
    for text in context.texts:
        for alias in dict.fromkeys(text.aliases):
            yield _redirect(context, alias.removeprefix("/"), text_path(text.id), text.title.text, text.path)


def _redirect(context: SiteContext, former: str, target: str, title: str, source: str) -> Page:
    path = former if former.endswith((".html", ".htm")) else f"{former}/"
    view = RedirectView(
        title=title,
        language=context.site.language,
        target=f"{root_of(path)}{target}",
        canonical=absolute(context.site.url, target),
    )
    return Page(output_file(path), "data:redirect", view, source)
