"""Which author is which person: cases as data, and the laws behind them."""

import re
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from labpress.core.names import parse_name
from labpress.entries.paper import Author, Paper
from labpress.entries.people import Person
from labpress.site.identity import identify
from labpress.site.name_forms import spelling_key
from tests.patience import seconds, within

CASES = yaml.safe_load((Path(__file__).parent.parent / "specs" / "people" / "spellings.yml").read_text("utf-8"))
_AUTHOR = re.compile(r"(?P<name>[^<=]+?)(?: <(?P<orcid>[\dX-]+)>)?(?: = (?P<person>\w+))?")


def author(text):
    found = _AUTHOR.fullmatch(text)
    return Author(parse_name(found["name"]), orcid=found["orcid"] or "", person=found["person"] or "")


def paper(number, names):
    return Paper(id=f"p{number}", path=f"p{number}.md", title="x", authors=tuple(map(author, names)))


def person(key, facts):
    facts = {"name": facts} if isinstance(facts, str) else facts
    also = tuple(map(parse_name, facts.get("also", ())))
    return Person(key=key, name=parse_name(facts["name"]), also=also, orcid=facts.get("orcid", ""))


def identified(case, order=1):
    papers = [paper(number, names) for number, names in enumerate(case["papers"])]
    people = tuple(person(key, facts) for key, facts in case.get("people", {}).items())
    return identify(papers[::order], people)


@pytest.mark.parametrize("order", [1, -1], ids=["as written", "the other way round"])
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["fact"])
def test_spellings_of_one_person_come_together_and_nothing_is_guessed(case, order):
    identities, faults = identified(case, order)
    found = [
        [called(identities.people[key]) for key in identities.authors[f"p{number}"]]
        for number in range(len(case["papers"]))
    ]

    assert found == case["are"]
    asked = [fault for fault in faults if fault.code in ("ambiguous-author", "unknown-person")]
    assert len(asked) == len(case.get("asks", ()))
    for name, fault in zip(case.get("asks", ()), asked, strict=True):
        assert f'"{name}"' in fault.message or fault.code == "unknown-person"
    if "persons" in case:
        assert len(identities.people) == case["persons"]


def called(identity):
    return identity.person.key if identity.person else identity.name.display


def test_a_question_names_the_people_and_says_what_to_do():
    (fault,) = identified(CASES[1]).diagnostics

    assert fault.message == 'expected one person whom "J. Müller" can mean, found 2: Jan Müller, Jonas Müller'
    assert (
        fault.help == "say which:  person: KEY  below the author's name, or add the spelling to  also:  in people.yml"
    )
    assert fault.span.path == "p0.md"


names = st.tuples(
    st.sampled_from(["J.", "Jan", "Jürgen", "J. P.", "Jan Peter", "A.", ""]),
    st.sampled_from(["Müller", "Mueller", "Muller", "Smith", "van Berg"]),
).map(" ".join)


@given(st.lists(names, max_size=8), st.lists(names, max_size=3), st.randoms())
@settings(deadline=None, max_examples=150)
def test_who_is_who_does_not_depend_on_the_order_of_papers(written, members, random):
    """And every author is somebody; a spelling that people.yml lists once is that person."""
    case = {"papers": [[name] for name in written], "people": {f"m{at}": name for at, name in enumerate(members)}}
    papers = [paper(number, names) for number, names in enumerate(case["papers"])]
    people = tuple(person(key, facts) for key, facts in case["people"].items())
    identities = identify(papers, people).value
    random.shuffle(papers)
    again = identify(papers, people).value

    assert again.authors == identities.authors
    for (key,), name in zip((identities.authors[f"p{at}"] for at in range(len(written))), written, strict=True):
        assert key in identities.people
        listed = [
            one
            for one, member in case["people"].items()
            if spelling_key(parse_name(member)) == spelling_key(parse_name(name))
        ]
        assert len(listed) != 1 or key == listed[0]


def test_ten_thousand_namesakes_are_not_compared_with_each_other():
    """Doubling the namesakes must not take four times as long."""

    def namesakes(count):
        return [paper(at, [f"J{at:x} Q{at}. Smith" if at % 2 else f"J. X{at}. Smith"]) for at in range(count)]

    small, _people = seconds(identify, namesakes(1000), ())
    within(12 * small + 0.2, identify, namesakes(4000), ())
