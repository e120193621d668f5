"""What a paper is, where its format says it in other words, or says less than the rest of the record."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from labpress.core.patterns import when_needed
from labpress.sources.mentions import web_address

if TYPE_CHECKING:
    from labpress.sources.draft import Draft

_PREPRINT_SERVERS = when_needed(
    r"(?:bio|med|chem|psy|soc|eng|eco|earth|tech|ag|law|sport|lis)a?r?xiv\b|ssrn\b|research square|preprints\.org"
    r"|osf preprints|cryptology eprint archive|iacr eprint|authorea|essoar",
    re.IGNORECASE,
)
_WORKSHOP = when_needed(r"\bworkshops?\b", re.IGNORECASE)
OPEN_TO_REREADING = frozenset(["", "article", "other", "report"])
"""Types that formats give for want of a better one."""
_PATENT = when_needed(r"(?:([A-Z]{2}) )?Patent ((?:App\. )?[\w,./-]{3,40})")
_REPOSITORY = when_needed(r"(?:github|gitlab|bitbucket|codeberg)(?: repositor(?:y|ies))?", re.IGNORECASE)
_KINDS_IN_WORDS = {
    "preprint": "preprint", "poster": "poster", "talk": "talk", "presentation": "talk", "workshop paper": "workshop",
}  # fmt: skip


def kind_named(text: str) -> str:
    """The type that formats without a word of their own for it say in words: ``Poster``, ``workshop paper``."""
    return _KINDS_IN_WORDS.get(text.strip().lower(), "")


def take_archive(draft: Draft) -> None:
    """Where a preprint is, for programs that call it the publisher."""
    publisher = draft.fields.get("publisher", "")
    if draft.type == "preprint" and not draft.venue and _PREPRINT_SERVERS.match(publisher):
        draft.venue = draft.fields.pop("publisher")
    if draft.type in ("other", "software") and _REPOSITORY.fullmatch(draft.venue.strip()):
        draft.venue = ""  # As GitHub wants to be cited; its address says it.


def take_patent(draft: Draft) -> None:
    """Google Scholar calls a patent anything, but says who shows it, and has its number among the notes."""
    if draft.fields.get("publisher") != "Google Patents" or draft.type not in (*OPEN_TO_REREADING, "patent"):
        return
    draft.type = "patent"
    del draft.fields["publisher"]
    if found := _PATENT.fullmatch(draft.fields.get("note", "")):
        draft.fields.setdefault("number", " ".join(filter(None, found.groups())))
        del draft.fields["note"]


def _is_repository(draft: Draft) -> bool:
    """Whether all that is said of where this is, is the address of a repository: it is the code itself."""
    if draft.type != "other" or draft.doi or draft.arxiv or set(draft.links) != {"code"}:
        return False
    return not draft.venue and draft.links["code"] in map(web_address, draft.urls)


def type_of(draft: Draft) -> str:
    """The type of ``draft`` by what else it says."""
    kind = draft.type
    if kind == "conference" and _WORKSHOP.search(draft.venue):
        return "workshop"
    if kind not in OPEN_TO_REREADING:
        return kind
    if _PREPRINT_SERVERS.match(draft.venue.strip()):
        return "preprint"
    if draft.arxiv and not draft.venue and kind != "report":
        return "preprint"
    if _is_repository(draft):
        return "software"
    return kind
