"""A page per paper."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from labpress.core.deferred import Deferred, side_by_side
from labpress.core.degrees import degree_name
from labpress.core.taxonomy import category_name
from labpress.entries.entry import Entry
from labpress.entries.paper import Paper
from labpress.markup.html import Html
from labpress.markup.references import resolve_references
from labpress.site.citations.reference import Reference, edition_name, issue_range, page_ranges
from labpress.site.citing import bibtex_of, reference_for
from labpress.site.context import SiteContext, page_view
from labpress.site.files import address_of, beside, published_path
from labpress.site.metadata.highwire import highwire
from labpress.site.metadata.json_ld import Node, paper_node, script
from labpress.site.pages import Page
from labpress.site.publishing import Publishing, paper_alternates, social_tags
from labpress.site.references import references
from labpress.site.related import Relation
from labpress.site.routes import absolute, output_file, paper_path
from labpress.site.summary import summary_of
from labpress.site.views import CardView, NeighbourView, PageView, PaperPage, PaperView, RelatedView, SiteView, TermView
from labpress.site.words import Words


class PaperSettings(Struct, frozen=True):
    """What the configuration says of all paper pages alike."""

    edit_base: str
    """Where the repository's host edits files of the content folder; "" when it is not known."""
    root: str
    """The content folder as diagnostics show it, which paths below ``edit_base`` leave out."""


class PaperFiles(Struct, frozen=True):
    """The addresses that one paper's page needs and only the whole site knows."""

    references: dict[str, str] = {}
    """``kind:target`` of each reference in its texts -> address or text; what leads nowhere is left out."""
    image: str = ""


class RelatedFacts(Struct, frozen=True):
    """What a paper's page says of a related paper, beside its title."""

    year: int
    reasons: tuple[str, ...]


def paper_pages(context: SiteContext) -> Iterator[Page]:
    """One page a paper, which knows the next newer and the next older paper. Views are made when they are needed."""
    settings = PaperSettings(edit_base(context), context.files.root)
    entries = list(context.catalog.entries.values())
    neighbours = [None, *context.neighbours.values(), None]
    for entry, newer, older in zip(entries, neighbours, neighbours[2:], strict=False):
        yield _page(context, settings, entry, newer, older)


def page_of_paper(context: SiteContext, paper_id: str) -> Page:
    """The one of ``paper_pages`` that shows the paper ``paper_id``."""
    order = list(context.catalog.entries)
    at = order.index(paper_id)
    newer = context.neighbours[order[at - 1]] if at else None
    older = context.neighbours[order[at + 1]] if at + 1 < len(order) else None
    settings = PaperSettings(edit_base(context), context.files.root)
    return _page(context, settings, context.catalog.entries[paper_id], newer, older)


def _page(
    context: SiteContext,
    settings: PaperSettings,
    entry: Entry,
    newer: NeighbourView | None,
    older: NeighbourView | None,
) -> Page:
    card = context.cards[entry.paper.id]
    files, related = _files(context, entry), _related(context, entry.paper.id)
    facts = PaperFacts(context.site, context.publishing, settings, entry, card, newer, older, files, *related)
    return Page(output_file(card.path), "paper.html", Deferred(paper_page, facts), entry.paper.path)


class PaperFacts(NamedTuple):
    """All that one paper's page is made from. Each is fingerprinted on its own."""

    site: SiteView
    publishing: Publishing
    settings: PaperSettings
    entry: Entry
    card: CardView
    newer: NeighbourView | None
    older: NeighbourView | None
    files: PaperFiles
    related: tuple[NeighbourView, ...]
    reasons: tuple[RelatedFacts, ...]

    @property
    def is_cited(self) -> bool:
        """Whether the page says how to cite the paper."""
        return self.publishing.citations


