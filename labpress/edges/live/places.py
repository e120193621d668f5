"""Where the files lie that a site is made from, and what a change of one of them means."""

from __future__ import annotations

import os
from pathlib import Path

from msgspec import Struct

from labpress.core.folder import is_hidden
from labpress.edges.disk import LAYER_FOLDERS, builtin_folder
from labpress.edges.live.messages import Changed
from labpress.edges.streams import unfit


class Places(Struct, frozen=True, kw_only=True):
    """The folders of one site; all absolute, and without symbolic links."""

    source: Path
    seeds: Path
    """Source documents. The folder need not be there."""
    made: tuple[Path, ...]
    """Folders that labpress itself writes to."""

    @property
    def roots(self) -> tuple[Path, ...]:
        """Every folder to be watched with all that is in it, whether it is there or not."""
        builtin = builtin_folder()
        layers = [place / name for place in (self.source.parent, builtin) for name in LAYER_FOLDERS]
        words = Path(__file__).parent.parent.parent / "locales"
        return tuple(dict.fromkeys((self.source, *layers, words, self.seeds)))

    def change_of(self, path: str) -> Changed | None:
        """What follows from a change of the file or folder ``path``; None where nothing does."""
        if any(_below(path, folder) is not None for folder in self.made):
            return None
        inside = _below(path, self.source)
        if inside is not None:
            return _content_change(inside)
        seed = _below(path, self.seeds)
        if seed is not None:
            return None if is_hidden(seed) or not seed or unfit([seed]) else Changed(seeds=(os.path.relpath(path),))
        for root in self.roots:
            below = _below(path, root)
            if below is not None:
                return None if is_hidden(below) else _layer_change(f"{root.name}/{below}")
        return None


def places_of(source: str, seeds: str, *made: str) -> Places:
    """The places of a site. Where ``seeds`` is "", source documents lie in ``seeds/`` beside the content folder."""
    place = Path(source).resolve()
    return Places(
        source=place,
        seeds=Path(seeds).resolve() if seeds else place.parent / "seeds",
        made=tuple(Path(one).resolve() for one in made),
    )


def _below(path: str, folder: Path) -> str | None:
    """``path`` relative to ``folder``, "" for the folder itself; None for what lies elsewhere."""
    root = str(folder)
    if path == root:
        return ""
    return path[len(root) + 1 :].replace(os.sep, "/") if path.startswith(root + os.sep) else None


def _content_change(path: str) -> Changed | None:
    if is_hidden(path, web=path.startswith("static/")):
        return None
    if path.partition("/")[0] in LAYER_FOLDERS:
        return _layer_change(path)
    # A name that is no text cannot be told of, but the build says so.
    return Changed(files=(path,)) if path and not unfit([path]) else Changed()


def _layer_change(path: str) -> Changed:
    parts = path.split("/")
    return Changed(styles=parts[0] == "themes" and parts[2:3] == ["assets"])
