"""What a build has to know of the machine it runs on: which code, which run of the system, how many processors."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from functools import cache
from hashlib import blake2b
from pathlib import Path

from labpress.edges.disk import MAX_TEXT, read_file

LIBRARIES = (
    "jinja2",
    "markupsafe",
    "markdown",
    "pyyaml",
    "msgspec",
    "math_core",
    "nh3",
    "anyascii",
    "pygments",
    "pillow",
    "pypdfium2",
)
"""Those whose version may change what a site looks like."""

MAX_WORKERS = 8
"""Beyond that, disk and memory are what a build waits for."""


@cache
def code_identity() -> str:
    """Which labpress this is, down to its source text, with which libraries, which Python and which order of bytes.

    The sources are digested: a checkout changes without a new version, and nothing cached may outlive its code. Asked
    once in a process: while a preview runs, its code stays what it was when it was loaded.
    """
    whole = blake2b(digest_size=16)
    package = str(Path(__file__).parent.parent)
    for path in sorted(_modules(package)):
        whole.update(f"{path.removeprefix(package)}\0".encode())
        whole.update(read_file(path, MAX_TEXT))
    installed = sorted(
        entry.name
        for folder in sys.path
        if folder and Path(folder).is_dir()
        for entry in os.scandir(folder)
        if entry.name.endswith(".dist-info") and entry.name.partition("-")[0].lower() in LIBRARIES
    )
    python = ".".join(map(str, sys.version_info[:3]))
    return f"{whole.hexdigest()} python-{python}-{sys.byteorder} {' '.join(installed)}"


def _modules(folder: str) -> Iterator[str]:
    with os.scandir(folder) as entries:  # A Path for each of two hundred files takes longer than reading them.
        for entry in entries:
            if entry.name.endswith(".py"):
                yield f"{folder}/{entry.name}"
            elif entry.is_dir() and entry.name != "__pycache__":
                yield from _modules(f"{folder}/{entry.name}")


def boot_identity() -> str:
    """Differs after a restart of the system, where the system says so; after a crash, recorded files may be missing."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        return ""


def worker_count() -> int:
    """How many processes may work at once."""
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(usable, MAX_WORKERS)
