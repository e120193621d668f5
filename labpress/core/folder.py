"""The names of a content folder's files and folders."""

from __future__ import annotations

SITE, PEOPLE, TOPICS = "site.yml", "people.yml", "topics.yml"
DUPLICATES = "duplicates.yml"
"""What a person has decided about entries that look alike: for imports, not for the site."""
PAPERS, PAGES = "papers/", "pages/"


def is_entry(path: str) -> bool:
    """Whether the text file at ``path`` of a content folder is an entry."""
    return path.startswith(PAPERS) and path.endswith(".md") and path.rpartition("/")[2].lower() != "readme.md"
