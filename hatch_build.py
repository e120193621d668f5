"""Run when packages are built: the README for package indexes, and the built-in templates as Python in the wheel."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from hatchling.metadata.plugin.interface import MetadataHookInterface

_LINK = re.compile(r"(!?)(\[[^\]]*\])\((?!https://|#)")
"""What stands before the address of a picture or a link that leads to a file of the repository."""


class ReadmeHook(MetadataHookInterface):
    """A package index shows the README without the files beside it: there, its links lead to the repository."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Give the README with addresses that work anywhere."""
        source = metadata["urls"]["Source"]
        text = Path(self.root, "README.md").read_text(encoding="utf-8")
        text = _LINK.sub(lambda link: f"{link[0]}{source}/{'raw' if link[1] else 'blob'}/main/", text)
        metadata["readme"] = {"content-type": "text/markdown", "text": text}


class TemplatesHook(BuildHookInterface):
    """No first build has to compile them. A checkout that is only linked to has no such file: its templates change."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the module beside the wheel, and have it packed."""
        if version == "editable":
            return
        sys.path.insert(0, self.root)
        from labpress.edges.disk import read_layers
        from labpress.render.compiling import PACKED
        from labpress.render.packing import packed

        made = self._made
        made.parent.mkdir(parents=True, exist_ok=True)
        made.write_text(packed(read_layers(Path(self.root)).value), encoding="utf-8")
        build_data["force_include"][str(made)] = PACKED.replace(".", "/") + ".py"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Leave nothing but the wheel."""
        del version, build_data, artifact_path
        self._made.unlink(missing_ok=True)

    @property
    def _made(self) -> Path:
        return Path(self.directory, "packed_templates.py")
