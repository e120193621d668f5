"""LaTeX text of titles, abstracts, names and BibTeX fields."""

from __future__ import annotations

import re

from labpress.core.diagnostics import Parsed


def latex_to_markdown(source: str) -> Parsed[str]:
    """LaTeX-flavoured text as labpress's Markdown."""
    text = re.sub(r"\\(?:emph|textit)\{([^{}]*)\}", r"*\1*", source)
    return Parsed(re.sub(r"\\textbf\{([^{}]*)\}", r"**\1**", text))


def latex_to_text(source: str) -> str:
    """LaTeX-flavoured text as plain Unicode."""
    return re.sub(r"\\[a-zA-Z]+\s*|[{}]", "", source)
