"""labpress: a lab's papers, kept as Markdown, published as a static site.

The pipeline is described in ARCHITECTURE.md; ``labpress/build/site.py`` is the file to read first.
"""

import sys

__version__ = "0.1.0"
__all__ = ["__version__"]


def _import_msgspec() -> None:
    """Import msgspec without typing_extensions, of which it needs nothing that Python 3.11 has not.

    Where that is installed, msgspec takes it, which takes a tenth of the time of a build with nothing to do.
    """
    if sys.modules.keys().isdisjoint(("msgspec", "typing_extensions")):
        sys.modules["typing_extensions"] = None  # type: ignore[assignment]
        try:
            import msgspec  # noqa: F401
        finally:
            del sys.modules["typing_extensions"]


_import_msgspec()
