"""site.yml: what the lab decides about its site."""

from __future__ import annotations

from urllib.parse import urlsplit

from msgspec import Struct, field
from msgspec.structs import replace

from labpress.core.diagnostics import Parsed, quoted
from labpress.core.files import SourceFile
from labpress.core.folder import PAGES
from labpress.entries.editors import EDITORS, parse_editor
from labpress.entries.paper import EMPTY_BLOCK
from labpress.entries.schema import (
    ANYTHING,
    FLAG,
    LANGUAGE,
    PROSE,
    TEXT,
    URL,
    Field,
    Json,
    Kind,
    Reader,
    checked,
    choice,
    integer,
    many,
    mapping_of,
    object_schema,
    read_mapping,
    record_of,
    web_address,
)
from labpress.entries.yaml_file import read_yaml_file, render_prose
from labpress.entries.yaml_nodes import MappingNode, Node, ScalarNode, SequenceNode
from labpress.markup.settings import MarkupSettings
from labpress.markup.text import Block
from labpress.markup.urls import parts_of


class MenuItem(Struct, frozen=True):
    """One item of the menu: a label, and a path inside the site or an address."""

    label: str
    to: str = ""


class Features(Struct, frozen=True, kw_only=True):
    """What is published beside the papers. Each costs files; docs/reference says how many."""

    papers: bool = True
    """A list of all papers; without it, the home page should show them all."""
    orders: bool = True
    """The list of all papers by title and by venue too."""
    venues: bool = True
    """A page per venue."""
    metadata: bool = True
    """Highwire tags, JSON-LD and Open Graph on every page, COinS on lists."""
    citations: bool = True
    """The cite block on a paper's page."""
    exports: bool = True
    """.bib, .ris and CSL-JSON of each paper."""
    list_exports: bool = True
    """.bib, .ris and CSL-JSON of each list."""
    feeds: bool = True
    """An Atom feed of each list; without it, of the whole site only."""
    search: bool = True
    """A search box on lists, and the index that it needs."""
    share_image: bool = True
    """A picture for links shared in chats and on social sites."""
    not_found: bool = True
    """404.html."""
    related: bool = True
    """Up to five related papers beside each paper."""
    statistics: bool = True
    """The papers in numbers and pictures, at statistics/."""
    networks: bool = True
    """Who writes with whom as a picture: there, and on the pages of people."""
    print: bool = False
    """Every paper on one page for a CV or a report, at print/."""
    first_pages: bool = False
    """A paper that has a PDF and no picture shows page one of the PDF."""


class HomeConfig(Struct, frozen=True, kw_only=True):
    """What the home page shows, and how much of it."""

    selected: int = 6
    newest: int = 10
    tags: int = 24
    news: int = 5
    chart: bool = True
    all_papers: bool = False
    """Show every paper by year instead of the newest."""


class SiteConfig(Struct, frozen=True, kw_only=True):
    """site.yml, with defaults for all that it leaves out."""

    title: str = "Publications"
    tagline: str = ""
    description: Block = EMPTY_BLOCK
    """The introduction of the home page and, in short, its meta description."""
    url: str = ""
    """The site's absolute address with a slash at its end; empty when it is not known."""
    language: str = "en"
    theme: str = "journal"
    options: dict[str, str] = field(default_factory=dict)
    """The theme's options as text; the theme says what they mean."""
    pages: str = "folder"
    """Which Markdown files are pages of the lab's own; see ``PAGES_FROM``."""
    menu: tuple[MenuItem, ...] | None = None
    footer: Block = EMPTY_BLOCK
    repository: str = ""
    """Where the sources lie, for "edit this page" links."""
    branch: str = "main"
    per_page: int = 100
    """Papers on one page of a list; 0: all."""
    citation_style: str = "apa"
    feed_id: str = ""
    """Authority and date of the feeds' permanent ids, such as ``lab.example.org,2024``."""
    home: HomeConfig = field(default_factory=HomeConfig)
    features: Features = field(default_factory=Features)
    markup: MarkupSettings = field(default_factory=MarkupSettings)
    image: str = ""
    """The picture for links to the site: a file under static/."""
    contact: str = ""
    """An e-mail address or a page that services on the net are told when labpress asks them; never published."""
    editor: str = ""
    """Editor that the preview opens files in."""
    lines: dict[str, int] = field(default_factory=dict)
    """Line of each key, and as ``menu.papers`` of each key or word of a list within one."""

    def line(self, key: str, part: str = "") -> int:
        """The line of ``part`` of ``key``, of the whole where it is not known, 0 where that is not given."""
        return self.lines.get(f"{key}.{part}") or self.lines.get(key, 0)

    @property
    def base_path(self) -> str:
        """The path of the address, ``/`` or ``/repo/``; ``/`` when the address is not known."""
        return urlsplit(self.url).path or "/"

    @property
    def pages_folder(self) -> str:
        """The folder of the pages in the content folder, ``pages/``; "" for the content folder itself."""
        return PAGES if self.pages == "folder" else ""


