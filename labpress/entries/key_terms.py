"""The words that tell one paper from another, for finding papers like it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from itertools import chain
from string import ascii_letters

from labpress.core.patterns import when_needed
from labpress.core.text import blanks_but, fold, words_between

MOST = 32
"""Words kept of one paper. A text has some eighty; those beyond tell little, and each has to be compared."""

LONGEST_TEXT = 20_000
"""Characters looked at. What comes later in a text says nothing that was not said before."""

MOST_RUNS = 100_000
"""Texts without white space whose words are remembered."""

_SHORTEST = 3
_BLANKS = blanks_but(ascii_letters)
_BEYOND_ASCII = when_needed(r"[^\x00-\x7f]")
_UNSPACED = when_needed(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")
"""Scripts that do not put spaces between words, or put endings to them: two characters stand for a word."""

_COMMON = frozenset(
    # Words of every English text.
    "able about above across after again against all almost alone along already also although always among and "
    "another any are around away back became because been before behind being below best better between beyond "
    "both but came can cannot case cases come could did does doing done down due during each either else enough "
    "even ever every exactly far few fewer find first five for found four from full fully further gave get given "
    "gives goes going good had half hand hard has have having hence her here high higher highly his how however "
    "indeed inside instead into its itself just keep kind know known large larger largest last latter least less "
    "let level like likely little long longer lot low lower made mainly make makes making many may mean means "
    "might more moreover most mostly much must namely near nearly need needed needs neither never new next nine "
    "non none nor not nothing now number off often old once one ones only onto open order other others otherwise "
    "our out over own part particular per perhaps place possible previous previously put quite rather real really "
    "recent recently same second see seem seems seen set several shall she should show showed showing shown shows "
    "side similar simple simply since single six small smaller some something soon still such take taken takes "
    "ten than that the their them then there thereby therefore these they thing things third this those though "
    "three through throughout thus time times together too top toward towards true two under unless until upon "
    "use used useful uses using usually various very via was way ways well were what when where whereas whether "
    "which while who whole whom whose why wide widely will with within without work works would yes yet you your "
    # Words of every paper.
    "abstract accuracy achieve achieved achieves achieving address addresses advance aim aims analyse analysis "
    "analyze applied apply approach approaches art article aspects available baseline baselines benchmark "
    "benchmarks build challenge challenges challenging code common commonly compare compared comparing comparison "
    "complex component components conduct conducted consider considered consistent consistently contribute "
    "contribution contributions current currently data dataset datasets demonstrate demonstrated demonstrates "
    "demonstrating describe design designed despite develop developed developing difference different directly "
    "discuss effect effective effectively effectiveness effects efficiency efficient efficiently empirical "
    "empirically enable enables enabling ensure especially establish evaluate evaluated evaluation evidence "
    "example examples existing experiment experimental experiments explore explored exploring extend extensive "
    "factor findings focus following framework furthermore general generally goal growing help helps identify "
    "impact implement implementation important importantly improve improved improvement improvements improves "
    "improving include includes including increase increases increasing increasingly insight insights introduce "
    "introduced introduces introducing investigate issue key lack lead leading leads leverage leverages "
    "leveraging limitation limitations limited main major measure method methods model models motivated multiple "
    "natural nature novel observe observed obtain obtained offer offers outperform outperforms overall paper "
    "papers perform performance performs popular potential power powerful practical practice present presented "
    "presents problem problems procedure process produce promising proper properties property propose proposed "
    "proposes proposing prove proven provide provided provides providing question questions range reduce reduced "
    "reduces related relative rely remain remains report require required requires research result resulting "
    "results reveal reveals role scale setting settings significant significantly specific specifically standard "
    "state strategy strong studied studies study studying success successful successfully suggest suggests "
    "support system systems task tasks technique techniques term terms test tested theoretical theoretically "
    "theory traditional typical typically understand understanding utility validate value values variety".split()
)


def key_terms(title: str, text: str) -> str:
    """The telling words of a paper, as ``lottery lottery+ pruning``: what is in the title or comes twice has two forms.

    Folded, in the singular, and without words that every paper has. Which words are kept depends on this paper alone,
    and of those that come once they are the longest: a small edit of a long text mostly changes nothing.
    """
    title = title[:LONGEST_TEXT]
    words = chain.from_iterable(map(_words_by_run.__getitem__, f"{title} {title} {text[:LONGEST_TEXT]}".split()))
    counts = Counter(words)
    telling = {word for word, count in counts.items() if count > 1}
    ranked = _longest_first(telling)[:MOST]
    once = _longest_first(counts.keys() - telling)[: MOST - len(ranked)]
    return " ".join([f"{word} {word}+" for word in ranked] + once)


def _longest_first(words: Iterable[str]) -> list[str]:
    """Those of one length in alphabetical order, as sorting keeps the order of equals."""
    return sorted(sorted(words), key=len, reverse=True)


class _WordsByRun(dict[str, tuple[str, ...]]):
    """A text without white space -> its telling words. Papers share most of theirs: ``methods,`` is looked at once.

    A paper has hundreds, and a dictionary is asked in half the time that a call takes.
    """

    def __missing__(self, run: str) -> tuple[str, ...]:
        if len(self) >= MOST_RUNS:
            self.clear()
        words = self[run] = _words_within(run)
        return words


_words_by_run = _WordsByRun()


def _words_within(run: str) -> tuple[str, ...]:
    folded = fold(run)
    pairs = [] if folded.isascii() else _UNSPACED.findall(folded)
    if pairs:
        folded = _UNSPACED.sub(" ", folded)
    if not folded.isascii():
        folded = _BEYOND_ASCII.sub(lambda found: _letter_or_blank(found[0]), folded)
    words = [
        _singular(word) for word in words_between(_BLANKS, folded) if len(word) >= _SHORTEST and word not in _COMMON
    ]
    return (*words, *[pair[at : at + 2] for pair in pairs for at in range(len(pair) - 1)])


@lru_cache(maxsize=4096)
def _letter_or_blank(character: str) -> str:
    return character if character.isalnum() and not character.isdecimal() else " "


def _singular(word: str) -> str:
    if word[-1] != "s" or len(word) < 5 or word[-2] in "sui":
        return word
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    return word[:-2] if word.endswith(("sses", "shes", "ches", "xes")) else word[:-1]
