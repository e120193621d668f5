"""MLA: MLA Handbook, 9th edition (2021): author, title, and a container with its numbers, publisher, date and pages."""

from __future__ import annotations

from html import escape

from labpress.site.citations.reference import Reference
from labpress.site.citations.styles.parts import (
    MONTHS,
    anchor,
    capitalised,
    commas,
    degree_text,
    edition_text,
    editors_text,
    headline,
    inverted,
    is_own_publisher,
    italic,
    last_two_digits,
    name_list,
    natural,
    pages_label,
    quoted,
    sentences,
    spaced,
    stop,
    version_text,
)

_IN_CONTAINER = ("article", "conference", "workshop", "chapter", "preprint", "manuscript", "poster", "talk", "other")


def mla(ref: Reference) -> str:
    """``Dinh, Tuan, and Yuchen Zeng. “Title.” *Journal*, vol. 12, no. 3, June 2022, pp. 1–10, https://doi.org/….``"""
    source = _thesis(ref) if ref.type == "thesis" else _container(ref)
    return spaced(sentences(_authors(ref)), _title(ref), source)


def _authors(ref: Reference) -> str:
    """One or two authors; of three and more, the first (5.8)."""
    if not ref.authors and ref.editors and ref.type == "book":
        return commas(_names(ref, by_editors=True), "editors" if len(ref.editors) > 1 else "editor")
    return _names(ref)


def _names(ref: Reference, *, by_editors: bool = False) -> str:
    people = ref.editors if by_editors else ref.authors
    et_al = ref.et_al and not by_editors
    shown = people[:1] if et_al else people
    return name_list(shown, natural, first_form=inverted, et_al=et_al, limit=2, two=", and ", others=", et al.")


def _title(ref: Reference) -> str:
    title = headline(ref)
    return quoted(title, ".") if ref.type in _IN_CONTAINER else stop(italic(title))


def _container(ref: Reference) -> str:
    """Everything from the container on, with commas between and a full stop at the end."""
    pages = pages_label(ref, "p.", "pp.", last_two_digits)
    parts = commas(
        italic(escape(ref.container or ref.archive or ref.event)),
        f"edited by {editors_text(ref.editors)}" if ref.editors and (ref.authors or ref.type != "book") else "",
        *_numbers(ref),
        _publisher(ref),
        _date(ref),
        pages,
        anchor(ref.link),
    )
    kinds = {"poster": "Poster.", "talk": "Conference presentation.", "manuscript": "Unpublished manuscript."}
    return spaced(parts and stop(capitalised(parts)), kinds.get(ref.type, ""))


def _numbers(ref: Reference) -> list[str]:
    kind = ref.type
    if kind in ("software", "dataset"):
        version = version_text(ref)
        return [version and f"version {version}"]
    if kind == "preprint":
        return [escape(ref.archive_number)]
    return [
        edition_text(ref.edition),
        ref.volume and f"vol. {escape(ref.volume)}",
        ref.issue and f"no. {escape(ref.issues)}",
        ref.number and f"{'no. ' if ref.number[:1].isdigit() else ''}{escape(ref.number)}",
    ]


def _publisher(ref: Reference) -> str:
    publisher = ref.institution if ref.type == "report" else "" if ref.type == "article" else ref.publisher
    return "" if is_own_publisher(ref, publisher) else escape(publisher)


def _thesis(ref: Reference) -> str:
    name = degree_text(ref, "PhD dissertation", "{} thesis")
    return spaced(sentences(_date(ref, only_year=True)), stop(commas(escape(ref.institution), name, anchor(ref.link))))


def _date(ref: Reference, *, only_year: bool = False) -> str:
    """Books and proceedings have a year, journals a month, all else a day, as far as known."""
    date = ref.date
    if ref.is_forthcoming:
        return "forthcoming"
    if not date:
        return ""
    if only_year or ref.type in ("book", "chapter", "conference", "workshop") or not date.month:
        return str(date.year)
    month = f"{MONTHS[date.month - 1]} {date.year}"
    return f"{date.day} {month}" if date.day and ref.type != "article" else month