PAGES_FROM = {
    "folder": "the files of pages/",
    "all": "every Markdown file outside of papers/, a README.md as the page of its folder",
}

STYLES = {
    "apa": "APA, 7th edition",
    "mla": "MLA, 9th edition",
    "chicago": "Chicago, author and date",
    "ieee": "IEEE",
    "nature": "Nature",
    "vancouver": "Vancouver",
}


def site_url(text: str) -> str | None:
    """The address of a site with a slash at its end; None when it is not an http address."""
    text = text.strip()
    parts = parts_of(text)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        return None
    try:
        parts.hostname.encode("idna")
    except UnicodeError:
        return None
    if (
        parts.username is not None
        or any(char.isspace() or char in "\"'<>\\" for char in text)
        or ".." in parts.path.split("/")
    ):
        return None
    return text.rstrip("/") + "/"


def _read_menu_item(reader: Reader, node: Node) -> MenuItem | None:
    if isinstance(node, ScalarNode):
        return MenuItem(TEXT.read(reader, node))
    if isinstance(node, MappingNode) and len(node.value) == 1:
        (key_node, value_node), *_rest = node.value
        if isinstance(key_node, ScalarNode):
            address = URL.read(reader, value_node)
            return None if address is None else MenuItem(TEXT.read(reader, key_node), address)
    reader.expected("a menu item: papers, or  Label: address", node)
    return None


MENU_ITEM = Kind(_read_menu_item, {"anyOf": [{"type": "string"}, {"type": "object"}]})


FEATURE_FIELDS: dict[str, Field] = {
    "papers": Field(FLAG, "A list of all papers."),
    "orders": Field(FLAG, "The list of all papers by title and by venue too."),
    "venues": Field(FLAG, "A page per venue."),
    "metadata": Field(FLAG, "Tags for Google Scholar, Zotero and social sites."),
    "citations": Field(FLAG, "The cite block on each paper's page."),
    "exports": Field(FLAG, "Each paper as .bib, .ris and CSL-JSON: three files a paper."),
    "list_exports": Field(FLAG, "Each list as .bib, .ris and CSL-JSON: three files a list."),
    "feeds": Field(FLAG, "An Atom feed of each list; without it, of the whole site only."),
    "search": Field(FLAG, "A search box on every list, and the index that it looks into."),
    "share_image": Field(FLAG, "The picture that chats and social sites show for a link."),
    "related": Field(FLAG, "Up to five related papers beside each paper, with what speaks for them."),
    "statistics": Field(FLAG, "The papers in numbers and pictures: at statistics/."),
    "networks": Field(FLAG, "Pictures of who writes with whom: there, and on the pages of people."),
    "print": Field(
        FLAG,
        "Every paper on one page, by type and year, to be printed: at print/, among the orders of the list, and in the"
        " menu where there is no other list.",
    ),
    "first_pages": Field(
        FLAG, "A paper with a PDF of its own and no picture shows page one of the PDF. Needs labpress[images]."
    ),
    "not_found": Field(FLAG, "The page that a host shows for an address that does not exist."),
}

HOME_FIELDS: dict[str, Field] = {
    "selected": Field(integer(0, 1000), "How many selected papers."),
    "newest": Field(integer(0, 1000), "How many of the newest papers."),
    "tags": Field(integer(0, 1000), "How many of the commonest tags."),
    "news": Field(integer(0, 1000), "How many of the latest pages/news/*.md."),
    "chart": Field(FLAG, "Papers per year as a chart."),
    "all_papers": Field(FLAG, "Every paper by year instead of the newest."),
}

_NAMED_TEXTS = mapping_of(TEXT, "macros")


def _read_macros(reader: Reader, node: Node) -> dict[str, str] | None:
    macros: dict[str, str] | None = _NAMED_TEXTS.read(reader, node)
    if macros and isinstance(node, MappingNode):
        from labpress.markup.mathml import usable_macros  # The converter, for the few sites that have macros.

        faults = dict(usable_macros(tuple(macros.items()))[1])
        for key, _ in node.value:
            if isinstance(key, ScalarNode) and (fault := faults.get(key.value.removeprefix("\\"))):
                reader.report("bad-macro", key, f"the macro {quoted(key.value)} cannot be used: {fault}")
    return macros


MARKUP_FIELDS: dict[str, Field] = {
    "raw_html": Field(
        choice({"clean": "harmless elements only", "trusted": "as it is written"}),
        "What becomes of HTML in texts: harmless elements only, or all as it is written.",
    ),
    "macros": Field(Kind(_read_macros, _NAMED_TEXTS.schema), r"LaTeX macros for math: `\R: \mathbb{R}`"),
}


