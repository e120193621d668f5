"""What all citation styles are put together from. Everything here takes and gives HTML unless its name says text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from html import escape

from labpress.core.names import Name
from labpress.core.patterns import when_needed
from labpress.entries.paper import Author
from labpress.site.citations.reference import Reference, edition_name
from labpress.site.words import ENGLISH

MONTHS = ("Jan.", "Feb.", "Mar.", "Apr.", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.")
"""As MLA abbreviates them."""

_CLOSING = when_needed(r"(?:</[a-z]{1,10}>|[”’]){1,20}$")
_QUOTES = when_needed(r"""<[^>]*>|[“”"]|&quot;|&#34;""")
_TITLE_WORD = when_needed(
    r"(?P<kept>(?s:<(?P<tag>math|code)\b.*?</(?P=tag)>)|<(?:em|i)>[^<>\s]+\s+[a-zà-öø-ÿ][^<>]*)"
    r"|<[^>]*>|&#?\w{1,10};|[:?!—]|(?P<word>\w+(?:[-'’]\w+)*)"
)
_NEW_START = frozenset(":?!—")
_SMALL_WORDS = frozenset(
    "a an and as at but by de down et for from in into la le nor of off on onto or out over per so than the to up upon"
    " van via von vs with within without yet".split()
)
_DIGIT = when_needed(r"\d")
_NUMBER = when_needed(r"\d{1,6}", re.ASCII)
_VERSION = when_needed(r"(?:version|v\.?)\s*(?=\d)", re.IGNORECASE)


def stop(html: str) -> str:
    """``html`` with a full stop, unless its last character, closing quotes and tags aside, ends a sentence already."""
    return html if _without_closing(html).endswith((".", "?", "!", "…")) else _with_mark(html, ".")


def _with_mark(html: str, mark: str) -> str:
    """Full stops and commas stand inside quotation marks, as all American styles have it."""
    return f"{html[:-1]}{mark}”" if html[-1:] == "”" else f"{html}{mark}"


def _without_closing(html: str) -> str:
    """``html`` without the tags and quotes at its end."""
    if html[-1:] not in ">”’":
        return html
    end = _CLOSING.search(html, max(0, len(html) - 60))
    return html[: end.start()] if end else html


def sentences(*parts: str) -> str:
    """The parts that there are, each ended by a full stop."""
    return " ".join([stop(part) for part in parts if part])


def commas(*parts: str) -> str:
    """The parts that there are, with commas between."""
    return ", ".join([part for part in parts if part])


def spaced(*parts: str) -> str:
    """The parts that there are, with spaces between."""
    return " ".join([part for part in parts if part])


def italic(html: str) -> str:
    """``html`` in italics; nothing stays nothing."""
    return f"<i>{html}</i>" if html else ""


def quoted(html: str, mark: str = "") -> str:
    """A title in quotation marks, its own made single. ``mark`` stands inside, unless the title ends in ? or !."""
    if mark and not _without_closing(html).endswith(("?", "!", "…", mark)):
        html = _with_mark(html, mark)
    if "“" in html or '"' in html or "&quot;" in html or "&#34;" in html:
        html = _single_quotes(html)
    return f"“{html}”"


def _single_quotes(html: str) -> str:
    is_open = False

    def single(match: re.Match[str]) -> str:
        nonlocal is_open
        found = match[0]
        if found[0] == "<":
            return found
        is_open = found == "“" or (found != "”" and not is_open)
        return "‘" if is_open else "’"

    return _QUOTES.sub(single, html)


def headline(ref: Reference) -> str:
    """The title in headline style. Other languages have no such thing, and software is called what it is called."""
    is_title = ref.language[:2] in ("en", "") and ref.type != "software"
    return title_case(ref.title_html.source) if is_title else ref.title_html.source


def title_case(html: str) -> str:
    """English headline style: lower-case words get a capital, but for articles, conjunctions and prepositions.

    Words with a capital or a digit anywhere are names or were meant so, and stay, but for what a hyphen joins to them;
    so does all in math, in code and in tags, and so do italics that go on in small letters: *Escherichia coli*.
    """
    words = [match.start() for match in _TITLE_WORD.finditer(html) if match["word"] or match["kept"]]
    last = words[-1] if words else -1
    is_start = True

    def raised(match: re.Match[str]) -> str:
        nonlocal is_start
        word = match["word"]
        if not word:
            is_start = not match["kept"] and (is_start or match[0] in _NEW_START)
            return match[0]
        is_end, is_start = is_start or match.start() == last, False
        is_as_meant = not (word.islower() or "-" in word) or _DIGIT.search(word)
        return word if is_as_meant else _raised(word, is_end=is_end)

    return _TITLE_WORD.sub(raised, html)


def _raised(word: str, *, is_end: bool) -> str:
    """A word, or the parts of a compound, with capitals; a small word only where a title begins or ends.

    A compound with capitals begins as it was written: t-SNE.
    """
    parts = word.split("-")
    kept = 0 if word.islower() else 1
    return "-".join(
        part
        if at < kept or (part in _SMALL_WORDS and not (is_end and at in (0, len(parts) - 1)))
        else capitalised(part)
        for at, part in enumerate(parts)
    )


def anchor(address: str, text: str = "") -> str:
    """A link that shows its address, or ``text``."""
    return f'<a href="{escape(address)}">{escape(text or address)}</a>' if address else ""


