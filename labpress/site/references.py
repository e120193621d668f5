"""Where the addresses in a text lead that only a page can know: other entries, files beside it, the site's root."""

from __future__ import annotations

import posixpath
from pathlib import PurePosixPath

from labpress.core.remembered import ByIdentity
from labpress.entries.paper import Paper
from labpress.entries.text_page import TextEntry
from labpress.markup.references import Resolve
from labpress.site.context import SiteContext
from labpress.site.files import address_of, beside, published_path
from labpress.site.routes import NOT_FOUND, paper_path, root_of, text_path


def references(context: SiteContext, page: str, source: str = "", own_id: str = "") -> Resolve:
    """How references resolve in the text of the Markdown file ``source`` on the page at ``page``."""
    root = context.config.base_path if page == NOT_FOUND else root_of(page)
    folder = page.removesuffix(NOT_FOUND)
    entries = context.catalog.entries

    def resolve(kind: str, target: str) -> str | None:
        if kind == "site":
            return f"{root}{target.lstrip('/')}"
        if kind == "file":
            page_of_it = linked_page(context, source, target)
            if page_of_it is not None:
                return f"{root}{page_of_it}"
            found = beside(context.files, source, own_id, target)
            return f"{root}{address_of(published_path(found, folder, PurePosixPath(target).name))}" if found else None
        if target not in entries:
            return None
        entry = entries[target]
        if kind == "title":
            return context.title_of(entry).text
        return cited(entry.paper) if kind == "citation" else f"{root}{paper_path(target)}"

    return resolve


def linked_page(context: SiteContext, source: str, target: str) -> str | None:
    """The page that is made from the Markdown file ``target``, named as seen from the file ``source``.

    So links from file to file lead from page to page too, and hosts of repositories can follow them as well.
    """
    if not target.endswith(".md"):
        return None
    path = posixpath.normpath(posixpath.join(posixpath.dirname(source), target))
    entry = context.catalog.entries.get(PurePosixPath(path).stem)
    if entry is not None and entry.paper.path == path:
        return paper_path(entry.paper.id)
    return _pages_of_texts(context.texts).get(path)


@ByIdentity
def _pages_of_texts(texts: tuple[TextEntry, ...]) -> dict[str, str]:
    """Markdown file -> its page."""
    return {text.path: text_path(text.id) for text in texts}


def cited(paper: Paper) -> str:
    """The paper as running text cites it: ``Dinh et al. (2022)``."""
    families = [author.name.family_with_particle for author in paper.authors]
    if not families:
        names = paper.id
    elif len(families) > 2 or paper.et_al:
        names = f"{families[0]} et al."
    else:
        names = " & ".join(families)
    return f"{names} ({paper.date.year if paper.date else 'n.d.'})"
