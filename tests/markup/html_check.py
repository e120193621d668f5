"""Reads HTML as a browser's parser would, and says what a rendered text must not have."""

import re
from html.parser import HTMLParser

from labpress.markup.addresses import ADDRESS_ATTRIBUTES
from labpress.markup.sanitize import ATTRIBUTES, tags_of

VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
SAFE_ADDRESS = re.compile(
    r"(?:https?://|mailto:|tel:|ftps?:|//|entry:|file:|site:|[#?]|data:image/(?:png|jpeg|gif|webp|avif);base64,)",
    re.IGNORECASE,
)


class Reader(HTMLParser):
    """Collects the text and every fault."""

    def __init__(self, allowed: frozenset[str]) -> None:
        super().__init__(convert_charrefs=True)
        self.allowed = allowed
        self.open: list[str] = []
        self.text = ""
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in self.allowed:
            self.faults.append(f"<{tag}>")
        names = ATTRIBUTES.get(tag, set()) | ATTRIBUTES["*"]
        self.faults += [f"{tag}.{name}" for name, _ in attrs if name not in names]
        self.faults += [
            f"{tag}.{name}={value}"
            for name, value in attrs
            if name in ADDRESS_ATTRIBUTES and not SAFE_ADDRESS.match(value or "")
        ]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> out of place")

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        self.faults.append(f"comment {data!r}")

    def handle_decl(self, decl: str) -> None:
        self.faults.append(f"declaration {decl!r}")

    def handle_pi(self, data: str) -> None:
        self.faults.append(f"instruction {data!r}")


def read_html(html: str, *, inline: bool = False) -> Reader:
    """``html`` parsed; its faults are elements left open and whatever is on no list."""
    reader = Reader(tags_of(inline=inline))
    reader.feed(html)
    reader.close()
    reader.faults += [f"<{tag}> left open" for tag in reader.open]
    return reader
