"""site.yml for commands that need a word of it; its faults are for the build to tell."""

from __future__ import annotations

from pathlib import Path

from labpress.core.files import SourceFile
from labpress.entries.config import SiteConfig, read_config


def settings_of(content: Path) -> SiteConfig:
    """The settings of a content folder, with defaults for whatever is not there or cannot be read."""
    path = content / "site.yml"
    return read_config(SourceFile(path.as_posix(), path.read_bytes())).value if path.is_file() else SiteConfig()
