"""BibTeX that old and new tools read alike: classic types and fields, ``eprint`` for preprints, UTF-8 by default."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from labpress.core.names import DEGREES, SUFFIXES, Name
from labpress.core.patterns import when_needed
from labpress.core.text import fold, one_line
from labpress.entries.paper import LINK_KINDS, TYPES, Author
from labpress.markup.slots import INLINE_MATH_REST
from labpress.markup.to_latex import markdown_block_to_latex, markdown_to_latex, text_to_latex
from labpress.site.citations.reference import Reference

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
"""Macros that every style defines, in its own language."""

_TYPES = {
    "article": "article",
    "conference": "inproceedings",
    "workshop": "inproceedings",
    "chapter": "incollection",
    "book": "book",
    "report": "techreport",
    "manuscript": "unpublished",
    # Known to BibLaTeX and its kin; older styles print them as they print misc.
    "software": "software",
    "dataset": "dataset",
    "patent": "patent",
}
_LINK_FIELDS = LINK_KINDS.keys() - {"doi", "arxiv", "preprint", "publisher"}
"""Kinds of links that are fields. Those four are told by others, and a kind of the lab's own may be the name of another
field, or one that no parser takes."""

_CONTAINERS = {"article": "journal", "conference": "booktitle", "workshop": "booktitle", "chapter": "booktitle"}

_PLAIN_TITLE = when_needed(r"[A-Za-z0-9 ,.:;?!()/+-]*(?<!--)", re.ASCII)
_SPECIAL = when_needed(r"[&%$#_{}~^\\<>|\xa0]")
_MARKUP = "&%$#_{}~^\\<>|\xa0`*[]@"
"""What may be Markdown, or has another form in LaTeX."""
_MARKUP_OF_LINE = when_needed(r"[ \t]*(?:[-+:]|\d{1,9}[.)])[ \t]|(?: {4}|\t)|[-=]+[ \t]*$")
_EMPHASIS_REST = r"(?<![^ ]\*)(?P<strong>\*)?(?P<words>[A-Za-z]++(?:[ -][A-Za-z]++)*+)\*(?(strong)\*)(?=[ .,;:]|\Z)"
_EMPHASIS = when_needed(rf"\*{_EMPHASIS_REST}")
"""Words between asterisks where nothing else can be meant."""
# A set comes first, because the engine can skip to its characters; what follows looks back at which of them it was.
_MATH_OR_EMPHASIS = when_needed(rf"[$*](?:(?<=\$){INLINE_MATH_REST}|(?<=\*){_EMPHASIS_REST})")
_WORD = when_needed(r"[^\W_]+")
_PIECE = when_needed(r"(\$[^$]*\$|\\[A-Za-z]+|\\.|[{}]|[^\W_]+)")
_LONG_PREPOSITIONS = frozenset(
    "about across after against among based before between beyond during from into onto over than through toward"
    " towards under upon using when where with within without".split()
)
"""Lower-case in titles of either fashion."""

_END = "\n}\n"
_WITHIN_BRACES = when_needed(r",|\band\b|^[\"{]", re.IGNORECASE)


def as_bibtex(ref: Reference, *, ascii: bool = False, full: bool = False) -> str:  # noqa: A002  The users' word.
    """One entry, with the paper's id as key.

    ``ascii`` writes accents as LaTeX commands for engines without UTF-8; ``full`` adds abstract and links.
    """
    kind = "phdthesis" if ref.is_doctoral else "mastersthesis"
    entry_type = kind if ref.type == "thesis" else _TYPES.get(ref.type, "misc")
    if ref.type == "chapter" and not ref.container:
        entry_type = "inbook"  # Its title is that of the book.
    fields = [f"  {name} = {value}" for name, value in _fields(ref, to_ascii=ascii) if value]
    entry = f"@{entry_type}{{{ref.id},\n" + ",\n".join(fields) + _END
    return with_extras(entry, ref, ascii=ascii) if full else entry


def with_extras(entry: str, ref: Reference, *, ascii: bool = False) -> str:  # noqa: A002
    """The entry of ``ref``, in full."""
    fields = [f"  {name} = {value}" for name, value in _extras(ref, to_ascii=ascii)]
    return entry.removesuffix(_END) + "".join([f",\n{field}" for field in fields]) + _END


def _fields(ref: Reference, *, to_ascii: bool) -> Iterator[tuple[str, str]]:
    """Names and ready values; values that are empty are left out by the caller."""
    yield "title", _title(ref, to_ascii=to_ascii)
    yield "author", _names(ref.authors, et_al=ref.et_al, to_ascii=to_ascii)
    yield "editor", _names(ref.editors, et_al=False, to_ascii=to_ascii)
    for name, text in _texts(ref):
        yield name, text and _braced(_latex(text, to_ascii=to_ascii))
    if ref.date:
        yield "year", f"{{{ref.date.year:04}}}"
        yield "month", MONTHS[ref.date.month - 1] if ref.date.month else ""
        yield "day", f"{{{ref.date.day}}}" if ref.date.day else ""
    for name, address in _verbatim(ref):
        yield name, address and _verbatim_value(address)
    yield "keywords", _keywords(ref.keywords, to_ascii=to_ascii)
    for name, text in _remarks(ref):
        yield name, text and _braced(_latex(text, to_ascii=to_ascii))


def _extras(ref: Reference, *, to_ascii: bool) -> Iterator[tuple[str, str]]:
    """What nobody cites but a reader of the file may want: links, as site templates name them, and the abstract."""
    links = {**ref.links, "pdf": ref.pdf_url} if ref.pdf_url else ref.links
    for kind, address in links.items():
        if kind in _LINK_FIELDS:
            yield kind, _verbatim_value(address)
    if ref.abstract_markdown:
        # On one line: what looks like an entry on a line of its own is one to some parsers, even within a field.
        yield "abstract", _braced(one_line(_abstract(ref.abstract_markdown, to_ascii=to_ascii)))


def _abstract(markdown: str, *, to_ascii: bool) -> str:
    """An abstract as LaTeX. Most have no markup but math, which stays, and some words with emphasis.

    That is found out sooner than a text is read.
    """
    parts = [markdown]
    # Without an escaped dollar sign math ends at the next one, so that no part is looked at more than twice.
    if ("$" in markdown or "*" in markdown) and "\\$" not in markdown:
        parts = _with_emphasis(markdown, _MATH_OR_EMPHASIS if "$" in markdown else _EMPHASIS)
    if _has_markup("x".join(parts[::2])) or (to_ascii and not markdown.isascii()):
        return markdown_block_to_latex(markdown, ascii=to_ascii)
    return "".join(parts)


def _with_emphasis(markdown: str, pattern: re.Pattern[str]) -> list[str]:
    """Prose, a match of ``pattern`` as LaTeX, prose, and so on."""
    parts: list[str] = []
    end = 0
    for match in pattern.finditer(markdown):
        parts += (markdown[end : match.start()], _emphasised(match))
        end = match.end()
    return [*parts, markdown[end:]]


def _emphasised(match: re.Match[str]) -> str:
    words = match["words"]
    if not words:
        return match[0]
    return f"\\textbf{{{words}}}" if match["strong"] else f"\\emph{{{words}}}"


def _has_markup(text: str) -> bool:
    """Whether there may be any Markdown in ``text``, or something that LaTeX has another form for."""
    # A text is searched for one character after the other in less time than a pattern takes for all of them.
    if any(mark in text for mark in _MARKUP) or ("'" in text and "''" in text):
        return True
    if (":" in text and "://" in text) or "www." in text:
        return True
    return any(map(_MARKUP_OF_LINE.match, text.split("\n")))


def _verbatim_value(text: str) -> str:
    """A value that is taken as it is. Braces would be counted, so an address has them escaped."""
    return f"{{{text.replace('{', '%7B').replace('}', '%7D')}}}"


def _texts(ref: Reference) -> Iterator[tuple[str, str]]:
    kind = ref.type
    yield _CONTAINERS.get(kind, "howpublished"), ref.container
    yield "howpublished", _howpublished(ref)
    yield "series", ref.series
    yield "volume", ref.volume
    yield "version" if kind in ("software", "dataset") else "number", ref.issues.replace("–", "--") or ref.number
    yield "pages", ref.pages.replace("–", "--")
    yield "edition", ref.edition
    if kind == "thesis":
        yield "school", ref.institution
        yield "type", ref.degree if ref.degree.casefold() not in ("phd", "ph.d.", "master") else ""
    elif kind == "report":
        yield "institution", ref.institution
    yield "publisher", "" if ref.publisher == ref.institution else ref.publisher
    yield "address", ref.place
    yield "eventtitle", ref.event


def _remarks(ref: Reference) -> Iterator[tuple[str, str]]:
    # BibLaTeX prints pubstate; BibTeX's own styles know nothing but a note.
    yield "pubstate", ref.status
    yield "note", ref.note or (ref.status and f"{ref.status[0].upper()}{ref.status[1:]}")
    yield "award", ref.award
    yield "license", ref.license


def _keywords(keywords: tuple[str, ...], *, to_ascii: bool) -> str:
    """All of them, with commas between; one that has a comma of its own is held together by braces."""
    joined = ", ".join(keywords)
    if not joined or (joined.count(",") < len(keywords) and ";" not in joined):
        return joined and _braced(_latex(joined, to_ascii=to_ascii))
    parts = [_latex(keyword, to_ascii=to_ascii) for keyword in keywords]
    parts = [_braced(part) if "," in part or ";" in part else part for part in parts]
    # Braces around a single one would be taken for a second pair around the whole value, which many programs write.
    return _braced(", ".join(parts) if len(parts) > 1 else f"{parts[0]},")


def _howpublished(ref: Reference) -> str:
    """What a ``misc`` entry is, since BibTeX has no type for it: ``Poster, NeurIPS 2022``."""
    kind = ref.type
    if kind in _TYPES or kind in ("thesis", "other"):
        return ""
    is_told = kind == "preprint" and bool(ref.arxiv) and not ref.event
    where = ref.event if ref.arxiv else ref.archive or ref.event
    return "" if is_told else ", ".join(part for part in (TYPES[kind], where) if part)


def _verbatim(ref: Reference) -> Iterator[tuple[str, str]]:
    """Fields that are taken as they are: no LaTeX in them."""
    yield "isbn", ref.isbn
    yield "issn", ref.issn
    yield "doi", ref.doi
    if ref.arxiv:
        yield "eprint", ref.arxiv
        yield "archivePrefix", "arXiv"
        yield "primaryClass", ref.categories[0] if ref.categories else ""
    yield "pmid", ref.pmid
    yield "url", "" if ref.doi else ref.link
    yield "language", "" if ref.language[:2] in ("en", "") else ref.language


def _title(ref: Reference, *, to_ascii: bool) -> str:
    source = ref.title_markdown
    latex = source if _PLAIN_TITLE.fullmatch(source) else markdown_to_latex(source, ascii=to_ascii)
    if ref.language[:2] not in ("en", ""):
        return f"{{{_braced(latex)}}}"  # Styles lower-case the capitals of English titles; other languages need theirs.
    return _braced(_protected(latex))


def _protected(latex: str) -> str:
    """``latex`` with braces around what a style must not lower-case: acronyms, names like LoRA, and math."""
    keeps_case = _is_sentence_case(_WORD.findall(latex))
    depth = 0
    is_first = True
    parts = _PIECE.split(latex)
    for place in range(1, len(parts), 2):
        piece = parts[place]
        if piece in "{}":
            depth += 1 if piece == "{" else -1
        elif depth <= 0 and piece[0] != "\\":
            is_name = keeps_case and not is_first
            is_first = False
            parts[place] = f"{{{piece}}}" if piece[0] == "$" else _protected_word(piece, is_name=is_name)
    return "".join(parts)


def _protected_word(word: str, *, is_name: bool) -> str:
    if word.islower() or word.isdigit():
        return word
    tail = word[1:]
    keep = not (tail.islower() or not tail) or (not tail and word not in "Aa") or (is_name and word[0].isupper())
    return f"{{{word}}}" if keep else word


def _is_sentence_case(words: list[str]) -> bool:
    """Whether many long words are lower-case, so that a capital within the title marks a name."""
    telling = [word for word in words[1:] if len(word) > 3 and word not in _LONG_PREPOSITIONS]
    return sum(map(str.islower, telling)) * 3 >= max(1, len(telling))


def _names(people: Iterable[Author], *, et_al: bool, to_ascii: bool) -> str:
    names = [_name(person.name, to_ascii=to_ascii) for person in people]
    if et_al and names:
        names.append("others")
    return _braced(" and ".join(names)) if names else ""


@lru_cache(maxsize=20_000)
def _name(name: Name, *, to_ascii: bool) -> str:
    """``van der Berg, Jr., Jan``; braces make the name of an organisation one word. People write many papers."""
    family = _latex(name.family, to_ascii=to_ascii)
    if name.literal:
        return f"{{{family}}}"
    if _WITHIN_BRACES.search(family) or (" " in family and (not name.given or _has_small_word(name.family))):
        family = f"{{{family}}}"
    parts = [f"{_latex(name.particle, to_ascii=to_ascii)} {family}" if name.particle else family]
    for part in (name.suffix, name.given):
        if part:
            latex = _latex(part, to_ascii=to_ascii)
            is_misread = part is name.given and (fold(part) in SUFFIXES or part in DEGREES)
            parts.append(f"{{{latex}}}" if is_misread or _WITHIN_BRACES.search(latex) else latex)
    return ", ".join(parts)


def _has_small_word(family: str) -> bool:
    """Whether BibTeX would take the words up to one for a particle: the ``y`` of ``Ramón y Cajal``."""
    first_letters = (next(filter(str.isalpha, word), "") for word in family.split()[:-1])
    return any(map(str.islower, first_letters))


def _latex(text: str, *, to_ascii: bool) -> str:
    """Plain text as LaTeX text."""
    if not _SPECIAL.search(text) and (not to_ascii or text.isascii()):
        return text
    return text_to_latex(text, ascii=to_ascii)


def _braced(latex: str) -> str:
    r"""``{latex}``, with its braces made to pair: BibTeX counts them, even those of ``\{``."""
    if not _pairs(latex):
        latex = latex.replace("\\{", "\\lbrace ").replace("\\}", "\\rbrace ")
        if not _pairs(latex):
            latex = latex.replace("{", "").replace("}", "")
    # A backslash at the very end would take the closing brace with it.
    return f"{{{latex} }}" if latex.endswith("\\") else f"{{{latex}}}"


def _pairs(latex: str) -> bool:
    """Whether each brace that opens is closed, and none closes before."""
    if "{" not in latex:
        return "}" not in latex
    *before, rest = latex.split("}")
    depth = 0
    for part in before:
        depth += part.count("{") - 1
        if depth < 0:
            return False
    return depth + rest.count("{") == 0
