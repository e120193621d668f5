"""Run when the wheel is built: puts the built-in templates into it as Python, so that no first build compiles them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class TemplatesHook(BuildHookInterface):
    """A checkout that is only linked to has no such file: its templates may change at any time."""

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
