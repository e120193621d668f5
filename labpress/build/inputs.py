"""What a build is given, as digests: is anything other than last time, and is it more than texts?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from labpress.build.fingerprints import digest_bytes
from labpress.core.folder import is_entry

if TYPE_CHECKING:
    from labpress.build.manifest import PaperMark
    from labpress.build.site import BuildRequest
    from labpress.site.related import Relation


class Inputs(NamedTuple):
    """Digests of all that a build depends on."""

    frame: bytes
    """Everything but the entries."""
    texts: dict[str, bytes]
    """Each text file of the content folder."""
    papers: dict[str, bytes]
    """Each entry."""

    @property
    def whole(self) -> bytes:
        """As long as it is equal, the site is."""
        return digest_bytes(self.frame + msgspec.msgpack.encode(self.texts))


def inputs_of(request: BuildRequest) -> Inputs:
    """Look at all that the build is given."""
    snapshot = request.snapshot
    texts = {path: digest_bytes(data) for path, data in snapshot.texts.items()}
    papers = {path: digest for path, digest in texts.items() if is_entry(path)}
    others = [(path, digest) for path, digest in texts.items() if path not in papers]
    settings = (request.code, request.base_url, request.drafts, request.faults, snapshot.root)
    frame = digest_bytes(msgspec.msgpack.encode((settings, others, snapshot.files, request.layers)))
    return Inputs(frame, texts, papers)


def plan_key(frame: bytes, papers: Mapping[str, PaperMark], related: Mapping[str, tuple[Relation, ...]]) -> bytes:
    """The digest of all that a plan is made from."""
    marks = [(path, paper.plan) for path, paper in papers.items()]
    return digest_bytes(frame + msgspec.msgpack.encode((marks, related)))
