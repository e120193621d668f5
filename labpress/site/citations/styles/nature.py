"""Nature: the journal's formatting guide for references."""

from __future__ import annotations

from html import escape

from labpress.site.citations.reference import Reference
from labpress.site.citations.styles.parts import (
    anchor,
    commas,
    degree_text,
    edition_text,
    inverted_initials,
    italic,
    manuscript_text,
    name_list,
    spaced,
    stop,
    version_text,
)


def nature(ref: Reference) -> str:
    """``Dinh, T. & Zeng, Y. Title. *Journal* **12**, 1–10 (2022).``"""
    kind = ref.type
    if kind in ("book", "report"):
        return spaced(_head(ref), stop(spaced(_standalone(ref), _imprint(ref))))
    return spaced(_head(ref), stop(ref.title_html.source), stop(_source(ref)))


def _head(ref: Reference) -> str:
    """All of up to five authors; of more, the first."""
    people = ref.authors or (ref.editors if ref.type == "book" else ())
    et_al = bool(ref.et_al and ref.authors) or len(people) > 5
    others = ", <i>et al.</i>" if ref.et_al and 1 < len(people) <= 5 else " <i>et al.</i>"
    shown = people[:1] if len(people) > 5 else people
    names = name_list(shown, inverted_initials, et_al=et_al, two=" &amp; ", last=" &amp; ", others=others)
    if names and not ref.authors:
        names = f"{names} ({'eds' if len(people) > 1 else 'ed.'})"
    return names if not names or et_al else stop(names)


def _source(ref: Reference) -> str:
    kind = ref.type
    if kind == "thesis":
        return f"{degree_text(ref, 'PhD thesis', '{} thesis')}, {escape(ref.institution)} {_year(ref)}"
    if kind == "preprint":
        return spaced("Preprint at", anchor(ref.link) or escape(ref.archive), _year(ref))
    if kind in ("conference", "workshop", "chapter"):
        return _in_book(ref)
    if kind == "article":
        return _journal(ref)
    if kind in ("patent", "manuscript"):
        return spaced("Patent" if kind == "patent" else manuscript_text(ref), escape(ref.number), _year(ref))
    version = version_text(ref) if kind in ("software", "dataset") else ""
    place = italic(escape(ref.publisher or ref.event or ref.container))
    return spaced(version and f"Version {version}.", place, anchor(ref.link), _year(ref))


def _journal(ref: Reference) -> str:
    """Volume and pages, or the DOI of a paper that has none yet."""
    volume = ref.volume and f"<b>{escape(ref.volume)}</b>"
    where = commas(spaced(italic(escape(ref.container)), volume), escape(ref.pages))
    return spaced(where, "" if ref.volume or ref.pages else anchor(ref.link), _year(ref))


def _in_book(ref: Reference) -> str:
    editors = ""
    if ref.editors:
        names = name_list(
            ref.editors, inverted_initials, limit=5, two=" &amp; ", last=" &amp; ", others=" <i>et al.</i>"
        )
        editors = f"({'eds' if len(ref.editors) > 1 else 'ed.'} {names})"
    volume = ref.volume and f"vol. {escape(ref.volume)}"
    book = commas(italic(escape(ref.container)), edition_text(ref.edition, "edn"), volume)
    return spaced(book and f"In {book}", editors, escape(ref.pages), _imprint(ref))


def _standalone(ref: Reference) -> str:
    number = ref.number and (escape(ref.number) if not ref.number[:1].isdigit() else f"Report No. {escape(ref.number)}")
    volume = ref.volume and f"Vol. {escape(ref.volume)}"
    return commas(italic(ref.title_html.source), edition_text(ref.edition, "edn"), volume, number)


def _imprint(ref: Reference) -> str:
    """``(Publisher, 2022)``"""
    publisher = ref.institution if ref.type == "report" else ref.publisher
    return f"({commas(escape(publisher), _year(ref)[1:-1])})"


def _year(ref: Reference) -> str:
    if ref.is_forthcoming:
        return "(in the press)"
    return f"({ref.date.year})" if ref.date else "(n.d.)"
