"""What the watching and the building process tell each other."""

from __future__ import annotations

import msgspec
from msgspec import Struct

from labpress.core.diagnostics import Diagnostic


class Changed(Struct, frozen=True, tag=True):
    """To the builder: what has changed since the last message. The first message merely asks for a build."""

    files: tuple[str, ...] = ()
    """Files of the content folder, relative to it."""
    seeds: tuple[str, ...] = ()
    """Source documents to be imported."""
    styles: bool = False
    """Something in the assets of a theme."""

    def and_also(self, later: Changed) -> Changed:
        """Both as one, the newest files first."""
        files = tuple(dict.fromkeys((*later.files, *self.files)))
        seeds = tuple(dict.fromkeys((*self.seeds, *later.seeds)))
        return Changed(files, seeds, self.styles or later.styles)


class Settings(Struct, frozen=True, tag=True):
    """What site.yml says that the preview itself goes by."""

    base_path: str = "/"
    editor: str = ""


class Source(Struct, frozen=True, array_like=True):
    """The file that a page is made from."""

    path: str
    """As diagnostics show it."""
    draft: bool = False


class Sources(Struct, frozen=True, tag=True):
    """Every page that has a source of its own, by its path in the output folder."""

    pages: dict[str, Source] = {}


class Progress(Struct, frozen=True, tag=True):
    """So many of so many files are made."""

    done: int
    whole: int


class Written(Struct, frozen=True, tag=True):
    """Files of the site that have new bytes, while the build goes on."""

    paths: tuple[str, ...]


class Revised(Struct, frozen=True, tag=True):
    """One text has been read anew, and its page made, if that was possible without the whole build."""

    source: str
    paths: tuple[str, ...]
    diagnostics: tuple[Diagnostic, ...] = ()


class Restyled(Struct, frozen=True, tag=True):
    """Style sheets stand under new names, while pages still name the old ones."""

    renamed: dict[str, str]


class Imported(Struct, frozen=True, tag=True):
    """Source documents were imported."""

    paths: tuple[str, ...]
    summary: str


class Built(Struct, frozen=True, tag=True):
    """A whole build has come to its end."""

    diagnostics: tuple[Diagnostic, ...]
    """Of the build, and of the source documents as they were last imported."""
    total: int
    made: dict[str, tuple[str, ...]] = {}
    """Why files were made anew -> some of them."""
    made_count: int = 0
    written: int = 0
    removed: tuple[str, ...] = ()
    edited: tuple[str, ...] = ()
    """The pages of the files that had changed, where these are few."""
    finished: bool = True


class Failed(Struct, frozen=True, tag=True):
    """The builder itself has failed: a traceback, or how its process ended."""

    text: str


Report = Settings | Sources | Progress | Written | Revised | Restyled | Imported | Built | Failed
"""From the builder."""

encode = msgspec.msgpack.Encoder().encode
decode_report = msgspec.msgpack.Decoder(Report).decode
decode_changed = msgspec.msgpack.Decoder(Changed).decode
