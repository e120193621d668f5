"""APA: Publication Manual of the American Psychological Association, 7th edition (2019), chapters 9 and 10.

Titles keep the case that the entry gives them: sentence case cannot be made without destroying names.
"""

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
    inverted_initials,
    is_own_publisher,
    italic,
    manuscript_text,
    name_list,
    pages_label,
    sentences,
    spaced,
    stop,
    version_text,
)

_IN_CONTAINER = ("article", "conference", "workshop", "chapter", "other")


def apa(ref: Reference) -> str:
    """``Dinh, T., & Zeng, Y. (2022). Title. *Journal*, *12*(3), 1–10. https://doi.org/…``"""
    authors = _authors(ref)
    title = _title(ref)
    head = sentences(authors, _date(ref), title) if authors else sentences(title, _date(ref))
    return spaced(head, _source(ref), anchor(ref.link))


def _authors(ref: Reference) -> str:
    """Up to 20 authors in full; of more, the first 19 and the last (9.8). Editors stand in for missing authors."""
    authors = ref.authors
    if not authors and ref.editors and ref.type == "book":
        return f"{_names(ref, by_editors=True)} ({'Eds.' if len(ref.editors) > 1 else 'Ed.'})"
    if len(authors) > 20 and not ref.et_al:
        first = ", ".join([inverted_initials(author.name) for author in authors[:19]])
        return f"{first}, . . . {inverted_initials(authors[-1].name)}"
    return _names(ref)


def _names(ref: Reference, *, by_editors: bool = False) -> str:
    people = ref.editors if by_editors else ref.authors
    et_al = ref.et_al and not by_editors
    return name_list(people, inverted_initials, et_al=et_al, two=", &amp; ", last=", &amp; ", others=", et al.")


def _date(ref: Reference) -> str:
    if ref.is_forthcoming:
        return "(in press)"
    date = ref.date
    if not date:
        return "(n.d.)"
    if ref.type in ("talk", "poster") and date.month:
        return f"({commas(str(date.year), spaced(MONTHS[date.month - 1], str(date.day or '')))})"
    return f"({date.year})"


def _title(ref: Reference) -> str:
    """The title with its numbers in parentheses and its kind in brackets; in italics where it stands for itself."""
    title = ref.title_html.source
    if ref.type in _IN_CONTAINER and ref.container:
        return title
    return spaced(italic(title), _numbers(ref), _kind(ref))


def _numbers(ref: Reference) -> str:
    kind = ref.type
    if kind == "book":
        inner = commas(edition_text(ref.edition), ref.volume and f"Vol. {escape(ref.volume)}")
    elif kind == "report":
        inner = ref.number and (
            escape(ref.number) if "no" in ref.number.casefold() else f"Report No. {escape(ref.number)}"
        )
    elif kind == "patent":
        inner = ref.number and f"Patent No. {escape(ref.number)}"
    elif kind in ("software", "dataset"):
        version = version_text(ref)
        inner = version and f"Version {version}"
    else:
        inner = escape(ref.archive_number)
    return inner and f"({inner})"


def _kind(ref: Reference) -> str:
    if ref.type == "thesis":
        name = degree_text(ref, "Doctoral dissertation", "{} thesis")
        return f"[{commas(name, escape(ref.institution))}]"
    if ref.type == "manuscript":
        return f"[{manuscript_text(ref)}]"
    kinds = {
        "software": "Computer software",
        "dataset": "Data set",
        "poster": "Poster presentation",
        "talk": "Conference presentation",
    }
    kind = kinds.get(ref.type, "")
    return kind and f"[{kind}]"


def _source(ref: Reference) -> str:
    """What stands between title and address."""
    kind = ref.type
    if kind == "article":
        return _journal(ref)
    if kind in ("conference", "workshop", "chapter"):
        return sentences(_in_book(ref), _publisher(ref))
    if kind in ("report", "manuscript"):
        return "" if is_own_publisher(ref, ref.institution) else sentences(escape(ref.institution))
    if kind in ("poster", "talk"):
        return sentences(commas(escape(ref.event), escape(ref.place)))
    if kind == "preprint":
        return sentences(escape(ref.archive))
    return sentences(italic(escape(ref.container)), _publisher(ref))


def _journal(ref: Reference) -> str:
    volume = italic(escape(ref.volume)) + (ref.issue and f"({escape(ref.issues)})")
    pages = f"Article {escape(ref.pages)}" if ref.is_article_number else escape(ref.pages)
    parts = commas(italic(escape(ref.container)), volume, pages)
    return parts and stop(parts)


def _in_book(ref: Reference) -> str:
    if not ref.container:
        return ""
    editors = ""
    if ref.editors:
        names = name_list(ref.editors, initials_first, two=" &amp; ", last=", &amp; ")
        editors = f"{names} ({'Eds.' if len(ref.editors) > 1 else 'Ed.'}), "
    volume = ref.volume and f"Vol. {escape(ref.volume)}"
    inner = commas(edition_text(ref.edition), volume, pages_label(ref, "p.", "pp."))
    return f"In {editors}{italic(escape(ref.container))}{inner and f' ({inner})'}"


def _publisher(ref: Reference) -> str:
    is_named = ref.publisher == ref.institution or is_own_publisher(ref, ref.publisher)
    return "" if is_named else escape(ref.publisher)
