"""The names of a content folder's files and folders."""

from __future__ import annotations

SITE, PEOPLE, TOPICS = "site.yml", "people.yml", "topics.yml"
DUPLICATES = "duplicates.yml"
"""What a person has decided about entries that look alike: for imports, not for the site."""
PAPERS, PAGES = "papers/", "pages/"

_JUNK_NAMES = frozenset(["Thumbs.db", "desktop.ini", "4913"])  # 4913: vim's test whether a folder can be written to.
_JUNK_ENDS = ("~", ".swp", ".swo", ".swx", ".tmp", ".bak", ".orig", ".part", ".crdownload")
WEB_NAMES = frozenset([".well-known", ".nojekyll", ".htaccess", ".domains"])
"""Hidden names that mean something to a web server, and are published from static/."""


def is_junk(name: str, *, web: bool = False) -> bool:
    """Whether a name is that of an editor's or a system's own file, or hidden; ``web``: within static/."""
    if name.startswith("."):
        return not (web and name in WEB_NAMES)
    return name in _JUNK_NAMES or name.endswith(_JUNK_ENDS) or (name.startswith("#") and name.endswith("#"))


def is_hidden(path: str, *, web: bool = False) -> bool:
    """Whether a file or a folder that ``path`` leads through is junk: labpress takes no notice of such files."""
    return any(is_junk(part, web=web) for part in path.split("/"))


def is_entry(path: str) -> bool:
    """Whether the text file at ``path`` of a content folder, which is not hidden, is an entry."""
    return path.startswith(PAPERS) and path.endswith(".md") and path.rpartition("/")[2].lower() != "readme.md"