def _markup_settings(raw_html: str = "clean", macros: dict[str, str] | None = None) -> MarkupSettings:
    return MarkupSettings(macros=macros or {}, trusted_html=raw_html == "trusted")


SITE_FIELDS: dict[str, Field] = {
    "title": Field(TEXT, "The lab's name."),
    "tagline": Field(TEXT, "One line under it."),
    "description": Field(PROSE, "Who you are, in Markdown; the top of the home page."),
    "url": Field(
        checked("an address such as https://lab.github.io/papers/", site_url, "begin it with https://", "bad-url"),
        "Where the site will be: https://lab.github.io/papers/",
    ),
    "language": Field(LANGUAGE, "BCP 47 tag of the site's language."),
    "theme": Field(TEXT, "The theme's name: a folder under themes/."),
    "options": Field(mapping_of(TEXT, "theme options"), "The theme's options."),
    "pages": Field(
        choice(PAGES_FROM), "Which Markdown files are pages of your own: those of pages/, or all outside of papers/."
    ),
    "menu": Field(
        many(MENU_ITEM, "menu items"),
        "papers, tags, years, people, authors, venues, statistics, a page's name, or  Label: address.",
    ),
    "footer": Field(PROSE, "The foot of every page, in Markdown."),
    "repository": Field(
        web_address("https://github.com/lab/papers"),
        "Where the sources lie, for links that edit a page.",
    ),
    "branch": Field(TEXT, "The branch of the repository."),
    "per_page": Field(integer(0, 100_000), "Papers on one page of a list; 0 for all."),
    "citation_style": Field(choice(STYLES), "The style of formatted references."),
    "feed_id": Field(TEXT, "Authority of the feeds' permanent ids: lab.example.org,2024"),
    "home": Field(record_of(HomeConfig, HOME_FIELDS, "what the home page shows"), "What the home page shows."),
    "features": Field(
        record_of(Features, FEATURE_FIELDS, "features, each true or false"), "What is published beside the papers."
    ),
    "markup": Field(record_of(_markup_settings, MARKUP_FIELDS, "markup settings"), "How texts are read."),
    "image": Field(TEXT, "The picture that chats and social sites show for a link: a file under static/."),
    "contact": Field(TEXT, "Your e-mail address or page, for services that labpress fetch asks; it is not published."),
    "editor": Field(
        checked("an editor, or a URL with {path} in it", parse_editor, f"editors: {', '.join(EDITORS)}", "wrong-value"),
        f"{', '.join(EDITORS)}, or a URL with {{path}} and {{line}}.",
    ),
    "extra": Field(mapping_of(ANYTHING, "facts of your own"), "Anything; labpress does not look at it."),
}

SITE_HINTS = {
    "name": "did you mean title?",
    "base_url": "did you mean url?",
    "baseurl": "did you mean url?",
    "baseURL": "did you mean url?",
    "subtitle": "did you mean tagline?",
    "lang": "did you mean language?",
    "about": "did you mean description?",
    "repo": "did you mean repository?",
    "paginate": "did you mean per_page?",
    "macros": "write  markup: {macros: ...}",
    "nav": "did you mean menu?",
    "accent": "write  options: {accent: ...}",
}


def read_config(file: SourceFile) -> Parsed[SiteConfig]:
    """Read site.yml. What is faulty falls back to its default, so that the preview can go on; the faults are errors."""
    node, reader, diagnostics = read_yaml_file(file)
    if node is None:
        return Parsed(SiteConfig(), diagnostics)
    values, lines = read_mapping(reader, node, SITE_FIELDS, SITE_HINTS)
    values.pop("extra", None)
    settings = replace(values.get("markup", MarkupSettings()), language=values.get("language", "en"))
    values["markup"] = settings
    for key in ("description", "footer"):
        values[key] = render_prose(values.get(key, ""), settings, reader, lines.get(key, 0))
    lines |= _lines_within(reader, node)
    return Parsed(SiteConfig(lines=lines, **values), (*diagnostics, *reader.diagnostics))


def _lines_within(reader: Reader, node: MappingNode) -> dict[str, int]:
    """The line of each key and each word in the lists and mappings that ``node`` has as values: ``menu.papers``."""
    found: dict[str, int] = {}
    for key_node, value_node in node.value:
        if isinstance(key_node, ScalarNode) and isinstance(value_node, (MappingNode, SequenceNode)):
            is_mapping = isinstance(value_node, MappingNode)
            for part in [key for key, _value in value_node.value] if is_mapping else value_node.value:
                if isinstance(part, ScalarNode):
                    found.setdefault(f"{key_node.value}.{part.value}", reader.where.line(part))
    return found


def site_schema() -> Json:
    """The JSON Schema of site.yml."""
    return object_schema(SITE_FIELDS)