def capitalised(text: str) -> str:
    """``text`` with its first letter large; the others stay as they are."""
    return text[:1].upper() + text[1:]


def inverted(name: Name) -> str:
    """``van der Berg, Jan, Jr.``"""
    if name.literal or name.is_family_first or not name.given:
        return escape(name.display)
    return escape(commas(name.family_with_particle, name.given, name.suffix))


@lru_cache(maxsize=20_000)
def inverted_initials(name: Name) -> str:
    """``van der Berg, J. W., Jr.`` People write many papers."""
    if name.literal or name.is_family_first or not name.given:
        return escape(name.display)
    return escape(commas(name.family_with_particle, name.initials, name.suffix))


def natural(name: Name) -> str:
    """``Jan van der Berg Jr.``"""
    return escape(name.display)


@lru_cache(maxsize=20_000)
def initials_first(name: Name) -> str:
    """``J. W. van der Berg Jr.``"""
    if name.literal or name.is_family_first or not name.given:
        return escape(name.display)
    return escape(spaced(name.initials, name.family_with_particle, name.suffix))


def name_list(
    authors: Sequence[Author],
    form: Callable[[Name], str],
    *,
    first_form: Callable[[Name], str] | None = None,
    et_al: bool = False,
    limit: int = 0,
    kept: int = 1,
    two: str = " and ",
    last: str = ", and ",
    others: str = " et al.",
) -> str:
    """Names in the order of ``authors``.

    More than ``limit`` of them are cut to ``kept`` and ``others``, which also stands where ``et_al`` says that there
    are more than are known. ``two`` joins two names and ``last`` the last of more.
    """
    is_cut = bool(limit) and len(authors) > limit
    names = [form(author.name) for author in (authors[:kept] if is_cut else authors)]
    if first_form and authors:
        names[0] = first_form(authors[0].name)
    if is_cut or et_al:
        return ", ".join(names) + others if names else ""
    if len(names) < 3:
        return two.join(names)
    return ", ".join(names[:-1]) + last + names[-1]


def is_own_publisher(ref: Reference, publisher: str) -> bool:
    """Whether an organisation publishes what it wrote: styles then name it once."""
    return len(ref.authors) == 1 and ref.authors[0].name.display.casefold() == publisher.casefold()


def edition_text(edition: str, word: str = "ed.") -> str:
    """``2nd ed.`` for 2, 2nd or 2nd edition; ``Revised ed.``; "" for the first, which is never named."""
    name = edition_name(edition)
    if not name or name == "1":
        return ""
    return f"{ENGLISH.edition_ordinal(int(name)) if name.isdecimal() else escape(name)} {word}"


def version_text(ref: Reference) -> str:
    """The version of software or data, without the word: ``2.1``."""
    return escape(_VERSION.sub("", ref.number or ref.edition))


def degree_text(ref: Reference, doctoral: str, other: str) -> str:
    """What a thesis is called: ``doctoral`` for a doctorate, ``other`` filled with the degree otherwise."""
    if ref.is_doctoral:
        return doctoral
    degree = f"{ref.degree}’s" if ref.degree in ("Master", "Bachelor") else ref.degree
    return other.format(escape(degree))


def manuscript_text(ref: Reference) -> str:
    """What a paper is called that nobody has accepted."""
    return "Manuscript in preparation" if ref.is_in_preparation else "Manuscript submitted for publication"


def editors_text(editors: Iterable[Author]) -> str:
    """``Jan Berg, Eva Lund and Li Wei``, for "edited by"."""
    return name_list(tuple(editors), natural)


def page_range(pages: str, shorten: Callable[[str, str], str]) -> str:
    """``pages`` with the second number of each range as ``shorten(first, last)`` has it."""
    first, dash, last = pages.partition("–")
    if dash and _NUMBER.fullmatch(first) and _NUMBER.fullmatch(last) and len(first) == len(last) and first < last:
        return f"{first}–{shorten(first, last)}"
    return escape(pages)


def last_two_digits(first: str, last: str) -> str:
    """MLA's rule: the last two digits, more where more have changed; all of them below 100."""
    if len(last) < 3:
        return last
    return last[min(_common(first, last), len(last) - 2) :]


def changed_digits(first: str, last: str) -> str:
    """The digits that have changed, as medical journals do."""
    return last[_common(first, last) :]


def chicago_digits(first: str, last: str) -> str:
    """Chicago's rule: all digits below 100 and after a multiple of 100, the changed ones after 101 to 109, else two."""
    if len(last) < 3 or first.endswith("00"):
        return last
    changed = _common(first, last)
    if first[-2] == "0":
        return last[changed:]
    return last[min(changed, len(last) - 2) :]


def _common(first: str, last: str) -> int:
    """How many leading digits are the same."""
    return next(at for at in range(len(last)) if first[at] != last[at])


def pages_label(ref: Reference, one: str, many: str, shorten: Callable[[str, str], str] | None = None) -> str:
    """``p. 7``, ``pp. 12–34``, or the bare number of an article."""
    if not ref.pages:
        return ""
    pages = page_range(ref.pages, shorten) if shorten else escape(ref.pages)
    return pages if ref.is_article_number else f"{many if ref.last_page else one} {pages}"
