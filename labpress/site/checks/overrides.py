"""A site's own templates whose originals have changed since they were copied."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import unified_diff

from labpress.core.diagnostics import Diagnostic, Span

ORIGINALS = ".originals"
"""Folder beside a site's templates that keeps each built-in template as it was when it was copied."""


def stale_overrides(
    own: Mapping[str, bytes], originals: Mapping[str, bytes], builtin: Mapping[str, bytes], folder: str
) -> Iterator[Diagnostic]:
    """A warning for each template whose original is not what it was. All three: name -> bytes."""
    for name in sorted(own.keys() & originals.keys()):
        if name not in builtin:
            message = "expected a built-in template that this one replaces, found that it is gone"
            yield Diagnostic("stale-override", message, Span(f"{folder}/{name}"), "nothing uses it: delete it")
        elif originals[name] != builtin[name]:
            message = "expected a copy of the built-in template of today, found that it has changed since it was copied"
            advice = "labpress doctor  shows what has changed"
            yield Diagnostic("stale-override", message, Span(f"{folder}/{name}"), advice)


def change_of(name: str, original: bytes, builtin: bytes) -> str:
    """What has changed in a built-in template, as a unified diff to be applied to the site's own."""
    old, new = (data.decode("utf-8", "replace").splitlines(keepends=True) for data in (original, builtin))
    return "".join(unified_diff(old, new, f"{name} (when copied)", f"{name} (now)", n=2))
