"""Small, pure helpers for words: folding, slugs, sort keys, near misses."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import lru_cache

from labpress.core.patterns import when_needed

# Letters that Unicode does not decompose, as readers of Latin script type them without their marks.
_LATIN = str.maketrans({
    "ß": "ss", "ẞ": "SS", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D",
    "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "ł": "l", "Ł": "L", "ħ": "h", "Ħ": "H", "ı": "i", "ŋ": "n", "Ŋ": "N",
    "ŧ": "t", "Ŧ": "T", "ĸ": "k", "’": "'", "‘": "'", "‐": "-", "‑": "-", "–": "-", "—": "-",
})  # fmt: skip
_SPOKEN = str.maketrans({"'": "", "+": "-plus", "#": "-sharp", "&": "-and-"})
_BEYOND_ASCII = when_needed(r"[^\x00-\x7f]+")
_DOTLESS = when_needed(r"[ıȷ](?=[\u0300-\u036f])")
_NOT_SLUG = when_needed(r"[^a-z0-9]+")
CONTROL = when_needed(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]|[\ud800-\udfff]")
"""A character that neither XML nor a terminal may carry; tabs and line ends are none."""

_OUTER = "\ufeff\u200b\u200e\u200f\u2060 \t\u00a0\u2009\u202f\u3000"


def fold(text: str) -> str:
    """``text`` without accents and case, letters kept in their script: "José Müller" gives "jose muller"."""
    if text.isascii():
        return text.lower()
    return _without_marks(text).casefold()


def _without_marks(text: str) -> str:
    """``text`` decomposed, and without what is put on letters. What is ASCII already is not looked at again."""
    return _BEYOND_ASCII.sub(lambda run: _run_without_marks(run[0]), text)


@lru_cache(maxsize=4096)
def _run_without_marks(run: str) -> str:
    decomposed = unicodedata.normalize("NFKD", run.translate(_LATIN))
    return "".join([char for char in decomposed if not unicodedata.combining(char)])


def to_ascii(text: str) -> str:
    """``text`` in ASCII letters, other scripts transliterated: "Ελένη" gives "Eleni"."""
    if text.isascii():
        return text
    plain = _without_marks(text)
    if plain.isascii():
        return plain
    from anyascii import anyascii  # Tables of every script: only for names that need them.

    return anyascii(unicodedata.normalize("NFC", text.translate(_LATIN)))


def slugify(text: str) -> str:
    """A path segment of ``a-z 0-9 -``; empty when ``text`` has no letter or digit. C++ and C# stay apart."""
    return _NOT_SLUG.sub("-", to_ascii(text).lower().translate(_SPOKEN)).strip("-")


def sort_key(text: str) -> tuple[str, str]:
    """Sort as people do: accents and case count only between equals."""
    return fold(text), text


def letter_of(text: str) -> str:
    """What an index has ``text`` under: its first letter in its own script, without accents; figures and signs as "#".

    Scripts without an alphabet have a letter for every syllable or word: these stand where Latin letters spell them.
    """
    first = fold(text[:1])[:1] or "#"
    if unicodedata.name(first, "").startswith("CJK "):
        first = to_ascii(first)[:1]
    return first.title() if first.isalpha() else "#"  # Georgian has capitals, but begins no word with them.


def without_controls(text: str) -> str:
    """``text`` without control characters; tabs and line ends stay."""
    # What can be printed, but for its line ends, has none. No pattern finds that out as fast.
    return text if text.replace("\n", "").isprintable() else CONTROL.sub("", text)


def trimmed(text: str) -> str:
    """``text`` without white space and characters of no width at its ends."""
    text = text.strip()
    return text.strip(_OUTER) if text and (text[0] in _OUTER or text[-1] in _OUTER) else text


def composed(text: str) -> str:
    """``text`` with each accented letter as one character, as keyboards write it; macOS writes two in places.

    LaTeX takes the dot off an i before it has an accent, and some programs write that out: ``Garcı́a``.
    """
    return text if text.isascii() else unicodedata.normalize("NFC", _DOTLESS.sub(_with_dot, text))


def _with_dot(letter: re.Match[str]) -> str:
    return "i" if letter[0] == "ı" else "j"


def one_line(text: str) -> str:
    """``text`` with every run of white space as one space, and none at its ends."""
    flat = text.strip().replace("\n", " ")
    if flat.isprintable() and "  " not in flat:
        return flat  # All white space but the common space counts as not printable.
    return " ".join(text.split())


def blanks_but(kept: str) -> bytes:
    """What ``words_between`` takes for a blank: every character of ASCII but ``kept``."""
    return bytes([code if code > 127 or chr(code) in kept else ord(" ") for code in range(256)])


def words_between(blanks: bytes, text: str) -> list[str]:
    """The words of ``text`` in their order. No pattern finds them as fast."""
    return text.encode().translate(blanks).decode().split()


class FreeNames:
    """Gives out names that are not taken, one after the other."""

    def __init__(
        self,
        taken: Iterable[str],
        twin: Callable[[str, int], str] = "{}-{}".format,
        alike: Callable[[str], str] = str,
    ) -> None:
        self.alike = alike
        """What is equal for names of which only one may be given."""
        self.taken = set(map(alike, taken))
        self.twin = twin
        """What the second, the third ... of one name is called."""
        self.numbers: dict[str, int] = {}
        """Name -> the number that its latest twin has."""

    def give(self, wanted: str) -> str:
        """``wanted`` itself, else its first twin that is free."""
        name, number = wanted, self.numbers.get(wanted, 1)
        while self.alike(name) in self.taken:
            number += 1
            name = self.twin(wanted, number)
        self.numbers[wanted] = number
        self.taken.add(self.alike(name))
        return name


def closest(word: str, known: Iterable[str]) -> str:
    """The one of ``known`` that ``word`` was probably meant to be, or ""."""
    from difflib import get_close_matches  # Only when there is a mistake to explain.

    found = get_close_matches(word.lower(), list(known), n=1, cutoff=0.7)
    return found[0] if found else ""
