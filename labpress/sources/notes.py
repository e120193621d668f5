"""Notes as reference managers fill them: identifiers and what a program keeps for itself, beside what people wrote."""

from __future__ import annotations

import re

from labpress.core.patterns import when_needed
from labpress.core.text import one_line

PRIVATE = "extra:annote"
"""What notes mean that people write for themselves: an entry keeps them, and no page shows them."""
PUBLIC_NOTE = "Public note: "
"""Before the note of an entry in RIS, whose notes are anybody's, and most of them private."""

_LINE_END = when_needed(r"[\r\n]+")
_IDENTIFIER = when_needed(
    r"_?(?:(?:PMID|PubMed ID): ?(?P<pmid>\d{1,9})|PMCID: ?(?P<pmc>PMC\d{1,9})"
    r"|(?:doi: ?|(?:doi: ?)?https?://(?:dx\.)?doi\.org/)(?P<doi>10\.\d{4,9}/\S{1,300})"
    r"|arXiv: ?(?P<arxiv>[a-z-]{2,9}(?:\.[a-z]{2})?/\d{7}|\d{4}\.\d{4,5})(?:v\d{1,2})?(?: \[[\w.,; -]{1,80}\])?)_?\.?",
    re.IGNORECASE,
)
_LINKED_IDENTIFIER = when_needed(
    r"\[(?:(PubMed)|(PubMed Central)|(DOI)):\s?\\href\{[^{}]{0,300}\}\{([^{}]{1,300})\}\]", re.IGNORECASE
)
"""As TeXMed writes them into the note of a paper of PubMed."""
_SCHEMES = ("PMID", "PMCID", "doi")
_ACCOUNTS = (
    r"accession number|bibcode|cited by|citation key|\\?_?eprint|export date|google-books-id|item type"
    "|journal abbreviation|library catalog|mag id|oclc|openalex|page version id|qid|s2id|semantic scholar id"
    r"|tex\.[\w-]{1,40}|zscc"
)
_OF_A_PROGRAM = when_needed(
    rf"(?:{_ACCOUNTS}):(?: .*)?|cited by ?:? ?\d+|\d{{5}}|all open access.*", re.IGNORECASE | re.DOTALL
)
"""What a program keeps for itself, and how often something was cited."""
_OF_A_PAPER = when_needed(
    r"(archive(?: location)?|code number|collection-title|conference name|container(?:-title)?|edition|eissn"
    r"|event(?:-date|-place|-title)?|isbn|issn|issue|language|num(?:ber of)? pages|number|number-of-pages"
    r"|original-date|pages?|place|publication title|publisher|publisher-place|reporter|section|series(?: number)?"
    r"|type|volume):(?: (.*))?",
    re.IGNORECASE | re.DOTALL,
)
"""A field for which a program has no place: ``Publisher: Springer``. Or a person's note, ``Type: oral presentation``:
nothing tells the two apart."""


def take_note(note: str, known: dict[str, str], told: dict[str, str]) -> str:
    """``note`` on one line, without what only a program says in it.

    The identifiers of a paper that stand in it go to ``known``, by ``pmid``, ``pmc``, ``doi`` and ``arxiv``; one of
    which another is known is another work's, and stays. Fields of the paper go to ``told``, by name; so does a second
    value of one.
    """
    lines = []
    for line in _LINE_END.split(_LINKED_IDENTIFIER.sub(_as_line, note)):
        parts = [part for part in line.split("; ") if not _is_told(part.strip().rstrip(";"), known, told)]
        lines.append("; ".join(parts))
    return one_line("\n".join(lines))


def _as_line(identifier: re.Match[str]) -> str:
    *schemes, text = identifier.groups()
    scheme = next(name for name, found in zip(_SCHEMES, schemes, strict=True) if found)
    return f"\n{scheme}: {text.replace(chr(92), '')}\n"


def _is_told(part: str, known: dict[str, str], told: dict[str, str]) -> bool:
    """Whether ``part`` is a program's own, or an identifier or a field, which is noted."""
    if found := _IDENTIFIER.fullmatch(part):
        (scheme, identifier), *_ = ((name, value) for name, value in found.groupdict().items() if value)
        return known.setdefault(scheme, identifier).lower() == identifier.lower()
    if found := _OF_A_PAPER.fullmatch(part):
        name, value = found[1].lower(), one_line(found[2] or "")
        if value and value not in told.get(name, "").split("; "):
            told[name] = f"{told[name]}; {value}" if name in told else value
        return True
    return bool(_OF_A_PROGRAM.fullmatch(part))
