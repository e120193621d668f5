"""Where the addresses in a text lead that only a page can know: other entries, files beside it, the site's root."""

from __future__ import annotations

from pathlib import PurePosixPath

from labpress.entries.paper import Paper
from labpress.markup.references import Resolve
from labpress.site.context import SiteContext
from labpress.site.files import address_of, beside, published_path
from labpress.site.routes import NOT_FOUND, paper_path, root_of


def references(context: SiteContext, page: str, source: str = "", own_id: str = "") -> Resolve:
    """How references resolve in the text of the Markdown file ``source`` on the page at ``page``."""
    root = context.config.base_path if page == NOT_FOUND else root_of(page)
    entries = context.catalog.entries

    def resolve(kind: str, target: str) -> str | None:
        if kind == "site":
            return f"{root}{target.lstrip('/')}"
        if kind == "file":
            found = beside(context.files, source, own_id, target)
            return f"{root}{address_of(published_path(found, page, PurePosixPath(target).name))}" if found else None
        if target not in entries:
            return None
        entry = entries[target]
        if kind == "title":
            return entry.title.text
        return cited(entry.paper) if kind == "citation" else f"{root}{paper_path(target)}"

    return resolve


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
