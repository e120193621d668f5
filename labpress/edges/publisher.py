"""A built site as a commit on a branch of a remote, made by git's plumbing.

The index, the checkout and the branches of the person's own repository are never touched: the commit is made in an
index of its own and pushed by its name. What has not changed on the branch is neither read again nor sent.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from labpress import __version__
from labpress.core.diagnostics import Diagnostic, Span
from labpress.edges.durable import SUFFIX
from labpress.edges.git import GitError, Repository

TRAILER = "Published-By: labpress"
"""In the message of each commit that labpress makes; a branch whose last commit has none is somebody else's."""

_BLOCK = 1 << 20


class Changes(Struct, frozen=True):
    """The site against what stands on the branch: paths."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)


class Target(Struct, frozen=True, kw_only=True):
    """The branch that is published to, as it is now."""

    remote: str
    branch: str
    tip: str = ""
    """Its last commit; "" while there is no such branch."""
    ours: bool = True
    """Whether labpress made that commit."""
    files: dict[str, str] = {}
    """Path -> object id."""
    has_history: bool = False
    """Whether there are commits before the last one."""

    @property
    def ref(self) -> str:
        return f"refs/heads/{self.branch}"


def look_at(repository: Repository, remote: str, branch: str) -> Target:
    """Fetch the branch, so that what stands there is known. Raises ``GitError``."""
    ref = f"refs/heads/{branch}"
    standing = repository.line("ls-remote", remote, ref).splitlines()  # Others may end in the same words.
    if ref not in (line.partition("\t")[2] for line in standing):
        return Target(remote=remote, branch=branch)
    kept = f"refs/labpress/{branch}"
    repository.run("fetch", "--quiet", "--no-tags", "--no-write-fetch-head", remote, f"+{ref}:{kept}")
    listed = repository.run("ls-tree", "-r", "-z", "--full-tree", kept).decode("utf-8", "surrogateescape")
    files = {
        path: facts.split()[2] for facts, _tab, path in (line.partition("\t") for line in listed.split("\0") if line)
    }
    message = repository.line("log", "-1", "--format=%B", kept)
    tip = repository.line("rev-parse", kept)
    history = bool(repository.line("log", "-1", "--format=%P", kept))
    return Target(remote=remote, branch=branch, tip=tip, ours=TRAILER in message, files=files, has_history=history)


def object_ids(repository: Repository, site: Path, paths: list[str], extra: Mapping[str, bytes]) -> dict[str, str]:
    """Path -> the id that git gives to its bytes, unfiltered."""
    kind = repository.ask("rev-parse", "--show-object-format") or "sha1"
    ids = {path: _object_id(kind, data) for path, data in extra.items()}
    for path in paths:
        place = site / path
        ids[path] = _file_id(kind, place)
    return ids


def _object_id(kind: str, data: bytes) -> str:
    return hashlib.new(kind, b"blob %d\0" % len(data) + data).hexdigest()


def _file_id(kind: str, path: Path) -> str:
    whole = hashlib.new(kind, b"blob %d\0" % path.stat().st_size)
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            whole.update(block)
    return whole.hexdigest()


def changes_of(ids: Mapping[str, str], standing: Mapping[str, str]) -> Changes:
    """What publishing would do to the branch."""
    return Changes(
        added=tuple(sorted(ids.keys() - standing.keys())),
        changed=tuple(sorted(path for path in ids if standing.get(path, ids[path]) != ids[path])),
        removed=tuple(sorted(standing.keys() - ids.keys())),
    )


def commit_site(
    repository: Repository,
    site: Path,
    ids: Mapping[str, str],
    extra: Mapping[str, bytes],
    target: Target,
    *,
    squash: bool,
) -> str:
    """Make the commit, and give its id. Nothing but objects is written to the repository. Raises ``GitError``."""
    changes = changes_of(ids, target.files)
    new = [*changes.added, *changes.changed]
    _store(repository, site, [path for path in new if path not in extra], ids)
    for path, data in extra.items():
        if path in new:
            repository.run("hash-object", "-w", "--no-filters", "--stdin", data=data)
    with tempfile.TemporaryDirectory(prefix="labpress-") as folder:
        index = {"GIT_INDEX_FILE": str(Path(folder, "index"))}
        lines = "".join(f"100644 {object_id}\t{path}\0" for path, object_id in sorted(ids.items()))
        listing = lines.encode("utf-8", "surrogateescape")
        repository.run("update-index", "-z", "--index-info", data=listing, environment=index)
        tree = repository.line("write-tree", environment=index)
    parent = ["-p", target.tip] if target.tip and not squash else []
    return repository.line("commit-tree", tree, *parent, data=_message(repository, len(ids)).encode())


def _store(repository: Repository, site: Path, paths: list[str], ids: Mapping[str, str]) -> None:
    """Write the files as objects, and see that git counts as we do: a file could have changed since it was read."""
    if not paths:
        return
    places = "".join(f"{(site / path).resolve().as_posix()}\n" for path in paths).encode("utf-8", "surrogateescape")
    stored = repository.run("hash-object", "-w", "--no-filters", "--stdin-paths", data=places).decode().split()
    if stored != [ids[path] for path in paths]:
        message = "a file of the site changed while it was published; publish again"
        raise GitError(message)


def _message(repository: Repository, count: int) -> str:
    source = repository.ask("describe", "--always", "--dirty", "--exclude=*")
    return f"Publish {count:,} files\n\n" + (f"Source: {source}\n" if source else "") + f"{TRAILER} {__version__}\n"


def push(repository: Repository, commit: str, target: Target) -> None:
    """Put the commit on the branch, if the branch is still as it was looked at. Raises ``GitError``."""
    lease = f"--force-with-lease={target.ref}:{target.tip}"
    repository.run("push", "--quiet", "--no-verify", lease, target.remote, f"{commit}:{target.ref}")


def unfinished_import(content: Path) -> tuple[Diagnostic, ...]:
    """What an import that was stopped half-way has left behind."""
    left = sorted(content.glob(f"**/.*{SUFFIX}"))
    advice = "run the import again: it finishes what is left"
    message = "expected entries as a whole import leaves them, found a file that was not in its place yet"
    return tuple(Diagnostic("unfinished-import", message, Span(path.as_posix()), advice) for path in left[:1])
