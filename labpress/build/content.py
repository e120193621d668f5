"""From the content folder as it was read to what it says: entries, pages, people, topics, settings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

import msgspec
from msgspec.structs import replace

from labpress.build.fingerprints import Digests, digest_bytes
from labpress.build.heads import EntryParts, Wholes, read_all_parts
from labpress.build.memo import Memo, Reading, reading, reading_of_many
from labpress.core.diagnostics import Diagnostic, Parsed, Span, quoted
from labpress.core.files import Snapshot, SourceFile
from labpress.core.folder import DUPLICATES, PAPERS, PEOPLE, SITE, TOPICS, is_entry
from labpress.core.images import Size
from labpress.core.text import closest
from labpress.entries.config import SiteConfig, read_config
from labpress.entries.entry import Entry
from labpress.entries.people import Person, read_people
from labpress.entries.text_page import TextEntry, read_text_page
from labpress.entries.topics import Topic, read_topics
from labpress.markup.settings import MarkupSettings

if TYPE_CHECKING:  # Imported while workers read.
    from labpress.site.plan import Content

_MISNAMED = (".md", ".markdown", ".mdown", ".mkd")
"""Endings of Markdown in capitals or of other tools', with which labpress takes a file for no text."""

_FOLDERS = ("papers", "pages", "static", "templates", "themes", "locales")


class _Sorted(NamedTuple):
    """The text files of a content folder by what they are."""

    papers: list[str]
    pages: list[str]
    strays: list[str]
    """Those that nothing is made of; misnamed ones too."""


def read_config_of(snapshot: Snapshot, memo: Memo, base_url: str = "") -> Parsed[SiteConfig]:
    """The settings, with ``base_url`` in place of the site's own address when it is given."""
    if SITE not in snapshot.texts:
        return Parsed(SiteConfig(url=base_url))
    config, faults = memo.read_one(snapshot.source(SITE), reading(read_config, SiteConfig))
    return Parsed(replace(config, url=base_url) if base_url else config, faults)


def read_content(snapshot: Snapshot, config: SiteConfig, memo: Memo, *, workers: int = 1) -> Parsed[Content]:
    """Read everything but the settings. An entry that cannot be read is left out, with its errors."""
    texts = {path: digest_bytes(data) for path, data in snapshot.texts.items()}
    read = read_heads(snapshot, config, memo, Digests(), texts, workers=workers)
    entries = tuple(map(read.wholes.entry, read.content.entries))
    return Parsed(replace(read.content, entries=entries), read.diagnostics)


class Heads(NamedTuple):
    """The content folder, with the heads of the entries alone."""

    content: Content
    wholes: Wholes
    parts: dict[str, EntryParts]
    """Each file of papers/, by its path below the content folder."""
    diagnostics: tuple[Diagnostic, ...]


def read_heads(
    snapshot: Snapshot,
    config: SiteConfig,
    memo: Memo,
    digests: Digests,
    texts: Mapping[str, bytes],
    *,
    workers: int = 1,
    meanwhile: Callable[[], None] = lambda: None,
) -> Heads:
    """Like ``read_content``, with entries taken apart.

    ``digests`` learns which bytes the whole of each entry stands for, so that no page has to digest its texts.
    ``texts`` are the digests of the snapshot's texts; ``meanwhile`` is done while workers read.
    """
    markup = config.markup
    salt = _salt(markup)
    names = _sort(snapshot, config.pages_folder)
    files = [snapshot.source(path) for path in names.papers]
    known = [texts[path] for path in names.papers]
    results, keys = memo.read(files, entry_reading(config), workers, meanwhile, known)
    heads = []
    for (parts, _faults), key in zip(results, keys, strict=True):
        if parts.head is not None:
            heads.append(parts.head)
            digests.learn(parts.head, entry_digest(key, parts.head))
    how_pages = page_reading(markup, snapshot.shown(config.pages_folder))
    pages, _keys = memo.read([snapshot.source(path) for path in names.pages], how_pages)
    no_people: Parsed[tuple[Person, ...]] = Parsed(())
    no_topics: Parsed[tuple[Topic, ...]] = Parsed(())
    people, topics = no_people, no_topics
    if PEOPLE in snapshot.texts:
        how_people = reading(partial(read_people, settings=markup), tuple[Person, ...], salt)
        people = memo.read_one(snapshot.source(PEOPLE), how_people)
    if TOPICS in snapshot.texts:
        how_topics = reading(partial(read_topics, settings=markup), tuple[Topic, ...], salt)
        topics = memo.read_one(snapshot.source(TOPICS), how_topics)
    from labpress.site.files import ContentFiles
    from labpress.site.plan import Content

    content = Content(
        config=config,
        entries=tuple(heads),
        files=ContentFiles(snapshot.shown(""), frozenset(snapshot.files)),
        people=people.value,
        topics=topics.value,
        texts=tuple(page for page, _faults in pages if page is not None),
    )
    faults = [fault for _parts, found in results for fault in found]
    faults += [fault for _page, found in pages for fault in found]
    strays = (_stray(path, snapshot) for path in names.strays)
    all_parts = [parts for parts, _faults in results]
    by_path = dict(zip(names.papers, all_parts, strict=True))
    return Heads(content, Wholes(all_parts), by_path, (*faults, *people.diagnostics, *topics.diagnostics, *strays))


