"""Chicago, author and date: The Chicago Manual of Style, 18th edition (2024), chapters 13 and 14.

The 18th edition asks for no place of publication and names at most six authors, of more the first three (13.107).
"""

from __future__ import annotations

from html import escape

from labpress.core.dates import MONTHS
from labpress.site.citations.reference import Reference
from labpress.site.citations.styles.parts import (
    anchor,
    chicago_digits,
    commas,
    degree_text,
    edition_text,
    editors_text,
    headline,
    inverted,
    is_own_publisher,
    italic,
    name_list,
    natural,
    page_range,
    quoted,
    sentences,
    spaced,
    stop,
    version_text,
)

_QUOTED = frozenset("article conference workshop chapter thesis preprint manuscript poster talk patent other".split())


def chicago(ref: Reference) -> str:
    """``Dinh, Tuan, and Yuchen Zeng. 2022. “Title.” *Journal* 12 (3): 1–10. https://doi.org/….``"""
    authors, title = _authors(ref), _title(ref)
    head = spaced(sentences(authors, _year(ref)), title) if authors else spaced(title, sentences(_year(ref)))
    return spaced(head, _source(ref), ref.link and f"{anchor(ref.link)}.")


def _authors(ref: Reference) -> str:
    if not ref.authors and ref.editors and ref.type == "book":
        return commas(_names(ref, by_editors=True), "eds" if len(ref.editors) > 1 else "ed")
    return _names(ref)


def _names(ref: Reference, *, by_editors: bool = False) -> str:
    people = ref.editors if by_editors else ref.authors
    et_al = ref.et_al and not by_editors
    cut = et_al or len(people) > 6
    others = ", et al."
    return name_list(
        people[:3] if cut else people, natural, first_form=inverted, et_al=cut, two=", and ", others=others
    )


def _year(ref: Reference) -> str:
    if ref.is_forthcoming:
        return "Forthcoming"
    return str(ref.date.year) if ref.date else "n.d."


def _title(ref: Reference) -> str:
    title = headline(ref)
    return quoted(title, ".") if ref.type in _QUOTED else stop(italic(title))


def _source(ref: Reference) -> str:
    kind = ref.type
    if kind == "article":
        return _journal(ref)
    if kind in ("conference", "workshop", "chapter"):
        return sentences(_in_book(ref), _publisher(ref))
    if kind == "thesis":
        return sentences(commas(degree_text(ref, "PhD diss.", "{} thesis"), escape(ref.institution)))
    if kind in ("preprint", "manuscript"):
        what = "Preprint" if kind == "preprint" else "Unpublished manuscript"
        return sentences(commas(what, escape(ref.archive), _month_and_day(ref)))
    if kind in ("poster", "talk"):
        place = commas(escape(ref.event), escape(ref.place), _month_and_day(ref))
        return sentences(spaced("Poster presented at" if kind == "poster" else "Presented at", place) if place else "")
    return sentences(*_numbers(ref), _publisher(ref))


def _journal(ref: Reference) -> str:
    """``*Journal* 12 (3): 1–10``; without volume the issue stands as ``no. 3`` and pages follow a comma."""
    pages = page_range(ref.pages, chicago_digits)
    journal = italic(escape(ref.container))
    issue = escape(ref.issues)
    if ref.volume:
        place = spaced(journal, escape(ref.volume), issue and f"({issue})")
        return stop(f"{place}: {pages}" if pages else place)
    parts = commas(journal, issue and f"no. {issue}", pages)
    return parts and stop(parts)


def _in_book(ref: Reference) -> str:
    if not ref.container:
        return ""
    editors = f"edited by {editors_text(ref.editors)}" if ref.editors else ""
    volume = ref.volume and f"vol. {escape(ref.volume)}"
    book = commas(italic(escape(ref.container)), editors, edition_text(ref.edition), volume)
    return f"In {book}{ref.pages and f', {page_range(ref.pages, chicago_digits)}'}"


def _numbers(ref: Reference) -> tuple[str, ...]:
    kind = ref.type
    if kind in ("software", "dataset"):
        version = version_text(ref)
        return (version and f"V. {version}",)
    if kind == "report":
        number = escape(ref.number)
        return (number and (f"Report No. {number}" if number[:1].isdigit() else number),)
    if kind == "patent":
        return (ref.number and f"Patent {escape(ref.number)}",)
    return (
        italic(escape(ref.container)),
        edition_text(ref.edition),
        ref.volume and f"Vol. {escape(ref.volume)}",
        escape(ref.series),
    )


def _publisher(ref: Reference) -> str:
    publisher = ref.institution if ref.type == "report" else ref.publisher
    return "" if is_own_publisher(ref, publisher) else escape(publisher)


def _month_and_day(ref: Reference) -> str:
    date = ref.date
    if not date or not date.month:
        return ""
    return spaced(MONTHS[date.month - 1], str(date.day or ""))
