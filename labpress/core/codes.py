"""Every diagnostic code, with its severity and one line of meaning. The reference page is made from this table."""

from __future__ import annotations

from typing import Literal, NamedTuple


class Code(NamedTuple):
    """How bad a fault is, and what it means in general."""

    severity: Literal["error", "warning", "note"]
    summary: str


def _error(summary: str) -> Code:
    return Code("error", summary)


def _warning(summary: str) -> Code:
    return Code("warning", summary)


def _note(summary: str) -> Code:
    return Code("note", summary)


CODES: dict[str, Code] = {
    # Files
    "unreadable-file": _error("a file could not be read"),
    "not-text": _error("a file is not text in a known encoding"),
    "odd-encoding": _warning("a file is not UTF-8; it was read as the encoding that fits"),
    "control-character": _warning("control characters were taken out of a text"),
    "too-large": _error("a file or value is larger than labpress reads"),
    # Entries and settings
    "bad-yaml": _error("front matter or a settings file is not YAML"),
    "too-deep": _error("YAML is nested deeper than anybody means"),
    "yaml-alias": _error("YAML aliases are not taken: no field needs them"),
    "yaml-tag": _error("YAML tags are not taken: no field needs them"),
    "no-front-matter": _error("an entry does not begin with front matter"),
    "unclosed-front-matter": _error("an entry's front matter has no end"),
    "missing-title": _error("an entry has no title"),
    "missing-name": _error("an author or a person has no name"),
    "bad-id": _error("a file's name cannot be an address"),
    "duplicate-entry": _error("two files give the same id"),
    "duplicate-key": _error("a key is given twice"),
    "unknown-key": _warning("a key that labpress does not know; it is kept in the file and not used"),
    "misspelt-key": _error("a key is nearly one that labpress knows"),
    "wrong-key": _error("a key is not a word"),
    "wrong-value": _error("a value is not of the kind that its key takes"),
    "too-many": _error("a list has more items than anybody reads; the first ones are taken"),
    "empty-item": _warning("a list has an empty item"),
    "bad-date": _error("a date is not of the form 2022-06-14, or there is no such day"),
    "bad-url": _error("an address is not one that labpress links to"),
    "bad-orcid": _error("an ORCID iD has the wrong form or check digit"),
    "bad-identifier": _error("a DOI, arXiv id, ISBN or ISSN has the wrong form or check digit"),
    "list-in-one-line": _warning("several names or tags are written as one"),
    "mark-in-name": _warning("an author's name carries a footnote mark"),
    "conflict-markers": _warning("a text has two versions in it, as version control leaves them"),
    # Importing
    "import-conflict": _warning("a source and a person both changed one field; the person's text stays"),
    "repeated-paper": _note("a source has the same paper twice"),
    "joined-versions": _note("a source has a preprint and its published version; they make one entry"),
    "near-duplicate": _note("two entries may be one work; a person decides"),
    "join-conflict": _error("two entries that are to be joined say different things, by hand"),
    "bad-lock": _error("the lock file of imports cannot be read"),
    "changed-meanwhile": _error("a file was edited while labpress was about to write it; it stays as it is"),
    # Asking services on the net
    "broken-answer": _warning("a service answered in another form than its own, or stopped half-way"),
    "service-failed": _error("a service gave no answer"),
    "not-found": _warning("a service does not know a work or a person"),
    "ambiguous-work": _warning("a service knows several works that an entry could be"),
    "no-contact": _note("site.yml names no contact, so services cannot tell who is asking"),
    # Between entries
    "unknown-person": _error("an author names a person who is not in people.yml"),
    "ambiguous-author": _warning("an author could be one of several people"),
    "unknown-entry": _warning("a link leads to an entry that is not there"),
    "unknown-page": _warning("the menu names a page that is not there"),
    "missing-file": _error("a file that is linked or shown is not there"),
    "reserved-name": _error("a page has a name that labpress uses itself"),
    "path-collision": _error("two sources would be published at one address"),
    # Sources: bibliographies, tables, saved pages
    "broken-entry": _error("an entry of a source is damaged; what could be read of it was kept"),
    "odd-syntax": _warning("a source breaks the rules of its format, but what is meant is clear"),
    "undefined-macro": _warning("a BibTeX macro has no @string"),
    "duplicate-field": _warning("a field is given twice in one entry; the first one counts"),
    "duplicate-id": _warning("two entries of a source have the same key"),
    "unknown-parent": _warning("an entry inherits from one that is not in the file"),
    "parent-entry": _note("a volume was used for what its papers inherit, and is no paper itself"),
    "no-title": _error("an entry of a source has no title and was left out"),
    "doubtful-authors": _warning("a list of authors was read in the likeliest of several ways"),
    "odd-identifier": _warning("an identifier is not of the form its scheme has"),
    "odd-date": _warning("a date could not be read, or only in part"),
    "not-understood": _warning("a piece of a source was not understood"),
    "unknown-format": _error("a file is none of the formats that labpress reads"),
    # Sources: pasted listings
    "empty-source": _warning("a source file is empty, or a folder of sources has no files"),
    "no-year": _warning("dates of a listing name no year, and which one is meant is a guess"),
    "no-authors": _warning("a record names no authors"),
    "unknown-category": _warning("a category is none of arXiv's"),
    "quoted-header": _warning("a line in an abstract looks like the first line of a record"),
    # Themes and templates
    "unknown-theme": _error("site.yml or a theme names a theme that does not exist"),
    "theme-loop": _error("themes are each other's parents"),
    "unknown-option": _error("site.yml sets an option that the theme does not have"),
    "bad-option": _error("a theme's option has a value of the wrong kind"),
    "missing-asset": _error("a theme names an asset that does not exist"),
    "lost-asset": _warning("a stylesheet names a file that its theme does not have"),
    "bad-translation": _warning("words of a locale file cannot stand in for the English ones"),
    "no-translation": _note("the site is in a language that labpress has no words in"),
    "bad-picture": _error("a picture or a PDF is damaged, and cannot be published in other widths"),
    "no-pictures": _warning("site.yml asks for pictures that only the extra labpress[images] can draw"),
    "weak-accent": _note("the accent colour would be hard to read on the theme's ground and is adjusted"),
    "template-syntax": _error("a template is not valid Jinja"),
    "missing-template": _error("a template that is needed or included does not exist"),
    "undefined-name": _error("a template uses a name or a field that does not exist"),
    "template-failed": _error("a template could not be carried out for a page"),
    "endless-template": _error("a template includes itself without end, or runs for too long"),
    # The content folder and the output folder
    "odd-file": _warning("something in the content folder is no plain file and was left out"),
    "no-content": _error("there is no content folder"),
    "stray-file": _warning("a text file of the content folder is none that labpress knows"),
    "outside-link": _warning("a symbolic link leads out of the folder that is read and was not followed"),
    "dangerous-output": _error("the output folder is one that labpress must not write to"),
    "foreign-folder": _error("the output folder holds files that labpress did not make"),
    "foreign-file": _note("a file in the output folder was not made by labpress and stays"),
    "file-in-the-way": _error("a file that labpress did not make stands where a page belongs"),
    "unwritable-output": _error("a file of the site could not be written"),
    "worker-died": _error("a worker process ended in the middle of its work"),
    # Being found: what `labpress check` says of a paper
    "no-author": _warning("a paper has no author, so search engines do not take it for a paper"),
    "no-date": _warning("a paper has no date, so search engines do not take it for a paper"),
    "no-abstract": _warning("a paper has no abstract, so there is little to find it by"),
    "odd-year": _warning("a paper's year is earlier or later than papers are"),
    "large-pdf": _warning("a PDF is larger than search engines index"),
    "distant-pdf": _note("a paper's PDF is not in the directory of its page, where it would be indexed with it"),
    # What `labpress check` finds in a site that builds
    "dead-link": _error("a link leads to a page or a file of the site that is not there"),
    "dead-anchor": _warning("a link leads to a place in a page that is not there"),
    "dead-external-link": _warning("a link leads to a page of another site that is not there"),
    "missing-alt": _warning("a picture has no words for those who cannot see it"),
    "future-date": _note("a paper's date is in the future"),
    "unused-person": _note("a person of people.yml is on no paper"),
    "unused-topic": _note("a topic of topics.yml is on no paper"),
    "decomposed-text": _note("a text has letters and their accents as separate characters"),
    "stale-override": _warning("a template of the site replaces a built-in one that has changed since"),
    # Publishing
    "no-address": _error("the site's address is not known, and publishing needs it"),
    "no-repository": _error("the content folder is in no git repository, or that has no remote"),
    "git-failed": _error("git could not do what publishing needs"),
    "foreign-branch": _error("the branch to publish to holds commits that labpress did not make"),
    "unfinished-import": _error("an import was stopped half-way"),
    "site-too-large": _error("the site is larger than GitHub Pages takes"),
    "file-too-large": _error("a file is larger than GitHub takes"),
    "large-file": _warning("a file is larger than GitHub advises"),
    "large-page": _warning("a page is larger than search engines read and visitors wait for"),
    # Texts: Markdown, math, LaTeX
    "bad-math": _warning("a formula could not be converted; its source is shown"),
    "foreign-latex": _warning("a text has LaTeX outside of a formula, where Markdown does not read it"),
    "bad-macro": _warning("a math macro of site.yml cannot be used"),
    "unknown-command": _warning("a LaTeX command is not known; its argument was kept"),
    "odd-latex": _warning("braces, dollar signs or environments of a LaTeX text do not pair"),
    "citation-left-out": _note("a LaTeX citation or reference was left out of a text"),
    "unsafe-url": _warning("an address was left out because it could run something, hides what it is or is none"),
    "remote-image": _warning("a picture from another site, which the page's content policy does not load"),
    "removed-html": _warning("HTML that could do harm was taken out of a text"),
    "too-much-markup": _warning(
        "a text has more nested or unclosed markup than is sensible; it is shown as it is written"
    ),
}
"""Code -> severity and summary. A code names the fault, not the place that found it."""