@side_by_side(PaperFacts)
def paper_page(papers: list[PaperFacts]) -> list[PaperPage]:
    """The views of papers' pages."""
    references = list(map(_reference, papers))
    both = list(zip(papers, references, strict=True))
    bibtex = [bibtex_of(reference) if reference and paper.is_cited else "" for paper, reference in both]
    cited = [
        _formatted(reference, paper.publishing.style) if reference and paper.is_cited else Html()
        for paper, reference in both
    ]
    pages = _with_metadata(papers, list(map(_page_view, papers)), references)
    return list(map(_paper_page, papers, pages, bibtex, cited))


def _reference(facts: PaperFacts) -> Reference | None:
    """What metadata and citations say of the paper, where the site wants either."""
    site, card, image = facts.site, facts.card, facts.files.image
    if not (facts.publishing.metadata or facts.publishing.citations):
        return None
    reference = reference_for(facts.entry, card.links, site_url=site.url, language=site.language)
    return replace(reference, image_url=absolute(site.url, image)) if image else reference


def _page_view(facts: PaperFacts) -> PageView:
    site, entry, card = facts.site, facts.entry, facts.card
    first_authors = ", ".join(author.name for author in card.authors[:5])
    return page_view(
        site,
        "paper",
        card.path,
        entry.title.text,
        description=summary_of(entry.abstract.text) or summary_of(f"{entry.title.text}. {first_authors}"),
        alternates=paper_alternates(facts.publishing, entry.paper.id),
        language=entry.paper.language,
        source=entry.paper.path,
    )


class _Described(NamedTuple):
    """A page of which search engines, reference managers and social sites are told."""

    reference: Reference
    facts: PaperFacts
    page: PageView


def _with_metadata(
    papers: list[PaperFacts], pages: list[PageView], references: list[Reference | None]
) -> list[PageView]:
    """The pages with tags for those three, where the site wants them."""
    described = [
        _Described(reference, facts, page) if reference and facts.publishing.metadata else None
        for reference, facts, page in zip(references, papers, pages, strict=True)
    ]
    tags = [highwire(one.reference) if one else () for one in described]
    social = [
        social_tags(one.page, one.facts.site, one.facts.publishing, one.reference) if one else () for one in described
    ]
    nodes = [_node(one.reference, one.facts.card) if one else {} for one in described]
    scripts = [script(node) if one else Html() for one, node in zip(described, nodes, strict=True)]
    return [
        replace(page, metas=(*own, *shared), json_ld=json_ld) if one else page
        for one, page, own, shared, json_ld in zip(described, pages, tags, social, scripts, strict=True)
    ]


def _paper_page(facts: PaperFacts, page: PageView, bibtex: str, cited: Html) -> PaperPage:
    entry, edit_url = facts.entry, facts.settings.edit_base
    paper = entry.paper

    def resolve(kind: str, target: str) -> str | None:
        return facts.files.references.get(f"{kind}:{target}")

    return PaperPage(
        site=facts.site,
        page=page,
        paper=PaperView(
            card=facts.card,
            abstract=resolve_references(entry.abstract.html, resolve),
            body=resolve_references(entry.body.html, resolve),
            affiliations=paper.affiliations,
            has_equal=any(author.equal for author in paper.authors),
            has_corresponding=any(author.corresponding for author in paper.authors),
            published_in=published_in(paper, facts.site.words),
            categories=tuple(TermView(category_name(one), "", 0, group=one) for one in paper.categories),
            doi=paper.doi,
            arxiv=paper.arxiv,
            note=paper.note,
            bibtex=bibtex,
            reference=cited,
            exports=page.alternates,
            previous=facts.older,
            next=facts.newer,
            related=_related_views(facts.related, facts.reasons),
            edit_url=edit_url and edit_url + paper.path.removeprefix(facts.settings.root),
        ),
    )


def _node(reference: Reference, card: CardView) -> Node:
    """The paper as JSON-LD, with the ORCID iDs that only people.yml knows."""
    both = list(zip(reference.authors, card.authors, strict=True))
    if all(author.orcid == shown.orcid for author, shown in both):
        return paper_node(reference)
    return paper_node(replace(reference, authors=tuple([replace(author, orcid=shown.orcid) for author, shown in both])))


