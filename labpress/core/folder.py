"""The names of a content folder's files and folders."""

from __future__ import annotations

SITE, PEOPLE, TOPICS = "site.yml", "people.yml", "topics.yml"
DUPLICATES = "duplicates.yml"
"""What a person has decided about entries that look alike: for imports, not for the site."""
PAPERS, PAGES = "papers/", "pages/"
