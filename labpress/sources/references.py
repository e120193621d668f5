"""One formatted reference, in whatever style people write them: where are the authors, the title, the rest?

``Dinh, T., & Zeng, Y. (2022). LIFT: Language-interfaced fine-tuning. In NeurIPS.`` (APA)
``T. Dinh and Y. Zeng, "LIFT: Language-interfaced fine-tuning," in NeurIPS, 2022.`` (IEEE)
``LIFT: Language-interfaced fine-tuning. Tuan Dinh, Yuchen Zeng. NeurIPS 2022.``
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from labpress.core.patterns import when_needed
from labpress.core.text import one_line
from labpress.sources.bibtex_names import NameList
from labpress.sources.loose_dates import loose_date
from labpress.sources.name_likeness import Known, name_likeness
from labpress.sources.people import parse_people
from labpress.sources.published_in import KIND, STATUS


class Reference(NamedTuple):
    """The parts of one reference; ``rest`` is where it was published."""

    people: NameList
    title: str
    rest: str


NOBODY = NameList(())

_NUMBER = when_needed(r"^\s*(?:\[[\w+:-]{1,12}\]|\(?[A-Z]?\d{1,3}[.)]|[•◦▪–—*-])\s+")
_QUOTE = when_needed(r"[“”\"„‟«»]")
_SHORTEST_QUOTED, _LONGEST_QUOTED = 5, 400
_YEAR_AFTER_PEOPLE = when_needed(
    r"(?:[.,:]?\s*[(\[](?:(?:19|20)\d\d[a-z]?(?:,[^()\[\]]{1,30})?|n\.\s?d\.|"
    rf"{STATUS.pattern})[)\]]\s*[.,:]?|[.,]\s+(?:19|20)\d\d[a-z]?[.:])\s+",
    re.IGNORECASE,
)
_BOUNDARY = when_needed(r"[.:][\"”’)]?\s+(?!&\s|and\s)|．\s*|\s[–—-]\s")
_DASH = when_needed(r"\s[–—|-]\s")
_COMMA = when_needed(r",\s+(?:(?:and|und|&)\s+)?|\s+(?:and|und|&|et(?!\sal\b))\s+")
_SENTENCE_END = when_needed(r"[.?!][\"”’)]?(?:\s+|$)")
_YEAR = when_needed(r"\b(?:19|20)\d\d\b")
_LETTERS = when_needed(r"(?:[A-Z]\.)+[A-Z]")
"""``U.S``, of which the last stop may be a sentence's, too."""
_STOP = when_needed(r"[.?!] ")
_LAST_WORD = when_needed(r"([^\s(]{1,12})$")
_ABBREVIATIONS = frozenset(
    "jr sr st dr prof vs vol no proc conf int trans e.g i.e pp eds ed et univ dept inc ltd al cf approx symp".split()
)
_VENUE_WORDS = (
    r"(?:Proceedings|Proc\.|Advances in|Journal of|arXiv|CoRR|Transactions|Technical [Rr]eport|Ph\.?D|IEEE|ACM)\b"
)
_IN = r"(?:(?:to appear |accepted |published |presented |appeared )?(?:in|In|at)[: ]\s*)"
_VENUE_WORD = when_needed(_VENUE_WORDS)
_SHORT_WORDS = r"(?:[A-Z][a-z]{1,9}\.\s){2,6}[A-Z\d(]"
_ABBREVIATED = when_needed(_SHORT_WORDS)
"""``Phys. Rev. Lett.``"""
_VENUE_BEGINS = when_needed(
    rf"[,.;?!]\s+(?:{_IN}(?=[\"“]?[A-Z])|(?={_VENUE_WORDS}))|\s+(?:{_IN}(?={_VENUE_WORDS})|[Ii]n:\s)"
    rf"|,\s+(?=(?:[A-Z][a-z]{{1,9}}\.\s?){{1,6}}[A-Z\d(])|[.?!]\s+(?={_SHORT_WORDS})"
    r"|,\s+(?=[A-Z][\w&'’ -]{1,60}\s(?:\(?(?:19|20)\d\d|\d{1,4}(?:\s?\(\w{1,9}\))?[,:]\s?\d))"
)
"""Where a venue surely begins: behind punctuation, or by two signs."""
_VENUE_MAY_BEGIN = when_needed(
    rf"\s+(?:{_IN}(?=[\"“]?[A-Z])|(?={_VENUE_WORDS})|(?=\([A-Z][^()]{{1,60}},\s(?:19|20)\d\d\)))"
)
"""The same words in the middle of a sentence, and "(Springer, 2006)": "Heat in Europe (France, 2003)" has them, too."""
_INVERTED_INITIALS = when_needed(r",\s?(?:[^\W\d_]\.?[ -]?){0,4}[^\W\d_]$")
_VANCOUVER = when_needed(r"(?:(?:[^\W\d_][\w'’-]{0,30} ){1,4}[A-Z](?:-?[A-Z]){0,2}(?:, |$)){2,40}")
"""``Lee K, Smith J``, where the stop after an initial is the end of the names."""
_ONE_VANCOUVER = when_needed(r"((?:[a-z]{1,4} ){0,3}[^\W\d_][\w'’-]{1,30} [A-Z]{1,3})\.\s+")
"""One alone, which reads like "Vitamin C", too."""
_PEOPLE_HEAD = when_needed(r"^\s*(?:authors?\s*:|by\s|with\s|joint work with\s)\s*", re.IGNORECASE)
_WORD_AND_STOP = when_needed(r"(?:(?<=[^\W\d_]{3})|(?<=[^\W\d_]\s[^\W\d_]{2})(?<!\s[JS]r))\.$")
"""The stop of a sentence: not the one of "Jr.", nor that of "Ivanov, A. Yu."."""
_EAST_ASIAN = "\u2e80"
_MOST_CUTS = 40
_LONGEST_PEOPLE = 6_000
_MOST_RATED = 12


