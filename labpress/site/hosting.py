"""GitHub Pages as a host: where a repository's site is published, and what it may hold.

Rules: https://docs.github.com/en/pages (kinds of sites, custom domains, limits), read in 2026.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from labpress.core.patterns import when_needed

_REMOTE = when_needed(
    r"(?:https?://(?:[^/@\s]+@)?github\.com/|(?:ssh://)?git@github\.com[:/])"
    r"(?P<owner>[A-Za-z0-9-]{1,39})/(?P<name>[A-Za-z0-9._-]+?)(?:\.git)?/?"
)
_SHORT = when_needed(r"(?:www\.)?(?:github\.com/)?([A-Za-z0-9-]+/[A-Za-z0-9._-]+)/?", re.IGNORECASE)
_ADDRESS = when_needed(r"[^\s:/]+:\S+|(?:~|\.{0,2})/.+")
"""``https://...``, ``git@host:path``, or a path on this disk."""
_PAGES_HOST = ".github.io"

MAX_SITE = 1_000_000_000
"""Bytes of a published site."""
MAX_FILE = 100 * 1024 * 1024
"""Bytes of one file: GitHub takes no push with a larger one."""
LARGE_FILE = 50 * 1024 * 1024
"""Bytes from which GitHub warns."""


def repository_of(remote: str) -> tuple[str, str] | None:
    """Owner and name of the GitHub repository that a remote's address means; None for any other host."""
    match = _REMOTE.fullmatch(remote.strip())
    return (match["owner"], match["name"]) if match else None


def remote_of(text: str) -> str | None:
    """What git takes for the repository that a person means, ``lab/papers`` for one on GitHub. None: no address."""
    text = text.strip()
    short = _SHORT.fullmatch(text)
    if short:
        return f"https://github.com/{short[1]}"
    return text if _ADDRESS.fullmatch(text) else None


def repository_page(remote: str) -> str:
    """The address of the repository for a browser; "" where the remote is not on GitHub."""
    found = repository_of(remote)
    return f"https://github.com/{found[0]}/{found[1]}" if found else ""


def pages_address(remote: str) -> str:
    """Where GitHub Pages publishes a repository: at the root for ``owner.github.io``, else below its name."""
    found = repository_of(remote)
    if not found:
        return ""
    owner, name = found
    host = f"{owner.lower()}{_PAGES_HOST}"
    return f"https://{host}/" if name.lower() == host else f"https://{host}/{name}/"


def custom_domain(url: str) -> str:
    """The domain that the file CNAME has to name for a site at ``url``.

    "" for GitHub's own domain, and for an address with a path: there the domain belongs to another repository, the
    owner's user site, and this one is a project below it.
    """
    parts = urlsplit(url)
    host = parts.hostname or ""
    own = host.endswith(_PAGES_HOST) or "." not in host
    return "" if own or parts.path not in ("", "/") else host


def host_files(url: str) -> dict[str, bytes]:
    """Files that a branch served by GitHub Pages needs beside the site's own, by their paths.

    ``.nojekyll`` keeps names that begin with an underscore; ``CNAME`` has to be there each time, or the domain is lost.
    """
    domain = custom_domain(url)
    return {".nojekyll": b""} | ({"CNAME": f"{domain}\n".encode()} if domain else {})
