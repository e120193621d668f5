"""Where a title ends and its authors begin, in a line that puts nothing between them.

Every place where a name could begin is a reading of the line. A reading is scored by how the title would end, how
the first author and the others read as names, and how many authors there would be; the best one wins, and its lead
over the next best says how sure that is. The sure lines of a listing then teach names and title words for the others.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from math import log
from typing import NamedTuple

from msgspec import Struct

from labpress.core.patterns import when_needed
from labpress.core.text import fold, trimmed
from labpress.sources.name_likeness import Known, is_suffix, name_likeness
from labpress.sources.title_end import PUNCTUATION, WRITTEN, Place, loose_places, places, title_end, token_start
from labpress.sources.title_mask import masked

_LONGEST = 20_000
"""Characters from the end of a line that are looked at: thousands of authors."""

_SURE = 4.0
"""Score and lead of a reading that others may learn from."""

_LIKELY = 2.0
"""Score of a reading that is better than none at all."""

_UNLIKELY = -6.0
"""Score of names that only "et al." behind them makes likely."""

_SETTLED = 8.0
"""Lead of a reading that nothing learned elsewhere overturns."""

# Bounded runs of white space keep these linear on a line that is nothing else.
_SEPARATOR = when_needed(r"\s{0,4}[,;、，；،](?!\d)\s{0,4}(?:(?:and|&)\s{1,4})?|\s{1,4}(?:and|&)\s{1,4}")
_AFFILIATION = when_needed(r"\s{1,4}[·•∙⋅‧|](?:\s{1,4}|\Z)")
_ET_AL = when_needed(
    r"[\s,;]+(?:and\s+)?(?:et\.?\s*al\b\.?|(?:and|&|\+)\s*\d+\s+(?:more|others?|authors?|more authors?)\.?)\s*\Z",
    re.IGNORECASE,
)
_ODD = -2.0
"""Score of a name that its neighbours in a list make likely: "Lakshmi", "danah boyd"."""

_CAMPUS = when_needed(
    r"\b(?:University of (?:California|Texas|Michigan|Illinois|Wisconsin|Maryland)|State University of New York)\Z"
)

_NO_AUTHORS = -1.0
"""The score of reading the whole line as a title."""

_NEVER = -30.0
_HOPELESS = -12.0
_MOST_DOTS = 6

NOTHING = Known()
"""What is known before anything was read."""

_Finder = Callable[[int, int], Iterator[Place]]


class Reading(Struct, frozen=True):
    """One way to read a title line."""

    title: str
    authors: tuple[str, ...]
    at: int
    """The offset of the first author; the length of the title's line if there is none."""
    score: float


class TitleLine(Struct, frozen=True):
    """The best reading of a title line, and how sure it is."""

    best: Reading
    rival: Reading | None
    """The next best reading, where it is not far behind."""
    lead: float
    """By how much the score of the best reading is higher than the next."""
    et_al: bool
    affiliations: tuple[str, ...]
    is_marked: bool = False
    """Whether a tab says where the title ends."""

    @property
    def has_names(self) -> bool:
        """Whether the line ends in names: a list of authors, or any text and "et al."."""
        needed = _UNLIKELY if self.et_al else _LIKELY
        return bool(self.best.authors) and (self.is_marked or self.best.score >= needed)

    @property
    def is_settled(self) -> bool:
        """Whether no other line could change the reading."""
        return self.best.score >= _SURE and self.lead >= _SETTLED

    @property
    def is_sure(self) -> bool:
        return self.lead >= _SURE and self.best.score >= _SURE


class _Scored(NamedTuple):
    score: float
    at: int


class _Tail(NamedTuple):
    body: str
    et_al: bool
    affiliations: tuple[str, ...]


def split_title_line(text: str, abstract: str = "", known: Known = NOTHING) -> TitleLine:
    """Read ``text`` as title, authors, "et al." and affiliations.

    ``abstract`` is the paper's own: a word that it has is a word. ``known`` is what other lines have taught.
    """
    lines = [_best_reading(tail, abstract, known) for tail in _tails(text)]
    return max(lines, key=lambda line: (line.is_marked, line.best.score))


def is_author_list(text: str) -> bool:
    """Whether ``text`` is names and nothing else; among likely names, short ones may be odd."""
    plain = masked(next(_tails(text)).body)
    total, count = 0.0, 0
    for start, end in _segments(plain, 0):
        name = plain[start:end]
        if is_suffix(name):
            continue
        likeness = name_likeness(name, NOTHING)
        if likeness < (1.0 if name.count(" ") > 1 else _ODD):
            return False
        total, count = total + likeness, count + 1
    return count > 0 and total >= count


def learn(lines: Iterable[TitleLine]) -> Known:
    """What the sure ones of ``lines`` teach."""
    names: set[str] = set()
    title_words: set[str] = set()
    counts: dict[bool, Counter[int]] = {True: Counter(), False: Counter()}
    for line in lines:
        if line.is_sure and line.best.authors:
            names.update(map(masked, line.best.authors))
            title_words.update(fold(word.strip(PUNCTUATION)) for word in line.best.title.split())
            counts[line.et_al][len(line.best.authors)] += 1
    name_words = {fold(word) for name in names for word in name.split() if len(word) > 2}
    return Known(names, name_words, title_words - name_words, counts)