def people_in(text: str, least: float = -2.6) -> NameList:
    """The people that ``text`` lists, or nobody when it reads like anything else.

    ``least`` is how much each one must read like a name, as ``name_likeness`` has it.
    """
    text = _WORD_AND_STOP.sub("", _PEOPLE_HEAD.sub("", text[:_LONGEST_PEOPLE]).strip(" ,;:–—|"))
    if not text or (text.isascii() and not any(map(str.isupper, text))):
        return NOBODY
    people = parse_people(text)
    if not people.names:
        return NOBODY
    # Whole lists of a thousand authors need not be weighed: the first and the last ones tell.
    weighed = people.names if len(people.names) <= _MOST_RATED else people.names[:_MOST_RATED] + people.names[-2:]
    ratings = [name_likeness(name.display, _NO_CONTEXT) for name in weighed]
    enough = 2.0 if people.et_al or len(ratings) > 1 else 2.5
    return people if sum(ratings) / len(ratings) >= enough and min(ratings) > least else NOBODY


_NO_CONTEXT = Known()


def read_reference(text: str, emphasis: str = "") -> Reference | None:
    """Read ``text``. ``emphasis`` is its first part in italics, by custom the venue; None when no title is found."""
    text = _NUMBER.sub("", one_line(text))
    for reading in (_with_quotes, _with_year, _with_italics, _people_first, _title_first):
        found = reading(text, emphasis)
        is_told = reading in (_with_quotes, _with_year, _with_italics)
        if found and (_is_title(found.title) or (is_told and len(found.title) > 3)):
            return found
    return None


def clean_title(text: str) -> str:
    """``text`` without the punctuation of the reference around it."""
    text = _without_stop(one_line(text).strip(" ,;:–—|-"))
    bare = _without_stop(text.strip(' ,;:–—|-"“”„«»')).rstrip(" ,")
    if len(_QUOTE.findall(bare)) % 2 == 0:
        return bare
    # The other mark of a pair inside of the title was at one of its ends.
    if _QUOTE.match(text[-1]):
        return bare + text[-1]
    return text[0] + bare if _QUOTE.match(text) else bare


def _without_stop(text: str) -> str:
    """``text`` without the stop of its sentence, which is none behind another stop or ``U.S``."""
    return text if text.endswith("..") or _LETTERS.fullmatch(text[-4:-1]) else text.removesuffix(".")


def _is_title(text: str) -> bool:
    if any(char >= _EAST_ASIAN for char in text):
        return 4 <= len(text) <= 400  # Letters that have no spaces between their words.
    words = text.split()
    return 2 <= len(words) <= 60 and len(text) >= 8 and any(map(str.isalpha, text))


