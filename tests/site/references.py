"""From the text of an entry to its reference, as the specs of this folder give it."""

import html
import re

from labpress.core.files import SourceFile
from labpress.entries.entry import read_entry
from labpress.markup.settings import MarkupSettings
from labpress.site.citations.reference import Reference, reference_of

SITE = "https://lab.example.org/pubs/"


def reference(text: str, paper_id: str = "berg2022paper") -> Reference:
    """The reference of an entry given as Markdown, on a site whose address is known. It has a PDF if it links one."""
    entry, faults = read_entry(SourceFile(f"papers/{paper_id}.md", text.encode()), MarkupSettings())
    assert entry is not None, faults
    assert not [fault for fault in faults if fault.is_error], faults
    page = f"{SITE}papers/{paper_id}/"
    return reference_of(
        entry.paper,
        title=entry.title.text,
        title_html=entry.title.html,
        abstract=entry.abstract.text,
        language="en",
        url=page,
        pdf_url=f"{page}{paper_id}.pdf" if entry.paper.links.get("pdf") else "",
    )


def shown(markup: str) -> str:
    """HTML as the specs write it: ``*italics*``, ``**bold**``, links as their text."""
    markup = re.sub(r"</?a\b[^>]*>", "", markup)
    markup = re.sub(r"</?b>", "**", re.sub(r"</?i>", "*", markup))
    return html.unescape(markup)
