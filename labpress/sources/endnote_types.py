"""EndNote's names of reference types, which Refer and EndNote XML share with Zotero's tables."""

from __future__ import annotations

_TYPES = {
    "thesis": "thesis", "dissertation": "thesis", "book section": "chapter", "chapter": "chapter",
    "encyclopedia": "chapter", "workshop": "workshop", "conference": "conference", "proceeding": "conference",
    "journal": "article", "article": "article", "review": "article", "preprint": "preprint", "unpublished": "preprint",
    "manuscript": "preprint", "report": "report", "standard": "report", "data": "dataset", "software": "software",
    "computer program": "software", "patent": "patent", "presentation": "talk", "talk": "talk", "poster": "poster",
    "book": "book",
}  # fmt: skip
"""A word of a name -> labpress's type; the first that the name has counts."""


def type_of(name: str) -> str:
    """The type of labpress for a name such as ``Journal Article`` or ``journalArticle``; ``other`` if unknown."""
    words = "".join(f" {char}" if char.isupper() else char for char in name).replace("-", " ").lower()
    flat = " ".join(words.split())
    return next((kind for word, kind in _TYPES.items() if word in flat), "other") if flat else ""