def _with_quotes(text: str, emphasis: str) -> Reference | None:  # noqa: ARG001  One signature for all readings.
    for start, end in islice(_quotations(text), _MOST_CUTS):
        before, quoted, after = text[:start], text[start + 1 : end - 1], text[end:]
        people = people_in(_YEAR_AFTER_PEOPLE.sub(lambda found: found[0][:1].strip(" ("), before + " "))
        year = re.search(r"(?:19|20)\d\d", before)
        if people.names:
            return Reference(people, clean_title(quoted), f"{after} {year[0] if year else ''}")
        if len(quoted.split()) > 1 and not before.strip(" .,:"):
            people, rest = leading_people(after.lstrip(" .,"))
            return Reference(people, clean_title(quoted), rest)
    return None


def _quotations(text: str) -> Iterator[tuple[int, int]]:
    """Where the outermost quotations of ``text`` begin and end, with their marks.

    One that does not end is one up to the next that does not, or else its inner ones are all there is.
    """
    opened: list[int] = []
    inner: list[tuple[int, int]] = []
    for mark in _QUOTE.finditer(text):
        at, end = mark.span()
        if _opens(text, at, inside=bool(opened)):
            opened.append(at)
        elif opened and _SHORTEST_QUOTED <= end - (start := opened.pop()) <= _LONGEST_QUOTED:
            if opened:
                inner.append((start, end))
            else:
                inner = []
                yield start, end
    yield from [(opened[0], opened[1] + 1)] if len(opened) > 1 else inner


def _opens(text: str, at: int, *, inside: bool) -> bool:
    """Whether the mark at ``at`` begins a quotation: all but ``„`` and ``«`` can end one, too."""
    before, after = text[at - 1 : at] if at else " ", text[at + 1 : at + 2]
    if not after or after in ",.;:?!)]" or (after == " " and text[at] != "«"):
        return False
    return before in " ([" or (not inside and text[at] not in "”»")


def _with_year(text: str, emphasis: str) -> Reference | None:
    for year in _YEAR_AFTER_PEOPLE.finditer(text, 0, 4_000):
        people = people_in(text[: year.start() + 1])  # With the stop after an initial.
        if people.names:
            status = STATUS.search(year[0])
            when = f"{loose_date(year[0])} {f'({status[1]})' if status else ''}"
            return Reference(people, *_title_of(f"{text[year.end() :]} {when}", emphasis))
    return None


def _with_italics(text: str, emphasis: str) -> Reference | None:
    """``A. One and B. Two, *A title*, a venue``: mathematicians set titles in italics, not venues."""
    at = text.find(emphasis) if len(emphasis.split()) > 1 else -1
    after = text[at + len(emphasis) :].lstrip()
    if at <= 0 or not (emphasis[-1] in ",." or after[:1] in (",", ".")) or not any(map(str.isalpha, after)):
        return None
    people = people_in(text[:at])
    return Reference(people, clean_title(emphasis), after.lstrip(" .,;")) if people.names else None


def _people_first(text: str, emphasis: str) -> Reference | None:
    people, rest = leading_people(text)
    if not people.names:
        return None
    title, rest = _title_of(rest, emphasis)
    return Reference(people, title, rest)


def _title_first(text: str, emphasis: str) -> Reference | None:
    one = _ONE_VANCOUVER.match(text)
    alone = people_in(one[1]) if one else NOBODY
    start = one.end() if one and alone.names else 0
    for end in (
        *_ends(text, doubtful=True),
        *(dash.end() for dash in list(_DASH.finditer(text, 0, 2_000))[:_MOST_CUTS]),
    ):
        following = text[end:].lstrip()
        if end <= start or _VENUE_WORD.match(following) or (start and _ABBREVIATED.match(following)):
            continue
        people, rest = leading_people(following)
        title = clean_title(text[:end])
        if people.names and _is_title(title):
            return Reference(people, title, rest)
    found = _people_between_commas(text)
    if found:
        return found
    title, rest = _title_of(text[start:], emphasis)
    return Reference(alone, title, rest)


def _people_between_commas(text: str) -> Reference | None:
    """``A title, A One, B Two, a venue``: a title, and two names or more after it."""
    commas = list(_COMMA.finditer(text[:_LONGEST_PEOPLE]))[:_MOST_CUTS]
    starts = [0, *(comma.end() for comma in commas)]
    ends = [*(comma.start() for comma in commas), len(text[:_LONGEST_PEOPLE])]
    are_names = [_is_name(text[start:end]) for start, end in zip(starts, ends, strict=True)]
    for at in range(1, len(starts) - 1):
        if are_names[at] and are_names[at + 1]:
            people, rest = _people_before_commas(text[starts[at] :])
            return Reference(people, clean_title(text[: ends[at - 1]]), rest)
    return None


