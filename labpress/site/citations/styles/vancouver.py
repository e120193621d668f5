"""Vancouver: the ICMJE's sample references, after Citing Medicine (National Library of Medicine), 2nd edition."""

from __future__ import annotations

from html import escape

from labpress.core.dates import MONTHS
from labpress.core.names import Name
from labpress.core.patterns import when_needed
from labpress.site.citations.reference import Reference
from labpress.site.citations.styles.parts import (
    anchor,
    changed_digits,
    commas,
    degree_text,
    edition_text,
    name_list,
    page_range,
    sentences,
    spaced,
    stop,
    version_text,
)

_BETWEEN_INITIALS = when_needed(r"[.-]| (?=.\.)")


def vancouver(ref: Reference) -> str:
    """``Dinh T, Zeng Y. Title. Journal. 2022 Jun 14;12(3):1-10. doi: 10.…``"""
    return spaced(sentences(_authors(ref), _title(ref)), _source(ref), _address(ref))


def _authors(ref: Reference) -> str:
    """All of up to six authors; of more, the first six."""
    if not ref.authors and ref.editors and ref.type == "book":
        return _editors(ref)
    return name_list(ref.authors, _name, et_al=ref.et_al, limit=6, kept=6, two=", ", last=", ", others=", et al.")


def _editors(ref: Reference) -> str:
    names = name_list(ref.editors, _name, limit=6, kept=6, two=", ", last=", ", others=", et al.")
    return commas(names, "editors" if len(ref.editors) > 1 else "editor")


def _name(name: Name) -> str:
    """``van der Berg JW Jr``: initials without points or spaces; ``Saint-Exupéry A de``."""
    if name.literal or name.is_family_first or not name.given:
        return escape(name.display)
    initials = _BETWEEN_INITIALS.sub("", name.initials)
    return escape(spaced(name.family_with_particle, initials, name.suffix.rstrip(".")))


def _title(ref: Reference) -> str:
    kinds = {
        "software": "software",
        "dataset": "dataset",
        "poster": "poster",
        "talk": "presentation",
        "patent": "patent",
        "manuscript": "unpublished manuscript",
    }
    kind = degree_text(ref, "dissertation", "{} thesis") if ref.type == "thesis" else kinds.get(ref.type, "")
    return f"{ref.title_html.source}{kind and f' [{kind}]'}"


def _source(ref: Reference) -> str:
    kind = ref.type
    if kind == "article":
        return _journal(ref)
    if kind == "preprint":
        return sentences(f"{escape(ref.archive_number or ref.archive)} [Preprint]", _date(ref))
    if kind in ("conference", "workshop", "chapter"):
        editors = _editors(ref) if ref.editors else ""
        volume = ref.volume and f"Vol. {escape(ref.volume)}"
        book = sentences(editors, escape(ref.container), edition_text(ref.edition), volume)
        pages = ref.pages and f"p. {_pages(ref)}."
        return spaced(book and f"In: {book}", stop(_imprint(ref)), pages)
    version = version_text(ref) if kind in ("software", "dataset") else ""
    head = (
        escape(ref.container or ref.event),
        version and f"Version {version}",
        edition_text(ref.edition) if not version else "",
    )
    number = ref.number if kind in ("report", "patent") else ""
    return sentences(
        *head, _imprint(ref), number and f"{'Report' if kind == 'report' else 'Patent'} No.: {escape(number)}"
    )


def _journal(ref: Reference) -> str:
    """``Journal. 2022 Jun 14;12(3):1-10.``"""
    volume = escape(ref.volume) + (ref.issue and f"({escape(ref.issue)})")
    when = _date(ref)
    place = f"{when};{volume}" if volume else when
    return spaced(sentences(escape(ref.container)), stop(f"{place}:{_pages(ref)}" if ref.pages else place))


def _pages(ref: Reference) -> str:
    return page_range(ref.pages, changed_digits).replace("–", "-")


def _imprint(ref: Reference) -> str:
    """``City: Publisher; 2022``"""
    publisher = escape(ref.institution or ref.publisher)
    house = ": ".join(part for part in (escape(ref.place), publisher) if part)
    when = (
        _date(ref)
        if ref.type in ("dataset", "software", "manuscript", "poster", "talk", "patent", "other")
        else _year(ref)
    )
    return "; ".join(part for part in (house, when) if part)


def _year(ref: Reference) -> str:
    if ref.is_forthcoming:
        return "Forthcoming"
    return str(ref.date.year) if ref.date else "[date unknown]"


def _date(ref: Reference) -> str:
    date = ref.date
    if ref.is_forthcoming or not date or not date.month:
        return _year(ref)
    return spaced(str(date.year), MONTHS[date.month - 1][:3], str(date.day or ""))


def _address(ref: Reference) -> str:
    if ref.doi:
        return f"doi: {anchor(ref.link, ref.doi)}"
    return f"Available from: {anchor(ref.link)}" if ref.link else ""
