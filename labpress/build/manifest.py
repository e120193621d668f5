"""What the last build wrote, and from what. Written last; a build that cannot read it renders everything."""

from __future__ import annotations

import msgspec
from msgspec import Struct, field

from labpress.core.diagnostics import Diagnostic
from labpress.core.files import Stamp

SCHEMA = 5
"""Grows with every change of the types below. Another number is another file: nothing is ever migrated."""


class Written(Struct, frozen=True, array_like=True):
    """One file of the site as it was left."""

    stamp: Stamp
    digest: bytes
    """``checksum`` of the file's bytes."""
    template: str
    """The digest of the template's closure, or what stands for it; a copy has none."""
    view: bytes
    """``Digests.of_view``; of a copy, the digest of its source's stamp."""


class PaperMark(Struct, frozen=True, array_like=True):
    """What was known of one entry."""

    text: bytes
    """The digest of the file's bytes."""
    plan: bytes
    """The digest of all of it that the plan was made from."""
    title: bytes
    """``EntryParts.title_mark``."""


class Manifest(Struct, frozen=True, kw_only=True):
    """The result of a build that came to its end."""

    schema: int = SCHEMA
    code: str = ""
    """Which labpress, with which libraries."""
    boot: str = ""
    """Which run of the machine: before a crash of the system, a file may have been recorded and never stored."""
    output: str = ""
    """``Output.identity``."""
    sealed: int = 0
    """A time in ns, by the clock of the output's file system, when all files were written."""
    inputs: bytes = b""
    """The digest of all that the build was given."""
    files: dict[str, Written] = field(default_factory=dict)
    diagnostics: tuple[Diagnostic, ...] = ()
    plan: bytes = b""
    """``KeptPlan.key`` of the plan that was kept for the next build; empty: none was."""
    cards: bytes = b""
    """``KeptCards.key`` of its cards."""
    compared: bytes = b""
    """``BuildState.compared_key``: by what was kept under it, related papers were found."""
    frame: bytes = b""
    """``Inputs.frame``"""
    papers: dict[str, PaperMark] = field(default_factory=dict)

    def trusts(self, stamp: Stamp) -> bool:
        """Whether an equal stamp proves an equal file.

        A file that was changed within one tick of the file system's clock after it was recorded keeps its stamp. So
        a file as young as the manifest itself is looked into, as git does.
        """
        return stamp.changed + stamp.tick < self.sealed


_decoder = msgspec.msgpack.Decoder(Manifest)
write_manifest = msgspec.msgpack.Encoder().encode


def read_manifest(data: bytes | memoryview) -> Manifest:
    """The manifest that ``data`` holds; an empty one, if it is none of this schema."""
    try:
        manifest = _decoder.decode(data)
    except (msgspec.DecodeError, ValueError):
        return Manifest()
    return manifest if manifest.schema == SCHEMA else Manifest()
