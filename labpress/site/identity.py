"""Who is who: which author of which paper is which person.

A person is a key: of people.yml, or made from the name's spelling. Nothing is guessed. Spellings that differ by
accents, case, hyphens and punctuation are one person unless ORCID iDs tell them apart. A shorter spelling (``J.
Müller``, ``Jan Müller`` beside ``Jan P. Müller``, ``Mueller``) is the person of a fuller one when just one person can
be meant; where one of several people of people.yml could be, that is reported, and the author stays a person of their
own.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from msgspec import Struct

from labpress.core.diagnostics import Diagnostic, Parsed, Span, quoted
from labpress.core.names import Name
from labpress.entries.paper import Author, Paper
from labpress.entries.people import Person
from labpress.site.name_forms import read_form, spelling_key, turned_round
from labpress.site.name_groups import Spelling, group_spellings


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
    papers = tuple(papers)
    register = _Register(papers, people)
    authors = {paper.id: tuple([register.key_of(author, paper) for author in paper.authors]) for paper in papers}
    return Parsed(Identities(register.identities(), authors), tuple(register.diagnostics))


class _Register:
    """The working state of one ``identify``: what is known of each spelling and iD."""

    def __init__(self, papers: tuple[Paper, ...], people: tuple[Person, ...]) -> None:
        self.diagnostics: list[Diagnostic] = []
        self.people = {person.key: person for person in people}
        self.by_orcid = {person.orcid: person.key for person in people if person.orcid}
        self.cache: dict[Author, str] = {}
        self.counts = Counter([author for paper in papers for author in paper.authors])
        self.spellings = {author: spelling_key(author.name) for author in self.counts}
        self.listed = _listed_spellings(people)
        self.orcids: dict[str, set[str]] = defaultdict(set)
        for author, key in self.spellings.items():
            if author.orcid:
                self.orcids[key].add(author.orcid)
        for key, persons in self.listed.items():
            if key in self.orcids:
                self.orcids[key] |= {self.people[one].orcid for one in persons} - {""}
        self.groups = group_spellings(self.all_spellings())

    def all_spellings(self) -> list[Spelling]:
        """Every spelling once; one that several iDs stand beside, once for each iD and once for papers without."""
        found: dict[tuple[str, str], Spelling] = {}
        for person in self.people.values():
            for name in (person.name, *person.also):
                key = spelling_key(name)
                if len(self.listed[key]) == 1:
                    apart = self.told_apart(key, person.orcid)
                    found[key, apart] = Spelling(name, key, apart, person.orcid, person.key)
        for author, key in self.spellings.items():
            apart = self.told_apart(key, author.orcid)
            if author.person in self.people or (not apart and self.is_shared(key)):
                continue
            known = found.get((key, apart))
            if known is None:
                ids = self.orcids.get(key, ())
                orcid = author.orcid or (next(iter(ids)) if len(ids) == 1 else "")
                owner = self.by_orcid.get(orcid, "") if orcid else ""
                found[key, apart] = Spelling(
                    author.name, key, apart, orcid, owner or ("" if apart else self.owner(key))
                )
            elif known.name != author.name and not known.person:
                # Hyphens and capitals are lost in the key; which name stands for it must not depend on the order.
                found[key, apart] = known._replace(name=max(known.name, author.name, key=_informative))
        return list(found.values())

    def is_shared(self, key: str) -> bool:
        """Whether several people are written so."""
        return len(self.listed.get(key, ())) > 1 or len(self.orcids.get(key, ())) > 1

    def owner(self, key: str) -> str:
        """The one person of people.yml who is written so, "" if there is none or several."""
        persons = self.listed.get(key, ())
        return persons[0] if len(persons) == 1 else ""

    def told_apart(self, key: str, orcid: str) -> str:
        """The iD that is a part of a spelling's identity: only where namesakes are told apart by it."""
        return orcid if len(self.orcids.get(key, ())) > 1 else ""

    def key_of(self, author: Author, paper: Paper) -> str:
        key = self.cache.get(author)
        if key is None:
            key = self.cache[author] = self.decide(author, paper)
        return key

    def decide(self, author: Author, paper: Paper) -> str:
        if author.person:
            if author.person in self.people:
                return author.person
            message = f"expected a key of people.yml, found {quoted(author.person)}"
            self.report("unknown-person", message, paper, f"known keys: {', '.join(self.people) or 'none'}")
        if author.orcid in self.by_orcid:
            return self.by_orcid[author.orcid]
        key = self.spellings[author]
        apart = self.told_apart(key, author.orcid)
        if not apart and self.is_shared(key):
            return self.owner(key) or self.ask_about_shared(author, key, paper)
        group = self.groups[key, apart]
        if group.could_be:
            called, names = quoted(author.name.display), ", ".join(group.could_be)
            message = f"expected one person whom {called} can mean, found {len(group.could_be)}: {names}"
            advice = "say which:  person: KEY  below the author's name, or add the spelling to  also:  in people.yml"
            self.report("ambiguous-author", message, paper, advice)
        return group.key

    def ask_about_shared(self, author: Author, key: str, paper: Paper) -> str:
        """Report a name that several people have, and keep its author apart from all of them."""
        called, listed = quoted(author.name.display), self.listed.get(key, ())
        if listed:
            message = f"expected one person called {called}, found {len(listed)} in people.yml"
            self.report("ambiguous-author", message, paper, "say which:  person: KEY  below the author's name")
        else:
            message = f"expected one person called {called}, found {len(self.orcids[key])} ORCID iDs with that name"
            self.report("ambiguous-author", message, paper, "give this author's ORCID iD too")
        return f"name:{key}"

    def report(self, code: str, message: str, paper: Paper, advice: str) -> None:
        span = Span(paper.path, paper.lines.get("authors", 0))
        self.diagnostics.append(Diagnostic(code, message, span, advice))

    def identities(self) -> dict[str, Identity]:
        """Everybody found on a paper, printed as people.yml says, else as most papers do that have the full name."""
        spellings: dict[str, Counter[Name]] = defaultdict(Counter)
        orcids: dict[str, str] = {}
        for author, key in self.cache.items():
            spellings[key][author.name] += self.counts[author]
            if author.orcid:
                orcids.setdefault(key, author.orcid)
        result = {}
        for key, names in spellings.items():
            person = self.people.get(key)
            if person is None and len(names) == 1:
                result[key] = Identity(key, next(iter(names)), None, orcids.get(key, ""))
                continue
            printed = person.name if person else _commonest(names)
            others = tuple(sorted({name.display for name in names} - {printed.display}))
            orcid = (person.orcid if person else "") or orcids.get(key, "")
            result[key] = Identity(key, printed, person, orcid, others)
        return result


def _listed_spellings(people: tuple[Person, ...]) -> dict[str, list[str]]:
    """Spelling -> the people who are written so: by people.yml, or in the other order of names that have two."""
    listed: dict[str, list[str]] = defaultdict(list)
    for person in people:
        for key in dict.fromkeys(spelling_key(name) for name in (person.name, *person.also)):
            listed[key].append(person.key)
    for person in people:
        other = turned_round(person.name)
        if other and other not in listed:
            listed[other].append(person.key)
    return listed


def _commonest(names: Counter[Name]) -> Name:
    """The spelling that most papers have, of those with the given name in full if there are some."""
    return max(names, key=lambda name: (read_form(name).fullness[0], names[name], _informative(name)))


def _informative(name: Name) -> tuple[int, tuple[bool, int, int], str]:
    """Between two spellings, the one with its accents, and then the longer one, is the person's own."""
    return sum(not char.isascii() for char in name.display), read_form(name).fullness, name.display
