"""Records to entries: which keys an imported entry has, what its texts become, and what it is called."""

from __future__ import annotations

from collections.abc import Iterable
from string import ascii_lowercase

from msgspec import Struct

from labpress.core.dates import PartialDate, parse_date
from labpress.core.diagnostics import Diagnostic, Parsed, Span
from labpress.core.identifiers import parse_arxiv, parse_doi
from labpress.core.names import parse_name
from labpress.core.patterns import when_needed
from labpress.core.taxonomy import category_name
from labpress.core.text import FreeNames, composed, one_line, to_ascii
from labpress.entries.fields import ENTRY_FIELDS
from labpress.entries.paper import TYPES
from labpress.entries.topics import Topic, topics_of
from labpress.entries.writing import Value, sentence_lines
from labpress.markup.latex import latex_to_markdown, latex_to_text
from labpress.markup.markdown import escape_markdown
from labpress.markup.urls import safe_url
from labpress.sources.record import Record

_FLAGS = frozenset(["selected", "draft"])
"""Fields of a record that are a yes or a no."""


class Draft(Struct, frozen=True):
    """What an entry says, before it is a file: the unit that imports compare and merge."""

    values: dict[str, Value]
    """Front matter in the order of ``ENTRY_FIELDS``."""
    body: str


def draft_of(record: Record) -> Parsed[Draft]:
    """The entry that ``record`` makes. LaTeX text becomes Markdown; what it loses on the way is warned about."""
    title, title_faults = _to_markdown(record.title, record.markup)
    abstract, abstract_faults = _to_markdown(record.abstract, record.markup)
    values: dict[str, Value] = {"title": one_line(title), "authors": list(record.authors), "et_al": record.et_al}
    values |= {
        "date": _date(record.date),
        "type": record.type if record.type in TYPES else _type_of(record),
        "venue": _plain(record.venue, record),
    }
    values |= {key: _value(key, _plain(text, record)) for key, text in record.fields.items() if key in ENTRY_FIELDS}
    values |= {
        "editors": list(record.editors),
        "doi": parse_doi(record.doi) or "",
        "arxiv": parse_arxiv(record.arxiv) or "",
    }
    values |= {
        "categories": [record.category] if record.category else [],
        "tags": _tags(record),
        "affiliations": list(record.affiliations),
        "links": {kind: address for kind, address in record.links.items() if safe_url(address)},
        "has_code": record.has_code and "code" not in record.links,
        "extra": dict(record.extra),
    }
    if record.score is not None:
        values["score"] = record.score
    ordered = {key: _composed(values[key]) for key in ENTRY_FIELDS if values.get(key)}
    faults = (*_placed(title_faults, record, "title"), *_placed(abstract_faults, record, "abstract"))
    return Parsed(Draft(ordered, composed(sentence_lines(abstract))), faults)


def _to_markdown(text: str, markup: str) -> Parsed[str]:
    if markup == "markdown":
        return Parsed(text)
    return latex_to_markdown(text) if markup == "latex" else Parsed(escape_markdown(text))


def _plain(text: str, record: Record) -> str:
    return one_line(latex_to_text(text) if record.markup == "latex" else text)


def _value(key: str, text: str) -> Value:
    """What a field says, in the form that its key takes."""
    if key in _FLAGS:
        return text.lower() in ("true", "yes", "1")
    return list(text.split()) if key == "aliases" else text


def _composed(value: Value) -> Value:
    match value:
        case str():
            return composed(value)
        case list():
            return [_composed(item) for item in value]
        case dict():
            return {composed(key): _composed(item) for key, item in value.items()}
    return value


def _placed(faults: tuple[Diagnostic, ...], record: Record, field: str) -> tuple[Diagnostic, ...]:
    """Faults of a text, at the line of the source that has it."""
    place = Span(record.path, record.lines.get(field) or record.lines.get("", 0))
    return tuple(Diagnostic(fault.code, fault.message, place, fault.help, fault.notes) for fault in faults)


def _date(text: str) -> str:
    date = parse_date(text)
    return date.iso if isinstance(date, PartialDate) else ""


def _type_of(record: Record) -> str:
    """A listing shows papers of arXiv; a record with a venue says its own type."""
    return "preprint" if not record.venue and (record.category or record.arxiv) else "other"


def _tags(record: Record) -> list[Value]:
    """The category by its full name, then the source's own keywords; each once."""
    name = category_name(record.category) if record.category else ""
    return list(dict.fromkeys(tag for tag in (name, *record.tags) if tag))


def topics_in(record: Record, topics: tuple[Topic, ...]) -> tuple[str, ...]:
    """The lab's topics that ``record`` is about. They are the lab's words, and no part of what the source says."""
    text = latex_to_text if record.markup == "latex" else str
    return topics_of(text(record.title), text(record.abstract), topics)


# Words that say nothing of what a paper is about, in the languages that titles begin in.
_STOP_WORDS = frozenset(
    "a an the on of in for to and or is are be do does did can could how why what when where which who whose"
    " with without from by at as into it its this that these those not all any some no we you your our their"
    " toward towards about via using use more less better well really there wait yes beyond over under"
    " der die das ein eine zur zum uber le la les un une des du de el los las una sobre".split()
)
_WORD = when_needed(r"[a-z0-9]+(?:['-][a-z0-9]+)*")
_LETTERS = when_needed(r"[a-z0-9]+")
LONGEST_WORD = 24
"""Letters of the title word that an id takes."""


def wanted_id(record: Record) -> str:
    """First author, year, first telling title word: ``dinh2022lift``, a citation key that people recognise."""
    author = parse_name(record.authors[0]).family if record.authors else ""
    words = _WORD.findall(to_ascii(latex_to_text(record.title)).lower())
    telling = [word for word in words if word not in _STOP_WORDS and not word.isdigit()] or words or ["paper"]
    parts = (to_ascii(author).lower(), record.date[:4], telling[0][:LONGEST_WORD])
    return "".join(_LETTERS.findall("".join(parts))) or "paper"


def free_ids(taken: Iterable[str]) -> FreeNames:
    """Gives out ids that no entry has: twins have a letter from b on, and a number where there are no more letters.

    Case and the encoding of accents make no other id: on many disks they make no other file.
    """
    return FreeNames(taken, _twin, lambda name: composed(name).casefold())


def _twin(wanted: str, number: int) -> str:
    return wanted + (ascii_lowercase[number - 1] if number <= len(ascii_lowercase) else f"-{number}")
