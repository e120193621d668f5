"""Which spellings are of one person: a shorter one joins a fuller one when it can mean that one only.

Spellings are looked at from the fullest to the shortest, each beside those of its family name and initial that were
looked at before. So the work grows with the number of spellings, and ``John Smith`` is settled before ``J. Smith``.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from labpress.core.names import Name
from labpress.site.name_forms import Form, may_be_one, read_form, spelt_out

MANY = 100
"""Namesakes among whom a short spelling never means just one; they are not compared one by one."""


class Spelling(NamedTuple):
    """One spelling of a name."""

    name: Name
    letters: str
    """Its spelling key."""
    apart: str = ""
    """The ORCID iD that tells it from an equal spelling of somebody else."""
    orcid: str = ""
    """The iD that stands beside it."""
    person: str = ""
    """The key of people.yml that lists this spelling, or has this iD."""


class Group(NamedTuple):
    """The person of a spelling."""

    key: str
    could_be: tuple[str, ...] = ()
    """Names of everybody whom the spelling can mean, where it is more than one and somebody of people.yml."""


class _Party:
    """Spellings that are one person's."""

    __slots__ = ("is_vague", "joined", "key", "members", "name", "orcid", "person")

    def __init__(self, spelling: Spelling, *, is_vague: bool) -> None:
        self.name = spelling.name.display
        self.key = _key(spelling)
        self.is_vague = is_vague
        """Several others can be meant: no other spelling may join."""
        self.person = ""
        self.orcid = ""
        self.members: list[Sequence[Form]] = []
        """The readings of each spelling."""
        self.joined: _Party | None = None

    @property
    def root(self) -> _Party:
        """The party that this one has become a part of, or itself."""
        party = self
        while party.joined is not None:
            party = party.joined
        return party

    def admits(self, person: str, orcid: str, forms: Sequence[Form]) -> bool:
        """Whether a spelling can be this person's: it contradicts none with the same family name."""
        if (orcid and self.orcid and orcid != self.orcid) or (person and self.person and person != self.person):
            return False
        return all(_agree(forms, member) for member in self.members)

    def take(self, spelling: Spelling, forms: Sequence[Form]) -> None:
        self.person = self.person or spelling.person
        self.orcid = self.orcid or spelling.orcid
        self.members.append(forms)


def _agree(mine: Sequence[Form], theirs: Sequence[Form]) -> bool:
    """Whether some reading of one spelling agrees with one of the other; spellings of other families always do."""
    pairs = [(one.given, other.given) for one in mine for other in theirs if one.family == other.family]
    return not pairs or any(may_be_one(*pair) for pair in pairs)


class _Parties:
    """Everybody met so far, by what a spelling can be looked up by."""

    def __init__(self) -> None:
        self.known: dict[str, _Party] = {}
        """By key of people.yml and by ORCID iD."""
        self.namesakes: dict[tuple[str, str], list[_Party]] = defaultdict(list)
        """By family name and first given name as it is spelt, and by family name and initial with a stop."""

    def add(self, spelling: Spelling, forms: Sequence[Form]) -> tuple[_Party, list[_Party]]:
        """The party of ``spelling``, and everybody whom it could have been."""
        own = self.known.get(spelling.person) or self.known.get(spelling.orcid)
        own = own.root if own else None
        rivals = [party for party in self.candidates(spelling, forms) if party is not own]
        if own is not None:
            party = own
            if len(rivals) == 1:
                _join(rivals[0], own)
        else:
            party = rivals[0] if len(rivals) == 1 else _Party(spelling, is_vague=len(rivals) > 1)
        party.take(spelling, forms)
        for key in filter(None, (party.person, party.orcid)):
            self.known.setdefault(key, party)
        for form in forms:
            for word in (form.given[0], f"{form.given[0][0]}.") if form.given else ():
                self.namesakes[form.family, word].append(party)
        return party, rivals

    def candidates(self, spelling: Spelling, forms: Sequence[Form]) -> list[_Party]:
        found: dict[int, _Party] = {}
        for form in forms:
            pool = self.pool(form)
            if len(pool) > MANY:
                return []
            for party in pool:
                root = party.root
                if not root.is_vague and root.admits(spelling.person, spelling.orcid, forms):
                    found[id(root)] = root
        return list(found.values())

    def pool(self, form: Form) -> list[_Party]:
        """Who has the family name, and a given name that may agree: with a name in full, the same or its initial."""
        if not form.given:
            return []
        first, initial = form.given[0], form.given[0][0]
        if len(first) == 1:
            return self.namesakes.get((form.family, f"{initial}."), [])
        return [*self.namesakes.get((form.family, first), ()), *self.namesakes.get((form.family, initial), ())]


def _join(party: _Party, own: _Party) -> None:
    """Make ``party`` a part of ``own``, which is looked up by people.yml or an iD, where nothing speaks against it."""
    if all(own.admits(party.person, party.orcid, member) for member in party.members):
        own.members += party.members
        own.person, own.orcid = own.person or party.person, own.orcid or party.orcid
        party.joined = own


def group_spellings(spellings: Iterable[Spelling]) -> dict[tuple[str, str], Group]:
    """The person of each spelling, by its letters and the iD that tells it apart."""
    read = [(spelling, forms, list(map(_crowd_of, forms))) for spelling in spellings for forms in [_readings(spelling)]]
    crowds = Counter([crowd for _spelling, _forms, own in read for crowd in own])
    groups: dict[tuple[str, str], Group] = {}
    company = []
    for spelling, forms, own in read:
        # Most names are nobody else's: there is no question whom they mean.
        if spelling.person or spelling.orcid or max(map(crowds.__getitem__, own)) > 1:
            company.append((spelling, forms))
        else:
            groups[spelling.letters, ""] = Group(_key(spelling))
    # Accents first among equals: "Müller" must be known before "Mueller" asks for it.
    company.sort(key=lambda one: (one[1][0].fullness, len(one[1]), one[0].name.display), reverse=True)
    parties = _Parties()
    seated = [(spelling, forms[0], *parties.add(spelling, forms)) for spelling, forms in company]
    for spelling, form, party, rivals in seated:
        root = party.root
        groups[form.letters, spelling.apart] = Group(root.person or root.key, _could_be(spelling, rivals))
    return groups


def _could_be(spelling: Spelling, rivals: Iterable[_Party]) -> tuple[str, ...]:
    """Names, where several people were meant and one is of people.yml. A spelling that people.yml lists is his."""
    roots = {id(party.root): party.root for party in rivals}.values()
    if spelling.person or len(roots) < 2 or not any(root.person for root in roots):
        return ()
    return tuple(sorted(root.name for root in roots))


def _readings(spelling: Spelling) -> list[Form]:
    """The form of the name as it is written, and with its umlauts spelt out."""
    form, other = read_form(spelling.name, spelling.letters), spelt_out(spelling.name)
    return [form, other] if other else [form]


def _crowd_of(form: Form) -> tuple[str, str]:
    return form.family, form.given[0][0] if form.given else ""


def _key(spelling: Spelling) -> str:
    return f"orcid:{spelling.apart}" if spelling.apart else f"name:{spelling.letters}"
