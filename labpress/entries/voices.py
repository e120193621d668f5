"""What several sources say of one work, as one draft: the base, and the other side, of a merge.

The sources of an entry speak with one voice. A published version comes before a preprint, whichever was imported
first; of two files of one format the newer speaks for the older; else the first to come goes on. What the joint draft
says depends on what the sources say alone, not on which of them is imported just now: so nothing flips back when an
older source is imported again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from labpress.core.identifiers import doi_url
from labpress.core.names import parse_name
from labpress.core.text import fold
from labpress.entries.fields import ENTRY_FIELDS
from labpress.entries.from_record import Draft
from labpress.entries.lock import Said
from labpress.entries.matching import is_published
from labpress.entries.titles import ratio, read_title

Values = dict[str, Any]

_OF_THE_PUBLICATION = frozenset(
    "venue booktitle series volume issue pages number edition editors publisher place institution degree isbn issn"
    " status note".split()
)
"""Fields that belong to one place of publication and must not be mixed with those of another."""
_ARXIV_DOI = "10.48550/arxiv."


def told(sources: Mapping[str, Said]) -> Draft:
    """What the sources of an entry say together, with the topics that were found in them."""
    return with_topics(joined(_in_order(sources)), [topic for said in sources.values() for topic in said.topics])


def with_topics(draft: Draft, topics: Collection[str]) -> Draft:
    """``draft`` with the lab's topics among its tags."""
    if not topics:
        return draft
    values: Values = dict(draft.values)
    values["tags"] = _union((values.get("tags"), list(topics)))
    return Draft({key: values[key] for key in ENTRY_FIELDS if key in values}, draft.body)


def _in_order(sources: Mapping[str, Said]) -> list[Draft]:
    """What the sources of an entry say: formats in the order in which they came, of each the newest file first."""
    formats: dict[str, list[Draft]] = {}
    for said in sources.values():
        formats.setdefault(said.format, []).insert(0, said.draft)
    return [draft for drafts in formats.values() for draft in drafts]


def said_together(source_format: str, drafts: Sequence[Draft], key: str, topics: Iterable[str]) -> Said:
    """What one source says of an entry in one place or in several."""
    draft = joined(drafts)
    apart = tuple(drafts) if len(drafts) > 1 else ()
    return Said(source_format, draft.values, draft.body, key, apart, tuple(dict.fromkeys(topics)))


def joined(drafts: Sequence[Draft]) -> Draft:
    """One draft of several, those that come first in ``drafts`` before the others among equals."""
    if len(drafts) == 1:
        return drafts[0]
    as_said: list[Values] = [draft.values for draft in drafts]
    ranked = sorted(as_said, key=lambda values: not is_published(values))
    result: Values = {}
    for values in ranked:
        elsewhere = _is_elsewhere(values, ranked[0])
        for key, value in values.items():
            if not (elsewhere and key in _OF_THE_PUBLICATION):
                result.setdefault(key, value)
    result |= {
        "title": _title(as_said, ranked),
        "date": _date(ranked),
        "type": _type(ranked),
        "doi": _doi(ranked),
        "tags": _union(values.get("tags") for values in as_said),
        "categories": _union(values.get("categories") for values in as_said),
        "links": _links(ranked),
        "extra": _first_of_each(values.get("extra") for values in ranked),
    }
    result |= _authors(ranked)
    if "code" in result["links"]:
        result["has_code"] = False
    body = next((draft.body for draft in drafts if draft.body), "")
    return Draft({key: result[key] for key in ENTRY_FIELDS if result.get(key)}, body)


def _is_elsewhere(values: Values, leading: Values) -> bool:
    """Whether ``values`` describe another place of publication than the leading description.

    One place has many names (NeurIPS, Advances in Neural ...): another name alone does not make another place.
    """
    if is_published(values) != is_published(leading):
        return True
    venues = [fold(str(one.get("venue") or "")) for one in (values, leading)]
    if not all(venues) or ratio(*venues) >= 70:
        return False
    return any(_contradict(values.get(key), leading.get(key)) for key in ("type", "date"))


def _contradict(mine: object, theirs: object) -> bool:
    return bool(mine and theirs) and str(mine)[:4] != str(theirs)[:4]


def _title(as_said: Sequence[Values], ranked: Sequence[Values]) -> str:
    """The leading title as the first source writes it: capitals do not make another title."""
    leading = str(ranked[0].get("title", ""))
    letters = read_title(leading).letters
    titles = (str(values.get("title", "")) for values in as_said)
    return next((title for title in titles if read_title(title).letters == letters), leading)


def _date(ranked: Sequence[Values]) -> str:
    """The leading date, to the day where another source that agrees with it knows the day."""
    dates = [str(values["date"]) for values in ranked if values.get("date")]
    return max((date for date in dates if date.startswith(dates[0])), key=len, default="")


def _type(ranked: Sequence[Values]) -> str:
    published = is_published(ranked[0])
    types = [str(values.get("type") or "other") for values in ranked if is_published(values) == published]
    return next((kind for kind in types if kind != "other"), types[0])


def _doi(ranked: Sequence[Values]) -> str:
    """The DOI of the leading version; the one that arXiv gives only where there is no other."""
    dois = [str(values["doi"]) for values in ranked if values.get("doi")]
    return next((doi for doi in dois if not doi.lower().startswith(_ARXIV_DOI)), dois[0] if dois else "")


def _links(ranked: Sequence[Values]) -> Values:
    """Every link once by kind; the DOI of a preprint stays as a link beside that of the published version."""
    links = _first_of_each(values.get("links") for values in ranked)
    leading = _doi(ranked).lower()
    for values in ranked:
        doi = str(values.get("doi") or "")
        if doi.lower() not in ("", leading) and not doi.lower().startswith(_ARXIV_DOI) and not is_published(values):
            links.setdefault("preprint", doi_url(doi))
    return links


def _authors(ranked: Sequence[Values]) -> Values:
    """The leading list of authors; a whole one before one that is cut, names in full before initials."""
    lists = [values for values in ranked if values.get("authors")]
    if not lists:
        return {"authors": [], "et_al": False}
    whole = [values for values in lists if not values.get("et_al")] or [max(lists, key=lambda one: len(one["authors"]))]
    best = whole[0]["authors"]
    for values in whole[1:]:
        if _are_the_same(values["authors"], best) and _initials(values["authors"]) < _initials(best):
            best = values["authors"]
    return {"authors": best, "et_al": whole[0].get("et_al", False)}


def _are_the_same(mine: Sequence[Any], theirs: Sequence[Any]) -> bool:
    return [fold(parse_name(_printed(one)).family) for one in mine] == [
        fold(parse_name(_printed(one)).family) for one in theirs
    ]


def _initials(authors: Sequence[Any]) -> int:
    """How many of the authors have no given name in full."""
    given = (parse_name(_printed(author)).given for author in authors)
    return sum(bool(name) and len(name.split()[0].rstrip(".")) == 1 for name in given)


def _printed(author: object) -> str:
    return str(author.get("name", "")) if isinstance(author, Mapping) else str(author)


def _union(lists: Iterable[Sequence[Any] | None]) -> list[Any]:
    """Every item of every list once; items that differ by case alone are one."""
    found: dict[str, Any] = {}
    for one in lists:
        for item in one or ():
            found.setdefault(fold(str(item)), item)
    return list(found.values())


def _first_of_each(mappings: Iterable[Values | None]) -> Values:
    found: Values = {}
    for one in mappings:
        for key, value in (one or {}).items():
            found.setdefault(key, value)
    return found
