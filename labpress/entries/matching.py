"""Whether two descriptions are of one work: by identifiers, else by title, authors, year and kind of document.

A work is what a lab lists once: a preprint and its published version are one, a conference paper and the journal
article that grew out of it are two. A wrong ``same`` merges two papers, which is worse than one listed twice; so what
is doubtful is ``near``, and a person decides.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

from labpress.core.identifiers import parse_arxiv, parse_doi, without_version
from labpress.core.names import Name, parse_name
from labpress.core.text import fold
from labpress.entries.titles import Likeness, Title, likeness, ratio, read_title, word_overlap

Verdict = Literal["same", "near", "different"]
Agreement = Literal["same", "some", "none", "unknown"]

PUBLISHED_TYPES = frozenset(["article", "conference", "workshop", "chapter", "book"])
_PAPER_TYPES = PUBLISHED_TYPES | {"", "preprint", "report", "other"}
_ARXIV_DOI = "10.48550/arxiv."
_UNTELLING = 12
"""Letters below which a title may be that of many works: Introduction, Editorial."""
_TELLING = 30
"""Letters from which an equal title is evidence enough where one side names no authors."""


class Person(NamedTuple):
    """An author as evidence: spellings of one name give equal parts as far as they can."""

    family: str
    initial: str
    words: frozenset[str]
    """All words of the name, whatever their order."""


class Work(NamedTuple):
    """The facts by which a work is known again."""

    title: Title
    people: tuple[Person, ...] = ()
    """Its authors; of a book that has none, its editors."""
    is_cut: bool = False
    """Only the first authors are named."""
    year: int = 0
    doi: str = ""
    """In lower case; "" for the DOI that arXiv gives, which says no more than the id."""
    arxiv: str = ""
    """Without version."""
    type: str = ""
    venue: str = ""
    where: tuple[str, str] = ("", "")
    """Volume and first page."""

    @property
    def is_published(self) -> bool:
        return self.type in PUBLISHED_TYPES or (self.type in ("", "other") and bool(self.venue))


def is_published(values: Mapping[str, Any]) -> bool:
    """Whether the values of an entry describe a published version rather than a preprint or a report."""
    kind = values.get("type", "")
    return kind in PUBLISHED_TYPES or (kind in ("", "other") and bool(values.get("venue")))


def read_work(values: Mapping[str, Any]) -> Work:
    """The facts of an entry's or a draft's values; those that are not there, or not of the right form, are unknown."""
    doi = (parse_doi(str(values.get("doi") or "")) or "").lower()
    arxiv = parse_arxiv(str(values.get("arxiv") or "")) or (parse_arxiv(doi) if doi.startswith(_ARXIV_DOI) else "")
    people = "editors" if values.get("type") == "book" and not values.get("authors") else "authors"
    authors = values.get(people) or ()
    year = str(values.get("date") or "")[:4]
    pages = str(values.get("pages") or "").replace("–", "-")
    return Work(
        title=read_title(str(values.get("title") or "")),
        people=tuple(filter(None, map(_person, authors if isinstance(authors, list | tuple) else ()))),
        is_cut=values.get("et_al") in (True, "true"),
        year=int(year) if year.isascii() and year.isdigit() else 0,
        doi="" if doi.startswith(_ARXIV_DOI) else doi,
        arxiv=without_version(arxiv or "").lower(),
        type=str(values.get("type") or ""),
        venue=fold(str(values.get("venue") or "")),
        where=(str(values.get("volume") or ""), pages.partition("-")[0]),
    )


def work_keys(work: Work) -> tuple[str, ...]:
    """By what the same work is looked up: identifiers, then the title."""
    keys = ((f"doi:{work.doi}", work.doi), (f"arxiv:{work.arxiv}", work.arxiv))
    return (*(key for key, there in keys if there), *((f"title:{work.title.letters}",) if work.title.letters else ()))


def compare(one: Work, other: Work) -> Verdict:
    """Whether two descriptions are of one work."""
    if (one.doi and one.doi == other.doi) or (one.arxiv and one.arxiv == other.arxiv):
        return _by_identifier(one, other)
    titles = likeness(one.title, other.title)
    if titles == "apart" and not _may_be_renamed(one, other):
        return "different"
    people = authors_agree(one, other)
    if people == "none":
        return "different"
    if titles in ("equal", "spelling"):
        return _by_title(one, other, people, titles)
    return "near" if people == "same" and _is_near(one, other) else "different"


def _by_identifier(one: Work, other: Work) -> Verdict:
    """One identifier is one work, but where nothing else agrees: chapters often carry the DOI of their book."""
    alike = likeness(one.title, other.title) != "apart" or ratio(one.title.letters, other.title.letters) >= 60
    if alike or not one.title.letters or not other.title.letters:
        return "same"
    doubtful = authors_agree(one, other) in ("some", "none") or _stands_elsewhere(one, other)
    return "near" if doubtful else "same"


def _by_title(one: Work, other: Work, people: Agreement, titles: Likeness) -> Verdict:
    gap = _years_between(one, other)
    if gap > 8 or (titles == "spelling" and gap > 3):
        return "different"
    doubts = (
        people == "some",
        people == "unknown" and (len(one.title.letters) < _TELLING or gap > 1 or titles != "equal"),
        gap > _allowed_gap(one, other),
        _kind(one) != _kind(other),
        has_another_identifier(one, other),
        _stands_elsewhere(one, other),
        len(one.title.letters) < _UNTELLING and _is_another_issue(one, other, gap),
    )
    return "near" if any(doubts) else "same"


def may_be_retitled(one: Work, other: Work) -> bool:
    """Whether nothing but the title speaks against one work, where its source calls both the same."""
    if _years_between(one, other) > _allowed_gap(one, other) or has_another_identifier(one, other):
        return False
    return _kind(one) == _kind(other) and authors_agree(one, other) == "same"


def _may_be_renamed(one: Work, other: Work) -> bool:
    """A preprint is often published under a changed title; its authors and the words of its title tell."""
    if one.is_published == other.is_published or one.title.names != other.title.names:
        return False
    same_number = len(one.people) == len(other.people) > 1
    return same_number and word_overlap(one.title, other.title) >= 0.5


def _is_near(one: Work, other: Work) -> bool:
    if _years_between(one, other) > 3 or has_another_identifier(one, other):
        return False
    return _kind(one) == _kind(other)


def authors_agree(one: Work, other: Work) -> Agreement:
    """Whether the authors are the same: as far as both name them, for each half of the shorter list."""
    if not one.people or not other.people:
        return "unknown"
    mine, theirs = ({person.family for person in work.people} for work in (one, other))
    common = len(mine & theirs)
    if not common:
        mine_words, their_words = ({person.words for person in work.people} for work in (one, other))
        common = len(mine_words & their_words)
    if not common:
        return "none"
    first = _agree(one.people[0], other.people[0])
    share = common / min(len(mine), len(theirs))
    return "same" if (first and share >= 0.5) or (share >= 0.8 and min(len(mine), len(theirs)) > 1) else "some"


def _agree(one: Person, other: Person) -> bool:
    initials = not one.initial or not other.initial or one.initial == other.initial
    return (one.family == other.family and initials) or one.words == other.words


def _person(author: object) -> Person | None:
    """An author of an entry's values: a name, or a mapping with one."""
    if isinstance(author, Mapping):
        author = author.get("name") or author.get("organisation") or author.get("family") or ""
    name = author if isinstance(author, Name) else parse_name(str(author))
    family = _loose("".join(char for char in fold(name.family) if char.isalnum()))
    words = frozenset(map(_loose, fold(name.display).replace("-", " ").replace(".", " ").split()))
    return Person(family, fold(name.given)[:1], words) if family else None