def leading_people(text: str) -> tuple[NameList, str]:
    """The list of people that ``text`` begins with, and what follows it."""
    best, cut = NOBODY, 0
    head = text[:_LONGEST_PEOPLE]
    for match in [*list(_BOUNDARY.finditer(head))[:_MOST_CUTS], None]:
        start, end = match.span() if match else (len(head), len(head))
        stop = head[start : start + 1] == "."
        after_initial = stop and head[start - 1 : start].isupper() and not head[start - 2 : start - 1].isalpha()
        is_whole = after_initial and bool(_VANCOUVER.fullmatch(head, 0, start))
        if after_initial and not (is_whole or _INVERTED_INITIALS.search(head[max(0, start - 20) : start])):
            continue
        people = people_in(head[: start + after_initial], -2.6 if stop else 1.0)
        if people.names:
            best, cut = people, end
        if best.names and (is_whole or not (people.names and after_initial)):
            break  # Only ``One, A. Two, B. A title`` leaves open at which of its stops the names end.
    before_commas = _people_before_commas(text)
    return (best, text[cut:]) if len(best.names) >= len(before_commas[0].names) and best.names else before_commas


def _people_before_commas(text: str) -> tuple[NameList, str]:
    """``A. One, B. Two, A title, A venue``: names as long as they read like names."""
    end = 0
    for comma in list(_COMMA.finditer(text[:_LONGEST_PEOPLE]))[:_MOST_CUTS]:
        if not _is_name(text[end : comma.start()]):
            break
        end = comma.end()
    return (people_in(text[:end]), text[end:]) if end else (NOBODY, text)


def _is_name(text: str) -> bool:
    return name_likeness(text.strip(), _NO_CONTEXT) >= 2.0


def _title_of(text: str, emphasis: str) -> tuple[str, str]:
    """The title at the beginning of ``text``, and what follows: a venue in italics or after "In", or a new sentence."""
    if kind := KIND.search(text, 4):
        return clean_title(text[: kind.start()]), text[kind.start() :]
    ends = []
    if emphasis and (at := text.find(emphasis, 8)) > 0:
        ends.append(at)
    if venue := _VENUE_BEGINS.search(text, 8):
        ends.append(venue.start() + (text[venue.start()] in "?!"))
    if sentence := next(_ends(text), 0):
        ends.append(sentence)
    end = min(ends, default=len(text))
    doubtful = _VENUE_MAY_BEGIN.search(text, 8, end)
    if doubtful and not _is_place(text[end:], text[doubtful.start() : end]):
        end = doubtful.start()
    title = re.sub(r"[,.]?\s+[Ii]n:?\s*$", "", text[:end])
    return clean_title(title), text[end:].lstrip(" .,;")


def _is_place(text: str, before: str) -> bool:
    """Whether ``text`` says where a paper came out, so that ``before``, the end of a sentence, does not.

    It has words, and a year unless there is none in ``before`` either.
    """
    return any(map(str.isalpha, text)) and (bool(_YEAR.search(text)) or not _YEAR.search(before))


def _ends(text: str, *, doubtful: bool = False) -> Iterator[int]:
    """The ends of the first sentences of ``text``.

    Initials and abbreviations end none. A question, three stops, "U.S." and "in R." end one only where no other
    sentence comes before the venue, unless ``doubtful`` ones are asked for.
    """
    for end in list(_SENTENCE_END.finditer(text, 0, 3_000))[:_MOST_CUTS]:
        word = _LAST_WORD.search(text[max(0, end.start() - 12) : end.start()]) if text[end.start()] == "." else None
        last = word[1] if word else ""
        is_letter = len(last) == 1 and last.isupper()
        if last.lower() in _ABBREVIATIONS or (is_letter and not text[end.start() - 3 : end.start() - 2].islower()):
            continue
        if text[end.start()] == "." and not (is_letter or last.endswith(".") or _LETTERS.fullmatch(last)):
            yield end.end()
        elif not (last and text[end.end() : end.end() + 1].islower()):
            following, *rest = _STOP.split(text[end.end() : end.end() + 200], maxsplit=1)
            is_venue = not rest or rest[0][:1].isdigit() or any(map(str.isdigit, following))
            if doubtful or is_venue or _VENUE_BEGINS.match(text, end.start()):
                yield end.end()
