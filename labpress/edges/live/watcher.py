"""File events, from the system where it has them, else by looking at every file once a second."""

from __future__ import annotations

import errno
import os
import threading
import warnings
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch
from watchdog.observers.polling import PollingObserver

from labpress.edges.live.messages import Changed
from labpress.edges.live.places import Places

POLL_SECONDS = 1.0

_WHOLE = frozenset(["closed", "deleted", "moved"])
"""Events after which a file is not being written to any more."""

_TELLING = _WHOLE | {"created", "modified"}
"""Events that say that something has changed; merely reading a file makes events too."""

_REMOTE = frozenset(["nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "fuse.sshfs", "vboxsf", "afs", "fuse.davfs"])
"""File systems whose files change without an event when another machine changes them."""

_REASONS = {
    errno.ENOSPC: "the system watches no more folders (its limit is fs.inotify.max_user_watches)",
    errno.EMFILE: "the system allows no more watchers (its limit is fs.inotify.max_user_instances)",
}


class Watcher(FileSystemEventHandler):
    """Watches the folders of a site, those that come and go included."""

    def __init__(self, places: Places, report: Callable[[Changed, bool], None]) -> None:
        """``report`` is called on another thread, with each change and whether the file is whole again."""
        self.places = places
        self.report = report
        self._observer: BaseObserver | None = None
        self._watches: dict[Path, ObservedWatch] = {}
        self._moved_roots: set[Path] = set()
        self._has_new_folders = False
        """Since the limit of the system was last probed."""
        self.why_deaf = ""
        """In words, why some events do not come any more; "" while all do."""

    def start(self, *, poll: bool = False) -> str:
        """Begin; gives the reason, in words, why files are looked at once a second, or "" where there are events."""
        threading.excepthook = self._on_broken_thread
        # Folders that move fast make watchdog print all it knows. Nobody can do anything about that.
        warnings.filterwarnings("ignore", category=RuntimeWarning, module="watchdog[.]")
        reason = "as asked for" if poll else remote_file_system(self.places.source)
        if not reason:
            reason = self._start(Observer())
        if reason:
            self.stop()
            self._start(PollingObserver(timeout=POLL_SECONDS))
        return reason

    def _start(self, observer: BaseObserver) -> str:
        self._observer, self._watches = observer, {}
        observer.start()
        try:
            for folder in {root.parent for root in self.places.roots if root.parent.is_dir()}:
                observer.schedule(self, str(folder))
            for root in self.places.roots:
                self._watch(root)
        except OSError as error:
            return _in_words(error)
        return self._limit()

    def _limit(self) -> str:
        """In words, the limit of the system that is reached; "" where one more folder can be watched.

        For a folder below a root, watchdog does not say that it is not watched.
        """
        if self._observer is None:
            return ""
        try:
            with TemporaryDirectory() as probe:
                self._observer.unschedule(self._observer.schedule(self, probe))
        except OSError as error:
            return _in_words(error)
        return ""

    def look_instead(self) -> str:
        """Go on without the system's events; gives the reason, in words, as ``start`` does."""
        reason, self.why_deaf = self.why_deaf, ""
        self.stop()
        self._start(PollingObserver(timeout=POLL_SECONDS))
        return reason

    def _on_broken_thread(self, ended: threading.ExceptHookArgs) -> None:
        """Where folders are moved fast, watchdog can lose track of them, and the thread that hears of all ends."""
        if not type(ended.thread).__module__.startswith("watchdog."):
            threading.__excepthook__(ended)
            return
        self.why_deaf = "the system's events have broken off"
        self.report(Changed(), True)

    def stop(self) -> None:
        """End at once."""
        if self._observer is not None:
            with suppress(KeyError, OSError):  # What has lost track of folders stumbles over them again.
                self._observer.stop()
            self._observer = None

    def _watch(self, root: Path) -> None:
        if self._observer is not None and root.is_dir():
            self._watches[root] = self._observer.schedule(self, str(root), recursive=True)

    def catch_up(self) -> Changed:
        """Watch the folders that have come since the last call, and no longer those that have gone.

        Gives what came into them before they were watched, as far as a build would not find it by itself.
        """
        change = Changed()
        while self._moved_roots and self._observer is not None:
            root = self._moved_roots.pop()
            watch = self._watches.pop(root, None)
            if watch is not None:
                with suppress(KeyError):
                    self._observer.unschedule(watch)
            with suppress(OSError):
                self._watch(root)
            if root == self.places.seeds and root in self._watches:
                for path in root.iterdir():
                    change = change.and_also(self.places.change_of(str(path)) or Changed())
        if self._has_new_folders:
            self._has_new_folders = False
            self.why_deaf = self.why_deaf or self._limit()
        return change

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Sort one event; called by the observer on its own thread."""
        if event.event_type not in _TELLING or (event.is_directory and event.event_type == "modified"):
            return
        self._has_new_folders |= event.is_directory and event.event_type != "deleted"
        for path in map(os.fsdecode, (event.src_path, event.dest_path)):
            if not path:
                continue
            change = self.places.change_of(path)
            if Path(path) in self.places.roots:
                self._moved_roots.add(Path(path))
                change = change or Changed()
            if change is not None:
                self.report(change, event.event_type in _WHOLE)


def _in_words(error: OSError) -> str:
    return _REASONS.get(error.errno or 0, (error.strerror or str(error)).lower())


def remote_file_system(place: Path) -> str:
    """In words, why the system has no events for changes in ``place`` that others make; "" where it has."""
    try:
        mounts = Path("/proc/self/mounts").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""  # No Linux.
    kinds = {}
    for fields in (line.split(" ") for line in mounts):
        if len(fields) > 2:
            kinds[Path(fields[1].replace("\\040", " "))] = fields[2]
    home = max(
        (folder for folder in kinds if place.is_relative_to(folder)), key=lambda one: len(one.parts), default=None
    )
    kind = kinds[home] if home else ""
    return f"the files lie on a network or shared folder ({kind})" if kind in _REMOTE else ""
