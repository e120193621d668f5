"""Git, run as a command. What it says on failure is what a person gets to read."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from labpress.core.patterns import when_needed

_CREDENTIALS = when_needed(r"(?<=://)(?!git@[^/@]*(?:/|$))[^/]*@")
"""What stands before the host of an address, often a token; but for ``git``, who is nobody in particular."""

_NO_REPOSITORY = "not a git repository (or any"
"""What git says where there is none in a folder, nor above it; of one that is broken, the words go on otherwise."""


class GitError(Exception):
    """Git failed, or is not installed; the message is git's own last words."""


class Repository:
    """The repository that a folder belongs to."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def run(self, *arguments: str, data: bytes = b"", environment: Mapping[str, str] | None = None) -> bytes:
        """What ``git ARGUMENTS`` prints, given ``data`` to read. Raises ``GitError``."""
        try:
            done = subprocess.run(  # noqa: S603  A fixed program; arguments never pass through a shell.
                ["git", *arguments],  # noqa: S607  Where git lies is the system's business.
                cwd=self.folder,
                input=data,
                env=_clean_environment() | dict(environment or {}),
                capture_output=True,
                check=False,
            )
        except FileNotFoundError as error:
            message = "git is not installed"
            raise GitError(message) from error
        if done.returncode:
            said = done.stderr.decode("utf-8", "replace").strip() or done.stdout.decode("utf-8", "replace").strip()
            raise GitError(said or f"git {arguments[0]} failed")
        return done.stdout

    def line(self, *arguments: str, data: bytes = b"", environment: Mapping[str, str] | None = None) -> str:
        """The one line that git prints."""
        return self.run(*arguments, data=data, environment=environment).decode("utf-8", "replace").strip()

    def ask(self, *arguments: str) -> str:
        """The one line that git prints; "" when it fails, as it does to say no."""
        try:
            return self.line(*arguments)
        except GitError:
            return ""

    @property
    def exists(self) -> bool:
        """Whether there is one. Raises ``GitError`` where git is missing, or there is one that it does not take."""
        try:
            return self.folder.is_dir() and bool(self.run("rev-parse", "--git-dir"))
        except GitError as error:
            if _NO_REPOSITORY in str(error):
                return False
            raise

    def main_branch(self) -> str:
        """What the remote calls its main branch; else the branch that is checked out; "" where there is none."""
        of_remote = self.ask("symbolic-ref", "--short", "refs/remotes/origin/HEAD")
        return of_remote.removeprefix("origin/") or self.current_branch

    @property
    def current_branch(self) -> str:
        """The branch that is checked out; "" where there is none."""
        return self.ask("symbolic-ref", "--short", "HEAD")

    def shares_history(self, commit: str) -> bool:
        """Whether ``commit`` and what is checked out come from one commit."""
        return bool(self.ask("merge-base", "HEAD", commit))

    def remote_address(self, remote: str = "origin") -> str:
        """Where a remote lies, to be shown to anybody: without a name and a password; "" when there is none."""
        return _CREDENTIALS.sub("", self.ask("remote", "get-url", remote))


def _clean_environment() -> dict[str, str]:
    """The environment without what a hook or another git has set about repositories, and with English messages."""
    kept = {name: value for name, value in os.environ.items() if name not in _OF_REPOSITORIES}
    return kept | {"LC_ALL": "C"}


_OF_REPOSITORIES = frozenset(
    ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_COMMON_DIR", "GIT_PREFIX"]
)