def entry_digest(key: bytes, head: Entry) -> bytes:
    """Stands for the whole entry of ``head``, which was read under ``key``: its name is a part of it too."""
    return digest_bytes(key + head.paper.path.encode())


def entry_reading(config: SiteConfig) -> Reading[EntryParts]:
    """How files of papers/ are read."""
    return reading_of_many(partial(read_all_parts, settings=config.markup), EntryParts, _salt(config.markup))


def read_whole(file: SourceFile, memo: Memo, config: SiteConfig) -> Parsed[Entry | None]:
    """One file of papers/, with its texts."""
    parts, faults = memo.read_one(file, entry_reading(config))
    return Parsed(None if parts.head is None else Wholes([parts]).entry(parts.head), faults)


def page_reading(markup: MarkupSettings, root: str) -> Reading[TextEntry | None]:
    """How pages are read, whose folder diagnostics show as ``root``."""
    salt = digest_bytes(_salt(markup) + root.encode())
    return reading(partial(read_text_page, settings=markup, root=root), TextEntry | None, salt)


def with_picture_sizes(
    content: Content, head_of: Callable[[str], bytes], page_size_of: Callable[[str], Size | None] | None
) -> Parsed[Content]:
    """The content with the sizes of all pictures of papers and people, of the logo, and of first pages that stand in.

    ``head_of`` gives the first bytes of a file; ``page_size_of`` is None where no library draws pictures.
    """
    from labpress.core.images import image_size
    from labpress.site.files import beside
    from labpress.site.kinds.people import photo_file
    from labpress.site.pictures import logo_file, own_pdf

    files, papers = content.files, [entry.paper for entry in content.entries]
    found = {beside(files, paper.path, paper.id, paper.image) for paper in papers if paper.image}
    found |= {logo_file(content.config.options), *map(photo_file, content.people)} & files.names
    sizes = {path: size for path in sorted(found - {""}) if (size := image_size(head_of(path)))}
    faults: tuple[Diagnostic, ...] = ()
    if content.config.features.first_pages:
        if page_size_of is None:
            span = Span(f"{files.root}{SITE}", content.config.line("features", "first_pages"))
            message = "expected the libraries that draw first_pages, found none"
            faults = (Diagnostic("no-pictures", message, span, 'pip install "labpress[images]"'),)
        else:
            pdfs = {own_pdf(paper, files) for paper in papers if not paper.image} - {""}
            sizes |= {path: size for path in sorted(pdfs) if (size := page_size_of(path))}
    return Parsed(replace(content, files=replace(files, sizes=sizes, can_scale=page_size_of is not None)), faults)


def _salt(markup: MarkupSettings) -> bytes:
    """What a reading of a text depends on, beside the text."""
    return digest_bytes(msgspec.msgpack.encode(markup))


def _sort(snapshot: Snapshot, pages: str) -> _Sorted:
    names = _Sorted([], [], [])
    for path in snapshot.texts:
        is_readme = path.rpartition("/")[2].lower() == "readme.md"
        if is_entry(path):
            names.papers.append(path)
        elif path in (SITE, PEOPLE, TOPICS, DUPLICATES) or (is_readme and (pages or path.startswith(PAPERS))):
            continue
        elif path.startswith(pages) and path.endswith(".md"):
            names.pages.append(path)
        else:
            names.strays.append(path)
    names.strays.extend(
        path for path in snapshot.files if path.lower().endswith(_MISNAMED) and not path.startswith("static/")
    )
    return names


def _stray(path: str, snapshot: Snapshot) -> Diagnostic:
    name, folder = PurePosixPath(path).name, path.partition("/")[0] if "/" in path else ""
    known_folder = closest(folder, _FOLDERS)
    known = [SITE, PEOPLE, TOPICS, DUPLICATES]
    if name.lower().endswith(_MISNAMED) and not name.endswith(".md"):
        advice = f"rename it to {name.rpartition('.')[0]}.md"
    elif known_folder and known_folder != folder:
        advice = f"did you mean {known_folder}/?"
    elif name.endswith(".md"):
        advice = "move it into papers/ or pages/, or under static/ to publish it as it is"
    else:
        meant = closest(name, known)
        advice = f"did you mean {meant}?" if meant else f"the YAML files there are: {', '.join(known)}"
    message = f"expected a file that labpress knows, found {quoted(name)}"
    return Diagnostic("stray-file", message, Span(snapshot.shown(path)), advice)
