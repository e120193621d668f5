"""A page per paper."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import PurePosixPath

from labpress.core.taxonomy import category_name
from labpress.entries.entry import Entry
from labpress.entries.paper import Paper
from labpress.markup.html import Html
from labpress.markup.text import resolve_references
from labpress.site.context import SiteContext, page_view
from labpress.site.files import ContentFiles, beside, published_path
from labpress.site.pages import Page
from labpress.site.routes import output_file, paper_path, root_of
from labpress.site.summary import summary_of
from labpress.site.views import NeighbourView, PaperPage, PaperView, TermView


def paper_pages(context: SiteContext) -> Iterator[Page]:
    """Each paper's page knows the next newer and the next older paper."""
    entries = [None, *context.catalog.entries.values(), None]
    for (newer, entry), (_same, older) in pairwise(pairwise(entries)):
        if entry is not None:
            yield _paper(context, entry, newer, older)


def _paper(context: SiteContext, entry: Entry, newer: Entry | None, older: Entry | None) -> Page:
    paper = entry.paper
    card = context.cards[paper.id]
    resolve = paper_references(context, entry)
    abstract = resolve_references(entry.abstract.html, resolve)
    description = summary_of(entry.abstract.text) or summary_of(
        f"{entry.title.text}. {', '.join(view.name for view in card.authors[:5])}"
    )
    view = PaperPage(
        site=context.site,
        page=page_view(
            context,
            "paper",
            card.path,
            entry.title.text,
            description=description,
            language=paper.language,
            source=paper.path,
        ),
        paper=PaperView(
            card=card,
            abstract=abstract,
            body=resolve_references(entry.body.html, resolve) if entry.body.html else Html(),
            affiliations=paper.affiliations,
            has_equal=any(author.equal for author in paper.authors),
            has_corresponding=any(author.corresponding for author in paper.authors),
            published_in=published_in(paper),
            categories=tuple(TermView(category_name(one) or one, "", 0, group=one) for one in paper.categories),
            doi=paper.doi,
            arxiv=paper.arxiv,
            note=paper.note,
            image=_image(context.files, paper),
            image_alt=paper.image_alt,
            previous=_neighbour(context, older),
            next=_neighbour(context, newer),
            edit_url=edit_url(context, paper.path),
        ),
    )
    return Page(output_file(card.path), "paper.html", view, paper.path)


def _neighbour(context: SiteContext, entry: Entry | None) -> NeighbourView | None:
    if entry is None:
        return None
    card = context.cards[entry.paper.id]
    return NeighbourView(card.title, card.path)


def published_in(paper: Paper) -> str:
    """Where in its venue the paper stands: ``Volume 12, issue 3, pages 45-67. Springer``."""
    pages = paper.pages.replace("--", "–").replace("-", "–") if paper.pages[:1].isdigit() else paper.pages
    parts = [
        paper.booktitle if paper.booktitle != paper.venue else "",
        paper.series,
        paper.volume and f"volume {paper.volume}",
        paper.issue and f"issue {paper.issue}",
        paper.number and f"no. {paper.number}",
        pages and (f"pages {pages}" if "–" in pages else f"page {pages}"),
        paper.edition and f"{paper.edition} edition",
        paper.degree and f"{paper.degree} thesis",
        paper.institution,
        paper.publisher,
        paper.place,
    ]
    text = ", ".join(part for part in parts if part)
    return text[:1].upper() + text[1:]


def paper_references(context: SiteContext, entry: Entry) -> Callable[[str, str], str | None]:
    """How links in an entry's text resolve on the entry's page."""
    paper = entry.paper
    root = root_of(paper_path(paper.id))

    def resolve(kind: str, target: str) -> str | None:
        if kind == "entry":
            return f"{root}{paper_path(target)}" if target in context.catalog.entries else None
        found = beside(context.files, paper.path, paper.id, target)
        return f"{root}{published_path(found, paper_path(paper.id), PurePosixPath(target).name)}" if found else None

    return resolve


def _image(files: ContentFiles, paper: Paper) -> str:
    found = beside(files, paper.path, paper.id, paper.image) if paper.image else ""
    return published_path(found, paper_path(paper.id)) if found else ""


def edit_url(context: SiteContext, source: str) -> str:
    """Where a person can edit the file ``source`` in the browser; "" when the repository is not known."""
    repository = context.config.repository.rstrip("/").removesuffix(".git")
    if not repository:
        return ""
    middle = "-/edit" if "gitlab" in repository else "_edit" if "codeberg" in repository else "edit"
    path = context.files.in_repository + source.removeprefix(context.files.root)
    return f"{repository}/{middle}/{context.config.branch}/{path}"
