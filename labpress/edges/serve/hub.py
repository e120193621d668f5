"""What the preview knows of the site, and what it tells which browser tab."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Protocol

from labpress.core.diagnostics import Diagnostic
from labpress.edges.live.messages import Built, Failed, Report, Restyled, Revised, Settings, Source, Sources, Written
from labpress.edges.serve.addresses import (
    Answer,
    File,
    Missing,
    Outside,
    Redirect,
    candidates,
    find,
    media_type,
    version_of,
)
from labpress.edges.serve.faults import fault_list
from labpress.edges.serve.page import Origin
from labpress.entries.editors import editor_link
from labpress.site.routes import NOT_FOUND, output_file

Message = dict[str, Any]

_SHOWN_IN_PAGES = ("image/", "video/", "audio/")
"""Media types of files that keep their names, and are a part of pages."""


class Tab(Protocol):
    """An open page in a browser."""

    path: str
    """The file that it shows, or waits for."""
    files: frozenset[str]
    """If one of them changes, what it shows may be another."""

    def send(self, message: Message) -> None:
        """Tell it; a tab that has gone is no fault."""


class Hub:
    """The state of one preview. Everything happens on the thread of the server's loop."""

    def __init__(self, root: Path) -> None:
        self.root = root
        """The output folder; absolute and without symbolic links."""
        self.base = ""
        """The path at which the site lies; "" while it is not known."""
        self.editor = ""
        self.is_built = False
        self.tabs: set[Tab] = set()
        self.on_settings: Callable[[], None] = lambda: None
        self._sources: dict[str, Source] = {}
        self._faults: tuple[Diagnostic, ...] = ()
        self._failure = ""
        self._hinted: set[str] = set()
        """Pages that tabs may still name as edited."""

    # From the builder

    def hear(self, report: Report, _seconds: float = 0.0) -> None:
        """Take in one report of the builder's, and pass on what browsers need to know."""
        if isinstance(report, Settings):
            self._settle(report)
        elif isinstance(report, Sources):
            self._take_sources(report.pages)
        elif isinstance(report, Written):
            self._refresh(report.paths)
        elif isinstance(report, Restyled):
            self._tell(self.tabs, {"kind": "styles", "renamed": report.renamed})
        elif isinstance(report, Revised):
            others = (one for one in self._faults if one.span is None or one.span.path != report.source)
            self._note_faults((*others, *report.diagnostics))
            self._refresh(report.paths)
            self._hint(report.paths)
        elif isinstance(report, Built):
            self._finish(report)
        elif isinstance(report, Failed):
            self._failure = report.text
            self._tell(self.tabs, self.faults())

    def _take_sources(self, pages: dict[str, Source]) -> None:
        """Pages say where they come from. One that was sent before this was known has to say it anew."""
        before, self._sources = self._sources, pages
        self._refresh([tab.path for tab in self.tabs if before.get(tab.path) != pages.get(tab.path)])

    def _settle(self, settings: Settings) -> None:
        old, self.base, self.editor = self.base, settings.base_path, settings.editor
        if old and old != self.base:
            self._tell(self.tabs, self._moved())
        self.on_settings()

    def _finish(self, report: Built) -> None:
        self._failure = ""
        self._note_faults(report.diagnostics)
        if self.is_built:
            self._refresh(report.removed)
        else:
            self.is_built = True
            self._tell(self.tabs, {"kind": "page"})
        self._hint(report.edited)
        gone = self._hinted.intersection(report.removed)
        self._hinted -= gone
        self._tell(self.tabs, self._built(gone))

    def _built(self, gone: Iterable[str] = ()) -> Message:
        """Whatever a tab has fetched of the site may be another by now, and links that it shows may lead nowhere."""
        return {"kind": "built", "gone": sorted(map(address_of, gone))}

    def _moved(self) -> Message:
        return {"kind": "moved", "base": self.base}

    def _note_faults(self, faults: tuple[Diagnostic, ...]) -> None:
        before, self._faults = self.faults(), faults
        if self.faults() != before:
            self._tell(self.tabs, self.faults())

    # To the browsers

    def faults(self) -> Message:
        """Everything that is wrong at the moment."""
        message = fault_list(self._faults, self.editor)
        return message | {"failure": self._failure} if self._failure else message

    def _refresh(self, paths: Iterable[str]) -> None:
        """Let tabs show these files as they are now: as the page itself, or as a picture in any page."""
        changed = frozenset(paths)
        self._tell([tab for tab in self.tabs if not changed.isdisjoint(tab.files)], {"kind": "page"})
        pictures = sorted(path for path in changed if media_type(path).startswith(_SHOWN_IN_PAGES))
        if pictures:
            self._tell(self.tabs, {"kind": "pictures", "paths": pictures})

    def _hint(self, paths: Iterable[str]) -> None:
        """Name the pages that were edited to all tabs that show others."""
        pages = [path for path in paths if path in self._sources]
        if not pages:
            return
        self._hinted.update(pages)
        links = [{"path": address_of(path), "label": self._sources[path].path} for path in pages]
        self._tell([tab for tab in self.tabs if tab.path not in pages], {"kind": "edited", "pages": links})

    def _tell(self, tabs: Iterable[Tab], message: Message) -> None:
        for tab in list(tabs):
            tab.send(message)

    def welcome(self, tab: Tab, address: str, version: str) -> None:
        """Take in a tab that shows ``address`` in some version, and bring it up to date."""
        answer = self.find(address)
        tab.path = answer.path if isinstance(answer, File | Missing) else ""
        tab.files = candidates(self.base, address) | {NOT_FOUND}
        self.tabs.add(tab)
        tab.send(self.faults())
        if isinstance(answer, Outside):  # The site has moved between sending the page and hearing of the tab.
            tab.send(self._moved())
        elif version != self.version(answer):
            tab.send({"kind": "page"})
        if self.is_built:  # It may have looked for the index of the search just before the build came to its end.
            tab.send(self._built())

    # For pages

    def find(self, address: str) -> Answer:
        """What lies at an address."""
        return find(self.root, self.base, address)

    def version(self, answer: Answer) -> str:
        """Of the page that is sent for it."""
        if isinstance(answer, File):
            return version_of(answer.place)
        if isinstance(answer, Redirect):
            return "elsewhere"
        return f"missing {version_of(str(self.root / NOT_FOUND))}" if self.is_built else "waiting"

    def origin(self, answer: Answer) -> Origin:
        """Where the page comes from that is sent for it."""
        version = self.version(answer)
        source = self._sources.get(answer.path) if isinstance(answer, File) else None
        if source is None:
            return Origin(version)
        link = editor_link(self.editor, os.path.abspath(source.path))  # noqa: PTH100  Links stay as they are.
        return Origin(version, source.path, link, source.draft)


def address_of(path: str) -> str:
    """The address of a page, relative to the site's root: ``papers/x/`` for ``papers/x/index.html``."""
    folder = path.removesuffix("index.html")
    return folder if output_file(folder) == path else path
