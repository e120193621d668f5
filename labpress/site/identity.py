"""Who is who: which author of which paper is which person.

A person is a key: of people.yml, or made from the name's spelling. Nothing is guessed. Names that differ only by
accents, case or punctuation are one person unless ORCID iDs tell them apart; where an author could be one of several
people, that is reported and the author gets a page of the bare name.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

from msgspec import Struct

from labpress.core.diagnostics import Diagnostic, Parsed, Span, quoted
from labpress.core.names import Name
from labpress.core.text import fold
from labpress.entries.paper import Author, Paper
from labpress.entries.people import Person

_PUNCTUATION = re.compile(r"[.,'’`\-\s]+")


class Identity(Struct, frozen=True):
    """One person, as the site knows them."""

    key: str
    name: Name
    """How the site prints the person."""
    person: Person | None = None
    orcid: str = ""
    spellings: tuple[str, ...] = ()
    """Other spellings that stand on papers."""


class Identities(Struct, frozen=True):
    """Everybody who wrote a paper."""

    people: dict[str, Identity]
    authors: dict[str, tuple[str, ...]]
    """Paper id -> the key of each author, in order."""


def identify(papers: Iterable[Paper], people: tuple[Person, ...]) -> Parsed[Identities]:
    """Give every author a person."""
    register = _Register(people)
    papers = tuple(papers)
    register.learn_orcids(papers)
    authors = {paper.id: tuple([register.key_of(author, paper) for author in paper.authors]) for paper in papers}
    return Parsed(Identities(register.identities(), authors), tuple(register.diagnostics))


def spelling_key(name: Name) -> str:
    """Equal for spellings that differ by accents, case and punctuation only."""
    return " ".join(_PUNCTUATION.sub(" ", fold(name.display)).split())


class _Register:
    """The working state of one ``identify``: what is known of each spelling and iD."""

    def __init__(self, people: tuple[Person, ...]) -> None:
        self.diagnostics: list[Diagnostic] = []
        self.people = {person.key: person for person in people}
        self.by_orcid = {person.orcid: person.key for person in people if person.orcid}
        self.by_spelling: dict[str, list[str]] = defaultdict(list)
        for person in people:
            for key in dict.fromkeys(spelling_key(name) for name in (person.name, *person.also)):
                self.by_spelling[key].append(person.key)
        self.orcids: dict[str, set[str]] = defaultdict(set)
        self.keys: dict[str, str] = {}
        self.known: dict[Author, list[Any]] = {}
        """Author -> key, and on how many papers. One look-up an author: ten thousand papers have fifty thousand."""

    def learn_orcids(self, papers: tuple[Paper, ...]) -> None:
        """Note which iDs stand beside which spelling, so that two iDs keep namesakes apart."""
        for paper in papers:
            for author in paper.authors:
                if author.orcid and author.orcid not in self.by_orcid:
                    self.orcids[self.spelling(author.name)].add(author.orcid)

    def spelling(self, name: Name) -> str:
        display = name.display
        key = self.keys.get(display)
        if key is None:
            key = self.keys[display] = spelling_key(name)
        return key

    def key_of(self, author: Author, paper: Paper) -> str:
        known = self.known.get(author)
        if known is None:
            known = self.known[author] = [self.decide(author, paper), 0]
        known[1] += 1
        key: str = known[0]
        return key

    def decide(self, author: Author, paper: Paper) -> str:
        if author.person:
            if author.person in self.people:
                return author.person
            message = f"expected a key of people.yml, found {quoted(author.person)}"
            self.report("unknown-person", message, paper, f"known keys: {', '.join(self.people) or 'none'}")
        if author.orcid in self.by_orcid:
            return self.by_orcid[author.orcid]
        spelling = self.spelling(author.name)
        candidates = self.by_spelling.get(spelling, ())
        if author.orcid:
            candidates = [key for key in candidates if not self.people[key].orcid]
        if len(candidates) == 1:
            return candidates[0]
        if len(candidates) > 1:
            message = f"expected one person called {quoted(author.name.display)}, found {len(candidates)} in people.yml"
            self.report("ambiguous-author", message, paper, "say which:  person: KEY  below the author's name")
            return f"name:{spelling}"
        orcids = self.orcids.get(spelling, ())
        if len(orcids) > 1 and author.orcid:
            return f"orcid:{author.orcid}"
        if len(orcids) > 1:
            called = quoted(author.name.display)
            message = f"expected one person called {called}, found {len(orcids)} ORCID iDs with that name"
            self.report("ambiguous-author", message, paper, "give this author's ORCID iD too")
        return f"name:{spelling}"

    def report(self, code: str, message: str, paper: Paper, advice: str) -> None:
        span = Span(paper.path, paper.lines.get("authors", 0))
        self.diagnostics.append(Diagnostic(code, message, span, advice))

    def identities(self) -> dict[str, Identity]:
        """Everybody found on a paper, printed as people.yml says, else as most papers do."""
        spellings: dict[str, Counter[Name]] = defaultdict(Counter)
        orcids: dict[str, str] = {}
        for author, (key, count) in self.known.items():
            spellings[key][author.name] += count
            if author.orcid:
                orcids.setdefault(key, author.orcid)
        result = {}
        for key, names in spellings.items():
            person = self.people.get(key)
            printed = (
                person.name if person else max(names, key=lambda name: (names[name], _richness(name), name.display))
            )
            others = () if len(names) == 1 else tuple(sorted({name.display for name in names} - {printed.display}))
            orcid = (person.orcid if person else "") or orcids.get(key, "")
            result[key] = Identity(key, printed, person, orcid, others)
        return result


def _richness(name: Name) -> int:
    """Between two spellings, the one with its accents is the person's own."""
    return sum(not char.isascii() for char in name.display)
