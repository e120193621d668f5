"""Reads every file of a site as its consumers do, and says what in it could run, or lead where nobody should go."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

import bibtexparser

from tests.attacks.planting import SUM

ADDRESSES = frozenset(
    "href src action formaction poster cite data background longdesc ping profile usemap xlink:href".split()
)
LOADED = frozenset("src poster data background srcset".split())
SCHEMES = frozenset("http https mailto tel ftp ftps".split())
NEVER = frozenset(
    "iframe frame frameset object embed applet base style noscript template portal foreignobject animate animatemotion"
    " animatetransform set handler use annotation-xml maction semantics mglyph marquee textarea plaintext xmp listing".split()
)
_DROPPED = re.compile("[\t\n\r]|^[\x00-\x20]+")
"""What browsers take out of an address before they look at its scheme."""
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_ADDRESS_KEY = re.compile(r"url|link|href|image|sameas|license|icon|@id", re.IGNORECASE)


def bad_address(address: str, *, loaded: bool = False) -> bool:
    """Whether a browser would run ``address``, or for what a page loads by itself, ask another host for it."""
    address = _DROPPED.sub("", address)
    scheme = _SCHEME.match(address)
    if scheme:
        return scheme[1].lower() not in SCHEMES or loaded
    return address[:2] in ("\\\\", "/\\") or (loaded and address.startswith("//"))


def faults_of_element(name: str, attributes: dict[str, str], text: str = "") -> Iterator[str]:
    """What is wrong with one element of a page, of a feed's content or of a picture. Names are in lower case."""
    if name in NEVER:
        yield f"<{name}>"
    if name == "script" and attributes.get("type") == "application/ld+json":
        yield from faults_of_json(text)
    elif name == "script" and (
        text.strip() or not re.fullmatch(r"[./]*(?:pubs/)?assets/[\w-]+\.\w+\.js", attributes.get("src", ""))
    ):
        yield f"script {attributes} {text[:60]}"
    if name == "meta" and attributes.get("http-equiv", "").lower() == "refresh":
        wait, _, address = attributes.get("content", "").partition("url=")
        if wait.strip() != "0;" or bad_address(address):
            yield f"refresh to {attributes['content']}"
    if (
        name == "link"
        and "stylesheet" in attributes.get("rel", "")
        and bad_address(attributes.get("href", ""), loaded=True)
    ):
        yield f"style sheet {attributes['href']}"
    for attribute, value in attributes.items():
        if attribute.startswith("on") or attribute in ("style", "srcdoc", "http-equiv:set-cookie"):
            yield f"{name} {attribute}={value}"
        if attribute in ADDRESSES and bad_address(value, loaded=attribute in LOADED):
            yield f"{name} {attribute}={value}"


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.faults: list[str] = []
        self.script: dict[str, str] | None = None
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in reversed(attrs)}
        if len(attributes) < len(attrs):
            self.faults.append(f"{tag} has an attribute twice: {attrs}")
        if tag == "script":
            self.script, self.text = attributes, ""
        else:
            self.faults += faults_of_element(tag, attributes)

    def handle_data(self, data: str) -> None:
        self.text += data if self.script is not None else ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "script" and self.script is not None:
            self.faults += faults_of_element("script", self.script, self.text)
            self.script = None

    def handle_comment(self, data: str) -> None:
        self.faults.append(f"comment {data}")

    def handle_pi(self, data: str) -> None:
        self.faults.append(f"instruction {data}")

    def unknown_decl(self, data: str) -> None:
        self.faults.append(f"declaration {data}")


def faults_of_html(text: str) -> list[str]:
    page = _Page()
    page.feed(text)
    page.close()
    return page.faults + (["a script without an end"] if page.script is not None else [])


def faults_of_xml(text: str) -> Iterator[str]:
    """A feed, a sitemap or a picture. What is HTML in it is read as a page."""
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        yield "a document type"
    for element in ET.fromstring(text).iter():
        name = element.tag.rpartition("}")[2].lower()
        attributes = {key.rpartition("}")[2].lower(): value for key, value in element.attrib.items()}
        yield from faults_of_element(name, attributes, element.text or "")
        if attributes.get("type") == "html":
            yield from faults_of_html(element.text or "")
        if name in ("loc", "uri", "icon", "logo") and bad_address(element.text or ""):
            yield f"{name} {element.text}"


def faults_of_json(text: str) -> Iterator[str]:
    """Data that scripts read: every address in it by the names of keys, every HTML as a page."""

    def walk(key: str, value: object) -> Iterator[str]:
        if isinstance(value, dict):
            for name, one in value.items():
                yield from walk(name, one)
        elif isinstance(value, list):
            for one in value:
                yield from walk(key, one)
        elif isinstance(value, str) and key.endswith("_html"):
            yield from faults_of_html(value)
        elif isinstance(value, str) and _ADDRESS_KEY.search(key) and bad_address(value):
            yield f'"{key}": {value}'

    yield from walk("", json.loads(text))


def faults_of_bibtex(text: str) -> Iterator[str]:
    """Other people's parser must find as many entries as labpress wrote, each whole, and no field from nowhere."""
    library = bibtexparser.parse_string(text)
    yield from (f"block {block.raw[:80]!r}" for block in library.failed_blocks)
    if len(library.entries) != len(re.findall(r"^@\w+\{[\w-]+,$", text, re.MULTILINE)) or len(
        library.entries
    ) != text.count("\n}\n"):
        yield f"{len(library.entries)} entries"
    for entry in library.entries:
        for field in entry.fields:
            if field.key in ("url", "doi", "eprint", "file", "pdf") and bad_address(str(field.value)):
                yield f"{field.key} = {field.value}"
            if not re.fullmatch(r"[A-Za-z_-]+", field.key) or field.key == "evil":
                yield f"field {field.key}"


def faults_of_ris(text: str) -> Iterator[str]:
    """Each line is a tag and its value; references begin and end in turns."""
    ends = [line[:2] for line in text.split("\n") if line[:2] in ("TY", "ER")]
    if ends != ["TY", "ER"] * (len(ends) // 2):
        yield f"references begin and end out of turn: {ends}"
    for line in re.split(r"[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]", text):
        match = re.fullmatch(r"([A-Z][A-Z0-9])  - (.*)", line.rstrip(" ") + " " if line.endswith("  -") else line)
        if line and not match and line != "ER  - ":
            yield f"line {line!r}"
        elif match and match[1] in ("UR", "L1", "L2", "LK", "DO") and bad_address(match[2]):
            yield line


READERS: dict[str, Callable[[str], object]] = {
    ".html": faults_of_html, ".xml": faults_of_xml, ".svg": faults_of_xml, ".json": faults_of_json,
    ".bib": faults_of_bibtex, ".ris": faults_of_ris,
    ".css": lambda text: ["url(" for _ in [0] if "evil" in text], ".js": lambda text: ["alert" for _ in [0] if "alert" in text],
    ".txt": lambda _: [], ".png": lambda _: [], ".labpress": lambda _: [],
}  # fmt: skip


def faults_of_site(site: Path) -> list[str]:
    """Everything in the files of ``site`` that must not be there. A kind of file that nobody reads here is a fault."""
    found = []
    for path in sorted(site.rglob("*")):
        if not path.is_file():
            continue
        name = path.relative_to(site).as_posix()
        text = path.read_bytes().decode("utf-8", "replace")
        if str(SUM) in text:
            found.append(f"{name}: template syntax was obeyed")
        found += [f"{name}: {fault}" for fault in READERS[path.suffix or path.name](text)]  # type: ignore[attr-defined]
    return found
