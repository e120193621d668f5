"""IEEE: IEEE Reference Guide (IEEE Publishing Operations, 2023)."""

from __future__ import annotations

from html import escape

from labpress.core.dates import MONTHS
from labpress.site.citations.reference import Reference
from labpress.site.citations.styles.parts import (
    anchor,
    commas,
    degree_text,
    edition_text,
    initials_first,
    is_own_publisher,
    italic,
    name_list,
    pages_label,
    quoted,
    spaced,
    stop,
    version_text,
)

_QUOTED = (
    "article",
    "conference",
    "workshop",
    "chapter",
    "thesis",
    "report",
    "preprint",
    "manuscript",
    "dataset",
    "poster",
    "talk",
    "patent",
    "other",
)


def ieee(ref: Reference) -> str:
    """``T. Dinh and Y. Zeng, “Title,” *Journal*, vol. 12, no. 3, pp. 1–10, Jun. 2022, doi: 10.….``"""
    title = ref.title_html.source
    body = spaced(quoted(title, ","), _source(ref)) if ref.type in _QUOTED else _standalone(ref, italic(title))
    authors = _authors(ref)
    return _with_address(ref, f"{authors}, {body}" if authors else body)


def _authors(ref: Reference) -> str:
    """All of up to six authors; of more, the first."""
    if not ref.authors and ref.editors and ref.type == "book":
        return commas(name_list(ref.editors, initials_first), "Eds." if len(ref.editors) > 1 else "Ed.")
    if ref.et_al and len(ref.authors) <= 6:
        return name_list(
            ref.authors,
            initials_first,
            et_al=True,
            others=", <i>et al.</i>" if len(ref.authors) > 1 else " <i>et al.</i>",
        )
    return name_list(ref.authors, initials_first, limit=6, others=" <i>et al.</i>")


def _source(ref: Reference) -> str:
    kind = ref.type
    if kind in ("conference", "workshop", "chapter"):
        return _in_book(ref)
    if kind == "thesis":
        degree = degree_text(ref, "Ph.D. dissertation", "{} thesis")
        return commas(degree, escape(ref.department), escape(ref.institution), escape(ref.place), _date(ref))
    if kind == "report":
        institution = "" if is_own_publisher(ref, ref.institution) else escape(ref.institution)
        return commas(institution, escape(ref.place), spaced("Tech. Rep.", escape(ref.number)), _date(ref))
    if kind == "preprint":
        number = anchor(ref.arxiv_url, ref.archive_number) or escape(spaced(ref.archive, ref.number))
        return commas(_date(ref), italic(number))
    if kind in ("dataset", "poster", "talk", "patent"):
        return commas(_origin(ref), escape(ref.place), _date(ref))
    return _journal(ref)


def _origin(ref: Reference) -> str:
    """Where something that was not published in a book or journal comes from."""
    if ref.type == "patent":
        return ref.number and f"Patent {escape(ref.number)}"
    return f"presented at {escape(ref.event)}" if ref.event else escape(ref.publisher)


def _journal(ref: Reference) -> str:
    pages = f"Art. no. {escape(ref.pages)}" if ref.is_article_number else pages_label(ref, "p.", "pp.")
    numbers = (ref.volume and f"vol. {escape(ref.volume)}", ref.issue and f"no. {escape(ref.issues)}", pages)
    return commas(italic(escape(ref.container)), *numbers, _date(ref))


def _in_book(ref: Reference) -> str:
    """Proceedings have place, publisher and year after commas; a book's publisher follows a stop and its city."""
    editors = ""
    if ref.editors:
        editors = commas(name_list(ref.editors, initials_first), "Eds." if len(ref.editors) > 1 else "Ed.")
    volume = ref.volume and f"vol. {escape(ref.volume)}"
    book = ref.container and f"in {italic(escape(ref.container))}"
    head = commas(book, escape(ref.series), volume, edition_text(ref.edition), editors)
    pages = pages_label(ref, "p.", "pp.")
    if ref.type == "chapter" and ref.publisher:
        return spaced(stop(head), commas(_publisher(ref), _date(ref), pages))
    return commas(head, escape(ref.place), escape(ref.publisher), _date(ref), pages)


def _publisher(ref: Reference) -> str:
    return ": ".join(part for part in (escape(ref.place), escape(ref.publisher)) if part)


def _standalone(ref: Reference, title: str) -> str:
    """Books and software: ``*Title*, 2nd ed. City: Publisher, 2022``."""
    if ref.type == "software":
        version = version_text(ref)
        head = stop(spaced(title, version and f"(version {version})"))
        return spaced(head, commas(escape(ref.publisher), _date(ref)))
    head = commas(title, ref.volume and f"vol. {escape(ref.volume)}", edition_text(ref.edition))
    tail = commas(_publisher(ref), _date(ref))
    return spaced(stop(head), tail) if tail else head


def _date(ref: Reference) -> str:
    if ref.is_forthcoming:
        return "to be published"
    if ref.type == "manuscript":
        return "unpublished" if ref.is_in_preparation else "submitted for publication"
    date = ref.date
    if not date:
        return "n.d."
    if not date.month or ref.type in ("book", "chapter", "conference", "workshop", "thesis", "preprint"):
        return str(date.year)
    name = MONTHS[date.month - 1]
    month = name if name == "May" else f"{name[:3]}."
    has_day = date.day and ref.type in ("dataset", "software", "poster", "talk", "patent", "other")
    return f"{month} {date.day}, {date.year}" if has_day else f"{month} {date.year}"


def _with_address(ref: Reference, body: str) -> str:
    """A DOI as such; any other address as where the text is on line, without a full stop that could be taken for it."""
    if ref.doi:
        return f"{body}, doi: {anchor(ref.link, ref.doi)}."
    if ref.type == "preprint" and ref.arxiv:
        return f"{body}."
    return f"{stop(body)} [Online]. Available: {anchor(ref.link)}" if ref.link else stop(body)
