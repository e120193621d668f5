"""What a build is given, as digests: is anything other than last time, and is it more than texts?"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec

from labpress.build.fingerprints import digest_bytes
from labpress.core.folder import PAPERS

if TYPE_CHECKING:
    from labpress.build.site import BuildRequest


class Inputs(NamedTuple):
    """Digests of all that a build depends on."""

    frame: bytes
    """Everything but the files of papers/."""
    texts: dict[str, bytes]
    """Each text file of the content folder."""

    @property
    def papers(self) -> dict[str, bytes]:
        """Each file of papers/."""
        return {path: digest for path, digest in self.texts.items() if path.startswith(PAPERS)}

    @property
    def whole(self) -> bytes:
        """As long as it is equal, the site is."""
        return digest_bytes(self.frame + msgspec.msgpack.encode(self.texts))


def inputs_of(request: BuildRequest) -> Inputs:
    """Look at all that the build is given."""
    snapshot = request.snapshot
    texts = {path: digest_bytes(data) for path, data in snapshot.texts.items()}
    others = [(path, digest) for path, digest in texts.items() if not path.startswith(PAPERS)]
    settings = (request.code, request.base_url, request.drafts, request.faults, snapshot.root)
    frame = digest_bytes(msgspec.msgpack.encode((settings, others, snapshot.files, request.layers)))
    return Inputs(frame, texts)