def _loose(word: str) -> str:
    """``muller`` for ``mueller`` too: evidence only, never a person's name."""
    return word.replace("ae", "a").replace("oe", "o").replace("ue", "u")


def _years_between(one: Work, other: Work) -> int:
    return abs(one.year - other.year) if one.year and other.year else 0


def _allowed_gap(one: Work, other: Work) -> int:
    """Years that may lie between two descriptions of one work: a journal may take six to print a preprint."""
    if one.is_published == other.is_published:
        return 1
    preprint, published = (other, one) if one.is_published else (one, other)
    return 6 if published.year >= preprint.year else 1


def _kind(work: Work) -> str:
    """Papers in all their versions are one kind; a thesis, a dataset or a talk of a paper's title is another work."""
    return "paper" if work.type in _PAPER_TYPES else work.type


def has_another_identifier(one: Work, other: Work) -> bool:
    """Whether both have an identifier of one scheme, for one stage of publication, and they differ."""
    if one.arxiv and other.arxiv:
        return one.arxiv != other.arxiv
    return bool(one.doi and other.doi) and one.is_published == other.is_published


def _is_another_issue(one: Work, other: Work, gap: int) -> bool:
    """Whether a title that says little, such as Editorial, stands in two years or two journals."""
    if one.is_published != other.is_published:
        return False
    return gap > 0 or one.venue != other.venue


def _stands_elsewhere(one: Work, other: Work) -> bool:
    """Whether both were published, and in two places: as a conference paper and as a journal article, for example."""
    if not (one.is_published and other.is_published):
        return False
    if one.where != other.where and all((*one.where, *other.where)):
        return True
    if one.type == other.type or "other" in (one.type, other.type) or not (one.type and other.type):
        return False
    return bool(one.venue and other.venue) and ratio(one.venue, other.venue) < 70
