"""What a site may decide about its texts: site.yml's ``markup:`` and ``language:``."""

from __future__ import annotations

from msgspec import Struct, field


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
