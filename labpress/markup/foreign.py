"""LaTeX outside of formulas, which Markdown does not read: how it is known, and what to write instead."""

from __future__ import annotations

import re

from labpress.core.diagnostics import Diagnostic, Span, quoted
from labpress.core.patterns import when_needed

_ACCENT = r"""["'`^~=.]"""
_BODY = r"(?:[^\\]|\\(?![()\[\]]))*+"
# A set comes first, because the engine can skip to its characters. What closes is looked for up to the next that opens.
FOREIGN = (
    r"[\\{](?<!\\[\\{])(?:"
    r"(?<=\\)(?:"
    rf"(?P<formula>\((?P<inline>{_BODY})\\\)|\[(?![\[@^])(?P<display>{_BODY})\\\](?![\[(:{{]))"
    r"|(?P<environment>begin\{[A-Za-z]++\*?\})"
    r"|(?P<command>(?!end\{)(?:[A-Za-z]{2,}+\*?|[A-Za-z](?=\{\\?[A-Za-z]\}))\{(?:[^{}\n]*+\}(?:\{[^{}\n]*+\})*+)?)"
    rf"|(?P<accent>{_ACCENT}\{{\\?[A-Za-z]\}}))"
    rf"|(?<=\{{)(?P<letter>\\(?:{_ACCENT}\\?[A-Za-z]|[A-Za-z]{{1,2}})\}}))"
)
"""What is LaTeX anywhere, and brackets, which are escapes of Markdown: they are LaTeX only if a formula is inside."""

_FORMULA = when_needed(r"\\[A-Za-z]|[\^=]|(?<![^\W_]{2})_")
_ADVICE = {
    "environment": "write math between $$ and $$, with its environment, and a list as lines that begin with a hyphen",
    "command": "write a formula between dollar signs, and else *emphasis*, **strong** or the character itself",
}


def is_foreign(match: re.Match[str]) -> bool:
    """Whether a match of ``FOREIGN`` is meant as LaTeX."""
    inline, display = match["inline"] or "", match["display"] or ""
    return match.lastgroup != "formula" or len(inline) == 1 or bool(_FORMULA.search(inline or display))


def foreign_latex(kind: str, found: str, span: Span) -> Diagnostic:
    """The warning for LaTeX of one kind, which stands at ``span``."""
    from labpress.markup.latex import latex_to_markdown  # For the few texts that have any.

    instead, faults = latex_to_markdown(found)
    help_ = _ADVICE.get(kind, _ADVICE["command"]) if faults or not instead else f"write {instead}"
    return Diagnostic("foreign-latex", f"expected Markdown, found the LaTeX {quoted(found)}", span, help=help_)