def _tails(text: str) -> Iterator[_Tail]:
    """The line without its end, for every dot that may begin the affiliations; first for the first dot."""
    for dot in list(_AFFILIATION.finditer(text))[-_MOST_DOTS:]:
        body, et_al = _without_et_al(text[: dot.start()])
        places = tuple(part for piece in _AFFILIATION.split(text[dot.end() :]) for part in _affiliations(piece))
        yield _Tail(body, et_al, places)
        if et_al:
            return
    yield _Tail(*_without_et_al(text), ())


def _without_et_al(text: str) -> tuple[str, bool]:
    match = _ET_AL.search(text, max(0, len(text) - 60))
    return (text[: match.start()].rstrip(), True) if match else (text.rstrip(), False)


def _affiliations(text: str) -> list[str]:
    """The parts of ``text`` between commas, where the comma is no part of a university's name."""
    parts: list[str] = []
    for part in re.split(r"\s*[,;]\s+", text.strip()):
        if parts and _CAMPUS.search(parts[-1]):
            parts[-1] += f", {part}"
        elif part:
            parts.append(part)
    return parts


def _best_reading(tail: _Tail, abstract: str, known: Known) -> TitleLine:
    body = tail.body
    plain = masked(body)
    start = max(0, len(plain) - _LONGEST)
    counts = known.counts.get(tail.et_al) or {}

    def readings(find: _Finder) -> Iterator[_Scored]:
        later, count = 0.0, 0
        for first, end in reversed(_segments(plain, start)):
            for at, score in _in_segment(plain, find(first, end), end, known, abstract):
                yield _Scored(score + later + _count_score(count + 1, counts, et_al=tail.et_al), at)
            piece = plain[first:end]
            if is_suffix(piece) or piece == ":":
                continue
            later += name_likeness(piece, known)
            count += 1
            if later < _HOPELESS:
                return

    if marked := _marked_reading(tail, plain, abstract, known):
        return marked
    nobody = _Scored(_NEVER if tail.et_al else _NO_AUTHORS, len(body))
    found = [nobody, *readings(lambda first, end: places(plain, first, end, known))]
    if max(found).score < _SURE:
        found += readings(lambda first, end: loose_places(plain, first, end, known, abstract))
    found.sort(reverse=True)
    lead = found[0].score - found[1].score if len(found) > 1 else _SETTLED
    rival = _reading(body, plain, found[1]) if lead < _SURE else None
    return TitleLine(_reading(body, plain, found[0]), rival, lead, tail.et_al, tail.affiliations)


def _marked_reading(tail: _Tail, plain: str, abstract: str, known: Known) -> TitleLine | None:
    """The reading of a line with one tab, which somebody put between title and authors; None: there is no such tab."""
    tab = plain.find("\t")
    if tab < 0 or plain.find("\t", tab + 1) >= 0 or len(plain) - tab > _LONGEST:
        return None
    names = [plain[start:end] for start, end in _segments(plain, tab + 1)]
    score = sum(name_likeness(name, known) for name in names if not is_suffix(name))
    if score < _UNLIKELY * len(names):
        # Unlikely names are believed, too, but not a tab in the middle of a title.
        behind = _best_reading(tail._replace(body=tail.body[tab + 1 :]), abstract, known)
        if behind.is_sure and behind.best.authors and behind.best.title:
            return None
    reading = _reading(tail.body, plain, _Scored(score, tab + 1))
    return TitleLine(reading, None, _SETTLED, tail.et_al, tail.affiliations, is_marked=True)


def _in_segment(
    plain: str, found: Iterator[Place], end: int, known: Known, abstract: str
) -> Iterator[tuple[int, float]]:
    """The places of one segment, the last one first, with the score of what stands on both sides."""
    longest_word = -1
    for at, score in reversed(list(found)):
        if plain.count(")", at, end) > plain.count("(", at, end):
            continue  # Within the parenthesis of a team's short name: "... Team (FAIR)".
        ending = title_end(plain, at, known, abstract)
        if ending >= WRITTEN:
            # "Alpha" is a word, but not in "AlphaFoldJohn" where "AlphaFold" is one too.
            if longest_word == token_start(plain, at):
                ending = -ending
            longest_word = token_start(plain, at)
        yield at, score + ending + name_likeness(plain[at:end], known)


def _segments(plain: str, start: int) -> list[tuple[int, int]]:
    """Where the pieces between commas begin and end."""
    segments: list[tuple[int, int]] = []
    for match in _SEPARATOR.finditer(plain, start):
        segments.append((start, match.start()))
        start = match.end()
    return [*segments, (start, len(plain))]


def _count_score(count: int, counts: Mapping[int, int], *, et_al: bool) -> float:
    """How usual ``count`` authors are. Pages print the first three, and "et al." if there are more."""
    total = sum(counts.values())
    if total < 5:
        if et_al:
            return 0.0 if count == 3 else -2.5
        return 0.0 if count <= 3 else max(-3.0, 1.5 - 0.7 * count)
    return max(-6.0, log((counts.get(count, 0) + 0.3) / (max(counts.values()) + 0.3)))


def _reading(body: str, plain: str, scored: _Scored) -> Reading:
    authors: list[str] = []
    for start, end in _segments(plain, scored.at) if scored.at < len(plain) else ():
        name = trimmed(" ".join(body[start:end].split()))
        if is_suffix(name) and authors:
            authors[-1] += f", {name}"
        elif name.strip(":"):
            authors.append(name)
    return Reading(trimmed(body[: scored.at]), tuple(authors), scored.at, scored.score)
