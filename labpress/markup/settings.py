"""What a site may decide about its texts: site.yml's ``macros:``, ``markup:`` and ``language:``."""

from __future__ import annotations

import msgspec
from msgspec import Struct, field

from labpress.core.files import digest

REVISION = 1
"""Rises whenever the same text and settings give another result, so that no cache outlives a change of the code."""


class MarkupSettings(Struct, frozen=True, kw_only=True):
    """Everything beside the text itself that its rendering depends on."""

    macros: dict[str, str] = field(default_factory=dict)
    r"""LaTeX math macros of the site's own, without the backslash: ``{"R": r"\\mathbb{R}"}``."""
    trusted_html: bool = False
    """Leave raw HTML as it is written. Whoever can edit an entry can then run scripts on the site."""
    language: str = "en"
    """BCP 47; decides about quotation marks."""
    id_prefix: str = ""
    """Put before every id, so that two texts of one page do not share one."""


def fingerprint(settings: MarkupSettings) -> str:
    """A digest that differs when the same text may be rendered differently."""
    return digest(msgspec.json.encode((REVISION, settings), order="deterministic"))