def _formatted(reference: Reference, style: str) -> Html:
    from labpress.site.citations.formatted import format_reference  # Every style: not for a site without citations.

    return format_reference(reference, style)


def _related_views(papers: tuple[NeighbourView, ...], facts: tuple[RelatedFacts, ...]) -> tuple[RelatedView, ...]:
    both = zip(papers, facts, strict=True)
    return tuple(
        [RelatedView(paper.title, paper.path, fact.year, fact.reasons, paper.language) for paper, fact in both]
    )


def _related(context: SiteContext, paper_id: str) -> tuple[tuple[NeighbourView, ...], tuple[RelatedFacts, ...]]:
    relations = context.compared.related.get(paper_id, ())
    papers = tuple([context.neighbours[relation.paper] for relation in relations])
    return papers, tuple([_related_facts(context, relation) for relation in relations])


def _related_facts(context: SiteContext, relation: Relation) -> RelatedFacts:
    words, catalog = context.site.words, context.catalog
    tags = words.comma.join([catalog.tags[key].label for key in relation.tags])
    authors = words.comma.join([catalog.people[key].name.display for key in relation.authors])
    reasons = (
        words.mentioned_here if relation.links_to else "",
        words.mentions_this if relation.linked_from else "",
        words.shared_topics.format(topics=tags) if tags else "",
        words.shared_authors.format(names=authors) if authors else "",
        words.similar_text if relation.similar else "",
    )
    return RelatedFacts(context.cards[relation.paper].year, tuple(filter(None, reasons)))


def _files(context: SiteContext, entry: Entry) -> PaperFiles:
    """Resolve what the entry's texts refer to. Most refer to nothing."""
    paper, blocks = entry.paper, (entry.abstract, entry.body)
    if not (paper.image or any(block.files or block.entries or '="site:' in block.html.source for block in blocks)):
        return NO_FILES
    directory = paper_path(paper.id)
    resolve = references(context, directory, paper.path, paper.id)
    found: dict[str, str] = {}

    def note(kind: str, target: str) -> str | None:
        answer = resolve(kind, target)
        if answer is not None:
            found[f"{kind}:{target}"] = answer
        return answer

    for block in blocks:
        resolve_references(block.html, note)
    image = beside(context.files, paper.path, paper.id, paper.image) if paper.image else ""
    return PaperFiles(found, address_of(published_path(image, directory)) if image else "")


NO_FILES = PaperFiles()


def published_in(paper: Paper, words: Words) -> str:
    """Where in its venue the paper stands: ``Volume 12, issue 3, pages 45-67. Springer``."""
    pages, edition, degree = page_ranges(paper.pages), edition_name(paper.edition), degree_name(paper.degree)
    if edition.isdecimal():
        edition = words.edition_ordinal(int(edition))
    parts = [
        paper.booktitle if paper.booktitle != paper.venue else "",
        paper.series,
        paper.volume and words.volume.format(volume=paper.volume),
        paper.issue and words.issue.format(issue=issue_range(paper.issue)),
        paper.number and words.number.format(number=paper.number),
        pages and (words.pages if "–" in pages else words.page).format(pages=pages),
        edition and words.edition.format(edition=edition),
        degree and words.thesis.format(degree=degree),
        paper.institution,
        paper.publisher,
        paper.place,
    ]
    text = words.comma.join([part for part in parts if part])
    return text[:1].upper() + text[1:]


def edit_base(context: SiteContext) -> str:
    """Where a person can edit the content folder's files in the browser; "" when the repository is not known."""
    repository = context.config.repository.rstrip("/").removesuffix(".git")
    if not repository:
        return ""
    middle = "-/edit" if "gitlab" in repository else "_edit" if "codeberg" in repository else "edit"
    return f"{repository}/{middle}/{context.config.branch}/{context.files.in_repository}"
