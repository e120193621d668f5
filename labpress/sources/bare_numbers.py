"""Volumes, issues and pages without the words that some write before them, and that every style writes once more.

Nothing is taken away but before a number: ``pp. 12-15`` is ``12-15``, and ``Special Issue`` stays.
"""

from __future__ import annotations

import re

from labpress.core.patterns import when_needed

_ISSUE = r"(?:(?:nos?|nr|n|num|núm|iss|h)\.[\s~]*|(?:n[°º]|№|#)\s*|(?:no|nr|n|issue|number|num|heft)[\s~]+)(?=\d)"
_LABELS = {
    name: when_needed(label, re.IGNORECASE)
    for name, label in {
        "pages": r"(?:(?:pp?|pgs?|págs?|s)\.[\s~]*|pp[\s~]*|(?:p|pages?|seiten?)[\s~]+)(?=[a-z]{0,2}\d|[ivxlc]+\b)",
        "volume": r"(?:(?:vol|v|bd|t)\.[\s~]*|vol[\s~]*|(?:volume|band|tome)[\s~]+)(?=\d|[ivxlc]+$|[a-z]$)",
        "issue": _ISSUE,
        "number": _ISSUE,
    }.items()
}
_NOT_AVAILABLE = when_needed(r"n/?a(?:[‐‑‒–—-]+n/?a)?", re.IGNORECASE)
"""What a publisher's export has for the pages of a paper that has none yet."""


def take_bare_numbers(fields: dict[str, str]) -> None:
    """Leave of the numbers among ``fields`` what is a number; what has neither letter nor digit is none."""
    for name, label in _LABELS.items():
        if name in fields:
            written = fields[name].strip()
            start = found.end() if (found := label.match(written)) else 0
            is_none = _NOT_AVAILABLE.fullmatch(written) or not any(map(str.isalnum, written))
            fields[name] = "" if is_none else written[start:]
