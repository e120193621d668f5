"""References as readers see them, in one of the styles that ``site.yml`` names.

labpress formats references itself. Measured against citeproc-js on the same 56 items, the processors that Python has
were either wrong (citeproc-py: no MLA, Chicago or IEEE reference right, and 3 to 10 ms each), or stopped the whole
process on valid input (hayagriva's binding), or weighed 155 MB (pandoc). A style here is some hundred lines that
follow its published rules and cost about ten microseconds a reference.
"""

from __future__ import annotations

from collections.abc import Callable

from labpress.markup.html import Html
from labpress.site.citations.reference import Reference
from labpress.site.citations.styles.apa import apa
from labpress.site.citations.styles.chicago import chicago
from labpress.site.citations.styles.ieee import ieee
from labpress.site.citations.styles.mla import mla
from labpress.site.citations.styles.nature import nature
from labpress.site.citations.styles.vancouver import vancouver

STYLES: dict[str, Callable[[Reference], str]] = {
    "apa": apa,
    "mla": mla,
    "chicago": chicago,
    "ieee": ieee,
    "nature": nature,
    "vancouver": vancouver,
}


def format_reference(ref: Reference, style: str = "apa") -> Html:
    """``ref`` in the style of that name, a key of ``STYLES``; DOI and addresses are links."""
    return Html(STYLES[style](ref))
