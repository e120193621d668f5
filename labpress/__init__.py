"""labpress: a lab's papers, kept as Markdown, published as a static site.

The pipeline is described in ARCHITECTURE.md; ``labpress/build/site.py`` is the file to read first.
"""

__version__ = "0.1.0"
__all__ = ["__version__"]
